"""What a model is told of a conversation besides the request: within a fixed size, however long it has been.

Sizes are in bytes of UTF-8, of which three make about a token in any script, so that no tokenizer is needed. The
newest comes first into what there is room for. Knows no model.
"""

from collections.abc import Sequence
from typing import Any

from tastemaker.agent.fencing import fenced
from tastemaker.agent.intent import intent
from tastemaker.agent.state import State
from tastemaker.agent.wording import say_condition
from tastemaker.tools.catalogue.store import Catalogue

BYTES_PER_TOKEN = 3
"""Bytes that make a token, about: English has more to one, Chinese as many."""
_WORDS = 4500
_INTENT = 700
_WISHES = 900
_OPINIONS = 600
_SHOWN = 700
_EXCHANGES = 3
_SAID, _ANSWERED = 300, 240
_ELLIPSIS = " … "


def brief(words: str, state: State, catalogue: Catalogue) -> dict[str, Any]:
    """Return the variables of the prompt of a request, each within its size.

    Args:
        words: what the person says.
        state: what is known before the turn.
        catalogue: whose titles and words are used.
    """
    schema = catalogue.schema
    wishes = [fenced(say_condition(each, schema)) for each in state.conditions]
    opinions = [fenced(f"{each.opinion} {each.title}") for each in state.ratings]
    shown = [item.title for item in catalogue.items(state.last_shown)]
    return {
        "words": cut(fenced(words), _WORDS),
        "intent": cut(fenced(intent(state, catalogue)), _INTENT),
        "wishes": latest(wishes, _WISHES),
        "opinions": latest(opinions, _OPINIONS),
        "history": (),
        "shown": latest(shown[::-1], _SHOWN)[::-1],
        "exchanges": [
            {"user": cut(fenced(each.user), _SAID), "assistant": cut(fenced(each.assistant), _ANSWERED)}
            for each in state.exchanges[-_EXCHANGES:]
        ],
    }


def cut(text: str, most: int) -> str:
    """Return a text of at most so many bytes; of a longer one, two thirds from its beginning and the rest from its end.

    >>> cut("one two three four five six seven", 20)
    'one two  …  seven'
    """
    raw = text.encode()
    if len(raw) <= most:
        return text
    room = most - len(_ELLIPSIS.encode())
    head, tail = raw[: room * 2 // 3], raw[len(raw) - (room - room * 2 // 3) :]
    return head.decode(errors="ignore") + _ELLIPSIS + tail.decode(errors="ignore")


def latest(parts: Sequence[str], most: int) -> list[str]:
    """Return the last parts that fit into so many bytes, oldest first; of one that is too long alone, a piece."""
    kept: list[str] = []
    for part in reversed(parts):
        most -= len(part.encode()) + 1
        if most < 0:
            break
        kept.append(part)
    return kept[::-1]
