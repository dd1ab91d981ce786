"""Cues: the words before and after a name that announce it.

Looks at the wording only; which names exist is the matter of `mentions`.
"""

import re
from collections.abc import Sequence
from typing import Literal

from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueSchema, Role
from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS, item_words
from tastemaker.tools.resolve.tokens import Token

Cue = Literal[
    "", "quoted", "year", "called", "like", "opinion", "person", "subject", "capital", "list", "whole", "predicate"
]
"""How a name was announced; empty when it was not."""

_WINDOW = 7
_FILLERS = r"(?: (?:the|that|this|a|an|old|new|original|maybe|say|eg|actually|both|mostly|first|one))?"
_LIKE = re.compile(
    r"(?:^|(?<!\bi)(?<!\byou)(?<!\bwe)(?<!\bthey)(?<!\bwould)(?<!\bid)(?<!\byoud)(?<!\bto)(?<!\bdo)(?<!\breally)"
    r"(?<!\balso)(?<!\bdont)(?<!\bdidnt)(?<!\bdid)(?<!\bfeel)(?<!\bfeels) )like$"
    r"|(?:^| )(?:similar to|such as|along the lines of|(?:in the|same) (?:vein|style|spirit|mood) (?:as|of)"
    r"|reminds me of|reminiscent of|akin to|close to|comparable to|as good as|than|a la|resembling|resembles|alike"
    r"|(?:the )?next|another)$"
)
_CALLED = re.compile(r"(?:^| )(?:called|titled|named|entitled)$")
_OPINION = re.compile(
    r"(?:^| )(?:i|we|you|they|she|he|kids|who|also|really|still|absolutely|just|always|and|but|dont|didnt|not"
    r"|do|did|to|or|daughter|son|wife|husband|mom|dad|girlfriend|boyfriend|friends?)"
    r" (?:like|love|hate|enjoy|adore|dislike|prefer|recommend|know|remember|mean|meant|want|see|watch)$"
    r"|^(?:like|love|hate|enjoy|adore|dislike)$"
    r"|(?:^| )(?:loved|liked|enjoyed|hated|disliked|adored|despised|watched|watching|rewatched|seen|saw|finished|read"
    r"|favou?rites?(?: \w+)?(?: (?:is|are|was|were|would be|has to be))?|(?:fan|fans) of|big on|crazy about"
    r"|obsessed with|tired of|sick of|bored (?:of|with)"
    r"|heard of|thinking of|thinking|into|mention(?:ed)?|not|except|forget|besides"
    r"|no more|about|thoughts on|opinion on|think of|have you got|do you have|do you know|seen it in|i mean|i meant)$"
)
_PAST = re.compile(
    r"(?:^| )(?:loved|liked|enjoyed|hated|disliked|adored|watched|rewatched|seen|saw|finished|heard of"
    r"|favou?rites?(?: \w+)?(?: (?:is|are|was|were))?)(?: (?:the|that))?$"
)
_SUBJECT = re.compile(
    r"(?:^| )(?:who (?:directed|wrote|made|starred in|stars in|is in|was in|acted in|plays in|played in|produced|sang)"
    r"|how (?:long|old|many \w+) (?:is|are|was|has|does)|when (?:was|did|is)|what year (?:was|is|did)"
    r"|(?:what|whats|who|whos)(?: is| are| was)? (?:the )?\w+ of|the \w+ of|what is|whats|what about"
    r"|more about|info on|information (?:on|about)|details (?:on|about)|why|describe|explain|compare)$"
    r"|^(?:is|was)$"
)
_SETTING = re.compile(
    r"(?:^| )(?:(?:set|sets|takes? place|taking place|happens?|happening|plays out|located|trip|train|trains"
    r"|flight|flights"
    r"|bus|holiday|vacation|journey|move|moving|moved|war|life|living|lives|live|born|somewhere|adventures?)"
    r"(?: \w+)? (?:in|to|through|across|around)|the streets of|stories about)(?: the)?$"
)
_OBJECT = frozenset({"her", "him", "us", "them"})
_VERB = re.compile(r"^(?:was|is|made|makes|took|left|got|gave|blew|hit|had|has|really|\w{3,}ed)$")
_AFTER_NAME_TEXT = (
    "and or but with without from in that which who whom because since as though although if when while for so please "
    "except only not than is was are were too also a the of by starring directed"
)
_AFTER_NAME = frozenset(_AFTER_NAME_TEXT.split())
_PREDICATE_TEXT = (
    "is was are were has had made makes left put bored scared moved gave blew lost annoyed let got kept took "
    "slaps rocks "
    "rocked sucks sucked surprised disappointed hooked stayed yes no yay nope nah meh"
)
_PREDICATE = frozenset(_PREDICATE_TEXT.split())
_BEFORE_COMMON_TEXT = "a an some any no more very too so really in from near to at my your his her their our this that"
_BEFORE_COMMON = frozenset(_BEFORE_COMMON_TEXT.split())


