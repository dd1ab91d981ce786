"""Reads tables from files and databases: CSV (delimiter and encoding found out), JSONL, Parquet, and any SQL URL.

A line that cannot be read is kept aside with its number and the rest is read. Knows nothing of what the columns mean.
"""

import csv
import gzip
import io
import json
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, create_engine, inspect, select
from sqlalchemy import Table as DatabaseTable
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from tastemaker.tools.build.manifest import digest, file_digest
from tastemaker.tools.build.table import Rejected, Source, Table
from tastemaker.tools.build.values import is_missing, number_of
from tastemaker.tools.errors import DataError

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 200
_FORMATS = ".csv, .tsv, .jsonl or .parquet (the first three also with .gz)"


def source_of(given: str | Path | Source) -> Source:
    """Return the source that a path or a database URL names; a source is returned as it is.

    Raises:
        DataError: the file does not exist, or its name does not tell its format.
    """
    if not isinstance(given, str | Path):
        return given
    if "://" in str(given):
        return SqlSource(str(given))
    path = Path(given).expanduser()
    if not path.is_file():
        raise DataError(f"There is no file {path}; check the path.")
    if format_of(path) not in (".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".parquet"):
        raise DataError(f"{path.name} is of no known format; give {_FORMATS}.")
    return FileSource(path)


def format_of(path: Path) -> str:
    """Return a file's suffix in lower case, `.gz` looked through."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


@dataclass(frozen=True)
class FileSource:
    """A file."""

    path: Path
    """Where it is."""

    @property
    def name(self) -> str:
        """Name of the file."""
        return self.path.name

    def fingerprint(self) -> str:
        """Return the digest of the content."""
        return file_digest(self.path)

    def read(self) -> Table:
        """Read the file.

        Raises:
            DataError: it cannot be read, or holds no rows.
        """
        try:
            if format_of(self.path) == ".parquet":
                table = _parquet(self.path)
            else:
                data = (
                    gzip.decompress(self.path.read_bytes())
                    if self.path.suffix.lower() == ".gz"
                    else self.path.read_bytes()
                )
                read = _jsonl if format_of(self.path) in (".jsonl", ".ndjson") else _csv
                table = read(self.name, _decoded(data))
        except (OSError, EOFError) as error:
            raise DataError(f"{self.path} cannot be read ({error}); check the file.") from error
        if not len(table):
            reason = (
                f"; the first bad row is line {table.rejected[0].line}: {table.rejected[0].reason}"
                if table.rejected
                else ""
            )
            raise DataError(f"{self.name} holds no rows that can be used{reason}.")
        return table


@dataclass(frozen=True)
class SqlSource:
    """A table of a database, named by a URL: `postgresql://host/shop#products`."""

    url: str
    """SQLAlchemy's URL; after `#`, the table."""

    @property
    def name(self) -> str:
        """Name of the table, or of the database."""
        address, _, table = self.url.partition("#")
        return table or address.rsplit("/", 1)[-1]

    def fingerprint(self) -> str:
        """Return the digest of all rows."""
        table = self.read()
        return digest(*(json.dumps([name, list(values)], default=str) for name, values in table.columns.items()))

    def read(self) -> Table:
        """Read the table.

        Raises:
            DataError: the database cannot be reached, or the table is not there.
        """
        address, _, wanted = self.url.partition("#")
        try:
            engine = create_engine(make_url(address))
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise DataError(f"The database URL of {self.name} cannot be used ({error}); correct it.") from error
        try:
            inspector = inspect(engine)
            names = sorted([*inspector.get_table_names(), *inspector.get_view_names()])
            if not wanted and len(names) == 1:
                wanted = names[0]
            if wanted not in names:
                raise DataError(f"Name the table after '#' in the URL; the database has {', '.join(names) or 'none'}.")
            table = DatabaseTable(wanted, MetaData(), autoload_with=engine)
            with engine.connect() as connection:
                columns = list(zip(*connection.execute(select(table)).all(), strict=True))
        except SQLAlchemyError as error:
            reason = str(error).splitlines()[0]
            raise DataError(f"The database of {self.name} cannot be read ({reason}); check the URL.") from error
        finally:
            engine.dispose()
        if not columns:
            raise DataError(f"The table {wanted} holds no rows.")
        return Table(wanted, dict(zip(table.columns.keys(), columns, strict=True)), range(1, len(columns[0]) + 1))


def _decoded(data: bytes) -> str:
    """Return text of bytes: by byte order mark, else UTF-8, else the Western code page, which fits anything."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


class _Lines:
    """Lines that remember which were taken for the record being read, and can be given back."""

    def __init__(self, text: str) -> None:
        self._source = io.StringIO(text, newline="")
        self._returned: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next(self._source)
        self.number += 1
        self.taken.append(line)
        return line

    def give_back(self, lines: Sequence[str]) -> None:
        """Let these last lines be read again."""
        self._returned.extendleft(reversed(lines))
        self.number -= len(lines)


def _csv(name: str, text: str) -> Table:
    delimiter = _delimiter(text)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    header = _header(name, next(reader, []))
    columns: list[list[str | None]] = [[] for _ in header]
    numbers: list[int] = []
    rejected: list[Rejected] = []
    while True:
        lines.taken = []
        reason = ""
        cells: list[str] = []
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            reason = f"the line cannot be read ({error})"
        if len(lines.taken) > 1 and sum(line.count('"') for line in lines.taken) % 2:
            reason = "a quote is not closed"
        first = lines.number - len(lines.taken) + 1
        if not reason and not any(cell.strip() for cell in cells):
            continue
        if not reason and len(cells) != len(header):
            reason = f"{len(cells)} cells where the header has {len(header)}; quote cells that hold '{delimiter}'"
        if reason:
            if len(lines.taken) > 1:
                reason = "a quote is not closed"
                rejected.append(Rejected(name, first, reason, lines.taken[0].rstrip()[:1000]))
                lines.give_back(lines.taken[1:])
                # The reader may hold half a cell; a new one starts clean.
                reader = csv.reader(lines, delimiter=delimiter)
            else:
                rejected.append(Rejected(name, first, reason, "".join(lines.taken).rstrip()[:1000]))
            continue
        numbers.append(first)
        for column, cell in zip(columns, cells, strict=True):
            column.append(None if is_missing(cell) else cell.strip())
    return Table(name, dict(zip(header, columns, strict=True)), numbers, rejected)


def _header(name: str, cells: Sequence[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    if not any(header):
        raise DataError(f"{name} is empty; give a header line and rows.")
    if all(number_of(cell) is not None for cell in header):
        raise DataError(f"The first line of {name} holds numbers and no column names; add a header line.")
    # A column without a name, such as the row numbers that pandas writes, gets one that nothing else has.
    named = [cell or f"column {k}" for k, cell in enumerate(header, 1)]
    repeated = [cell for cell, count in Counter(named).items() if count > 1]
    if repeated:
        raise DataError(f"{name} has two columns named '{repeated[0]}'; rename one.")
    return named


def _delimiter(text: str) -> str:
    """Return the delimiter that divides the first lines into the most cells of one number."""
    sample = "".join(io.StringIO(text, newline="").readlines(200_000)[:_SAMPLE])

    def fit(delimiter: str) -> tuple[float, int]:
        try:
            counts = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row)
        except csv.Error:
            return 0.0, 0
        width, lines = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return (lines / counts.total(), width) if width > 1 else (0.0, 0)

    return max(_DELIMITERS, key=fit)


def _jsonl(name: str, text: str) -> Table:
    if text.lstrip().startswith("["):
        raise DataError(f"{name} is one JSON array; write one object a line (JSONL).")
    rows: list[dict[str, Any]] = []
    numbers: list[int] = []
    rejected: list[Rejected] = []
    # Only line feeds end a line: JSON texts may hold other separators.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line, parse_constant=lambda _: None)
        except (ValueError, RecursionError) as error:
            rejected.append(Rejected(name, number, f"not JSON ({error})", line.strip()[:1000]))
            continue
        if not isinstance(row, dict):
            rejected.append(Rejected(name, number, "not a JSON object", line.strip()[:1000]))
            continue
        rows.append(row)
        numbers.append(number)
    names = list(dict.fromkeys(key for row in rows for key in row))
    columns = {key: [_cell(row.get(key)) for row in rows] for key in names}
    return Table(name, columns, numbers, rejected)


def _parquet(path: Path) -> Table:
    import pyarrow
    from pyarrow import parquet

    try:
        found = parquet.read_table(path)  # type: ignore[no-untyped-call]
    except pyarrow.lib.ArrowInvalid as error:
        raise DataError(f"{path.name} is not a Parquet file ({error}); check the file.") from error
    columns = {name: [_cell(value) for value in found.column(name).to_pylist()] for name in found.column_names}
    return Table(path.name, columns, range(1, found.num_rows + 1))


def _cell(value: Any) -> Any:
    if is_missing(value):
        return None
    return value.strip() if isinstance(value, str) else value
