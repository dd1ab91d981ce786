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
    r"(?<!\S)(?:more|something|anything|similar|others?|ones?|{nouns}|another|just) (?:like|to"
    r"|similar to) (?:this|that|these|those|them|it)(?: (?:one|ones|{nouns}|please))?(?= [.,?]|$| but| and)"
)


class Verdicts:
    """Reads what is felt of the last list as a whole."""

    def __init__(self, nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            nouns: comparison keys of the words for items.
        """
        self._more_like = filled(_MORE_LIKE, nouns)
        self._feelings: list[tuple[Opinion, re.Pattern[str], re.Pattern[str]]] = [
            (
                opinion,
                filled(rf"(?<!\S){verbs} (?:{_SEVERAL}){_END}", nouns),
                filled(rf"(?<!\S){verbs} (?:{_ONE}){_END}", nouns),
            )
            for opinion, verbs in _FEELINGS
        ]

    def read(self, line: Line, shown: int) -> Opinion | None:
        """Return what is felt of the list, None when nothing is; claims the words.

        Args:
            line: the utterance.
            shown: how many items the list has; of several, "it" is none.
        """
        if not shown:
            return None
        if self._claims(line, self._more_like):
            return "anchor"
        for opinion, several, one in self._feelings:
            if opinion == "seen" and _NOT_SEEN.search(line.text):
                continue
            if self._claims(line, several) or (self._claims(line, one) and shown == 1):
                return opinion
        return None

    @staticmethod
    def _claims(line: Line, pattern: "re.Pattern[str]") -> bool:
        found = list(line.find(pattern))
        for match in found:
            line.claim(match.start(), match.end())
        return bool(found)
