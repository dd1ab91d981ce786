"""The registry has every tool, filters first, with a schema that a model can read."""

import json

import pytest

from tastemaker.tools.registry import TOOLS
from tastemaker.tools.tool import ToolKind


def test_the_tools_are_in_the_order_of_a_turn():
    assert list(TOOLS) == [
        "filter_items",
        "search_text",
        "search_meaning",
        "similar_items",
        "score_taste",
        "next_items",
        "walk_graph",
        "complements",
        "steer",
        "suit_motive",
        "suit_mood",
        "popular_items",
        "describe_items",
    ]


def test_a_tool_stands_under_its_own_name():
    assert all(tool.name == name for name, tool in TOOLS.items())


@pytest.mark.parametrize("name", TOOLS)
def test_every_parameter_is_described_to_the_model(name):
    schema = TOOLS[name].json_schema()
    assert schema["description"].endswith(".")
    assert all(each.get("description") for each in schema["properties"].values())
    assert not {"workspace", "within"} & set(schema["properties"])
    assert '"title": "' not in json.dumps(schema)


@pytest.mark.parametrize("name", [name for name, tool in TOOLS.items() if tool.kind is ToolKind.RETRIEVER])
def test_every_retriever_can_be_limited(name):
    assert TOOLS[name].json_schema()["properties"]["limit"]["default"] == 200


def test_the_parts_of_a_condition_are_described_to_the_model():
    parts = TOOLS["filter_items"].json_schema()["$defs"]["Constraint"]["properties"]
    assert all(parts[each].get("description") for each in ("field", "value", "strength"))
