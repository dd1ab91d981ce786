"""What remains of a request once names and numbers are understood: moods, themes, plots; the search query.

Nothing is added to what was said. Refused words, small talk and chatter about the past stay out.
"""

import re
from collections.abc import Sequence

from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.scope import REQUEST, Attitude, Scope
from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS, is_ordinary

_REQUESTING_TEXT = """
ask asking best browse check choose could decent describe enjoy enjoyable enjoyed entertaining excellent fan fans
fantastic favorite favorites favour favourite favourites feel feeling find fun genre genres give going good great
gimme greatest guess hear heard help hope hoping idea ideas interested interesting interest kind kinds liked list
looking look love loved lovely lots mind mood mostly need needed nice okay option options
particular perfect perhaps pick picks play played please popular prefer preferably preferred random rated read
recommend recommendation recommendations recommended request search searching seen sees select similar show shows
showing sort sound sounds specific starring style styles stuff suggest suggested suggestion suggestions suitable
super sure tell theme themed themes thinking time title titles tonight top type types vibe vibes wanna want wanted
watch watched watching weekend wish wonder wondering works worth evening night day today friends friend directed
written made released actually honestly really definitely totally bit couple few number lot quick new amazing
awesome cool wonderful decade decades era years year minutes hours long length language year saw loves likes hate
hated dislike think thought know known want option ok yes no maybe ideally open wants needs make made different
again same tend usually generally typically normally often mostly fond helpful tomorrow dunno days clue inspiration
bored entertain hit seeing trust monday tuesday wednesday thursday friday saturday sunday agree umm hmm two take
"""
REQUESTING = frozenset(_REQUESTING_TEXT.split())
"""Words of asking, which say nothing of what is asked for."""
_CHATTER = re.compile(
    r"(?<!\S)(?:i|we|you|he|she|it|they|im|ive|weve|youre|its|theyre|thats|id|ill|hes|shes)(?!\S)"
    r"|^(?:(?:yes|yeah|yep|no|nope|oh|ok|okay|lol|haha|wow|sure|well|and|but|so|,|ah|hmm) )*"
    r"(?:that|those|these|this|both|your|my)(?!\S)"
)
_BREAKS_TEXT = (
    "i im id ive ill we you youre can could would please looking want need recommend suggest find show give any thanks"
)
_BREAKS = frozenset(_BREAKS_TEXT.split())
_CLAUSE = re.compile(r"(?<!\S)[.?](?!\S)")


def remainder(line: Line, scope: Scope, silent: Sequence[str]) -> str:
    """Return the search query that the unclaimed words of a line make.

    Args:
        line: the utterance, understood words claimed.
        scope: what is felt of its words.
        silent: comparison keys of words that say nothing here: for items and for fields.
    """
    empty = FUNCTION_WORDS | REQUESTING | frozenset(silent)
    parts: list[str] = []
    for start, end in _clauses(line):
        text = line.text[start:end].strip()
        understood = any(line.claimed[k] for k in line.inside(start, end))
        if _CHATTER.search(text) and not (REQUEST.search(text) or understood):
            continue
        run: list[int] = []
        for k in [*line.inside(start, end), None]:
            if (
                k is not None
                and line.words[k].key not in _BREAKS
                and not line.claimed[k]
                and not scope.markers[k]
                and not _left_out(scope.attitudes[k])
            ):
                run.append(k)
                if not (line.words[k].gap and "," in line.words[k].gap):
                    continue
            parts += _trimmed(line, run, empty)
            run = []
    return " ".join(dict.fromkeys(parts))[:1000].strip()


def requests(line: Line) -> bool:
    """Return whether a line has words of asking."""
    return bool(REQUEST.search(line.text))


def sensible(query: str, vocabulary: frozenset[str]) -> bool:
    """Return whether at least one word of a query is a word.

    Args:
        query: as `remainder` makes it.
        vocabulary: words of the catalogue's names.
    """
    words = query.casefold().replace("-", " ").split()
    return any(is_ordinary(word) or word in vocabulary or _pronounceable(word) for word in words if len(word) > 2)


def _pronounceable(word: str) -> bool:
    if not word.isascii():
        return any(letter.isalpha() for letter in word)
    letters = re.sub(r"[^a-z]", "", word)
    if len(letters) < 4 or len(letters) > 20:
        return False
    vowels = len(re.findall(r"[aeiouy]", letters))
    return 0.25 <= vowels / len(letters) <= 0.7 and not re.search(
        r"[^aeiouy]{5}|(.)\1\1|[qxzjv][bcdfghjkmnpqrstvwxz]", letters
    )


def _clauses(line: Line) -> list[tuple[int, int]]:
    ends = [match.start() for match in _CLAUSE.finditer(line.text)]
    starts = [0, *[end + 1 for end in ends]]
    return list(zip(starts, [*ends, len(line.text)], strict=True))


def _left_out(attitude: Attitude) -> bool:
    return bool(attitude & (Attitude.REFUSED | Attitude.FORGOTTEN | Attitude.ALLOWED))


def _trimmed(line: Line, run: Sequence[int], empty: frozenset[str]) -> list[str]:
    """Return a run of words without the empty ones at its ends, as typed; nothing when all are empty."""
    kept = list(run)
    while kept and line.words[kept[0]].key in empty and line.words[kept[0]].gap != "-":
        kept.pop(0)
    while kept and line.words[kept[-1]].key in empty and not (len(kept) > 1 and line.words[kept[-2]].gap == "-"):
        kept.pop()
    if not kept:
        return []
    stretch = line.said[line.words[kept[0]].start : line.words[kept[-1]].end]
    return [" ".join(stretch.split()).strip(" ,.:;!?\"'()[]")]
