"""Reads files of JSON lines, and says in a sentence what is wrong with one. Knows nothing of what they hold."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tastemaker.eval.errors import DialogueError


def text_of(path: Path) -> str:
    """Return what a file holds.

    Raises:
        DialogueError: it cannot be read or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DialogueError(f"{path} cannot be read ({error.strerror}); check the path.") from error
    except UnicodeDecodeError as error:
        raise DialogueError(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8.") from error


def json_lines(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    """Yield the number, from 1, and the value of every line that is not blank.

    Args:
        path: the file, for messages.
        text: what it holds.

    Raises:
        DialogueError: a line is not JSON.
    """
    # Only "\n" ends a line: other separators may stand unescaped inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                raise DialogueError(
                    f"{path}, line {number}: not JSON ({error.msg} at column {error.colno}); "
                    "write one JSON object a line."
                ) from error
