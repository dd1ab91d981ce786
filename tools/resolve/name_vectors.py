"""Vectors of facet names, for names that mean what a catalogue calls otherwise.

Holds names of facets only, not of items or people: what those mean cannot be told from their sound.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tastemaker.tools.catalogue.normalise import normalise
from tastemaker.tools.catalogue.schema import Role
from tastemaker.tools.catalogue.store import Catalogue
from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index.array_file import write_arrays
from tastemaker.tools.index.encoder import Encoder

_LEAST_ITEMS = 3
_MOST_NAMES = 2000
_SEPARATOR = "\x1f"


@dataclass(frozen=True)
class NameVectors:
    """Names with unit vectors, in parallel."""

    fields: tuple[str, ...]
    """Field of each name."""
    values: tuple[tuple[str, ...], ...]
    """Catalogue values that each name stands for."""
    vectors: NDArray[np.float32]
    """One row a name, shape (names, dimensions)."""

    @classmethod
    def build(cls, path: Path, catalogue: Catalogue, encoder: Encoder) -> "NameVectors":
        """Encode the names that enough items carry, and the schema's aliases; write them to a file."""
        fields: list[str] = []
        values: list[tuple[str, ...]] = []
        texts: list[str] = []
        for field in catalogue.schema.facets():
            if field.role is Role.PERSON:
                continue
            counts = catalogue.value_counts(field.name)
            frequent = [name for name, count in counts.items() if count >= _LEAST_ITEMS][:_MOST_NAMES]
            spoken: dict[str, tuple[str, ...]] = {name: (name,) for name in frequent}
            spoken |= {alias: meant for alias, meant in field.aliases.items() if normalise(alias)}
            for text, meant in spoken.items():
                fields.append(field.name)
                values.append(tuple(meant))
                texts.append(text)
        vectors = encoder.encode(texts) if texts else np.zeros((0, 1), dtype=np.float32)
        arrays = {
            "fields": np.array(fields, dtype=np.str_),
            "values": np.array([_SEPARATOR.join(each) for each in values], dtype=np.str_),
            "vectors": vectors.astype(np.float32),
        }
        write_arrays(path, arrays)
        return cls(tuple(fields), tuple(values), vectors)

    @classmethod
    def load(cls, path: Path) -> "NameVectors":
        """Read what `build` wrote.

        Raises:
            WorkspaceError: the file is not readable as such.
        """
        try:
            with np.load(path, allow_pickle=False) as stored:
                return cls(
                    tuple(str(each) for each in stored["fields"]),
                    tuple(tuple(str(each).split(_SEPARATOR)) for each in stored["values"]),
                    stored["vectors"],
                )
        except (OSError, ValueError, KeyError) as error:
            raise WorkspaceError(
                f"{path} is not readable; build the workspace again with `tastemaker build`."
            ) from error

    def near(
        self, vector: NDArray[np.float32], fields: Sequence[str], least: float, limit: int
    ) -> list[tuple[str, tuple[str, ...], float]]:
        """Return field, values and cosine of the names near to a unit vector, nearest first.

        Args:
            vector: shape (dimensions,).
            fields: fields whose names count.
            least: smallest cosine that counts.
            limit: most names returned.
        """
        if not len(self.vectors):
            return []
        wanted = frozenset(fields)
        cosines = self.vectors @ vector
        order = np.argsort(-cosines, kind="stable")
        near = [(self.fields[k], self.values[k], float(cosines[k])) for k in order if cosines[k] >= least]
        return [each for each in near if each[0] in wanted][:limit]
