"""Turns are judged by act, roles and numbers; what is summed up is what was judged."""

import pytest
from planners import PlanQueue

from tastemaker.agent.plan import Act, Plan, Rate, Require
from tastemaker.eval.understanding.playing import play
from tastemaker.eval.understanding.report import DialogueVerdicts
from tastemaker.eval.understanding.request_file import Dialogue, Turn, plain
from tastemaker.eval.understanding.scoring import judge
from tastemaker.eval.understanding.summing import compared, summed
from tastemaker.tools.catalogue.constraint import Constraint


def wish(field, op, *value, **more):
    return Require(condition=Constraint(field=field, op=op, value=value, **more))


@pytest.fixture
def verdict(small_workspace):
    """Return what judges a plan for a request."""

    def judged(marked, *changes, act="recommend", planned=Act.RECOMMEND, shown=()):
        words, marks = plain(marked)
        turn = Turn(user=words, marks=marks, act=act, shown=shown)
        asked = Dialogue(id="d", domain="board_games", kind="simple", language="en", turns=(turn,))
        planner = PlanQueue([Plan(act=planned, changes=changes)])
        (played,) = play(asked, planner, small_workspace)
        return judge(asked, played, small_workspace)

    return judged


def test_a_turn_is_right_when_everything_is(verdict):
    found = verdict("[war|kinds|wanted], no [horror|kinds|refused], [under an hour=60|playing_time|at-most]",
                    wish("kinds", "contains_any", "War"), wish("kinds", "contains_none", "Horror"),
                    wish("playing_time", "<", 60))  # fmt: skip
    assert (found.right, found.nearly_right, found.act_right, found.slots) == (True, True, True, (3, 3, 3))
    assert (found.dialogue, found.turn, found.decided_by) == ("d", 1, "queue")
    assert (found.tokens, found.tokens_written, found.repairs) == (0, 0, 0)


def test_wanted_and_preferred_differ_by_taste(verdict):
    found = verdict("maybe [war|kinds|preferred]", wish("kinds", "contains_any", "War"))
    assert (found.right, found.nearly_right, found.slots) == (False, True, (0, 1, 1))
    refused = verdict("maybe [war|kinds|preferred]", wish("kinds", "contains_none", "War"))
    assert not refused.nearly_right


@pytest.mark.parametrize(
    ("marked", "changes", "more"),
    [
        ("[war|kinds|wanted]", [wish("kinds", "contains_any", "War")], {"planned": Act.ASK}),
        ("[war|kinds|wanted]", [], {}),
        ("[war|kinds|ignored]", [wish("kinds", "contains_any", "War")], {}),
        ("[an hour=60|playing_time|at-most]", [wish("playing_time", "<=", 90)], {}),
        ("[war|kinds|wanted]", [wish("kinds", "contains_any", "War"), wish("publisher", "==", "Ironhedge")], {}),
        ("a game", [Rate(opinion="like", item_id="g04", title="Salt Road")], {}),
    ],
)
def test_one_thing_wrong_makes_the_turn_wrong(verdict, marked, changes, more):
    found = verdict(marked, *changes, **more)
    assert not found.nearly_right
    assert not found.right


def test_critique_is_a_way_to_recommend(verdict):
    assert verdict("something else", planned=Act.CRITIQUE).right


def test_what_is_invented_counts_against_precision(verdict):
    changes = wish("kinds", "contains_any", "War"), wish("kinds", "contains_any", "Horror")
    found = verdict("[war|kinds|wanted]", *changes)
    assert (found.invented, found.slots) == (("Horror",), (1, 2, 1))


def test_what_the_catalogue_lacks_is_told_and_not_judged(verdict):
    found = verdict("[war|kinds|wanted] like [Chess 3000|item|like-this], not [the third=#3|item|disliked]",
                    wish("kinds", "contains_any", "War"), Rate(opinion="dislike", item_id="g06", title="Ashfall"),
                    shown=("Salt Road", "Checkers 9", "Ashfall"))  # fmt: skip
    assert found.right
    assert found.missing == ("Chess 3000", "Checkers 9")
    assert [mark.known for mark in found.marks] == [True, False, True]
    assert found.slots == (2, 2, 2)


@pytest.fixture
def reports(verdict):
    """Return the reports of two planners over four turns: one has the first two right, one the first and the third."""
    right = verdict("[war|kinds|wanted]", wish("kinds", "contains_any", "War"))
    wrong = verdict("[war|kinds|wanted]", wish("kinds", "contains_none", "War"))
    plain_one = verdict("hello", act="chat", planned=Act.CHAT)
    first = [right, right, wrong, plain_one]
    second = [right, wrong, right, plain_one]
    return tuple(
        summed([DialogueVerdicts(id=str(k), turns=(turn,)) for k, turn in enumerate(turns)], seed=7)
        for turns in (first, second)
    )


def test_shares_have_intervals_and_groups(reports):
    found, _ = reports
    assert found.metrics["whole_turn"].mean == pytest.approx(0.75)
    assert found.metrics["whole_turn"].low < 0.75 < found.metrics["whole_turn"].high
    assert found.metrics["act"].mean == 1
    assert found.metrics["slot_f1"].mean == pytest.approx(2 / 3)
    assert {key: each.n for key, each in found.groups["marks"].items()} == {"0": 1, "1": 3}
    assert found.groups["marks"]["0"].mean == 1
    assert found.decided_by == {"queue": 4}
    assert found.latency_ms.p50 <= found.latency_ms.p95


def test_planners_are_compared_turn_by_turn(reports):
    first, second = reports
    found = compared(second, first, "first")
    assert (found.both, found.only_this, found.only_that, found.neither) == (2, 1, 1, 0)
    assert found.p == 1
    assert compared(first, first, "first").p == 1


def test_the_exact_test_is_that_of_a_fair_coin(verdict):
    right, wrong = (verdict("[war|kinds|wanted]", *each) for each in ([wish("kinds", "contains_any", "War")], []))
    good, bad = (
        summed([DialogueVerdicts(id=str(k), turns=(turn,)) for k in range(6)], seed=7) for turn in (right, wrong)
    )
    assert compared(good, bad, "bad").p == pytest.approx(2 / 2**6)
