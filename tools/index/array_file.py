"""Files of named arrays, as the fitted models of a workspace are kept: written whole, and read or told to be broken."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tastemaker.tools.errors import WorkspaceError

CURE = "build the workspace again with `tastemaker build`."


def write_arrays(path: Path, arrays: Mapping[str, ArrayLike]) -> None:
    """Write arrays to a file; a reader sees the old one or the new one, never a part."""
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]
    partial.replace(path)


@contextmanager
def reading_arrays(path: Path) -> Iterator[Mapping[str, NDArray[Any]]]:
    """Open a file that `write_arrays` wrote, for the time of a block that makes something of its arrays.

    Raises:
        WorkspaceError: the file is missing, or the block cannot make anything of what it holds.
    """
    try:
        with np.load(path) as file:
            yield file
    except FileNotFoundError as error:
        raise WorkspaceError(f"{path} is missing; {CURE}") from error
    except (ValueError, KeyError, TypeError, IndexError, EOFError, BadZipFile) as error:
        raise WorkspaceError(f"{path} is corrupt; {CURE}") from error
