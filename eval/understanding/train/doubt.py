"""Makes hints less trustworthy, as they are on requests that nobody has written rules for.

The rules have been mended on some of the very requests that the learners learn from. A learner that sees only their
best answers would trust them too much, so some hints are put back to what somebody says who understands no cue:
everything named is wanted, everything said asks for recommendations. Knows no learner.
"""

import random
from collections.abc import Iterable

from tastemaker.eval.understanding.example import Example

_PLAIN = {"facet": "wanted", "number": "wanted", "item": "like-this"}


def doubted(examples: Iterable[Example], share: float, seed: int = 7) -> list[Example]:
    """Return examples in which a share of the hints is put back; which, is settled by the seed and their ids.

    >>> doubted([], 0.5)
    []
    """
    found = []
    for example in examples:
        luck = random.Random(f"{seed} {example.id} {example.turn}")
        marks = tuple(
            mark.model_copy(update={"rules": _PLAIN[mark.kind]}) if luck.random() < share else mark
            for mark in example.marks
        )
        act = "recommend" if luck.random() < share else example.rules_act
        found.append(example.model_copy(update={"marks": marks, "rules_act": act}))
    return found
