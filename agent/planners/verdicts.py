"""What is felt of the last list as a whole: "seen them all", "loved it", "more like these", "not these"."""

import re
from collections.abc import Sequence

from tastemaker.agent.plan import Opinion
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.patterns import filled

_SEVERAL = r"(?:(?:all|both|most|every one) ?(?:of )?)?(?:these|those|them)|both|all of (?:it|the above)"
_ONE = r"that one|this one|that|this|it"
_END = r"(?: (?:all|both|already|too|one|ones|before|so much|a lot|{nouns}))*(?!\S)"
_FEELINGS: tuple[tuple[Opinion, str], ...] = (
    (
        "dislike",
        r"(?:(?:dont|didnt|did not|do not|never|doesnt|wasnt a fan of|not a fan of)(?: really| actually| much)?"
        r"(?: like| love| enjoy| care for| liked)?|hate|hated|dislike|disliked|cant stand|couldnt stand)",
    ),
    ("like", r"(?<!would )(?<!id )(?<!ill )(?:love|loved|liked|enjoyed|adore|adored|(?:i|we|also|really|do) like)"),
    ("seen", r"(?:seen|watched|know|read|played|heard|saw)"),
)
_NOT_SEEN = re.compile(
    r"(?:havent|have not|never|not|didnt|hasnt|yet)(?: \w+){0,2} (?:seen|watched|read|played|see|watch|know|heard)"
)
_MORE_LIKE = (
    r"(?<!\S)(?:(?:more|something|anything|similar|others?|ones?|{nouns}|another|just|what else(?: is| are)?"
    r"|others? are|is there(?: any\w*)?(?: more)?|else) (?:like|to|similar to|of) (?:just )?"
    r"(?:this|that|these|those|them|it)(?: (?:one|ones|{nouns}|kind|sort|please))?"
    r"|(?:more |something |anything |others? )?(?:in (?:that|the same|this) (?:vein|style|spirit|mood)"
    r"|along (?:those|these|the same) lines|of (?:that|the same|this) (?:sort|kind|type)))"
    r"(?= [.,?]|$| but| and| please| too)"
)
_SINGLE = re.compile(r"(?<!\S)(?:this|that|it|same)(?!\S)")
_DISMISSED = (
    r"(?<!\S)(?:(?:leave|take|kick|cut|swap|throw|chuck|rule|chop) (?:{one}) (?:out|off|away)"
    r"|(?:drop|skip|remove|lose|scrap|ditch|replace|swap"
    r"|get rid of|not|anything but) (?:{one})(?= [.,?]|$| then| and| please| either| again))"
)


_AWAY = re.compile(
    r"^(?:(?:nah+|nope|no|meh+|mm+|hmm*|hm|ugh|eh|boring|pass|yawn|no thanks?|no thank you|no way|not really"
    r"|not quite|not it"
    r"|not for (?:me|us)|not (?:my|our) thing|not (?:feeling|loving|digging) (?:it|them|these|those|this|any)"
    r"|none|neither"
    r"|(?:already |all |ive |we have |weve |i have )*(?:seen|watched|read|heard|played|know|known) (?:it|them"
    r"|that|those|these|all|both|all of (?:it|them|these))"
    r"|already (?:seen|watched|read|heard|played)|been there|all (?:seen|known|old))(?: (?:already|too|again"
    r"|before|sorry|mate|please|all))*"
    r"(?: [.,?])*(?: |$))+$"
)


class Verdicts:
    """Reads what is felt of the last list as a whole."""

    def __init__(self, nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            nouns: comparison keys of the words for items.
        """
        self._more_like = filled(_MORE_LIKE, nouns)
        self._dismissed = filled(_DISMISSED.replace("{one}", _ONE), nouns)
        self._feelings: list[tuple[Opinion, re.Pattern[str], re.Pattern[str]]] = [
            (
                opinion,
                filled(rf"(?<!\S){verbs} (?:{_SEVERAL}){_END}", nouns),
                filled(rf"(?<!\S){verbs} (?:{_ONE}){_END}", nouns),
            )
            for opinion, verbs in _FEELINGS
        ]

    def read(self, line: Line, shown: int, *, spoken_of: bool = False) -> tuple[Opinion | None, bool]:
        """Return what is felt of the list, None when nothing is, and whether of one item of it; claims the words.

        Args:
            line: the utterance.
            shown: how many items the list has; of several, "it" is none.
            spoken_of: whether one of them was spoken of just before, which "it" then is.
        """
        if not shown:
            return None, False
        single = spoken_of or shown == 1
        if match := self.more_like(line):
            return "anchor", spoken_of and bool(_SINGLE.search(match.group()))
        if single and self._claims(line, self._dismissed):
            return "dislike", True
        for opinion, several, one in self._feelings:
            if opinion == "seen" and _NOT_SEEN.search(line.text):
                continue
            if self._claims(line, several):
                return opinion, False
            if single and self._claims(line, one):
                return opinion, True
        return None, False

    @staticmethod
    def waves_away(line: Line) -> bool:
        """Return whether a line says no more than that the last list will not do; claims the words."""
        if not _AWAY.match(line.text):
            return False
        line.claim(0, len(line.text))
        return True

    def dismisses(self, line: Line) -> bool:
        """Return whether an item is told to go: "swap it out"."""
        return bool(self._dismissed.search(line.text))

    def more_like(self, line: Line) -> "re.Match[str] | None":
        """Return where more like something is asked for; claims the words."""
        found = list(line.find(self._more_like))
        for match in found:
            line.claim(match.start(), match.end())
        return found[0] if found else None

    @staticmethod
    def _claims(line: Line, pattern: "re.Pattern[str]") -> bool:
        found = list(line.find(pattern))
        for match in found:
            line.claim(match.start(), match.end())
        return bool(found)
