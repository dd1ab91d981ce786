"""Demonstrations: filled with the catalogue's own values, chosen by how a request is built."""

import json
from dataclasses import replace

import pytest

from tastemaker.agent.grounding import ground
from tastemaker.agent.planners.catalogue_card import CatalogueCard
from tastemaker.agent.planners.demonstrations import FOLDER, Demonstrations
from tastemaker.agent.planners.wire_plan import WirePlan
from tastemaker.agent.state import State
from tastemaker.tools.registry import TOOLS


@pytest.fixture(scope="module")
def demonstrations(small_workspace):
    made = Demonstrations(small_workspace, CatalogueCard.of(small_workspace.catalogue))
    yield made
    made.close()


def test_most_demonstrations_fit_a_catalogue_of_another_domain(demonstrations):
    assert len(demonstrations.all) >= 25


def test_every_demonstration_is_a_plan_that_grounds_in_the_catalogue(small_workspace, demonstrations):
    wire = WirePlan(small_workspace.schema, TOOLS)
    for each in demonstrations.all:
        assert "{" not in each.words
        plan = ground(wire.read(each.plan), State(), small_workspace)
        assert not plan.unresolved, each.words
        assert "{" not in " ".join(each.wishes)


def test_a_demonstration_for_a_field_that_is_missing_is_left_out(demonstrations):
    # The board games have no language.
    assert not any("language" in each.masked for each in demonstrations.all)


def test_requests_of_the_bank_and_those_written_for_the_purpose_are_there(demonstrations):
    words = [each.words for each in demonstrations.all]
    assert "thanks, that was helpful" in words
    assert "everything except " in " ".join(words)
    assert len(words) > 350


def test_demonstrations_speak_of_different_names(demonstrations):
    first = {json.loads(each.plan)["wishes"][0]["value"][0] for each in demonstrations.all if '"kinds"' in each.plan}
    assert len(first) > 4


def test_one_that_speaks_of_a_list_is_shown_only_after_a_list(demonstrations):
    words = "the second one is nice, more like that"
    assert any(each.shown for each in demonstrations.nearest(words, 4))
    assert not any(each.shown for each in demonstrations.nearest(words, 4, listed=False))


def test_no_two_that_are_built_alike_are_shown(demonstrations):
    masked = [each.masked.casefold().strip(" ?!.") for each in demonstrations.nearest("War please", 6)]
    assert len(set(masked)) == 6


def test_their_index_is_kept_in_the_workspace(small_workspace, demonstrations):
    demonstrations.nearest("hello", 1)
    assert [*(small_workspace.path / FOLDER).glob("*/chroma.sqlite3")]


def test_a_motive_is_demonstrated_where_the_catalogue_has_some(occasions, demonstrations):
    made = Demonstrations(occasions, CatalogueCard.of(occasions.catalogue))
    assert any('"motives"' in each.plan and "with my family" in each.words for each in made.all)
    assert not any('"motives"' in each.plan for each in demonstrations.all)


def test_names_and_numbers_are_masked_before_requests_are_compared(demonstrations):
    assert demonstrations.masked("like Salt Road, at most 90 minutes") == "like board game, at most number minutes" or (
        demonstrations.masked("like Salt Road, at most 90 minutes") == "like item, at most number minutes"
    )


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("hi!", '"talk": "greeting"'),
        ("nothing with War please, and something like Salt Road", "contains_none"),
        ("start again, Family this time", "start_over"),
        ("tell me more about The Glass Orchard", "explain"),
    ],
)
def test_the_demonstrations_nearest_to_a_request_show_what_it_needs(demonstrations, words, key):
    nearest = demonstrations.nearest(words, 4)
    assert len(nearest) == 4
    assert any(key in each.plan for each in nearest)


def test_the_card_tells_fields_values_and_spans(small_workspace):
    card = CatalogueCard.of(small_workspace.catalogue)
    lines = "\n".join(card.lines)
    assert "Strategy" in lines
    assert "year" in lines
    assert "from 19" in lines
    assert len(card.titles) == 6


def test_the_card_stays_within_its_size_for_a_catalogue_of_many_fields(small_workspace):
    card = CatalogueCard.of(small_workspace.catalogue)
    field = card.schema.field("price")
    many = tuple(field.model_copy(update={"name": f"price_{k}", "label": "x" * 500}) for k in range(100))
    wide = replace(card, schema=card.schema.model_copy(update={"fields": (*card.schema.fields, *many)}))
    assert len(wide.lines) <= 30
    assert max(map(len, wide.lines)) <= 400
