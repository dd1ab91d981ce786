"""Reads requests marked by hand: JSONL, one dialogue a line, each turn with what it means written into its words.

`a slow [sci-fi|genres|wanted] from [the 80s=1980..1989|year|wanted]` is a request with two marks: the words that name
something, the name or number meant where the words are another, the field, and what the person wants of it. Errors
name file, line and cure. Knows nothing of planners and catalogues.
"""

import contextlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tastemaker.eval.errors import DialogueError
from tastemaker.eval.json_lines import json_lines, text_of
from tastemaker.tools.catalogue.schema import CatalogueSchema, Role

ITEM, PERSON = "item", "person"
"""Fields of marks that no schema has: an item, and a person of whom the words do not say what they did."""
FACET_ROLES: tuple[str, ...] = ("wanted", "preferred", "refused", "forgotten", "ignored")
NUMBER_ROLES: tuple[str, ...] = ("wanted", "at-least", "at-most", "refused", "forgotten", "ignored")
ITEM_ROLES: tuple[str, ...] = ("like-this", "liked", "disliked", "seen", "asked", "ignored")
ACTS = ("recommend", "explain", "chat", "ask", "undo")
KINDS = (
    "simple", "many-mentions", "mixed-polarity", "refused-list", "refused-people", "both-bounds", "bounds",
    "similar-to", "history", "critique", "correction", "take-back", "reference", "question", "compare", "soft-mood",
    "small-talk", "out-of-scope", "vague", "typos", "slang", "scope", "either-or", "person-role", "series-remake",
    "ambiguous-title", "long-story", "injection", "other-language",
)  # fmt: skip
_MARK = re.compile(r"\[([^\[\]|]+)\|([a-z][a-z0-9_]*)\|([a-z-]+)\]")
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(?:\.\.(-?\d+(?:\.\d+)?))?")
_REFERENCE = re.compile(r"#([1-9]\d?)")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Mark(_Model):
    """A stretch of a request that names something or gives a bound."""

    start: int
    """Place of its first letter in the plain words."""
    end: int
    """Place after its last letter."""
    text: str
    """As typed."""
    canonical: str | None = None
    """What is meant where that is not what is typed: a name, several with `/` between, a number, a range `1980..1989`,
    or the place of an item in the list shown, `#3`."""
    field: str
    """A field of the domain's schema, `item` or `person`."""
    role: str
    """What the person wants of it."""

    @property
    def place(self) -> int | None:
        """Place in the list shown, from 0; None when the mark is no reference to it."""
        found = _REFERENCE.fullmatch(self.canonical or self.text)
        return int(found[1]) - 1 if found else None

    @property
    def numbers(self) -> tuple[float, float] | None:
        """Both ends of the range meant, equal for one number; None when none is given."""
        found = _NUMBER.fullmatch(self.canonical or self.text)
        return (float(found[1]), float(found[2] or found[1])) if found else None


class Turn(_Model):
    """What a person says, and what it means."""

    user: str
    """The words, marks taken out."""
    marks: tuple[Mark, ...] = ()
    """In order, not overlapping."""
    act: str
    """What the turn is for."""
    shown: tuple[str, ...] = ()
    """Titles of the list that was shown before this turn; empty when the answer before was no list."""


class Dialogue(_Model):
    """One conversation, most often of one turn."""

    id: str = Field(min_length=1)
    domain: str
    """Name of the catalogue's schema."""
    kind: str
    """What is hard about it."""
    language: str
    """ISO code of the language it is in."""
    turns: tuple[Turn, ...] = Field(min_length=1)


class _WrittenTurn(_Model):
    """A turn as it is written."""

    user: str
    act: str
    shown: tuple[str, ...] = ()


class _WrittenDialogue(_Model):
    """A dialogue as it is written."""

    id: str = Field(min_length=1)
    domain: str
    kind: str
    language: str = Field(pattern="^[a-z]{2}$")
    turns: tuple[_WrittenTurn, ...] = Field(min_length=1)


def read(path: Path, schemas: Mapping[str, CatalogueSchema]) -> list[Dialogue]:
    """Read all dialogues of a file.

    Args:
        path: the file.
        schemas: schema by domain, against which the fields of the marks are checked.

    Raises:
        DialogueError: the file is missing or empty, is not in the format, or names a domain or field without schema.
    """
    found: dict[str, Dialogue] = {}
    for number, value in json_lines(path, text_of(path)):
        where = f"{path}, line {number}"
        dialogue = _dialogue(value, schemas, where)
        if dialogue.id in found:
            raise DialogueError(f"{where}: the id '{dialogue.id}' was given before; give each dialogue its own.")
        found[dialogue.id] = dialogue
    if not found:
        raise DialogueError(f"{path} holds no requests; write one dialogue a line.")
    return list(found.values())


