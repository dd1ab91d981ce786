"""In which field a person is meant, told by words that stand away from the name, and in which the person is not.

"Jane Doe behind the camera", "Jane Doe, but not as an actor", "by Jane Doe, who must not be in it herself". Knows the
schema's cues of its fields of people and no domain.
"""

import re
from collections.abc import Sequence

from tastemaker.agent.planners.line import Line
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueSchema, Role

_BARE = frozenset({"by", "with", "in", "from", "of"})
_REACH = r"(?: [^\s.,?]+){0,4}?"
_CLAUSE_ENDS = r"(?= [.,?:]|$| and| but| please| for| from| or| only| himself| herself| instead| then)"
_NOT = (
    r"(?: [^\s.,?]+)?(?: ,)?(?: (?:but|and|only|though|that|which|where|in which|who|he|she|they|ones|{nouns})){0,4}?"
    r" (?:not|never|isnt|doesnt|didnt|dont|does not|did not|do not|shouldnt|should not|wont|mustnt|must not"
    r"|without (?:him|her|them)"
    r"|rather than)(?: (?:be|to|as|a|an|the|just|merely|himself|herself|actually|him|her|them|in|have|has|had))*"
)
_MERELY_IN = (
    r" (?:shouldnt|should not|mustnt|must not|isnt|is not|doesnt appear|does not appear|not)(?: (?:be|appear"
    r"|himself|herself))* in (?:it|them)(?!\S)"
)
_STEM = 4


class Credits:
    """Reads what people are named for."""

    def __init__(self, schema: CatalogueSchema, nouns: Sequence[str]) -> None:
        """Prepare the cues of a schema's fields of people.

        Args:
            schema: whose fields they are.
            nouns: comparison keys of the words for items.
        """
        words = "|".join(map(re.escape, nouns)) or "item"
        self._told: list[tuple[re.Pattern[str], re.Pattern[str], str]] = []
        for field in schema.with_role(Role.PERSON):
            cues = {normalise(cue) for cue in (*field.cues, field.spoken)} - _BARE - {""}
            said = "|".join(_forms(cue) for cue in sorted(cues, key=len, reverse=True))
            if said:
                self._told.append((
                    re.compile(rf"^{_REACH} (?:{said}){_CLAUSE_ENDS}"),
                    re.compile(rf"^{_NOT.replace('{nouns}', words)} (?:{said})(?: in)?(?: it)?(?!\S)"),
                    field.name,
                ))  # fmt: skip
        cast = [each.name for each in schema.with_role(Role.PERSON) if "with" in map(normalise, each.cues)]
        self._cast = cast[0] if cast else ""
        self._merely_in = re.compile(rf"^(?: [^.?]*?){_MERELY_IN}")

    def read(self, line: Line, end: int, until: int) -> tuple[str | None, str | None]:
        """Return the field that the words behind a person name, and the field that they exclude; claims the words.

        Args:
            line: the utterance.
            end: place after the person's name.
            until: place of the next name, or the end of the line.
        """
        after = line.text[end:until]

        def own(match: "re.Match[str] | None") -> bool:
            # "Jane Doe, directed by" another: the cue announces the next name.
            announces = match is not None and after[match.end() :].strip() in ("", *_BARE) and until < len(line.text)
            return match is not None and not announces

        for _, excluded, name in self._told:
            match = excluded.match(after)
            if match is not None and own(match):
                line.claim(end, end + match.end())
                return None, name
        merely = self._merely_in.match(after) if self._cast else None
        if merely is not None:
            line.claim(end, end + merely.end())
            return None, self._cast
        for wanted, _, name in self._told:
            match = wanted.match(after)
            if match is not None and own(match):
                line.claim(end, end + match.end())
                return name, None
        return None, None


def _forms(cue: str) -> str:
    """Return a pattern of a cue; of a verb of one word, of all its forms: "directed", "directs", "directing"."""
    words = cue.split(" ")
    stem = re.sub(r"(?:ed|en|er|or|ing|s)$", "", words[0])
    if len(words) == 1 and len(stem) >= _STEM - 1 and stem != words[0]:
        return rf"{re.escape(stem)}(?:ed|en|er|or|ing|s|r?ing)?"
    if len(words) == 2 and words[1] in _BARE and len(stem) >= _STEM:
        return rf"{re.escape(stem)}(?:ed|en|es|s|ing)?"
    return re.escape(cue)
