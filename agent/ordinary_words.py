"""The words that a sentence may begin with, those that deny, and those after which a name stands.

Used to tell an ordinary word from a name at the beginning of a sentence, where both are capitalised. A word that is
missing here costs a sentence its free wording and nothing else. Knows no catalogue.
"""

from tastemaker.tools.resolve.ordinary_words import FUNCTION_WORDS, is_ordinary

_OPENERS = frozenset(
    """
    absolutely admittedly alternatively altogether ample arguably bigger bleak bold brisk built come comes cosy
    count crafted crisp deliberate delicate dense described distinct elegant energetic essentially fewer
    furthermore gently given gives giving gradual gripping heavier held hopefully immersive intimate lean leans
    likewise matching meanwhile meditative melancholy mellow memorable mild moody moreover nearly notably
    offbeat open opening opens overall paced particularly playful plenty poetic praised reflective remarkable
    satisfying selected sensitive slick slightly somewhat soothing sparse specifically splendid spread steady
    steeped strikingly sturdy stylish surely swift take tranquil understated unhurried vibrant vivid weighing
    whimsical wry
    """.split()  # noqa: SIM905
)
NAMING_WORDS = frozenset(
    {"called", "titled", "named", "entitled", "watch", "try", "recommend", "suggest", "versus", "vs"}
)
"""Words after which a name is likely, even in lower case."""
LISTING_WORDS = frozenset({"like", "and", "or", "than", "see", "play", "read", "hear"})
"""Words after which a name may stand, and any other word as well."""
_NEGATIONS = frozenset(
    "no not without never none nothing nor neither non lacks lacking avoids avoiding skips skipping excludes excluding "  # noqa: SIM905
    "zero cannot hardly barely".split()
)
_ENDINGS = ("ing", "ed", "ly", "ful", "ous", "ive", "less", "able", "ible", "ish", "ment", "ness", "tion", "ic")
_SHORTEST = 6


def is_function_word(word: str) -> bool:
    """Return whether a word carries no topic and names nothing: `the`, `It's`."""
    return _plain(word) in FUNCTION_WORDS or word.casefold().replace("’", "").replace("'", "") in FUNCTION_WORDS


def looks_ordinary(word: str) -> bool:
    """Return whether a word is likely an ordinary one, by a list and by its form."""
    return all(
        part in _OPENERS or is_ordinary(part) or (len(part) >= _SHORTEST and part.endswith(_ENDINGS))
        for part in _plain(word).split("-")
    )


def negates(word: str) -> bool:
    """Return whether a word turns what follows into its opposite."""
    plain = word.casefold().replace("’", "'")
    return plain in _NEGATIONS or plain.endswith("n't")


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").split("'")[0]
