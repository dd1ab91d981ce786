"""Refused words that are no name of the catalogue: which stretches they are, and whether they are themes."""

import pytest

from tastemaker.agent.planners.aversions import aversions, told_apart
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.scope import Scope


def found_in(words):
    line = Line(words)
    scope = Scope(line, [""] * len(line), ["game", "games"])
    return aversions(line, scope, ["game", "games"]), line


@pytest.mark.parametrize(
    ("words", "themes"),
    [
        ("less violent please", ["violent"]),
        ("no zombies or clowns", ["zombies", "clowns"]),
        ("nothing with graphic torture", ["graphic torture"]),
        ("without zombies, something calm", ["zombies"]),
        ("something calm about bees", []),
        ("no games", []),
        ("no more than 5", []),
    ],
)
def test_refused_words_that_nobody_understood_are_themes_as_typed(words, themes):
    assert found_in(words)[0] == themes


def test_what_is_taken_as_a_theme_is_claimed_and_not_taken_again():
    themes, line = found_in("no zombies")
    assert themes == ["zombies"]
    assert line.claimed == [False, True]
    scope = Scope(line, ["", ""], [])
    assert aversions(line, scope, []) == []


def test_a_word_that_another_rule_understood_is_no_theme():
    line = Line("no zombies or clowns")
    line.claimed[1] = True
    assert aversions(line, Scope(line, [""] * len(line), []), []) == ["clowns"]


def test_words_that_nobody_knows_are_names_and_no_themes():
    themes, names = told_apart(["graphic violence", "Zqx Vrqst", "3D"], ["violence"])
    assert themes == ["graphic violence", "3D"]
    assert names == ["Zqx Vrqst"]
