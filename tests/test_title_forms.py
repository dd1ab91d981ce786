"""The forms in which people write a title."""

import pytest

from tastemaker.tools.resolve.title_forms import full_forms, number_form, partial_forms, split_year


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("The Time Machine", "time machine"),
        ("Time Machine, The", "the time machine"),
        ("Sabrina (1995)", "sabrina"),
        ("The Godfather: Part II", "godfather 2"),
        ("Kill Bill: Vol. 2", "kill bill 2"),
        ("Twelve Monkeys", "12 monkeys"),
        ("Rocky IV", "rocky 4"),
        ("Spider-Man", "spiderman"),
        ("Amélie (Le fabuleux destin)", "amelie"),
        ("Se7en", "se7en"),
    ],
)
def test_a_whole_title_has_the_form(title, form):
    assert form in full_forms(title)


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Star Wars: Episode V - The Empire Strikes Back", "empire strikes back"),
        ("Star Wars: Episode V - The Empire Strikes Back", "star wars"),
        ("Star Wars: Episode V - The Empire Strikes Back", "star wars 5"),
        ("Harry Potter and the Goblet of Fire", "harry potter"),
        ("Alien: Resurrection", "resurrection"),
    ],
)
def test_a_title_has_the_part(title, part):
    assert part in set(partial_forms(title))


@pytest.mark.parametrize("title", ["Heat", "Mission: Impossible", "Romeo and Juliet", "Alien³", ""])
def test_an_ordinary_word_is_no_part(title):
    assert not {"impossible", "mission", "heat"} & set(partial_forms(title))


def test_the_letter_at_the_beginning_is_no_number():
    assert number_form("x men") == "x men"
    assert number_form("rocky v") == "rocky 5"


def test_a_title_of_nothing_but_a_year_keeps_it():
    assert split_year("(1917)") == ("(1917)", None)
    assert split_year("1917") == ("1917", None)
