"""What a plan makes of every mark is read out of it, and what it wishes that no mark speaks of."""

import pytest

from tastemaker.agent.events import TurnTaken
from tastemaker.agent.plan import Act, Forget, Plan, Rate, Require
from tastemaker.agent.state import State
from tastemaker.eval.understanding.gold import meant
from tastemaker.eval.understanding.reading import reading, roles_in
from tastemaker.eval.understanding.request_file import Turn, plain
from tastemaker.tools.catalogue.constraint import Constraint, Group

SHOWN = ("g03", "g04", "g05", "g06")


def wish(field, op, *value, **more):
    return Constraint(field=field, op=op, value=value, **more)


def anyone(*constraints, join="any", **more):
    return Group(join=join, members=constraints, **more)


def rate(opinion, item_id):
    return Rate(opinion=opinion, item_id=item_id, title=item_id)


def after(plan=None, shown=SHOWN):
    """Return the state after one turn that showed a list."""
    turn = TurnTaken(turn=1, words="first", plan=plan or Plan(act=Act.RECOMMEND), shown=shown, text="")
    return State.fold([turn])


@pytest.fixture
def read(small_workspace):
    """Return what reads a plan's changes: roles by mark, whether numbers are right, what is invented."""

    def read_plan(marked, *changes, state=None, **more):
        words, marks = plain(marked)
        turn = Turn(user=words, marks=marks, act="recommend")
        made = [Require(condition=each) if isinstance(each, Constraint | Group) else each for each in changes]
        plan = Plan(act=more.pop("act", Act.RECOMMEND), changes=tuple(made), **more)
        state = state or after()
        found = reading(
            plan, [meant(mark, state.last_shown, small_workspace) for mark in marks], state, small_workspace
        )
        assert found.roles == roles_in(plan, turn, state, small_workspace)
        return found

    return read_plan


@pytest.mark.parametrize(
    ("condition", "role"),
    [
        (wish("kinds", "contains_any", "Horror"), "wanted"),
        (wish("kinds", "contains_any", "Horror", strength="prefer"), "preferred"),
        (wish("kinds", "contains_none", "Horror"), "refused"),
        (wish("kinds", "contains_none", "Horror", strength="prefer"), "refused"),
        (anyone(wish("kinds", "contains_any", "Horror"), join="none"), "refused"),
        (anyone(wish("kinds", "contains_none", "Horror"), join="none"), "wanted"),
        (anyone(wish("kinds", "contains_any", "Horror"), join="all", strength="prefer"), "preferred"),
    ],
)
def test_a_facet_has_the_role_of_the_condition_that_names_it(read, condition, role):
    found = read("[scary=Horror|kinds|wanted] games", condition)
    assert (found.roles, found.invented) == ((role,), ())


def test_a_plan_that_says_nothing_of_a_mark_gives_it_no_role(read):
    found = read("no [horror|kinds|refused], [war|kinds|ignored] is fine", wish("kinds", "contains_none", "Horror"))
    assert found.roles == ("refused", None)


def test_a_name_must_stand_in_its_own_field(read):
    found = read("by [Ines Calder|designers|wanted]", wish("publisher", "contains_any", "Ines Calder"))
    assert (found.roles, found.invented) == ((None,), ())


def test_a_person_may_be_any_person_of_the_item(read):
    assert read("[calder=Ines Calder|person|wanted]", wish("designers", "contains_any", "Ines Calder")).roles == (
        "wanted",
    )


def test_contrary_roles_are_both_told_and_a_name_marked_twice_shares_them_out(read):
    both = wish("kinds", "contains_any", "War"), wish("kinds", "contains_none", "War")
    assert read("[war|kinds|wanted]", *both).roles == ("wanted+refused",)
    assert read("[war|kinds|wanted], no [war|kinds|refused]", *both).roles == ("wanted", "refused")
    twice = read("no [war|kinds|refused], he likes [war|kinds|ignored]", both[1])
    assert twice.roles == ("refused", None)


@pytest.mark.parametrize(
    ("opinion", "role"), [("anchor", "like-this"), ("like", "liked"), ("dislike", "disliked"), ("seen", "seen")]
)
def test_an_item_has_the_role_of_the_opinion_on_it(read, opinion, role):
    found = read("[Salt Road|item|liked] and [the last=#4|item|liked]", rate(opinion, "g04"), rate(opinion, "g06"))
    assert found.roles == (role, role)