class Cues:
    """The cues of one catalogue: general wording and the schema's own cue words."""

    def __init__(self, schema: CatalogueSchema) -> None:
        nouns = item_words(schema.noun, schema.plural)
        self.nouns: frozenset[str] = nouns | {"one", "ones", "stuff"}
        """Words for the items themselves."""
        people = {
            normalise(cue) for field in schema.with_role(Role.PERSON) for cue in (*field.cues, field.spoken, field.name)
        }
        people |= {"with", "by", "starring", "featuring"}
        phrases = "|".join(sorted((re.escape(each) for each in people if each), key=len, reverse=True))
        self._person = re.compile(
            rf"(?:^| )(?:{phrases}|from|fan of|fans of|(?:anything|something|nothing|more) (?:with|by|from))$"
        )
        self.announcing: frozenset[str] = frozenset(
            normalise(cue) for field in schema.with_role(Role.PERSON) for cue in field.cues
        ) - {"with", "by", "from", "of", ""}
        """Cues after which nothing but a person's name can stand."""
        self._nouns_before = re.compile(rf"^(.*?){_FILLERS}(?: (?:{'|'.join(map(re.escape, sorted(self.nouns)))}))?$")

    def before(self, words: Sequence[Token], place: int) -> Cue:
        """Return the cue in the words before a place, the sentence's own."""
        prefix = self.prefix(words, place)
        if not prefix:
            return ""
        stripped = self._nouns_before.match(prefix)
        shorter = stripped.group(1) if stripped else prefix
        for text in dict.fromkeys((prefix, shorter)):
            if _CALLED.search(text):
                return "called"
            if _LIKE.search(text):
                return "like"
            if _SUBJECT.search(text):
                return "subject"
            if _OPINION.search(text):
                return "opinion"
        return ""

    def tells_of_past(self, words: Sequence[Token], place: int) -> bool:
        """Return whether the words before a place tell of an item known already: "I loved", but not "I love"."""
        return bool(_PAST.search(self.prefix(words, place)))

    def tells_of_setting(self, words: Sequence[Token], place: int) -> bool:
        """Return whether a place tells where a story is set, not where an item is from: "set in", "a train to"."""
        return bool(_SETTING.search(self.prefix(words, place)))

    def announces_person(self, words: Sequence[Token], place: int) -> str:
        """Return the words that announce a person before a place; empty when none do."""
        match = self._person.search(self.prefix(words, place))
        return match.group().strip() if match else ""

    @staticmethod
    def prefix(words: Sequence[Token], place: int) -> str:
        """Return the keys of the few words before a place, within its sentence and its commas."""
        keys: list[str] = []
        for word in reversed(words[max(0, place - _WINDOW) : place]):
            if word.ends_clause or ("," in word.gap and keys):
                break
            keys.append(word.key)
        return " ".join(reversed(keys))

    def bounded(self, words: Sequence[Token], end: int) -> bool:
        """Return whether a name may end before this place, so that it is not the start of a longer phrase."""
        if end >= len(words) or words[end - 1].gap:
            return True
        return words[end].key in _AFTER_NAME or words[end].key in self.nouns


def common_before(words: Sequence[Token], place: int) -> bool:
    """Return whether the word before makes the next one look like an ordinary word: `a heat`, `in Chicago`."""
    return place > 0 and not words[place - 1].ends_clause and words[place - 1].key in _BEFORE_COMMON


def states(words: Sequence[Token], start: int, end: int) -> bool:
    """Return whether a name is the subject of its sentence: `Heat was great`."""
    opens = (
        start == 0 or bool(words[start - 1].gap) or words[start - 1].key in ("and", "but", "yes", "yeah", "no", "ok")
    )
    return opens and end < len(words) and not words[end - 1].gap and words[end].key in _PREDICATE


def subject_of_verb(words: Sequence[Token], start: int, end: int) -> bool:
    """Return whether a pronoun stands where only a name can: "Her made me think"."""
    opens = words[start].capital and (start == 0 or words[start - 1].ends_clause)
    lone = opens and end - start == 1 and words[start].key in _OBJECT and end < len(words) and not words[start].gap
    return lone and bool(_VERB.match(words[end].key))


def stands_alone(words: Sequence[Token], start: int, end: int) -> bool:
    """Return whether a name fills all between two punctuation marks or the ends of the text."""
    opens = start == 0 or bool(words[start - 1].gap) or words[start - 1].key in ("and", "or")
    return opens and (end == len(words) or bool(words[end - 1].gap) or words[end].key in ("and", "or", "please"))


def capitals(words: Sequence[Token], start: int, end: int) -> bool:
    """Return whether the words that carry a name are written with capitals, though they need not be."""
    carrying = [word for word in words[start:end] if word.key not in FUNCTION_WORDS] or list(words[start:end])
    if not all(word.capital or word.text[0].isdigit() for word in carrying) or not any(
        word.capital for word in carrying
    ):
        return False
    opens = start == 0 or words[start - 1].ends_clause
    return not opens or sum(word.capital for word in carrying) >= 2
