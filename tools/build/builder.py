"""Builds a workspace in steps that can be resumed, beside its final place, and moves it there when all is done.

Each step replaces what it wrote before, so a step that was cut short is done again; dense vectors go on where they
were. Knows the parts only by their `build`.
"""

import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tastemaker.tools.build.assembling import assemble
from tastemaker.tools.build.columns import id_column, like_at_least, log_columns
from tastemaker.tools.build.inference import infer_schema
from tastemaker.tools.build.manifest import FORMAT, MANIFEST, Manifest, digest, file_digest
from tastemaker.tools.build.reading import source_of
from tastemaker.tools.build.table import Source, Table, write_rejected
from tastemaker.tools.build.values import text_of
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.catalogue.store import Catalogue, InteractionLog, sqlite_url
from tastemaker.tools.errors import DataError, WorkspaceError
from tastemaker.tools.index.encoder import Encoder
from tastemaker.tools.index.histories import Histories
from tastemaker.tools.index.item_graph import ItemGraph
from tastemaker.tools.index.taste_model import TasteModel
from tastemaker.tools.index.text_index import TextIndex
from tastemaker.tools.index.vector_index import CHROMA_FOLDER, VECTORS_FILE, VectorIndex
from tastemaker.tools.ranking.item_facts import ItemFacts
from tastemaker.tools.ranking.ranker import Ranker
from tastemaker.tools.ranking.synthesis import synthesised
from tastemaker.tools.resolve.resolver import Resolver
from tastemaker.tools.workspace import (
    CATALOGUE,
    GRAPH,
    HISTORIES,
    ITEM_FACTS,
    NAMES,
    RANKER,
    REJECTED,
    SCHEMA,
    SESSIONS,
    TASTE,
    TEXT_INDEX,
    Workspace,
)

Progress = Callable[[str, int, int], None]
"""Called with the name of the step, how much of it is done, and of how much."""
STEPS = ("catalogue", "text index", "vectors", "taste", "histories", "graph", "facts", "names", "ranker")
"""Names of the steps, in order; `vectors` reports its two parts under names of its own."""
_STATE = "build.json"


@dataclass(frozen=True)
class _Inputs:
    items: Source
    interactions: Source | None
    schema: CatalogueSchema | None
    encoder: Encoder
    ranker: Path | None
    """A ranker taught before; None for one that is taught on the interactions."""

    def fingerprint(self) -> str:
        # Words of other languages are in no index: see `_with_words`.
        declared = self.schema.model_copy(update={"languages": {}}).model_dump_json() if self.schema else ""
        log = self.interactions.fingerprint() if self.interactions else ""
        taught = file_digest(self.ranker) if self.ranker else ""
        parts = (self.items.name, self.items.fingerprint(), log, declared, _model(self.encoder), taught)
        return digest(str(FORMAT), *parts)


def read_tables(
    items: str | Path | Source, interactions: str | Path | Source | None = None, schema: CatalogueSchema | None = None
) -> tuple[Table, Table | None, CatalogueSchema]:
    """Read the inputs of a workspace and infer the schema where none is given; writes nothing.

    Raises:
        DataError: a source cannot be read, or its columns cannot be told.
    """
    table = source_of(items).read()
    log = source_of(interactions).read() if interactions is not None else None
    if schema is None:
        identifier = id_column(table)
        like = None
        if log is not None:
            like = like_at_least(log, log_columns(log, _ids(table, identifier), identifier).value)
        schema = infer_schema(table, like)
    return table, log, schema


