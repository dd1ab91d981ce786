"""More or no more of what was shown: "not that director again", "a different decade", "the same genre as the second".

What "that" is comes from the items: the one pointed to, the one last spoken of, else what the shown ones share.
"""

import re
from collections import Counter
from collections.abc import Sequence

from tastemaker.agent.planners.asked_fields import AskedFields
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.patterns import filled
from tastemaker.agent.planners.spans import Range, condition
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Condition, Constraint, Group, Operator
from tastemaker.tools.catalogue.item import names_in
from tastemaker.tools.catalogue.schema import CatalogueField, Role
from tastemaker.tools.catalogue.store import Catalogue

_REFUSING = (
    r"(?:not|no|never|no more|enough|enough of|avoid|without|drop|stop with|except|anyone but|anything but"
    r"|anything except|nothing(?: else)?(?: more)?(?: by| from| with| in)?|(?:dont|do not) (?:want|like|show me"
    r"|give me)|sick of|tired of|bored of|fed up with|hate)"
)
_NO_MORE = (
    rf"(?<!\S)(?:{_REFUSING}(?: (?:by|from|with|in|of|more|any|anything|stuff|ones|{{nouns}}))*"
    r" (?:that|this|the same|those|these) (?P<no>LABEL)(?: again| any ?more| please| either)*"
    r"|(?:(?:by|from|with|in) )?(?:a |an |some |any )?(?:different|another|other) (?P<other>LABEL)"
    r"(?: please| instead)*)(?!\S)(?! (?:than|from) (?!(?:this|that|these|those)\b))"
)
_SAME = (
    r"(?<!\S)(?:(?:by|from|with|in|of) )?(?:the )?same (?P<same>LABEL)(?: again| please| (?:as|like) (?=\S)|(?!\S))"
    r"|(?<!\S)(?:more|something else|others?|anything else|another(?: one)?)(?: {nouns})? (?:by|from|with|of|in) "
    r"(?:that|this|those|these) (?P<more>LABEL)(?!\S)"
)
_PERIOD = "|".join(("decades?", "eras?", "periods?"))


class Repeats:
    """Finds wishes for the same, or for something different, in one field."""

    def __init__(self, catalogue: Catalogue, nouns: Sequence[str]) -> None:
        """Prepare.

        Args:
            catalogue: whose items were shown.
            nouns: comparison keys of the words for items.
        """
        self._catalogue = catalogue
        self._fields = AskedFields(catalogue.schema)
        self._years = catalogue.schema.with_role(Role.YEAR)
        labels = f"(?:{self._fields.labels[3:-1]}|{_PERIOD})"
        self._no_more = filled(_NO_MORE.replace("LABEL", labels), nouns)
        self._same = filled(_SAME.replace("LABEL", labels), nouns)

    def read(self, line: Line, pointed: Sequence[str], state: State) -> list[Condition]:
        """Return the wishes, claiming their words; none when nothing was shown or spoken of.

        Args:
            line: the utterance.
            pointed: ids of the items that it names or points to.
            state: what was shown and wished before.
        """
        if not (pointed or state.last_shown):
            return []
        wishes: list[Condition] = []
        for pattern, refused in ((self._no_more, True), (self._same, False)):
            for match in list(line.find(pattern)):
                label = next(each for each in match.groupdict().values() if each)
                field = self._field(label)
                said = line.typed(match.start(), match.end())
                wish = self._wish(field, refused, pointed, state, said) if field else None
                if wish is not None:
                    wishes.append(wish)
                    line.claim(match.start(), match.end())
        return wishes

    def _field(self, label: str) -> CatalogueField | None:
        if re.fullmatch(_PERIOD, label):
            return next(iter(self._years), None)
        name = next(iter(self._fields.named(label)), None)
        return self._catalogue.schema.field(name) if name else None

    def _wish(
        self, field: CatalogueField, refused: bool, pointed: Sequence[str], state: State, said: str
    ) -> Condition | None:
        ids = [*pointed] or [*state.focus[:1]] or [*state.last_shown]
        items = self._catalogue.items(ids)
        if field.named:
            asked = () if pointed or state.focus else _wished(state.conditions, field.name)
            values = asked or _shared([names_in(item.values, field.name) for item in items])
            op = Operator.CONTAINS_NONE if refused else Operator.CONTAINS_ANY
            return Constraint(field=field.name, op=op, value=values[:50], said=said) if values else None
        if field.role is not Role.YEAR:
            return None
        years = [item.values.get(field.name) for item in items]
        decades = [(f"{float(year) // 10 * 10:.0f}",) for year in years if isinstance(year, int | float)]
        ranges = [Range(float(decade), float(decade) + 9) for decade in _shared(decades)]
        return condition(field, ranges, "must", said, negated=refused) if ranges else None


def _shared(values: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return what most of some items have; of what none shares, all that the first one has."""
    counts = Counter(value for each in values for value in dict.fromkeys(each))
    most = max(counts.values(), default=0)
    if len(values) > 1 and most < 2:
        return next((each for each in values if each), ())
    least = max(2, (len(values) + 1) // 2) if len(values) > 1 else 1
    return tuple(value for value, count in counts.items() if count >= min(least, most))


def _wished(conditions: Sequence[Constraint | Group], field: str) -> tuple[str, ...]:
    """Return the values of a field that are wished for."""
    found: list[str] = []
    for each in conditions:
        if isinstance(each, Group):
            found += _wished(each.members, field) if each.join != "none" else ()
        elif each.field == field and not each.excludes:
            found += map(str, each.value)
    return tuple(dict.fromkeys(found))
