"""Which items the same people like: for each item the strongest few, as sparse edges.

Long histories count for less, and so do items that everybody likes. Made block by block of items, so that the memory
stays within what one block's pairs need. Knows nothing of the order of likes.
"""

import numpy as np
from scipy import sparse

from tastemaker.tools.catalogue.store import Rows
from tastemaker.tools.index.histories import Histories

NEIGHBOURS = 100
"""Most edges from one item."""
_LENGTH_POWER = 0.5
"""Power of a history's length by which each pair in it is divided."""
_FAME_POWER = 0.3
"""Power of the number of people who like an item by which edges to it are divided."""
_BLOCK = 2_000
_NOTHING: Rows = np.zeros(0, dtype=np.int64)


def liked_together(histories: Histories) -> sparse.csr_array[np.float32]:
    """Return items by items, the edges from one item summing to 1, or to 0 where nobody likes it beside others."""
    items = histories.items
    ones = np.ones(len(histories.likes), dtype=np.float32)
    users = sparse.csr_array((ones, histories.likes, histories.starts), shape=(len(histories.starts) - 1, items))
    weighted = users.copy()
    lengths = np.diff(histories.starts)
    weighted.data /= np.repeat(lengths, lengths).astype(np.float32) ** _LENGTH_POWER
    weighted.data /= np.maximum(histories.fans, 1).astype(np.float32)[histories.likes] ** _FAME_POWER
    by_item = users.T.tocsr()
    rows, columns, data = [_NOTHING], [_NOTHING], [np.zeros(0, dtype=np.float32)]
    for start in range(0, items, _BLOCK):
        block = (by_item[start : start + _BLOCK] @ weighted).tocsr()
        for place in range(block.shape[0]):
            found = slice(block.indptr[place], block.indptr[place + 1])
            others = block.indices[found] != start + place
            column, weight = block.indices[found][others], block.data[found][others]
            best = np.lexsort((column, -weight))[:NEIGHBOURS]
            rows.append(np.full(len(best), start + place, dtype=np.int64))
            columns.append(column[best].astype(np.int64))
            data.append((weight[best] / weight[best].sum()).astype(np.float32))
    edges: sparse.csr_array[np.float32] = sparse.csr_array(
        (np.concatenate(data), (np.concatenate(rows), np.concatenate(columns))), shape=(items, items)
    )
    return edges
