"""Demonstrations for a model that plans: requests with their plans, filled with the catalogue's own values.

Those whose request is built most like the one at hand are shown: names and numbers are masked by what they are before
requests are compared, so that a request for a genre and a decade finds another such request, whichever they are. Some
were written for the purpose, most are turns marked by hand, made by `tastemaker.eval.understanding.demonstrations`.
"""

import json
import re
from collections.abc import Iterator
from threading import Lock
from typing import Any

import yaml

from tastemaker.agent.planners.catalogue_card import CatalogueCard
from tastemaker.agent.planners.demonstration_filling import Demonstration, Filling
from tastemaker.prompts.library import load
from tastemaker.tools.index.phrase_index import PhraseIndex
from tastemaker.tools.workspace import Workspace

PROMPTS = ("planner-demonstrations", "planner-bank")
"""Prompts that hold them: those written for the purpose, and those made of turns marked by hand."""
FOLDER = "demonstrations"
"""Directory inside a workspace's that keeps their vectors."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:s\b)?")
_LONGEST = 500
_ASKED_FOR = 8
"""Times as many as are wanted are looked up, since some do not fit, and of those that are built alike one is shown."""


class Demonstrations:
    """The demonstrations that fit one catalogue. Safe to share between threads. Close them when done."""

    def __init__(self, workspace: Workspace, card: CatalogueCard) -> None:
        self._workspace = workspace
        self._opening = Lock()
        self._index: PhraseIndex | None = None
        filling = Filling(card)
        self.all: tuple[Demonstration, ...] = tuple(
            made for raw in _written() if (made := filling.filled(raw)) is not None
        )
        """Every demonstration whose fields and values the catalogue has."""

    def nearest(self, words: str, count: int, *, listed: bool = True) -> list[Demonstration]:
        """Return the demonstrations most like a request, the most like last, where models heed them most.

        Args:
            words: the request.
            count: the most that are returned.
            listed: whether a list is shown before the request; without one, none that speaks of a list is returned.
        """
        found: dict[str, Demonstration] = {}
        for place in self._opened().nearest(self.masked(words)[:_LONGEST], count * _ASKED_FOR):
            each = self.all[place]
            if listed or not each.shown:
                found.setdefault(" ".join(re.findall(r"\w+", each.masked.casefold())), each)
        return list(found.values())[:count][::-1]

    def masked(self, words: str) -> str:
        """Return a request with the catalogue's names and all numbers replaced by what they are."""
        schema = self._workspace.schema
        parts, end = [], 0
        for mention in self._workspace.resolver.mentions(words):
            if not mention.matches:
                continue
            best = mention.matches[0]
            label = schema.noun if best.item_id is not None else schema.field(best.field).spoken
            parts += [words[end : mention.start], label]
            end = mention.end
        return _NUMBER.sub("number", "".join([*parts, words[end:]]))

    def close(self) -> None:
        """Close their index; the files stay."""
        with self._opening:
            if self._index is not None:
                self._index.close()
            self._index = None

    def _opened(self) -> PhraseIndex:
        with self._opening:
            if self._index is None:
                workspace = self._workspace
                masked = [each.masked for each in self.all]
                self._index = PhraseIndex.open(workspace.path / FOLDER, masked, workspace.encoder)
            return self._index


def _written() -> Iterator[Any]:
    crafted, bank = PROMPTS
    yield from yaml.safe_load(load(crafted).text)
    yield from map(json.loads, load(bank).text.splitlines())
