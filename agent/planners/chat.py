"""Plans a turn with one call of a chat model, whose whole plan comes as structured output.

A plan that does not hold is mended once, with the error told to the model; after that, and when the model cannot be
reached, the fallback plans. Nothing that a model writes is trusted: grounding checks every name and field.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from tastemaker.agent.chat_model import what_failed
from tastemaker.agent.errors import PlanError
from tastemaker.agent.fencing import fenced
from tastemaker.agent.grounding import ground
from tastemaker.agent.history_digest import HistoryDigester
from tastemaker.agent.plan import Plan
from tastemaker.agent.planners.base import Planned, Planner, Replanner, rules_instead
from tastemaker.agent.planners.brief import brief
from tastemaker.agent.planners.catalogue_card import CatalogueCard
from tastemaker.agent.planners.demonstrations import PROMPTS as DEMONSTRATIONS
from tastemaker.agent.planners.demonstrations import Demonstrations
from tastemaker.agent.planners.second_reading import in_a_field_that_has_it
from tastemaker.agent.planners.structured import StructuredModel, Written
from tastemaker.agent.planners.wire_plan import WireError, WirePlan
from tastemaker.agent.second_thought import same
from tastemaker.agent.state import State
from tastemaker.agent.trace import Attempt, Repair, Tokens
from tastemaker.prompts.library import load
from tastemaker.tools.registry import TOOLS
from tastemaker.tools.workspace import Workspace

_log = logging.getLogger(__name__)
_LONGEST_ECHO = 1500
_LONGEST_ERROR = 500
_LONGEST_OUTCOME = 800


class ChatPlanner:
    """Plans with a chat model. Safe to share between threads."""

    def __init__(
        self,
        workspace: Workspace,
        model: BaseChatModel,
        fallback: Planner,
        *,
        name: str = "chat",
        demonstrations: int = 4,
    ) -> None:
        """Prepare.

        Args:
            workspace: what is recommended from.
            model: the chat model.
            fallback: plans when the model does not.
            name: name in settings, traces and reports.
            demonstrations: how many are shown to the model.
        """
        self.name = name
        self._workspace = workspace
        self._fallback = fallback
        self._card = CatalogueCard.of(workspace.catalogue)
        self._digester = HistoryDigester(workspace)
        self._wire = WirePlan(workspace.schema, TOOLS)
        self._model = StructuredModel(model, self._wire)
        self._demonstrations = Demonstrations(workspace, self._card)
        self._count = demonstrations
        self._system = SystemMessage(
            load("planner-system").render(
                noun=workspace.schema.noun,
                plural=workspace.schema.plural,
                fields=self._card.lines,
                titles=self._card.titles,
                tools=self._wire.tools,
                shape=self._wire.shape,
                motives=self._wire.motives,
            )
        )

    def plan(self, words: str, state: State) -> Planned:
        """Plan one turn. Never raises: whatever the model does, there is a plan."""
        names = ("planner-system", "planner-request", *DEMONSTRATIONS)
        prompts = {name: load(name).version for name in names}
        messages = self._messages(words, state)
        repairs: list[Repair] = []
        tokens = Tokens()
        warning = ""
        for remedy in ("asked again", "rules planned instead"):
            try:
                written = self._model.write(messages)
            except Exception as error:  # whatever a model's client raises is told, and the fallback plans
                _log.warning("the chat model failed to plan", exc_info=error)
                warning = what_failed(error)
                break
            tokens += written.tokens
            try:
                plan = self._grounded(written, state)
            except (WireError, PlanError) as error:
                told = str(error)[:_LONGEST_ERROR]
                repairs.append(Repair(planner=self.name, error=told, remedy=remedy))
                # What the model wrote stays in the trace; the person reads the warning.
                warning = "The language model's plan did not hold."
                mend = load("planner-repair")
                prompts[mend.id] = mend.version
                echo = AIMessage(written.text[:_LONGEST_ECHO] or "{}")
                messages = [*messages, echo, HumanMessage(mend.render(error=told))]
            else:
                return Planned(plan, self.name, tuple(repairs), prompts=tuple(prompts.items()), tokens=tokens)
        planned = self._fallback.plan(words, state)
        return Planned(
            plan=planned.plan,
            decided_by=planned.decided_by,
            repairs=(*repairs, *planned.repairs),
            warnings=(rules_instead(warning), *planned.warnings),
            prompts=(*prompts.items(), *planned.prompts),
            tokens=tokens + planned.tokens,
        )

    def replan(self, words: str, state: State, tried: Sequence[Attempt]) -> Planned | None:
        """Return what the model plans once it sees what came of its plan; the fallback's when it has nothing new."""
        last = tried[-1]
        tokens = Tokens()
        prompt = load("planner-outcome")
        prompts = ((prompt.id, prompt.version),)
        if last.decided_by == self.name:
            told = prompt.render(outcome=fenced(last.outcome, _LONGEST_OUTCOME), plural=self._workspace.schema.plural)
            earlier = AIMessage(self._wire.written(last.plan)[:_LONGEST_ECHO])
            try:
                written = self._model.write([*self._messages(words, state), earlier, HumanMessage(told)])
                tokens = written.tokens
                plan = self._grounded(written, state)
            except (WireError, PlanError) as error:
                _log.info("the chat model's second plan does not hold: %s", error)
            except Exception as error:  # as in `plan`; the first plan stands
                _log.warning("the chat model failed to plan again", exc_info=error)
            else:
                if not any(same(plan, each.plan) for each in tried):
                    return Planned(plan, self.name, prompts=prompts, tokens=tokens)
        other = self._fallback.replan(words, state, tried) if isinstance(self._fallback, Replanner) else None
        if other is None and tokens.calls:
            # The same again: the first plan stands, and what it cost to ask is still told.
            return Planned(last.plan, self.name, prompts=prompts, tokens=tokens)
        return None if other is None else replace(other, tokens=tokens + other.tokens)

    def close(self) -> None:
        """Close the index of the demonstrations."""
        self._demonstrations.close()

    def _grounded(self, written: Written, state: State) -> Plan:
        draft = self._wire.read(written.data if written.data is not None else written.text)
        # A small model writes a name into the wrong field more often than not; the catalogue knows where it belongs.
        wishes = tuple(in_a_field_that_has_it(each, self._workspace) for each in draft.wishes)
        return ground(draft.model_copy(update={"wishes": wishes}), state, self._workspace)

    def _messages(self, words: str, state: State) -> Sequence[BaseMessage]:
        messages: list[BaseMessage] = [self._system]
        for each in self._demonstrations.nearest(words, self._count, listed=bool(state.last_shown)):
            messages += [HumanMessage(_request(each.words, wishes=each.wishes, shown=each.shown)), AIMessage(each.plan)]
        # The digest tells the opinions too, with their reasons and beside what was liked before.
        known = {"opinions": (), "history": self._digester.digest(state, words).lines}
        return [*messages, HumanMessage(_request(**(brief(words, state, self._workspace.catalogue) | known)))]


def _request(words: str, **said: Any) -> str:
    nothing: dict[str, Any] = {"intent": "", "wishes": (), "opinions": (), "shown": (), "exchanges": (), "history": ()}
    return load("planner-request").render(words=words, **(nothing | said))
