"""What a mood is taken to mean, measured: moods with the names that a person would expect, and those clearly wrong.

`moods.jsonl` was written by hand for the films of the demo. Its part `chosen` was looked at when thresholds were
chosen; its part `held-out` was run once, at the end. Decision 0006 has the figures.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from rich.console import Console

from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.settings import Settings
from tastemaker.eval.bootstrap import paired_difference
from tastemaker.eval.json_lines import json_lines, text_of
from tastemaker.eval.people import shown, table
from tastemaker.tools.catalogue.item import names_in
from tastemaker.tools.workspace import Workspace

FILE = Path(__file__).with_name("moods.jsonl")
_DEPTH = 10
_FITS, _WRONG = f"fits@{_DEPTH}", f"wrong@{_DEPTH}"


class LabelledMood(BaseModel):
    """A mood and what it should be taken for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mood: str
    """As a person says it."""
    part: Literal["chosen", "held-out"]
    """Whether it was looked at when choices were made."""
    names: tuple[str, ...] = Field(min_length=1)
    """Names that a person would expect, each."""
    wrong: tuple[str, ...]
    """Names that are clearly wrong."""

    @property
    def request(self) -> str:
        """The mood as a request."""
        return self.mood if self.mood.startswith(("something ", "a ", "for ")) else f"something {self.mood}"


def moods(path: Path = FILE) -> list[LabelledMood]:
    """Return the labelled moods of a file."""
    return [LabelledMood.model_validate(line) for _, line in json_lines(path, text_of(path))]


def read_right(workspace: Workspace, labelled: Sequence[LabelledMood]) -> dict[str, list[float]]:
    """Return, a mood each: whether it is read, and of the two nearest names how many are right and if any is wrong."""
    found: dict[str, list[float]] = {"read": [], "precision@2": [], "wrong in 2": [], "precision where read": []}
    for each in labelled:
        nearest = [name for name, _ in workspace.moods.near(each.mood)[:2]]
        reading = workspace.moods.read(each.mood)
        found["read"].append(float(reading is not None))
        found["precision@2"].append(sum(name in each.names for name in nearest) / 2)
        found["wrong in 2"].append(float(any(name in each.wrong for name in nearest)))
        if reading is not None:
            right = sum(name in each.names for name in reading.names)
            found["precision where read"].append(right / len(reading.names))
    return found


def shown_right(
    workspace: Workspace, labelled: Sequence[LabelledMood], field: str, *, disabled: tuple[str, ...] = ()
) -> dict[str, list[float]]:
    """Return, a mood each, the share of the agent's first items that carry an expected name, or only a wrong one.

    Args:
        workspace: what is recommended from.
        labelled: the moods.
        field: the field of the names.
        disabled: tools that the agent does without.
    """
    found: dict[str, list[float]] = {_FITS: [], _WRONG: []}
    settings = Settings(disabled_tools=disabled)
    with TemporaryDirectory() as folder:
        sessions = Path(folder) / "sessions.db"
        agent = Recommender(workspace, RulesPlanner(workspace), settings, sessions=sessions, owns_workspace=False)
        with closing(agent):
            for each in labelled:
                items = workspace.catalogue.items(agent.session().say(each.request).ranked[:_DEPTH])
                held = [set(names_in(item.values, field)) for item in items]
                fits = [bool(names & set(each.names)) for names in held]
                wrong = [bool(names & set(each.wrong)) for names in held]
                most = max(len(held), 1)
                found[_FITS].append(sum(fits) / most)
                found[_WRONG].append(sum(bad and not good for good, bad in zip(fits, wrong, strict=True)) / most)
    return found


def report(workspace: Workspace, labelled: Sequence[LabelledMood], seed: int, show: Callable[[object], None]) -> None:
    """Show both tables and the paired differences."""
    field = next(each.name for each in workspace.schema.facets() if each.glosses)
    read = read_right(workspace, labelled)
    show(table(f"{len(labelled)} moods as they are read", list(read), {"nearest glosses": read}, seed))
    without = shown_right(workspace, labelled, field, disabled=("suit_mood",))
    with_it = shown_right(workspace, labelled, field)
    ways = {"moods not read": without, "moods read": with_it}
    show(table(f"The agent's first {_DEPTH} items", list(without), ways, seed))
    for name in without:
        show(f"{name}, read - not read: {shown(paired_difference(with_it[name], without[name], seed, name))}")


def main() -> None:
    """Measure from the command line."""
    parser = ArgumentParser(description="Measure what moods are taken to mean.")
    parser.add_argument("--workspace", default="demo", help="path or name of a workspace")
    parser.add_argument("--part", choices=["chosen", "held-out"], default="chosen")
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    with Workspace.open(Settings().workspace_path(chosen.workspace)) as workspace:
        console = Console(width=120)
        report(workspace, [each for each in moods() if each.part == chosen.part], chosen.seed, console.print)


if __name__ == "__main__":
    main()
