"""Suiting a mood: proposes what carries the names that a mood was taken to mean.

A soft score that never leaves an item out; of items that suit alike, the better known come first. Does not know how a
mood is read: see `tastemaker.tools.resolve.moods`.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.catalogue.motive import Motive
from tastemaker.tools.errors import RetryableToolError
from tastemaker.tools.suit_motive import suited
from tastemaker.tools.tool import Limit, ToolKind, tool
from tastemaker.tools.workspace import Workspace


@tool(ToolKind.RETRIEVER)
def suit_mood(
    workspace: Workspace,
    names: Annotated[Mapping[str, Sequence[str]], Field(min_length=1)],
    within: Candidates | None = None,
    limit: Limit = 200,
) -> Candidates:
    """Find items that carry names which a mood seems to mean; a guess, never a filter.

    Args:
        workspace: where to look.
        names: by field, the names; what carries more of them comes first.
        within: the candidates to choose from; None for the whole catalogue.
        limit: the most items returned.

    Returns:
        The items that carry at least one, by how many; of equals the better known first.

    Raises:
        RetryableToolError: a field is none whose values are names.
    """
    known = [field.name for field in workspace.schema.facets()]
    for field in names:
        if field not in known:
            raise RetryableToolError(f"'{field[:60]}' is no field of names; those are: {', '.join(known) or 'none'}.")
    prefers = {field: tuple(each) for field, each in names.items()}
    mood = Motive(name="mood", cues=("mood",), prefers=prefers)
    return suited(workspace, [mood], "suit_mood", within, limit)
