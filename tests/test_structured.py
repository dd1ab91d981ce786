"""Asking for structured output in the way that an endpoint understands."""

import httpx
import openai
import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_openai import ChatOpenAI
from pydantic import PrivateAttr

from tastemaker.agent.planners.structured import StructuredModel
from tastemaker.agent.planners.wire_plan import WirePlan
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role
from tastemaker.tools.registry import TOOLS

WIRE = WirePlan(CatalogueSchema(fields=(CatalogueField(name="title", type=FieldType.TEXT, role=Role.TITLE),)), TOOLS)
GOOD = '{"act": "recommend"}'
ASKED = [HumanMessage("?")]


class Endpoint(ChatOpenAI):
    """Stands in for an endpoint: keeps the formats it was asked for, and answers by a function of the format."""

    _formats: list = PrivateAttr(default_factory=list)
    _answer: object = PrivateAttr()

    def _generate(self, messages, stop=None, run_manager=None, **kwargs):
        asked = kwargs.get("response_format") or {"type": "none"}
        kind = asked["type"] + ("+schema" if "schema" in asked else "")
        self._formats.append(kind)
        answer = self._answer(kind)
        if isinstance(answer, Exception):
            raise answer
        return ChatResult(generations=[ChatGeneration(message=AIMessage(answer))])


def endpoint(answer):
    model = Endpoint(model="m", api_key="k")
    model._answer = answer
    return model


def refusal():
    response = httpx.Response(400, request=httpx.Request("POST", "http://127.0.0.1:9"))
    return openai.BadRequestError("'response_format.type' must be something else", response=response, body=None)


def test_an_endpoint_that_constrains_is_always_asked_by_json_schema():
    model = endpoint(lambda kind: GOOD)
    structured = StructuredModel(model, WIRE)
    assert [structured.write(ASKED).text for _ in range(3)] == [GOOD] * 3
    assert model._formats == ["json_schema"] * 3


def test_an_endpoint_that_takes_a_schema_and_does_not_constrain_is_asked_otherwise_next_time():
    model = endpoint(lambda kind: GOOD if kind == "json_object+schema" else "Hello! I am a model.")
    structured = StructuredModel(model, WIRE)
    assert structured.write(ASKED).text.startswith("Hello")
    assert structured.write(ASKED).text == GOOD
    assert structured.write(ASKED).text == GOOD
    assert model._formats == ["json_schema", "json_object+schema", "json_object+schema"]


def test_a_way_that_the_endpoint_refuses_is_not_tried_again():
    model = endpoint(lambda kind: GOOD if kind == "none" else refusal())
    structured = StructuredModel(model, WIRE)
    assert structured.write(ASKED).text == GOOD
    assert structured.write(ASKED).text == GOOD
    assert model._formats == ["json_schema", "json_object+schema", "json_object", "none", "none"]


def test_a_server_error_about_the_format_is_a_refusal_and_any_other_is_an_error():
    def server_error(told):
        response = httpx.Response(500, request=httpx.Request("POST", "http://127.0.0.1:9"))
        return openai.InternalServerError(told, response=response, body=None)

    model = endpoint(lambda kind: server_error("'response_format': literal_error") if kind == "json_schema" else GOOD)
    assert StructuredModel(model, WIRE).write(ASKED).text == GOOD
    model = endpoint(lambda kind: server_error("out of memory"))
    with pytest.raises(openai.InternalServerError, match="out of memory"):
        StructuredModel(model, WIRE).write(ASKED)
    assert model._formats == ["json_schema"]


def test_an_endpoint_that_refuses_everything_is_an_error():
    model = endpoint(lambda kind: refusal())
    with pytest.raises(openai.BadRequestError):
        StructuredModel(model, WIRE).write(ASKED)
