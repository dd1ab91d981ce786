"""Telling: whether what a line names is asked for, liked in general, or only spoken of.

"It stars Jane Doe", "very funny", "I have seen a lot of horror" and "do you like westerns?" ask for nothing; "I love
Jane Doe" is a taste. Reads subjects, tenses and words of asking around a name, clause by clause, with names and titles
replaced by what they are; knows no catalogue. What shows no sign of either is asked for.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.patterns import filled


class Said(Enum):
    """How a name is said."""

    ASKED = auto()
    """As a wish, or without a sign of anything else."""
    LIKED = auto()
    """As something that the person likes in general: "I love westerns"."""
    TOLD = auto()
    """Of an item, of the past, of the person or of somebody else: no wish."""


_ASKING = (
    r"(?<!\S)(?:looking|searching|hunting|seeking|hoping|hope|want|wants|wanted|wanna|need|needs|recommend\S*"
    r"|suggest\S*"
    r"|find|something|someone|anything|any|another(?! (?:\S+ ){1,3}(?:is|was) )|mood|prefer|give(?= (?:me|us))|gimme"
    r"|show(?= (?:me|us))"
    r"|please|pls|fancy|(?:id|would|wed|ll|could) (?:\S+ )?(?:like|love|enjoy|go for|do with|watch|see|try|use|rather"
    r"|prefer)|(?:can|could|should|might|would|shall) (?:you|i|we)|(?:would|could|might) (?:\S+ )?be|(?:how"
    r"|what) about"
    r"|what are|know(?= (?:of|any|some|a|other))|(?:do|have) you (?:have|got|know)|are there|is there|feel like|up for"
    r"|down for|interested in|lets|let me|more(?! (?:of a|than|like a))|else|other|others|instead|tonight|ideas|maybe"
    r"|perhaps|similar|along the lines of|must|should|(?:has|have|needs?|ought) to be|ideally"
    r"|to (?:watch|see|play|read|hear|listen)|i mean|meant|as long as)(?!\S)"
)
"""Words of asking, anywhere in a clause."""
_OPENER = (
    r"(?:(?:yes|yeah|yep|yup|no|nope|nah|oh|ooh|ah|ok|okay|well|wow|haha|lol|hmm|mmm|and|but|so|also|because"
    r"|right|sure"
    r"|true|agreed|great|cool|nice|good|perfect|awesome|actually|i (?:think|guess|believe|heard|know|feel|agree)"
    r"|(?:nice|good|great) (?:one|choice|suggestion|pick)|thanks|thank you|,|though|honestly|definitely"
    r"|absolutely)(?: |$))*"
)
"""Words before the subject of a clause."""
_IT = (
    r"(?:(?:it|this|that|those|these|they|he|she|which|who|that one|this one|those ones|both|both of (?:them|those)"
    r"|all of (?:them|those)|(?:the|that|this|those|these) (?:\S+ )?(?:{nouns}|ones?)"
    r"|the (?:\S+ ){0,2}(?:scenes?|story"
    r"|plot|acting|ending|cast|soundtrack|music|part|maker|actor|actress|star|lead)|ITEM(?:(?: ,| and"
    r"| or)* ITEM)*)(?: ,)?(?: (?:really|certainly"
    r"|definitely|also|just|all|always|totally|actually|kind of|even|still|so|too))*)"
)
"""Subjects that stand for items and people spoken of."""
_IS = (
    r"(?:is|are|was|were|s|isnt|wasnt|arent|has|had|have|got|gets|does|did|stars|starred|stared|starr?e[ds]"
    r"|starring|features"
    r"|featured|plays|played|looks?|looked|sounds?|sounded|seems?|seemed|feels?|felt|made|makes|made by|directed|wrote"
    r"|reminds|reminded|came|comes|goes|went|won|scared|loved|liked|gave|gives|kept|took|got|turned|being|involves?"
    r"|tells|told|mix(?:es|ed)|follows)"
)
_CONTRACTED = r"(?:its|thats|hes|shes|theyre|theres|those are|these are|thatll|whats)"
_MODAL = r"(?:must|should|has to|have to|needs? to|ought to|can|could|would|will|may|might|for|if|unless)"
_PAST = (
    r"(?:i|we|ive|weve|my \S+|he|she|they|who)(?: (?:have|had|did|just|also|already|really|recently|only|always|never"
    r"|actually|absolutely|both|all|totally|do|once|first|even|saw and|truly|so))* (?:saw|seen|watched|rewatched|liked"
    r"|loved|enjoyed|hated|disliked|thought|remember|remembered|laughed|cried|found|played|read|heard|met"
    r"|(?:was|were)(?! (?:born|thinking|hoping|looking|wondering|after|about to))|missed"
    r"|finished|had|forgot|caught|used to)(?!\S)"
)
_TASTE = (
    r"(?:(?<!\S)(?:i|we|ive|he|she|they|my \S+|our \S+|people|everyone|always)(?: (?:do|also|really|just|too"
    r"|both|all|always"
    r"|absolutely|actually|totally|truly|definitely|usually|mostly|generally|mainly|still|kinda|quite|very much|much"
    r"|personally|have always|always have|honestly|especially|sometimes|too|am|are))* (?:like|likes|love|loves"
    r"|luv|enjoy"
    r"|enjoys|adore|adores|dig|digs|into|liked|loved|enjoyed|adored)(?!\S)"
    r"|(?<!\S)(?:fans?|lovers?) of(?!\S)|(?<!\S)(?:im|am|we are|were) (?:really |very |so |more |big "
    r"|also )*into(?!\S)"
    r"|(?<!\S)favou?rites?(?!\S)|^ *(?:also |yes |just |really |,)*(?:love|loves|like|enjoy|adore)(?!\S)"
    r"|(?<!\S)(?:interested in|fond of|partial to|obsessed with|crazy about|sucker for)(?!\S))"
)
_TASTE_BEHIND = (
    r"^(?: (?:{nouns}|ones|stuff))*(?: (?:is|are|s|was))?(?: (?:probably|definitely|always|also|easily|really"
    r"|too|both|all"
    r"|just|so|such|one of|some of|my|our|his|her|their|a|an|the))* (?:favou?rites?|fans?|fanatics?|lovers?"
    r"|buffs?|nuts?"
    r"|junkies?|person|great|good|amazing|awesome|hilarious|funny|talented|brilliant|fantastic|fun|the best|cool|hot"
    r"|wonderful|excellent|legends?|genius|boss|man|king|queen)(?!\S)"
)
_IN_IT = (
    r"^(?: (?!in )\S+){0,6}? in (?:that|this|those|these|both|that one|(?:the )?ITEM)(?: (?:\S+ )?(?:{nouns}"
    r"|one|ones))?"
    r"(?= [.,?]| (?:too|also|and|but|as well|though)| *$)"
)
_OF_ITEM = (
    r"(?:ITEM(?: (?:,|and|or|the|one|{nouns}))*|(?<!\S)(?:the|that|this) (?:\S+ ){0,2}(?:scenes?|part"
    r"|{noun})) (?:with|by|starring|stars|featuring|from|has|had|is|was|directed by"
    r"|written by|where)(?: (?:the|a|an|great|young|,|both|NAME|and|KIND))*$"
)
_DID = re.compile(
    r"^(?: (?:NAME|KIND|,|and|or|both|really|always|just|also|did|even))*"
    r" (?:was|were|scared|did|killed it|nailed|stole|carried)(?!\S)"
)
_LESS = re.compile(r"(?<!\S)(?:more|better|rather) than$")
_IS_KIND = re.compile(r"^ (?:is|are|was)(?: (?:so|very|really|always|pretty|just|a|an))* KIND(?!\S)")
_BECAUSE_OF = re.compile(r"(?<!\S)because of$")
_FAN = re.compile(r"^(?: \S+)? (?:fans?|fanatic|lovers?|buff|nut|junkie)(?!\S)")
_CONTINUED = re.compile(r"^" + _OPENER + r"(?:with|by|starring|from)(?: (?:and|,|NAME|KIND))*$")
_NAMES_ONLY = re.compile(r"^(?: ?(?:and|,|NAME|KIND|too|in it))*$")
_EVERY = re.compile(r"(?<!\S)(?:every|all|most of) ")
_CORRECTING = re.compile(r"(?<!\S)(?:sorry|my bad|oops|(?<!go )wrong|i meant)(?!\S)")
_POINTING = re.compile(r"(?<!\S)(?:it|that|this|those|these|them|ITEM|its|thats|seen|he|she|hes|shes)(?!\S)")
_PEER = (
    r"^" + _OPENER + r"(?:(?:do|did|dont|didnt|would|wouldnt) you (?:also |really |usually |ever "
    r"|guys )*(?:like|love|enjoy"
    r"|prefer|watch|hate|mean|think|remember)|are you|were you|you (?:like|love|enjoy|prefer|into)|(?:is|was"
    r"|isnt|wasnt"
    r"|are|were|arent|does|did|doesnt|didnt|has|wasnt) (?:that|it|this|he|she|they|those|these|that one|the one"
    r"|ITEM|NAME)"
    r"|have you (?:ever |already )?(?:seen|watched|heard of|read|played) (?:the|that|it|this|ITEM))(?!\S)"
)
_OF_PERSON = (
    r"(?<!\S)(?:being|(?:i|we|my \S+|he|she|they)(?: (?:am|are|is|was|were|come|comes|came|live|lives|lived"
    r"|grew up|work"
    r"|study|studied|moved|born|travel\S*|visiting))+|(?:im|hes|shes)(?: (?:visiting|living))?|born|raised)"
    r" (?:from|in|to)(?: the)?$"
)
_WHOSE = r"(?<!\S)(?:my|our|his|her|their|your)(?: \S+)?$"
_VERBLIKE = (
    r"^(?: (?:and i|and my \S+|all|both|really|also|just|usually|always|would|will|dont|do|doesnt|never|even"
    r"|absolutely))*"
    r" (?:is|are|was|were|like|likes|love|loves|loved|liked|enjoy|enjoys|enjoyed|hate|hates|watch|watches"
    r"|watched|think"
    r"|thinks|has|have|had|got|saw|seen|want|wants|went|made|does|did)(?!\S)"
)
_DEGREE = (
    r"^" + _OPENER + r"(?:very|so|really|pretty|quite|super|extremely|incredibly|absolutely|hilariously|truly"
    r"|such an?)(?: (?:very|so|and|,|KIND))*$"
)
_SOUNDS = (
    r"^" + _OPENER + r"(?:(?:it|that|this|they|those|both|that one|ITEM|he|she) )?(?:does |all "
    r"|both )?(?:sounds?|looks?|seems?|looked|sounded)(?: (?:like|a|an|very|so|really|pretty|kinda|kind of|and"
    r"|,|KIND))*$|^" + _OPENER + r"such an?(?: KIND)*$"
)
_CLAUSE = re.compile(
    r"(?<!\S)(?:[.?]|but|because(?! of)|though|although|so(?= (?:any|what|can|could|do|i|maybe|give|show))"
    r"|, (?=(?:any|what|which|can|could|do|have|show|give|recommend|suggest|find|maybe|or|how|something|looking"
    r"|i|im|ill|id"
    r"|its|thats|it|that|we|my|they|he|she|lets|please|preferably|ideally|so|and (?:i|it|we|he|she|they))(?!\S))"
    r"|and(?= (?:i|im|we|it|its|that|thats|he|she|they|my|want|looking|show|give|now|recommend|suggest|find|any"
    r"|something)(?!\S)))"
    r"(?!\S)"
)
_START_OF_MESSAGE = re.compile(
    r"(?<= )(?=(?:i|im|ive|we|my) (?:\S+ ){0,2}(?:like|love|enjoy|want|need|am|prefer|saw|loved|liked|enjoyed"
    r"|watched|seen"
    r"|looking|have|would|could|think|thought|was)(?!\S)|im (?:an?|looking)(?!\S)|(?:any|can you|could you"
    r"|do you|have you|what about|how about"
    r"|what (?:about|else|are|other|should|can|do)|its)(?!\S))"
)
_SENTENCE = re.compile(r"(?<!\S)[.?](?!\S)")
_ANY = re.compile(r"(?<!\S)(?:any|some)(?!\S)")


class Telling:
    """Tells wishes from tastes and talk in lines about items."""

    def __init__(self, nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            nouns: comparison keys of the words for items.
        """
        begin = "^" + _OPENER
        one = "|".join(each for each in nouns if not each.endswith("s"))
        self._asking = re.compile(_ASKING)
        self._spoken_of = filled(
            rf"{begin}(?:{_IT}(?: (?:\S+))? {_IS}|{_CONTRACTED})(?!\S)(?!(?: \S+)? {_MODAL}(?!\S))", nouns
        )
        self._past = re.compile(rf"(?<!\S){_PAST}|(?<!\S)(?:i|we|ive) (?:have|did)(?= with)")
        self._taste, self._taste_behind = re.compile(_TASTE), filled(_TASTE_BEHIND, nouns)
        self._in_it, self._of_item = filled(_IN_IT, nouns), filled(_OF_ITEM.replace("{noun}", f"(?:{one})"), nouns)
        self._peer, self._of_person = re.compile(_PEER), re.compile(_OF_PERSON)
        self._whose, self._verblike = re.compile(_WHOSE), re.compile(_VERBLIKE)
        self._degree, self._sounds = re.compile(_DEGREE), re.compile(_SOUNDS)
        self._of_name = re.compile(
            rf"{begin}NAME (?:is|was|are|were)(?: (?:a|an|so|very|really|always|pretty"
            rf"|just))*$"
        )
        self._subject = filled(rf"{begin}(?:(?:the|a|an|all|both|NAME|KIND|,|and|or|young|old) )*$", nouns)

    def read(
        self, line: Line, names: Iterable[tuple[int, int, bool]], items: Iterable[tuple[int, int]], *, spoken_of: bool
    ) -> "Told":
        """Return how the names of a line are said.

        Args:
            line: the utterance.
            names: stretches of the names of facets, each with whether it is a person.
            items: stretches of the titles of items.
            spoken_of: whether items were spoken of just before.
        """
        return Told(self, line, names, items, spoken_of=spoken_of)

    def judge(self, clause: "Clause", *, person: bool) -> Said:
        """Return how a name is said.

        Args:
            clause: where it stands.
            person: whether it names a person.
        """
        before, after = clause.before, clause.after
        if clause.corrects:
            return Said.ASKED
        if clause.question and self._peer.search(before) and not _ANY.search(before):
            return Said.TOLD
        if self._sounds.search(before):
            return Said.TOLD
        if clause.referent and self._degree.search(before) and not after.strip(" ,"):
            return Said.TOLD
        if self._asking.search(f"{before} {after}"):
            return Said.ASKED
        if not person and self._of_person.search(before):
            return Said.TOLD
        if _BECAUSE_OF.search(before) or (not person and _LESS.search(before)):
            return Said.TOLD
        if not person and self._whose.search(before) and self._verblike.search(after):
            return Said.TOLD
        if self._of_item.search(before) or (person and (clause.bracketed or self._in_it.search(after))):
            return Said.TOLD
        return self._stated(clause, person=person)

    def _stated(self, clause: "Clause", *, person: bool) -> Said:
        """Return how a name is said in a clause that asks for nothing."""
        before, after = clause.before, clause.after
        taste, past = _last(self._taste, before), _last(self._past, before)
        if clause.referent and self._spoken_of.search(before) and (taste is None or "favou" in taste.group()):
            return Said.TOLD
        if past is not None and (taste is None or taste.end() <= past.end()):
            felt: object = past.group().endswith(("liked", "loved", "enjoyed"))
            felt = felt or (past.group().endswith("seen") and _EVERY.search(before[past.end() :]))
            of_one = _POINTING.search(before[past.end() :]) or self._in_it.search(after)
            return Said.LIKED if felt and not of_one else Said.TOLD
        if not person and self._of_name.search(before):
            return Said.TOLD
        if taste is not None or _FAN.search(after):
            return Said.LIKED
        if self._subject.search(before):
            if _DID.search(after):
                return Said.TOLD
            if self._taste_behind.search(after) or _IS_KIND.search(after):
                return Said.LIKED
        if _CONTINUED.search(before) and _NAMES_ONLY.search(after) and self._of_something(clause.earlier):
            return Said.TOLD
        return Said.ASKED

    def _of_something(self, text: str) -> bool:
        """Return whether a clause speaks of an item, and asks for nothing."""
        stated = self._spoken_of.search(text) or (self._taste.search(text) and _POINTING.search(text))
        return bool(stated) and not self._asking.search(text)


