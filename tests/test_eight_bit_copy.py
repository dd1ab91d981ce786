"""The faster copy of a model file: made once, whole or not at all."""

import pytest

from tastemaker.agent.planners.eight_bit_copy import CopyError, copy_path, eight_bit_copy
from tastemaker.agent.planners.local_model import installed_model


@pytest.mark.slow
def test_a_copy_is_made_once_and_nothing_else_is_left(tmp_path):
    folder = tmp_path / "models"
    place = eight_bit_copy(installed_model(), folder)
    assert place == copy_path(installed_model(), folder)
    assert list(folder.iterdir()) == [place]
    written = place.stat().st_mtime_ns
    assert eight_bit_copy(installed_model(), folder).stat().st_mtime_ns == written


def test_a_file_that_is_no_model_leaves_no_copy(tmp_path):
    path = tmp_path / "broken.gguf"
    path.write_bytes(installed_model().read_bytes()[:20_000])
    with pytest.raises(CopyError, match=r"No faster copy of broken\.gguf could be written"):
        eight_bit_copy(path, tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told_with_the_cure(tmp_path):
    (tmp_path / "models").write_text("a file where the folder should be")
    with pytest.raises(CopyError, match=r"models cannot be written \(.*\); make it writable\.$"):
        eight_bit_copy(installed_model(), tmp_path / "models")
