"""Keys under which names are compared: no case, accents, punctuation or leading article.

Knows nothing of fields or catalogues; see `tastemaker.tools.resolve` for fuzzy and semantic matching.
"""

import re
import unicodedata

_ARTICLE = re.compile(r"^(the|a|an) (?=.)")
_DROPPED = re.compile(r"['’`´.]")
_SEPARATOR = re.compile(r"[\W_]+")
_SPACE = re.compile(r"\s+")
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def normalise(text: str) -> str:
    """Return the comparison key of a text; only a blank text has an empty one.

    Letters of every script are kept, so names in Chinese or Cyrillic have keys too. A text of punctuation alone
    keeps it, so "!!!" is a name like any other.

    >>> normalise("  L'Été, & Co. ")
    'lete and co'
    """
    if text.isascii():
        plain = text.lower()
        if plain.replace(" ", "").isalnum():
            # Nearly every name: nothing to drop and nothing between the words but spaces.
            return " ".join(plain.split())
    else:
        # Folding twice: letters that only appear by decomposition (𝐀) have a case too.
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).casefold()
        plain = "".join(letter for letter in folded if not unicodedata.combining(letter)).translate(_UNDECOMPOSED)
        plain = unicodedata.normalize("NFC", plain)
    key = _SEPARATOR.sub(" ", _DROPPED.sub("", plain.replace("&", " and "))).strip()
    return key or _SPACE.sub(" ", plain.replace("\0", " ").encode("utf-8", "replace").decode()).strip()


def normalise_title(title: str) -> str:
    """Return the key of a title: as `normalise`, without a leading English article.

    >>> normalise_title("The Time Machine")
    'time machine'
    """
    return _ARTICLE.sub("", normalise(title))
