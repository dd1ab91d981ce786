"""Measures a new person who gives only a paragraph of preferences against collaborative filtering from k liked items.

Run `python -m tastemaker.eval.paragraph`. The paragraph is made from the facets of what people held out liked: kinds,
decades, people, kinds they dislike; it names no item. The last likes are what is to be found; all ways rank the whole
catalogue less the likes that the paragraph was made of, which they do not know. A paragraph made of facets is plainer
than what people write, and says more of them than most would: the figures are for comparing the ways.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.console import RenderableType

from tastemaker.agent.recommender import Recommender
from tastemaker.agent.settings import Settings
from tastemaker.agent.wording import join
from tastemaker.eval.metrics import ranking_scores
from tastemaker.eval.people import Fold, Person, by_taste, folds, ranking, show_report, table
from tastemaker.tools.candidates import Candidates, Proposal
from tastemaker.tools.catalogue.item import Item, names_in
from tastemaker.tools.catalogue.schema import CatalogueSchema, Role
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.fusion import reciprocal_rank_fusion
from tastemaker.tools.search_meaning import search_meaning
from tastemaker.tools.search_text import search_text
from tastemaker.tools.workspace import Workspace

METRICS = ("hit@10", "recall@50", "ndcg@10")
KNOWN = (1, 3, 5)
_HELD_OUT = 5
_LEAST = 20
_DEPTH = 2000
_OVER = 1.5
"""How much more often than usual a kind must be among the likes to be told as a dislike of those without it: below
its inverse, a kind that is common in the catalogue's interactions is told to be no favourite."""


def paragraph(liked: Sequence[Item], disliked: Sequence[Item], schema: CatalogueSchema) -> str:
    """Return what somebody tends to like, in plain words and without naming any item.

    Args:
        liked: items liked.
        disliked: items disliked.
        schema: the catalogue's schema.
    """
    sentences = []
    kind = next(iter(schema.with_role(Role.GENRE)), None)
    if kind is not None:
        counts = Counter(_names(liked, kind.name))
        best = [name for name, _ in counts.most_common(3)]
        if best:
            sentences.append(f"I tend to like {join(best)} {schema.plural}.")
        against = Counter(_names(disliked, kind.name))
        worst = [name for name, times in against.most_common() if times > _OVER * counts[name] and times > 2][:2]
        if worst:
            sentences.append(f"I am not so fond of {join(worst, 'or')}.")
    year = next(iter(schema.with_role(Role.YEAR)), None)
    if year is not None:
        years = [value for item in liked if isinstance(value := item.values.get(year.name), int | float)]
        decades = Counter(int(each) // 10 * 10 for each in years).most_common(1)
        if decades and decades[0][1] > len(liked) / 3:
            sentences.append(f"Mostly I enjoy things from the {decades[0][0]}s.")
    person = next(iter(schema.with_role(Role.PERSON)), None)
    if person is not None:
        common = [name for name, times in Counter(_names(liked, person.name)).most_common(2) if times > 1]
        if common:
            sentences.append(f"I often enjoy what {join(common)} made.")
    return " ".join(sentences)


def measure(
    workspace: Workspace, count: int, seed: int, most: int | None = None, least: int = _LEAST
) -> tuple[dict[str, dict[str, list[float]]], list[str]]:
    """Return the scores of every way by metric, one value a person, and the paragraphs; see `folds`."""
    scores: dict[str, dict[str, list[float]]] = {}
    said = []
    with TemporaryDirectory() as folder:
        settings = Settings(planner="rules")
        with Recommender.open(workspace, settings=settings, sessions=Path(folder) / "sessions.db") as recommender:
            for fold in folds(workspace, count, seed, least, most):
                for person in fold.people:
                    said.append(_score(workspace, recommender, fold, person, scores))
    return scores, said


def _score(
    workspace: Workspace,
    recommender: Recommender,
    fold: Fold,
    person: Person,
    scores: dict[str, dict[str, list[float]]],
) -> str:
    ids = workspace.catalogue.ids.tolist()
    history, held_out = person.liked[:-_HELD_OUT], person.liked[-_HELD_OUT:]
    wanted = [ids[row] for row in held_out]
    items = workspace.catalogue.items([ids[row] for row in history])
    disliked = workspace.catalogue.items([ids[row] for row in person.disliked])
    words = paragraph(items, disliked, workspace.schema)
    row_of = workspace.catalogue.row_of

    def rows(found: Sequence[str]) -> Rows:
        return np.array([row_of[each] for each in found], dtype=np.int64)

    reply = recommender.session().say(words)
    agent = rows(reply.ranked)
    text = search_text(workspace, words, limit=_DEPTH).rows
    dense = search_meaning(workspace, words, limit=_DEPTH).rows
    ways = {
        "popular": fold.popular,
        "paragraph, text search": text,
        "paragraph, dense search": dense,
        "paragraph, agent": agent,
        "paragraph, agent, then popular": _then(agent, fold.popular),
    }
    for known in KNOWN:
        ways[f"{known} liked, collaborative"] = by_taste(fold.taste, history[-known:])
    first = by_taste(fold.taste, history[-KNOWN[0] :])
    ways[f"{KNOWN[0]} liked and paragraph"] = _fused(workspace, agent, first)
    ways["whole history, collaborative"] = by_taste(fold.taste, history)
    for way, ranked in ways.items():
        found = ranking_scores(ranking(ranked, history, ids), wanted)
        for metric in METRICS:
            scores.setdefault(way, {}).setdefault(metric, []).append(found[metric])
    return words


def _then(first: Rows, second: Rows) -> Rows:
    return np.concatenate([first, second[~np.isin(second, first)]])


def _fused(workspace: Workspace, *rankings: Rows) -> Rows:
    ids = workspace.catalogue.ids
    proposals = [
        Proposal(str(number), Candidates("ranking", rows, np.zeros(len(rows)), ids))
        for number, rows in enumerate(rankings)
    ]
    return reciprocal_rank_fusion(proposals, ids).rows


def _names(items: Sequence[Item], field: str) -> Iterable[str]:
    return (name for item in items for name in names_in(item.values, field))


def report(workspace: Workspace, count: int, seed: int, most: int | None = None) -> list[RenderableType]:
    """Return the table and a paragraph as an example."""
    scores, said = measure(workspace, count, seed, most)
    title = f"Finding {_HELD_OUT} later likes of {len(said)} people held out"
    return [table(title, METRICS, scores, seed), f"A paragraph: {said[0]}"] if said else ["Nobody likes enough."]


if __name__ == "__main__":
    show_report("Compare a paragraph of preferences with liked items.", report, people=40)
