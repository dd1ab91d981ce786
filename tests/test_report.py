"""A report is one JSON object with the keys that other programs read, written whole or not at all."""

import json

import pytest
from rich.console import Console

from tastemaker.eval.bootstrap import Interval
from tastemaker.eval.partial import PartialResults
from tastemaker.eval.report import DialogueRecord, Latency, Manifest, Report, SystemReport, TurnRecord
from tastemaker.eval.saved_report import partial_path
from tastemaker.eval.table import violation_lines
from tastemaker.tools.errors import DataError


def turn(**changes):
    given = {
        "user": "hello", "act": "recommend", "text": "1. Alpha", "shown": ("a",), "ranking": ("a", "b"),
        "violations": ("too few",), "plan": {"act": "recommend"}, "ms": 88.0,
    }  # fmt: skip
    return TurnRecord(**{**given, **changes})


@pytest.fixture
def report():
    metrics = {
        "hit@10": Interval(mean=0.12, low=0.1, high=0.14, n=3000),
        "unsupported_claims": Interval(mean=0.5, low=0, high=1, n=3000),
        "tokens": Interval(mean=0, low=0, high=0, n=3000),
    }
    system = SystemReport(
        metrics=metrics,
        latency_ms={"total": Latency(p50=90, p95=210)},
        catalogue_coverage=0.0123,
        dialogues=(DialogueRecord(id="d1", turns=(turn(),)),),
    )
    manifest = Manifest(
        versions={"tastemaker": "0"},
        workspace="w",
        seed=7,
        prompts={},
        dialogues={"dialogues": 1, "turns": 1},
        warnings=("keys left out: x",),
    )
    worth = {"search_text": {"hit@10": Interval(mean=0.05, low=0.01, high=0.09, n=3000)}}
    return Report(manifest=manifest, systems={"agent:rules": system}, ablation={"agent:rules": worth})


def test_the_json_has_the_keys_of_the_contract(report, tmp_path):
    path = tmp_path / "report.json"
    report.save(path)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert {"versions", "workspace", "seed", "prompts"} <= found["manifest"].keys()
    system = found["systems"]["agent:rules"]
    assert system["metrics"]["hit@10"] == {"mean": 0.12, "low": 0.1, "high": 0.14, "n": 3000}
    assert system["latency_ms"]["total"] == {"p50": 90, "p95": 210}
    record = system["dialogues"][0]
    assert record["id"] == "d1"
    assert system["catalogue_coverage"] == 0.0123
    assert {"user", "act", "text", "shown", "ranking", "violations", "plan", "ms"} <= record["turns"][0].keys()


def test_a_report_is_read_back_as_it_was_written(report, tmp_path):
    path = tmp_path / "report.json"
    report.save(path)
    assert Report.load(path) == report
    assert list(tmp_path.iterdir()) == [path]


def test_saving_removes_the_partial_results_beside_it(report, tmp_path):
    path = tmp_path / "report.json"
    partial_path(path).write_text("half", encoding="utf-8")
    report.save(path)
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_report_is_told(tmp_path):
    with pytest.raises(DataError, match="check the path"):
        Report.load(tmp_path / "none.json")
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(DataError, match=r"is not a report .*write it again"):
        Report.load(tmp_path / "other.json")


def test_the_table_shows_figures_latencies_ablation_and_notes(report):
    console = Console(width=140)
    with console.capture() as capture:
        console.print(report.table())
    shown = capture.get()
    assert "0.120 [0.100, 0.140]" in shown
    assert "90 / 210" in shown
    assert "0.0123" in shown
    assert "+0.050 [+0.010, +0.090]" in shown
    assert "0 of 1 turns" in shown, "a difference is shown with how often the tool found anything"
    assert "Note: keys left out: x" in shown
    assert "tokens" not in shown


def test_a_run_without_a_tool_is_shown_by_its_difference_alone(report):
    less = report.systems["agent:rules"]
    wide = report.model_copy(update={"systems": {**report.systems, "agent:rules without search_text": less}})
    console = Console(width=140)
    with console.capture() as capture:
        console.print(wide.table())
    assert "without search_text" not in capture.get()


def test_violations_are_listed_with_dialogue_and_turn(report):
    assert violation_lines(report, "agent:rules") == ["d1, turn 1: too few"]


def test_partial_results_of_the_same_run_are_used_again(tmp_path):
    path = tmp_path / "partial"
    record = DialogueRecord(id="d1", turns=(turn(),))
    PartialResults(path, "run 1", DialogueRecord).add("popular", record)
    again = PartialResults(path, "run 1", DialogueRecord)
    assert again.get("popular", "d1") == record
    assert again.get("bm25", "d1") is None


def test_partial_results_of_another_run_and_torn_lines_are_not_used(tmp_path):
    path = tmp_path / "partial"
    first = PartialResults(path, "run 1", DialogueRecord)
    first.add("popular", DialogueRecord(id="d1", turns=(turn(),)))
    with path.open("a") as file:
        file.write('{"run": "run 1", "system": "popular", "rec')
    assert len(PartialResults(path, "run 1", DialogueRecord)) == 1
    again = PartialResults(path, "run 2", DialogueRecord)
    assert len(again) == 0
    again.add("popular", DialogueRecord(id="d2", turns=(turn(),)))
    assert PartialResults(path, "run 2", DialogueRecord).get("popular", "d2") is not None


def test_without_a_path_results_are_kept_in_memory():
    kept = PartialResults(None, "run", DialogueRecord)
    kept.add("popular", DialogueRecord(id="d1", turns=(turn(),)))
    assert kept.get("popular", "d1") is not None