def test_an_item_that_a_question_is_about_is_asked(read):
    assert read("who made [the first=#1|item|asked]?", act=Act.EXPLAIN, subject=("g03",)).roles == ("asked",)
    assert read("who made [the first=#1|item|asked]?", act=Act.EXPLAIN, subject=("g04",)).roles == (None,)


def test_items_of_one_title_are_all_meant_where_none_is_told_apart(read):
    assert read("[Harbour|item|liked]", rate("like", "g01")).roles == ("liked",)
    assert read("[Harbour|item|liked]", rate("like", "g02")).roles == ("liked",)
    assert read("[Harbour=Harbour (2014)|item|liked]", rate("like", "g01")).roles == (None,)


def test_numbers_are_read_with_their_values(read):
    found = read("[under an hour=60|playing_time|at-most]", wish("playing_time", "<", 90))
    assert (found.roles, found.values, found.invented) == (("at-most",), (False,), ())


@pytest.mark.parametrize("what", ["horror", "Horror", "kinds", "scary"])
def test_what_is_taken_back_is_forgotten(read, what):
    assert read("drop the [scary=Horror|kinds|forgotten] part", Forget(what=what)).roles == ("forgotten",)


def test_a_wish_that_another_takes_the_place_of_is_forgotten(read):
    wished = (wish("year", "between", 1990, 1999), wish("kinds", "contains_any", "War"))
    before = after(Plan(act=Act.RECOMMEND, changes=tuple(Require(condition=each) for each in wished)))
    later = wish("year", "between", 1980, 1989)
    marked = "not [the 90s=1990..1999|year|forgotten], [the 80s=1980..1989|year|wanted]"
    assert read(marked, later, state=before).roles == ("forgotten", "wanted")
    assert read(marked, later).roles == (None, "wanted")
    instead = "no [war|kinds|forgotten], [family|kinds|wanted]"
    assert read(instead, wish("kinds", "contains_any", "Family"), state=before).roles == ("forgotten", "wanted")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (wish("kinds", "contains_any", "Horror"), "Horror"),
        (wish("kinds", "contains_any", "War", "Horror"), "War or Horror"),
        (wish("playing_time", "<=", 60, strength="prefer", said="about an hour, 60 minutes"), "at most 60"),
        (wish("playing_time", "<=", 60), "at most 60"),
        (wish("title", "contains_any", "sea", said="sea"), "sea"),
        (anyone(wish("kinds", "contains_any", "War"), wish("kinds", "contains_any", "Horror")), "Horror"),
        (rate("like", "g20"), "like g20"),
    ],
)
def test_what_no_mark_speaks_of_is_invented(read, change, told):
    found = read("a [war|kinds|wanted] game with a story", change)
    assert len(found.invented) == 1
    assert told in found.invented[0]


@pytest.mark.parametrize(
    "change",
    [
        Forget(what="horror"),
        wish("playing_time", "<=", 60, strength="prefer", said="short"),
        anyone(wish("kinds", "contains_any", "War"), wish("publisher", "contains_any", "Warfield")),
        wish("title", "contains_any", "war", said="war"),
    ],
)
def test_what_is_taken_back_wished_mildly_or_said_of_several_fields_is_not_invented(read, change):
    assert read("a short [war|kinds|wanted] game", change).invented == ()


def test_half_of_a_range_may_be_invented(read):
    marked = "[over an hour=60|playing_time|at-least]"
    assert read(marked, wish("playing_time", "between", 60, 90)).invented == ("playing time from 60 to 90 minutes",)


def test_an_opinion_on_the_whole_list_is_not_invented(read):
    whole = [rate("dislike", item) for item in SHOWN]
    assert read("none of these", *whole).invented == ()
    assert read("none of these", *whole[:3]).invented == ()
    assert read("none of these", *whole[1:3]).invented == ("dislike g04", "dislike g05")
    rest = read("[the first=#1|item|seen], not the others", rate("seen", "g03"), *whole[1:])
    assert (rest.roles, rest.invented) == (("seen",), ())
