"""Scores one turn by itself: ranking, expectations, honesty, cost.

A score that does not apply to a turn is left out, so that every mean is over the turns it speaks of. A turn that
failed scores zero wherever something was asked of it. Knows no system and runs nothing.
"""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tastemaker.eval.dialogue import Turn
from tastemaker.eval.expectation import violations
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueSchema

CUTS = (1, 5, 10, 50)
DEPTH = 50
"""Places of a ranking that are looked at."""
_GAIN_DEPTH = 10
METRICS = (
    *(f"hit@{cut}" for cut in CUTS),
    *(f"recall@{cut}" for cut in CUTS),
    "ndcg@10",
    "mrr",
    "hit_shown",
    "hit_in_text",
    "hit_gap",
    "recall_shown",
    "recall_in_text",
    "recall_gap",
    "constraint_satisfaction",
    "min_items_met",
    "exclusion_violations",
    "behaviour_accuracy",
    "repeats",
    "average_popularity",
    "long_tail_share",
    "items_not_in_catalogue",
    "unsupported_claims",
    "errors",
    "model_calls",
    "tokens",
    "tokens_read",
    "tokens_written",
)
"""Every metric, in the order in which reports show them."""


@dataclass(frozen=True)
class Outcome:
    """What a system did in one turn, as far as scores need it."""

    text: str
    act: str
    """`error` when the system failed."""
    shown: tuple[str, ...]
    """Ids shown, best first."""
    ranking: tuple[str, ...]
    """Ids ranked, best first, at most 50, those mentioned earlier removed."""
    repeated: Mapping[str, int]
    """Ids shown in an earlier turn and shown again unasked, with the number of that turn."""
    comparable_to_earlier: bool
    """Whether an earlier answer of the system stood, so that it could repeat itself."""
    unsupported: tuple[str, ...] | None
    """Claims of the text without evidence; None when the text was not checked."""
    tokens: tuple[int, int, int]
    """Calls of a language model, tokens read, tokens written."""
    error: str = ""
    """What went wrong, when the system failed."""


def ranking_scores(ranking: Sequence[str], relevant: Collection[str]) -> dict[str, float]:
    """Return `hit@k`, `recall@k`, `ndcg@10` and `mrr` of one ranking, each in 0..1.

    Args:
        ranking: distinct ids, best first.
        relevant: ids that count, all alike; at least one.
    """
    wanted = set(relevant)
    places = [place for place, item in enumerate(ranking, start=1) if item in wanted]
    scores: dict[str, float] = {}
    for cut in CUTS:
        found = sum(place <= cut for place in places)
        scores[f"hit@{cut}"] = float(found > 0)
        scores[f"recall@{cut}"] = found / len(wanted)
    gain = sum(1 / math.log2(place + 1) for place in places if place <= _GAIN_DEPTH)
    best = sum(1 / math.log2(place + 1) for place in range(1, min(len(wanted), _GAIN_DEPTH) + 1))
    scores["ndcg@10"] = gain / best
    scores["mrr"] = 1 / places[0] if places else 0.0
    return scores


def named_in(text: str, titles: Mapping[str, str]) -> frozenset[str]:
    """Return the ids of the items that a text names, by exact title.

    Titles compare without case, accents and punctuation, as whole words; longer titles are found first and use up
    their words, so that "Batman Returns" does not name "Batman". No fuzzy match: a hit must be said.

    Args:
        text: what was said.
        titles: title by id of the items that it may name.
    """
    rest = f" {normalise(text)} "
    named: set[str] = set()
    keys: dict[str, list[str]] = {}
    for item, title in titles.items():
        keys.setdefault(normalise(title), []).append(item)
    for key in sorted(filter(None, keys), key=lambda each: (-len(each), each)):
        pattern = f"(?<= ){re.escape(key)}(?= )"
        if re.search(pattern, rest):
            rest = re.sub(pattern, "|", rest)
            named.update(keys[key])
    return frozenset(named)


