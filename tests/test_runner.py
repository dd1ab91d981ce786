"""A whole evaluation: files in, systems by name, one report out."""

import json

import pytest

from tastemaker.agent.settings import Settings
from tastemaker.eval.errors import DialogueError
from tastemaker.eval.names import without_name
from tastemaker.eval.report import Report
from tastemaker.eval.runner import run_evaluation
from tastemaker.eval.saved_report import partial_path
from tastemaker.tools.errors import SettingsError

SCRIPT = [
    {
        "id": "space",
        "turns": [
            {
                "user": "a science fiction game, no horror",
                "relevant": ["g10", "g41"],
                "expect": {
                    "constraints": [
                        {"field": "kinds", "op": "contains_any", "value": ["science fiction"]},
                        {"field": "kinds", "op": "contains_none", "value": ["horror"]},
                    ],
                    "min_items": 3,
                    "behaviour": "recommend",
                },
            },
            {"user": "show me more", "expect": {"behaviour": ["recommend", "empty"]}},
        ],
    },
    {
        "id": "forced",
        "history": ["g08", "not-there"],
        "turns": [
            {"user": "a war game", "assistant": "Iron Meridian is one.", "mentioned": ["g08"], "relevant": ["g15"]},
            {"user": "another one", "mentioned": ["g08"], "relevant": ["g15"], "source_line": 7},
        ],
    },
]
SETTINGS = Settings()


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    path = tmp_path_factory.mktemp("dialogues") / "games.jsonl"
    path.write_text("\n".join(json.dumps(dialogue) for dialogue in SCRIPT), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def report(script, small_workspace):
    return run_evaluation(
        [script], small_workspace, ["agent:rules", "popular", "popular"], 7, SETTINGS, without=["popular_items"]
    )


def test_every_system_is_in_the_report_once_and_what_was_left_out_beside_it(report):
    assert list(report.systems) == ["agent:rules", without_name("agent:rules", "popular_items"), "popular"]


def test_the_agent_keeps_what_was_said(report):
    metrics = report.systems["agent:rules"].metrics
    assert metrics["constraint_satisfaction"].mean == 1
    assert metrics["min_items_met"].mean == 1
    assert metrics["behaviour_accuracy"].mean == 1
    assert metrics["items_not_in_catalogue"].mean == 0
    assert metrics["unsupported_claims"].mean == 0
    assert metrics["errors"].mean == 0
    assert metrics["hit@10"].n == 3


def test_the_end_to_end_score_stands_beside_the_tools_score(report):
    metrics = report.systems["agent:rules"].metrics
    assert metrics["hit_in_text"].mean == metrics["hit_shown"].mean
    assert metrics["hit_gap"].mean == 0


def test_the_difference_that_a_tool_makes_is_reported_with_its_interval(report):
    found = report.ablation["agent:rules"]["popular_items"]["hit@10"]
    full = report.systems["agent:rules"].metrics["hit@10"].mean
    less = report.systems[without_name("agent:rules", "popular_items")].metrics["hit@10"].mean
    assert found.mean == pytest.approx(full - less)
    assert found.low <= found.mean <= found.high


def test_mentioned_items_are_in_no_ranking(report):
    for system in report.systems.values():
        for turn in system.dialogues[1].turns:
            assert "g08" not in turn.ranking


def test_the_manifest_says_what_the_figures_depend_on(report, small_workspace, script):
    manifest = report.manifest
    assert manifest.workspace == str(small_workspace.path)
    assert manifest.seed == 7
    assert {"tastemaker", "python", "numpy"} <= manifest.versions.keys()
    assert manifest.catalogue["items"] == 60
    assert manifest.dialogues["files"] == [str(script)]
    assert (manifest.dialogues["dialogues"], manifest.dialogues["turns"]) == (2, 4)
    assert "api_key" not in manifest.settings
    assert any("turns.source_line" in warning for warning in manifest.warnings)
    assert any("not-there" in warning for warning in manifest.warnings)


def test_the_same_run_gives_the_same_figures(report, script, small_workspace):
    again = run_evaluation([script], small_workspace, ["agent:rules"], 7, SETTINGS)
    assert again.systems["agent:rules"].metrics == report.systems["agent:rules"].metrics


def test_partial_results_are_used_and_gone_once_the_report_is_saved(script, small_workspace, tmp_path):
    out = tmp_path / "report.json"
    first = run_evaluation([script], small_workspace, ["popular"], 7, SETTINGS, partial=partial_path(out))
    assert partial_path(out).read_text(encoding="utf-8").count("\n") == 2
    again = run_evaluation([script], small_workspace, ["popular"], 7, SETTINGS, partial=partial_path(out))
    # Not one turn was played again: even the durations are those of the first run.
    assert again.systems == first.systems
    again.save(out)
    assert not partial_path(out).exists()
    assert Report.load(out) == again


def test_mistakes_are_told_before_anything_runs(script, small_workspace, tmp_path):
    def run(**changes):
        given = {"dialogues": [script], "systems": ["popular"], "seed": 7, "settings": SETTINGS, **changes}
        return run_evaluation(workspace=small_workspace, **given)

    with pytest.raises(SettingsError, match="no system 'agent:magic'"):
        run(systems=["agent:magic"])
    with pytest.raises(SettingsError, match="no tool 'serch'"):
        run(systems=["agent:rules"], without=["serch"])
    wrong = tmp_path / "wrong.jsonl"
    constraint = {"field": "colour", "op": "==", "value": "red"}
    wrong.write_text(
        json.dumps({"id": "w", "turns": [{"user": "x", "expect": {"constraints": [constraint]}}]}), encoding="utf-8"
    )
    with pytest.raises(DialogueError, match="Dialogue 'w', turn 1: there is no field 'colour'"):
        run(dialogues=[wrong])
