"""Asks a chat model for structured output in whichever way its endpoint understands.

Endpoints that speak OpenAI's protocol differ: some constrain by `json_schema`, some take it and do not constrain,
some only know `json_object`, with or without a schema. They are tried in this order, and what worked is kept. Other
LangChain models bring their own way. Knows nothing of what is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import openai
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.runnables import Runnable
from langchain_openai.chat_models.base import BaseChatOpenAI

from tastemaker.agent.planners.wire_plan import WirePlan
from tastemaker.agent.trace import Tokens


@dataclass(frozen=True)
class Written:
    """What a model wrote."""

    text: str
    """As text."""
    data: Mapping[str, Any] | None
    """As an object, where the model's way of structured output gives one."""
    tokens: Tokens
    """What it cost."""


class StructuredModel:
    """A chat model that is asked for plans. Safe to share between threads."""

    def __init__(self, model: BaseChatModel, wire: WirePlan) -> None:
        self._wire = wire
        self._ways = _ways(model, wire)

    def write(self, messages: Sequence[BaseMessage]) -> Written:
        """Return what the model writes. Errors of the model's client go through.

        A way of asking that the endpoint refuses is not tried again. One that it took without constraining its model
        is put last, so that what is asked next, a repair perhaps, is asked in another way.
        """
        while True:
            way = self._ways[0]
            try:
                written = _written(way.invoke(list(messages)))
            except openai.APIStatusError as error:
                others = tuple(each for each in self._ways if each is not way)
                if not others or not _refuses_the_way(error):
                    raise
                self._ways = others
                continue
            if not self._wire.fits(written.text if written.data is None else written.data):
                self._ways = (*(each for each in self._ways if each is not way), way)
            return written


def _refuses_the_way(error: openai.APIStatusError) -> bool:
    """Return whether an endpoint refuses how it is asked, and not what."""
    if isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError):
        return True
    # llama.cpp's server in Python answers a format that it does not know with an error of its own.
    return isinstance(error, openai.InternalServerError) and "response_format" in str(error)


def _ways(model: BaseChatModel, wire: WirePlan) -> tuple[Runnable[Any, Any], ...]:
    if isinstance(model, BaseChatOpenAI):
        strict = {"name": "plan", "schema": wire.strict_schema, "strict": True}
        return (
            model.bind(response_format={"type": "json_schema", "json_schema": strict}),
            model.bind(response_format={"type": "json_object", "schema": wire.loose_schema}),
            model.bind(response_format={"type": "json_object"}),
            model,
        )
    schema = {"title": "plan", "description": "What the person wants.", **wire.loose_schema}
    try:
        return (model.with_structured_output(schema, include_raw=True),)
    except NotImplementedError:
        return (model,)


def _written(answer: Any) -> Written:
    message = answer["raw"] if isinstance(answer, dict) else answer
    assert isinstance(message, AIMessage)
    usage = message.usage_metadata
    tokens = Tokens(calls=1, input=usage["input_tokens"] if usage else 0, output=usage["output_tokens"] if usage else 0)
    if message.tool_calls:
        data = message.tool_calls[0]["args"]
        return Written(str(data), data, tokens)
    if message.invalid_tool_calls:
        return Written(message.invalid_tool_calls[0]["args"] or "", None, tokens)
    return Written(message.text, None, tokens)
