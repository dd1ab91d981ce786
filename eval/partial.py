"""Keeps what is done of a long run, so that an interrupted one goes on where it was.

One line a dialogue of a system, written as soon as it is done. Results of another run, by its fingerprint, are not
used. Does not know what is in a record.
"""

import json
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError


class DialogueResult(BaseModel):
    """What one system did in one dialogue; a record has more to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    """Id of the dialogue."""


Record = TypeVar("Record", bound=DialogueResult)


class PartialResults(Generic[Record]):
    """Results of one run so far; kept in memory only without a path."""

    def __init__(self, path: Path | None, fingerprint: str, kind: type[Record]) -> None:
        """Read what an earlier attempt at the same run left.

        Args:
            path: file to keep the results in; None keeps nothing.
            fingerprint: of everything that the results depend on.
            kind: model of the record of a dialogue.
        """
        self._path = path
        self._fingerprint = fingerprint
        self._kind = kind
        self._found: dict[tuple[str, str], Record] = {}
        if path is not None and path.exists():
            kept = [line for line in path.read_text(encoding="utf-8").split("\n") if self._taken(line)]
            # Torn and foreign lines go, so that the next line starts on a line of its own.
            path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")

    def __len__(self) -> int:
        return len(self._found)

    def get(self, system: str, dialogue: str) -> Record | None:
        """Return the record of a dialogue of a system; None when it is not done."""
        return self._found.get((system, dialogue))

    def add(self, system: str, record: Record) -> None:
        """Keep a record."""
        self._found[system, record.id] = record
        if self._path is None:
            return
        line = {"run": self._fingerprint, "system": system, "record": record.model_dump(mode="json")}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _taken(self, line: str) -> bool:
        try:
            found = json.loads(line)
            if found["run"] != self._fingerprint:
                return False
            record = self._kind.model_validate(found["record"])
        except (json.JSONDecodeError, KeyError, TypeError, ValidationError):
            return False
        self._found[found["system"], record.id] = record
        return True
