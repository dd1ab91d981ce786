"""A chat model that answers from a script, for tests and for trying things without a model.

Answers come in order and every request is kept. It is a LangChain chat model like any other: it streams word by word
and gives structured output. Knows nothing of plans or prompts.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.messages.tool import ToolCall, ToolCallChunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import Field, InstanceOf, PrivateAttr

ScriptedReply = str | dict[str, Any] | InstanceOf[AIMessage] | Exception


class ScriptError(LookupError):
    """More was asked than the script has answers for."""


class ScriptedModel(BaseChatModel):
    """Answers what it was told to answer. Safe to share between threads; each answer is given once.

    A text is the answer's content; a dictionary is structured output, or JSON where none was asked for; a message is
    given as it is, with the calls of tools that it holds; an exception is raised, as when an endpoint cannot be
    reached.
    """

    replies: Sequence[ScriptedReply] = Field(default=())
    """Answers in order."""
    endless: bool = False
    """Whether the last answer is given again and again."""
    _asked: list[list[BaseMessage]] = PrivateAttr(default_factory=list)
    _lock: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    @property
    def asked(self) -> list[list[BaseMessage]]:
        """The messages of every request so far, oldest first."""
        return list(self._asked)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Return the model with tools that its scripted dictionaries call."""
        return self.bind(tools=[convert_to_openai_tool(tool) for tool in tools])

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        reply, usage = self._next(messages)
        name = _tool_name(kwargs)
        if isinstance(reply, AIMessage):
            message = reply.model_copy(update={"usage_metadata": usage})
        elif isinstance(reply, dict) and name:
            call = ToolCall(name=name, args=reply, id="scripted", type="tool_call")
            message = AIMessage(content="", tool_calls=[call], usage_metadata=usage)
        else:
            message = AIMessage(content=_text(reply), usage_metadata=usage)
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        reply, usage = self._next(messages)
        name = _tool_name(kwargs)
        if isinstance(reply, AIMessage):
            parts = [
                ToolCallChunk(
                    name=each["name"], args=json.dumps(each["args"]), id=each["id"], index=place, type="tool_call_chunk"
                )
                for place, each in enumerate(reply.tool_calls)
            ]
            chunk = AIMessageChunk(content=reply.content, tool_call_chunks=parts, usage_metadata=usage)
            yield ChatGenerationChunk(message=chunk)
            return
        if isinstance(reply, dict) and name:
            part = ToolCallChunk(name=name, args=json.dumps(reply), id="scripted", index=0, type="tool_call_chunk")
            yield ChatGenerationChunk(message=AIMessageChunk(content="", tool_call_chunks=[part], usage_metadata=usage))
            return
        for piece in re.findall(r"\S+\s*|\s+", _text(reply)):
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
        yield ChatGenerationChunk(message=AIMessageChunk(content="", usage_metadata=usage))

    def _next(self, messages: list[BaseMessage]) -> tuple[str | dict[str, Any] | AIMessage, UsageMetadata]:
        with self._lock:
            number = len(self._asked)
            self._asked.append(list(messages))
        if number >= len(self.replies) and not (self.endless and self.replies):
            raise ScriptError(f"The script has {len(self.replies)} answers, and another was asked for.")
        reply = self.replies[min(number, len(self.replies) - 1)]
        if isinstance(reply, Exception):
            raise reply
        read, written = sum(len(each.text.split()) for each in messages), len(_text(reply).split())
        return reply, UsageMetadata(input_tokens=read, output_tokens=written, total_tokens=read + written)


def _text(reply: str | dict[str, Any] | AIMessage) -> str:
    if isinstance(reply, AIMessage):
        return f"{reply.text} {json.dumps([each['args'] for each in reply.tool_calls])}"
    return reply if isinstance(reply, str) else json.dumps(reply)


def _tool_name(kwargs: dict[str, Any]) -> str:
    tools = kwargs.get("tools") or ()
    return str(tools[0]["function"]["name"]) if tools else ""
