"""Takes one turn: plan, execute, compose, phrase. Knows the state it is given and nothing of logs or sessions."""

from collections.abc import Iterator
from time import perf_counter

from langchain_core.language_models import BaseChatModel

from tastemaker.agent.composer import Composer, Composition
from tastemaker.agent.executor import Execution, Executor
from tastemaker.agent.plan import Act
from tastemaker.agent.planners.base import Planned, Planner
from tastemaker.agent.reply import Reply
from tastemaker.agent.state import State
from tastemaker.agent.stream import TextDelta, ToolFinished, ToolStarted
from tastemaker.agent.trace import Timings, Tokens, Trace
from tastemaker.agent.verifier import Verifier
from tastemaker.agent.writer import Writer
from tastemaker.tools.workspace import Workspace


class TurnMaker:
    """Takes turns over one workspace. Safe to share between threads; keeps nothing of any turn."""

    def __init__(
        self,
        workspace: Workspace,
        planner: Planner,
        executor: Executor,
        writing_model: BaseChatModel | None,
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
        self, session: str, turn: int, state: State, planned: Planned, planning_ms: float
    ) -> Iterator[ToolStarted | ToolFinished | Reply]:
        """Run a plan: yield an event before and after every tool call, and the reply in plain words last.

        Args:
            session: id of the session, for the trace.
            turn: number of the turn, from 1, for the trace.
            state: the state before the turn.
            planned: the turn's plan.
            planning_ms: how long planning took, in milliseconds, for the trace.
        """
        plan, started = planned.plan, perf_counter()
        state = state.planned(plan)
        execution: Execution | None = None
        if plan.act in (Act.RECOMMEND, Act.CRITIQUE, Act.ASK):
            for event in self._executor.run(plan, state, plan.count or self._count):
                if isinstance(event, Execution):
                    execution = event
                else:
                    yield event
        executed = perf_counter()
        composition = self._composed(planned, state, execution)
        composed = perf_counter()
        tools_ms, compose_ms = 1000 * (executed - started), 1000 * (composed - executed)
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
                plan=plan,
                steps=execution.steps if execution else (),
                repairs=planned.repairs,
                relaxation=execution.relaxation if execution else None,
                pool=execution.pool if execution else None,
                warnings=(*planned.warnings, *(execution.warnings if execution else ())),
                prompts=dict(planned.prompts),
                tokens=planned.tokens,
                timings=Timings(
                    plan=round(planning_ms, 3),
                    tools=round(tools_ms, 3),
                    compose=round(compose_ms, 3),
                    total=round(planning_ms + tools_ms + compose_ms, 3),
                ),
            ),
        )

    def phrase(self, words: str, reply: Reply) -> Iterator[TextDelta | Reply]:
        """Yield the text in the model's words, each piece verified, and the reply with that text last."""
        assert self._model is not None
        assert self._verifier is not None
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
        tokens = Tokens(
            calls=trace.tokens.calls + writer.tokens.calls,
            input=trace.tokens.input + writer.tokens.input,
            output=trace.tokens.output + writer.tokens.output,
        )
        yield reply.model_copy(
            update={
                "text": "".join(pieces),
                "trace": trace.model_copy(
                    update={
                        "timings": timings,
                        "tokens": tokens,
                        "warnings": (*trace.warnings, *writer.warnings),
                        "prompts": {**trace.prompts, **dict(writer.prompts)},
                    }
                ),
            }
        )

    def titles_in(self, text: str) -> tuple[str, ...]:
        """Return the ids of the items that a text names, in order."""
        found = [match.item_id for mention in self.workspace.resolver.mentions(text) for match in mention.matches[:1]]
        return tuple(dict.fromkeys(each for each in found if each is not None))

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
