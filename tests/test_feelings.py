"""How firmly an opinion is held, and why."""

import pytest

from tastemaker.agent.planners.feelings import Feeling, feelings
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.opinions import ItemUnit


def read(words, name, opinion):
    line = Line(words)
    start = line.text.index(name.lower())
    unit = ItemUnit(start, start + len(name), name, name, opinion=opinion)
    return feelings(line, [unit])[name.lower()]


@pytest.mark.parametrize(
    ("words", "opinion", "feeling"),
    [
        ("I absolutely loved Heat because of the ending", "like", Feeling("strong", "the ending")),
        ("I kind of liked Heat", "like", Feeling("mild", "")),
        ("Heat was fine", "like", Feeling("mild", "")),
        ("liked Heat", "like", Feeling("plain", "")),
        ("Heat was way too long for me", "dislike", Feeling("plain", "too long")),
        ("hated Heat because it drags, show me others", "dislike", Feeling("strong", "it drags")),
    ],
)
def test_force_and_reason_are_read_around_the_item(words, opinion, feeling):
    assert read(words, "Heat", opinion) == feeling
