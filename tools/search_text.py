"""Text search: proposes the items whose words match those of a query best.

Finds words, not meanings, and corrects no typing errors.
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.errors import RetryableToolError, SchemaError
from tastemaker.tools.tool import Limit, ToolKind, tool
from tastemaker.tools.workspace import Workspace


@tool(ToolKind.RETRIEVER)
def search_text(
    workspace: Workspace,
    query: Annotated[str, Field(max_length=2000)],
    weights: Mapping[str, float] | None = None,
    within: Candidates | None = None,
    limit: Limit = 200,
) -> Candidates:
    """Find items by the words in their fields (BM25): names, titles, subjects that the request says literally.

    Args:
        workspace: where to look.
        query: the words looked for; more of them found is better, none of them must be.
        weights: weight by field name, in place of the catalogue's own; fields left out are not searched.
        within: the candidates to choose from; None for the whole catalogue.
        limit: the most items returned.

    Returns:
        The items that have at least one of the words, with their BM25 scores.

    Raises:
        RetryableToolError: `weights` names a field that the catalogue does not have.
    """
    try:
        rows, scores = workspace.text_index.search(query, limit, None if within is None else within.rows, weights)
    except SchemaError as error:
        raise RetryableToolError(str(error)) from error
    note = "" if len(rows) else "No item has any of the words."
    return Candidates.ranked("search_text", rows, scores, workspace.catalogue.ids, note=note)
