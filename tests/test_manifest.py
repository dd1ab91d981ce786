import json

import pytest

from tastemaker.tools.build.manifest import FORMAT, MANIFEST, Manifest, digest, package_versions
from tastemaker.tools.errors import WorkspaceError

MADE = Manifest(name="things", fingerprint="f", items=3, users=2, interactions=5, rejected=1)


def test_a_manifest_reads_back_as_it_was_written(tmp_path):
    MADE.save(tmp_path)
    assert Manifest.load(tmp_path) == MADE
    assert [file.name for file in tmp_path.iterdir()] == [MANIFEST]


def test_it_tells_the_versions_that_built_it():
    assert MADE.versions["tantivy"] == package_versions(("tantivy",))["tantivy"]
    assert package_versions(("no-such-package",)) == {"no-such-package": "absent"}


def test_a_directory_without_one_is_no_workspace(tmp_path):
    with pytest.raises(WorkspaceError, match="not a finished workspace; build it again"):
        Manifest.load(tmp_path)


@pytest.mark.parametrize("content", ["", "{}", '{"name": 3', '{"name": "a", "fingerprint": "f", "items": "many"}'])
def test_a_damaged_one_is_told_with_its_cure(tmp_path, content):
    (tmp_path / MANIFEST).write_text(content)
    with pytest.raises(WorkspaceError, match=r"is damaged .*; build it again"):
        Manifest.load(tmp_path)


def test_another_layout_is_told_with_its_cure(tmp_path):
    MADE.save(tmp_path)
    found = json.loads((tmp_path / MANIFEST).read_text())
    (tmp_path / MANIFEST).write_text(json.dumps({**found, "format": FORMAT + 1, "new_key": 1}))
    with pytest.raises(WorkspaceError, match=f"has layout {FORMAT + 1}, this version reads {FORMAT}; build it again"):
        Manifest.load(tmp_path)


def test_parts_of_a_digest_do_not_run_into_each_other():
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a", b"b") == digest("a", "b")
