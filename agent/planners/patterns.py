"""Patterns with a place for the words that people use for an item of the catalogue at hand."""

import re
from collections.abc import Sequence


def filled(template: str, nouns: Sequence[str]) -> "re.Pattern[str]":
    """Return a pattern with `{nouns}` replaced by the alternatives.

    Args:
        template: a pattern; braces other than `{nouns}` stand for themselves.
        nouns: comparison keys of the words for items.
    """
    words = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True)) or "item"
    return re.compile(template.replace("{nouns}", f"(?:{words})"))