@dataclass(frozen=True)
class Clause:
    """Where a name stands, names and titles replaced by what they are."""

    before: str
    """Its clause up to it."""
    after: str
    """Its clause behind it."""
    earlier: str
    """The clause before its own; empty when there is none."""
    question: bool
    """Whether its sentence is a question."""
    referent: bool
    """Whether "it" can be an item: one was spoken of before or is named in the line."""
    bracketed: bool
    """Whether the name stands in brackets."""
    corrects: bool = False
    """Whether its line puts something right that was misunderstood."""


class Told:
    """How the names of one line are said."""

    def __init__(
        self, telling: Telling, line: Line, names: Iterable[tuple[int, int, bool]], items: Iterable[tuple[int, int]], *,
        spoken_of: bool,
    ) -> None:  # fmt: skip
        """Prepare; see `Telling.read`."""
        self._telling, self._line = telling, line
        self.in_talk = spoken_of
        """Whether items were spoken of just before."""
        words = {(start, end): "NAME" if person else "KIND" for start, end, person in names}
        words |= dict.fromkeys(items, "ITEM")
        self._words = sorted((start, end, word) for (start, end), word in words.items())
        self._referent = spoken_of or "ITEM" in words.values()

    def of(self, start: int, end: int, *, person: bool = False) -> Said:
        """Return how the name in a stretch of the line is said.

        Args:
            start: place of its first letter.
            end: place after its last letter.
            person: whether it names a person.
        """
        before, after = self._masked(0, start), self._masked(end, len(self._line.text))
        begins = sorted({0, *(match.end() for match in _CLAUSE.finditer(before)),
                         *(match.start() for match in _START_OF_MESSAGE.finditer(before))})  # fmt: skip
        stops = [match.start() for pattern in (_CLAUSE, _START_OF_MESSAGE) for match in pattern.finditer(after)]
        sentence = _SENTENCE.search(after)
        clause = Clause(
            before=before[begins[-1] :].strip(),
            after=after[: min(stops, default=len(after))].rstrip(),
            earlier=before[begins[-2] : begins[-1]].strip() if len(begins) > 1 else "",
            question=sentence is not None and sentence.group() == "?",
            referent=self._referent,
            bracketed=self._bracketed(start, end),
            corrects=bool(_CORRECTING.search(self._line.text)),
        )
        return self._telling.judge(clause, person=person)

    def _masked(self, start: int, end: int) -> str:
        """Return a stretch of the line with the names and titles in it replaced by what they are."""
        parts, place = [], start
        for first, last, word in self._words:
            if place <= first and last <= end:
                parts += [self._line.text[place:first], word]
                place = last
        return "".join([*parts, self._line.text[place:end]])

    def _bracketed(self, start: int, end: int) -> bool:
        inside = self._line.inside(start, end)
        if not len(inside):
            return False
        first, last = self._line.words[inside[0]], self._line.words[inside[-1]]
        said = self._line.said
        return said[: first.start].rstrip().endswith("(") and said[last.end :].lstrip().startswith(")")


def _last(pattern: "re.Pattern[str]", text: str) -> "re.Match[str] | None":
    return next(reversed(list(pattern.finditer(text))), None)
