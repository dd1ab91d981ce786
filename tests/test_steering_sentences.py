"""The sentences that steer are whole, and what they do is counted right."""

import numpy as np
import pytest
from rich.console import Console

from tastemaker.eval.people import Person
from tastemaker.eval.steering_sentences import (
    STRENGTHS,
    Sentence,
    by_strength,
    cases,
    moved_by_agent,
    moved_by_tool,
    report,
    sentences,
    swapped,
)

SAID = [
    Sentence(sentence="with ships", part="chosen", way="more", words="ships and cargo", targets=("The Glass Orchard",)),
    Sentence(sentence="flowers", part="chosen", way="more", words="orchards, glass", targets=("The Glass Orchard",)),
    Sentence(sentence="less glass", part="chosen", way="less", words="orchards, glass", targets=("The Glass Orchard",)),
]


@pytest.fixture(scope="module")
def people(small_workspace):
    log = small_workspace.catalogue.interaction_log()
    none = np.zeros(0, dtype=np.int64)
    return [Person(np.unique(log.row[log.user == user]), none) for user in range(8)]


@pytest.fixture(scope="module")
def made(small_workspace, people):
    return cases(small_workspace, SAID, people, 4, 7)


def test_the_sentences_are_several_dozen_and_half_of_them_are_held_out():
    found = sentences()
    assert len(found) >= 50
    assert len({each.sentence for each in found}) == len(found)
    for way in ("more", "less"):
        parts = [each.part for each in found if each.way == way]
        assert abs(parts.count("held-out") - len(parts) / 2) <= 1


def test_every_target_is_an_item_of_the_demo(demo_workspace):
    people = [Person(np.array([0, 1, 2, 3]), np.zeros(0, dtype=np.int64))]
    assert len(cases(demo_workspace, sentences(), people, 1, 7)) == len(sentences())


def test_a_target_that_the_catalogue_lacks_is_an_error(small_workspace, people):
    strange = SAID[0].model_copy(update={"targets": ("Zorblax 9",)})
    with pytest.raises(KeyError, match="Zorblax 9"):
        cases(small_workspace, [strange], people, 1, 7)


def test_the_same_seed_draws_the_same_people(small_workspace, people, made):
    again = cases(small_workspace, SAID, people, 4, 7)
    assert [each.people for each in again] == [each.people for each in made]


def test_the_match_rises_and_the_taste_falls_with_the_strength(small_workspace, made):
    curve = by_strength(small_workspace, made)
    assert list(curve) == [f"strength {each:g}" for each in STRENGTHS]
    match = [np.mean(each["match@10"]) for each in curve.values()]
    taste = [np.mean(each["taste@10"]) for each in curve.values()]
    assert (np.diff(match) >= -1e-9).all()
    assert (np.diff(taste) <= 1e-9).all()
    assert taste[0] == pytest.approx(1)
    assert curve["strength 0"].keys() == {"match@10", "wanted@10", "unwanted@10", "ndcg@10", "taste@10"}


def test_targets_move_the_way_of_the_sentence_and_not_by_other_words(small_workspace, made):
    flowers, less = moved_by_tool(small_workspace, made[1:2], 0.8), moved_by_tool(small_workspace, made[2:], 0.8)
    assert flowers["more"]["up"] == [1.0]
    assert flowers["less"] == {}
    assert less["less"]["down"] == [1.0]
    moves = moved_by_tool(small_workspace, made, 0.8)["more"]
    assert all(sum(parts) == pytest.approx(1) for parts in zip(*moves.values(), strict=True))
    told_of_ships = [each for each in swapped(made) if each.sentence.words == "ships and cargo"]
    assert moved_by_tool(small_workspace, told_of_ships, 0.8)["more"]["up"] < [1.0]


def test_the_agent_is_asked_with_and_without_the_sentence(small_workspace, made):
    moves = moved_by_agent(small_workspace, made[2:])
    assert moves["less"]["down"][0] > moves["less"]["up"][0]


def test_the_report_has_a_curve_and_what_other_words_do(small_workspace, made):
    console = Console(width=160)
    with console.capture() as capture:
        for each in report(small_workspace, made, 0.5, 7):
            console.print(each)
    shown = capture.get()
    assert "strength 0.5" in shown
    assert shown.count("Targets moved by") == 4
