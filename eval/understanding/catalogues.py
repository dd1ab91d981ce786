"""The workspaces in which requests are understood, one a domain.

One is given, open: that of its schema's domain. The others are made of the names that the requests that come with
the package speak of, and kept. Builds and opens; knows nothing of planners.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tastemaker.eval.errors import DialogueError
from tastemaker.eval.understanding.request_file import Dialogue, holds_requests, read, read_usable
from tastemaker.eval.understanding.vocabulary import Vocabulary
from tastemaker.tools.build.builder import build_workspace
from tastemaker.tools.build.table import MemorySource
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.workspace import Workspace

FOLDER = Path(__file__).parent
Progress = Callable[[str, int, int], None]
_ADDRESS = 12


def declared_schemas(given: CatalogueSchema | None = None) -> dict[str, CatalogueSchema]:
    """Return the schema of every domain, by name: those that come with the package, and a given one."""
    schemas = [CatalogueSchema.load(path) for path in sorted((FOLDER / "domains").glob("*.toml"))]
    # The given one comes first in messages, and its own schema of a domain goes before that of the package.
    first = {given.name: given} if given else {}
    return first | {schema.name: schema for schema in schemas if schema.name not in first}


def packaged_requests() -> list[Path]:
    """Return the files of requests that come with the package."""
    found = [*FOLDER.glob("*.jsonl"), *(FOLDER / "hand").glob("*.jsonl")]
    return sorted(path for path in found if holds_requests(path))


class Catalogues:
    """The workspaces of all domains, each built and opened when it is first asked for. Close it when done."""

    def __init__(
        self,
        home: Path,
        given: Workspace,
        requests: Iterable[Dialogue] = (),
        *,
        packaged: bool = True,
        progress: Progress = lambda step, done, total: None,
    ) -> None:
        """Prepare; nothing is built yet.

        Args:
            home: directory in which named workspaces live.
            given: the workspace of its own schema's domain; it stays open.
            requests: dialogues whose names the other catalogues must have.
            packaged: whether they also have the names of all requests that come with the package.
            progress: told of every step of a build.
        """
        self.schemas: Mapping[str, CatalogueSchema] = declared_schemas(given.schema)
        """Schema by domain."""
        self._home = home
        self._given = given
        self._requests = list(requests)
        self._packaged = packaged
        self._progress = progress
        self._opened: dict[str, Workspace] = {}

    def workspace(self, domain: str) -> Workspace:
        """Return the workspace of a domain.

        Raises:
            DialogueError: there is no such domain.
        """
        if domain == self._given.schema.name:
            return self._given
        if domain not in self.schemas:
            raise DialogueError(f"There is no catalogue of '{domain}'; there are those of {', '.join(self.schemas)}.")
        if domain not in self._opened:
            self._opened[domain] = self._built(self.schemas[domain])
        return self._opened[domain]

    def close(self) -> None:
        """Close what was opened here."""
        for workspace in self._opened.values():
            workspace.close()
        self._opened.clear()

    def __enter__(self) -> Self:
        """Return the catalogues, to be closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what was opened here."""
        self.close()

    def _built(self, schema: CatalogueSchema) -> Workspace:
        vocabulary = Vocabulary.of(schema, [*self._requests, *self._others()])
        version = vocabulary.fingerprint()
        path = self._home / "understanding" / f"{schema.name}-{version[:_ADDRESS]}"
        build_workspace(
            path,
            MemorySource(schema.plural, version, vocabulary.items),
            MemorySource("interactions", version, vocabulary.interactions),
            schema,
            self._given.encoder,
            lambda step, done, total: self._progress(f"{schema.name}: {step}", done, total),
        )
        return Workspace.open(path, self._given.encoder)

    def _others(self) -> list[Dialogue]:
        paths = packaged_requests() if self._packaged else []
        return [dialogue for path in paths for dialogue in read_usable(path, self.schemas)]


def read_all(paths: Sequence[Path], schemas: Mapping[str, CatalogueSchema]) -> list[Dialogue]:
    """Read the requests of several files."""
    return [dialogue for path in paths for dialogue in read(path, schemas)]
