"""Text search finds words as people type them, in the fields and among the rows asked for."""

import json
import shutil

import numpy as np
import pytest

from tastemaker.tools.catalogue.store import Catalogue, sqlite_url
from tastemaker.tools.errors import SchemaError, WorkspaceError
from tastemaker.tools.index import text_index
from tastemaker.tools.index.text_index import TextIndex


@pytest.fixture
def index(small_workspace):
    return small_workspace.text_index


@pytest.fixture
def titles(small_workspace):
    catalogue = small_workspace.catalogue

    def titles(found):
        return [item.title for item in catalogue.items([str(each) for each in catalogue.ids[found[0]]])]

    return titles


@pytest.fixture
def copied(small_workspace_path, tmp_path):
    return shutil.copytree(small_workspace_path / "text-index", tmp_path / "text-index")


def test_a_title_is_found_by_its_words(index, titles):
    assert titles(index.search("salt road", 5))[0] == "Salt Road"


@pytest.mark.parametrize("query", ["cafe lumiere", "CAFÉ LUMIÈRE", "Café Lumière!"])
def test_accents_case_and_punctuation_do_not_matter(index, titles, query):
    assert titles(index.search(query, 5))[0] == "Café Lumière"


def test_words_are_stemmed(index, titles):
    assert "Salt Road" in titles(index.search("caravan", 5))


def test_more_of_the_words_is_better(index, titles):
    found = index.search("grand bazaar of samarra lantern works", 20)
    assert titles(found)[0] == "Grand Bazaar of Samarra"
    assert (found[1] > 0).all()


def test_numbers_are_words_too_where_they_have_weight(index, titles):
    assert titles(index.search("1979", 5, weights={"year": 1.0})) == ["Tin Rocket"]


@pytest.mark.parametrize(
    "query", ["", "   ", "the of and", "?!", "\ud800", "\x00", "zzzzzz", "AND NOT (", 'title:"', "a" * 9999]
)
def test_a_query_without_a_known_word_finds_nothing(index, query):
    rows, scores = index.search(query, 5)
    assert len(rows) == len(scores) == 0


def test_a_query_of_any_length_is_answered(index, titles):
    assert titles(index.search("harbour " + " ".join(f"word{k}" for k in range(5000)), 3))


def test_weights_say_which_fields_are_searched(index, titles):
    assert "Ironhedge" not in titles(index.search("ironhedge", 60, weights={"title": 1.0}))
    assert len(index.search("ironhedge", 60, weights={"title": 1.0})[0]) == 0
    assert len(index.search("ironhedge", 60, weights={"publisher": 1.0})[0]) > 5


def test_a_weight_of_nothing_leaves_a_field_out(index):
    assert len(index.search("ironhedge", 60, weights={"publisher": 0.0})[0]) == 0


def test_a_weight_multiplies_the_score(index):
    once = index.search("harbour", 5, weights={"title": 1.0})[1]
    assert index.search("harbour", 5, weights={"title": 3.0})[1] == pytest.approx(3 * once, rel=1e-5)


def test_an_unknown_field_is_named_with_those_there_are(index):
    with pytest.raises(SchemaError, match="no field 'colour'; the fields are title"):
        index.search("red", 5, weights={"colour": 1.0})


@pytest.mark.parametrize("query", ["family", "war strategy ironhedge", "harbour", "lantern works family card game 4"])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.9, 1.0])
@pytest.mark.parametrize("limit", [1, 5, 60])
def test_both_routes_give_the_full_ranking_less_the_rows_not_allowed(index, monkeypatch, query, share, limit):
    rows = np.flatnonzero(np.random.default_rng(5).random(60) < share)
    ranking, scores = index.search(query, 60)
    expected = ranking[np.isin(ranking, rows)][:limit]
    for most in (0, 10_000):
        monkeypatch.setattr(text_index, "_TERM_SET_UP_TO", most)
        found = index.search(query, limit, rows)
        assert found[0].tolist() == expected.tolist()
        assert found[1] == pytest.approx(scores[np.isin(ranking, rows)][:limit])


def test_ties_at_the_limit_are_broken_by_id(index, small_workspace):
    everything = index.search("ironhedge", 60, weights={"publisher": 1.0})
    assert len(set(everything[1].tolist())) == 1
    ids = small_workspace.catalogue.ids[everything[0]].tolist()
    assert ids == sorted(ids)
    for limit in range(1, len(ids)):
        rows, _ = index.search("ironhedge", limit, weights={"publisher": 1.0})
        assert small_workspace.catalogue.ids[rows].tolist() == ids[:limit]


def test_an_index_built_again_replaces_the_old_one(small_workspace, copied, index):
    again = TextIndex.build(copied, small_workspace.catalogue)
    assert again.search("salt road", 5)[0].tolist() == index.search("salt road", 5)[0].tolist()
    assert not copied.with_name("text-index.partial").exists()


def test_a_missing_index_names_the_cure(tmp_path, small_workspace):
    with pytest.raises(WorkspaceError, match="is missing; build the workspace again with `tastemaker build`"):
        TextIndex.open(tmp_path / "none", small_workspace.schema)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"schema": 3}'])
def test_a_corrupt_index_names_the_cure(copied, small_workspace, damage):
    (copied / "meta.json").write_text(damage)
    with pytest.raises(WorkspaceError, match="is corrupt; build the workspace again"):
        TextIndex.open(copied, small_workspace.schema)


def test_an_index_without_its_segment_files_names_the_cure(copied, small_workspace):
    segment = json.loads((copied / "meta.json").read_text())["segments"][0]["segment_id"].replace("-", "")
    for file in copied.glob(f"{segment}*"):
        file.unlink()
    with pytest.raises(WorkspaceError, match="build the workspace again"):
        TextIndex.open(copied, small_workspace.schema)


def test_an_index_of_another_language_is_not_opened(copied, small_workspace):
    german = small_workspace.schema.model_copy(update={"stemmer": "german"})
    with pytest.raises(WorkspaceError, match="was built for another schema"):
        TextIndex.open(copied, german)


def test_a_language_without_stemmer_is_named(tmp_path, small_workspace):
    klingon = small_workspace.schema.model_copy(update={"stemmer": "klingon"})
    catalogue = Catalogue.open(sqlite_url(small_workspace.path / "catalogue.db"), klingon)
    with pytest.raises(SchemaError, match="There is no stemmer for 'klingon'"):
        TextIndex.build(tmp_path / "text-index", catalogue)
