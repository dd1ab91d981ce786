"""Words that turn dials: "surprise me", "hidden gems", "play it safe", "more variety", "newer ones in general".

Knows nothing of what is asked for. "Something recent" is a wish about years and no dial; only what is said of items in
general turns one.
"""

import re
from collections.abc import Mapping

from tastemaker.agent.dials import DialName, TurnDial
from tastemaker.agent.planners.line import Line

_HALF = 0.5
"""How far a dial is turned that the words only hint at. A guess."""
_SURPRISE = (
    r"surprise (?:me|us)|something (?:unexpected|random)|(?:a )?wild ?card|go wild|be (?:bold|daring|adventurous)"
    r"|(?:im |i am |i |were |we are )?feel(?:ing)? (?:adventurous|daring|bold)|more adventurous"
    r"|outside (?:of )?my comfort zone"
)
_SAFE = (
    r"play(?:ing)? it safe|(?:a )?safe (?:bets?|choices?|picks?|options?)|crowd[- ]?pleasers?|cant go wrong with"
    r"|no surprises|(?:less|nothing|not)(?: too| so| very)? (?:adventurous|daring|risky)"
)
_UNKNOWN = (
    r"hidden gems?|under ?rated|overlooked|less(?:er)?[- ]known|little[- ]known|unknown|(?:something )?obscure"
    r"|off the beaten (?:path|track)|under the radar"
    r"|(?:nobody|no one|i havent|ive never|i have never) (?:has |have )?(?:ever )?heard of"
)
_KNOWN = (
    r"(?:something )?(?:well[- ]?known|famous|mainstream)|(?:the )?big hits?|block ?busters?"
    r"|(?:that )?every(?:one|body) (?:likes|loves|knows)"
)
_VARIED = (
    r"(?:some |a bit of |a bit |much )?more (?:variety|varied|diverse|diversity|variation)|a (?:varied|wide|diverse) "
    r"(?:mix|selection|range)|mix it up|not all (?:of )?the same(?: kinds?| sorts?| types?)?"
)
_ALIKE = (
    r"(?:all (?:of )?)?the same (?:kinds?|sorts?|types?) (?:is|are) (?:fine|ok|okay|alright|good)"
    r"|(?:no need for|no|less|need no|dont need) variety|variety (?:does not|doesnt) matter"
)
_THINGS = r"(?: (?:stuff|things|ones|titles|releases|{nouns}))?"
_USUALLY = r"(?:in general|generally|as a rule|on the whole|overall|by default)"
_NEW, _OLD = r"(?:newer|more recent|recent|modern|latest|new)", r"(?:older|old|classic)"


def _general(age: str, things: str) -> str:
    """Return the pattern of an age that is wished of items in general."""
    return (
        rf"(?:something |rather |preferably )*{age}{things} {_USUALLY}"
        rf"|{_USUALLY} (?:(?:i )?(?:prefer|like|want) )?(?:something |rather |preferably )*{age}{things}"
        rf"|{age} (?:stuff|things|ones) (?:preferably|preferred)|prefer(?:ably)? {age} (?:stuff|things)"
        rf"|the {age} the better"
    )


_LEVELS: Mapping[str, Mapping[DialName, float]] = {
    "surprise": {"adventure": 1.0, "diversity": _HALF, "fame": -_HALF},
    "safe": {"adventure": -1.0, "diversity": -_HALF, "fame": _HALF},
    "unknown": {"fame": -1.0},
    "known": {"fame": 1.0},
    "varied": {"diversity": 1.0},
    "alike": {"diversity": -1.0},
    "recent": {"recency": 1.0},
    "old": {"recency": -1.0},
}
"""How far each kind of words turns which dials. Guesses."""
_NOT = re.compile(
    r"(?<!\S)(?:no|not|nothing|without|isnt|arent|avoid|except|skip|less|dont want)(?: (?:too|so|very|that|the|a|any"
    r"|anything|overly|really|another|just))* $"
)


class DialWords:
    """Finds the words that turn dials."""

    def __init__(self, nouns: list[str]) -> None:
        """Prepare.

        Args:
            nouns: comparison keys of the words for items.
        """
        things = _THINGS.format(nouns="|".join(map(re.escape, nouns)))
        kinds = {
            "surprise": _SURPRISE,
            "safe": _SAFE,
            "varied": _VARIED,
            "alike": _ALIKE,
            "recent": _general(_NEW, things),
            "old": _general(_OLD, things),
            "unknown": _UNKNOWN,
            "known": _KNOWN,
        }
        self._pattern = re.compile(
            rf"(?<!\S)(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in kinds.items())})(?!\S)"
        )

    def read(self, line: Line) -> tuple[TurnDial, ...]:
        """Return the dials that a line turns, each once, the last words counting; claims the words."""
        found: dict[DialName, TurnDial] = {}
        for match in list(line.find(self._pattern)):
            denied = _NOT.search(line.text[: match.start()])
            start = denied.start() if denied else match.start()
            said = line.typed(start, match.end())[:500]
            for dial, level in _LEVELS[str(match.lastgroup)].items():
                found[dial] = TurnDial(dial=dial, level=-level if denied else level, said=said)
            line.claim(start, match.end())
        return tuple(found.values())
