"""Puts the fixed wording of replies in the person's language: templates by their English, from `replies/*.toml`.

Holds what replies say of any catalogue; words of one catalogue ("film", "Comedy") come from its schema. What has no
translation is said in English. Does not know who says what, nor in which language the person speaks.
"""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from tastemaker.agent.languages.lexicon import LANGUAGES
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, Role, shown_value

_NAMES_AS_THEY_ARE = frozenset({Role.PERSON, Role.TITLE, Role.ALIAS})


@dataclass(frozen=True)
class Wording:
    """The fixed wording of one language."""

    templates: Mapping[str, str] = field(default_factory=dict)
    """By English template, with the same places to fill in."""
    words: Mapping[str, str] = field(default_factory=dict)
    """By English word: units, languages, countries, which are no one catalogue's."""
    plurals: bool = True
    """Whether nouns have a plural."""

    @classmethod
    @lru_cache(maxsize=len(LANGUAGES))
    def load(cls, code: str) -> "Wording":
        """Read the wording of a language.

        Raises:
            FileNotFoundError: there is none of that code.
        """
        text = (files(__package__) / "replies" / f"{code}.toml").read_text(encoding="utf-8")
        read = tomllib.loads(text)
        return cls(read["templates"], read.get("words", {}), read.get("plurals", True))


@dataclass(frozen=True)
class Speech:
    """The language of the reply being composed, and the catalogue that it speaks of."""

    language: str = ""
    """Code of a language other than English; empty for English."""
    schema: CatalogueSchema | None = None
    """Where the catalogue's own words come from."""
    wording: Wording = field(default_factory=Wording)
    """The fixed wording."""


_ENGLISH = Speech()
_speech: ContextVar[Speech] = ContextVar("speech", default=_ENGLISH)


@contextmanager
def speaking(language: str, schema: CatalogueSchema) -> Iterator[None]:
    """Let everything said in the block be in a language; English where the language is unknown or has no wording."""
    known = language in LANGUAGES
    token = _speech.set(Speech(language, schema, Wording.load(language)) if known else _ENGLISH)
    try:
        yield
    finally:
        _speech.reset(token)


def foreign() -> bool:
    """Return whether something other than English is spoken."""
    return bool(_speech.get().language)


def template(english: str) -> str:
    """Return a template as it is; marks one that is kept in a table and filled in later, so that none is missed."""
    return english


def say(english: str, /, **values: object) -> str:
    """Return a template in the language spoken, filled in.

    >>> say("Here is {items}.", items="1 film")
    'Here is 1 film.'
    """
    return _speech.get().wording.templates.get(english, english).format(**values)


def fixed_words() -> list[str]:
    """Return all that may be said in the language spoken whatever the facts are, for those who check replies."""
    speech = _speech.get()
    schema = speech.schema
    if schema is None:
        return []
    labels = [label for each in schema.fields for label in (each.spoken, each.unit)]
    names = [schema.noun, schema.plural, *(motive.name for motive in schema.motives), *schema.examples, *labels]
    phrases = [stated(each, "") for each in schema.fields]
    return [*speech.wording.templates.values(), *map(word, names), *phrases]


def word(english: str) -> str:
    """Return a word of the catalogue, or of the world, in the language spoken; as it is where there is none."""
    speech = _speech.get()
    if speech.schema is None:
        return english
    own = speech.schema.word_in(speech.language, english)
    return own if own != english else speech.wording.words.get(english, english)


def noun(count: int, schema: CatalogueSchema) -> str:
    """Return what one or several items are called."""
    return word(schema.noun if count == 1 or not _speech.get().wording.plurals else schema.plural)


def named(field_: CatalogueField, name: object) -> str:
    """Return one value of a field; names of people and items stay as they are."""
    said = shown_value(name)
    return said if field_.role in _NAMES_AS_THEY_ARE or field_.ordered else word(said)


def stated(field_: CatalogueField, value: object) -> str:
    """Return the words that state a value of a field, which is already in the language spoken."""
    speech = _speech.get()
    if speech.schema is None:
        return field_.say(value)
    own = speech.schema.languages.get(speech.language, {})
    phrase = next((own[key][0] for key in (f"{field_.name}: {field_.phrase}", field_.phrase) if own.get(key)), "")
    if not phrase and any(letter.isalpha() for letter in field_.phrase.format(label="", value="", unit="")):
        phrase = "{label}: {value} {unit}" if field_.unit else "{label}: {value}"
    phrase = phrase or field_.phrase
    return phrase.format(label=word(field_.spoken), value=shown_value(value), unit=word(field_.unit))