def build_workspace(
    path: Path,
    items: str | Path | Source,
    interactions: str | Path | Source | None = None,
    schema: CatalogueSchema | None = None,
    encoder: Encoder | None = None,
    progress: Progress = lambda step, done, total: None,
    ranker: Path | None = None,
) -> Manifest:
    """Build the workspace at a path, or find it up to date; a build that was cut short goes on.

    Args:
        path: directory of the workspace. Sessions kept there stay; a schema edited there is used.
        items: file, database URL or source of the items.
        interactions: likewise of the log of interactions, if there is one.
        schema: the schema; inferred when None.
        encoder: makes the vectors; the one installed when None.
        progress: told of every step; not called when the workspace is up to date.
        ranker: file of a ranker taught before on the same catalogue; when None, one is taught on the interactions
            where there are enough.

    Raises:
        DataError: the inputs cannot be read.
        WorkspaceError: the directory at the path is something else.
    """
    path = path.expanduser().absolute()
    if path.exists() and not (path / MANIFEST).exists() and any(path.iterdir()):
        raise WorkspaceError(f"{path} is there and is no workspace; give an empty or a new directory.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with _only_build(path, progress):
        _finish_move(path)
        inputs = _Inputs(
            source_of(items),
            source_of(interactions) if interactions is not None else None,
            schema or _edited_schema(path),
            encoder or Encoder.default(),
            ranker,
        )
        fingerprint = inputs.fingerprint()
        found = up_to_date(path, fingerprint)
        if found is not None:
            return _with_words(path, inputs.schema, found)
        manifest = _Build(_beside(path, ".partial"), path, inputs, fingerprint, progress).run()
        _finish_move(path)
        return manifest


def up_to_date(path: Path, fingerprint: str) -> Manifest | None:
    """Return the manifest of the workspace at a path when it has a fingerprint, else None."""
    try:
        manifest = Manifest.load(path)
    except WorkspaceError:
        return None
    return manifest if manifest.fingerprint == fingerprint else None


class _Build:
    """One build in its directory."""

    def __init__(self, directory: Path, replaced: Path, inputs: _Inputs, fingerprint: str, progress: Progress) -> None:
        self.directory = directory
        self.replaced = replaced
        self.inputs = inputs
        self.fingerprint = fingerprint
        self.progress = progress
        self.seconds = self._resumed()

    def run(self) -> Manifest:
        """Do the steps that are left and write the manifest."""
        self._step("catalogue", self._catalogue)
        schema = CatalogueSchema.load(self.directory / SCHEMA)
        catalogue = Catalogue.open(sqlite_url(self.directory / CATALOGUE), schema)
        log = catalogue.interaction_log()
        with closing(catalogue):
            self._step("text index", lambda: TextIndex.build(self.directory / TEXT_INDEX, catalogue))
            self._step("vectors", lambda: self._vectors(catalogue))
            self._step("taste", lambda: self._taste(catalogue, log))
            self._step(
                "histories",
                lambda: Histories.fit(log, len(catalogue), schema.like_at_least).save(self.directory / HISTORIES),
            )
            self._step("graph", lambda: self._graph(catalogue))
            self._step("facts", lambda: ItemFacts.of(catalogue, log).save(self.directory / ITEM_FACTS))
            self._step("names", lambda: Resolver.build_vectors(self.directory / NAMES, catalogue, self.inputs.encoder))
            rejected = (self.directory / REJECTED).read_bytes().count(b"\n")
            manifest = Manifest(
                name=schema.name,
                fingerprint=self.fingerprint,
                encoder=_model(self.inputs.encoder),
                dimensions=self.inputs.encoder.dimensions,
                schema_declared=self.inputs.schema is not None,
                schema_digest=file_digest(self.directory / SCHEMA),
                items=len(catalogue),
                users=len(log.users),
                interactions=len(log.row),
                rejected=rejected,
                seconds=self.seconds,
            )
            self._step("ranker", lambda: self._ranker(schema, catalogue, log, manifest))
        (self.directory / _STATE).unlink()
        manifest = manifest.model_copy(update={"seconds": self.seconds})
        manifest.save(self.directory)
        return manifest

    def _taste(self, catalogue: Catalogue, log: InteractionLog) -> None:
        vectors = np.load(self.directory / VECTORS_FILE, mmap_mode="r")
        TasteModel.fit(log, len(catalogue), catalogue.schema.like_at_least, vectors).save(self.directory / TASTE)

    def _ranker(self, schema: CatalogueSchema, catalogue: Catalogue, log: InteractionLog, manifest: Manifest) -> None:
        if self.inputs.ranker:
            Ranker.load(self.inputs.ranker, catalogue.row_of)
            shutil.copyfile(self.inputs.ranker, self.directory / RANKER)
            return
        workspace = Workspace.assembled(self.directory, schema, catalogue, self.inputs.encoder, manifest)
        with closing(workspace.vector_index):
            examples = synthesised(workspace, log)
        if examples:
            taught_on = f"{len(examples)} requests made from the interactions"
            Ranker.fit(examples, taught_on).save(self.directory / RANKER, catalogue.ids.tolist())

    def _resumed(self) -> dict[str, float]:
        """Return the seconds of the steps done by an earlier build of the same inputs, and clear any other's."""
        try:
            state = json.loads((self.directory / _STATE).read_text(encoding="utf-8"))
            if state["fingerprint"] == self.fingerprint:
                return dict(state["seconds"])
        except (OSError, ValueError, KeyError, TypeError):
            pass  # no earlier build, or one that was cut short before its first step
        if self.directory.exists():
            shutil.rmtree(self.directory)
        self.directory.mkdir(parents=True)
        self._take_vectors()
        return {}

    def _take_vectors(self) -> None:
        """Begin with the vectors of the workspace that is replaced; those of other texts are not used."""
        for file in self.replaced.glob("vectors*"):
            shutil.copyfile(file, self.directory / file.name)
        if (self.replaced / CHROMA_FOLDER).is_dir():
            shutil.copytree(self.replaced / CHROMA_FOLDER, self.directory / CHROMA_FOLDER)

    def _step(self, name: str, do: Callable[[], object]) -> None:
        if name in self.seconds:
            self.progress(name, 1, 1)
            return
        self.progress(name, 0, 1)
        started = time.perf_counter()
        do()
        self.seconds[name] = round(time.perf_counter() - started, 2)
        _write(self.directory / _STATE, json.dumps({"fingerprint": self.fingerprint, "seconds": self.seconds}))
        self.progress(name, 1, 1)

    def _catalogue(self) -> None:
        # The fingerprint stands from the start, so that a first step cut short is known for what it is.
        _write(self.directory / _STATE, json.dumps({"fingerprint": self.fingerprint, "seconds": {}}))
        items, log, schema = read_tables(self.inputs.items, self.inputs.interactions, self.inputs.schema)
        identifier = id_column(items)
        columns = log_columns(log, _ids(items, identifier), identifier) if log is not None else None
        made = assemble(items, identifier, schema, log, columns)
        write_rejected(self.directory / REJECTED, made.rejected)
        schema.save(self.directory / SCHEMA)
        Catalogue.create(sqlite_url(self.directory / CATALOGUE), schema, made.items, made.interactions).close()

    def _graph(self, catalogue: Catalogue) -> None:
        histories = Histories.load(self.directory / HISTORIES)
        ItemGraph.fit(catalogue, histories).save(self.directory / GRAPH)

    def _vectors(self, catalogue: Catalogue) -> None:
        index = VectorIndex.build(self.directory, catalogue, self.inputs.encoder, self.progress)
        index.close()


def _edited_schema(path: Path) -> CatalogueSchema | None:
    """Return the schema at a path when somebody declared or edited it."""
    try:
        manifest = Manifest.load(path)
    except WorkspaceError:
        return None
    if not (path / SCHEMA).exists():
        return None
    edited = file_digest(path / SCHEMA) != manifest.schema_digest
    return CatalogueSchema.load(path / SCHEMA) if edited or manifest.schema_declared else None


def _with_words(path: Path, schema: CatalogueSchema | None, manifest: Manifest) -> Manifest:
    """Write the schema anew where only its words of other languages have changed, which needs no build."""
    if schema is None or schema.languages == CatalogueSchema.load(path / SCHEMA).languages:
        return manifest
    schema.save(path / SCHEMA)
    manifest = manifest.model_copy(update={"schema_digest": file_digest(path / SCHEMA)})
    manifest.save(path)
    return manifest


def _finish_move(path: Path) -> None:
    """Move a finished build to its place, whatever a kill left of an earlier move; sessions move along.

    The old workspace stands aside as `.old` between the two renames, so there always is a whole one to go back to.
    """
    partial, old = _beside(path, ".partial"), _beside(path, ".old")
    if (partial / MANIFEST).exists():
        if path.exists():
            if old.exists():
                shutil.rmtree(old)
            path.rename(old)
        partial.rename(path)
    if old.exists():
        if not path.exists():
            old.rename(path)
            return
        for file in sorted(old.glob(f"{SESSIONS}*")):
            if not (path / file.name).exists():
                file.rename(path / file.name)
        shutil.rmtree(old)


@contextmanager
def _only_build(path: Path, progress: Progress) -> Iterator[None]:
    """Wait until no other build of this path runs, and keep others waiting. The lock falls when the process ends."""
    lock = sqlite3.connect(path.with_name(f".{path.name}.lock"), isolation_level=None, timeout=0.5)
    with closing(lock):
        while True:
            try:
                lock.execute("BEGIN EXCLUSIVE")
                break
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise DataError(f"{path.parent} cannot be written to ({error}); choose another place.") from error
                progress("waiting for another build", 0, 1)
        yield


def _ids(table: Table, identifier: str) -> frozenset[str]:
    return frozenset(text for text in map(text_of, table.column(identifier)) if text)


def _model(encoder: Encoder) -> str:
    return "/".join(encoder.path.parts[-2:])


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _write(path: Path, text: str) -> None:
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
