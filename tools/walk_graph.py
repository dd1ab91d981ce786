"""The walk over the graph: proposes what a walker comes to from the items and names mentioned.

It goes over what people like both and over the names that items carry, so it works without any interaction and
reaches items that nobody liked yet. Knows nothing of the words of a request; names come resolved.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated

import numpy as np
from pydantic import Field

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.index.item_graph import LIKES, Walk
from tastemaker.tools.named_items import rows_of
from tastemaker.tools.tool import Limit, ToolKind, tool
from tastemaker.tools.workspace import Workspace

Names = Annotated[Sequence[str], Field(max_length=20)]


@tool(ToolKind.RETRIEVER)
def walk_graph(
    workspace: Workspace,
    items: Annotated[Sequence[str], Field(max_length=50)] = (),
    names: Annotated[Mapping[str, Names], Field(max_length=20)] | None = None,
    within: Candidates | None = None,
    limit: Limit = 200,
) -> Candidates:
    """Find items connected to items and names that were mentioned: by shared names and by the same people's likes.

    Args:
        workspace: where to look.
        items: ids of items to begin at.
        names: names of the catalogue to begin at, by field: people, kinds; each weighs as much as an item.
        within: the candidates to choose from; None for the whole catalogue.
        limit: the most items returned.

    Returns:
        The items that the walk comes to, without those given, with the weight that came to each, above 0.

    Raises:
        RetryableToolError: nothing is given, or an id, a field or a name is not in the catalogue.
    """
    catalogue = workspace.catalogue
    given = rows_of(catalogue, items)
    known = [_known(workspace, field, name) for field, each in (names or {}).items() for name in each]
    if not len(given) and not known:
        raise RetryableToolError("Nothing is given to begin at; give the id of at least one item, or a name.")
    walk = workspace.graph.walk(np.sort(given), sorted(set(known)))
    rows, scores = workspace.graph.scores(walk, None if within is None else within.rows)
    others = ~np.isin(rows, given)
    rows, scores = rows[others], scores[others]
    note = _note(workspace, walk, rows)
    return Candidates.ranked("walk_graph", rows, scores, catalogue.ids, limit, note)


def _known(workspace: Workspace, field: str, name: str) -> int:
    """Return the number of a name in the graph.

    Raises:
        RetryableToolError: there is no such field, or no item carries the name.
    """
    if field not in workspace.graph.fields:
        known = ", ".join(workspace.graph.fields) or "none"
        raise RetryableToolError(f"There are no names in a field '{field[:60]}'; the fields with names are: {known}.")
    found = workspace.graph.name(field, name)
    if found is None:
        raise RetryableToolError(
            f"No item carries the {field} '{name[:60]}'; give a name of the catalogue (resolve it first)."
        )
    return found


def _note(workspace: Workspace, walk: Walk, rows: Rows) -> str:
    """Say over what the walk went, and how many of the items found nobody liked yet."""
    if not len(rows):
        return "Nothing leads on from what was given."
    spoken = {field.name: field.spoken for field in workspace.schema.fields}
    parts = ", ".join(f"{spoken.get(kind, kind)} {share:.0%}" for kind, share in walk.by_kind.items())
    new = int((workspace.sequence.histories.fans[rows] == 0).sum())
    notes = [f"Went over {parts}." if parts else "Only what carries the names given."]
    if LIKES not in walk.by_kind:
        notes.append("No likes lead on from here.")
    if new:
        notes.append(f"Nobody liked {new} of the {len(rows)} items found yet.")
    return " ".join(notes)
