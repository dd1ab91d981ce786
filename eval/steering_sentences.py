"""What steering does, measured: how well the first items match the words, what it costs in taste, what targets do.

`steering-sentences.jsonl` holds sentences written by hand for the films of the demo, each with items that it should
move up or down. Its part `chosen` was looked at when choices were made; its part `held-out` was run at the end. Every
sentence is said by people whose likes the taste model was fitted without. Decision 0009 has the figures.
"""

from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field
from rich.console import Console

from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.settings import Settings
from tastemaker.eval.json_lines import json_lines, text_of
from tastemaker.eval.metrics import ranking_scores
from tastemaker.eval.people import Person, folds, table
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.steer import matches, steer
from tastemaker.tools.workspace import Workspace

FILE = Path(__file__).with_name("steering-sentences.jsonl")
STRENGTHS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
_DEPTH = 10
_DEEP = 1000
_LEAST_LIKES = 20
_TARGETS = {"more": "wanted", "less": "unwanted"}
_ASKED = "recommend me something"

Values = dict[str, list[float]]
"""By metric, one value a sentence: the mean over the people who say it."""


class Sentence(BaseModel):
    """A sentence that steers, and what it should do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sentence: str
    """As a person says it."""
    part: Literal["chosen", "held-out"]
    """Whether it was looked at when choices were made."""
    way: Literal["more", "less"]
    """Whether it asks for more or for less of something."""
    words: str
    """Of what, as the tool is told."""
    targets: tuple[str, ...] = Field(min_length=1)
    """Titles of items that it should move: up for more, down for less."""

    @property
    def more(self) -> list[str]:
        """What the tool is told to lean towards."""
        return [self.words] if self.way == "more" else []

    @property
    def less(self) -> list[str]:
        """What the tool is told to lean away from."""
        return [self.words] if self.way == "less" else []


@dataclass(frozen=True)
class Case:
    """A sentence and who says it."""

    sentence: Sentence
    targets: Rows
    people: Sequence[Person]
    """Their likes, oldest first: the older half is known, the newer half hidden."""


def sentences(path: Path = FILE) -> list[Sentence]:
    """Return the sentences of a file."""
    return [Sentence.model_validate(line) for _, line in json_lines(path, text_of(path))]


def cases(
    workspace: Workspace, said: Sequence[Sentence], people: Sequence[Person], count: int, seed: int
) -> list[Case]:
    """Return every sentence with the people who say it, drawn anew for each.

    Args:
        workspace: where the targets are.
        said: the sentences.
        people: who may say them.
        count: how many people say each.
        seed: seed of the draws.

    Raises:
        KeyError: a target is no title of the catalogue.
    """
    catalogue = workspace.catalogue
    row_of = {item.title: catalogue.row_of[item.id] for item in catalogue.items([str(each) for each in catalogue.ids])}
    drawn = np.random.default_rng(seed)
    found = []
    for each in said:
        chosen = drawn.choice(len(people), size=min(count, len(people)), replace=False)
        targets = np.array([row_of[title] for title in each.targets], dtype=np.int64)
        found.append(Case(each, targets, [people[number] for number in sorted(chosen.tolist())]))
    return found


def by_strength(workspace: Workspace, said: Sequence[Case]) -> dict[str, Values]:
    """Return, by strength of the tool, how well the first ten match, and what is left of the taste.

    `match@10` is the mean cosine in the direction of the words, `wanted@10` and `unwanted@10` the share of the targets
    among the first ten, `ndcg@10` that of the hidden likes, `taste@10` the mean taste score as a share of the one
    without words.
    """
    found: dict[str, Values] = {}
    for strength in STRENGTHS:
        values: Values = defaultdict(list)
        for case in said:
            inner: Values = defaultdict(list)
            for known, hidden in _halves(case):
                rows = _steered(workspace, case, known, strength)[:_DEPTH]
                ids = [str(each) for each in workspace.catalogue.ids[rows]]
                relevant = [str(each) for each in workspace.catalogue.ids[hidden]]
                taste = workspace.taste.scores(known)
                best = np.sort(np.delete(taste, known))[::-1][:_DEPTH]
                inner["match@10"].append(float(matches(workspace, rows, case.sentence.more, case.sentence.less).mean()))
                inner[f"{_TARGETS[case.sentence.way]}@10"].append(float(np.isin(case.targets, rows).mean()))
                inner["ndcg@10"].append(ranking_scores(ids, relevant)["ndcg@10"])
                inner["taste@10"].append(float(taste[rows].mean() / best.mean()))
            for name, each in inner.items():
                values[name].append(float(np.mean(each)))
        found[f"strength {strength:g}"] = dict(values)
    return found


def moved_by_tool(workspace: Workspace, said: Sequence[Case], strength: float) -> dict[str, Values]:
    """Return, by the way of the sentences, the shares of targets that the tool moves up, down, or not at all."""

    def lists(case: Case) -> Iterator[tuple[Rows, Rows]]:
        for known, _ in _halves(case):
            yield _steered(workspace, case, known, 0.0), _steered(workspace, case, known, strength)

    return _moves((case, lists(case)) for case in said)


def moved_by_agent(workspace: Workspace, said: Sequence[Case]) -> dict[str, Values]:
    """Return the same for the whole agent with the rules: asked for anything, and asked with the sentence added."""
    row_of = workspace.catalogue.row_of
    with TemporaryDirectory() as folder:
        sessions = Path(folder) / "sessions.db"
        agent = Recommender(workspace, RulesPlanner(workspace), Settings(), sessions=sessions, owns_workspace=False)

        def ranked(known: Rows, words: str) -> Rows:
            history = [str(each) for each in workspace.catalogue.ids[known]]
            reply = agent.session(history=history).say(words)
            return np.array([row_of[each] for each in reply.ranking(_DEEP)], dtype=np.int64)

        def lists(case: Case) -> Iterator[tuple[Rows, Rows]]:
            for known, _ in _halves(case):
                yield ranked(known, _ASKED), ranked(known, f"{_ASKED}. {case.sentence.sentence}")

        with closing(agent):
            return _moves((case, lists(case)) for case in said)


def swapped(said: Sequence[Case]) -> list[Case]:
    """Return the cases with the words of the next one of the same way: what any other words do to the targets."""
    found = []
    for way in ("more", "less"):
        these = [each for each in said if each.sentence.way == way]
        for each, other in zip(these, [*these[1:], *these[:1]], strict=True):
            words = {"sentence": other.sentence.sentence, "words": other.sentence.words}
            found.append(replace(each, sentence=each.sentence.model_copy(update=words)))
    return found


def _halves(case: Case) -> Iterator[tuple[Rows, Rows]]:
    """Yield each person's known and hidden likes; targets are known to nobody."""
    for person in case.people:
        half = len(person.liked) // 2
        known = person.liked[:half]
        yield known[~np.isin(known, case.targets)], person.liked[half:]


