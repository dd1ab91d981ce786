"""The items that a call names: ids to catalogue rows.

Knows ids only; titles are the resolver's.
"""

from collections.abc import Sequence

import numpy as np

from tastemaker.tools.catalogue.store import Catalogue, Rows
from tastemaker.tools.errors import RetryableToolError


def rows_of(catalogue: Catalogue, item_ids: Sequence[str]) -> Rows:
    """Return the rows of items, each once, in the order named.

    Raises:
        RetryableToolError: an id is not in the catalogue.
    """
    for item_id in item_ids:
        if item_id not in catalogue.row_of:
            raise RetryableToolError(
                f"There is no item with the id '{item_id}'; give ids of the catalogue (resolve a title first)."
            )
    return np.array(list(dict.fromkeys(catalogue.row_of[item_id] for item_id in item_ids)), dtype=np.int64)
