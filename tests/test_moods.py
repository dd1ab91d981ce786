"""Moods are read as names whose glosses are near; what is near to none, or told at length, is not read."""

import pytest

from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema
from tastemaker.tools.resolve.moods import NEAR_FROM, Moods

GLOSSES = {
    "War": "soldiers and battles, brutal, harrowing and heroic",
    "Family": "gentle, innocent and wholesome, for the young and the whole family",
    "Party": "funny, silly and light-hearted, makes you laugh, cheerful fun",
    "Horror": "frightening, creepy and bloody, monsters and nightmares, dread and terror",
}


def schema_with(glosses):
    title = CatalogueField(name="title", type="text", role="title")
    kinds = CatalogueField(name="kinds", type="categories", role="genre", glosses=glosses)
    return CatalogueSchema(noun="game", plural="games", fields=(title, kinds))


@pytest.fixture(scope="module")
def moods(encoder):
    return Moods(schema_with(GLOSSES), encoder)


@pytest.mark.parametrize(("mood", "name"), [("spooky and gruesome", "Horror"), ("hilarious", "Party")])
def test_a_mood_is_read_as_the_name_whose_gloss_is_near(moods, mood, name):
    reading = moods.read(mood)
    assert reading is not None
    assert (reading.field, reading.names[0]) == ("kinds", name)


def test_what_is_near_to_no_gloss_is_not_read(moods):
    assert moods.near("tax law of Bavaria")[0][1] < NEAR_FROM
    assert moods.read("tax law of Bavaria") is None
    assert moods.read("") is None


def test_a_story_is_no_mood(moods):
    assert moods.read("spooky and gruesome like the night when we all got lost in the woods") is None


def test_a_refused_name_is_not_read(moods):
    reading = moods.read("spooky and gruesome", ["horror"])
    assert reading is None or "Horror" not in reading.names


def test_a_catalogue_without_glosses_reads_no_moods(encoder):
    assert Moods(schema_with({}), encoder).read("spooky") is None


def test_glosses_that_were_read_beforehand_are_not_encoded_at_the_first_request(moods, monkeypatch):
    moods.load()
    encode, sizes = moods._encoder.encode, []
    monkeypatch.setattr(moods._encoder, "encode", lambda texts: sizes.append(len(texts)) or encode(texts))
    assert moods.near("something bleak")
    assert max(sizes, default=0) <= 1
