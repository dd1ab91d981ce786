import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tastemaker.tools.build.builder import STEPS, build_workspace, read_tables
from tastemaker.tools.build.manifest import Manifest
from tastemaker.tools.build.table import MemorySource, Table
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.errors import DataError, WorkspaceError
from tastemaker.tools.index.taste_model import TasteModel
from tastemaker.tools.workspace import REJECTED, SCHEMA, Workspace

DATA = Path(__file__).parent / "data"
ITEMS = "id,title,kind,pages\n1,Red Fox,story,120\n2,Grey Owl,poem,40\n3,Red Fox,story,200\n"
LOG = "user,item,rating\nu,1,5\nu,2,4\nv,1,5\nv,2,1\n"


class Killed(BaseException):
    """Stands for a kill at this moment."""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "books.csv").write_text(ITEMS)
    (tmp_path / "log.csv").write_text(LOG)
    return tmp_path / "books.csv", tmp_path / "log.csv"


def steps_of(path, files, encoder, **options):
    seen = []
    build_workspace(
        path, *files, encoder=encoder, progress=lambda step, done, total: seen.append((step, done)), **options
    )
    return seen


def test_every_step_is_told(tmp_path, files, encoder):
    seen = steps_of(tmp_path / "ws", files, encoder)
    assert list(dict.fromkeys(step for step, _ in seen if step in STEPS)) == list(STEPS)
    assert set(Manifest.load(tmp_path / "ws").seconds) == set(STEPS)


def test_what_is_up_to_date_is_left_alone(tmp_path, files, encoder):
    first = build_workspace(tmp_path / "ws", *files, encoder=encoder)
    assert steps_of(tmp_path / "ws", files, encoder) == []
    assert Manifest.load(tmp_path / "ws") == first


def test_other_content_is_built_again(tmp_path, files, encoder):
    build_workspace(tmp_path / "ws", *files, encoder=encoder)
    files[0].write_text(ITEMS + "4,Blue Jay,poem,12\n")
    assert build_workspace(tmp_path / "ws", *files, encoder=encoder).items == 4


def test_a_workspace_needs_no_interactions(tmp_path, files, encoder):
    build_workspace(tmp_path / "ws", files[0], encoder=encoder)
    with Workspace.open(tmp_path / "ws", encoder) as workspace:
        assert workspace.manifest.users == 0
        assert workspace.catalogue.item("1").title == "Red Fox [1]"


def test_bad_rows_are_kept_aside_in_the_workspace(tmp_path, files, encoder):
    files[1].write_text(LOG + "u,99,5\n")
    assert build_workspace(tmp_path / "ws", *files, encoder=encoder).rejected == 1
    (line,) = (tmp_path / "ws" / REJECTED).read_text().splitlines()
    assert json.loads(line) == {
        "source": "log.csv",
        "line": 6,
        "reason": "there is no item '99'",
        "kept": False,
        "row": '{"user": "u", "item": "99", "rating": "5"}',
    }


def test_an_edited_schema_is_used_by_the_next_build_and_the_ones_after(tmp_path, files, encoder):
    path = tmp_path / "ws"
    build_workspace(path, *files, encoder=encoder)
    edited = (path / SCHEMA).read_text().replace('noun = "book"', 'noun = "tome"')
    (path / SCHEMA).write_text(edited)
    for extra in ("4,Blue Jay,poem,12\n", "5,Elk,poem,12\n"):
        files[0].write_text(files[0].read_text() + extra)
        build_workspace(path, *files, encoder=encoder)
        assert CatalogueSchema.load(path / SCHEMA).noun == "tome"
    assert Manifest.load(path).items == 5


def test_new_words_of_other_languages_need_no_build(tmp_path, files, encoder):
    path, steps = tmp_path / "ws", []
    schema = read_tables(*files)[2]
    first = build_workspace(path, *files, schema=schema, encoder=encoder)
    spoken = schema.model_copy(update={"languages": {"es": {"book": ("libro",)}}})
    found = build_workspace(path, *files, schema=spoken, encoder=encoder, progress=lambda *step: steps.append(step))
    assert (steps, found.built) == ([], first.built)
    assert CatalogueSchema.load(path / SCHEMA).word_in("es", "book") == "libro"
    assert build_workspace(path, *files, schema=spoken, encoder=encoder) == found


def test_sessions_outlive_a_build(tmp_path, files, encoder):
    path = tmp_path / "ws"
    build_workspace(path, *files, encoder=encoder)
    (path / "sessions.db").write_bytes(b"turns")
    (path / "sessions.db-wal").write_bytes(b"more turns")
    files[0].write_text(ITEMS + "4,Blue Jay,poem,12\n")
    build_workspace(path, *files, encoder=encoder)
    assert (path / "sessions.db").read_bytes() == b"turns"
    assert (path / "sessions.db-wal").read_bytes() == b"more turns"
    assert sorted(file.name for file in tmp_path.iterdir()) == [".ws.lock", "books.csv", "log.csv", "ws"]


