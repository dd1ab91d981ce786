"""Questions about items, and what only looks like one."""

import pytest

from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.opinions import ItemUnit
from tastemaker.agent.planners.questions import Questions


@pytest.fixture(scope="module")
def questions(small_workspace):
    return Questions(small_workspace.schema, ["game", "games"])


def read(questions, words, *names, shown=True, talking=False):
    line = Line(words)
    places = [(line.text.index(name.lower()), name) for name in names]
    units = [ItemUnit(start, start + len(name), name, name) for start, name in places]
    return questions.read(line, units, shown=shown, talking=talking)


@pytest.mark.parametrize(
    ("words", "names", "kind"),
    [
        ("who designed it?", (), "facts"),
        ("is Harbour any good", ("Harbour",), "facts"),
        ("why this one?", (), "reason"),
        ("Harbour or Ashfall?", ("Harbour", "Ashfall"), "compare"),
        ("compare Harbour with Ashfall", ("Harbour", "Ashfall"), "compare"),
        ("which of these is the newest?", (), "most"),
        ("which is the shortest", (), "least"),
        ("what's it about", (), "facts"),
        ("does the king die in Harbour?", ("Harbour",), "facts"),
    ],
)
def test_a_question_is_one(questions, words, names, kind):
    assert read(questions, words, *names).inquiry.kind == kind


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("is there a game like Harbour?", ("Harbour",)),
        ("do you have Harbour?", ("Harbour",)),
        ("i loved Harbour, which is great", ("Harbour",)),
        ("something with ships", ()),
        ("which games do you recommend for two", ()),
        ("what else is there", ()),
    ],
)
def test_a_request_is_no_question(questions, words, names):
    assert read(questions, words, *names) is None


def test_the_fields_asked_about_are_the_schemas(questions):
    assert read(questions, "who designed it?").inquiry.fields == ("designers",)
    assert read(questions, "when was it made?").inquiry.fields == ("year",)


def test_without_a_list_or_an_item_nothing_is_asked(questions):
    assert read(questions, "is it sad?", shown=False) is None
