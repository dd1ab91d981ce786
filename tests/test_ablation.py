"""What a tool is worth is the paired difference of the runs with and without it."""

import pytest

from tastemaker.eval.ablation import check_tools, differences
from tastemaker.eval.names import without_name
from tastemaker.eval.report import DialogueRecord, SystemReport, TurnRecord
from tastemaker.tools.errors import SettingsError


def report(*scores):
    turns = tuple(
        TurnRecord(
            user="x", act="recommend", text="", shown=(), ranking=(), violations=(), plan={}, ms=1.0, scores=each
        )
        for each in scores
    )
    return SystemReport(metrics={}, latency_ms={}, dialogues=(DialogueRecord(id="d", turns=turns),))


def test_a_tool_that_helps_has_a_positive_difference():
    full = report(*[{"hit@10": 1.0, "mrr": 0.5}] * 20)
    less = report(*[{"hit@10": 1.0, "mrr": 0.5}] * 10, *[{"hit@10": 0.0, "mrr": 0.1}] * 10)
    found = differences(full, {"search_text": less}, seed=7)["search_text"]
    assert found["hit@10"].mean == pytest.approx(0.5)
    assert found["hit@10"].excludes_zero
    assert found["mrr"].mean == pytest.approx(0.2)


def test_only_turns_that_both_runs_score_are_compared():
    full = report({"constraint_satisfaction": 1.0}, {"hit@1": 1.0}, {"hit@1": 0.0})
    less = report({}, {"hit@1": 0.0}, {"hit@1": 0.0})
    found = differences(full, {"filter_items": less}, seed=7)["filter_items"]
    assert set(found) == {"hit@1"}
    assert found["hit@1"].n == 2


def test_a_tool_without_any_influence_differs_by_nothing():
    same = report(*[{"hit@10": float(n % 2)} for n in range(10)])
    found = differences(same, {"popular_items": same}, seed=7)["popular_items"]["hit@10"]
    assert (found.mean, found.low, found.high) == (0, 0, 0)
    assert not found.excludes_zero


def test_an_unknown_tool_and_a_run_without_agent_are_told():
    with pytest.raises(SettingsError, match="no tool 'serch' to leave out; the tools are search_text"):
        check_tools(["serch"], ["agent:rules"], ["search_text"])
    with pytest.raises(SettingsError, match="Only an agent has tools to leave out; add the system agent:rules"):
        check_tools(["search_text"], ["popular"], ["search_text"])


def test_a_run_without_a_tool_is_named_after_both():
    assert without_name("agent:rules", "search_text") == "agent:rules without search_text"
