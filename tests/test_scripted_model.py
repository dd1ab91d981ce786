"""The scripted chat model behaves as LangChain's chat models do."""

import json

import pytest
from langchain_core.messages import HumanMessage

from tastemaker.agent.scripted_model import ScriptedModel, ScriptError

FORM = {
    "title": "answer",
    "description": "An answer.",
    "type": "object",
    "properties": {"word": {"type": "string"}},
}


def test_answers_come_in_order_and_requests_are_kept():
    model = ScriptedModel(replies=["one", "two"])
    assert [model.invoke("first?").text, model.invoke("second?").text] == ["one", "two"]
    assert [asked[-1].text for asked in model.asked] == ["first?", "second?"]


def test_streaming_gives_the_same_text_in_pieces():
    text = "Two words,  and\nmore. "
    pieces = [chunk.text for chunk in ScriptedModel(replies=[text]).stream("?")]
    assert "".join(pieces) == text
    assert len(pieces) > 3


def test_a_dictionary_is_structured_output():
    model = ScriptedModel(replies=[{"word": "yes"}])
    answer = model.with_structured_output(FORM, include_raw=True).invoke("?")
    assert answer["parsed"] == {"word": "yes"}
    assert answer["raw"].tool_calls[0]["args"] == {"word": "yes"}


def test_a_dictionary_is_json_where_no_structure_was_asked_for():
    assert json.loads(ScriptedModel(replies=[{"word": "yes"}]).invoke("?").text) == {"word": "yes"}


def test_an_exception_is_raised_and_the_script_goes_on():
    model = ScriptedModel(replies=[TimeoutError("too slow"), "back"])
    with pytest.raises(TimeoutError, match="too slow"):
        model.invoke("?")
    assert model.invoke("?").text == "back"


def test_tokens_are_counted():
    usage = ScriptedModel(replies=["three words here"]).invoke([HumanMessage("two words")]).usage_metadata
    assert usage == {"input_tokens": 2, "output_tokens": 3, "total_tokens": 5}


def test_a_script_that_is_used_up_says_so():
    model = ScriptedModel(replies=["only"])
    model.invoke("?")
    with pytest.raises(ScriptError, match="has 1 answers"):
        model.invoke("?")


def test_an_endless_script_repeats_its_last_answer():
    model = ScriptedModel(replies=["first", "again"], endless=True)
    assert [model.invoke("?").text for _ in range(3)] == ["first", "again", "again"]
