"""Runs a plan's tool calls over the candidate bus, without any language model, and ranks what they propose.

A tool that fails or takes too long is reported in its step and the turn goes on without it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from time import perf_counter
from typing import Generic, TypeVar

import numpy as np

from tastemaker.agent.languages.notice import Notice
from tastemaker.agent.languages.speech import template
from tastemaker.agent.ordering import Order, fused_order, learned_order
from tastemaker.agent.pipeline import FILL_WEIGHT, WEIGHTS, calls_of
from tastemaker.agent.plan import Plan, ToolCall
from tastemaker.agent.relaxation import Relaxed, relax
from tastemaker.agent.state import State
from tastemaker.agent.steering import steered
from tastemaker.agent.stream import ToolFinished, ToolStarted
from tastemaker.agent.trace import Outcome, Relaxation, Step
from tastemaker.tools.candidates import CandidateBus, Candidates, Proposal
from tastemaker.tools.catalogue.store import Catalogue, Rows
from tastemaker.tools.diversity import spread
from tastemaker.tools.errors import ToolError, UserError
from tastemaker.tools.registry import RANKER, SWITCHES, TOOLS
from tastemaker.tools.workspace import Workspace

Answer = TypeVar("Answer")
_REORDER = "reorder"
"""Name of the step that tells what dials, aversions and diversity did to the order."""
MOST_RANKED = 200
"""Length of the ranked list that a turn keeps."""


@dataclass(frozen=True)
class Execution:
    """What the tools found."""

    ranked: Candidates
    """Fused and diversified, best first, at most `MOST_RANKED`."""
    proposals: tuple[Proposal, ...]
    """Every tool's answer, for the evidence."""
    steps: tuple[Step, ...]
    live: Rows
    """Rows of the items that could be shown, ascending."""
    relaxation: Relaxation | None
    pool: int | None
    """Items left by the filters; None when nothing was filtered."""
    order: Order
    """How the candidates were ordered before dials and diversity moved them."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Attempt(Generic[Answer]):
    """A tool call's answer, None when it has none, and the step that tells of it."""

    answer: Answer | None
    step: Step


