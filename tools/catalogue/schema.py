"""The schema of a catalogue: its typed fields, and the words in which people speak of them.

Written to `catalogue.toml` in the workspace, where its owner may edit it. Everything that the planner,
the explanations and the chat know of a domain comes from here; no other module knows what an item is.
"""

import tomllib
from enum import StrEnum
from pathlib import Path
from string import Formatter

import tomlkit
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from tastemaker.tools.catalogue.motive import FieldName, Motive
from tastemaker.tools.errors import SchemaError, WorkspaceError


class FieldType(StrEnum):
    """How the values of a field are stored and compared."""

    TEXT = "text"
    """Free text; compared by substring of its normalised form."""
    CATEGORY = "category"
    """At most one value from a set of names."""
    CATEGORIES = "categories"
    """Any number of values from a set of names."""
    NUMBER = "number"
    """One number; compared by size."""
    DATE = "date"
    """One ISO date, `YYYY-MM-DD`; compared by order."""


class Role(StrEnum):
    """What a field is for, where the planner must know."""

    PLAIN = "plain"
    """An ordinary facet."""
    TITLE = "title"
    """The name of the item; every catalogue has one."""
    ALIAS = "alias"
    """Other names of the item, which the resolver knows and cards do not show."""
    YEAR = "year"
    """A number that is a calendar year, so that decades can be said."""
    PERSON = "person"
    """Names of people (or of groups of them)."""
    LANGUAGE = "language"
    """Names of languages, said as "in French"."""
    GENRE = "genre"
    """The main kind of the item."""
    RATING = "rating"
    """A number that tells how well the item is liked: the mean value of its interactions, which no file of items has.
    """


NAMED_TYPES = frozenset({FieldType.CATEGORY, FieldType.CATEGORIES})
ORDERED_TYPES = frozenset({FieldType.NUMBER, FieldType.DATE})
_TYPES_OF_ROLE = {
    Role.TITLE: frozenset({FieldType.TEXT}),
    Role.YEAR: frozenset({FieldType.NUMBER}),
    Role.RATING: frozenset({FieldType.NUMBER}),
    Role.ALIAS: NAMED_TYPES,
    Role.LANGUAGE: NAMED_TYPES,
    Role.GENRE: NAMED_TYPES,
}
_PHRASE_PARTS = frozenset({"label", "value", "unit"})


class CatalogueField(BaseModel):
    """One field of the items."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: FieldName
    """Lower-case identifier."""
    type: FieldType
    """How values are stored and compared."""
    role: Role = Role.PLAIN
    """What the planner may take it for."""
    label: str = ""
    """What people call it; the name when empty."""
    unit: str = ""
    """The unit of a number: `minutes`, `pages`, `EUR`."""
    phrase: str = "{label}: {value}"
    """How an explanation says that an item has a value; `{label}`, `{value}` and `{unit}` are replaced."""
    cues: tuple[str, ...] = ()
    """Words that announce a value of this field: `directed by`."""
    more: tuple[str, ...] = ()
    """Comparatives that ask for a larger value: `longer`."""
    less: tuple[str, ...] = ()
    """Comparatives that ask for a smaller value: `shorter`."""
    aliases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Words as people say them, and the catalogue's values that they mean; one of several is enough."""
    compounds: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Words that mean several of the catalogue's values at once, all of which an item must have."""
    best: float | None = Field(default=None, gt=0)
    """The best number of a scale, 5 of five stars, so that "8 out of 10" can be said of it; no scale when None."""
    glosses: dict[str, str] = Field(default_factory=dict)
    """By value, what it feels like, in words: moods are read by the gloss that is nearest."""
    search_weight: float = Field(default=1.0, ge=0)
    """Weight of the field in text search; 0 leaves it out."""
    embedded: bool = True
    """Whether the field is part of the text that dense retrieval encodes."""
    shown: bool = True
    """Whether cards show it."""

    @field_validator("phrase")
    @classmethod
    def _phrase_can_be_filled(cls, phrase: str) -> str:
        if not {part for _, part, _, _ in Formatter().parse(phrase) if part is not None} <= _PHRASE_PARTS:
            raise ValueError("a phrase may hold {label}, {value} and {unit} only; write {{ for a brace")
        return phrase

    @model_validator(mode="after")
    def _type_suits_role(self) -> "CatalogueField":
        suitable = _TYPES_OF_ROLE.get(self.role)
        if suitable and self.type not in suitable:
            raise ValueError(f'role = "{self.role}" needs type = {" or ".join(sorted(suitable))}')
        return self

    @property
    def spoken(self) -> str:
        """What people call the field."""
        return self.label or self.name.replace("_", " ")

    @property
    def named(self) -> bool:
        """Whether the values are names from a set."""
        return self.type in NAMED_TYPES

    @property
    def ordered(self) -> bool:
        """Whether the values can be compared by size."""
        return self.type in ORDERED_TYPES

    def say(self, value: object) -> str:
        """Return the words that state one value, for explanations."""
        return self.phrase.format(label=self.spoken, value=shown_value(value), unit=self.unit)


