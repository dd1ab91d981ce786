"""The sentences about one list: which item each is about, whether it holds, and what stands in for it.

Knows nothing of where the sentences come from.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tastemaker.agent.ordinary_words import is_function_word
from tastemaker.agent.reply import Recommendation
from tastemaker.agent.sentences import split_sentences
from tastemaker.agent.support import Support
from tastemaker.agent.verifier import Verifier
from tastemaker.tools.catalogue.normalise import normalise

_PLACE = re.compile(r"\[\s*(\d{1,3})\s*\]")
_LIST_MARK = re.compile(r"^\s*(?:[-*•–]\s+|\d{1,2}[.)]\s+(?=\W*\[)|#+\s+)")
_STAND_IN = "¤"
_FRAMING = re.compile(r"\byou(?:r|rs|['’][a-z]+)?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Replaced:
    """A sentence that was not let through."""

    sentence: str
    """As it was written."""
    unsupported: tuple[str, ...]
    """What in it nothing supports; never empty."""


class Prose:
    """Checks the sentences about one list, in order, and keeps count of which items they name."""

    def __init__(
        self,
        verifier: Verifier,
        words: str,
        recommendations: Sequence[Recommendation],
        already_said: Sequence[str] = (),
    ) -> None:
        """Prepare.

        Args:
            verifier: who checks.
            words: what the person said.
            recommendations: the list, at least one.
            already_said: texts whose sentences are left out when they come again.
        """
        self._verifier = verifier
        self._recommendations = recommendations
        self._supports = [Support.of_recommendation(each, verifier.schema) for each in recommendations]
        self._person = verifier.said_by_person(words, len(recommendations))
        self._nobody = verifier.said_by_person("", len(recommendations))
        self._already_said = {normalise(each) for text in already_said for each in split_sentences(text)}
        self._focus: tuple[int, ...] = ()
        self._named: set[int] = set()
        self._plain: set[int] = set()
        self._begun = False

    def checked(self, raw: str) -> Iterator[str | Replaced]:
        """Yield a sentence with its titles filled in, or a `Replaced` and the plain wording of its items.

        Numbers in square brackets stand for the items of the list. A sentence without one is about the item of the
        sentence before it.
        """
        sentence = self._with_places(_LIST_MARK.sub("", raw).replace("**", "").strip())
        if not any(letter.isalnum() for letter in sentence) or normalise(sentence) in self._already_said:
            return
        places = list(dict.fromkeys(int(found) - 1 for found in _PLACE.findall(sentence)))
        known = [place for place in places if 0 <= place < len(self._recommendations)]
        self._focus = tuple(known) or self._focus
        wrong = [f"[{place + 1}]" for place in places if place not in known]
        unsupported = wrong or self._unsupported(_PLACE.sub(_STAND_IN, sentence))
        if unsupported:
            yield Replaced(sentence, tuple(unsupported))
            for place in self._focus:
                yield from self._in_plain_words(place)
            return
        new = not self._named >= set(known)
        self._named.update(known)
        titled = _PLACE.sub(lambda found: f"**{self._recommendations[int(found[1]) - 1].item.title}**", sentence)
        yield self._joined(titled, new=new)

    def rest(self) -> Iterator[str]:
        """Yield the plain wording of every item that no sentence has named."""
        for place in range(len(self._recommendations)):
            if place not in self._named:
                yield from self._in_plain_words(place)

    def _unsupported(self, sentence: str) -> list[str]:
        """Check against every item that the sentence is about, so that no fact goes over to another item."""
        if self._focus:
            checks = [self._verifier.unsupported(sentence, self._supports[place]) for place in self._focus]
            return list(dict.fromkeys(each for check in checks for each in check))
        # What the person named may be said back to them, and of nothing else.
        support = self._person if _FRAMING.search(sentence) else self._nobody
        return self._verifier.unsupported(sentence, support)

    def _in_plain_words(self, place: int) -> Iterator[str]:
        if place not in self._plain:
            self._plain.add(place)
            self._named.add(place)
            each = self._recommendations[place]
            yield self._joined(f"**{each.item.title}**: {each.explanation}", new=True)

    def _joined(self, text: str, *, new: bool) -> str:
        """Return a text with the blank that parts it from what came before; a new item begins a paragraph."""
        gap = ("\n\n" if new else " ") if self._begun else ""
        self._begun = True
        return gap + text

    def _with_places(self, sentence: str) -> str:
        """Return a sentence with recommended titles that were written out replaced by their numbers."""
        titles = sorted(enumerate(self._recommendations, 1), key=lambda each: -len(each[1].item.title))
        for number, each in titles:
            title = each.item.title
            if not all(is_function_word(word) for word in title.split()):
                sentence = re.sub(rf"(?<!\w){re.escape(title)}(?!\w)", f"[{number}]", sentence)
        return sentence