def end_to_end_scores(
    text: str, shown: Sequence[str], relevant: Collection[str], items: Mapping[str, Item]
) -> dict[str, float]:
    """Return the hit and recall of the reply's text beside those of the list the tools gave, and their gaps.

    `hit_shown` and `recall_shown` count relevant items among those shown; `hit_in_text` and `recall_in_text` count of
    these only the ones that the final text names.
    """
    wanted = set(relevant)
    found = wanted & set(shown)
    titles = {item: items[item].title for item in shown if item in items}
    said = found & named_in(text, titles)
    scores = {
        "hit_shown": float(bool(found)),
        "hit_in_text": float(bool(said)),
        "recall_shown": len(found) / len(wanted),
        "recall_in_text": len(said) / len(wanted),
    }
    scores["hit_gap"] = scores["hit_shown"] - scores["hit_in_text"]
    scores["recall_gap"] = scores["recall_shown"] - scores["recall_in_text"]
    return scores


def turn_scores(
    turn: Turn, outcome: Outcome, items: Mapping[str, Item], catalogue_ids: Collection[str], schema: CatalogueSchema
) -> tuple[dict[str, float], list[str]]:
    """Return the scores of one turn by metric, and in plain words everything that went against expectations.

    Args:
        turn: what was said and expected.
        outcome: what the system did.
        items: the items shown, by id, those of the catalogue.
        catalogue_ids: every id of the catalogue.
        schema: the catalogue's schema.
    """
    failed = outcome.act == "error"
    scores: dict[str, float] = {"errors": float(failed)}
    said: list[str] = []
    if failed:
        said.append(f"the system failed: {outcome.error or outcome.text or 'no reason was given'}")
    if turn.relevant:
        scores |= ranking_scores(outcome.ranking, turn.relevant)
        scores |= end_to_end_scores(outcome.text, outcome.shown, turn.relevant, items)
    _score_expectations(turn, outcome, items, schema, scores, said)
    if outcome.comparable_to_earlier:
        scores["repeats"] = float(len(outcome.repeated))
        said += [
            f"{_title(item, items)} was shown in turn {turn_shown}, and again"
            for item, turn_shown in outcome.repeated.items()
        ]
    strangers = sorted({item for item in (*outcome.shown, *outcome.ranking) if item not in catalogue_ids})
    scores["items_not_in_catalogue"] = float(len(strangers))
    said += [f"'{item}' is not in the catalogue" for item in strangers]
    if outcome.unsupported is not None:
        scores["unsupported_claims"] = float(len(outcome.unsupported))
        said += [f"the text says '{claim}' without evidence" for claim in outcome.unsupported]
    calls, read, written = outcome.tokens
    scores |= {"model_calls": calls, "tokens": read + written, "tokens_read": read, "tokens_written": written}
    return scores, list(dict.fromkeys(said))


def _score_expectations(
    turn: Turn,
    outcome: Outcome,
    items: Mapping[str, Item],
    schema: CatalogueSchema,
    scores: dict[str, float],
    said: list[str],
) -> None:
    expect = turn.expect
    if expect is None:
        return
    failed = outcome.act == "error"
    if expect.constraints and (outcome.shown or failed):
        broken = violations(expect.constraints, items, outcome.shown, schema)
        kept = sum(item not in broken for item in outcome.shown)
        scores["constraint_satisfaction"] = 0.0 if failed else kept / len(outcome.shown)
        said += [each for failures in broken.values() for each in failures]
    if expect.min_items is not None:
        met = len(outcome.shown) >= expect.min_items and not failed
        scores["min_items_met"] = float(met)
        if not met:
            said.append(f"{len(outcome.shown)} items were shown, and at least {expect.min_items} were expected")
    if expect.exclude_items:
        shown_anyway = [item for item in outcome.shown if item in expect.exclude_items]
        scores["exclusion_violations"] = float(len(shown_anyway))
        said += [f"{_title(item, items)} was shown, and is excluded" for item in shown_anyway]
    if expect.behaviour is not None:
        met = outcome.act in expect.behaviour
        scores["behaviour_accuracy"] = float(met)
        if not met:
            said.append(f"the reply was '{outcome.act}', and {' or '.join(expect.behaviour)} was expected")


def _title(item: str, items: Mapping[str, Item]) -> str:
    return f"'{items[item].title}' ({item})" if item in items else f"'{item}'"
