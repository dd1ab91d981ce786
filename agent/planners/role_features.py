"""What the words around a mark and the rules' hints tell of its role, and of the turn's act, as named features.

For learners that count words. Knows none of them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tastemaker.agent.planners.role_question import AskedMark, AskedTurn

_WORD = re.compile(r"[a-z0-9']+|[^\sa-z0-9']")
_BREAK = frozenset(",.;:!?()")
_NEAR, _FAR = 4, 8


def of_turn(turn: AskedTurn) -> set[str]:
    """Return the features of a turn."""
    return set(_of_turn(turn))


def of_mark(turn: AskedTurn, k: int) -> set[str]:
    """Return the features of the mark at a place of a turn."""
    return set(_of_mark(turn, k))


def _tokens(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("’", "'"))


def _masked(turn: AskedTurn) -> list[str]:
    """Return the words of a turn with each mark put as its kind."""
    found, end = [], 0
    for mark in turn.marks:
        found += [*_tokens(turn.words[end : mark.start]), f"<{mark.kind}>"]
        end = max(end, mark.end)
    return [*found, *_tokens(turn.words[end:])]


def _of_turn(turn: AskedTurn) -> Iterator[str]:
    words = _masked(turn)
    yield f"rules={turn.act}"
    yield f"listed={turn.listed}"
    yield f"rules={turn.act},listed={turn.listed}"
    yield f"marks={min(len(turn.marks), 3)}"
    yield f"long={min(len(words) // 4, 6)}"
    for mark in turn.marks:
        yield f"has={mark.kind}:{mark.rules}"
        yield f"kind={mark.kind}"
    for first, second in zip(["<s>", *words], [*words, "</s>"], strict=True):
        yield f"w={second}"
        yield f"b={first} {second}"
    yield f"opens={' '.join(words[:2])}"
    yield f"ends={' '.join(words[-2:])}"


def _of_mark(turn: AskedTurn, k: int) -> Iterator[str]:
    mark = turn.marks[k]
    left = _context(turn, k, before=True)
    right = _context(turn, k, before=False)
    yield f"rules={mark.rules}"
    yield f"label={mark.label}"
    yield f"label={mark.label},rules={mark.rules}"
    yield f"act={turn.act}"
    yield f"listed={turn.listed},rules={mark.rules}"
    yield f"place={min(k, 4)}"
    yield f"marks={min(len(turn.marks), 5)}"
    for each in _tokens(turn.words[mark.start : mark.end]):
        yield f"in={each}"
    yield from _side("l", left, mark)
    yield from _side("r", right, mark)
    for side, step in (("before", -1), ("after", 1)):
        other = turn.marks[k + step] if 0 <= k + step < len(turn.marks) else None
        yield f"{side}={other.kind + ':' + other.rules if other else ''}"
        if other is not None:
            low, high = sorted((mark, other), key=lambda each: each.start)
            between = " ".join(_tokens(turn.words[low.end : high.start])[:4])
            yield f"{side}={other.rules},{between}"
    for word in set(_masked(turn)):
        yield f"w={word}"


def _context(turn: AskedTurn, k: int, *, before: bool) -> list[str]:
    """Return the words on one side of a mark, the nearest first, other marks put as their kind."""
    mark, found = turn.marks[k], []
    end = 0
    for each in turn.marks:
        if before and each.start < mark.start:
            found += [*_tokens(turn.words[end : each.start]), f"<{each.kind}>"]
            end = each.end
    if before:
        return list(reversed([*found, *_tokens(turn.words[end : mark.start])]))
    end = mark.end
    for each in turn.marks:
        if each.start >= mark.end:
            found += [*_tokens(turn.words[end : each.start]), f"<{each.kind}>"]
            end = each.end
    return [*found, *_tokens(turn.words[end:])]


def _side(side: str, words: Sequence[str], mark: AskedMark) -> Iterator[str]:
    padded = [*words[:_FAR], "<s>"]
    for place, word in enumerate(padded[:_NEAR]):
        yield f"{side}{place}={word}"
    for first, second in pairwise(padded):
        yield f"{side}b={first} {second}"
    yield f"{side}01={' '.join(padded[:2])},rules={mark.rules}"
    clause = True
    for word in padded:
        clause = clause and word not in _BREAK
        yield f"{side}{'c' if clause else 'f'}={word}"
