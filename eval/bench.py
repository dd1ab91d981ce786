"""Measures how long turns take, stage by stage, and each tool and the encoder by itself, warm.

Figures hold for the machine and load they were taken on; nothing here judges them.
"""

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict
from rich.console import RenderableType
from rich.table import Table

from tastemaker.agent.recommender import Recommender
from tastemaker.agent.reply import Reply
from tastemaker.agent.settings import Settings
from tastemaker.eval.dialogue import item_ids
from tastemaker.eval.dialogue_file import PACKAGED, read_dialogues
from tastemaker.eval.errors import DialogueError
from tastemaker.eval.expectation import check_expectations
from tastemaker.eval.report import STAGES, Latency
from tastemaker.eval.summary import latency
from tastemaker.tools.errors import SettingsError
from tastemaker.tools.registry import TOOLS
from tastemaker.tools.workspace import Workspace

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_ITEMS = 40
"""Popular items that tools are asked about."""
Conversations = Sequence[Sequence[str]]
BenchProgress = Callable[[str, int, int], None]
"""Told what is measured, how much of it is done, and of how much."""


class BenchReport(BaseModel):
    """How long things took, in milliseconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    planner: str
    turns: int
    """Turns that the stages were measured over, after one to warm up."""
    items: int
    """Items in the catalogue."""
    machine: str
    """System, processor and number of cores."""
    latency_ms: dict[str, Latency]
    """By stage; `wall` is measured from outside and holds the writing of the log too."""
    tools_ms: dict[str, Latency]
    """By tool, called alone over the whole catalogue."""
    encoder_ms: Latency
    """One text encoded, nothing cached."""
    calls: int
    """Calls that each tool and the encoder were measured over."""

    def table(self) -> RenderableType:
        """Return the report as a table, for `rich`."""
        table = Table(title=f"{self.turns} turns, planner {self.planner}, {self.items:,} items; {self.machine}")
        table.add_column("")
        table.add_column("p50 ms", justify="right")
        table.add_column("p95 ms", justify="right")
        rows = [*self.latency_ms.items(), *self.tools_ms.items(), ("encoder, one text", self.encoder_ms)]
        last = list(self.latency_ms)[-1]
        for name, found in rows:
            table.add_row(name, f"{found.p50:.1f}", f"{found.p95:.1f}", end_section=name == last)
        return table


def run_bench(
    workspace: Workspace,
    settings: Settings,
    conversations: Conversations | None = None,
    progress: BenchProgress | None = None,
    *,
    model: "BaseChatModel | None" = None,
) -> BenchReport:
    """Measure the turns of some conversations, each played once in a session that is thrown away.

    Args:
        workspace: what is recommended from.
        settings: as of the agent; its planner is measured.
        conversations: what the person says, turn by turn; when None, the dialogues of the package where the
            catalogue knows what they speak of, else the examples of its schema.
        progress: told while it goes on.
        model: chat model, for a planner or writer that needs one; made from the settings when None.

    Raises:
        SettingsError: there is nothing to say, or the settings lack what the planner needs.
    """
    said = conversations if conversations is not None else default_conversations(workspace)
    if not any(said):
        raise SettingsError("There is no request to measure; name a file of dialogues.")
    with TemporaryDirectory(prefix="tastemaker-bench-") as folder:
        sessions = Path(folder) / "sessions.db"
        recommender = Recommender.open(workspace, settings=settings, model=model, sessions=sessions)
        try:
            replies, walls = _played(recommender, said, progress)
        finally:
            recommender.close()
    timings = [reply.trace.timings.model_dump() for reply in replies]
    stages = {stage: latency([each[stage] for each in timings]) for stage in STAGES}
    words = [each for conversation in said for each in conversation if each.strip()]
    calls = _calls(workspace, replies, words)
    tools = {}
    for number, (tool, arguments) in enumerate(calls.items(), start=1):
        tools[tool] = latency([_timed(_call_of(workspace, tool, each)) for each in arguments])
        if progress:
            progress("tools", number, len(calls))
    return BenchReport(
        planner=recommender.planner.name,
        turns=len(walls),
        items=len(workspace.catalogue),
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        latency_ms={**stages, "wall": latency(walls)},
        tools_ms=tools,
        encoder_ms=latency([_timed(partial(workspace.encoder.encode, [text])) for text in words]),
        calls=len(words),
    )


def default_conversations(workspace: Workspace) -> Conversations:
    """Return what is said when nothing is given: the packaged dialogues, or the examples of the schema."""
    dialogues = read_dialogues([PACKAGED]).dialogues
    try:
        check_expectations(dialogues, workspace.schema)
        known = not item_ids(dialogues) - workspace.catalogue.row_of.keys()
    except DialogueError:
        known = False
    if known:
        return [[turn.user for turn in dialogue.turns] for dialogue in dialogues]
    return [[words] for words in workspace.schema.examples]


def _played(
    recommender: Recommender, said: Conversations, progress: BenchProgress | None
) -> tuple[list[Reply], list[float]]:
    """Return every reply, and how long it took as seen from outside."""
    replies, walls = [], []
    recommender.session().say(next(words for conversation in said for words in conversation))
    for number, conversation in enumerate(said, start=1):
        session = recommender.session()
        for words in conversation:
            started = perf_counter()
            replies.append(session.say(words))
            walls.append(1000 * (perf_counter() - started))
        if progress:
            progress("turns", number, len(said))
    return replies, walls


def _calls(workspace: Workspace, replies: Sequence[Reply], words: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Return by tool the arguments of as many calls as there are words: like those of real turns."""
    popular = TOOLS["popular_items"].function(workspace, limit=_ITEMS).ids
    filters = [step.arguments for reply in replies for step in reply.trace.steps if step.tool == "filter_items"]
    some = [[popular[(number + offset) % len(popular)] for offset in range(5)] for number in range(len(words))]
    made: Mapping[str, list[dict[str, Any]]] = {
        "filter_items": [filters[number % len(filters)] for number in range(len(words))] if filters else [],
        "search_text": [{"query": each} for each in words],
        # Words that no turn has said, so that nothing is answered from the encoder's cache.
        "search_meaning": [{"query": f"I would like {each}"} for each in words],
        "score_taste": [{"liked": each} for each in some],
        "steer": [{"less": [f"less {each}"], "liked": told} for each, told in zip(words, some, strict=True)],
        "similar_items": [{"items": each[:1]} for each in some],
        "next_items": [{"items": each} for each in some],
        "walk_graph": [{"items": each} for each in some],
        "complements": [{"items": each[:1]} for each in some],
        "popular_items": [{} for _ in words],
        "suit_motive": [{"motives": [each.name]} for each in workspace.schema.motives],
        "suit_mood": [{"names": {field.name: [name]}} for field in workspace.schema.facets() for name in field.glosses],
        "describe_items": [{"items": each} for each in some],
    }
    return {tool: made[tool] for tool in TOOLS if made.get(tool)}


def _call_of(workspace: Workspace, tool: str, arguments: Mapping[str, Any]) -> Callable[[], object]:
    return partial(TOOLS[tool].function, workspace, **TOOLS[tool].validated(arguments))


def _timed(call: Callable[[], object]) -> float:
    started = perf_counter()
    call()
    return 1000 * (perf_counter() - started)