def shown_value(value: object) -> str:
    """Return a value as people write it: whole numbers without a point, no exponents.

    >>> shown_value(1982.0), shown_value(1234567.5), shown_value("noir")
    ('1982', '1234567.5', 'noir')
    """
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if value.is_integer() else f"{value:.6f}".rstrip("0")


class CatalogueSchema(BaseModel):
    """All fields of a catalogue, in the order in which people are shown them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = "catalogue"
    """Name of the catalogue."""
    noun: str = "item"
    """One item, as people say: `film`."""
    plural: str = "items"
    """Several items: `films`."""
    like_at_least: float | None = None
    """Interactions with at least this value count as liking; with none given, every interaction does."""
    stemmer: str = "english"
    """Language of the text index's stemmer and stop words."""
    fields: tuple[CatalogueField, ...]
    """The fields."""
    examples: tuple[str, ...] = ()
    """Requests that the chat offers a new visitor."""
    motives: tuple[Motive, ...] = ()
    """For whom, why and on what occasions people want items, and what seems to suit each."""
    languages: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    """By language code, the catalogue's English words (noun, labels, values, what aliases say) with the words people
    use for each in that language; the first is the one that replies use. Motives, examples and phrases of fields
    ("from {value}", or "year: from {value}" for one field of several) are for replies only."""

    @model_validator(mode="after")
    def _has_one_title_and_unique_names(self) -> "CatalogueSchema":
        names = [field.name for field in self.fields]
        if len(set(names)) != len(names):
            raise ValueError("two fields have the same name; rename one of them")
        if sum(field.role is Role.TITLE for field in self.fields) != 1:
            raise ValueError('exactly one field needs role = "title"')
        return self

    @model_validator(mode="after")
    def _motives_speak_of_fields(self) -> "CatalogueSchema":
        if len({motive.name for motive in self.motives}) != len(self.motives):
            raise ValueError("two motives have the same name; rename one of them")
        named = {field.name for field in self.facets()}
        numbers = {field.name for field in self.fields if field.type is FieldType.NUMBER}
        for motive in self.motives:
            for told, known, kind in (
                ({field for field, _, _ in motive.names}, named, "names"),
                (set(motive.bounds), numbers, "numbers"),
            ):
                for field in sorted(told - known):
                    raise ValueError(f"the motive '{motive.name}' needs a field of {kind}, and '{field}' is none")
        return self

    @property
    def title(self) -> CatalogueField:
        """The field that names the items."""
        return next(field for field in self.fields if field.role is Role.TITLE)

    def field(self, name: str) -> CatalogueField:
        """Return a field by name.

        Raises:
            SchemaError: there is none of that name.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise SchemaError(f"There is no field '{name}'; the fields are {', '.join(f.name for f in self.fields)}.")

    def with_role(self, role: Role) -> tuple[CatalogueField, ...]:
        """Return the fields of a role, in order."""
        return tuple(field for field in self.fields if field.role is role)

    def facets(self) -> tuple[CatalogueField, ...]:
        """Return the fields whose values are names, aliases left out."""
        return tuple(field for field in self.fields if field.named and field.role is not Role.ALIAS)

    def motive(self, name: str) -> Motive | None:
        """Return a motive by its name; None when there is none."""
        return next((motive for motive in self.motives if motive.name == name), None)

    def words_in(self, language: str) -> dict[str, str]:
        """Return the English word of this catalogue by its word in another language, those for replies left out."""
        said_only = {*self.examples, *(motive.name for motive in self.motives)}
        told = self.languages.get(language, {})
        return {
            word: english
            for english, words in told.items()
            if "{" not in english and english not in said_only
            for word in words
        }

    def word_in(self, language: str, english: str) -> str:
        """Return a word of this catalogue in another language; the English one where there is none."""
        return next(iter(self.languages.get(language, {}).get(english, ())), english)

    def save(self, path: Path) -> None:
        """Write the schema as TOML; a reader sees the old file or the new one, never a part."""
        document = self.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
        partial = path.with_suffix(".partial")
        partial.write_text(tomlkit.dumps(document), encoding="utf-8")
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> "CatalogueSchema":
        """Read a schema from TOML.

        Raises:
            WorkspaceError: the file is missing, is not TOML or does not describe a schema.
        """
        try:
            return cls.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError as error:
            raise WorkspaceError(f"{path} is missing; build the workspace again with `tastemaker build`.") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise WorkspaceError(f"{path} is not valid TOML ({error}); correct that line.") from error
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the file"
            raise WorkspaceError(f"{path}: {where}: {first['msg']}; correct it.") from error
