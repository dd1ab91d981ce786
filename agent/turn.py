"""Takes one turn: execute its plan, think again where the outcome contradicts it, compose, phrase.

Knows the state it is given and nothing of logs or sessions.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING

from tastemaker.agent.composer import Composer, Composition
from tastemaker.agent.executor import Execution, Executor
from tastemaker.agent.languages.speech import speaking
from tastemaker.agent.outcome import contradiction
from tastemaker.agent.placement import Placement, placements
from tastemaker.agent.plan import Act, Plan
from tastemaker.agent.planners.base import Planned, Planner, Replanner
from tastemaker.agent.reply import Reply
from tastemaker.agent.second_thought import SEARCHES, completed, judged, same
from tastemaker.agent.state import State
from tastemaker.agent.stream import PlanMade, TextDelta, ToolFinished, ToolStarted
from tastemaker.agent.trace import Attempt, Timings, Tokens, Trace
from tastemaker.agent.verifier import Verifier
from tastemaker.tools.workspace import Workspace

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True)
class _Carried:
    """A plan that was carried out."""

    planned: Planned
    execution: Execution | None
    composition: Composition
    tools_ms: float
    compose_ms: float

    @property
    def shown(self) -> int:
        return len(self.composition.recommendations)

    def attempt(self, outcome: str, taken: bool) -> Attempt:
        steps = self.execution.steps if self.execution else ()
        return Attempt(
            decided_by=self.planned.decided_by,
            plan=self.planned.plan,
            found=self.shown,
            outcome=outcome,
            taken=taken,
            steps=steps,
        )


@dataclass(frozen=True)
class _ThoughtOver:
    """What came of a second thought."""

    carried: _Carried
    """The plan on which the reply rests."""
    attempts: tuple[Attempt, ...] = ()
    """All plans tried; empty when there was no second one."""
    events: tuple[PlanMade | ToolStarted | ToolFinished, ...] = ()
    """What happened when a second plan was carried out and taken."""
    tokens: Tokens = field(default_factory=Tokens)
    """What a second plan cost that was not taken."""
    ms: float = 0.0
    """How long it was thought, in milliseconds."""


class TurnMaker:
    """Takes turns over one workspace. Safe to share between threads; keeps nothing of any turn."""

    def __init__(
        self,
        workspace: Workspace,
        planner: Planner,
        executor: Executor,
        writing_model: "BaseChatModel | None",
        count: int,
    ) -> None:
        """Prepare.

        Args:
            workspace: what is recommended from.
            planner: who plans.
            executor: who runs the plans.
            writing_model: chat model that phrases replies; the plain wording stands when None.
            count: items in a list when the person names no number.
        """
        self.workspace = workspace
        self.planner = planner
        self._executor = executor
        self._composer = Composer(workspace)
        self._model = writing_model
        self._verifier = Verifier(workspace) if writing_model is not None else None
        self._count = count

    @property
    def phrases(self) -> bool:
        """Whether a model phrases the replies."""
        return self._model is not None

    def take(
        self, session: str, turn: int, state: State, planned: Planned, planning_ms: float, words: str = ""
    ) -> Iterator[ToolStarted | ToolFinished | PlanMade | Reply]:
        """Run a plan: yield an event before and after every tool call, and the reply in plain words last.

        When the outcome contradicts the plan, a planner that can think again may plan once more; a second plan that
        keeps all that must hold and finds more is yielded with its calls, and the reply rests on it.

        Args:
            session: id of the session, for the trace.
            turn: number of the turn, from 1, for the trace.
            state: the state before the turn.
            planned: the turn's plan.
            planning_ms: how long planning took, in milliseconds, for the trace.
            words: what the person said; empty when a button was pressed, about which nobody thinks twice.
        """
        first = yield from self._carried(planned, state, words)
        thought = self._thought_over(words, state, first)
        yield from thought.events
        carried, planned = thought.carried, thought.carried.planned
        execution, composition = carried.execution, carried.composition
        thinking_ms = planning_ms + thought.ms
        yield Reply(
            text=composition.text,
            act=composition.act,
            opening=composition.opening,
            closing=composition.closing,
            recommendations=composition.recommendations,
            chips=composition.chips,
            asked=composition.asked,
            evidence=composition.evidence,
            ranked=composition.ranked,
            trace=Trace(
                session=session,
                turn=turn,
                planner=self.planner.name,
                decided_by=planned.decided_by,
                plan=planned.plan,
                steps=execution.steps if execution else (),
                planning=planned.steps,
                attempts=thought.attempts,
                repairs=planned.repairs,
                relaxation=execution.relaxation if execution else None,
                pool=execution.pool if execution else None,
                placements=self._placements(execution, composition),
                warnings=(*planned.warnings, *(execution.warnings if execution else ())),
                prompts=dict(planned.prompts),
                tokens=planned.tokens + thought.tokens,
                timings=Timings(
                    plan=round(thinking_ms, 3),
                    tools=round(carried.tools_ms, 3),
                    compose=round(carried.compose_ms, 3),
                    total=round(thinking_ms + carried.tools_ms + carried.compose_ms, 3),
                ),
            ),
        )

    def _placements(self, execution: Execution | None, composition: Composition) -> tuple[Placement, ...]:
        if execution is None:
            return ()
        row_of = self.workspace.catalogue.row_of
        shown = [each.item.id for each in composition.recommendations]
        return placements(execution.order, self.workspace.ranker, [(each, row_of[each]) for each in shown])

    def _carried(
        self, planned: Planned, state: State, words: str
    ) -> Generator[ToolStarted | ToolFinished, None, _Carried]:
        """Yield an event before and after every call of a plan; return what came of it."""
        plan, started = planned.plan, perf_counter()
        state = state.planned(plan)
        execution: Execution | None = None
        if plan.act in SEARCHES:
            for event in self._executor.run(plan, state, plan.count or self._count, plan.gloss or words):
                if isinstance(event, Execution):
                    execution = event
                else:
                    yield event
        executed = perf_counter()
        with speaking(state.language, self.workspace.schema):
            composition = self._composed(planned, state, execution)
        composed = perf_counter()
        return _Carried(planned, execution, composition, 1000 * (executed - started), 1000 * (composed - executed))

    def _thought_over(self, words: str, state: State, first: _Carried) -> _ThoughtOver:
        """Let the planner see an outcome that contradicts its plan, once, and choose between what it planned."""
        plan = first.planned.plan
        if not words or first.execution is None or not isinstance(self.planner, Replanner):
            return _ThoughtOver(first)
        wanted, catalogue = plan.count or self._count, self.workspace.catalogue
        found = contradiction(plan, state.planned(plan), first.shown, wanted, catalogue)
        if found is None:
            return _ThoughtOver(first)
        started = perf_counter()
        tried = first.attempt(found.words, taken=False)
        planned = self.planner.replan(words, state, (tried,))
        ms = 1000 * (perf_counter() - started)
        if planned is None or same(planned.plan, plan):
            return _ThoughtOver(first, tokens=planned.tokens if planned else Tokens(), ms=ms)
        second = replace(planned, plan=completed(plan, planned.plan, words))
        with speaking(state.planned(second.plan).language, self.workspace.schema):
            judgement = judged(plan, second.plan, state, words, self.workspace.schema)
        second = replace(
            second,
            repairs=(*first.planned.repairs, *second.repairs),
            warnings=(*first.planned.warnings, *second.warnings, *judgement.notes),
            prompts=(*first.planned.prompts, *second.prompts),
            tokens=first.planned.tokens + second.tokens,
            steps=(*first.planned.steps, *second.steps),
        )
        if judgement.left_out:
            unused = Attempt(
                decided_by=second.decided_by, plan=second.plan, found=0, outcome=judgement.left_out, taken=False
            )
            return _ThoughtOver(first, (first.attempt(found.words, taken=True), unused), (), planned.tokens, ms)
        events: list[PlanMade | ToolStarted | ToolFinished] = [PlanMade(second.plan, second.decided_by, ms)]
        run = self._carried(second, state, words)
        while True:
            try:
                events.append(next(run))
            except StopIteration as end:
                other: _Carried = end.value
                break
        # With a name not found, a list made without it is no measure of a list that has another reading of it.
        better = other.shown > first.shown or (found.missing and other.shown == first.shown > 0)
        told = f"It shows {other.shown} of {second.plan.count or self._count} wanted, the first plan {first.shown}."
        attempts = (first.attempt(found.words, taken=not better), other.attempt(told, taken=better))
        if better:
            return _ThoughtOver(other, attempts, tuple(events), ms=ms)
        return _ThoughtOver(first, attempts, (), planned.tokens, ms + other.tools_ms + other.compose_ms)

    def phrase(self, words: str, reply: Reply) -> Iterator[TextDelta | Reply]:
        """Yield the text in the model's words, each piece verified, and the reply with that text last."""
        assert self._model is not None
        assert self._verifier is not None
        # LangChain is loaded only by those who use a chat model.
        from tastemaker.agent.writer import Writer

        started = perf_counter()
        writer = Writer(self._model, self._verifier)
        pieces = []
        for piece in writer.write(words, reply.opening, reply.recommendations, reply.closing):
            pieces.append(piece)
            yield TextDelta(piece)
        ms = 1000 * (perf_counter() - started)
        trace = reply.trace
        timings = trace.timings.model_copy(
            update={"compose": round(trace.timings.compose + ms, 3), "total": round(trace.timings.total + ms, 3)}
        )
        yield reply.model_copy(
            update={
                "text": "".join(pieces),
                "trace": trace.model_copy(
                    update={
                        "timings": timings,
                        "tokens": trace.tokens + writer.tokens,
                        "warnings": (*trace.warnings, *writer.warnings),
                        "prompts": {**trace.prompts, **dict(writer.prompts)},
                    }
                ),
            }
        )

    def ranking(self, state: State) -> tuple[str, ...]:
        """Return the ids that a request for a list would rank now, best first, at most 200; nothing is asked or said.

        Args:
            state: the state of the conversation.
        """
        *_, execution = self._executor.run(Plan(act=Act.RECOMMEND), state, self._count)
        assert isinstance(execution, Execution)
        return tuple(execution.ranked.ids)

    def title_of(self, item_id: str) -> str | None:
        """Return the title of an item; None when there is no such item."""
        known = item_id in self.workspace.catalogue.row_of
        return self.workspace.catalogue.item(item_id).title if known else None

    def _composed(self, planned: Planned, state: State, execution: Execution | None) -> Composition:
        plan = planned.plan
        if execution is not None:
            wanted = plan.count or self._count
            return self._composer.recommendation(plan, state, execution, wanted, planned.warnings)
        if plan.act is Act.EXPLAIN:
            return self._composer.explanation(plan, state, planned.warnings)
        return self._composer.talk(plan, state, planned.warnings)
