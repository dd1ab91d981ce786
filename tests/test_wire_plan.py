"""The form in which a model writes a plan."""

import json

import pytest
from llama_cpp.llama_grammar import LlamaGrammar

from tastemaker.agent.grounding import ground
from tastemaker.agent.plan import Act, ToolCall
from tastemaker.agent.planners.wire_plan import WireError, WirePlan, json_object
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role
from tastemaker.tools.registry import TOOLS

SCHEMA = CatalogueSchema(
    noun="dish",
    plural="dishes",
    fields=(
        CatalogueField(name="title", type=FieldType.TEXT, role=Role.TITLE),
        CatalogueField(name="also", type=FieldType.CATEGORIES, role=Role.ALIAS),
        CatalogueField(name="course", type=FieldType.CATEGORY),
        CatalogueField(name="minutes", type=FieldType.NUMBER),
    ),
)


@pytest.fixture
def wire():
    return WirePlan(SCHEMA, TOOLS)


def objects(schema):
    """Yield every object schema inside a schema."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for each in schema.values():
            yield from objects(each)


def test_the_choices_are_the_catalogues_fields_and_the_retrievers(wire):
    properties = wire.loose_schema["properties"]
    wish = properties["wishes"]["items"]["properties"]
    assert wish["field"]["enum"] == ["title", "course", "minutes"]
    tools = properties["calls"]["items"]["properties"]["tool"]["enum"]
    assert "search_meaning" in tools
    assert not {"filter_items", "describe_items"} & set(tools)


def test_the_strict_schema_asks_for_every_key_and_has_no_references_defaults_or_limits(wire):
    for each in objects(wire.strict_schema):
        assert each["required"] == list(each["properties"])
        assert each["additionalProperties"] is False
    text = json.dumps(wire.strict_schema)
    assert not any(key in text for key in ("$ref", "$defs", '"default"', "maxLength", "maxItems"))


def test_the_loose_schema_becomes_a_grammar_of_llama_cpp(wire):
    assert LlamaGrammar.from_json_schema(json.dumps(wire.loose_schema), verbose=False) is not None


def test_values_that_stand_alone_numbers_and_nothing_at_all_are_read(wire):
    draft = wire.read(
        {
            "act": "recommend",
            "wishes": [
                {"field": "minutes", "op": "<=", "value": 30},
                {"field": "course", "op": "contains_any", "value": "soup"},
            ],
            "count": 0,
            "query": None,
            "forget": None,
            "unheard_of": 1,
        }
    )
    assert [wish.value for wish in draft.wishes] == [(30,), ("soup",)]
    assert (draft.count, draft.query, draft.forget) == (None, "", ())


def test_too_long_and_too_many_are_cut_and_not_refused(wire):
    draft = wire.read({"act": "recommend", "query": "x" * 9999, "forget": ["y"] * 99, "count": 5000})
    assert len(draft.query) == 300
    assert len(draft.forget) == 8
    assert draft.count == 50


def test_a_call_keeps_the_arguments_that_its_tool_has(wire):
    call = {"tool": "search_text", "query": "soup", "items": ["Borscht"], "liked": []}
    assert wire.read({"act": "recommend", "calls": [call]}).calls == (
        ToolCall(tool="search_text", arguments={"query": "soup"}),
    )


def test_the_first_whole_object_is_read_whatever_stands_around_it():
    assert json_object('<think>{"no": 1}</think> Here: {"act": "chat"} {"act": "undo"}') == {"act": "chat"}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"act": ', "null", "{" * 100_000])
def test_what_is_no_object_is_told(text):
    with pytest.raises(WireError, match="JSON object"):
        json_object(text)


def test_keeping_to_the_form_is_not_the_same_as_making_sense(wire):
    written = {"act": "recommend", "wishes": [{"field": "minutes", "op": "between", "value": ["1"]}]}
    assert wire.fits(written)
    with pytest.raises(WireError, match="between needs two values"):
        wire.read(written)


def test_the_shape_in_the_prompt_has_the_keys_of_the_form(wire):
    assert list(json.loads(wire.shape)) == list(wire.loose_schema["properties"])
    assert Act.RECOMMEND in json.loads(wire.shape)["act"]


def test_a_plan_names_motives_of_the_catalogue_and_no_others(occasions):
    wire = WirePlan(occasions.schema, TOOLS)
    name = wire.loose_schema["properties"]["motives"]["items"]["properties"]["name"]
    assert name["enum"] == ["a night with the family", "a quick round"]
    assert "motives" in json.loads(wire.shape)
    said = {"name": "a quick round", "said": "before dinner"}
    draft = wire.read({"act": "recommend", "motives": [said, "a night with the family"]})
    assert [(each.name, each.said) for each in draft.motives] == [
        ("a quick round", "before dinner"),
        ("a night with the family", ""),
    ]
    assert json.loads(wire.written(ground(draft, State(), occasions)))["motives"][0] == said
    with pytest.raises(WireError, match="motives"):
        wire.read({"act": "recommend", "motives": ["revenge"]})


def test_a_catalogue_without_motives_has_none_in_the_form(wire):
    assert "motives" not in wire.loose_schema["properties"]
    assert "motives" not in json.loads(wire.shape)
    assert not wire.read({"act": "recommend", "motives": ["a quick round"]}).motives
