"""Raw tables: columns of values as a source gave them, each row with its line, and the rows that were kept aside.

Knows nothing of fields or types; see `reading` for the formats, `inference` for what the columns are.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self

from tastemaker.tools.errors import DataError


@dataclass(frozen=True)
class Rejected:
    """A row, or a value of a row, that could not be used."""

    source: str
    """Name of the file or table."""
    line: int
    """Line in a text file, else the row's number; both from 1."""
    reason: str
    """What is wrong, in words that the owner of the file can act on."""
    row: str = ""
    """The row as it was read, cut to 1,000 characters."""
    kept: bool = False
    """True when the row was used without the bad value."""

    def to_json(self) -> str:
        """Return one line of JSON."""
        return json.dumps(
            {"source": self.source, "line": self.line, "reason": self.reason, "kept": self.kept, "row": self.row},
            ensure_ascii=False,
        )


@dataclass(frozen=True)
class Table:
    """A table as it was read."""

    name: str
    """Name of the file or table."""
    columns: Mapping[str, Sequence[Any]]
    """Values by column name, all of one length; None where missing."""
    lines: Sequence[int]
    """Line of each row, from 1."""
    rejected: Sequence[Rejected] = field(default=(), repr=False)
    """Rows that could not be read."""

    def __len__(self) -> int:
        return len(self.lines)

    @classmethod
    def of(cls, name: str, rows: Iterable[Mapping[str, Any]]) -> Self:
        """Return a table of rows in memory; a key that a row lacks is missing there."""
        rows = list(rows)
        names = list(dict.fromkeys(key for row in rows for key in row))
        return cls(name, {key: [row.get(key) for row in rows] for key in names}, range(1, len(rows) + 1))

    def column(self, name: str) -> Sequence[Any]:
        """Return the values of a column.

        Raises:
            DataError: there is no such column.
        """
        if name not in self.columns:
            raise DataError(f"{self.name} has no column '{name}'; its columns are {', '.join(self.columns)}.")
        return self.columns[name]

    def reject(self, row: int, reason: str, *, kept: bool = False) -> Rejected:
        """Return the record of a row that cannot be used, or of a value of it when `kept`."""
        values = {name: values[row] for name, values in self.columns.items() if values[row] is not None}
        return Rejected(
            self.name, self.lines[row], reason, json.dumps(values, ensure_ascii=False, default=str)[:1000], kept
        )


class Source(Protocol):
    """Where a table comes from."""

    @property
    def name(self) -> str:
        """What messages call it."""

    def fingerprint(self) -> str:
        """Return a text that changes when the content does."""

    def read(self) -> Table:
        """Read the table.

        Raises:
            DataError: it cannot be read.
        """


@dataclass(frozen=True)
class MemorySource:
    """A table made by a program."""

    name: str
    """What messages call it."""
    version: str
    """A text that changes when the content does."""
    make: Callable[[], Table]
    """Makes the table."""

    def fingerprint(self) -> str:
        """Return the version."""
        return self.version

    def read(self) -> Table:
        """Make the table."""
        return self.make()


def write_rejected(path: Path, rejected: Iterable[Rejected]) -> int:
    """Write rejected rows as JSONL and return how many there are."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rejected:
            file.write(row.to_json() + "\n")
            count += 1
    return count
