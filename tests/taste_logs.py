"""Interactions for tests of the taste comparison: people of two tastes, with a few likes outside of their own."""

import numpy as np

from tastemaker.eval.taste.data import Interactions
from tastemaker.tools.catalogue.store import InteractionLog

PEOPLE, ITEMS = 60, 40


def two_tastes(*, texts: bool = True, values: bool = True) -> Interactions:
    """Even people like items of the first half, odd ones of the second, and dislike some of the other."""
    draw = np.random.default_rng(5)
    same = (np.arange(PEOPLE)[:, None] % 2) == (np.arange(ITEMS)[None, :] >= ITEMS // 2)
    seen = draw.random((PEOPLE, ITEMS)) < np.where(same, 0.5, 0.15)
    user, row = np.nonzero(seen)
    odd = draw.random(len(user)) < 0.1
    value = np.where(same[user, row] ^ odd, 5.0, 1.0) if values else np.ones(len(user))
    log = InteractionLog(tuple(f"u{k:02}" for k in range(PEOPLE)), user, row, value, np.full(len(user), np.nan))
    vectors = draw.normal(scale=0.3, size=(ITEMS, 6)).astype(np.float32)
    vectors[: ITEMS // 2, 0] += 1.0
    return Interactions.of_log("two tastes", log, ITEMS, 4.0 if values else None, vectors if texts else None)
