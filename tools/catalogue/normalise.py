"""Keys under which names are compared: no case, accents, punctuation or leading article.

Knows nothing of fields or catalogues; see `tastemaker.tools.resolve` for fuzzy and semantic matching.
"""

import re
import unicodedata

_ARTICLE = re.compile(r"^(the|a|an) (?=.)")
_DROPPED = re.compile(r"['’`´.]")
_SEPARATOR = re.compile(r"[\W_]+")


def normalise(text: str) -> str:
    """Return the comparison key of a text.

    Letters of every script are kept, so names in Chinese or Cyrillic have keys too.

    >>> normalise("  L'Été, & Co. ")
    'lete and co'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _DROPPED.sub("", plain.replace("&", " and "))
    return _SEPARATOR.sub(" ", plain).strip()


def normalise_title(title: str) -> str:
    """Return the key of a title: as `normalise`, without a leading English article.

    >>> normalise_title("The Time Machine")
    'time machine'
    """
    return _ARTICLE.sub("", normalise(title))