@pytest.mark.parametrize("killed_in", STEPS)
@pytest.mark.parametrize("moment", [0, 1])
def test_a_build_killed_in_any_step_goes_on_there(tmp_path, files, encoder, killed_in, moment):
    path = tmp_path / "ws"

    def kill(step, done, total):
        if (step, done) == (killed_in, moment):
            raise Killed

    with pytest.raises(Killed):
        build_workspace(path, *files, encoder=encoder, progress=kill)
    assert not path.exists()
    with pytest.raises(WorkspaceError, match="not finished"):
        Workspace.open(path, encoder)
    seen = steps_of(path, files, encoder)
    done_before = STEPS[: STEPS.index(killed_in) + moment]
    assert [step for step in STEPS if (step, 0) not in seen] == list(done_before)
    with Workspace.open(path, encoder) as workspace:
        assert len(workspace.catalogue) == 3


def test_a_build_killed_for_other_inputs_is_not_gone_on_with(tmp_path, files, encoder):
    def kill(step, done, total):
        if step == "taste":
            raise Killed

    with pytest.raises(Killed):
        build_workspace(tmp_path / "ws", *files, encoder=encoder, progress=kill)
    files[0].write_text(ITEMS + "4,Blue Jay,poem,12\n")
    assert build_workspace(tmp_path / "ws", *files, encoder=encoder).items == 4


def test_the_old_workspace_opens_until_the_new_one_is_whole(tmp_path, files, encoder, monkeypatch):
    path = tmp_path / "ws"
    build_workspace(path, *files, encoder=encoder)
    files[0].write_text(ITEMS + "4,Blue Jay,poem,12\n")
    monkeypatch.setattr(TasteModel, "save", lambda self, path: (_ for _ in ()).throw(Killed))
    with pytest.raises(Killed):
        build_workspace(path, *files, encoder=encoder)
    with Workspace.open(path, encoder) as workspace:
        assert len(workspace.catalogue) == 3


@pytest.mark.parametrize("renames", [0, 1, 2])
def test_a_kill_between_the_renames_loses_neither_workspace_nor_sessions(
    tmp_path, files, encoder, monkeypatch, renames
):
    path = tmp_path / "ws"
    build_workspace(path, *files, encoder=encoder)
    (path / "sessions.db").write_bytes(b"turns")
    files[0].write_text(ITEMS + "4,Blue Jay,poem,12\n")
    rename, left = Path.rename, [renames]

    def rename_until_killed(self, target):
        if not left[0]:
            raise Killed
        left[0] -= 1
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", rename_until_killed)
        with pytest.raises(Killed):
            build_workspace(path, *files, encoder=encoder)
    assert steps_of(path, files, encoder) == []
    assert (path / "sessions.db").read_bytes() == b"turns"
    with Workspace.open(path, encoder) as workspace:
        assert len(workspace.catalogue) == 4


def test_a_process_killed_while_it_builds_is_gone_on_with(tmp_path, encoder):
    code = (
        "import sys; from pathlib import Path; from tastemaker.tools.build.builder import build_workspace;"
        "build_workspace(Path(sys.argv[1]), sys.argv[2], sys.argv[3], progress=lambda *told: print(*told, flush=True))"
    )
    path = tmp_path / "ws"
    command = [sys.executable, "-c", code, str(path), str(DATA / "board_games.csv"), str(DATA / "plays.jsonl")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if line.startswith("vectors"):
                os.kill(process.pid, signal.SIGKILL)
                break
    assert not path.exists()
    manifest = build_workspace(path, DATA / "board_games.csv", DATA / "plays.jsonl", encoder=encoder)
    assert manifest.items == 60


def test_a_second_build_waits_for_the_first(tmp_path, files, encoder):
    path = tmp_path / "ws"
    lock = (
        "import sqlite3, sys, time; lock = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "lock.execute('BEGIN EXCLUSIVE'); print('locked', flush=True); time.sleep(1.5)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", lock, str(tmp_path / ".ws.lock")], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "locked\n"
        started = time.monotonic()
        seen = steps_of(path, files, encoder)
    assert seen[0][0] == "waiting for another build"
    assert time.monotonic() - started > 1
    assert Manifest.load(path).items == 3


def test_a_directory_of_something_else_is_never_replaced(tmp_path, files, encoder):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"cat")
    with pytest.raises(WorkspaceError, match="is no workspace; give an empty or a new directory"):
        build_workspace(tmp_path / "photos", *files, encoder=encoder)
    assert (tmp_path / "photos" / "cat.jpg").read_bytes() == b"cat"


def test_a_schema_that_does_not_fit_is_told_with_its_cure(tmp_path, files, encoder):
    schema = read_tables(*files)[2]
    extra = schema.field("pages").model_copy(update={"name": "weight"})
    wrong = schema.model_copy(update={"fields": (*schema.fields, extra)})
    with pytest.raises(DataError, match=r"has a field 'weight', and books\.csv no such column"):
        build_workspace(tmp_path / "ws", *files, schema=wrong, encoder=encoder)


def test_the_schema_is_inferred_without_building():
    items, log, schema = read_tables(DATA / "board_games.csv", DATA / "plays.jsonl")
    assert (len(items), len(log), schema.like_at_least) == (60, 646, 4.0)


def test_a_program_can_give_the_tables_itself(tmp_path, encoder):
    items = MemorySource("books", "1", lambda: Table.of("books", [{"id": "a", "title": "Elk", "tags": ("x", "y")}]))
    build_workspace(tmp_path / "ws", items, encoder=encoder)
    with Workspace.open(tmp_path / "ws", encoder) as workspace:
        assert workspace.catalogue.item("a").values["tags"] == ("x", "y")
