"""The sixty requests of the build machine, through the rules: what they reach may grow and may not shrink."""

import json

import pytest

from tastemaker.agent.settings import Settings
from tastemaker.eval.errors import DialogueError
from tastemaker.eval.understanding.catalogues import FOLDER, Catalogues, read_all
from tastemaker.eval.understanding.report import UnderstandingReport
from tastemaker.eval.understanding.runner import run_understanding
from tastemaker.eval.understanding.train.turns import examples
from tastemaker.tools.errors import DataError

SAMPLE = FOLDER / "sample.jsonl"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def report(demo_workspace, home) -> UnderstandingReport:
    told = []
    settings = Settings(home=home)
    found = run_understanding(
        [SAMPLE],
        demo_workspace,
        ["rules", "rules"],
        7,
        settings,
        progress=lambda *each: told.append(each),
        packaged=False,
    )
    assert told[-1] == ("rules", 60, 60)
    return found


def test_the_rules_understand_as_much_as_they_did(report):
    found = report.planners["rules"].metrics
    assert found["act"].mean >= 0.95
    assert found["whole_turn"].mean >= 0.88
    assert found["slot_f1"].mean >= 0.93
    assert found["whole_turn_strict"].mean <= found["whole_turn"].mean


def test_planning_is_quick(report):
    assert report.planners["rules"].latency_ms.p95 < 60


def test_every_domain_is_understood_somewhat(report):
    assert report.planners["rules"].groups["domain"].keys() == {"films", "music", "books", "recipes", "games"}
    assert min(each.mean for each in report.planners["rules"].groups["domain"].values()) >= 0.6


def test_the_catalogues_have_what_the_sample_speaks_of(report):
    assert report.manifest.warnings == ()
    assert (report.manifest.dialogues["dialogues"], report.manifest.dialogues["turns"]) == (60, 74)


def test_a_report_is_written_and_read_whole(report, tmp_path):
    path = tmp_path / "report.json"
    report.save(path)
    assert UnderstandingReport.load(path) == report
    keys = json.loads(path.read_text(encoding="utf-8"))
    assert keys.keys() == {"manifest", "planners", "paired"}
    turn = keys["planners"]["rules"]["dialogues"][0]["turns"][0]
    assert turn.keys() >= {"user", "gold_act", "act", "marks", "invented", "plan", "ms", "tokens"}
    with pytest.raises(DataError, match=r"none\.json cannot be read"):
        UnderstandingReport.load(tmp_path / "none.json")
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(DataError, match=r"is no such report \(manifest: Field required\); write it again"):
        UnderstandingReport.load(path)


def test_every_turn_becomes_an_example_with_the_hints_of_the_rules(demo_workspace, home):
    with Catalogues(home, demo_workspace, packaged=False) as catalogues:
        dialogues = [each for each in read_all([SAMPLE], catalogues.schemas) if each.domain == "films"]
        found = list(examples(dialogues, catalogues))
    assert len(found) == sum(len(each.turns) for each in dialogues)
    critique = [each for each in found if each.id == "sample-09"]
    assert [each.listed for each in critique] == [False, True, True]
    assert [each.previous_act for each in critique] == ["", "recommend", "recommend"]
    (mark,) = critique[2].marks
    assert (mark.kind, mark.label, mark.known, mark.gold, mark.rules) == (
        "item",
        "film",
        True,
        "like-this",
        "like-this",
    )
    refused = next(each for each in found if each.id == "sample-04")
    assert {(each.kind, each.label, each.gold, each.rules) for each in refused.marks} == {
        ("facet", "genre", "refused", "refused")
    }
    for each in found:
        assert all(each.text[mark.start : mark.end] == mark.text for mark in each.marks)
        assert type(each).model_validate_json(each.model_dump_json()) == each


def test_one_file_given_twice_is_told(demo_workspace, home):
    with pytest.raises(DialogueError, match="Two files have a dialogue 'sample-01'; give each dialogue its own id"):
        run_understanding([SAMPLE, SAMPLE], demo_workspace, ["rules"], 7, Settings(home=home), packaged=False)
