"""Scope: which words are refused, wished softly, taken back or merely allowed.

Reads the wording and where names stand in it, not what the names mean. A refusal reaches over a list ("no horror,
war or musicals") and ends where something new is asked for.
"""

import re
from collections.abc import Sequence
from enum import Flag, auto

from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.patterns import filled


class Attitude(Flag):
    """What is felt of a word."""

    WANTED = 0
    """Nothing special: a wish as it stands."""
    REFUSED = auto()
    SOFT = auto()
    """A preference, not a condition."""
    FORGOTTEN = auto()
    """An earlier wish that is taken back."""
    ALLOWED = auto()
    """Neither wished nor refused."""


_NEGATORS = re.compile(
    r"(?<!\S)(?:no more|no need for|not (?:really |very |particularly )?fond of|not (?:a "
    r"|really (?:a )?)?(?:big |huge |great )?fans? of"
    r"|not (?:really )?(?:in the mood for|into)"
    r"|(?:dont|do not|didnt|did not|doesnt|does not|wouldnt|would not) (?:really |actually |particularly |ever )?"
    r"(?:like|want|enjoy|love|care (?:much )?for|need|have|include|wish|watch|feel like|show(?: me)?|recommend"
    r"|suggest|give(?: me)?)"
    r"|(?:hate|hated|dislike|detest|despise|cant stand|cannot stand|couldnt stand|cant bear|avoid|avoiding|exclude"
    r"|excluding|except(?: for)?|apart from|other than|anything but|everything but|rather than|instead of"
    r"|leave out|minus)"
    r"|(?:sick|tired|bored|fed up) (?:of|with)|enough(?: of)?|without(?: any)?|anything except|never|nothing"
    r"|none of|neither|nor|not|no|isnt|arent"
    r"|aint|shouldnt be|cant be|mustnt be|wont|less|fewer|too (?:much|many))(?!\S)"
)
_NOT_NEGATING = re.compile(
    r"(?<!\S)(?:not (?:only|just|sure|bad|necessarily|too bad|long ago|yet|seen|heard|watched|exactly"
    r"|my (?:first|favou?rite))"
    r"|no (?:matter|idea|ideas|preference|preferences|problem|problems|worries|thanks|thank|rush|hurry|clue|one"
    r"|doubt|wonder|i|its)"
    r"|nothing (?:but|like|else|in particular|special|specific)|never (?:seen|heard|watched|read|played|mind"
    r"|tried|been|saw|got|get)"
    r"|no [.,?]|not [.,?]|no$|never [.,?]|(?:dont|didnt|doesnt) have (?:to|any|a)|enough to|none [.,?]"
    r"|without doubt|do not mind|dont mind)"
)
_SOFT_NEGATOR = re.compile(r"^(?:not|nothing|less|fewer|too|rather|arent|isnt|wont)\b")
_TOO = re.compile(r"^ (?:too|very|so|overly|that|all that|really|super|particularly|especially|as)\b")
_REFUSAL_ENDS = re.compile(
    r"(?<!\S)(?:[.?:]|but|however|though|although|except|instead|just|only|want|show|give|something|anything|looking"
    r"|love|enjoy|prefer|maybe|preferably|ideally|please|under|over|between|around|like|because|since|id|more"
    r"|lots|plenty"
    r"|also|should|must|need|rather|whereas|while|then|when|if|am|was|is|that|which|who|i|we|and (?:a|an|with"
    r"|starring|by|from|in|some|one)"
    r"|or (?:a|an|with|starring|by|from|in|one))(?!\S)"
)
_SOFT_AHEAD = re.compile(
    r"(?<!\S)(?:ideally|preferably|preferrably|maybe|perhaps|possibly|hopefully|(?:i|id|i would|would|we"
    r"|wed) (?:kinda |really )?(?:prefer|rather)"
    r"|preference for|bonus(?: points)?(?: if| for)?|leaning (?:towards?|to)|a (?:bit|little|touch|hint) of"
    r"|nice if|great if|good if"
    r"|love it if|ok if|slightly|if possible)(?!\S)"
)
_SOFT_BEHIND = re.compile(
    r"(?<!\S)(?:if (?:possible|you can|you have|there(?: is|s)? (?:any|one))"
    r"|(?:would|could|might|ll) be (?:nice|great|good|ideal|cool|lovely|perfect|a plus|a bonus|awesome|fun|best"
    r"|better|preferred)"
    r"|is a (?:plus|bonus)|(?:is )?(?:preferred|preferable|optional)|nice to have|but not (?:required|necessary"
    r"|a must|essential))(?!\S)"
)
_FORGET = re.compile(
    r"(?<!\S)(?:forget(?: about| what i said about)?|never ?mind(?: about)?|nevermind(?: about)?|ignore|scrap"
    r"|disregard|cancel"
    r"|take back|doesnt (?:have|need) to be|does not (?:have|need) to be|dont need(?: it)? to be|not necessarily"
    r"|no need for"
    r"|(?:i )?dont care (?:about|for|if its|if it is)|no longer(?: want| need)?|any|take out|drop|remove|lose)(?!\S)"
)
_DROPPING = re.compile(r"^(?:drop|remove|lose|take out|no longer|no need)")
_FORGET_BEHIND = re.compile(
    r"(?<!\S)(?:doesnt matter|does not matter|isnt important|is not important|dont matter|is irrelevant"
    r"|no longer matters?"
    r"|(?:is|are) (?:not|no longer) (?:necessary|needed|required|a must))(?!\S)"
)
_FORGET_ENDS = re.compile(
    r"(?<!\S)(?:[.,?]|but|and (?:show|give|make|find|just|instead)|instead|just|show"
    r"|give)(?!\S)"
)
_ALLOWED_BEHIND = re.compile(
    r"(?<!\S)(?:(?:is|are|would be|s) (?:also |totally |perfectly )?(?:fine|ok|okay|allowed|alright|acceptable"
    r"|all right)"
    r"|(?:is|are) not a problem|works? too)(?!\S)"
)
_ALLOWED_AHEAD = re.compile(
    r"(?<!\S)(?:dont mind|do not mind|wouldnt mind|dont object to|not opposed to|cool with|fine with|ok with"
    r"|not (?:only|just))(?!\S)"
)
_SENTENCE = re.compile(r"(?<!\S)[.?](?!\S)")
_TOLD = re.compile(r"(?<!\S)(?:was|were|saw|seen|watched|thought|had|did)(?!\S)")
REQUEST = re.compile(
    r"(?<!\S)(?:looking|want|wanted|need|recommend|suggest|find|something|anything|any|mood|prefer|give|show"
    r"|like to (?:see|watch|find|read|play|hear)|would like|id like|watch|stuff)(?!\S)"
)
"""Words of asking."""
_PIECE = re.compile(r"(?<!\S)(?:[.,?:;]|but)(?!\S)")
_EMPTY_TEXT = "or and nor any too much many either the a of please thanks neither no not stuff things"
_EMPTY = frozenset(_EMPTY_TEXT.split())
_ANYTHING_WITH = (
    r" (?:anything|something|everything|any|all|stuff|things?|ones?|{nouns})(?: (?:with|by|from|starring"
    r"|in|like|about|that is|thats|else|too))*"
)
_ADJACENT = (
    r"(?:^| )(?:no|not|nothing|none|never|dont want|do not want|without|avoid|except|isnt|exclude|excluding|nor)"
    r"(?: (?:any|anything|something|stuff|ones?|{nouns}|from|the|in|a|of|made|released|set|that"
    r"|is|are|be|thats))*$"
)


