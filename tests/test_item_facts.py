"""The facts that the ranker knows of every item before any request."""

import numpy as np
import pytest

from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.ranking.item_facts import ItemFacts


def test_facts_are_those_of_the_catalogue(small_workspace):
    facts, catalogue = small_workspace.item_facts, small_workspace.catalogue
    assert facts.popularity == pytest.approx(np.log1p(catalogue.popularity))
    assert (facts.popularity_of_late <= facts.popularity + 1e-9).all()
    assert facts.kinds.shape[0] == len(catalogue)


def test_items_of_the_same_kinds_are_as_near_as_can_be_and_of_others_apart(small_workspace):
    facts, catalogue = small_workspace.item_facts, small_workspace.catalogue
    near = (facts.kinds @ facts.kinds.T).toarray()
    names = [frozenset(item.values["kinds"]) for item in catalogue.items(catalogue.ids.tolist())]
    for one, other in ((0, 1), (3, 9), (5, 30)):
        expected = len(names[one] & names[other]) / np.sqrt(max(len(names[one]), 1) * max(len(names[other]), 1))
        assert near[one, other] == pytest.approx(expected)


def test_quality_of_few_interactions_is_drawn_to_what_everybody_gives(small_workspace):
    facts, catalogue = small_workspace.item_facts, small_workspace.catalogue
    nobody = catalogue.popularity == 0
    everybody = np.nansum(catalogue.mean_values * catalogue.popularity) / catalogue.popularity.sum()
    assert facts.quality[nobody] == pytest.approx(everybody)
    assert np.ptp(facts.quality) < np.nanmax(catalogue.mean_values) - np.nanmin(catalogue.mean_values)


def test_what_is_written_is_what_is_read(small_workspace, tmp_path):
    facts = small_workspace.item_facts
    facts.save(tmp_path / "facts.npz")
    read = ItemFacts.load(tmp_path / "facts.npz")
    assert read.year == pytest.approx(facts.year, nan_ok=True)
    assert (read.people != facts.people).nnz == 0
    assert [file.name for file in tmp_path.iterdir()] == ["facts.npz"]


@pytest.mark.parametrize("content", [None, b"", b"nonsense"])
def test_a_file_that_cannot_be_read_is_told_with_the_cure(tmp_path, content):
    path = tmp_path / "facts.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WorkspaceError, match="tastemaker build"):
        ItemFacts.load(path)
