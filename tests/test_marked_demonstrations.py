"""Demonstrations made of marked requests: names and numbers become slots, and what cannot be said so is left out."""

import pytest

from tastemaker.eval.understanding.demonstration_slots import CannotSayError
from tastemaker.eval.understanding.demonstrations import HAND, PROMPT, Chosen, bank, demonstration
from tastemaker.prompts.library import available


@pytest.fixture(scope="module")
def chosen():
    return Chosen.load()


def told(chosen, *turns, note="", domain="films"):
    """Return the last of some turns, `(words, act, titles shown)`, as a demonstration."""
    written = [dict(zip(("user", "act", "shown"), turn, strict=False)) for turn in turns]
    return demonstration({"domain": domain, "turns": written}, len(turns), note, chosen)


def test_what_is_committed_is_what_is_made(chosen):
    committed = available()[PROMPT].read_text(encoding="utf-8")
    assert committed == bank(chosen, HAND)
    assert len(committed.splitlines()) > 700
    assert len(committed.encode()) < 200_000


def test_names_and_numbers_become_slots(chosen):
    words = "a [sci-fi|genres|wanted] film from [the 80s=1980..1989|year|wanted], no [horror|genres|refused], "
    words += "[under two hours=120|runtime|at-most]"
    assert told(chosen, (words, "recommend"), note="slow") == {
        "say": "a {genre.0} {noun} from the {year.decade}, no {genre.1}, under {number.high} {number.unit}",
        "act": "recommend",
        "wishes": [
            ["genre", "contains_any", ["{genre.0}"], "must", "{genre.0}"],
            ["year", "between", ["{year.low}", "{year.high}"], "must", "from the {year.decade}"],
            ["genre", "contains_none", ["{genre.1}"], "must", "no {genre.1}"],
            ["number", "<", ["{number.high}"], "must", "under {number.high} {number.unit}"],
        ],
        "query": "slow",
    }


def test_what_is_named_without_a_wish_is_in_the_words_and_not_in_the_plan(chosen):
    found = told(chosen, ("no [horror|genres|refused], but [war|genres|ignored] is fine", "recommend"))
    assert found["say"] == "no {genre.0}, but {genre.1} is fine"
    assert [wish[2] for wish in found["wishes"]] == [["{genre.0}"]]


def test_a_list_of_refusals_and_names_with_or_between_are_one_wish(chosen):
    words = "[a|genres|wanted] or [b|genres|wanted], not [c|cast|refused], [d|cast|refused] or [e|cast|refused]"
    wishes = told(chosen, (words, "recommend"))["wishes"]
    assert [(wish[1], wish[2]) for wish in wishes] == [
        ("contains_any", ["{genre.0}", "{genre.1}"]),
        ("contains_none", ["{performer.0}", "{performer.1}", "{performer.2}"]),
    ]


def test_a_later_turn_tells_what_was_in_force_and_shown(chosen):
    first = ("[comedy|genres|wanted] with [Ann Lee|cast|wanted]", "recommend")
    second = ("not [the second=#2|item|disliked], and forget [comedy|genres|forgotten]", "recommend", ["A", "B", "C"])
    found = told(chosen, first, second)
    assert found["act"] == "critique"
    assert [wish[2] for wish in found["before"]["wishes"]] == [["{genre.0}"], ["{performer.0}"]]
    assert found["before"]["shown"] == ["{title.0}", "{title.1}"]
    assert found["opinions"] == [["dislike", "{title.1}", "not the second"]]
    assert found["forget"] == ["{genre.0}"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("[a|genres|wanted], [b|genres|wanted]", "one or the other"),
        ("[a|genres|wanted] or something by [b|director|wanted]", "one or the other"),
        ("[shorter|runtime|at-most]", "has no number"),
        ("[the long ones=150|runtime|at-least]", "no plain number"),
        ("from [the 80s=1980..1989|year|wanted] or [the 90s=1990..1999|year|wanted]", "one of two numbers"),
        ("[romcom=Romance/Comedy|genres|wanted]", "means several"),
        ("[France|country|wanted]", "no slot for country"),
        ("no need for [a|genres|forgotten]", "not said before"),
    ],
)
def test_what_cannot_be_said_in_slots_is_an_error(chosen, words, why):
    with pytest.raises(CannotSayError, match=why):
        told(chosen, (words, "recommend"))


@pytest.mark.parametrize(
    ("bound", "said", "op"),
    [
        ("[before 1980=1979|year|at-most]", "before {year.high}", "<"),
        ("[1980 or older=1980|year|at-most]", "{year.high} or older", "<="),
        ("[since 2000=2000|year|at-least]", "since {year.low}", ">="),
        ("[after 2000=2001|year|at-least]", "after {year.low}", ">"),
        ("[from 2005 on=2005|year|at-least]", "from {year.low} on", ">="),
        ("[1994|year|wanted]", "{year.low}", "=="),
        ("[at least 90 min=90|runtime|at-least]", "at least {number.low} {number.unit}", ">="),
        ("[between 90 and 120 minutes=90..120|runtime|wanted]", "between {number.low} and {number.high} {number.unit}",
         "between"),
    ],
)  # fmt: skip
def test_bounds_keep_their_words(chosen, bound, said, op):
    found = told(chosen, (bound, "recommend"))
    assert (found["say"], found["wishes"][0][1]) == (said, op)
