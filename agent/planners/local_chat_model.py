"""A model in this process as a LangChain chat model, for whoever plans with chat models."""

from typing import Any, Literal

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable

from tastemaker.agent.planners.local_model import Answer, Message


class LocalChatModel(BaseChatModel):
    """A local model as a LangChain chat model."""

    local: Any
    """The `LocalModel`."""
    longest: int = 700
    """Most tokens of an answer."""

    @property
    def _llm_type(self) -> str:
        return "local"

    def with_structured_output(
        self, schema: dict[str, Any] | type, *, include_raw: bool = False, **kwargs: Any
    ) -> Runnable[LanguageModelInput, Any]:
        """Return the model with its answers constrained to a JSON schema; they come as messages of JSON."""
        return self.bind(response_schema=schema)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        roles: dict[str, Literal["system", "user", "assistant"]] = {"system": "system", "ai": "assistant"}
        asked = [Message(roles.get(each.type, "user"), each.text) for each in messages]
        answer: Answer = self.local.ask(asked, longest=self.longest, schema=kwargs.get("response_schema"))
        read, written = answer.tokens.input, answer.tokens.output
        usage = UsageMetadata(input_tokens=read, output_tokens=written, total_tokens=read + written)
        return ChatResult(generations=[ChatGeneration(message=AIMessage(answer.text, usage_metadata=usage))])
