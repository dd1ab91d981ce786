"""Lets a chat model phrase a list, sentence by sentence, and lets no sentence out that its evidence does not support.

The model sees numbers instead of titles and the plain wording of each reason instead of the catalogue; titles are
filled in here. A sentence that does not hold is replaced by the plain wording of its item. Knows nothing of how the
list was made.
"""

import logging
from collections.abc import Iterator, Sequence
from time import monotonic

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from tastemaker.agent.chat_model import what_failed
from tastemaker.agent.fencing import fenced
from tastemaker.agent.prose import Prose, Replaced
from tastemaker.agent.reply import Recommendation
from tastemaker.agent.sentences import SentenceSplitter
from tastemaker.agent.trace import Tokens
from tastemaker.agent.verifier import Verifier
from tastemaker.prompts.library import load

_log = logging.getLogger(__name__)
_LETTERS_FOR_ALL = 600
_LETTERS_FOR_ONE = 500


class Writer:
    """Phrases the reply of one turn; make a new one for each."""

    def __init__(self, model: BaseChatModel, verifier: Verifier, *, patience: float = 60.0) -> None:
        """Prepare.

        Args:
            model: chat model that phrases.
            verifier: who checks the sentences.
            patience: seconds after which the rest is said in plain words.
        """
        self._model = model
        self._verifier = verifier
        self._patience = patience
        self.replaced = 0
        """Sentences of the model that were replaced or left out."""
        self.tokens = Tokens()
        """What the model cost."""
        self.prompts: tuple[tuple[str, str], ...] = ()
        """Pairs of prompt id and version."""
        self.warnings: tuple[str, ...] = ()
        """What degraded: the model failed, or sentences were replaced and why."""

    def write(self, words: str, opening: str, recommendations: Sequence[Recommendation], closing: str) -> Iterator[str]:
        """Yield the reply in pieces that only need joining; every piece is verified before it is given out.

        The opening and the closing are said as they are, and every recommended item is named, whatever the model
        does. For an empty list no model is asked.

        Args:
            words: what the person said.
            opening: plain sentences before the list.
            recommendations: the list.
            closing: plain sentences after it.
        """
        gap = ""
        for part in (self._said(opening), self._prose(words, opening, recommendations, closing), self._said(closing)):
            for piece in part:
                yield gap + piece
                gap = ""
            gap = "\n\n" if opening or recommendations else ""

    @staticmethod
    def _said(plain: str) -> Iterator[str]:
        if plain:
            yield plain

    def _prose(
        self, words: str, opening: str, recommendations: Sequence[Recommendation], closing: str
    ) -> Iterator[str]:
        """Yield the verified sentences about the list, and the plain wording of what the model left out."""
        if not recommendations:
            return
        prose = Prose(self._verifier, words, recommendations, already_said=(opening, closing))
        splitter = SentenceSplitter()
        for piece in self._pieces(words, recommendations):
            for sentence in splitter.feed(piece):
                yield from self._told(prose.checked(sentence))
        for sentence in splitter.flush():
            yield from self._told(prose.checked(sentence))
        yield from prose.rest()

    def _told(self, pieces: Iterator[str | Replaced]) -> Iterator[str]:
        for piece in pieces:
            if isinstance(piece, Replaced):
                self.replaced += 1
                what = ", ".join(f"“{each[:60]}”" for each in piece.unsupported[:4])
                self._warn(f"A sentence of the chat model was replaced; not in the evidence: {what}.")
            else:
                yield piece

    def _pieces(self, words: str, recommendations: Sequence[Recommendation]) -> Iterator[str]:
        """Yield what the model streams, until it ends, fails, or says more than there can be to say."""
        schema = self._verifier.schema
        system, request = load("writer-system"), load("writer-request")
        self.prompts = ((system.id, system.version), (request.id, request.version))
        facts = [
            each.explanation.replace(each.item.title, f"[{place}]") for place, each in enumerate(recommendations, 1)
        ]
        messages = [
            SystemMessage(system.render(noun=schema.noun, plural=schema.plural)),
            HumanMessage(request.render(words=fenced(words), facts=facts)),
        ]
        left = _LETTERS_FOR_ALL + _LETTERS_FOR_ONE * len(recommendations)
        until = monotonic() + self._patience
        self.tokens = Tokens(calls=1)
        try:
            for chunk in self._model.stream(messages):
                if usage := chunk.usage_metadata:
                    read, written = usage["input_tokens"], usage["output_tokens"]
                    self.tokens = Tokens(calls=1, input=self.tokens.input + read, output=self.tokens.output + written)
                yield chunk.text[:left]
                left -= len(chunk.text)
                if left <= 0 or monotonic() > until:
                    self._warn("The chat model wrote too much or too slowly; the rest is in plain words.")
                    return
        except Exception as error:  # whatever a model's client raises is told, and the plain wording stands
            _log.warning("the chat model failed to write", exc_info=error)
            self._warn(f"{what_failed(error)} The reply is in plain words.")

    def _warn(self, warning: str) -> None:
        if warning not in self.warnings:
            self.warnings = (*self.warnings, warning)
