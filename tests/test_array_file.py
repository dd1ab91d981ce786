"""Fitted models are kept as files of arrays: whole or not at all, and what is broken is told with the cure."""

import numpy as np
import pytest

from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index.array_file import reading_arrays, write_arrays


def test_what_is_written_is_what_is_read_and_nothing_else_stays_behind(tmp_path):
    path = tmp_path / "model.npz"
    write_arrays(path, {"rows": np.arange(3), "share": 0.5})
    with reading_arrays(path) as file:
        assert file["rows"].tolist() == [0, 1, 2]
        assert float(file["share"]) == 0.5
    assert [each.name for each in tmp_path.iterdir()] == ["model.npz"]


def test_a_file_of_before_stays_when_writing_fails(tmp_path):
    path = tmp_path / "model.npz"
    write_arrays(path, {"rows": np.arange(3)})
    with pytest.raises(ValueError, match="inhomogeneous"):
        write_arrays(path, {"rows": [[1], [2, 3]]})
    with reading_arrays(path) as file:
        assert file["rows"].tolist() == [0, 1, 2]


def test_a_missing_file_is_told_with_the_cure(tmp_path):
    with (
        pytest.raises(WorkspaceError, match=r"model.npz is missing; .*tastemaker build"),
        reading_arrays(tmp_path / "model.npz"),
    ):
        pass


def test_a_file_that_lacks_an_array_is_told_to_be_corrupt(tmp_path):
    path = tmp_path / "model.npz"
    write_arrays(path, {"rows": np.arange(3)})
    with pytest.raises(WorkspaceError, match=r"model.npz is corrupt; .*tastemaker build"), reading_arrays(path) as file:
        file["columns"]
