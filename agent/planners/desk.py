"""The desk at which a model works with tools for one turn: its conditions, its searches, and what they found.

The model gives names and gets handles, counts and a few titles; the candidates themselves stay here. Knows nothing
of how the model is asked.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

import numpy as np

from tastemaker.agent.errors import PlanError
from tastemaker.agent.executor import excluded_rows
from tastemaker.agent.grounding import ground
from tastemaker.agent.opening import not_found
from tastemaker.agent.plan import Act, Draft, Plan, ToolCall
from tastemaker.agent.planners.wire_plan import WireError, WirePlan
from tastemaker.agent.state import State
from tastemaker.agent.trace import Outcome, Step
from tastemaker.agent.wording import counted
from tastemaker.tools.candidates import CandidateBus, Candidates, Proposal
from tastemaker.tools.errors import ToolError, UserError
from tastemaker.tools.registry import TOOLS
from tastemaker.tools.workspace import Workspace

_SHOWN = 5
_MOST_DESCRIBED = 5
_LONGEST_FACT = 300


class DeskError(ValueError):
    """A call that makes no sense; the message tells the model why."""


class Desk:
    """One turn's work. Not shared: calls come one after the other."""

    def __init__(self, workspace: Workspace, state: State, wire: WirePlan) -> None:
        """Begin with what is in force already.

        Args:
            workspace: where the tools work.
            state: the state before the turn.
            wire: the form of what the model writes.
        """
        self._workspace = workspace
        self._state = state
        self._wire = wire
        self._wishes: list[Any] = []
        self._calls: dict[str, dict[str, Any]] = {}
        self._bus = CandidateBus()
        self._numbers: Counter[str] = Counter()
        self._finish: Mapping[str, Any] | None = None
        self.steps: list[Step] = []
        """Every call so far, as it went."""

    @property
    def used(self) -> bool:
        """Whether anything was done that a plan can be made of."""
        return bool(self._wishes or self._calls or self.finished)

    @property
    def finished(self) -> bool:
        """Whether the model said that it is done."""
        return self._finish is not None

    def filter_items(self, wishes: list[Any]) -> str:
        """State conditions; return how many items keep them."""
        written = [each.model_dump() if hasattr(each, "model_dump") else each for each in wishes]

        def run() -> tuple[int, str]:
            plan = self._plan({"act": Act.RECOMMEND, "wishes": [*self._wishes, *written]})
            after = self._state.planned(plan)
            catalogue = self._workspace.catalogue
            rows = np.setdiff1d(catalogue.rows_where(after.conditions), excluded_rows(after, catalogue))
            pool = Candidates.ranked("filter_items", rows, catalogue.popularity[rows], catalogue.ids)
            self._wishes += written
            self._bus = self._bus.narrowed(pool)
            return len(rows), f"{self._told(pool)} {not_found(plan)}".strip()

        return self._step("filter_items", {"wishes": written}, run)

    def retrieve(self, tool: str, arguments: Mapping[str, Any]) -> str:
        """Run a retriever over what the conditions leave; return its handle, a count and a few titles."""
        given = {name: value for name, value in arguments.items() if value}

        def run() -> tuple[int, str]:
            names = tuple(str(each) for each in given.get("items", ()))
            known = ground(Draft(act=Act.EXPLAIN, subject=names[:10]), self._state, self._workspace)
            if names and not known.subject:
                raise PlanError(not_found(known))
            plan = ground(Draft(calls=(ToolCall(tool=tool, arguments=given),)), self._state, self._workspace)
            declared = TOOLS[tool]
            found: Candidates = declared.function(
                self._workspace, **declared.validated(plan.calls[0].arguments), within=self._pool()
            )
            handle = f"c{len(self._calls) + 1}"
            self._calls[handle] = {"tool": tool, **given}
            self._bus = self._bus.proposed(Proposal(handle, found))
            return len(found), f"{handle}: {self._told(found)} {not_found(plan)}".strip()

        return self._step(tool, given, run)

    def describe_items(self, items: list[str]) -> str:
        """Return the facts of items named by their titles."""

        def run() -> tuple[int, str]:
            subject = Draft(act=Act.EXPLAIN, subject=tuple(items[:_MOST_DESCRIBED]))
            plan = ground(subject, self._state, self._workspace)
            lines = []
            for item in self._workspace.catalogue.items(plan.subject):
                facts = [f"{name}: {value}" for name, value in item.values.items() if value not in (None, (), "")]
                lines.append(f"{item.title}: {'; '.join(facts)}"[:_LONGEST_FACT])
            return len(lines), "\n".join([*lines, not_found(plan)]).strip()

        return self._step("describe_items", {"items": list(items)}, run)

    def finish(self, arguments: Mapping[str, Any]) -> str:
        """Take down what the model decides at the end."""
        wanted = [str(each) for each in arguments.get("candidates", ())]
        unknown = [each for each in wanted if each not in self._calls]
        if unknown:
            raise DeskError(
                f"There is no handle {unknown[0][:20]}; the handles are {', '.join(self._calls) or 'none'}."
            )
        self._finish = arguments
        return "Done."

    def plan(self) -> Plan:
        """Return the plan that the work amounts to.

        Raises:
            WireError: what the model decided makes no sense.
            PlanError: the same, seen from the catalogue.
        """
        end = dict(self._finish or {"act": Act.RECOMMEND})
        chosen = [each for each in end.pop("candidates", ()) if each in self._calls]
        calls = [self._calls[each] for each in chosen or self._calls]
        opinions = [each if isinstance(each, Mapping) else each.model_dump() for each in end.get("opinions", ())]
        named = {str(each["title"]).casefold() for each in opinions}
        anchors = [title for call in calls for title in call.get("items", ()) if title.casefold() not in named]
        opinions += [{"opinion": "anchor", "title": title, "said": title} for title in dict.fromkeys(anchors)]
        queries = [call["query"] for call in calls if call.get("query")]
        query = end.get("query") or " ".join(dict.fromkeys(queries))
        return self._plan(end | {"wishes": self._wishes, "opinions": opinions, "calls": calls, "query": query})

    def _plan(self, written: Mapping[str, Any]) -> Plan:
        return ground(self._wire.read(written), self._state, self._workspace)

    def _pool(self) -> Candidates | None:
        if self._bus.pool is not None:
            return self._bus.pool
        catalogue = self._workspace.catalogue
        rows = np.setdiff1d(catalogue.rows_where(self._state.conditions), excluded_rows(self._state, catalogue))
        return Candidates.ranked("filter_items", rows, catalogue.popularity[rows], catalogue.ids)

    def _told(self, found: Candidates) -> str:
        titles = [item.title for item in self._workspace.catalogue.items(found.ids[:_SHOWN])]
        return f"{counted(len(found), self._workspace.schema)}{': ' if titles else ''}{'; '.join(titles)}."

    def _step(self, tool: str, arguments: dict[str, Any], run: Callable[[], tuple[int, str]]) -> str:
        """Run a call, keep how it went, and return what the model is told.

        Raises:
            DeskError: the call failed; the message says why.
        """
        self._numbers[tool] += 1
        started = perf_counter()

        def keep(outcome: Outcome, note: str, found: int = 0) -> None:
            ms = round(1000 * (perf_counter() - started), 3)
            call = f"{tool}#{self._numbers[tool]}"
            self.steps.append(
                Step(call=call, tool=tool, arguments=arguments, outcome=outcome, found=found, note=note, ms=ms)
            )

        try:
            found, told = run()
        except (WireError, PlanError, ToolError, UserError) as error:
            keep("failed", str(error))
            raise DeskError(str(error)) from error
        keep("ok" if found else "empty", told, found)
        return told
