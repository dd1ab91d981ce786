"""The labelled moods are whole, and what they measure is counted right."""

from dataclasses import replace

import pytest

from tastemaker.demo.films import film_schema
from tastemaker.eval.understanding.moods import LabelledMood, moods, read_right, report, shown_right

LABELLED = [
    LabelledMood(mood="spooky and gruesome", part="chosen", names=("Horror",), wrong=("Family",)),
    LabelledMood(mood="wholesome", part="chosen", names=("Family",), wrong=("Horror", "War")),
]


@pytest.fixture(scope="module")
def glossed(small_workspace):
    glosses = {
        "Horror": "frightening, creepy and bloody, monsters and nightmares",
        "Family": "gentle, innocent and wholesome, for the whole family",
        "War": "soldiers and battles, brutal and heroic",
    }
    fields = [
        field.model_copy(update={"glosses": glosses}) if field.name == "kinds" else field
        for field in small_workspace.schema.fields
    ]
    return replace(small_workspace, schema=small_workspace.schema.model_copy(update={"fields": tuple(fields)}))


def test_the_moods_are_many_and_half_of_them_are_held_out():
    labelled = moods()
    assert len(labelled) >= 120
    assert len({each.mood for each in labelled}) == len(labelled)
    assert abs(sum(each.part == "held-out" for each in labelled) - len(labelled) / 2) <= 1
    glossed = {name for field in film_schema().fields for name in field.glosses}
    for each in labelled:
        assert not set(each.names) & set(each.wrong), each.mood
        assert {*each.names, *each.wrong} <= glossed, each.mood


def test_readings_are_counted(glossed):
    found = read_right(glossed, LABELLED)
    assert found["read"] == [1.0, 1.0]
    assert found["precision@2"] == [0.5, 0.5]
    assert set(found["precision where read"]) <= {0.5, 1.0}


def test_items_shown_fit_better_when_moods_are_read(glossed):
    without = shown_right(glossed, LABELLED, "kinds", disabled=("suit_mood",))
    with_it = shown_right(glossed, LABELLED, "kinds")
    assert sum(with_it["fits@10"]) >= sum(without["fits@10"])
    assert all(0 <= each <= 1 for values in with_it.values() for each in values)


def test_the_report_tells_the_difference(glossed):
    shown = []
    report(glossed, LABELLED, 7, shown.append)
    assert any(str(each).startswith("fits@10, read - not read") for each in shown)
