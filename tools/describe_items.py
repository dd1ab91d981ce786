"""Description: reads the facts of items.

Says nothing of how they suit a wish.
"""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.named_items import rows_of
from tastemaker.tools.tool import ToolKind, tool
from tastemaker.tools.workspace import Workspace


@tool(ToolKind.READER)
def describe_items(workspace: Workspace, items: Annotated[Sequence[str], Field(max_length=200)]) -> list[Item]:
    """Read what the catalogue says of items: every field's value, how many interactions, their mean value.

    Args:
        workspace: where to look.
        items: ids of the items.

    Returns:
        The items in the order asked, each once.

    Raises:
        RetryableToolError: an id is not in the catalogue.
    """
    catalogue = workspace.catalogue
    return catalogue.items([str(item_id) for item_id in catalogue.ids[rows_of(catalogue, items)]])