class Scope:
    """The attitudes to the words of one line."""

    def __init__(self, line: Line, named: Sequence[bool], nouns: Sequence[str]) -> None:
        """Read the attitudes.

        Args:
            line: the utterance.
            named: which words belong to names.
            nouns: comparison keys of the words for items.
        """
        self._line, self._named = line, named
        self._nouns = frozenset(nouns)
        self._adjacent = filled(_ADJACENT, nouns)
        self._anything_with = filled(_ANYTHING_WITH, nouns)
        self.attitudes = [Attitude.WANTED] * len(line)
        """What is felt of each word."""
        self.markers = [False] * len(line)
        """Which words only say what is felt."""
        self._read_refusals()
        self._read_ahead(_SOFT_AHEAD, Attitude.SOFT, _PIECE)
        self._read_behind(_SOFT_BEHIND, Attitude.SOFT)
        self._read_ahead(_FORGET, Attitude.FORGOTTEN, _FORGET_ENDS)
        self._read_behind(_FORGET_BEHIND, Attitude.FORGOTTEN)
        self._read_ahead(_ALLOWED_AHEAD, Attitude.ALLOWED, _PIECE)
        self._read_behind(_ALLOWED_BEHIND, Attitude.ALLOWED)
        self._read_statements()

    def of(self, start: int, end: int) -> Attitude:
        """Return what is felt of a stretch of the line."""
        inside = self._line.inside(start, end)
        return self.attitudes[inside[0]] if len(inside) else Attitude.WANTED

    def refuses_number(self, start: int) -> bool:
        """Return whether a number that starts here is refused: only a negation right before it reaches it."""
        return bool(self._adjacent.search(self._line.text[:start].rstrip()))

    def _read_refusals(self) -> None:
        text = self._line.text
        excused = [match.span() for match in _NOT_NEGATING.finditer(text)]
        for match in _NEGATORS.finditer(text):
            if any(start <= match.start() < end for start, end in excused):
                continue
            soft = bool(_SOFT_NEGATOR.match(match.group()) and _TOO.match(text[match.end() :]))
            soft = soft or match.group() in ("less", "fewer", "too much", "too many", "rather than")
            end = self._refusal_end(match.end())
            self._mark(match.end(), end, Attitude.REFUSED | (Attitude.SOFT if soft else Attitude.WANTED))
            for k in self._line.inside(match.start(), match.end()):
                self.markers[k] = True

    def _refusal_end(self, start: int) -> int:
        """Return where a refusal that starts here ends, lists included."""
        text = self._line.text
        opening = self._anything_with.match(text, start)
        stop = _REFUSAL_ENDS.search(text, opening.end() if opening else start + 1)
        limit = stop.start() if stop else len(text)
        end = text.find(" ,", start, limit)
        if end < 0:
            return limit
        # The pieces after the comma belong to the list while they are nothing but names.
        pieces, place, joined = 0, end, False
        while 0 <= place < limit:
            following = text.find(" ,", place + 2, limit)
            until = limit if following < 0 else following
            words = self._line.inside(place + 2, until)
            if not len(words) or not all(
                self._named[k] or self._line.words[k].key in (_EMPTY | self._nouns) for k in words
            ):
                break
            if not any(self._named[k] for k in words):
                break
            keys = [self._line.words[k].key for k in words]
            if "please" in keys:
                break
            joined = joined or any(key in ("or", "nor", "and") for key in keys)
            pieces, end, place = pieces + 1, until, following
        if not pieces:
            return text.find(" ,", start, limit)
        first = text.find(" ,", start, limit)
        closed = end == len(text) or text[end : end + 2] in (" .", " ?", " ,") or text[end : end + 4] == " but"
        negator_is_not = text[:start].rstrip().endswith(" not")
        return end if joined or (closed and not negator_is_not) else first

    def _read_ahead(self, pattern: "re.Pattern[str]", attitude: Attitude, ends: "re.Pattern[str]") -> None:
        text = self._line.text
        for match in pattern.finditer(text):
            if attitude is Attitude.FORGOTTEN and match.group() == "any" and not self._any_field(match.end()):
                continue
            stop = ends.search(text, match.end())
            dropping = attitude is Attitude.FORGOTTEN and bool(_DROPPING.match(match.group()))
            limit = stop.start() if stop else len(text)
            if match.group() == "any":
                limit = min(limit, text.find(" ", match.end() + 1) if " " in text[match.end() + 1 :] else len(text))
            self._mark(match.end(), limit, attitude | (Attitude.REFUSED if dropping else Attitude.WANTED))
            for k in self._line.inside(match.start(), match.end()):
                self.markers[k] = True

    def _read_behind(self, pattern: "re.Pattern[str]", attitude: Attitude) -> None:
        text = self._line.text
        for match in pattern.finditer(text):
            breaks = [each.end() for each in _PIECE.finditer(text, 0, match.start())]
            self._mark(breaks[-1] if breaks else 0, match.start(), attitude)
            for k in self._line.inside(match.start(), match.end()):
                self.markers[k] = True

    def _read_statements(self) -> None:
        """Take what is told of the past for a taste, not for a condition: "that was a fine drama with him"."""
        text, start = self._line.text, 0
        for end in [*(match.start() for match in _SENTENCE.finditer(text)), len(text)]:
            if _TOLD.search(text, start, end) and not REQUEST.search(text, start, end):
                self._mark(start, end, Attitude.SOFT)
            start = end

    def _any_field(self, place: int) -> bool:
        """Return whether "any" here takes a field back: `any year is fine`, but not `any film`."""
        inside = self._line.inside(place, len(self._line.text))
        return (
            bool(len(inside))
            and self._line.words[inside[0]].key not in self._nouns
            and (
                inside[0] + 1 == len(self._line)
                or bool(self._line.words[inside[0]].gap)
                or self._line.words[inside[0] + 1].key in ("is", "works", "will", "would", "goes")
            )
        )

    def _mark(self, start: int, end: int, attitude: Attitude) -> None:
        for k in self._line.inside(start, end):
            self.attitudes[k] |= attitude
