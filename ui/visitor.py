"""Whose conversation it is: the session that a browser remembers, and turns that outlive a closed page.

The browser keeps the session's id and nothing else; the id is the key to the conversation, so it is long and random.
Nothing about a visitor is kept in this process between two events.
"""

import re
from collections.abc import Iterator
from queue import SimpleQueue
from threading import Thread
from typing import Final

from tastemaker.agent.recommender import Recommender
from tastemaker.agent.session import Session
from tastemaker.agent.stream import StreamEvent

_ID: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")


def session_of(recommender: Recommender, remembered: object) -> Session:
    """Return the session that a browser remembers, or a new one when it remembers none.

    Args:
        recommender: where sessions come from.
        remembered: what the browser sent; anything but an id of our making is taken for nothing.
    """
    known = isinstance(remembered, str) and _ID.fullmatch(remembered)
    return recommender.session(id=str(remembered)) if known else recommender.session()


def outliving(events: Iterator[StreamEvent]) -> Iterator[list[StreamEvent]]:
    """Yield a turn's events, those that are waiting together, while another thread takes the turn to its end.

    A page that is closed or reloaded stops reading; the turn must be finished and written down all the same.
    A page that is slow to draw gets what happened meanwhile at once.
    """
    passed: SimpleQueue[StreamEvent | BaseException | None] = SimpleQueue()

    def take() -> None:
        try:
            for event in events:
                passed.put(event)
        except BaseException as error:  # handed over, and raised where the events are read
            passed.put(error)
        else:
            passed.put(None)

    Thread(target=take, name="turn", daemon=True).start()
    while True:
        waiting: list[StreamEvent] = []
        while not waiting or not passed.empty():
            event = passed.get()
            if event is None or isinstance(event, BaseException):
                if waiting:
                    yield waiting
                if event is not None:
                    raise event
                return
            waiting.append(event)
        yield waiting
