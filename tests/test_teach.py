"""`tastemaker teach`: a ranker for a workspace, measured, and mistakes told in a sentence."""

import json
import shutil

import pytest

from tastemaker.tools.workspace import RANKER, Workspace
from tastemaker.ui.cli import main


@pytest.fixture
def workspace(small_workspace_path, tmp_path):
    path = tmp_path / "board-games"
    shutil.copytree(small_workspace_path, path)
    return path


@pytest.fixture
def dialogues(small_workspace, tmp_path):
    """A hundred and ten talks in which whoever likes a game is told of the next one in the catalogue."""
    items = small_workspace.catalogue.items(small_workspace.catalogue.ids.tolist())
    path = tmp_path / "talks.jsonl"
    lines = []
    for number in range(110):
        one, two = items[number % 50], items[number % 50 + 1]
        turn = {"user": f"I love {one.title}, what else?", "mentioned": [one.id], "relevant": [two.id]}
        lines.append(json.dumps({"id": f"d{number}", "turns": [turn]}))
    path.write_text("\n".join(lines))
    return path


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as left:
        main([str(each) for each in arguments])
    said = capsys.readouterr()
    return int(left.value.code or 0), said.out, said.err


def test_a_ranker_is_put_into_the_workspace_and_measured_on_other_folds(capsys, workspace, dialogues, encoder):
    code, out, _ = run(capsys, "teach", dialogues, "--workspace", workspace, "--json")
    assert code == 0
    told = json.loads(out)
    assert told["ranker"] == str(workspace / RANKER)
    assert told["measured"]["recall@10"]["n"] == 110
    with Workspace.open(workspace, encoder) as opened:
        assert opened.ranker.taught_on == "110 turns of 110 dialogues"


def test_with_out_the_workspace_stays_as_it_is(capsys, workspace, dialogues, tmp_path):
    code, out, _ = run(capsys, "teach", dialogues, "--workspace", workspace, "--out", tmp_path / "ranker.json")
    assert code == 0
    assert "Taught on 110 turns" in " ".join(out.split())
    assert (tmp_path / "ranker.json").exists()
    assert not (workspace / RANKER).exists()


def test_too_few_turns_are_a_mistake_and_nothing_is_written(capsys, workspace, dialogues):
    dialogues.write_text("\n".join(dialogues.read_text().splitlines()[:5]))
    code, _, err = run(capsys, "teach", dialogues, "--workspace", workspace)
    assert code == 2
    assert "Only 5 turns name items" in err
    assert not (workspace / RANKER).exists()


def test_a_directory_that_is_not_there_is_a_mistake(capsys, workspace, dialogues, tmp_path):
    code, _, err = run(capsys, "teach", dialogues, "--workspace", workspace, "--out", tmp_path / "no" / "ranker.json")
    assert code == 2
    assert "There is no directory" in err
