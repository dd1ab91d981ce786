"""How firmly an opinion is held, and why: "absolutely loved", "kind of liked", "because of the ending".

Reads the words around an item whose opinion is known; the opinion itself is for `opinions`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tastemaker.agent.plan import Force, NamedOpinion
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.opinions import ItemUnit
from tastemaker.tools.catalogue.normalise import normalise

_STRONG = re.compile(
    r"(?<!\S)(?:absolutely|totally|really really|utterly|completely|truly|so much|to (?:bits|death|pieces)|adore[ds]?"
    r"|love[ds]?|obsessed|(?:all time|absolute|number one|no 1) favou?rites?|favou?rites?|masterpiece|best \w+ ever"
    r"|best ever|of all time|hate[ds]?|despise[ds]?|detest(?:ed)?|cant stand|couldnt stand|loathed?|unbearable|worst"
    r"|awful|terrible|10 / 10|never again)(?!\S)"
)
_MILD = re.compile(
    r"(?<!\S)(?:kind of|kinda|sort of|sorta|somewhat|a (?:little|bit)|quite|fairly|mostly|more or less|not bad|okay|ok"
    r"|decent|alright|all right|fine|didnt mind|dont mind|meh|a touch|not really|not (?:too|so) keen|wasnt too)(?!\S)"
)
_BECAUSE = re.compile(
    r"(?<!\S)(?:because(?: of)?|cause|cos|cuz|coz|since|due to|thanks to|on account of|mainly for|mostly for"
    r"|(?:loved|liked|enjoyed|hated|disliked) (?:it|them|him|her) for|as (?=it was|they were)) (?P<reason>[^.?]+)"
)
_FAULT = re.compile(
    r"^(?:(?: ,)? (?:it|that|which|was|were|is|are|but|just|felt|i|found|thought|seemed|way|a|bit|little|far|much))*"
    r" (?P<reason>(?:far |way |much |a bit |just )*too (?:\S+ ){0,2}?\S+?)(?= [.,?]| for| but| and|$)"
)
_STOP = re.compile(
    r" (?:, |but |so |and )(?=(?:i|we|what|any|some|give|show|recommend|suggest|find|no|not|so|please)\b)"
)
_SENTENCE = re.compile(r"(?<!\S)[.?](?!\S)")


@dataclass(frozen=True)
class Feeling:
    """What is said of an opinion beside itself."""

    force: Force = "plain"
    because: str = ""


def feelings(line: Line, units: Sequence[ItemUnit]) -> dict[str, Feeling]:
    """Return how firmly and why items are liked or disliked, by the normalised name; claims the words of the reasons.

    A reason for a dislike must not be searched for, so its words are claimed; one for a like may be.
    """
    found: dict[str, Feeling] = {}
    rated = [unit for unit in units if unit.opinion in ("like", "dislike")]
    for k, unit in enumerate(rated):
        before = _piece_before(line, unit, rated[k - 1].end if k else 0)
        until = rated[k + 1].start if k + 1 < len(rated) else len(line.text)
        stop = _SENTENCE.search(line.text, unit.end, until)
        after_end = stop.start() if stop else until
        after = line.text[unit.end : after_end]
        clause = re.split(r" , | but ", after)[0]
        force: Force = "plain"
        if _MILD.search(before) or _MILD.search(clause):
            force = "mild"
        elif _STRONG.search(before) or _STRONG.search(clause):
            force = "strong"
        found[normalise(unit.name)] = Feeling(force, _reason(line, unit, after))
    return found


def felt(opinions: Sequence[NamedOpinion], feelings_: dict[str, Feeling]) -> list[NamedOpinion]:
    """Return opinions with how firmly and why they are held."""
    return [
        each.model_copy(update={"force": feeling.force, "because": feeling.because[:500]})
        if each.opinion in ("like", "dislike") and (feeling := feelings_.get(normalise(each.name)))
        else each
        for each in opinions
    ]


def _reason(line: Line, unit: ItemUnit, after: str) -> str:
    because = _BECAUSE.search(after)
    fault = _FAULT.match(after) if unit.opinion == "dislike" else None
    match = because or fault
    if match is None:
        return ""
    start = unit.end + match.start("reason")
    stop = _STOP.search(line.text, start, unit.end + match.end("reason"))
    end = stop.start() if stop else unit.end + match.end("reason")
    said = " ".join(line.typed(start, end).split())
    if unit.opinion == "dislike":
        line.claim(unit.end + match.start(), end)
    return said


def _piece_before(line: Line, unit: ItemUnit, start: int) -> str:
    text = line.text[start : unit.start]
    cut = max((match.end() for match in _SENTENCE.finditer(text)), default=0)
    return re.split(r" , | but ", text[cut:])[-1]
