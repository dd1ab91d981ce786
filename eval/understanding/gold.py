"""What the marks of a request stand for in one catalogue. Knows nothing of plans."""

from collections.abc import Sequence
from dataclasses import dataclass

from tastemaker.agent.planners.marks import MarkKind
from tastemaker.eval.understanding.request_file import ITEM, PERSON, Mark
from tastemaker.eval.understanding.vocabulary import alternatives
from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import CatalogueSchema, Role
from tastemaker.tools.resolve.lookup import Match
from tastemaker.tools.resolve.resolver import Resolver
from tastemaker.tools.workspace import Workspace

_LEAST_LIKENESS = 0.75
"""Score from which on a name that is spelt a little otherwise than in the catalogue is the same name."""
_LEAST_MEANING = 0.52
"""Likewise a word that only means the same: "anime" is Animation (.53), "violence" is no genre (.50)."""
_CLOSE = 0.001
"""Matches whose scores differ by no more stand for a name equally well."""
_SURE = 0.94
"""Score from which on a match bears the whole name; below, only a part of it."""


@dataclass(frozen=True)
class Meant:
    """What one mark stands for."""

    mark: Mark
    kind: MarkKind
    fields: frozenset[str]
    """Fields of the schema that the name or number may be of; none for an item."""
    values: frozenset[str]
    """Keys of the catalogue's values that the name means."""
    items: frozenset[str]
    """Ids of the items that the title means, or the reference."""
    near: frozenset[str]
    """Keys of all values, of whatever field, that the words of the mark can be taken for."""

    @property
    def known(self) -> bool:
        """Whether the catalogue has what is named."""
        return self.kind == "number" or bool(self.values or self.items)


def meant(mark: Mark, shown: Sequence[str], workspace: Workspace) -> Meant:
    """Return what a mark stands for.

    Args:
        mark: the mark.
        shown: ids of the last list shown, to which references point.
        workspace: whose catalogue is spoken of.
    """
    fields = fields_of(mark, workspace.schema)
    if mark.field == ITEM:
        return Meant(mark, "item", fields, frozenset(), _items(mark, shown, workspace.resolver), frozenset())
    if all(workspace.schema.field(name).ordered for name in fields):
        return Meant(mark, "number", fields, frozenset(), frozenset(), frozenset())
    resolver = workspace.resolver
    values, near = set(), set()
    for name in alternatives(mark):
        for field in sorted(fields):
            matches = [match for match in resolver.resolve(name, [field]).matches if _same(match)]
            best = matches[0].score if matches else 0.0
            values |= {normalise(value) for match in matches if match.score >= best - _CLOSE for value in match.values}
    for name in (*alternatives(mark), mark.text):
        for match in resolver.resolve(name).matches:
            near |= {normalise(value) for value in match.values} if match.item_id is None else set()
    return Meant(mark, "facet", fields, frozenset(values), frozenset(), frozenset(values | near))


def fields_of(mark: Mark, schema: CatalogueSchema) -> frozenset[str]:
    """Return the fields of the schema that a mark may be of."""
    if mark.field == ITEM:
        return frozenset()
    if mark.field == PERSON:
        return frozenset(field.name for field in schema.with_role(Role.PERSON))
    return frozenset({mark.field})


def _items(mark: Mark, shown: Sequence[str], resolver: Resolver) -> frozenset[str]:
    if mark.place is not None:
        return frozenset(shown[mark.place : mark.place + 1])
    found = [resolver.resolve_item(name).matches for name in alternatives(mark)]
    if not any(found):
        found = [resolver.resolve_item(mark.canonical or mark.text).matches]
    kept = [[match for match in matches if match.item_id and _same(match)] for matches in found]
    whole = [[match for match in matches if match.score >= _SURE] or matches for matches in kept]
    return frozenset(str(match.item_id) for matches in whole for match in matches)


def _same(match: Match) -> bool:
    return match.score >= {"fuzzy": _LEAST_LIKENESS, "meaning": _LEAST_MEANING}.get(match.how, 0.0)
