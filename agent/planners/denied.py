"""Which numbers are refused, and which are only told of.

A negation turns a bound only from close by: "not before 1970", "mustn't go past two hours", "nobody reads anything
younger than 1975". A number in a story is no wish: "in 1988 my husband took me", "the first is three hours". Knows the
wording, not what the numbers are of.
"""

import re
from collections.abc import Sequence

from tastemaker.agent.planners.bounds import lead
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.patterns import filled
from tastemaker.agent.planners.scope import REQUEST, Attitude, Scope
from tastemaker.agent.planners.spans import RangeSpan

_DENIED = (
    r"(?:^| )(?:no|not|nothing|none|never|nor|neither|without|nowt|nobody|no one|avoid|except|exclude|excluding|hate"
    r"|skip|rule out|spare (?:me|us)|cba with|unhappy with|sick of|tired of|steer clear of|(?:wont|dont|do not|cant"
    r"|cannot|couldnt|mustnt|must not|shouldnt|should not|isnt|arent|neednt|wouldnt)(?: (?:want|watch|need|like|stand"
    r"|do|have|take|handle|read|play|listen to))?)"
    r"(?: (?:to|any|anything|something|everything|stuff|things?|ones?|{nouns}|from|the|in|a|of|made|released|set|that"
    r"|too|is|are|be|thats|watch(?:es)?|reads?|plays?|wants?|likes?|go|goes|run|runs|last|lasts|take|takes|sit|still|get|gets"
    r"|much|with|it))*$"
)
_LISTED = r"(?:^| )(?:anything|everything|all|stuff|things?|ones|whatever|{nouns})(?: (?:from|made|thats|that is|of))*$"
_REFUSING = re.compile(
    r"(?:^| )(?:dont ?s|blacklist|no ?gos?|dealbreakers?|deal breakers?|turn ?offs?|rule out|spare (?:me|us)|cba"
    r"|unhappy with|leave out|keep out|hands off|stay away from|no to)\b[^.?]*$"
)
_IF = re.compile(r"(?:^| )if (?:its|it is|it|theyre|they are|that is|thats)(?: (?:goes|runs|lasts|is))?$")
_FINE = re.compile(r"(?:mind|fine|ok|okay|even|prefer|better|great|nice|good|best|only|love it|as|bonus)$")
_PAST = (
    r"(?:was|were|did|had|took|went|saw|used to|married|met|born|grew|died|lost|bought|found|tried|gave|brought|sat"
    r"|came|got|made|wrote|read|heard|left|moved|finished|started|danced|played|walked|worked|lived|asked|visited|wasted|spent"
    r"|remember|could have|would have|ve done|have done)"
)
_OUT = re.compile(
    r"^ (?:is|are|would be|s)(?: (?:just|way|right))? (?:out|too (?:long|much|old|new|many)|a no(?: go)?|no good|off"
    r"|not (?:ok|okay|an option|for (?:me|us)))\b|^ (?:kills|loses|bores) (?:me|us)\b"
)
_SETTING = re.compile(r"(?:^| )(?:set|takes place|taking place|happens|plays)(?: back)?(?: (?:in|during|around|the))*$")
_TELLS_ON = re.compile(rf"^(?: ,)? (?:my|i|we|he|she|they|his|her|our|their)(?: \w+){{0,2}} (?:{_PAST}|\w+ed)\b")
_WELCOME = re.compile(r"^(?: (?:is|are|is also|would be))? (?:fine|ok|okay|alright|no problem)\b")
_CLAUSE = re.compile(r"(?<!\S)(?:[.?,:]|so|but|then)(?!\S)")
_TOLD = re.compile(
    rf"(?:^| )(?:i|we|he|she|they|you|who|ive|weve)(?: (?:just|once|first|last|only|never|always|also))? {_PAST}\b"
    r"|(?:^| )(?:my|his|her|our|their)(?: late| old)?(?: \w+){1,2} (?:\w+ed|is|was|takes|took|turns|lasts|runs|has"
    r"|had)\b"
    rf"|^(?: ?(?:a|an|the))?(?: \w+){{0,3}} (?:could|would) have \w+|(?:^| )back in$|(?:^| )ive done\b"
    r"|(?:^| )(?:tried|wrote|misread|typed)(?: \w+)?$"
)
_STATED = re.compile(
    r"(?:^| )(?P<subject>\w+) (?:is|was|are|were|lasts|lasted|runs|ran)(?: (?:a|an|about|around|only|just|like|over))*$"
)
_BORN = re.compile(r"(?:^| )years? (?:i|we|he|she|they|my \w+) (?:was|were|got) \w+(?: ,)?(?: (?:in|so|that is|i e))*$")
_SUBJECTLESS = frozenset({"it", "that", "which", "what", "this", "ideal", "one", "ideally"})
_REPORTED = re.compile(
    r"(?:^| )(?:he|she|they|who|snob|boyfriend|girlfriend) ?,? (?:says|thinks|claims|reckons|insists)\b"
)
_THE_ONE = r"^ (?:one|ones|version|original|remake|{nouns})\b(?! (?:please|or|and))"
_ASKED = re.compile(r"(?:^| )(?:give|show|find|want|prefer|rather)(?: \w+){0,3}$")
_ONE_FROM = re.compile(r"(?:^| )the (?:one|version|original|remake)(?: (?:from|of|in|made in|that came out in))*$")