def _steered(workspace: Workspace, case: Case, known: Rows, strength: float) -> Rows:
    liked = [str(each) for each in workspace.catalogue.ids[known]]
    said = case.sentence
    return steer(workspace, said.more, said.less, liked=liked, strength=strength, limit=_DEEP).rows


def _moves(said: Iterator[tuple[Case, Iterator[tuple[Rows, Rows]]]]) -> dict[str, Values]:
    """Return the shares of targets moved, by way; of those that stand in neither list nothing is known."""
    found: dict[str, Values] = {"more": defaultdict(list), "less": defaultdict(list)}
    for case, lists in said:
        ups, downs, counted = 0, 0, 0
        for before, after in lists:
            for target in case.targets.tolist():
                first, second = _place(before, target), _place(after, target)
                if first == second == _DEEP:
                    continue
                counted += 1
                ups += second < first
                downs += second > first
        if counted:
            values = found[case.sentence.way]
            values["up"].append(ups / counted)
            values["down"].append(downs / counted)
            values["unmoved"].append(1 - (ups + downs) / counted)
    return {way: dict(values) for way, values in found.items()}


def _place(rows: Rows, row: int) -> int:
    """Return the place of a row in a list, from 0; the one behind all places when it is not there."""
    found = np.flatnonzero(rows == row)
    return int(found[0]) if len(found) else _DEEP


def report(workspace: Workspace, said: Sequence[Case], strength: float, seed: int) -> Iterator[object]:
    """Yield the tables."""
    curve = by_strength(workspace, said)
    yield table(f"{len(said)} sentences by the strength of the tool", list(curve["strength 0"]), curve, seed)
    others = swapped(said)
    ways: Mapping[str, Mapping[str, Values]] = {
        f"the tool, strength {strength:g}": moved_by_tool(workspace, said, strength),
        f"the tool, strength {strength:g}, told the words of another sentence": moved_by_tool(
            workspace, others, strength
        ),
        "the agent with the rules": moved_by_agent(workspace, said),
        "the agent with the rules, told another sentence": moved_by_agent(workspace, others),
    }
    for name, moves in ways.items():
        yield table(f"Targets moved by {name}", ["up", "down", "unmoved"], moves, seed)


def main() -> None:
    """Measure from the command line."""
    parser = ArgumentParser(description="Measure what steering does.")
    parser.add_argument("--workspace", default="demo", help="path or name of a workspace")
    parser.add_argument("--part", choices=["chosen", "held-out"], default="chosen")
    parser.add_argument("--people", type=int, default=10, help="people who say each sentence")
    parser.add_argument("--strength", type=float, default=0.5)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    with Workspace.open(Settings().workspace_path(chosen.workspace)) as workspace:
        fold = next(folds(workspace, 5, chosen.seed, _LEAST_LIKES))
        without = replace(workspace, taste=fold.taste)
        said = [each for each in sentences() if each.part == chosen.part]
        console = Console(width=120)
        made = cases(workspace, said, fold.people, chosen.people, chosen.seed)
        for each in report(without, made, chosen.strength, chosen.seed):
            console.print(each)


if __name__ == "__main__":
    main()
