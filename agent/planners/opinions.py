"""From the items named or pointed to in a line to opinions: like, dislike, seen, or "more like this"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tastemaker.agent.plan import NamedOpinion, Opinion
from tastemaker.agent.planners.liking import Liking
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.patterns import filled
from tastemaker.agent.planners.scope import Attitude, Scope
from tastemaker.tools.catalogue.normalise import normalise

_TAKING = re.compile(
    r"(?:^| )(?:ill|i will|well|we will|gonna|lets|let me|i think ill|will) (?:\w+ )?(?:watch|take|try|go with"
    r"|go for|check out|check|pick|see|get|play|read|have|choose)(?: out)?$"
)
_NOT_SEEN = re.compile(
    r"(?:^| )(?:havent|have not|hasnt|havnt|never|not|didnt|dont|yet to|want to|wanna|going to"
    r"|to) (?:\w+ )?(?:see|seen|watch|watched|saw|read|played|heard(?: of)?|know|tried)(?: of)?$"
)
_SEEN = re.compile(
    r"(?:^| )(?:seen|watched|saw|finished|rewatched|already (?:know|read|played|own|have|has|did|tried)|(?:have"
    r"|ive|weve"
    r"|has|hes|shes) (?:read|played|heard|had|tried|done)|(?:i|we|just|recently|already) (?:read|played|finished|tried"
    r"|own|had|did)|took (?:me|us|him|her) to(?: see)?|(?:know|knows|quotes?) by heart|everyone knows|everybody knows"
    r"|sat through|talked through|(?:seen|watched|had|done|finished|read)(?: \w+)? (?:all|every one|each|both|most)"
    r"(?: of)?(?: these| those| them)?|(?:were|im|we are|i am) (?:at|up to|halfway through|done with))$"
)
_DISLIKE = re.compile(
    r"(?:^| )(?:(?:dont|didnt|did not|do not|not|never|doesnt|couldnt|could not|cant|cannot|wasnt|isnt|arent|werent)"
    r" (?:\w+ )?(?:like|love|enjoy|enjoyed|liked|care for|into|get into|(?:a )?(?:\w+ )?fans? of|fond of|recommend"
    r"|keen on|finish|finished|get|get through|get past|get on with|sit through|bear|take|face|stand|stomach"
    r"|watch|up for"
    r"|need|do|having|in the mood for|interested in)"
    r"|hate|hated|hates|dislike|disliked|dislikes|despised?|cant stand|couldnt stand|detest|loathed?|loathes|sick of"
    r"|tired of|bored (?:of|with|by)|regret(?:ted)?|walked out (?:of|on)|out of|gave up on|give up on|bounced off"
    r"|abandoned|fell asleep (?:in|during|to|at|watching)|slept through|(?:switched|turned) off|disappointed (?:by|with"
    r"|in)|let down by|annoyed (?:by|at)|never again|spare (?:me|us)|allergic to|(?:had )?enough of|nay(?: :)?"
    r"|no to|worse than|weaker than)$"
)
_LIKE = re.compile(
    r"(?:^| )(?:love|loved|loves|liked|likes|enjoy|enjoyed|enjoys|adore|adored|adores|appreciated?|favou?rites?"
    r"(?: \w+){0,2}? (?:is|are|was|were|include|includes|like)|favou?rites?(?: :)?|favou?rites? \w+|fans? of"
    r"|big on|into|(?:obsessed|in love) with|crazy about|mad about|fell for|fell in love with|grew up (?:on|with)"
    r"|cant get enough of|can (?:always )?(?:re)?watch|could (?:always |happily )?(?:re)?watch|yes to|yay(?: :)?"
    r"|blown away by|hooked on|couldnt put down|swear by|people who (?:like|love|prefer)|moved by|laughed (?:at|with)"
    r"|cried (?:at|over|to)|better than|nothing beats|prefer|dig|rewatch"
    r"|(?:i|we|also|really|you|they|he|she|kids|and|still|both|all|always|who|do) like)$"
)
_ANCHOR = re.compile(
    r"(?:^| )(?:like|similar to|such as|along the lines of|(?:vein|style|spirit|mood) (?:as|of)|reminds me of"
    r"|reminiscent of|akin to"
    r"|close to|comparable to|as good as|a la|resembling|resembles|alike|more of|another|the next|next|same as)$"
)
_LEAVE_OUT = re.compile(r"(?:^| )(?:besides|other than|except|except for|apart from|aside from)$")
_AGAINST = re.compile(
    r"(?:^| )(?:not|no|but not|without|anything but|no more|never|nor|instead of|rather than"
    r"|(?:that|which|and|but|it) (?:isnt|arent)|excluding|exclude|avoid|leave out|leave|skip|skipping|steer clear of"
    r"|hold|minus|(?:keep|stay) away from|dont need|done with|bar|no need for)$"
)
_FILLER = (
    r"(?: (?:the|that|this|a|an|old|new|original|maybe|say|both|also|one|really|,|:|called|titled|either|just|mostly"
    r"|those|oh|yes|anything|eg|{nouns}))+$"
)
_LIST = re.compile(
    r"^ (?:,|and|or|/|, and|, or|nor|, but also|and also|and the|or the|, the|also)(?: (?:the|also|maybe|even"
    r"|with|like|both))* $"
)
_TOLD_OF = re.compile(r"^ (?:with|by|starring|from|featuring|directed by|written by)(?: (?:the|a|an))? $")
_NOT_A_VERB = re.compile(r"(?:^| )(?:i|we|also|really|you|they|he|she|kids|still|both|all|always|who|do) like$")


@dataclass
class ItemUnit:
    """An item named in the line, or pointed to by its place in the last list."""

    start: int
    """Place of its first letter in the line."""
    end: int
    """Place after its last letter."""
    name: str
    """Title as said; the title in the catalogue for an item pointed to."""
    said: str
    item_id: str | None = None
    """The item; None when the catalogue does not have it."""
    pointed: bool = False
    """Whether it is pointed to."""
    opinion: Opinion | None = None
    """What is felt of it, once that is read."""
    silent: bool = False
    """Whether it is named without any wish: "I have not seen it", "I will watch it"."""
    whole: bool = False
    """Whether it is asked for itself, by its place in a series or its version, and not as something to go by."""
    accepted: bool = False
    """Whether it is what the person settles for: "I will watch it"."""


class Opinions:
    """Reads what is felt of items."""

    def __init__(self, nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            nouns: comparison keys of the words for items.
        """
        self._filler = filled(_FILLER, nouns)
        self._liking = Liking(nouns)

    def read(self, line: Line, units: Sequence[ItemUnit], scope: Scope) -> None:
        """Set what is felt of each item; None where nothing is."""
        before: ItemUnit | None = None
        since = 0
        for k, unit in enumerate(units):
            until = units[k + 1].start if k + 1 < len(units) else len(line.text)
            after = self._liking.after(line.text[unit.end : until], named=k + 1 < len(units))
            unit.opinion = self._read(line, unit, scope, after[0] if after else None, since)
            if after and unit.opinion == after[0]:
                line.claim(unit.end + after[1], unit.end + after[2])
                since = unit.end + after[2]
            if before is not None and unit.opinion is None and _LIST.match(line.text[before.end : unit.start]):
                unit.opinion = before.opinion
            before = unit
        for unit in units:
            # What is felt of a series is felt of all of it.
            alike = [
                each.opinion for each in units if each.start == unit.start and each.end == unit.end and each.opinion
            ]
            unit.opinion = unit.opinion or next(iter(alike), None)
        # What is said after a list is said of all of it: "Heat and Drive were great".
        for first, second in reversed(list(pairwise(units))):
            said_of_both = first.opinion is None and second.opinion in ("like", "dislike", "seen")
            if said_of_both and _LIST.match(line.text[first.end : second.start]):
                first.opinion = second.opinion

    def _read(self, line: Line, unit: ItemUnit, scope: Scope, after: Opinion | None, since: int) -> Opinion | None:
        """Return what is felt of an item; what stands before `since` was said of another."""
        before = _prefix(line, unit.start, since)
        trimmed = self._filler.sub("", f" {before}").strip()
        for text in dict.fromkeys((before, trimmed)):
            if _NOT_SEEN.search(text) or _TAKING.search(text):
                unit.silent = True
                unit.accepted = bool(_TAKING.search(text))
                return None
            if _LEAVE_OUT.search(text):
                return "seen"
            if _AGAINST.search(text):
                return "seen" if after == "seen" else "dislike"
            if match := _DISLIKE.search(text):
                said = line.text.rfind(match.group().strip(), 0, unit.start)
                line.claim(said, said + len(match.group().strip()))
                return "dislike"
            if _ANCHOR.search(text) and not _NOT_A_VERB.search(text):
                return "dislike" if Attitude.REFUSED in scope.of(unit.start, unit.end) else "anchor"
            if _SEEN.search(text):
                return after or "seen"
            if _LIKE.search(text):
                return "like"
        return after


