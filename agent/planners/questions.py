"""Questions about items: what is asked, of which fields. "Who is in the third?", "is it sad?", "Heat or Ronin?".

Reads the wording with every item's name replaced by one word, so that no title can look like a question. Knows the
schema's words for its fields and no domain; whether the catalogue has an answer is for `explanation`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tastemaker.agent.item_facts import POPULARITY, RATING
from tastemaker.agent.plan import Inquiry
from tastemaker.agent.planners.asked_fields import AskedFields
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.opinions import ItemUnit
from tastemaker.agent.planners.patterns import filled
from tastemaker.tools.catalogue.schema import CatalogueSchema

ITEM = "ITEM"
_ONE = r"(?:ITEM|it|that(?: one)?|this(?: one)?|he|she|the {nouns}|the (?:\S+ ){1,2}?one)"
_SEVERAL = (
    r"(?:these|those|they|them|either|both|any of (?:these|those|them)|(?:these|those|the) (?:{nouns}|ones|two"
    r"|three))"
)
_SUBJECT = rf"(?:{_SEVERAL}|{_ONE})"
_START = (
    r"(?:^|(?<=[.,?:] )|(?<=\band )|(?<=\bbut )|(?<=\bso )|(?<=\bok )|(?<=\bbtw )|(?<=\boh )|(?<=\bhm )|(?<=\bhmm )"
    r"|(?<=\bwait )|(?<=\bwell )|(?<=\bhey )|(?<=\balso )|(?<=\bthough )|(?<=\bplease )|(?<=\bknow )|(?<=\bme )"
    r"|(?<=\bactually )|(?<=\bjust )|(?<=\bbefore that )|(?<=\bquick question ))"
)
_HEAD = (
    r"(?:^|(?<=[.?] )|(?<=\band )|(?<=\bbut )|(?<=\bso )|(?<=\bok )|(?<=\bhm )|(?<=\bknow )|(?<=\bme )"
    r"|(?<=\bfirst , )|(?<=\bok , )|(?<=\bhmm , ))"
)
_YES_NO = (
    rf"{_START}(?:(?:is|are|was|were|isnt|arent|wasnt|werent|does|doesnt|did|didnt|has|hasnt|will|would)"
    r"(?: all| both)? "
    rf"{_SUBJECT}(?!\S)(?! (?:possible|(?:ok|okay|alright|fine) if|have to|need to|matter|me|only ones?|work"
    r"|like to|exist|you (?:have|got)|be possible|a bot|decade|century|year)(?!\S))"
    r"(?<!is that)(?<!is it)(?<!is this)|any(?:one)? of (?:these|those|them)(?!\S)"
    r"|(?:is|was) (?:it|that|this)(?: one)?(?! (?:all|possible|ok if|okay if|fine if|me|a bot|you)(?!\S))(?!\S))"
)
_NO_REQUEST = (
    r"(?! (?:you (?:have|know|got|recommend|suggest|offer|stock|remember|mind|think of|do)|i have|we have|it have to"
    r"|there (?:a|an|any\S*(?! (?:\S+ ){0,3}?(?:in|about|of) )|some|more|other|another)"
    r"|you give|you show|you find)(?!\S))"
)
_ASKING_OF_IT = (
    rf"(?:{_START}(?:is|are|was|were|do|does|did|would|will)|(?:^|(?<=[.?] ))(?:isnt|arent|wasnt|doesnt|didnt))"
    rf"{_NO_REQUEST}"
    rf"(?: (?!like |similar )\S+){{1,8}}? (?:like )?{_SUBJECT}(?= [.,?]|$"
    rf"| (?:too|or|and|please|though|by|ill|die|have|at)(?!\S))"
    rf"|{_START}is there (?:any\S*|a|much|some)(?: \S+){{1,5}}? (?:in|at|during|about) {_SUBJECT}(?!\S)"
    rf"|(?<!\S)(?:in|at the end of) ITEM (?:is|are|does|do|did|was|were)(?!\S)"
)
_STATED = rf"{_START}{_SUBJECT} (?:is|was|are|were|has|have|isnt|s) [^.?]*?\?"
_AUXILIARY = r"(?:is|are|was|were|does|do|did|has|have|had|can|could|s)"
_WHAT = (
    r"(?:what|whats|which|in which|in what|from what)"
    r"(?! (?:about|else|more|other|others|would|should|can|i|is best|ITEM)\b)"
)
_WH = (
    rf"{_START}(?:(?:who|whos|whose|whom)(?! (?:do|would|should|can) (?:you|i|we)\b)(?: \S+){{0,7}}? {_SUBJECT}(?!\S)"
    rf"|(?:(?:when|where|how come) {_AUXILIARY}|whens|wheres)(?: \S+){{0,4}}? {_SUBJECT}(?!\S)"
    rf"|{_WHAT}(?! (?:do|is) (?:you|the best)\b)(?: \S+){{0,5}}? {_SUBJECT}(?!\S)"
    rf"|how (?:\S+ ){{0,3}}?{_AUXILIARY} {_SUBJECT}(?!\S)|how \S+s {_SUBJECT}(?!\S)|hows {_SUBJECT}(?!\S)"
    rf"|how (?:much|many) (?:\S+ ){{1,3}}?(?:is |are )?(?:there )?(?:in|of|does|do) {_SUBJECT}(?!\S))"
    rf"|(?<!\S)(?:what|who|when|where|whats|whos|whens|how \S+)(?: {_AUXILIARY})? ITEM"
    r"(?: about| from| made| set)?(?= [.,?]|$)"
    rf"|(?<!\S)ITEM {_AUXILIARY} how \S+"
)
_NAMED_FIELD = (
    rf"{_HEAD}(?:who|whos|what|whats|which|when)(?: is| was| are| were| does)? (?:the |its )?LABEL(?= [.?]|$| of)"
)
_WHY = (
    rf"{_START}(?:why|how come|what makes|for what reason)(?: (?:did|do|would|are|have) you)?"
    rf"(?: (?:\S+ ){{0,5}}?{_SUBJECT}(?!\S)|(?= [.?]|$)|(?: \S+){{0,4}}? (?:list|recommend\S*|suggest\S*|pick\S*))"
)
_ABOUT = (
    r"(?<!\S)(?:(?:tell|give) (?:me|us) (?:a (?:bit|little) |something |anything )?(?:more )?(?:info |details )?"
    r"(?:about|on|of)|more (?:about|info(?:rmation)?(?: on| about)?|details? (?:on|about|of))|describe|details "
    r"(?:on|about|of)|info(?:rmation)? (?:on|about)|(?:what|anything) do you know about|(?:can you )?explain"
    r"|facts about|what happens in|(?:the )?(?:story|synopsis|premise|summary) (?:of|for|to)|(?:the )?LABEL of) "
    rf"{_SUBJECT}(?!\S)"
)
_WHICH = (
    rf"{_START}which (?:(?:one|ones|{{nouns}})(?!\S)|(?:one |ones |{{nouns}} )?(?:of|from|out of|among) "
    r"(?:these|those|them|the (?:{nouns}|list|lot|two|three|four|five)|your (?:list|picks)))(?!\S)"
    rf"|{_HEAD}(?:in )?which (?:is|are|was|were|has|have|would|should|did|does)(?!\S)"
    rf"|{_START}which (?:is|are) (?:the )?\S+est(?!\S)"
)
_OF_THEM = (
    r"(?<!\S)(?:the )?(?:\S+est|most \S+|least \S+)(?: (?:one|{nouns}))? (?:of|among|out of) (?:these|those|them)"
)
_PAIR = r"(?:ITEM(?: ,)?(?: or| and| to| vs| versus| with)(?: the)? ITEM)"
_COMPARE = (
    r"(?<!\S)(?:compare|comparison|comparing|versus|vs|differences?(?: between)?|(?:how|what)(?: \S+){0,3}? (?:differ"
    rf"|compares?))(?!\S)|{_START}ITEM or ITEM(?= [.?]|$| for | , (?:\S+ , )?which)|{_HEAD}between ITEM and ITEM"
    rf"|(?<!\S)(?:better|worse|\S+er|more \S+)(?: , | : | )?ITEM (?:or|than) ITEM"
    rf"|{_START}(?:is|was|what makes|why is) ITEM (?:\S+ ){{0,4}}?(?:\S+er|more \S+|better|worse)"
    r"(?: \S+){0,4}? than ITEM"
    rf"|(?<!\S)which (?:\S+ ){{0,4}}?{_PAIR}"
)
_RANK = (
    rf"{_START}(?:rank|order|sort|arrange|list) (?:{_SUBJECT}|the list)(?!\S)"
    rf"|(?<!\S)put {_SUBJECT}(?: \S+){{0,6}}? in order|(?<!\S)in order of(?!\S)"
)
_ELLIPSIS = re.compile(
    r"^(?:and |but |so |ok |hm |also )*(?:how \S+|who \S+|what \S+|when|where|why|which(?: \S+){0,8})(?: [.?])*$"
)
_OFFER = re.compile(r"(?<!\S)(?:do|would|can|could) you (?:recommend|suggest|have|know|offer)(?!\S)")
_SHOULD = re.compile(r"(?<!\S)(?:should|would|do|shall|can) (?:i|we|you)(?!\S)")
_RATED = re.compile(
    r"(?<!\S)(?:good|great|best|better|rated|worst|worse|highest|top|liked|reviews?|ratings?|score)(?!\S)"
)
_KNOWN = re.compile(r"(?<!\S)(?:popular|famous|well known|known|watched|most seen)(?!\S)")
_LEAST = re.compile(r"(?<!\S)(?:least|lowest|worst|fewest|smallest)(?!\S)")
_STORY = re.compile(
    r"(?<!\S)(?:about(?= [.?]|$)|plot|story(?:line)?|synopsis|premise|summary|what happens)(?!\S)"
    r"|(?<!\S)(?:what|whats) (?:is |are |was |were |does )?(?:\S+ ){0,4}about(?= [.,?]|$)"
)
_EMPTY_TEXT = (
    "is are was were isnt arent wasnt does doesnt did didnt has hasnt do will would it that this these those they them "
    "he she one ones the a an very really too so any there in of at all both much how what who whos which and or but "
    "ITEM ? . , : please actually like anything bit quite also then ok hm violent? not either"
)
_EMPTY = frozenset(_EMPTY_TEXT.split())
_LONGEST_QUALITY = 60


_SEEKS = re.compile(
    rf"(?<!\S)(?:anything|something|others|stuff|more)(?: \S+){{0,6}}? (?:like|as|to) {ITEM}(?!\S)"
    rf"|(?<!\S)(?:resembles?|(?:same|similar) (?:\S+ ){{1,4}}?as(?: in)?) {ITEM}(?!\S)"
)


_COMPARES = re.compile(
    r"^(?:(?:please|can you|could you|ok|now|and) )*compare (?:the|these|those|them|both"
    r"|all)(?!\S)"
)


@dataclass(frozen=True)
class Asked:
    """A question found in a line."""

    inquiry: Inquiry
    of_list: bool = False
    """Whether it is asked of the last list as a whole, as far as no item is named."""
    yes_no: bool = False
    """Whether it asks if something is so, so that conditions in it are checked and not wished."""


class Questions:
    """Finds questions about items."""

    def __init__(self, schema: CatalogueSchema, nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            schema: whose fields can be asked about.
            nouns: comparison keys of the words for items.
        """
        self._fields = AskedFields(schema)

        def pattern(template: str) -> "re.Pattern[str]":
            return filled(template.replace("LABEL", self._fields.labels), nouns)

        self._yes_no = [pattern(_YES_NO), pattern(_ASKING_OF_IT), pattern(_STATED)]
        self._rank = pattern(_RANK)
        self._wh = [pattern(_WH), pattern(_ABOUT)]
        self._label = pattern(_NAMED_FIELD)
        self._why, self._which, self._compare = pattern(_WHY), pattern(_WHICH), pattern(_COMPARE)
        self._of_them = pattern(_OF_THEM)
        self._several = pattern(rf"(?<!\S){_SEVERAL}(?!\S)")

    def read(self, line: Line, items: Sequence[ItemUnit], *, shown: bool, talking: bool) -> Asked | None:
        """Return what is asked about items; None when nothing is.

        Args:
            line: the utterance.
            items: the items named in it or pointed to.
            shown: whether there is a list that it can be about.
            talking: whether the turn before was about an item.
        """
        text = masked(line, items)
        if not (items or shown) and _COMPARES.match(text):
            return Asked(Inquiry(kind="compare"), of_list=True)
        if not (items or shown) or _SEEKS.search(text):
            return None
        if self._compare.search(text) and (len(items) > 1 or shown):
            fields, quality = self._what(text)
            told = quality if quality in (RATING, POPULARITY) else ""
            return Asked(Inquiry(kind="compare", fields=fields, quality=told), of_list=not items)
        if self._why.search(text):
            return Asked(Inquiry(kind="reason"), of_list=bool(self._several.search(text)))
        found = self._which.search(text) or self._of_them.search(text) or self._rank.search(text)
        if found and (shown or len(items) > 1) and not _OFFER.search(text):
            return self._best(text, items)
        yes_no = any(pattern.search(text) for pattern in self._yes_no)
        asks = yes_no or any(pattern.search(text) for pattern in self._wh)
        asks = asks or bool(self._label.search(text)) or (talking and bool(_ELLIPSIS.match(text)))
        if not asks:
            return None
        fields, quality = self._what(text)
        return Asked(Inquiry(fields=fields, quality=quality), bool(self._several.search(text)) and not items, yes_no)

    def _best(self, text: str, items: Sequence[ItemUnit]) -> Asked:
        """Read "which of these is the shortest?", "which one is a comedy?"."""
        _, quality = self._what(text)
        degree = self._fields.degree(text)
        if degree is not None:
            field, upward = degree
            kind = "most" if upward is not bool(_LEAST.search(text)) else "least"
            inquiry = Inquiry(kind=kind, fields=(field,))
        elif quality in (RATING, POPULARITY) or _SHOULD.search(text):
            kind = "least" if _LEAST.search(text) else "most"
            inquiry = Inquiry(kind=kind, quality=quality if quality == POPULARITY else RATING)
        else:
            inquiry = Inquiry(kind="most", quality=quality)
        return Asked(inquiry, of_list=not items, yes_no=degree is None)

    def _what(self, text: str) -> tuple[tuple[str, ...], str]:
        """Return the fields that a question is about, and the quality that it asks for when it is about none."""
        fields = self._fields.named(text)
        if _STORY.search(text):
            return self._fields.texts, "" if self._fields.texts else "what it is about"
        if fields:
            return fields, ""
        if _KNOWN.search(text):
            return (), POPULARITY
        if _RATED.search(text):
            return (), RATING
        if re.search(r"(?<!\S)(?:tell|describe|details|info|more about|explain|do you know)(?!\S)", text):
            return (), ""
        words = [word for word in _clause(text).split() if word not in _EMPTY]
        return (), " ".join(words)[:_LONGEST_QUALITY].strip()


def masked(line: Line, items: Sequence[ItemUnit]) -> str:
    """Return the line with every item's name replaced by one word."""
    text = line.text
    for unit in sorted(items, key=lambda each: -each.start):
        if text[unit.start : unit.end] and ITEM not in text[unit.start : unit.end]:
            text = f"{text[: unit.start]}{ITEM}{text[unit.end :]}"
    return re.sub(rf"\bthe {ITEM}", ITEM, text)


def _clause(text: str) -> str:
    """Return the sentence that asks: the one with the first question mark, else the first one."""
    parts = re.split(r"(?<=\?)|(?<= \.) ", text)
    return next((part for part in parts if "?" in part), parts[0])
