"""The log of sessions: events only ever appended, each committed to disk before its reply is shown.

One SQLite file in the workspace, or any database that SQLAlchemy speaks to. The state of a session is a fold over its
events; the replies are kept beside them to be shown again.
"""

from collections.abc import Sequence
from pathlib import Path
from time import time
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Column,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError, IntegrityError

from tastemaker.agent.errors import SessionError
from tastemaker.agent.events import Event
from tastemaker.agent.reply import Reply
from tastemaker.tools.catalogue.store import sqlite_url
from tastemaker.tools.errors import WorkspaceError

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
_METADATA = MetaData()
_EVENTS = Table(
    "events",
    _METADATA,
    Column("session", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Float, nullable=False),
    Column("event", String, nullable=False),
    Column("reply", String),
)


class EventLog:
    """The log of all sessions of a workspace. Safe to share between threads and processes."""

    def __init__(self, path: Path) -> None:
        """Open the log, making it when there is none.

        Raises:
            WorkspaceError: the file is not a log of ours or cannot be written.
        """
        self._path = path
        self._engine: Engine = create_engine(sqlite_url(path), connect_args={"timeout": 30})
        event.listen(self._engine, "connect", _make_durable)
        try:
            _METADATA.create_all(self._engine)
        except DatabaseError as error:
            raise WorkspaceError(
                f"{path} cannot be opened as a log of sessions; move it away to begin a new one."
            ) from error

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def read(self, session: str) -> list[Event]:
        """Return the events of a session, oldest first; empty for a session nobody knows."""
        query = select(_EVENTS.c.event).where(_EVENTS.c.session == session).order_by(_EVENTS.c.number)
        with self._engine.connect() as connection:
            return [_EVENT.validate_json(found) for found in connection.execute(query).scalars()]

    def replies(self, session: str) -> list[tuple[int, Reply]]:
        """Return the replies of a session with their turns' numbers, oldest first, those taken back too."""
        query = select(_EVENTS.c.event, _EVENTS.c.reply).where(
            _EVENTS.c.session == session, _EVENTS.c.reply.is_not(None)
        )
        with self._engine.connect() as connection:
            found = connection.execute(query.order_by(_EVENTS.c.number)).all()
        return [(_EVENT.validate_json(each).turn, Reply.model_validate_json(reply)) for each, reply in found]

    def append(self, session: str, known: int, event: Event, reply: Reply | None = None) -> None:
        """Write one event, and its reply, in one transaction.

        Args:
            session: id of the session.
            known: how many events the writer has read; guards against two writers of one session.
            event: what happened.
            reply: the answer given, for a turn.

        Raises:
            SessionError: another writer has written to the session since it was read.
        """
        row: dict[str, Any] = {
            "session": session,
            "number": known + 1,
            "at": time(),
            "event": event.model_dump_json(),
            "reply": reply.model_dump_json() if reply else None,
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(_EVENTS), row)
        except IntegrityError as error:
            raise SessionError("This conversation was continued somewhere else meanwhile; say it again.") from error

    def amend(self, session: str, number: int, event: Event, reply: Reply) -> None:
        """Replace the wording of the turn written last, once a model has phrased it."""
        with self._engine.begin() as connection:
            connection.execute(
                update(_EVENTS)
                .where(_EVENTS.c.session == session, _EVENTS.c.number == number)
                .values(event=event.model_dump_json(), reply=reply.model_dump_json())
            )

    def sessions(self) -> Sequence[str]:
        """Return the ids of all sessions, the latest spoken to first."""
        last = func.max(_EVENTS.c.at)
        query = select(_EVENTS.c.session).group_by(_EVENTS.c.session).order_by(last.desc(), _EVENTS.c.session)
        with self._engine.connect() as connection:
            return connection.execute(query).scalars().all()


def _make_durable(connection: Any, _record: Any) -> None:
    # Write-ahead logging lets readers and a writer work together; full synchronisation survives a loss of power.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
