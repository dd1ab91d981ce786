"""The same requests in seven languages get the same lists, by the packaged bilingual dialogues."""

from statistics import mean

import pytest

from tastemaker.agent.settings import Settings
from tastemaker.eval.dialogue_file import PACKAGED, read_dialogues
from tastemaker.eval.overlap import overlap, overlaps, table
from tastemaker.eval.report import DialogueRecord, TurnRecord
from tastemaker.eval.runner import run_evaluation

BILINGUAL = PACKAGED.with_name("bilingual.jsonl")
LANGUAGES = {"es", "fr", "de", "pt", "it", "zh"}
LEAST = 0.8


def played(dialogue, *lists):
    turns = tuple(
        TurnRecord(user="", act="recommend", text="", shown=tuple(shown), ranking=(), violations=(), plan={}, ms=1)
        for shown in lists
    )
    return DialogueRecord(id=dialogue, turns=turns)


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ("abcde", "abcde", 1),
        ("abcde", "edcba", 1),
        ("abcde", "vwxyz", 0),
        ("ab", "abcd", 0.5),
        ("", "", 1),
        ("", "a", 0),
    ],
)
def test_overlap_is_the_share_of_what_both_show(first, second, share):
    assert overlap(first, second) == share


def test_only_the_first_items_count():
    assert overlap("abcdeXYZ", "abcdeUVW") == 1
    assert overlap("abc", "abd", k=2) == 1


def test_dialogues_of_one_name_are_compared_turn_by_turn_with_the_english_one():
    records = [played("a:en", "xy", "z"), played("a:fr", "xy", "w"), played("a:zh", "yx", "z"), played("b:fr", "q")]
    assert overlaps(records) == {"fr": [1, 0], "zh": [1, 1]}
    assert table(overlaps(records)).splitlines()[-1] == "all: overlap@5 0.750 (4 turns)"


def test_every_dialogue_is_there_in_every_language():
    ids = [dialogue.id.split(":") for dialogue in read_dialogues([BILINGUAL]).dialogues]
    names = {name for name, _ in ids}
    assert len(names) >= 10
    assert {(name, code) for name, code in ids} == {(name, code) for name in names for code in LANGUAGES | {"en"}}


@pytest.mark.slow
def test_the_lists_in_all_languages_overlap(demo_workspace):
    report = run_evaluation([BILINGUAL], demo_workspace, ["agent:rules"], 7, Settings())
    found = overlaps(report.systems["agent:rules"].dialogues)
    print("\n" + table(found))
    assert found.keys() == LANGUAGES
    for code, values in found.items():
        assert mean(values) >= LEAST, code
