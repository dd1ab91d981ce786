"""Corrections: which words say that something stands instead of an earlier wish, or beside it.

"Sorry, Spanish, not French" takes the French back; it does not refuse it. "And also with her" replaces nothing.
"""

import re
from collections.abc import Sequence

from tastemaker.agent.planners.facets import FacetUnit
from tastemaker.agent.planners.line import Line
from tastemaker.agent.planners.scope import Attitude
from tastemaker.agent.state import State
from tastemaker.agent.wishes import excludes
from tastemaker.tools.catalogue.constraint import Constraint, Group

_BESIDE = re.compile(
    r"^(?:(?:yes|ok|oh|great|cool|good|nice|,)+ )*(?:and (?!(?:actually|now|then|instead)\b)|also |plus )"
    r"|(?<!\S)(?:too|as well|also|on top(?: of that)?|in addition|additionally)(?= [.,?]|$| please)"
)
_INSTEAD = re.compile(
    r"(?<!\S)(?:actually|instead|sorry|i meant?|rather|change (?:it|that)|make (?:it|that)|on second thoughts?|wait"
    r"|oops|my bad|correction|switch)(?!\S)"
)


def comes_beside(line: Line) -> bool:
    """Return whether what is wished is said to come beside earlier wishes."""
    return bool(_BESIDE.search(line.text)) and not _INSTEAD.search(line.text)


def corrects(line: Line, units: Sequence[FacetUnit], state: State) -> None:
    """Take a facet for taken back that is refused while another of its kind is wished and it was wished before."""
    wanted = [each for each in units if not each.attitude & (Attitude.REFUSED | Attitude.FORGOTTEN | Attitude.ALLOWED)]
    for unit in units:
        rival = any(each.values.keys() & unit.values.keys() for each in wanted)
        if Attitude.REFUSED in unit.attitude and rival and _wished(state.conditions, unit):
            unit.attitude = Attitude.FORGOTTEN


def _wished(conditions: Sequence[Constraint | Group], unit: FacetUnit) -> bool:
    return any(
        _wished(each.members, unit)
        if isinstance(each, Group)
        else bool(set(unit.values.get(each.field, ())) & set(each.value))
        for each in conditions
        if not excludes(each)
    )
