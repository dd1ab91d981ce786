"""The filter: narrows the pool to the items that keep typed conditions.

Looks at no strength: which conditions are asked, and which are relaxed, is the caller's decision.
"""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from pydantic import Field

from tastemaker.tools.candidates import Candidates
from tastemaker.tools.catalogue.constraint import Condition
from tastemaker.tools.errors import RetryableToolError, SchemaError
from tastemaker.tools.tool import ToolKind, tool
from tastemaker.tools.workspace import Workspace


@tool(ToolKind.FILTER)
def filter_items(
    workspace: Workspace,
    conditions: Annotated[Sequence[Condition], Field(max_length=50)],
    within: Candidates | None = None,
) -> Candidates:
    """Keep the items that meet all conditions on their fields: names contained or excluded, ranges, and/or/not.

    An item whose value is missing fails a wish and passes an exclusion.

    Args:
        workspace: where to look.
        conditions: what the items must be; all of them hold, and a group joins its members by all, any or none.
        within: the candidates to keep from; None for the whole catalogue.

    Returns:
        The items left, in the order of their ids, with scores of 0.

    Raises:
        RetryableToolError: a condition names a field or operator that the catalogue does not have.
    """
    catalogue = workspace.catalogue
    try:
        rows = catalogue.rows_where(conditions)
    except SchemaError as error:
        raise RetryableToolError(str(error)) from error
    if within is not None:
        rows = np.intersect1d(rows, within.rows)
    return Candidates.ranked("filter_items", rows, np.zeros(len(rows)), catalogue.ids)