class Denied:
    """Tells refused numbers and told ones from wishes."""

    def __init__(self, nouns: Sequence[str], labels: Sequence[str]) -> None:
        """Prepare.

        Args:
            nouns: comparison keys of the words for items.
            labels: comparison keys of what the numbers are called.
        """
        self._denied, self._listed = filled(_DENIED, nouns), filled(_LISTED, nouns)
        self._the_one = filled(_THE_ONE, [noun for noun in nouns if not noun.endswith("s")])
        self._nouns = frozenset(nouns)
        self._labels = frozenset(word for label in labels for word in label.split())

    def refused(self, line: Line, span: RangeSpan, scope: Scope) -> bool:
        """Return whether a number is refused by what stands before it."""
        before = lead(line.text, span.start)
        if self._denied.search(before):
            return True
        if self._listed.search(before) and _OUT.match(line.text[span.end : span.end + 60]):
            return True
        hypothetical = _IF.search(before)
        if hypothetical and span.range.one_sided and not _FINE.search(before[: hypothetical.start()]):
            return True
        if not (span.range.one_sided and self._listed.search(before)):
            return False
        return Attitude.REFUSED in scope.of(span.start, span.end) or bool(_REFUSING.search(before))

    @staticmethod
    def setting(line: Line, span: RangeSpan) -> bool:
        """Return whether a time is when a story happens: no fact of the catalogue, but something to search for."""
        return bool(_SETTING.search(lead(line.text, span.start)))

    def welcome(self, line: Line, span: RangeSpan) -> bool:
        """Return whether a bound is merely allowed: "over two hours is fine"."""
        return span.range.one_sided and bool(_WELCOME.match(line.text[span.end : span.end + 60]))

    def told(self, line: Line, span: RangeSpan, *, item_follows: bool) -> bool:
        """Return whether a number belongs to a story or to an item, and is no wish.

        Args:
            line: the utterance.
            span: the number as understood.
            item_follows: whether an item is named right behind it: "the 1962 Manchurian Candidate".
        """
        before, after = lead(line.text, span.start), line.text[span.end : span.end + 60]
        start = max((match.end() for match in _CLAUSE.finditer(before)), default=0)
        clause = before[start:]
        if _BORN.search(before):
            return False
        if _REPORTED.search(clause):
            return True
        if span.range.one_sided:
            return False
        lone = span.range.low == span.range.high
        text = line.text[span.start : span.end]
        if lone and (item_follows or _in_brackets(line, span)):
            return True
        if _ONE_FROM.search(f"{before} {text.rsplit(' ', 1)[0]}") and not _ASKED.search(before):
            return True
        if (text.startswith("the ") or before.split(" ")[-1:] == ["the"]) and self._the_one.match(after):
            return True
        if REQUEST.search(clause):
            return False
        if not clause and _TELLS_ON.match(after):
            return True
        stated = _STATED.search(clause)
        if stated and stated["subject"] not in (_SUBJECTLESS | self._labels | self._nouns):
            return True
        return bool(_TOLD.search(clause))


def _in_brackets(line: Line, span: RangeSpan) -> bool:
    inside = line.inside(span.start, span.end)
    if len(inside) != 1 or inside[0] == 0:
        return False
    word = line.words[inside[0]]
    return line.said[: word.start].rstrip().endswith("(") and line.said[word.end :].lstrip().startswith(")")
