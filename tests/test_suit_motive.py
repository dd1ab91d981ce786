"""Items by what they are wanted for: what suits comes first, what does not is not left out of anything else."""

import pytest
from pydantic import ValidationError

from tastemaker.demo.films import film_schema
from tastemaker.tools.candidates import Candidates
from tastemaker.tools.catalogue.motive import Motive
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.suit_motive import Suits, suit_motive


def kinds(workspace, ids):
    return [set(item.values["kinds"]) for item in workspace.catalogue.items(ids)]


def test_what_suits_comes_first_and_what_is_avoided_is_not_proposed(occasions):
    found = suit_motive(occasions, ["a night with the family"])
    assert found.source == "suit_motive"
    held = kinds(occasions, found.ids)
    assert "Family" in held[0]
    counts = [len(each & {"Family", "Puzzle"}) for each in held]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 1
    assert not any(each & {"War", "Horror"} for each in held)


def test_of_two_that_suit_alike_the_better_known_comes_first(occasions):
    found = suit_motive(occasions, ["a quick round"])
    items = occasions.catalogue.items(found.ids)
    assert all(item.values["playing_time"] <= 30 for item in items)
    assert [item.interactions for item in items] == sorted((item.interactions for item in items), reverse=True)


def test_only_the_pool_is_looked_at(occasions):
    everything = suit_motive(occasions, ["a quick round"])
    pool = Candidates("filter_items", everything.rows[:2], everything.scores[:2], everything.catalogue_ids)
    assert set(suit_motive(occasions, ["a quick round"], within=pool).ids) == set(pool.ids)


def test_what_suits_both_of_two_motives_comes_first(occasions):
    both = suit_motive(occasions, ["a quick round", "a night with the family"])
    best = occasions.catalogue.item(both.ids[0])
    assert best.values["playing_time"] <= 30
    assert set(best.values["kinds"]) & {"Family", "Puzzle"}


def test_a_motive_that_the_schema_lacks_is_answered_with_those_it_has(occasions):
    with pytest.raises(RetryableToolError, match="no motive 'revenge'; the motives are: a night with the family"):
        suit_motive(occasions, ["revenge"])


def test_what_suits_is_told_with_the_items_own_names(occasions):
    motive = occasions.schema.motive("a night with the family")
    suits = Suits.of(motive, {"kinds": ("Puzzle", "Family", "Dice"), "playing_time": 20.0})
    assert suits.names == {"kinds": ("Puzzle", "Family")}
    assert not suits.against
    assert Suits.of(motive, {"kinds": ("War",)}).against
    assert Suits.of(occasions.schema.motive("a quick round"), {"playing_time": 20.0}).numbers == {"playing_time": 20.0}


def test_a_motive_that_nothing_suits_is_refused():
    with pytest.raises(ValidationError, match="nothing suits 'spite'"):
        Motive(name="spite", cues=("out of spite",))


def test_a_motive_speaks_of_the_schemas_fields(occasions):
    for wrong in (
        Motive(name="x", cues=("x",), prefers={"colour": ("red",)}),
        Motive(name="x", cues=("x",), at_most={"kinds": 3}),
    ):
        with pytest.raises(ValidationError, match="the motive 'x' needs a field of"):
            CatalogueSchema.model_validate({**dict(occasions.schema), "motives": (wrong,)})


def test_the_motives_of_the_demo_speak_of_its_own_genres(demo_workspace):
    known = set(demo_workspace.catalogue.value_counts("genres"))
    motives = film_schema().motives
    assert len(motives) >= 12
    assert {name for motive in motives for field, name, _ in motive.names if field == "genres"} <= known
    cues = [cue for motive in motives for cue in motive.cues]
    assert len(set(cues)) == len(cues)


def test_motives_are_kept_in_the_file_of_the_schema(occasions, tmp_path):
    occasions.schema.save(tmp_path / "catalogue.toml")
    assert CatalogueSchema.load(tmp_path / "catalogue.toml") == occasions.schema
