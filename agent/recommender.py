"""The recommender: one open workspace, one planner, any number of sessions. The way in for callers."""

from collections.abc import Sequence
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from weakref import WeakValueDictionary

from tastemaker.agent.errors import SessionError
from tastemaker.agent.event_log import EventLog
from tastemaker.agent.executor import Executor
from tastemaker.agent.planner_choice import choose_planner
from tastemaker.agent.planners.base import Closable, Planner
from tastemaker.agent.session import Session, SessionLock
from tastemaker.agent.settings import Settings
from tastemaker.agent.turn import TurnMaker
from tastemaker.tools.workspace import Workspace

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


class Recommender:
    """Recommends from one workspace. Safe to share between threads and tasks; close it when done."""

    def __init__(
        self,
        workspace: Workspace,
        planner: Planner,
        settings: Settings,
        writing_model: "BaseChatModel | None" = None,
        *,
        sessions: Path | None = None,
        owns_workspace: bool = True,
    ) -> None:
        """Assemble; `open` does this from names and settings.

        Args:
            workspace: what is recommended from.
            planner: who plans.
            settings: everything that can be set.
            writing_model: chat model that phrases replies; the plain wording stands when None.
            sessions: file of the log of sessions; the one in the workspace when None.
            owns_workspace: whether closing the recommender closes the workspace.
        """
        self.workspace = workspace
        self.settings = settings
        self.planner = planner
        self._executor = Executor(
            workspace, tool_timeout=settings.tool_timeout, disabled=frozenset(settings.disabled_tools)
        )
        self._turns = TurnMaker(workspace, planner, self._executor, writing_model, settings.count)
        self._log = EventLog(sessions or workspace.path / "sessions.db")
        self._owns_workspace = owns_workspace
        self._locks: WeakValueDictionary[str, SessionLock] = WeakValueDictionary()
        self._guard = Lock()

    @classmethod
    def open(
        cls,
        workspace: str | Path | Workspace | None = None,
        *,
        settings: Settings | None = None,
        model: "BaseChatModel | None" = None,
        sessions: Path | None = None,
        **changes: Any,
    ) -> Self:
        """Open a workspace for recommending.

        Args:
            workspace: a path, a name, or a workspace already open, which then stays open when the recommender is
                closed; the one in the settings when None.
            settings: where everything else comes from; read from the environment when None.
            model: chat model for the planners `chat` and `react` and the `model` writer, instead of the one in the
                settings.
            sessions: file of the log of sessions; the one in the workspace when None.
            **changes: settings to change: `planner="rules"`, `writer="model"`, `disabled_tools=("search_text",)`.

        Raises:
            WorkspaceError: there is no such workspace, or it cannot be opened; the message names the cure.
            SettingsError: a setting is missing or wrong.
        """
        chosen = (settings or Settings()).changed(**changes)
        opened = workspace if isinstance(workspace, Workspace) else Workspace.open(chosen.workspace_path(workspace))
        if model is None and (chosen.planner in ("chat", "react") or chosen.writer == "model"):
            # LangChain is loaded only by those who use a chat model.
            from tastemaker.agent.chat_model import chat_model

            model = chat_model(chosen)
        # Loaded now, so that the first turn is as fast as the others and no tool's time runs out over it.
        opened.encoder.load()
        planner = choose_planner(chosen, opened, model)
        writing_model = model if chosen.writer == "model" else None
        owns = opened is not workspace
        return cls(opened, planner, chosen, writing_model, sessions=sessions, owns_workspace=owns)

    def session(self, id: str | None = None, user: str | None = None, history: Sequence[str] = ()) -> Session:
        """Begin a conversation, or resume one.

        Args:
            id: id of a session to resume; a new one when None, and under this id when nobody knows it.
            user: the owner's id of a known user, whose liked items are then known from the start.
            history: ids of items that the person liked before, oldest first.

        Raises:
            SessionError: the catalogue has no item of an id in the history.
        """
        unknown = [item for item in history if item not in self.workspace.catalogue.row_of]
        if unknown:
            raise SessionError(f"The catalogue has no item with the id '{unknown[0]}'; leave it out of the history.")
        session_id = id or token_urlsafe(16)
        with self._guard:
            lock = self._locks.setdefault(session_id, SessionLock())
        session = Session(session_id, self._turns, self._log, lock)
        known = [*history, *self._liked_by(user)]
        if known or user is not None:
            session.begin(user, list(dict.fromkeys(known)))
        return session

    def close(self) -> None:
        """Close the log, and the workspace when it was opened here."""
        self._executor.close()
        self._log.close()
        if isinstance(self.planner, Closable):
            self.planner.close()
        if self._owns_workspace:
            self.workspace.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _liked_by(self, user: str | None) -> list[str]:
        if user is None:
            return []
        least = self.workspace.schema.like_at_least
        log = self.workspace.catalogue.interactions_of(user)
        return [each.item for each in log if least is None or each.value >= least]
