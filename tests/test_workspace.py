import json
import shutil

import pytest

from tastemaker.tools.build.manifest import MANIFEST
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.workspace import CATALOGUE, GRAPH, HISTORIES, NAMES, SCHEMA, TASTE, TEXT_INDEX, Workspace


@pytest.fixture
def copied(small_workspace_path, tmp_path):
    path = tmp_path / "copy"
    shutil.copytree(small_workspace_path, path)
    return path


def test_an_open_workspace_has_all_its_parts(small_workspace):
    assert len(small_workspace.catalogue) == small_workspace.manifest.items == 60
    assert small_workspace.vector_index.vectors.shape == (60, small_workspace.encoder.dimensions)
    assert small_workspace.schema.noun == "board game"
    assert small_workspace.resolver.resolve_item("salt road").matches[0].item_id == "g04"
    assert len(small_workspace.taste.scores(small_workspace.catalogue.popularity.argsort()[-2:])) == 60


def test_it_may_be_moved(copied, encoder):
    with Workspace.open(copied, encoder) as workspace:
        assert workspace.catalogue.item("g04").title == "Salt Road"


def test_words_edited_in_the_schema_are_used_at_once(copied, encoder):
    text = (copied / SCHEMA).read_text()
    (copied / SCHEMA).write_text(text.replace('noun = "board game"', 'noun = "box"'))
    with Workspace.open(copied, encoder) as workspace:
        assert workspace.schema.noun == "box"


def test_a_field_added_to_the_schema_needs_a_build(copied, encoder):
    schema = CatalogueSchema.load(copied / SCHEMA)
    extra = schema.field("price").model_copy(update={"name": "stock"})
    schema.model_copy(update={"fields": (*schema.fields, extra)}).save(copied / SCHEMA)
    with pytest.raises(WorkspaceError, match="run its build again, which keeps the edited schema"):
        Workspace.open(copied, encoder)


def test_no_workspace_is_told_with_its_cure(tmp_path, encoder):
    with pytest.raises(WorkspaceError, match=r"There is no workspace at .*nowhere; build one with `tastemaker build"):
        Workspace.open(tmp_path / "nowhere", encoder)


def test_something_else_is_told_with_its_cure(tmp_path, encoder):
    with pytest.raises(WorkspaceError, match="is not a workspace; give a directory"):
        Workspace.open(tmp_path, encoder)


def test_an_unfinished_build_is_told_with_its_cure(tmp_path, encoder):
    (tmp_path / "mine.partial").mkdir()
    with pytest.raises(WorkspaceError, match="is not finished; run its build again"):
        Workspace.open(tmp_path / "mine", encoder)


@pytest.mark.parametrize("part", [CATALOGUE, SCHEMA, TEXT_INDEX, "vectors.npy", TASTE, HISTORIES, GRAPH, NAMES])
def test_a_missing_part_is_told_with_its_cure(copied, encoder, part):
    shutil.rmtree(copied / part) if (copied / part).is_dir() else (copied / part).unlink()
    with pytest.raises(WorkspaceError, match=r"missing.*build"):
        Workspace.open(copied, encoder)


@pytest.mark.parametrize(
    "part",
    [CATALOGUE, SCHEMA, MANIFEST, "vectors.npy", TASTE, HISTORIES, GRAPH, NAMES, f"{TEXT_INDEX}/meta.json"],
)
@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xff" * 5000])
def test_a_damaged_part_is_told_and_never_a_crash(copied, encoder, part, content):
    (copied / part).write_bytes(content)
    with pytest.raises(WorkspaceError, match=r"damaged|corrupt|not valid|exactly one field|Field required"):
        Workspace.open(copied, encoder)


def test_a_part_of_another_workspace_is_told(copied, encoder):
    found = json.loads((copied / MANIFEST).read_text())
    (copied / MANIFEST).write_text(json.dumps({**found, "items": 61}))
    with pytest.raises(WorkspaceError, match="holds 60 items and the manifest says 61"):
        Workspace.open(copied, encoder)
