"""Tells the language of a request by its words: the one that knows most of them.

Names and numbers do not count. A language that was not spoken before needs a word that is telling, more than the
articles that titles are full of, so that "la la land" and "Das Boot" tell nothing.
"""

from collections.abc import Iterable, Mapping, Sequence

from tastemaker.agent.languages.lexicon import LANGUAGES, Lexicon, Word, is_han
from tastemaker.tools.resolve.ordinary_words import is_ordinary

ENGLISH = "en"
_CHINESE = "zh"
_MOSTLY = 0.5
_BEFORE_ES = ("s", "x", "z", "ch", "sh", "o", "i")
Spans = Sequence[tuple[int, int]]


def english_only(words: Sequence[Word], lexicons: Iterable[Lexicon]) -> bool:
    """Return whether no word shows another language: the quick look."""
    unknown = {word.key for word in words if not _ordinary(word)}
    return not any(is_han(key) for key in unknown) and all(unknown.isdisjoint(each.telling) for each in lexicons)


def english_or_nothing(words: Sequence[Word]) -> str:
    """Return English when most words are English, else nothing."""
    known = [_ordinary(word) for word in words if not word.number]
    return ENGLISH if len(known) > 1 and sum(known) > _MOSTLY * len(known) else ""


def language_of(text: str, words: Sequence[Word], names: Spans, lexicons: Mapping[str, Lexicon], before: str) -> str:
    """Return the code of the language that most of the words belong to; empty when the words do not tell.

    Args:
        text: the folded request.
        words: its words.
        names: stretches of names, which are of any language.
        lexicons: the languages other than English.
        before: code of the language spoken so far; it wins ties, and English after it.
    """
    free = [word for word in words if not word.number and not _inside(word, names)]
    if not free:
        return before if before != ENGLISH else ""
    ordinary = {word.key for word in free if _ordinary(word)}
    shares = {ENGLISH: (sum(word.key in ordinary for word in free) / len(free), 0.0)}
    for code, lexicon in lexicons.items():
        tells = {word.key for word in free if word.key in lexicon.telling} - ordinary
        if not (tells or code == before or (code == _CHINESE and any(is_han(word.key) for word in free))):
            continue
        found = [(each.start, each.end) for each in lexicon.find(text, words)]
        known = sum(_inside(word, found) for word in free)
        rightly = sum(word.typed in lexicon.spellings for word in free)
        shares[code] = (round(known / len(free), 6), rightly / len(free))
    order = [before, ENGLISH, *LANGUAGES]
    best = max(shares, key=lambda code: (shares[code][0], code == before, shares[code][1], -order.index(code)))
    if best == ENGLISH and shares[best][0] <= _MOSTLY:
        return ""
    if shares[best][0] > 0:
        return best
    return _CHINESE if any(is_han(word.key) for word in free) else ""


def _ordinary(word: Word) -> bool:
    """Return whether a word is an English one; "filmes" is no plural of "film"."""
    key = word.key.rstrip("'")
    if is_han(key) or not is_ordinary(key):
        return False
    stem = key.removesuffix("es")
    return stem == key or stem.endswith(_BEFORE_ES) or is_ordinary(key[:-1]) or not is_ordinary(stem)


def _inside(word: Word, spans: Spans) -> bool:
    return any(start < word.end and word.start < end for start, end in spans)
