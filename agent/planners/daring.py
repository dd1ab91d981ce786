"""How daring a list may be: "surprise me", "hidden gems", "play it safe". Knows nothing of what is asked for."""

import re

from tastemaker.agent.planners.line import Line

_BOLD = (
    r"surprise (?:me|us)|something (?:unexpected|random|obscure)|(?:a )?wild ?card|go wild|be (?:bold|daring)"
    r"|hidden gems?|under ?rated|overlooked|less(?:er)? known|little known|unknown|obscure"
    r"|off the beaten (?:path|track)"
    r"|(?:nobody|no one|i havent|ive never|i have never) (?:has |have )?(?:ever )?heard of|under the radar"
    r"|outside (?:of )?my comfort zone|mix it up"
)
_SAFE = (
    r"play it safe|(?:a )?safe (?:bet|choice|pick|option)|crowd[- ]?pleasers?|(?:something )?(?:well[- ]?known|famous"
    r"|mainstream)|(?:the )?big hits?|block ?busters?|(?:that )?every(?:one|body) (?:likes|loves|knows)"
    r"|cant go wrong with"
)
_NOT = re.compile(
    r"(?<!\S)(?:no|not|nothing|without|isnt|arent|avoid|except|skip|less|dont want)(?: (?:too|so|very|that|the|a|any"
    r"|anything|overly|really|another|just))* $"
)
_EITHER = re.compile(rf"(?<!\S)(?:(?P<bold>{_BOLD})|(?P<safe>{_SAFE}))(?!\S)")


def daring(line: Line) -> float | None:
    """Return 1 when a surprise is asked for, -1 when nothing daring is, None when neither; claims the words."""
    wanted: float | None = None
    for match in list(line.find(_EITHER)):
        wanted = 1.0 if match["bold"] else -1.0
        denied = _NOT.search(line.text[: match.start()])
        if denied:
            wanted = -wanted
        line.claim(denied.start() if denied else match.start(), match.end())
    return wanted
