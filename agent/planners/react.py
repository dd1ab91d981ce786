"""Plans a turn by letting a chat model work with the tools, on LangChain's agent loop, for comparison with plan-first.

The model looks before it decides; what it did becomes a plan like any other, which is then carried out, composed and
checked in the same way. At the limit of its steps, what it did by then is the plan. Nothing that it writes is shown.
"""

import logging
from collections.abc import Collection, Sequence
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import ModelCallLimitMiddleware
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage
from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import BaseModel, Field, create_model

from tastemaker.agent.chat_model import what_failed
from tastemaker.agent.errors import PlanError
from tastemaker.agent.languages.notice import Notice
from tastemaker.agent.languages.speech import template
from tastemaker.agent.planners.base import Planned, Planner, Replanner, rules_instead
from tastemaker.agent.planners.brief import brief
from tastemaker.agent.planners.catalogue_card import CatalogueCard
from tastemaker.agent.planners.desk import Desk, DeskError
from tastemaker.agent.planners.wire_plan import Names, WireError, WirePlan
from tastemaker.agent.state import State
from tastemaker.agent.trace import Attempt, Repair, Tokens
from tastemaker.prompts.library import load
from tastemaker.tools.registry import TOOLS
from tastemaker.tools.workspace import Workspace

_log = logging.getLogger(__name__)
_PROMPTS = ("react-system", "planner-request")
_TITLES = "Titles of items, as the person or the catalogue writes them."
_HANDLES = "Handles of the searches that the list rests on; all of them when empty."


class ReactPlanner:
    """Plans with a chat model that calls tools. Safe to share between threads."""

    name = "react"

    def __init__(
        self,
        workspace: Workspace,
        model: BaseChatModel,
        fallback: Planner,
        *,
        most_calls: int = 8,
        disabled: Collection[str] = (),
    ) -> None:
        """Prepare.

        Args:
            workspace: what is recommended from.
            model: a chat model that can call tools.
            fallback: plans when the model does not.
            most_calls: calls of the model in one turn, after which what it did is the plan.
            disabled: names of tools that it is not given.
        """
        self._workspace = workspace
        self._model = model
        self._fallback = fallback
        self._most = most_calls
        self._disabled = frozenset(disabled)
        self._wire = WirePlan(workspace.schema, TOOLS)
        self._forms = _forms(self._wire)
        card = CatalogueCard.of(workspace.catalogue)
        self._system = load("react-system").render(
            noun=workspace.schema.noun,
            plural=workspace.schema.plural,
            fields=card.lines,
            titles=card.titles,
            motives=self._wire.motives,
        )

    def plan(self, words: str, state: State) -> Planned:
        """Plan one turn. Never raises: whatever the model does, there is a plan."""
        prompts = tuple((name, load(name).version) for name in _PROMPTS)
        desk = Desk(self._workspace, state, self._wire)
        request = load("planner-request").render(**brief(words, state, self._workspace.catalogue))
        repairs: tuple[Repair, ...] = ()
        tokens, warning = Tokens(), ""
        try:
            messages = self._worked(desk, request)
            tokens = _tokens(messages)
            warning = self._at_limit(messages, desk)
            if not desk.used:
                raise PlanError("No tool was called.")
            warnings = (_cut_short(warning),) if warning else ()
            return Planned(desk.plan(), self.name, (), warnings, prompts, tokens, tuple(desk.steps))
        except (WireError, PlanError) as error:
            repairs = (Repair(planner=self.name, error=str(error)[:500], remedy="rules planned instead"),)
            warning = warning or "The language model's plan did not hold."
        except Exception as error:  # whatever a model's client or the loop raises is told, and the fallback plans
            _log.warning("the chat model failed to plan with tools", exc_info=error)
            warning = what_failed(error)
        planned = self._fallback.plan(words, state)
        return Planned(
            plan=planned.plan,
            decided_by=planned.decided_by,
            repairs=(*repairs, *planned.repairs),
            warnings=(rules_instead(warning), *planned.warnings),
            prompts=(*prompts, *planned.prompts),
            tokens=tokens + planned.tokens,
            steps=tuple(desk.steps),
        )

    def replan(self, words: str, state: State, tried: Sequence[Attempt]) -> Planned | None:
        """Return the fallback's second plan; the model has seen what its conditions leave while it planned."""
        return self._fallback.replan(words, state, tried) if isinstance(self._fallback, Replanner) else None

    def _worked(self, desk: Desk, request: str) -> list[AnyMessage]:
        """Let the model work at the desk; return all messages of the loop."""
        agent = create_agent(
            self._model,
            self._tools(desk),
            system_prompt=self._system,
            middleware=[ModelCallLimitMiddleware(run_limit=self._most, exit_behavior="end")],
        )
        # One call after the other, in the order in which the model wrote them: a search needs the filter before it.
        config: Any = {"recursion_limit": 6 * self._most + 10, "max_concurrency": 1}
        found: list[AnyMessage] = agent.invoke({"messages": [HumanMessage(request)]}, config)["messages"]
        return found

    def _tools(self, desk: Desk) -> list[BaseTool]:
        def told(call: Any, *arguments: Any) -> str:
            try:
                return str(call(*arguments))
            except DeskError as error:
                raise ToolException(str(error)) from error

        made: list[BaseTool] = []
        for name, form in self._forms.items():
            if name in self._disabled:
                continue

            def run(_name: str = name, **arguments: Any) -> str:
                if _name == "filter_items":
                    return told(desk.filter_items, arguments.get("wishes", []))
                if _name == "describe_items":
                    return told(desk.describe_items, arguments.get("items", []))
                if _name == "finish":
                    return told(desk.finish, arguments)
                return told(desk.retrieve, _name, arguments)

            described = TOOLS[name].description if name in TOOLS else "Say what the turn is and end it."
            made.append(
                StructuredTool.from_function(
                    run,
                    name=name,
                    description=described,
                    args_schema=form,
                    return_direct=name == "finish",
                    handle_tool_error=True,
                )
            )
        return made

    def _at_limit(self, messages: Sequence[AnyMessage], desk: Desk) -> str:
        calls = sum(isinstance(each, AIMessage) for each in messages)
        if desk.finished or calls <= self._most:
            return ""
        return f"The language model came to no end within {self._most} steps."


def _cut_short(cause: str) -> Notice:
    told = template("the language model was stopped, so the answer rests on what had been found by then")
    return Notice(f"{cause} It rests on what had been found by then.", told)


def _forms(wire: WirePlan) -> dict[str, type[BaseModel]]:
    """Return the arguments of every tool that the model is given, by name."""
    fields: dict[str, Any] = {name: (field.annotation, field) for name, field in wire.model.model_fields.items()}
    kinds: dict[type, Any] = {str: (str, ""), list: (Names, Field(default=[], description=_TITLES))}
    forms: dict[str, dict[str, Any]] = {"filter_items": {"wishes": fields.pop("wishes")}}
    for name, arguments in wire.arguments.items():
        forms[name] = {each: kinds[kind] for each, kind in arguments.items()}
    forms["describe_items"] = {"items": (Names, Field(description=_TITLES))}
    fields.pop("calls")
    forms["finish"] = {"candidates": (Names, Field(default=[], description=_HANDLES)), **fields}
    return {name: create_model(name, **form) for name, form in forms.items()}


def _tokens(messages: Sequence[AnyMessage]) -> Tokens:
    used = [each.usage_metadata for each in messages if isinstance(each, AIMessage) and each.usage_metadata]
    read, written = sum(each["input_tokens"] for each in used), sum(each["output_tokens"] for each in used)
    return Tokens(calls=len(used), input=read, output=written)
