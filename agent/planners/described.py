"""Items of the last list pointed to by a facet: "the one with Tom Hanks", "the French one"."""

import re
from collections.abc import Sequence

from tastemaker.agent.planners.facets import FacetUnit
from tastemaker.agent.planners.line import Line
from tastemaker.tools.catalogue.constraint import Constraint, Operator, Verdict, verdict
from tastemaker.tools.catalogue.store import Catalogue

_ONE_WITH = re.compile(
    r"(?:^| )(?:the|that) one (?:with|by|from|in|starring|directed by|written by|of|about|thats|that is)(?: the)? $"
)
_THE = re.compile(r"(?:^| )(?:the|that) $")
_ONE = re.compile(r"^ one(?!\S)")


def described(line: Line, unit: FacetUnit, shown: Sequence[str], catalogue: Catalogue) -> list[str]:
    """Return the ids of the shown items that a facet describes; none when it describes none.

    Args:
        line: the utterance.
        unit: a facet named in it.
        shown: ids of the last list.
        catalogue: whose items they are.
    """
    before, after = line.text[: unit.start], line.text[unit.end :]
    if not (_ONE_WITH.search(before) or (_THE.search(before) and _ONE.match(after))):
        return []
    conditions = [
        Constraint(field=name, op=Operator.CONTAINS_ANY, value=values[:50]) for name, values in unit.values.items()
    ]
    return [
        item.id
        for item in catalogue.items(list(shown))
        if any(verdict(each, item.values, catalogue.schema) is Verdict.MATCH for each in conditions)
    ]
