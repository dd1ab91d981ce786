"""Requests made from interactions, for teaching a ranker where nobody has recorded conversations.

A person's likes up to a moment are what is known; the next one is hidden and wanted; the request says part of what it
is: one of its names, its decade, or words of its text, or nothing. Who is asked about is left out of the taste model
that describes the candidates, or the ranker would learn to trust a score that has seen the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from tastemaker.tools.catalogue.constraint import Constraint, Operator
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import FieldType, Role
from tastemaker.tools.catalogue.store import InteractionLog, Rows
from tastemaker.tools.index.taste_model import TasteModel
from tastemaker.tools.ranking.features import features_of
from tastemaker.tools.ranking.ranker import Example
from tastemaker.tools.ranking.request import RankingRequest
from tastemaker.tools.ranking.shortlist import shortlist
from tastemaker.tools.ranking.signals import Signals
from tastemaker.tools.workspace import Workspace

LEAST_PEOPLE = 200
"""People with enough likes; with fewer there is too little to learn from."""
LEAST_LIKES = 5
"""Likes of a person who is asked about."""
REQUESTS = 1500
_FOLDS = 3
_MOST_KNOWN = 8
_LATER = 5
"""Likes after the wanted one that count as wanted too, but less."""
_WORDS = 8
_NOW, _SOON = 2, 1


@dataclass(frozen=True)
class _Person:
    likes: Rows
    """Rows, oldest first."""
    user: int


def synthesised(workspace: Workspace, log: InteractionLog, seed: int = 7, requests: int = REQUESTS) -> list[Example]:
    """Return examples made from interactions; none where there are too few people with likes.

    Args:
        workspace: the catalogue, its indexes and models.
        log: its interactions.
        seed: seed of who is asked about, and what they say.
        requests: how many are made.
    """
    people = _people(workspace, log)
    if len(people) < LEAST_PEOPLE:
        return []
    drawn = np.random.default_rng(seed)
    fold = drawn.integers(_FOLDS, size=len(log.users))
    examples: list[Example] = []
    for each in range(_FOLDS):
        others = log.only(fold[log.user] != each)
        vectors = workspace.vector_index.vectors
        taste = TasteModel.fit(others, len(workspace.catalogue), workspace.schema.like_at_least, vectors)
        held = [person for person in people if fold[person.user] == each]
        blind = replace(workspace, taste=taste)
        for _ in range(requests // _FOLDS):
            examples.append(_example(blind, held[int(drawn.integers(len(held)))], drawn))
    return examples


def _people(workspace: Workspace, log: InteractionLog) -> list[_Person]:
    """Return the people with enough likes, each with their likes as the histories have them."""
    histories = workspace.sequence.histories
    users = np.unique(log.user[log.liked(workspace.schema.like_at_least)])
    likes = (histories.likes[start:end].astype(np.int64) for start, end in pairwise(histories.starts))
    return [_Person(rows, int(user)) for user, rows in zip(users, likes, strict=True) if len(rows) >= LEAST_LIKES]


def _example(workspace: Workspace, person: _Person, drawn: np.random.Generator) -> Example:
    catalogue = workspace.catalogue
    moment = int(drawn.integers(1, len(person.likes)))
    known = person.likes[max(0, moment - int(drawn.integers(1, _MOST_KNOWN + 1))) : moment]
    wanted, later = person.likes[moment], person.likes[moment + 1 : moment + 1 + _LATER]
    item = catalogue.items([str(catalogue.ids[wanted])])[0]
    conditions, query = _said(workspace, item, drawn)
    rows = catalogue.rows_where(conditions) if conditions else np.arange(len(catalogue), dtype=np.int64)
    pool = np.setdiff1d(rows, person.likes[:moment])
    ids = [str(each) for each in catalogue.ids[known]]
    request = RankingRequest.of(
        catalogue, liked=ids, named=ids, said=[query] if query else [], query=query, conditions=conditions
    )
    signals = Signals(workspace, request)
    candidates = shortlist(signals, pool, pool[:0])
    grades = np.where(candidates == wanted, _NOW, np.where(np.isin(candidates, later), _SOON, 0))
    return Example(features_of(signals, candidates), grades)


def _said(workspace: Workspace, item: Item, drawn: np.random.Generator) -> tuple[list[Constraint], str]:
    """Return what a request says of an item: conditions that it keeps, or words of its text, or nothing."""
    kind = drawn.choice(["nothing", "name", "decade", "words"])
    if kind == "words":
        return [], _words(workspace, item, drawn)
    facets = [field.name for field in workspace.schema.facets() if item.values.get(field.name)]
    if kind == "name" and facets:
        field = facets[int(drawn.integers(len(facets)))]
        value = item.values[field]
        names = value if isinstance(value, tuple) else (value,)
        name = names[int(drawn.integers(len(names)))]
        return [Constraint(field=field, op=Operator.CONTAINS_ANY, value=(name,))], ""
    years = workspace.schema.with_role(Role.YEAR)
    if kind == "decade" and years and isinstance(year := item.values.get(years[0].name), int | float):
        first = int(year) // 10 * 10
        return [Constraint(field=years[0].name, op=Operator.BETWEEN, value=(first, first + 9))], ""
    return [], ""


def _words(workspace: Workspace, item: Item, drawn: np.random.Generator) -> str:
    """Return a few words in a row of one of the item's texts or names, in lower case."""
    told: list[Sequence[str]] = []
    for field in workspace.schema.fields:
        value = item.values.get(field.name)
        if field.type is FieldType.TEXT and isinstance(value, str):
            told.append(value.split())
        elif isinstance(value, tuple):
            told += [name.split() for name in value]
    told = [each for each in told if each]
    if not told:
        return ""
    words = told[int(drawn.integers(len(told)))]
    start = int(drawn.integers(max(len(words) - _WORDS, 0) + 1))
    return " ".join(words[start : start + _WORDS]).lower()
