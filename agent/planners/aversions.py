"""Refused words that are no name of the catalogue: themes to have less of ("less violent"), or unknown names.

Knows which words are left over and refused; what a theme does to a list is for the executor.
"""

from collections.abc import Collection, Sequence

from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.remainder import REQUESTING, sensible
from tastemaker.agent.planners.scope import Attitude, Scope
from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS

_HOLLOW_TEXT = (
    "anymore again either actually overly early late far way so more less long fewer kind sort thing things part bit "
    "point idea problem worries matter offence offense preference preferences particular specific else rest whole lot "
    "mean means meant sure case sense use fuss rush hurry first second third last middle yet though instead old new "
    "young short big small high low fast slow hard easy please"
)
_HOLLOW = frozenset(_HOLLOW_TEXT.split())
_MOST_WORDS = 4
_OUT = Attitude.FORGOTTEN | Attitude.ALLOWED


def aversions(line: Line, scope: Scope, silent: Sequence[str]) -> list[str]:
    """Return the refused stretches of a line that no other rule understood, as typed, claiming them.

    Args:
        line: the utterance, understood words claimed.
        scope: what is felt of its words.
        silent: comparison keys of words that say nothing here: for items and for fields.
    """
    empty = FUNCTION_WORDS | REQUESTING | frozenset(silent) | _HOLLOW
    runs: list[list[int]] = [[]]
    for k, word in enumerate(line.words):
        attitude = scope.attitudes[k]
        refused = Attitude.REFUSED in attitude and not attitude & _OUT
        if refused and not (line.claimed[k] or scope.markers[k]):
            runs[-1].append(k)
            if (word.gap and word.gap != "-") or word.ends_clause:
                runs.append([])
        elif runs[-1]:
            runs.append([])
    found = []
    for run in runs:
        for part in _parts(line, run, empty):
            found.append(" ".join(line.said[line.words[part[0]].start : line.words[part[-1]].end].split()))
            for k in part:
                line.claimed[k] = True
    return list(dict.fromkeys(found))


def told_apart(phrases: Sequence[str], vocabulary: Collection[str]) -> tuple[list[str], list[str]]:
    """Return the themes among refused phrases, and the rest: names that nobody knows."""
    known = frozenset(vocabulary)
    themes = [each for each in phrases if sensible(each, known) or len(each) < 3]
    return themes, [each for each in phrases if each not in themes]


def _parts(line: Line, run: Sequence[int], empty: Collection[str]) -> list[list[int]]:
    """Return the themes in a run of refused words: cut at "or" and "and", without empty words at their ends."""
    parts: list[list[int]] = [[]]
    for k in run:
        if line.words[k].key in ("or", "and", "nor"):
            parts.append([])
        else:
            parts[-1].append(k)
    kept = []
    for part in parts:
        while part and line.words[part[0]].key in empty:
            part.pop(0)
        while part and line.words[part[-1]].key in empty:
            part.pop()
        if 0 < len(part) <= _MOST_WORDS and not any(line.words[k].key.isdigit() for k in part):
            kept.append(part)
    return kept