def read_usable(path: Path, schemas: Mapping[str, CatalogueSchema]) -> list[Dialogue]:
    """Return the dialogues of a file that are in the format and of these domains, for what they speak of."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        with contextlib.suppress(DialogueError, json.JSONDecodeError):
            found += [_dialogue(json.loads(line), schemas, f"{path}, line {number}")] if line.strip() else []
    return found


def holds_requests(path: Path) -> bool:
    """Return whether a file looks like one of marked requests: its first line tells domain and kind."""
    if path.suffix.lower() != ".jsonl":
        return False
    try:
        with path.open(encoding="utf-8-sig") as file:
            first = json.loads(next((line for line in file if line.strip()), "null"))
    except (OSError, ValueError):
        return False
    return isinstance(first, dict) and {"domain", "kind", "turns"} <= first.keys()


def plain(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """Return the words of a marked request without its marks, and the marks.

    >>> words, (mark,) = plain("no [spooky stuff=Horror|genres|refused]")
    >>> words, mark.text, mark.canonical, mark.start
    ('no spooky stuff', 'spooky stuff', 'Horror', 3)
    """
    words, marks, end = "", [], 0
    for found in _MARK.finditer(marked):
        words += marked[end : found.start()]
        text, _, canonical = found[1].partition("=")
        start = len(words)
        words += text
        marks.append(
            Mark(start=start, end=len(words), text=text, canonical=canonical or None, field=found[2], role=found[3])
        )
        end = found.end()
    return words + marked[end:], tuple(marks)


def _dialogue(value: Any, schemas: Mapping[str, CatalogueSchema], where: str) -> Dialogue:
    try:
        written = _WrittenDialogue.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the dialogue"
        raise DialogueError(f"{where}: {key}: {first['msg']}; correct it.") from error
    if written.kind not in KINDS:
        _wrong(where, f"there is no kind '{written.kind}'; the kinds are {', '.join(KINDS)}")
    schema = schemas.get(written.domain)
    if schema is None:
        _wrong(where, f"there is no schema of the domain '{written.domain}'; there are {', '.join(schemas)}")
    turns, listed = [], 0
    for number, each in enumerate(written.turns, start=1):
        here = f"{where}, turn {number}"
        listed = len(each.shown) or listed
        if each.act not in ACTS:
            _wrong(here, f"there is no act '{each.act}'; the acts are {', '.join(ACTS)}")
        words, marks = plain(each.user)
        if re.search(r"[\[\]|]", words):
            _wrong(here, "a bracket or a | stands outside of a mark; write marks as [text|field|role]")
        for mark in marks:
            _check(mark, schema, listed, here)
        turns.append(Turn(user=words, marks=marks, act=each.act, shown=each.shown))
    return Dialogue(**written.model_dump(exclude={"turns"}), turns=tuple(turns))


def _check(mark: Mark, schema: CatalogueSchema, listed: int, where: str) -> None:
    here = f"{where}, [{mark.text}]"
    if mark.field == ITEM:
        roles = ITEM_ROLES
        if (mark.canonical or mark.text).startswith("#") and (mark.place is None or mark.place >= listed):
            _wrong(
                here,
                f"{mark.canonical or mark.text} is no place in a list of {listed} titles; correct it or give 'shown'",
            )
    elif mark.field == PERSON and schema.with_role(Role.PERSON):
        roles = FACET_ROLES
    else:
        fields = {field.name: field for field in schema.fields if field.role not in (Role.TITLE, Role.ALIAS)}
        if mark.field not in fields:
            _wrong(here, f"{schema.name} have no field '{mark.field}'; they have {ITEM}, {', '.join(fields)}")
        roles = NUMBER_ROLES if fields[mark.field].ordered else FACET_ROLES
        if fields[mark.field].ordered and mark.canonical and mark.numbers is None:
            _wrong(here, f"'{mark.canonical}' is neither a number nor a range like 1980..1989")
    if mark.role not in roles:
        _wrong(here, f"{mark.field} has no role '{mark.role}'; its roles are {', '.join(roles)}")


def _wrong(where: str, what: str) -> NoReturn:
    raise DialogueError(f"{where}: {what}.")
