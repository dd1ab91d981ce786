"""The interactions that taste scorers are compared on: a workspace's, or a file's. Knows no scorer."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tastemaker.tools.build.columns import like_at_least, log_columns
from tastemaker.tools.build.reading import source_of
from tastemaker.tools.build.values import number_of, text_of
from tastemaker.tools.catalogue.store import InteractionLog, Rows
from tastemaker.tools.errors import DataError
from tastemaker.tools.index.item_weights import Likes
from tastemaker.tools.index.text_taste import Vectors
from tastemaker.tools.workspace import Workspace


@dataclass(frozen=True)
class Interactions:
    """What people liked and disliked."""

    name: str
    """Where it is from."""
    likes: Likes
    """Users by items; 1 where the user likes the item."""
    dislikes: Likes
    """Users by items; 1 where the value is in the lower half of those that are no likes."""
    vectors: Vectors | None
    """Dense vectors of the items' texts, shape (items, dimensions); None where the items have no texts."""

    @classmethod
    def of_log(
        cls, name: str, log: InteractionLog, items: int, threshold: float | None, vectors: Vectors | None
    ) -> Self:
        """Return the interactions of a log.

        Args:
            name: where it is from.
            log: the log.
            items: number of items.
            threshold: values below it are no likes; None when every interaction is a like.
            vectors: dense vectors of the items' texts, if there are any.
        """
        liked = log.liked(threshold)
        middle = np.nan if threshold is None or liked.all() else (float(log.value.min()) + threshold) / 2
        shape = (len(log.users), items)
        return cls(name, _matrix(log, liked, shape), _matrix(log, ~liked & (log.value <= middle), shape), vectors)

    @classmethod
    def of_workspace(cls, workspace: Workspace) -> Self:
        """Return the interactions of a workspace, with its texts."""
        log, items = workspace.catalogue.interaction_log(), len(workspace.catalogue)
        vectors = np.asarray(workspace.vector_index.vectors)
        return cls.of_log(workspace.schema.name, log, items, workspace.schema.like_at_least, vectors)

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """Return the interactions of a file (columns of users, items and, where there are any, values).

        Raises:
            DataError: the file cannot be read, or its columns cannot be told.
        """
        table = source_of(path).read()
        texts = {name: [text_of(value) for value in values] for name, values in table.columns.items()}
        columns = log_columns(table, frozenset(text for each in texts.values() for text in each if text), "item")
        values = [1.0] * len(table) if columns.value is None else [number_of(v) for v in table.columns[columns.value]]
        whole = [
            (user, item, value)
            for user, item, value in zip(texts[columns.user], texts[columns.item], values, strict=True)
            if user and item and value is not None
        ]
        if not whole:
            raise DataError(f"No row of {table.name} has a user and an item; give both in every row.")
        users, user = np.unique([each[0] for each in whole], return_inverse=True)
        items, row = np.unique([each[1] for each in whole], return_inverse=True)
        value = np.array([each[2] for each in whole], dtype=np.float64)
        log = InteractionLog(tuple(users.tolist()), user, row, value, np.full(len(whole), np.nan))
        return cls.of_log(path.name, log, len(items), like_at_least(table, columns.value), None)


def log_of(likes: Likes) -> InteractionLog:
    """Return likes as the log that a taste model is fitted on; every interaction in it is a like."""
    user, row = likes.nonzero()
    users = tuple(str(number) for number in range(likes.shape[0]))
    nothing = np.full(len(user), np.nan)
    return InteractionLog(users, user.astype(np.int64), row.astype(np.int64), np.ones(len(user)), nothing)


def rows_of(likes: Likes, user: int) -> Rows:
    """Return the rows that one user likes, ascending."""
    return np.sort(likes.indices[likes.indptr[user] : likes.indptr[user + 1]]).astype(np.int64)


def matrix_of(lists: list[Rows], items: int) -> Likes:
    """Return lists of rows as a matrix, one row a list."""
    starts = np.cumsum([0, *(len(each) for each in lists)])
    flat = np.concatenate([*lists, np.zeros(0, dtype=np.int64)])
    return sparse.csr_array((np.ones(len(flat), dtype=np.float32), flat, starts), shape=(len(lists), items))


def _matrix(log: InteractionLog, chosen: NDArray[np.bool_], shape: tuple[int, int]) -> Likes:
    pairs = np.unique(np.stack([log.user[chosen], log.row[chosen]]), axis=1)
    return sparse.csr_array((np.ones(pairs.shape[1], dtype=np.float32), (pairs[0], pairs[1])), shape=shape)
