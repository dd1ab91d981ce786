"""The thirty packaged dialogues, played to the rules planner on the demo catalogue, with hard expectations."""

import pytest

from tastemaker.agent.settings import Settings
from tastemaker.eval.dialogue import item_ids
from tastemaker.eval.dialogue_file import PACKAGED, read_dialogues
from tastemaker.eval.runner import run_evaluation
from tastemaker.eval.table import violation_lines

DIALOGUES = read_dialogues([PACKAGED]).dialogues


def test_there_are_thirty_of_many_kinds():
    assert len(DIALOGUES) == 30
    assert sum(len(dialogue.turns) > 1 for dialogue in DIALOGUES) >= 10
    behaviours = {
        behaviour
        for dialogue in DIALOGUES
        for turn in dialogue.turns
        if turn.expect and turn.expect.behaviour
        for behaviour in turn.expect.behaviour
    }
    assert behaviours == {"recommend", "ask", "chat", "explain", "empty"}


@pytest.fixture(scope="module")
def report(demo_workspace):
    return run_evaluation([PACKAGED], demo_workspace, ["agent:rules"], 7, Settings())


@pytest.mark.slow
def test_every_id_is_that_of_a_film(demo_workspace):
    assert item_ids(DIALOGUES) <= demo_workspace.catalogue.row_of.keys()


@pytest.mark.slow
def test_nothing_goes_against_what_is_expected(report):
    assert violation_lines(report, "agent:rules") == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("constraint_satisfaction", 1),
        ("min_items_met", 1),
        ("behaviour_accuracy", 1),
        ("exclusion_violations", 0),
        ("repeats", 0),
        ("items_not_in_catalogue", 0),
        ("unsupported_claims", 0),
        ("errors", 0),
        ("hit_gap", 0),
    ],
)
def test_a_figure_that_must_hold_holds(report, metric, value):
    assert report.systems["agent:rules"].metrics[metric].mean == value


@pytest.mark.slow
def test_what_was_meant_is_mostly_among_the_first_ten(report):
    assert report.systems["agent:rules"].metrics["hit@10"].mean >= 0.6


@pytest.mark.slow
def test_a_name_that_is_not_in_the_catalogue_is_said_to_be_missing(report):
    found = {dialogue.id: dialogue for dialogue in report.systems["agent:rules"].dialogues}
    assert "not in the catalogue" in found["not-in-the-catalogue"].turns[0].text
