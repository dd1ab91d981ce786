"""Reads in a line for whom, why and on what occasion items are wanted, by the words that the schema's motives list.

What is told of a plot ("about a first date") and what is refused ("not for my kids") is no motive. Does not know what
suits a motive.
"""

import re

from tastemaker.agent.plan import SaidMotive
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.scope import Attitude, Scope
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS

_PLOT = re.compile(r"(?<!\S)(?:about|set|in which|where|story of|called|titled|named)(?: [^\s.,?]+){0,4} ?$")
_UNWANTED = Attitude.REFUSED | Attitude.FORGOTTEN | Attitude.ALLOWED


class Motives:
    """Reads motives. Safe to share between threads."""

    def __init__(self, schema: CatalogueSchema) -> None:
        """Prepare the words of a schema's motives."""
        cues = {normalise(cue): motive.name for motive in schema.motives for cue in motive.cues}
        # Longer cues first, so that of two that begin alike the whole one is read.
        self._motives = {cue: cues[cue] for cue in sorted(filter(None, cues), key=lambda cue: (-len(cue), cue))}
        alternatives = "|".join(_with_marks(cue) for cue in self._motives)
        # Ahead, so that of two cues that overlap both are read.
        self._pattern = re.compile(rf"(?<!\S)(?=((?:{alternatives})(?!\S)))") if alternatives else None

    def read(self, line: Line, scope: Scope) -> tuple[SaidMotive, ...]:
        """Return the motives of a line in order, each once, claiming their words.

        Args:
            line: the utterance; words that name a facet too may be claimed, which takes nothing from the facet.
            scope: what is felt of its words.
        """
        found: dict[str, SaidMotive] = {}
        for match in self._pattern.finditer(line.text) if self._pattern else ():
            start, end = match.span(1)
            if scope.of(start, end) & _UNWANTED or _PLOT.search(line.text[:start]):
                continue
            name = self._motives[normalise(match[1])]
            words = line.inside(start, end)
            said = line.said[line.words[words[0]].start : line.words[words[-1]].end]
            found.setdefault(name, SaidMotive(name=name, said=said))
            line.claim(start, end)
        return tuple(found.values())

    @staticmethod
    def forgotten(line: Line, scope: Scope, state: State) -> list[str]:
        """Return the motives in force that are taken back by a word of theirs, claiming it: "forget the kids"."""
        found: dict[str, None] = {}
        for motive in state.motives:
            told = set(normalise(f"{motive.name} {motive.said}").split()) - FUNCTION_WORDS
            for k, word in enumerate(line.words):
                if word.key in told and scope.attitudes[k] & Attitude.FORGOTTEN:
                    line.claimed[k] = True
                    found[motive.name] = None
        return list(found)


def _with_marks(cue: str) -> str:
    """Return a pattern of a cue's words that may have a comma or a dash between them."""
    return r"(?: [,-])? ".join(map(re.escape, cue.split()))
