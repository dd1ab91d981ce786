"""Which planner a setting names."""

from typing import TYPE_CHECKING

from tastemaker.agent.planners.base import Planner
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.settings import Settings
from tastemaker.tools.errors import SettingsError
from tastemaker.tools.workspace import Workspace

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def choose_planner(settings: Settings, workspace: Workspace, model: "BaseChatModel | None") -> Planner:
    """Return the planner of the settings; the rules stand behind every other.

    Raises:
        SettingsError: the planner `chat` or `react` is wanted without a chat model, or the local model's file is
            missing.
    """
    rules = RulesPlanner(workspace)
    match settings.planner:
        case "rules":
            return rules
        case "chat":
            from tastemaker.agent.planners.chat import ChatPlanner

            return ChatPlanner(workspace, _needed(model, "chat"), rules)
        case "react":
            # The agent loop takes a second to import; only those who use it wait for it.
            from tastemaker.agent.planners.react import ReactPlanner

            return ReactPlanner(
                workspace,
                _needed(model, "react"),
                rules,
                most_calls=settings.model_calls,
                disabled=settings.disabled_tools,
            )
        case "local":
            # llama.cpp is loaded only by those who use it.
            from tastemaker.agent.planners.local import LocalPlanner

            return LocalPlanner(
                workspace,
                rules,
                gguf=settings.gguf,
                threads=settings.threads,
                copies=settings.home / "models",
            )


def _needed(model: "BaseChatModel | None", planner: str) -> "BaseChatModel":
    if model is None:
        raise SettingsError(f"The {planner} planner needs a chat model; set TASTEMAKER_MODEL and TASTEMAKER_BASE_URL.")
    return model
