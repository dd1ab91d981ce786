"""The agent: plans a turn, runs the plan, composes the reply, remembers.

The public names are loaded when they are first used, so that the command line starts without loading any model.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tastemaker.agent.recommender import Recommender
    from tastemaker.agent.reply import Recommendation, Reply
    from tastemaker.agent.session import Session
    from tastemaker.agent.settings import Settings

__all__ = ["Recommendation", "Recommender", "Reply", "Session", "Settings"]

_HOMES = {
    "Recommendation": "reply",
    "Recommender": "recommender",
    "Reply": "reply",
    "Session": "session",
    "Settings": "settings",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
