"""Demonstrations: filled with the catalogue's own values, chosen by how a request is built."""

from dataclasses import replace

import pytest

from tastemaker.agent.grounding import ground
from tastemaker.agent.planners.catalogue_card import CatalogueCard
from tastemaker.agent.planners.demonstrations import Demonstrations
from tastemaker.agent.planners.wire_plan import WirePlan
from tastemaker.agent.state import State
from tastemaker.tools.registry import TOOLS


@pytest.fixture(scope="module")
def demonstrations(small_workspace):
    return Demonstrations(small_workspace, CatalogueCard.of(small_workspace.catalogue))


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
