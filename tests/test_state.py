"""The state as a fold over events."""

from tastemaker.agent.events import Heard, Known, TurnTaken, Undone
from tastemaker.agent.plan import Act, Forget, Plan, Rate, Require, StartOver
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint


def wish(field, op, *value, said=""):
    return Require(condition=Constraint(field=field, op=op, value=value, said=said))


def rate(opinion, item, title=""):
    return Rate(opinion=opinion, item_id=item, title=title or f"Title {item}")


def after(*changes):
    """Return the state after turns of one change each."""
    state = State()
    for change in changes:
        state = state.planned(Plan(act=Act.RECOMMEND, changes=(change,)))
    return state


def said(state):
    return [(each.field, each.op.value, each.value) for each in state.conditions]


def turn(number, words="", changes=(), shown=(), text=""):
    plan = Plan(act=Act.RECOMMEND, changes=tuple(changes))
    return TurnTaken(turn=number, words=words, plan=plan, shown=tuple(shown), text=text)


def test_a_second_range_of_a_field_replaces_the_first():
    state = after(wish("year", "between", 1980, 1989), wish("year", "between", 1990, 1999))
    assert said(state) == [("year", "between", (1990, 1999))]


def test_a_lower_and_an_upper_bound_stand_together():
    state = after(wish("year", ">=", 1980), wish("year", "<=", 1989), wish("year", ">=", 1985))
    assert said(state) == [("year", "<=", (1989,)), ("year", ">=", (1985,))]


def test_another_kind_replaces_the_kind_asked_for_before():
    state = after(wish("kind", "contains_any", "Comedy"), wish("kind", "contains_any", "Drama"))
    assert said(state) == [("kind", "contains_any", ("Drama",))]


def test_exclusions_add_up():
    state = after(wish("kind", "contains_none", "Horror"), wish("kind", "contains_none", "War"))
    assert [value for _, _, value in said(state)] == [("Horror",), ("War",)]


def test_excluding_what_was_wanted_takes_it_back():
    state = after(wish("kind", "contains_any", "Horror"), wish("kind", "contains_none", "Horror"))
    assert said(state) == [("kind", "contains_none", ("Horror",))]


def test_wanting_what_was_excluded_takes_it_back():
    state = after(wish("kind", "contains_none", "Horror"), wish("kind", "contains_any", "Horror"))
    assert said(state) == [("kind", "contains_any", ("Horror",))]


def test_forgetting_works_by_value_field_and_word():
    state = after(wish("kind", "contains_any", "Comedy"), wish("year", ">=", 1990, said="from the nineties"))
    assert said(state.changed(Forget(what="comedy"))) == [("year", ">=", (1990,))]
    assert said(state.changed(Forget(what="year"))) == [("kind", "contains_any", ("Comedy",))]
    assert said(state.changed(Forget(what="nineties"))) == [("kind", "contains_any", ("Comedy",))]


def test_starting_over_keeps_opinions_and_drops_wishes():
    state = after(wish("kind", "contains_any", "Comedy"), rate("like", "1"), rate("anchor", "2"), StartOver())
    assert state.conditions == ()
    assert state.opinions("like") == ["1"]
    assert state.opinions("anchor") == []


def test_a_new_anchor_takes_the_place_of_the_last_one():
    state = after(rate("anchor", "1")).planned(Plan(act=Act.RECOMMEND, changes=(rate("anchor", "2"),)))
    assert state.opinions("anchor") == ["2"]


def test_an_opinion_can_change():
    state = after(rate("like", "1"), rate("dislike", "1"))
    assert state.opinions("like") == []
    assert state.opinions("dislike") == ["1"]


def test_an_undone_turn_is_as_if_it_had_not_been():
    events = [
        turn(1, changes=[wish("kind", "contains_any", "Comedy")], shown=["1"]),
        turn(2, changes=[wish("year", ">=", 1990)], shown=["2"]),
        Undone(turn=2),
    ]
    state = State.fold(events)
    assert said(state) == [("kind", "contains_any", ("Comedy",))]
    assert state.last_shown == ("1",)


def test_what_was_really_answered_takes_the_place_of_our_answer():
    ours = turn(1, words="hi", shown=["1", "2"], text="ours")
    state = State.fold([ours, Heard(turn=1, text="theirs", items=("2", "3"))])
    assert state.shown == (("2", "3"),)
    assert state.exchanges[-1].assistant == "theirs"
    assert state.mentioned == {"2", "3"}


def test_what_was_known_before_counts_as_liked_and_named():
    state = State.fold([Known(turn=0, user="7", items=("5",)), turn(1, shown=["1"])])
    assert state.liked == ["5"]
    assert state.mentioned == {"5", "1"}


def test_wishes_of_one_turn_stand_beside_each_other():
    both = (wish("kind", "contains_any", "Comedy"), wish("kind", "contains_any", "Drama"))
    assert len(State().planned(Plan(act=Act.RECOMMEND, changes=both)).conditions) == 2


def test_saying_a_wish_again_changes_nothing():
    assert len(after(wish("year", ">=", 1990), wish("year", ">=", 1990)).conditions) == 1