class Executor:
    """Runs plans over one workspace. Safe to share between threads."""

    def __init__(
        self, workspace: Workspace, *, tool_timeout: float = 10.0, disabled: frozenset[str] = frozenset()
    ) -> None:
        """Prepare.

        Args:
            workspace: where the tools work.
            tool_timeout: seconds after which a call is given up.
            disabled: names of tools whose calls are not run.

        Raises:
            UserError: a disabled tool is not a tool.
        """
        for name in sorted(disabled.difference(SWITCHES)):
            raise UserError(f"There is no tool '{name}'; the tools are {', '.join(SWITCHES)}.")
        self.workspace = workspace
        self.disabled = disabled
        self._timeout = tool_timeout
        self._threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="tool")

    def close(self) -> None:
        """Let running calls end and start no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def run(
        self, plan: Plan, state: State, wanted: int, words: str = ""
    ) -> Iterator[ToolStarted | ToolFinished | Execution]:
        """Yield an event before and after every call, and the execution last.

        Args:
            plan: the turn's plan.
            state: the state after the plan's changes.
            wanted: how many items the list should have.
            words: what the person said; empty when a button was pressed.
        """
        bus, steps = CandidateBus(), []
        relaxed: Relaxed | None = None
        excluded = excluded_rows(state, self.workspace.catalogue)
        numbers: Counter[str] = Counter()
        calls = calls_of(plan, state)
        for place, call in enumerate(calls, 1):
            numbers[call.tool] += 1
            name = f"{call.tool}#{numbers[call.tool]}"
            yield ToolStarted(name, call.tool)
            if call.tool == "filter_items":
                # Relaxation is the filter's own business: it alone knows what each preference costs.
                relaxed, step = self._filter(name, call, state, excluded, wanted)
                bus = bus.narrowed(self._as_pool(relaxed.rows)) if relaxed else bus
            else:
                fills = place == len(calls)
                pool = bus.pool if bus.pool is not None else self._everything(excluded)
                if call.tool == "popular_items" and not fills:
                    pool = self._as_pool(bus.proposed_rows)
                weight = FILL_WEIGHT if fills and len(bus.proposed_rows) else WEIGHTS.get(call.tool, 1.0)
                proposal, step = self._propose(name, call, pool, weight)
                bus = bus.proposed(proposal) if proposal else bus
            steps.append(step)
            yield ToolFinished(step)
        pool = bus.pool if bus.pool is not None else self._everything(excluded)
        if self.workspace.ranker is not None:
            yield ToolStarted(RANKER, RANKER)
        order, ranking = self._order(bus, pool.rows if pool is not None else None, state, words)
        if ranking:
            steps.append(ranking)
            yield ToolFinished(ranking)
        yield self._execution(bus, order, tuple(steps), relaxed, pool, state, wanted)

    def _execution(
        self,
        bus: CandidateBus,
        order: Order,
        steps: tuple[Step, ...],
        relaxed: Relaxed | None,
        pool: Candidates | None,
        state: State,
        wanted: int,
    ) -> Execution:
        started = perf_counter()
        fused = steered(order.candidates, state, self.workspace)
        ranked = self._spread(fused, relaxed, wanted, state.dials.diversity).top(MOST_RANKED)
        if state.dials.turned or state.avoid:
            ms = round(1000 * (perf_counter() - started), 3)
            moved = Step(
                call=_REORDER, tool=_REORDER, arguments={}, outcome="ok", found=len(ranked), note=ranked.note, ms=ms
            )
            steps = (*steps, moved)
        relaxation = (
            Relaxation(dropped=relaxed.dropped, before=relaxed.before, after=len(relaxed.rows))
            if relaxed and relaxed.dropped
            else None
        )
        warnings = tuple(_warning(step) for step in steps if step.outcome in ("failed", "timeout"))
        live = pool.rows if pool is not None else np.arange(len(self.workspace.catalogue))
        filtered = None if bus.pool is None else len(bus.pool)
        return Execution(ranked, tuple(bus.proposals), steps, live, relaxation, filtered, order, warnings)

    def _order(self, bus: CandidateBus, pool: Rows | None, state: State, words: str) -> tuple[Order, Step | None]:
        """Order what is proposed; the step of the ranker tells whether it did, and fusion stands where it did not."""
        ranker = self.workspace.ranker
        if ranker is None:
            return fused_order(bus, self.workspace), None

        def run() -> Order:
            return learned_order(bus, ranker, pool, state, words, self.workspace)

        def describe(order: Order) -> tuple[int, str]:
            return len(order.candidates), f"taught on {ranker.taught_on}"

        tried = self._attempt(RANKER, ToolCall(tool=RANKER), run, describe)
        return tried.answer or fused_order(bus, self.workspace), tried.step

    def _spread(self, fused: Candidates, relaxed: Relaxed | None, wanted: int, diversity: float) -> Candidates:
        """Diversify the list; items that keep more than they must come first all the same."""
        vectors = self.workspace.vector_index.vectors
        if relaxed is None or not relaxed.beyond.any():
            return spread(fused, vectors, wanted, diversity)
        kept_by_row = dict(zip(relaxed.rows.tolist(), relaxed.beyond.tolist(), strict=True))
        kept = np.array([kept_by_row[row] for row in fused.rows.tolist()], dtype=np.int64)
        parts: list[Rows] = [np.empty(0, dtype=np.int64)]
        for level in sorted(set(kept.tolist()), reverse=True):
            here = kept == level
            part = Candidates(fused.source, fused.rows[here], fused.scores[here], fused.catalogue_ids)
            parts.append(spread(part, vectors, wanted - sum(map(len, parts)), diversity).rows)
        return Candidates(fused.source, np.concatenate(parts), fused.scores, fused.catalogue_ids, fused.note)

    def _everything(self, excluded: Rows) -> Candidates | None:
        if not len(excluded):
            return None
        return self._as_pool(np.setdiff1d(np.arange(len(self.workspace.catalogue)), excluded))

    def _as_pool(self, rows: Rows) -> Candidates:
        return Candidates("filter_items", rows, np.zeros(len(rows)), self.workspace.catalogue.ids)

    def _filter(
        self, name: str, call: ToolCall, state: State, excluded: Rows, wanted: int
    ) -> tuple[Relaxed | None, Step]:
        def run() -> Relaxed:
            return relax(self.workspace.catalogue, state.conditions, excluded, wanted)

        def describe(relaxed: Relaxed) -> tuple[int, str]:
            gave_way = len(relaxed.dropped)
            return len(relaxed.rows), f"preferences that gave way: {gave_way}" if gave_way else ""

        tried = self._attempt(name, call, run, describe)
        return tried.answer, tried.step

    def _propose(
        self, name: str, call: ToolCall, pool: Candidates | None, weight: float
    ) -> tuple[Proposal | None, Step]:
        declared = TOOLS[call.tool]

        def run() -> Candidates:
            answer = declared.function(self.workspace, **declared.validated(call.arguments), within=pool)
            assert isinstance(answer, Candidates), f"{call.tool} proposes nothing"
            return answer

        tried = self._attempt(name, call, run, _size_and_note)
        if tried.answer is None:
            return None, tried.step
        return Proposal(name, tried.answer, weight), tried.step

    def _attempt(
        self, name: str, call: ToolCall, run: Callable[[], Answer], describe: Callable[[Answer], tuple[int, str]]
    ) -> _Attempt[Answer]:
        """Run one call in a thread."""
        started = perf_counter()

        def step(outcome: Outcome, note: str = "", found: int = 0) -> Step:
            ms = round(1000 * (perf_counter() - started), 3)
            return Step(
                call=name, tool=call.tool, arguments=call.arguments, outcome=outcome, found=found, note=note, ms=ms
            )

        if call.tool in self.disabled:
            return _Attempt(None, step("disabled"))
        future = self._threads.submit(run)
        try:
            answer = future.result(timeout=self._timeout)
        except FutureTimeout:
            future.cancel()
            return _Attempt(None, step("timeout", f"no answer within {self._timeout:g} s"))
        except (ToolError, UserError) as error:
            return _Attempt(None, step("failed", str(error)))
        except Exception as error:
            # A defect of one tool must not take the turn with it; the step and the reply tell of it.
            return _Attempt(None, step("failed", f"{type(error).__name__}: {error}"))
        found, note = describe(answer)
        return _Attempt(answer, step("ok" if found else "empty", note, found))


def _warning(step: Step) -> Notice:
    if step.outcome == "timeout":
        late = template("the tool “{tool}” took too long and was left out")
        return Notice(f"{step.tool} took too long and was left out: {step.note}", late, tool=step.tool)
    failed = template("the tool “{tool}” failed and was left out")
    return Notice(f"{step.tool} failed and was left out: {step.note}", failed, tool=step.tool)


def _size_and_note(candidates: Candidates) -> tuple[int, str]:
    return len(candidates), candidates.note


def excluded_rows(state: State, catalogue: Catalogue) -> Rows:
    """Return the rows, ascending, that are not recommended: shown, named, seen or refused before."""
    ids = {*state.mentioned, *state.opinions("dislike", "seen"), *(each for ids in state.shown for each in ids)}
    return np.array(sorted(catalogue.row_of[each] for each in ids if each in catalogue.row_of), dtype=np.int64)
