"""How far the same dialogue in several languages gets the same lists: the overlap of what is shown, turn by turn.

Dialogues that say the same have ids of one name with the language behind it: `western:en`, `western:zh`. Knows nothing
of what is right; see `metrics` for that.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import mean

from tastemaker.eval.report import DialogueRecord

REFERENCE = "en"
"""The language that the others are compared with."""


def overlap(first: Sequence[str], second: Sequence[str], k: int = 5) -> float:
    """Return the share of the first k items that two lists have in common; 1 for two empty lists.

    >>> overlap(["a", "b", "c"], ["c", "b", "d"])
    0.6666666666666666
    """
    longest = max(len(first[:k]), len(second[:k]))
    return len(set(first[:k]) & set(second[:k])) / longest if longest else 1.0


def overlaps(records: Sequence[DialogueRecord], k: int = 5) -> Mapping[str, Sequence[float]]:
    """Return the overlap of every turn with the same turn in English, by language.

    Args:
        records: dialogues as they were played; those without an English twin are left out.
        k: how many items of each list count.
    """
    played = {record.id: record for record in records}
    found: dict[str, list[float]] = defaultdict(list)
    for record in records:
        name, _, language = record.id.rpartition(":")
        twin = played.get(f"{name}:{REFERENCE}")
        if language == REFERENCE or twin is None:
            continue
        for turn, other in zip(record.turns, twin.turns, strict=True):
            found[language].append(overlap(turn.shown, other.shown, k))
    return dict(found)


def table(found: Mapping[str, Sequence[float]], k: int = 5) -> str:
    """Return the mean overlap of every language and of all, one line each."""
    lines = [f"{language}: overlap@{k} {mean(values):.3f} ({len(values)} turns)" for language, values in found.items()]
    every = [value for values in found.values() for value in values]
    return "\n".join([*lines, f"all: overlap@{k} {mean(every):.3f} ({len(every)} turns)"] if every else lines)
