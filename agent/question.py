"""The one question that would narrow the candidates most, and whether it is worth a turn.

Knows the candidates and their facets; not how a question is shown, and not who decides that one is asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from tastemaker.agent.languages.speech import foreign, named, say, speaking, stated, template, word
from tastemaker.agent.reply import Chip
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import constraints_in
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, Role, shown_value
from tastemaker.tools.catalogue.store import Catalogue, Rows

WORTH_A_TURN = 0.8
"""Bits that a question must be expected to give before it is put. A guess: an answer of two equal halves gives one."""
_MOST_CHIPS = 4
_MOST_VALUES = 400
_MOST_COUNTED = 24
_NARROWS_NOTHING = 0.9
_NAMED_BY_PEOPLE = {Role.GENRE: 1.0, Role.YEAR: 0.6, Role.LANGUAGE: 0.4}
"""How willing people are to answer, by what is asked, relative to the genre. A guess."""
_WILLING_OTHERWISE = 0.4


@dataclass(frozen=True)
class Question:
    """A question with ready answers."""

    field: str
    """Name of the field it asks about."""
    words: str
    """The question as it is put."""
    chips: tuple[Chip, ...]
    """The likeliest answers, at most four."""
    gain: float
    """Expected narrowing of the candidates in bits, times the willingness to answer."""


@dataclass(frozen=True)
class _Answer:
    chip: Callable[[], Chip]
    """Makes the chip, in the language spoken by then."""
    member: NDArray[np.bool_]
    """Whether each item of the catalogue suits it, shape (items,)."""


class Questioner:
    """Finds questions over one catalogue. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Read the facets."""
        self._catalogue = catalogue
        self._answers = self._possible(catalogue.schema)

    def best(self, live: Rows, state: State, at_least: int) -> Question | None:
        """Return the question that narrows the live candidates most; None when there is nothing left to ask.

        The gain is the mutual information of answer and candidate, the candidates weighted by how well known they
        are, as people mostly mean items that many know.

        Args:
            live: rows of the items that could still be shown.
            state: what was wished and asked before; neither is asked again.
            at_least: how many items an answer must leave to be offered.
        """
        # A refusal alone leaves its field open.
        wished = (each.field for wish in state.conditions for each in constraints_in(wish) if not each.excludes)
        settled = {*state.asked, *wished}
        weights = 1.0 + self._catalogue.popularity[live]
        found = [
            question
            for field, answers in self._answers
            if field.name not in settled and (question := self._question(field, answers, live, weights, at_least))
        ]
        return max(found, key=lambda question: question.gain, default=None)

    def ready(self, language: str) -> dict[str, str]:
        """Return what all answers say in a language, in small letters, with what they say in English.

        So every chip is understood in the words that it has, whatever else the lexicon of the language knows.
        """
        answers = [answer for _, several in self._answers for answer in several]
        english = [answer.chip() for answer in answers]
        with speaking(language, self._catalogue.schema):
            told = [answer.chip() for answer in answers]
            found = {chip.words.casefold(): plain.words for chip, plain in zip(told, english, strict=True)}
            for chip, plain in zip(told, english, strict=True):
                found[say("forget {what}", what=chip.label).casefold()] = f"forget {plain.label.lower()}"
        return found

    def _question(
        self, field: CatalogueField, answers: Sequence[_Answer], live: Rows, weights: NDArray[np.float64], at_least: int
    ) -> Question | None:
        total = float(weights.sum())
        offered: list[tuple[float, _Answer]] = []
        for answer in answers:
            suits = answer.member[live]
            share = float(weights[suits].sum()) / total if total else 0.0
            if share < _NARROWS_NOTHING and int(suits.sum()) >= at_least:
                offered.append((share, answer))
        offered = sorted(offered, key=lambda pair: -pair[0])[:_MOST_CHIPS]
        if len(offered) < 2:
            return None
        others = np.ones(len(live), dtype=bool)
        for _, answer in offered:
            others &= ~answer.member[live]
        shares = np.array([*(share for share, _ in offered), float(weights[others].sum()) / total])
        shares = shares[shares > 0]
        gain = float((shares / shares.sum() * -np.log2(shares)).sum())
        willing = _NAMED_BY_PEOPLE.get(field.role, _WILLING_OTHERWISE)
        return Question(field.name, _words(field), tuple(answer.chip() for _, answer in offered), gain * willing)

    def _possible(self, schema: CatalogueSchema) -> list[tuple[CatalogueField, list[_Answer]]]:
        """Return the possible answers by field."""
        found = []
        for field in schema.fields:
            if field.named and field.shown and field.role not in (Role.PERSON, Role.ALIAS):
                found.append((field, self._names(field)))
            elif field.role is Role.YEAR:
                found.append((field, self._decades(field)))
            elif field.ordered and field.unit:
                found.append((field, self._sizes(field)))
        return found

    def _names(self, field: CatalogueField) -> list[_Answer]:
        values = list(self._catalogue.value_counts(field.name))
        if len(values) > _MOST_VALUES:
            return []
        place = {value: k for k, value in enumerate(values[:_MOST_COUNTED])}
        members = np.zeros((len(place), len(self._catalogue)), dtype=bool)
        for row, names in enumerate(self._catalogue.names_by_row(field.name)):
            for name in names:
                if name in place:
                    members[place[name], row] = True
        return [_Answer(partial(_name_chip, field, value), members[k]) for value, k in place.items()]

    def _decades(self, field: CatalogueField) -> list[_Answer]:
        years = self._catalogue.numbers(field.name)
        decades = np.floor(years / 10) * 10
        return [
            _Answer(partial(_decade_chip, f"{decade:.0f}"), decades == decade)
            for decade in np.unique(decades[~np.isnan(decades)]).tolist()
        ]

    def _sizes(self, field: CatalogueField) -> list[_Answer]:
        numbers = self._catalogue.numbers(field.name)
        known = numbers[~np.isnan(numbers)]
        if not len(known):
            return []
        low, high = (_round(float(each)) for each in np.quantile(known, (0.25, 0.75)))
        ends = [(template("under {amount}"), low, numbers < low), (template("over {amount}"), high, numbers > high)]
        return [_Answer(partial(_size_chip, said, end, field), member) for said, end, member in ends]


def _name_chip(field: CatalogueField, value: str) -> Chip:
    said = named(field, value)
    label = f"{said[:1].upper()}{said[1:]}" if foreign() else said
    return Chip(label=label, words=said if field.role is Role.GENRE else stated(field, said))


def _decade_chip(decade: str) -> Chip:
    return Chip(label=say("{decade}s", decade=decade), words=say("from the {decade}s", decade=decade))


def _size_chip(said: str, end: float, field: CatalogueField) -> Chip:
    words = say(said, amount=f"{shown_value(end)} {word(field.unit)}")
    return Chip(label=words, words=words)


def _words(field: CatalogueField) -> str:
    if field.role is Role.GENRE:
        return say("Which {label} are you in the mood for?", label=word(field.spoken))
    if field.role is Role.YEAR:
        return say("Older or newer: from which decade?")
    return say("Which {label} would suit you?", label=word(field.spoken))


def _round(number: float) -> float:
    """Return a number with two leading digits, as people say bounds."""
    step = 10.0 ** (np.floor(np.log10(abs(number))) - 1) if number else 1.0
    return float(np.round(number / step) * step)
