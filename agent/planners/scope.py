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
    r"|leave out|minus|anyone but|anybody but|everyone but|everybody but|bar|barring|sans|spare (?:me|us)"
    r"|save (?:me|us)(?: from)?|hold the|zero|(?:my |our |the )?donts(?: are| is)?|steer (?:well )?clear of"
    r"|(?:stay|keep)(?: (?:me|us|it))?(?: well| far)? away from|refuse[sd]?(?: to (?:watch|see|hear|read))?"
    r"|skip|ditch"
    r"|allergic to|averse to|(?:can|could) do without|nay|ban|bans|banned|banning|veto(?:es|ed)?|nix|lay off"
    r"|nope to|no to|rul(?:e|ed|ing) out|live without|kick|nobody (?:by the name of|called|named|like)"
    r"|steer away from"
    r"|(?:can|could|will|would) pass on|pass on|keep away|(?:id|i would|wed) (?:sooner"
    r"|rather) (?:[^\s.,?]+ ){1,4}than (?:watch|see|hear|read"
    r"|sit through|play)|(?:no ?s|nos) for (?:today|tonight|now|this)|had (?:my|our) fill (?:of|with)|(?:had"
    r"|have had|ive had) it with|done with|never again|never (?:show"
    r"|give|recommend|suggest)(?: (?:me|us))?|loathed?|loathes|hates"
    r"|dislikes|cut the|easy on the|stop (?:showing|giving|recommending|suggesting|playing)(?: me| us)?"
    r"|not (?:here|hungry|up) for|not (?:interested|keen) (?:in|on)|free of|devoid of|free from|down with"
    r"|(?:cant|cannot|wont|doesnt|dont|didnt|wouldnt) (?:do|touch|come with|stomach|take|face|bear|handle|deal with"
    r"|be doing with|be bothered with|sit through|go for|get on with|listen to|eat|play|read|allow|tolerate|abide"
    r"|stand|contain|involve|feature|star|have))"
    r"|(?:sick|tired|bored|fed up) (?:of|with)|enough(?: of)?|without(?: any)?|anything except|never|nothing"
    r"|none (?:of|that|where|by|with)|nothing (?:by|that)|neither|nor|not|no|isnt|arent"
    r"|aint|shouldnt be|cant be|mustnt be|less|fewer|too (?:much|many))(?!\S)"
)
_NOT_NEGATING = re.compile(
    r"(?<!\S)(?:(?:not (?:only|just|sure|bad|necessarily|too bad|long ago|yet|seen|heard|watched|exactly"
    r"|my (?:first|favou?rite))"
    r"|no (?:matter|idea|ideas|preference|preferences|problem|problems|worries|thanks|thank|rush|hurry|clue|one"
    r"|doubt|wonder|i|its)"
    r"|nothing (?:but|like|else|in particular|special|specific)|never (?:seen|heard|watched|read|played|mind"
    r"|tried|been|saw|got|get)"
    r"|without doubt|do not mind|dont mind|wouldnt say no to|(?:cant|dont|never) (?:get|have) enough(?: of)?"
    r"|(?:dont|didnt|doesnt) have (?:to|any|a)|enough to|nothing (?:against|wrong with)|not (?:against|averse to"
    r"|opposed to)|no (?:problem|objections?|issue)s? (?:with|to)|dont (?:hate|only|just)|bar (?:none|scene|fight)"
    r"|zero to|less than|fewer than|not less than|wont (?:say no|mind))(?!\S)|no [.,?]|not [.,?]|no$|never [.,?]"
    r"|none [.,?])"
)
_REFUSED_BEHIND = re.compile(
    r"(?<!\S)(?:(?:is|are|s|was|were) (?:strictly |completely |totally |absolutely |also |all |just |so )*(?:out"
    r"|off(?: the (?:table|menu)| limits)?|banned|forbidden|verboten|unwelcome|taboo|excluded|no gos?|no nos?"
    r"|not (?:really |quite )?(?:allowed|welcome|wanted|an option|happening|for (?:me|us|him|her|them)|on"
    r"|my (?:thing|cup of tea|cup|bag|jam|style)|our (?:thing|cup of tea))|a (?:hard |big )?(?:no|turn ?off"
    r"|deal ?breaker"
    r"|no go|no no)|the last thing|dead to me|done to death)|isnt (?:for (?:me|us)|my (?:thing|cup|jam)|an option|on"
    r"|allowed|welcome)|arent (?:for (?:me|us)|my (?:thing|cup|jam)|an option|allowed|welcome)"
    r"|(?:leaves?|left) (?:me|us|him|her) cold|puts? (?:me|us|him|her) (?:off|to sleep)|(?:bores?|annoys?|irritates?"
    r"|depresses) (?:me|us|him|her|them)|makes? (?:me|us|him|her) (?:cringe|sick|angry|ill|yawn|queasy)"
    r"|(?:gives?|gave) (?:me|us|him|her) (?:the creeps|nightmares|a headache|headaches|the ick)"
    r"|(?:does|do) nothing for (?:me|us)|doesnt do (?:it|anything) for (?:me|us)|dont do it for (?:me|us)|can (?:stay"
    r"|wait|go|get lost|take a hike)|need not apply|neednt apply|dont count|doesnt count|gets? on (?:my|our) nerves"
    r"|again \? no(?:pe| ta| thanks| thank you)?|(?:absolutely |definitely |really |certainly )?(?:no(?:pe)?"
    r"|nah|out|never|not)(?= [.,?]| *$)|no thanks|no thank you"
    r"|no ta|please no|no way|i cant (?:stand|bear|take)|i (?:hate|loathe|despise|avoid|detest)|i dont (?:like"
    r"|do|want"
    r"|need|enjoy)|i could do without|i can do without|(?:and i )?have nothing in common)(?!\S)"
)
_OPENING = frozenset({"a", "an", "some"})
_PLURAL_TEXT = "are arent were dont do need leave bore annoy put make give can i no out neednt"
_PLURAL = frozenset(_PLURAL_TEXT.split())
_SO_IS = re.compile(r"(?<!\S)(?:so|neither|nor) (?:is|are|does|do)(?!\S)|(?<!\S)same (?:for|with|goes for)(?!\S)")
_REFUSED_BACK = re.compile(
    r"(?<!\S)(?:leave|keep|count|cut|rule) (?:them|those(?: \S+)?|these|him|her|both|the two|the lot|all (?:of )?"
    r"(?:them|that|those)) (?:out|away|off)(?!\S)"
)
_BETWEEN = re.compile(
    r"(?<!\S)(?:keep|leave|cut|count|rule|take)(?: me| us)? (?:the |any |all |that "
    r"|all the )?(?P<what>[^.,?]+?) (?:away"
    r"|out of (?:it|this|the)|out)(?!\S)|(?<!\S)if (?:i|we) (?:see|hear|get|have to see"
    r"|have to watch) (?P<again>[^.,?]+?)"
    r" (?:one more time|again|once more)(?!\S)|(?<!\S)(?:enough|no more) (?P<enough>[^.,?]+?) (?:for (?:one|a)"
    r"|already)"
    r"(?!\S)|(?<!\S)(?P<free>\S+) free(?= [^.,?])"
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
_IN_GENERAL = re.compile(
    r"(?<!\S)(?:(?:i|we) )?(?:(?:tend to|usually|generally|typically|normally|often|mostly) (?:like|love|enjoy|prefer"
    r"|go for)|(?:usually|generally|mostly) (?:i|we) (?:like|love|enjoy))(?!\S)(?P<what>(?: (?!(?:but"
    r"|[.?])(?!\S))\S+)*)"
)
"""What somebody likes in general, up to the end of the sentence: a leaning, no condition on what is asked for now."""
_SOFT_AHEAD = re.compile(
    r"(?<!\S)(?:ideally|preferably|preferrably|maybe|perhaps|possibly|hopefully|(?:i|id|i would|would|we"
    r"|wed) (?:kinda |really )?(?:prefer|rather)"
    r"|preference for|bonus(?: points)?(?: if| for)?|leaning (?:towards?|to)|a (?:bit|little|touch|hint) of"
    r"|nice if|great if|good if"
    r"|love it if|ok if|slightly|if possible|wouldnt say no to|wouldnt mind|not against|not averse to)(?!\S)"
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
    r"|disregard|cancel|take back|no longer(?: want| need)?|any|take out|drop|remove|lose)(?!\S)"
)
_INDIFFERENT = re.compile(
    r"(?<!\S)(?:(?:doesnt|does not|dont|do not|neednt|need not)(?: have| need)?(?: it| them)?(?: to)? be"
    r"|not necessarily|no need for|(?:i |we )?dont (?:really )?care (?:about|for|if (?:its|it is|they are|theyre)"
    r"|whether (?:its|it is))|(?:doesnt matter|no matter|dont mind) (?:if|whether)(?: its| it is| theyre)?)(?!\S)"
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
    r"|(?:is|are) not a problem|works? too|(?:doesnt|dont|wont) bother (?:me|us)|(?:isnt|arent|is not) (?:all"
    r"|everything"
    r"|the only (?:thing|genre|kind)) (?:i|we|that)|(?:dont|doesnt) (?:have|need) to be in(?: it)?)(?!\S)"
)
_ALLOWED_AHEAD = re.compile(
    r"(?<!\S)(?:dont mind|do not mind|wouldnt mind|dont object to|not opposed to|cool with|fine with|ok with"
    r"|not (?:only|just)|(?:watch|like|enjoy|read|listen to|into|love) more than(?: just)?|(?:says|said|thinks"
    r"|think) "
    r"(?:i|im) (?:only|just)(?: \S+)?|dont (?:only|just) \S+|nothing (?:against|wrong with)|not (?:against|averse to)"
    r"|no (?:problem|objections?|issue)s? (?:with|to)|(?:as|so) long as it isnt(?: just| only)?|dont hate)(?!\S)"
)
_SENTENCE = re.compile(r"(?<!\S)[.?](?!\S)")
_TOLD = re.compile(r"(?<!\S)(?:was|were|saw|seen|watched|thought|had(?! (?:my|our) fill)|did)(?!\S)")
REQUEST = re.compile(
    r"(?<!\S)(?:looking|want|wanted|need|recommend|suggest|find|something|anything|any|mood|prefer|give|show"
    r"|like to (?:see|watch|find|read|play|hear)|would like|id like|watch|stuff)(?!\S)"
)
"""Words of asking."""
_PIECE = re.compile(r"(?<!\S)(?:[.,?:;]|but)(?!\S)")
_EMPTY_TEXT = "or and nor any too much many either the a of please thanks neither no not stuff things"
_EMPTY = frozenset(_EMPTY_TEXT.split())
_TRAILING_TEXT = "for from quite please at tonight today this in thanks anymore either though all at of very"
_TRAILING = frozenset(_TRAILING_TEXT.split())
_ANYTHING_WITH = (
    r" (?:anything|something|everything|any|all|stuff|things?|ones?|{nouns})(?: (?:with|by|from|starring"
    r"|in|like|about|that is|thats|else|too))*"
)


class Scope:
    """The attitudes to the words of one line."""

    def __init__(self, line: Line, kinds: Sequence[str], nouns: Sequence[str]) -> None:
        """Read the attitudes.

        Args:
            line: the utterance.
            kinds: the kind of the name to which each word belongs; empty for words of none.
            nouns: comparison keys of the words for items.
        """
        self._line, self._kinds, self._named = line, kinds, [bool(kind) for kind in kinds]
        self._nouns = frozenset(nouns)
        self._anything_with = filled(_ANYTHING_WITH, nouns)
        self.attitudes = [Attitude.WANTED] * len(line)
        """What is felt of each word."""
        self.markers = [False] * len(line)
        """Which words only say what is felt."""
        self._read_refusals()
        self._read_refusals_behind()
        self._read_ahead(_SOFT_AHEAD, Attitude.SOFT, _PIECE)
        for match in _IN_GENERAL.finditer(self._line.text):
            self._mark(*match.span("what"), Attitude.SOFT)
        self._read_behind(_SOFT_BEHIND, Attitude.SOFT)
        self._read_ahead(_FORGET, Attitude.FORGOTTEN, _FORGET_ENDS)
        # What is held may be taken back so; what is not is only spoken of.
        self._read_ahead(_INDIFFERENT, Attitude.FORGOTTEN | Attitude.ALLOWED, _FORGET_ENDS)
        self._read_behind(_FORGET_BEHIND, Attitude.FORGOTTEN)
        self._read_ahead(_ALLOWED_AHEAD, Attitude.ALLOWED, _PIECE)
        self._read_behind(_ALLOWED_BEHIND, Attitude.ALLOWED)
        self._read_statements()

    def of(self, start: int, end: int) -> Attitude:
        """Return what is felt of a stretch of the line."""
        inside = self._line.inside(start, end)
        return self.attitudes[inside[0]] if len(inside) else Attitude.WANTED

    def allow(self, start: int, end: int) -> None:
        """Take what a stretch of the line wishes or refuses for somebody else's: neither wished nor refused."""
        for k in self._line.inside(start, end):
            self.attitudes[k] = Attitude.ALLOWED

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

    def _read_refusals_behind(self) -> None:
        """Read refusals that follow what they refuse: "horror is off the table, so is war"."""
        text = self._line.text
        for match in _REFUSED_BEHIND.finditer(text):
            before = self._line.inside(0, match.start())
            if not before:
                continue
            word = match.group().split(" ")[0]
            near = [k for k in before[-5:] if self._named[k]]
            if not near or (word in ("no", "nope", "nah", "out", "never", "not", "again") and near[-1] != before[-1]):
                continue
            start = self._list_start(match.start(), plural=word in _PLURAL)
            self._refuse(start, match.start(), match.span())
            stop = _SENTENCE.search(text, match.end())
            for so in _SO_IS.finditer(text, match.end(), stop.start() if stop else len(text)):
                piece = _PIECE.search(text, so.end())
                self._refuse(so.end(), piece.start() if piece else len(text), so.span())
        for match in _REFUSED_BACK.finditer(text):
            ends = [each.end() for each in _SENTENCE.finditer(text, 0, match.start())]
            self._refuse(ends[-1] if ends else 0, match.start(), match.span())
        for match in _BETWEEN.finditer(text):
            what = next(name for name, found in match.groupdict().items() if found)
            inside = self._line.inside(*match.span(what))
            if any(self._named[k] for k in inside) and (what != "free" or self._line.words[inside[-1]].gap == "-"):
                self._refuse(*match.span(what), (match.end(what), match.end()))

    def _refuse(self, start: int, end: int, marker: tuple[int, int]) -> None:
        self._mark(start, end, Attitude.REFUSED)
        for k in self._line.inside(*marker):
            self.markers[k] = self.markers[k] or not self._named[k]

    def _list_start(self, place: int, *, plural: bool) -> int:
        """Return where the list of names that ends at a place begins; of one thing, where that begins."""
        text = self._line.text
        breaks = [each.end() for each in _PIECE.finditer(text, 0, place)]
        start = breaks[-1] if breaks else 0
        if not plural:
            return max(start, text.rfind(" and ", start, place) + 1)
        while len(breaks) > 1 and text[: breaks[-1]].endswith(" ,"):
            words = self._line.inside(breaks[-2], breaks[-1])
            if not words or not all(self._named[k] or self._line.words[k].key in _EMPTY for k in words):
                break
            breaks.pop()
            start = breaks[-1]
        return start

    def _refusal_end(self, start: int) -> int:
        """Return where a refusal that starts here ends, lists included."""
        text = self._line.text
        announced = text.startswith(" :", start)  # "avoid: war, musicals"
        opening = self._anything_with.match(text, start)
        stop = _REFUSAL_ENDS.search(text, start + 2 if announced else opening.end() if opening else start + 1)
        limit = stop.start() if stop else len(text)
        first = end = text.find(" ,", start, limit)
        if end < 0:
            return limit
        # The pieces after the comma belong to the list while they are nothing but names.
        place, joined = end, False
        of_kind, kinds = first, {self._kinds[k] for k in self._line.inside(start, first)} - {""}
        while 0 <= place < limit:
            following = text.find(" ,", place + 2, limit)
            until = limit if following < 0 else following
            words = self._line.inside(place + 2, until)
            if words and self._line.words[words[0]].key in _OPENING:
                break  # "save me from musicals, a drama"
            whole = True
            named = [k for k in words if self._named[k]]
            for k in words:
                key = self._line.words[k].key
                if self._named[k] or (key in (_EMPTY | self._nouns) and key != "please"):
                    continue
                # "action and whatever else is loud": the list has a name up to the last joining word.
                before = self._line.words[k - 1].key
                said = [j for j in named if j < k]
                # "war and crime for this month": what follows tells when and where, and is nothing new.
                ends = key in _TRAILING and len(said) == len(named) and len(said) > 1
                whole, named = False, said if ends or before in ("or", "and", "nor") else []
                break
            if not named:
                break
            keys = [self._line.words[k].key for k in words]
            joined = joined or any(key in ("or", "nor", "and") for key in keys)
            end = until if whole else self._line.places[named[-1]] + 1
            if of_kind == place and {self._kinds[k] for k in named} <= kinds:
                of_kind = end
            if not whole:
                break
            place = following
        if end == first:
            return first
        rest = text[end:].lstrip()
        closed = not rest or rest[0] in ".?," or rest.startswith("but ")
        lone = text[:start].rstrip().endswith(" not") or text[:start].rstrip() == "not"
        # "no war, musicals" goes on; "without Jane Doe, a musical" and "without Jane Doe, musical" do not.
        return end if joined or announced else of_kind if closed and not lone else first

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
