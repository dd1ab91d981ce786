"""The filter keeps what the conditions keep, within the pool, and answers nonsense with the cure."""

import numpy as np
import pytest

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.catalogue.constraint import Constraint, Group
from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.filter_items import filter_items
from tastemaker.tools.registry import TOOLS

WAR = Constraint(field="kinds", op="contains_any", value="War")
SHORT = Constraint(field="playing_time", op="<=", value=30)


def values(workspace, found, field):
    return [item.values[field] for item in workspace.catalogue.items(found.ids)]


def test_every_item_left_keeps_all_conditions(small_workspace):
    found = filter_items(small_workspace, [SHORT, Constraint(field="kinds", op="contains_none", value="Card Game")])
    assert len(found) > 3
    assert all(minutes <= 30 for minutes in values(small_workspace, found, "playing_time"))
    assert all("Card Game" not in kinds for kinds in values(small_workspace, found, "kinds"))


def test_items_left_stand_in_the_order_of_their_ids_with_scores_of_nothing(small_workspace):
    found = filter_items(small_workspace, [WAR])
    assert found.ids == sorted(found.ids)
    assert found.scores.tolist() == [0.0] * len(found)
    assert found.source == "filter_items"


def test_no_condition_leaves_everything(small_workspace):
    assert len(filter_items(small_workspace, [])) == 60


def test_only_items_of_the_pool_are_left(small_workspace):
    pool = Candidates("test", np.array([35, 7, 1]), np.zeros(3), small_workspace.catalogue.ids)
    assert filter_items(small_workspace, [WAR], within=pool).ids == ["g02", "g08", "g36"]


def test_conditions_can_be_grouped(small_workspace):
    found = filter_items(small_workspace, [Group(join="any", members=(WAR, SHORT))])
    either = set(filter_items(small_workspace, [WAR]).ids) | set(filter_items(small_workspace, [SHORT]).ids)
    assert set(found.ids) == either


def test_a_missing_value_fails_a_wish_and_passes_an_exclusion(small_workspace):
    assert "g56" not in filter_items(small_workspace, [WAR]).ids
    assert "g56" in filter_items(small_workspace, [Constraint(field="kinds", op="contains_none", value="War")]).ids


def test_a_plan_gives_conditions_as_plain_data(small_workspace):
    arguments = {"conditions": [{"kind": "constraint", "field": "kinds", "op": "contains_any", "value": ["War"]}]}
    validated = TOOLS["filter_items"].validated(arguments)
    assert filter_items(small_workspace, **validated).ids == filter_items(small_workspace, [WAR]).ids


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Constraint(field="colour", op="==", value="red"), "There is no field 'colour'; the fields are title"),
        (Constraint(field="kinds", op=">=", value=3), "needs a number or date"),
        (Constraint(field="year", op=">=", value="soon"), "give a number"),
    ],
)
def test_a_condition_that_cannot_be_asked_names_the_cure(small_workspace, condition, said):
    with pytest.raises(RetryableToolError, match=said):
        filter_items(small_workspace, [condition])
