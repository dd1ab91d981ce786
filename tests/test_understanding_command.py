"""`tastemaker eval` on marked requests: planners side by side, and mistakes told with their cure."""

import json

import pytest
from rich.console import Console

from tastemaker.agent.settings import Settings
from tastemaker.eval.dialogue_file import PACKAGED
from tastemaker.eval.understanding.runner import run_understanding
from tastemaker.ui.cli import main

TURNS = [
    ("b1", "simple", "[war|kinds|wanted] games, [under an hour=60|playing_time|at-most]"),
    ("b2", "similar-to", "a game like [Salt Road|item|like-this], no [horror|kinds|refused]"),
    ("b3", "simple", "something like [Chess 3000|item|like-this]"),
]


@pytest.fixture
def requests(tmp_path):
    path = tmp_path / "requests.jsonl"
    lines = [
        {
            "id": name,
            "domain": "board_games",
            "kind": kind,
            "language": "en",
            "turns": [{"user": user, "act": "recommend"}],
        }
        for name, kind, user in TURNS
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("TASTEMAKER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments):
        with pytest.raises(SystemExit) as left:
            main([str(each) for each in arguments])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run_command


def test_a_file_of_requests_is_known_by_its_content(run, requests, small_workspace_path, tmp_path):
    out = tmp_path / "report.json"
    code, said, _ = run("eval", requests, "-w", small_workspace_path, "--planner", "rules", "--out", out)
    assert code == 0
    assert "3 dialogues, 3 turns" in said
    assert "whole turn right" in said
    assert "similar-to" in said
    assert "1 name is not in the catalogue and was not judged (Chess 3000)" in said
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written["planners"]["rules"]["metrics"]["whole_turn"]["n"] == 3
    assert not out.with_name("report.json.partial").exists()


def test_json_prints_the_report_and_nothing_else(run, requests, small_workspace_path):
    found = json.loads(run("eval", requests, "-w", small_workspace_path, "--system", "rules", "--json")[1])
    assert [each["id"] for each in found["planners"]["rules"]["dialogues"]] == ["b1", "b2", "b3"]


@pytest.mark.parametrize(
    ("arguments", "cure"),
    [
        (("--system", "popular"), "popular plans nothing, so it understands no marked requests; name planners only."),
        (("--ablate",), "Marked requests are only planned, so no tool can be left out; drop --without."),
        (("--planner", "magic"), "There is no system 'agent:magic'"),
        ((PACKAGED,), "films.jsonl, line 1: "),
    ],
)
def test_mistakes_are_told_with_the_cure(run, requests, small_workspace_path, arguments, cure):
    code, said, told = run("eval", requests, "-w", small_workspace_path, *arguments)
    assert (code, said) == (2, "")
    assert cure in told


@pytest.mark.slow
def test_planners_stand_side_by_side_and_an_interrupted_run_goes_on(requests, small_workspace, tmp_path, monkeypatch):
    settings = Settings(home=tmp_path)
    partial = tmp_path / "report.json.partial"

    def played(*planners, **more):
        return run_understanding([requests], small_workspace, planners, 7, settings, partial=partial, **more)

    first = played("rules")
    # What is done is not planned again, by whomever.
    monkeypatch.setattr("tastemaker.eval.understanding.runner.choose_planner", None)
    assert played("rules").planners == first.planners
    monkeypatch.undo()
    both = played("rules", "local")
    assert both.planners.keys() == {"rules", "local"}
    assert both.paired.keys() == {"local"}
    assert both.paired["local"].against == "rules"
    console = Console(width=200, record=True)
    console.print(both.table())
    text = console.export_text()
    assert "Turn by turn, whole turn right" in text
    assert "exact p" in text
