"""A workspace: one directory with the catalogue, the indexes over it and the fitted models; built once, opened by many.

Knows where the parts lie and whether they are whole; see `tastemaker.tools.build` for how they come to be.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self
from zipfile import BadZipFile

from sqlalchemy.exc import SQLAlchemyError

from tastemaker.tools.build.manifest import MANIFEST, Manifest
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.catalogue.store import Catalogue, sqlite_url
from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index.complement_model import ComplementModel
from tastemaker.tools.index.encoder import Encoder
from tastemaker.tools.index.histories import Histories
from tastemaker.tools.index.item_graph import ItemGraph
from tastemaker.tools.index.sequence_model import SequenceModel
from tastemaker.tools.index.taste_model import TasteModel
from tastemaker.tools.index.text_index import TextIndex
from tastemaker.tools.index.vector_index import VectorIndex
from tastemaker.tools.ranking.item_facts import ItemFacts
from tastemaker.tools.ranking.ranker import Ranker
from tastemaker.tools.resolve.moods import Moods
from tastemaker.tools.resolve.resolver import Resolver

SCHEMA = "catalogue.toml"
CATALOGUE = "catalogue.db"
TEXT_INDEX = "text-index"
TASTE = "taste.npz"
HISTORIES = "histories.npz"
GRAPH = "graph.npz"
NAMES = "names.npz"
ITEM_FACTS = "facts.npz"
RANKER = "ranker.json"
REJECTED = "rejected.jsonl"
SESSIONS = "sessions.db"


@dataclass(frozen=True)
class Workspace:
    """An open workspace. Safe to share between threads; close it when done."""

    path: Path
    """Its directory."""
    schema: CatalogueSchema
    """What the items' fields are."""
    catalogue: Catalogue
    """Items, names, interactions."""
    encoder: Encoder
    """Makes vectors of queries."""
    text_index: TextIndex
    """Search by words."""
    vector_index: VectorIndex
    """Search by meaning."""
    taste: TasteModel
    """Scores by what people like together."""
    sequence: SequenceModel
    """Scores by what people like next."""
    complements: ComplementModel
    """Scores by what people like together beyond chance."""
    graph: ItemGraph
    """Items, names and likes to walk over."""
    item_facts: ItemFacts
    """What the ranker knows of every item."""
    resolver: Resolver
    """Names to catalogue values."""
    manifest: Manifest
    """What it was built from."""
    ranker: Ranker | None = None
    """Orders candidates; None where there was too little to learn from, and rank fusion orders them."""

    @classmethod
    def open(cls, path: Path, encoder: Encoder | None = None) -> Self:
        """Open the workspace in a directory.

        Args:
            path: the directory.
            encoder: the encoder of queries; the one installed when None.

        Raises:
            WorkspaceError: it is missing, unfinished, damaged or of another version; the message names the cure.
        """
        path = path.expanduser().absolute()
        _check_there(path)
        manifest = Manifest.load(path)
        schema = CatalogueSchema.load(path / SCHEMA)
        catalogue = _open_catalogue(path, schema, manifest)
        try:
            return cls.assembled(path, schema, catalogue, encoder or Encoder.default(), manifest)
        except WorkspaceError:
            catalogue.close()
            raise
        except (OSError, EOFError, ValueError, KeyError, BadZipFile, SQLAlchemyError) as error:
            catalogue.close()
            raise _damaged(path, (str(error) or type(error).__name__).splitlines()[0]) from error

    @classmethod
    def assembled(
        cls, path: Path, schema: CatalogueSchema, catalogue: Catalogue, encoder: Encoder, manifest: Manifest
    ) -> Self:
        """Put a workspace together from an open catalogue and the files in its directory; `open` does this and more.

        Raises:
            WorkspaceError: a file is missing or corrupt.
        """
        if not (path / NAMES).exists():
            raise _damaged(path, f"{NAMES} is missing")
        vectors = VectorIndex.open(path, catalogue)
        if vectors.vectors.shape[1] != manifest.dimensions:
            raise _damaged(path, "its vectors have another length than the manifest says")
        histories = Histories.load(path / HISTORIES)
        if histories.items != manifest.items:
            raise _damaged(path, f"{HISTORIES} speaks of {histories.items} items")
        return cls(
            path=path,
            schema=schema,
            catalogue=catalogue,
            encoder=encoder,
            text_index=TextIndex.open(path / TEXT_INDEX, schema),
            vector_index=vectors,
            taste=TasteModel.load(path / TASTE),
            sequence=SequenceModel(histories),
            complements=ComplementModel(histories),
            graph=ItemGraph.load(path / GRAPH, histories),
            item_facts=ItemFacts.load(path / ITEM_FACTS),
            resolver=Resolver(catalogue, encoder, path / NAMES),
            manifest=manifest,
            ranker=Ranker.load(path / RANKER, catalogue.row_of) if (path / RANKER).exists() else None,
        )

    @cached_property
    def moods(self) -> Moods:
        """Moods to catalogue values."""
        return Moods(self.schema, self.encoder)

    def close(self) -> None:
        """Close every file."""
        self.vector_index.close()
        self.catalogue.close()

    def __enter__(self) -> Self:
        """Return the workspace, to be closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every file."""
        self.close()


def _check_there(path: Path) -> None:
    if (path / MANIFEST).exists():
        return
    if path.with_name(f"{path.name}.partial").exists():
        raise WorkspaceError(f"The workspace {path} is not finished; run its build again, it goes on where it stopped.")
    if not path.exists():
        raise WorkspaceError(
            f"There is no workspace at {path}; build one with `tastemaker build --items FILE --out {path}`, "
            "or the demo with `tastemaker build demo`."
        )
    raise WorkspaceError(f"{path} is not a workspace; give a directory that `tastemaker build` wrote.")


def _open_catalogue(path: Path, schema: CatalogueSchema, manifest: Manifest) -> Catalogue:
    """Open the database and see that it holds what the manifest and the schema say."""
    if not (path / CATALOGUE).exists():
        raise _damaged(path, f"{CATALOGUE} is missing")
    catalogue = Catalogue.open(sqlite_url(path / CATALOGUE), schema)
    try:
        found = len(catalogue)
        catalogue.items([str(item) for item in catalogue.ids[:1]])
    except SQLAlchemyError as error:
        catalogue.close()
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        if "no such column" in reason:
            raise WorkspaceError(
                f"{path / SCHEMA} has fields that the workspace was not built with ({reason}); "
                "run its build again, which keeps the edited schema."
            ) from error
        raise _damaged(path, reason) from error
    if found != manifest.items:
        catalogue.close()
        raise _damaged(path, f"{CATALOGUE} holds {found} items and the manifest says {manifest.items}")
    return catalogue


def _damaged(path: Path, what: str) -> WorkspaceError:
    return WorkspaceError(f"The workspace {path} is damaged ({what}); delete it and build it again.")
