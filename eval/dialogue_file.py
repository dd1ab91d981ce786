"""Reads files of scripted dialogues: JSONL, one dialogue a line, or YAML (and JSON), a list of them.

Errors name file, line and cure. A key that is nearly one of the format is an error; other unknown keys are left
out and listed, so that data with more to it can be read. Does not know what a dialogue is for.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from tastemaker.eval.dialogue import Dialogue, Expectation, ExpectedConstraint, Turn
from tastemaker.eval.errors import DialogueError
from tastemaker.eval.json_lines import json_lines, text_of

PACKAGED = Path(__file__).parent / "dialogues" / "films.jsonl"
"""Thirty dialogues about the films of the demo workspace, with hard expectations."""
_NEARLY = 0.85
_CURE = {
    "missing": "add it",
    "extra_forbidden": "remove it",
    "string_type": "put it in quotation marks",
    "int_type": "give a whole number",
    "int_parsing": "give a whole number",
    "tuple_type": "give a list",
    "literal_error": "choose one of those",
    "model_type": "give an object",
    "model_attributes_type": "give an object",
    "too_short": "give at least one",
}
Location = tuple[int | str, ...]
_MODELS: Mapping[tuple[str, ...], type[BaseModel]] = {
    (): Dialogue,
    ("turns",): Turn,
    ("turns", "expect"): Expectation,
    ("turns", "expect", "constraints"): ExpectedConstraint,
}
"""Model of each object of the format, by the keys that lead to it."""


@dataclass(frozen=True)
class DialogueFile:
    """What some files hold."""

    dialogues: tuple[Dialogue, ...]
    """In the order of the files."""
    ignored: tuple[str, ...]
    """Keys that the format does not know, sorted; they were left out."""


@dataclass(frozen=True)
class _Record:
    """One dialogue as read, with the means to find its lines."""

    path: Path
    value: object
    node: yaml.Node | None
    """Its place in a YAML file; None in JSONL."""
    line: int
    """Line where it starts, from 1."""

    def where(self, location: Location = ()) -> str:
        """Return `file, line n` of a part of the dialogue."""
        line, node = self.line, self.node
        for part in location:
            found = _child(node, part)
            if found is None:
                break
            line, node = found
        return f"{self.path}, line {line}"


def read_dialogues(paths: Sequence[Path]) -> DialogueFile:
    """Read all dialogues of some files.

    Raises:
        DialogueError: a file is missing or empty, is not in the format, or two dialogues have the same id.
    """
    dialogues: list[Dialogue] = []
    ignored: set[str] = set()
    first_at: dict[str, str] = {}
    for path in paths:
        count = len(dialogues)
        for record in _records(path):
            dialogue = _parsed(record, ignored)
            if dialogue.id in first_at:
                raise DialogueError(
                    f"{record.where()}: the id '{dialogue.id}' is that of {first_at[dialogue.id]}; give each its own."
                )
            first_at[dialogue.id] = record.where()
            dialogues.append(dialogue)
        if len(dialogues) == count:
            raise DialogueError(f"{path} holds no dialogue; write one a line, as the documentation of `eval` shows.")
    return DialogueFile(tuple(dialogues), tuple(sorted(ignored)))


def _records(path: Path) -> Iterator[_Record]:
    text = text_of(path)
    if path.suffix.lower() in (".yaml", ".yml", ".json"):
        yield from _yaml_records(path, text)
        return
    for number, value in json_lines(path, text):
        yield _Record(path, value, None, number)


def _yaml_records(path: Path, text: str) -> Iterator[_Record]:
    try:
        roots = list(yaml.compose_all(text, Loader=yaml.SafeLoader))
        values = list(yaml.safe_load_all(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "not readable"
        raise DialogueError(f"{path}{line}: not YAML ({problem}); correct that line.") from error
    for root, value in zip(roots, values, strict=True):
        if isinstance(root, yaml.SequenceNode) and isinstance(value, list):
            for node, each in zip(root.value, value, strict=True):
                yield _Record(path, each, node, node.start_mark.line + 1)
        elif root is not None:
            yield _Record(path, value, root, root.start_mark.line + 1)


def _parsed(record: _Record, ignored: set[str]) -> Dialogue:
    if not isinstance(record.value, dict):
        raise DialogueError(f'{record.where()}: a dialogue is an object like {{"id": "d1", "turns": […]}}; write one.')
    for location, key in _unknown_keys(record.value):
        near = difflib.get_close_matches(key, _known(location), n=1, cutoff=_NEARLY)
        if near:
            name = ".".join(str(part) for part in (*location, key))
            raise DialogueError(f"{record.where((*location, key))}: there is no key {name}; write '{near[0]}'.")
        ignored.add(".".join([*(str(part) for part in location if isinstance(part, str)), key]))
    try:
        return Dialogue.model_validate(record.value)
    except ValidationError as error:
        first = error.errors()[0]
        location = first["loc"]
        name = ".".join(str(part) for part in location) or "the dialogue"
        cure = _CURE.get(first["type"], "correct it")
        message = first["msg"].removeprefix("Value error, ")
        raise DialogueError(f"{record.where(location)}: {name}: {message}; {cure}.") from error


def _known(location: Location) -> list[str]:
    return list(_MODELS[tuple(part for part in location if isinstance(part, str))].model_fields)


def _unknown_keys(value: Any, location: Location = ()) -> Iterator[tuple[Location, str]]:
    """Yield the keys that the format does not know, each with the place of the object that holds it."""
    if not isinstance(value, dict):
        return
    known = _known(location)
    for key, part in value.items():
        if str(key) not in known:
            yield location, str(key)
        elif key == "expect":
            yield from _unknown_keys(part, (*location, key))
        elif key in ("turns", "constraints") and isinstance(part, list):
            for number, each in enumerate(part):
                yield from _unknown_keys(each, (*location, key, number))


def _child(node: yaml.Node | None, part: int | str) -> tuple[int, yaml.Node] | None:
    """Return the line and the node of a part of a YAML node; None where there is none."""
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            if key.value == str(part):
                return key.start_mark.line + 1, child
    return None
