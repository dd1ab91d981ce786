"""Text search: BM25 over weighted fields, by tantivy.

One text field of the index is one field of the catalogue, analysed with the stemmer and stop words of the schema's
language. The words of a query become terms directly: there is no query language, so no text can be a wrong query.
Knows nothing of what the fields mean, nor of typing errors: see `tastemaker.tools.resolve` for those.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import tantivy

from tastemaker.tools.candidates import Scores
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.catalogue.store import Catalogue, Rows
from tastemaker.tools.errors import SchemaError, WorkspaceError

_ROW = "_row"
_PLACE = "_place"  # position of the item's id in sorted order, by which ties are broken
_LONGEST_WORD = 64
_MOST_TERMS = 64
_BATCH = 500
_TERM_SET_UP_TO = 1000
"""Restricting to at most this many rows is a clause of the query; with more, the unrestricted ranking is read until
enough of its rows survive. Both are exact. Measured at 9,061 and 54,366 items, nine-word query, 200 wanted: clause of
100 rows 2 and 4 ms, of 1,000 rows 4 and 11 ms, of 5,000 rows 8 and 18 ms, of 20,000 rows 38 ms; reading the ranking
down to 1,000 takes 2 and 3 ms, to 4,000 4 and 6 ms, to the end 8 and 37 ms."""


class TextIndex:
    """An open text index. Safe to share between threads."""

    def __init__(self, index: tantivy.Index, schema: CatalogueSchema) -> None:
        self._searcher = index.searcher()
        self._fields = index.schema
        self._analyser = _analyser(schema.stemmer)
        self._weights = {field.name: field.search_weight for field in schema.fields}

    @classmethod
    def build(cls, path: Path, catalogue: Catalogue) -> Self:
        """Index all items into a directory, replacing what is there, and open it.

        Raises:
            SchemaError: the schema names a language for which there is no stemmer.
        """
        schema = catalogue.schema
        analyser = _analyser(schema.stemmer)
        partial = path.with_name(f"{path.name}.partial")
        for old in (partial, path):
            if old.exists():
                shutil.rmtree(old)
        partial.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field(_ROW, indexed=True, fast=True)
        builder.add_unsigned_field(_PLACE, fast=True)
        for field in schema.fields:
            builder.add_text_field(field.name, tokenizer_name=_tokenizer(schema), index_option="freq")
        index = tantivy.Index(builder.build(), path=str(partial))
        index.register_tokenizer(_tokenizer(schema), analyser)
        ids = [str(each) for each in catalogue.ids]
        places = {item_id: place for place, item_id in enumerate(sorted(ids))}
        writer = index.writer(heap_size=64_000_000, num_threads=1)
        for start in range(0, len(ids), _BATCH):
            for row, item in enumerate(catalogue.items(ids[start : start + _BATCH]), start):
                writer.add_document(_document(item, row, places[item.id], schema))
        writer.commit()
        writer.wait_merging_threads()
        partial.replace(path)
        return cls.open(path, schema)

    @classmethod
    def open(cls, path: Path, schema: CatalogueSchema) -> Self:
        """Open an index that `build` wrote.

        Raises:
            WorkspaceError: it is missing, corrupt, or was built for other fields or another language.
        """
        cure = "build the workspace again with `tastemaker build`."
        try:
            meta = json.loads((path / "meta.json").read_text(encoding="utf-8"))
            built = {field["name"]: field["options"] for field in meta["schema"]}
            index = tantivy.Index.open(str(path))
        except FileNotFoundError as error:
            raise WorkspaceError(f"The text index {path} is missing; {cure}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise WorkspaceError(f"The text index {path} is corrupt; {cure}") from error
        for field in schema.fields:
            if field.name not in built or built[field.name]["indexing"]["tokenizer"] != _tokenizer(schema):
                raise WorkspaceError(f"The text index {path} was built for another schema; {cure}")
        return cls(index, schema)

    def search(
        self, query: str, limit: int, rows: Rows | None = None, weights: Mapping[str, float] | None = None
    ) -> tuple[Rows, Scores]:
        """Return the best items for the words of a query, best first, ties in the order of their ids.

        Args:
            query: any text; its words are alternatives, and more of them found is better.
            limit: the most items returned.
            rows: the rows that may be returned; None for all.
            weights: weight by field name in place of the schema's; fields that are left out are not searched.

        Returns:
            Rows, shape (n,), and BM25 scores above 0, shape (n,).

        Raises:
            SchemaError: `weights` names a field that the catalogue does not have.
        """
        text = self._query(query, self._weights if weights is None else weights)
        if text is None or limit < 1 or (rows is not None and not len(rows)):
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        if rows is not None and len(rows) <= _TERM_SET_UP_TO:
            allowed = tantivy.Query.term_set_query(self._fields, _ROW, rows.tolist())
            must = tantivy.Occur.Must
            text = tantivy.Query.boolean_query([(must, text), (must, tantivy.Query.const_score_query(allowed, 0.0))])
            rows = None
        return self._read(text, limit, rows)

    def _query(self, query: str, weights: Mapping[str, float]) -> tantivy.Query | None:
        for name in weights:
            if name not in self._weights:
                raise SchemaError(f"There is no field '{name}'; the fields are {', '.join(self._weights)}.")
        words = self._analyser.analyze(query.encode("utf-8", "replace").decode("utf-8"))
        clauses = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(self._fields, name, word, index_option="freq"), float(weight)
                ),
            )
            for word in list(dict.fromkeys(words))[:_MOST_TERMS]
            for name, weight in weights.items()
            if weight > 0
        ]
        return tantivy.Query.boolean_query(clauses) if clauses else None

    def _read(self, query: tantivy.Query, limit: int, rows: Rows | None) -> tuple[Rows, Scores]:
        """Read the ranking until `limit` allowed rows and all that tie with the last are found, or it ends."""
        size = self._searcher.num_docs
        wanted = limit + 1 if rows is None else int(1.2 * (limit + 1) * size / len(rows)) + 1
        while True:
            wanted = min(wanted, size)
            hits = self._searcher.search(query, limit=wanted, count=False).hits
            addresses = [address for _, address in hits]
            scores = np.array([score for score, _ in hits], dtype=np.float64)
            found = np.array(self._searcher.fast_field_values(_ROW, addresses), dtype=np.int64)
            kept = np.arange(len(found)) if rows is None else np.flatnonzero(np.isin(found, rows))
            # The first `limit` are settled once a lower score has been read after them.
            settled = len(kept) >= limit and scores[kept[limit - 1]] > scores[-1]
            if settled or len(hits) < wanted or wanted == size:
                places = np.array(self._searcher.fast_field_values(_PLACE, addresses), dtype=np.int64)
                order = np.lexsort((places[kept], -scores[kept]))[:limit]
                return found[kept][order], scores[kept][order]
            wanted *= 4


def _analyser(language: str) -> tantivy.TextAnalyzer:
    """Return the analyser of a language. Accents go before stemming, so that words typed without them are found."""
    name = language.lower()
    try:
        return (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.remove_long(_LONGEST_WORD))
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.stopword(name))
            .filter(tantivy.Filter.ascii_fold())
            .filter(tantivy.Filter.stemmer(name))
            .build()
        )
    except ValueError as error:
        raise SchemaError(
            f"There is no stemmer for '{language}'; set stemmer = \"english\" in catalogue.toml."
        ) from error


def _tokenizer(schema: CatalogueSchema) -> str:
    return f"words_{schema.stemmer.lower()}"


def _document(item: Item, row: int, place: int, schema: CatalogueSchema) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned(_ROW, row)
    document.add_unsigned(_PLACE, place)
    for field in schema.fields:
        value = item.values.get(field.name)
        parts: Sequence[Any] = () if value is None else value if isinstance(value, tuple) else (value,)
        for part in parts:
            text = f"{part:g}" if isinstance(part, float) else str(part)
            document.add_text(field.name, text.encode("utf-8", "replace").decode("utf-8"))
    return document
