"""How daring a list may be, by the wording."""

import pytest

from tastemaker.agent.planners.daring import daring
from tastemaker.agent.planners.line import Line


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("surprise me", 1.0),
        ("some hidden gems please", 1.0),
        ("play it safe", -1.0),
        ("a crowd pleaser", -1.0),
        ("nothing too obscure", -1.0),
        ("nothing mainstream", 1.0),
        ("a quiet evening", None),
    ],
)
def test_daring_is_read_with_its_denial(words, wanted):
    assert daring(Line(words)) == wanted
