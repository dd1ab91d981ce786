"""Cuts streamed text into sentences, each as soon as it is complete.

A wrong cut is worse than none, so what may be an abbreviation or an initial does not end a sentence. Knows nothing of
what the sentences say.
"""

import re

_END = re.compile(r"[.!?…]+[\"'”’)\]*]*(?=\s)|[。！？]+[”’」』]*|\n+")
_INITIALS = re.compile(r"(?:^|[\s(\[.\"“'’\-])[^\W\d_]\.$")
_LIST_NUMBER = re.compile(r"^\s*\d{1,3}\.$")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st jr sr sgt capt lt col gen rev hon pres gov vs etc eg ie cf no vol ch pt ft inc ltd co "  # noqa: SIM905
    "dept est fig approx min hr hrs mt feat prod ed eds dir".split()
)


class SentenceSplitter:
    """Takes pieces of text and gives whole sentences, without the white space around them."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, piece: str) -> list[str]:
        """Return the sentences that this piece completes."""
        self._rest += piece
        return self._cut(last=False)

    def flush(self) -> list[str]:
        """Return what is left when no more text comes."""
        found = self._cut(last=True)
        rest, self._rest = self._rest.strip(), ""
        return [*found, rest] if rest else found

    def _cut(self, *, last: bool) -> list[str]:
        found = []
        start = 0
        for end in _END.finditer(self._rest):
            following = self._rest[end.end() :].lstrip()
            if not following and not last:
                break
            if self._continues(self._rest[start : end.end()], following):
                continue
            if sentence := self._rest[start : end.end()].strip():
                found.append(sentence)
            start = end.end()
        self._rest = self._rest[start:]
        return found

    @staticmethod
    def _continues(sentence: str, following: str) -> bool:
        """Return whether the point at the end of this text does not end the sentence."""
        if not sentence.endswith((".", "…")):
            return False
        if following[:1].islower() or _INITIALS.search(sentence) or _LIST_NUMBER.match(sentence):
            return True
        word = sentence[:-1].split()[-1:] or [""]
        return word[0].strip("(\"“'’*").replace(".", "").casefold() in _ABBREVIATIONS


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a whole text.

    >>> split_sentences("Dr. No is [1]. It stars J.R.R. Smith Jr. and others.")
    ['Dr. No is [1].', 'It stars J.R.R. Smith Jr. and others.']
    """
    splitter = SentenceSplitter()
    return [*splitter.feed(text), *splitter.flush()]