def told_of(line: Line, unit: ItemUnit, start: int) -> bool:
    """Return whether a facet that starts at a place only tells more of an item: "I loved Heat with Al Pacino"."""
    rated = unit.opinion in ("like", "dislike", "seen")
    return rated and unit.end < start and bool(_TOLD_OF.match(line.text[unit.end : start]))


def taken(units: Sequence[ItemUnit]) -> bool:
    """Return whether nothing is named but what the person settles for."""
    return bool(units) and all(unit.accepted for unit in units)


def named_opinions(units: Sequence[ItemUnit], default: Opinion | None) -> list[NamedOpinion]:
    """Return the opinions on the items; of an item that nothing is felt of, the default, if any."""
    opinions: list[NamedOpinion] = []
    for unit in units:
        opinion = unit.opinion or (None if unit.pointed or unit.silent else default)
        if opinion is not None and normalise(unit.name):
            opinions.append(NamedOpinion(opinion=opinion, name=unit.name[:300], said=unit.said[:500]))
    return list(dict.fromkeys(opinions))[:50]


def _prefix(line: Line, start: int, since: int) -> str:
    """Return the words before a place, within its sentence and behind another place."""
    text = line.text[min(since, start) : start].rstrip()
    cut = max(text.rfind(mark) for mark in (" .", " ?"))
    return text[cut + 2 :].strip() if cut >= 0 else text
