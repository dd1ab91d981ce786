"""Numbers in digits or in English words: "12", "ninety-five", "a hundred and twenty", "two and a half", "half a dozen".

Knows no units and no fields. Works on the text of a `Line`, where hyphens between words are spaces.
"""

_ONES_TEXT = "zero one two three four five six seven eight nine"
_TEENS_TEXT = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS_TEXT = "twenty thirty forty fifty sixty seventy eighty ninety"
ONES = {word: value for value, word in enumerate(_ONES_TEXT.split())}
"""Words for one digit."""
TEENS = {word: 10 + value for value, word in enumerate(_TEENS_TEXT.split())}
"""Words from ten to nineteen."""
TENS = {word: 20 + 10 * value for value, word in enumerate(_TENS_TEXT.split())}
"""Words for tens, from twenty on."""
_SMALL_VALUES = ONES | TEENS | TENS
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}
_LARGEST = 1e15


def _any(words: "dict[str, int]") -> str:
    return "|".join(sorted(words, key=len, reverse=True))


SMALL = rf"(?:(?:{_any(TENS)})(?: (?:{_any(ONES)}))?|{_any(TEENS)}|{_any(ONES)})"
"""Pattern of a number below a hundred in words."""
_HUNDREDS = rf"(?:(?:(?:{_any(ONES)}|{_any(TEENS)}|a|\d) )?hundred(?: (?:and )?{SMALL})?)"
_THOUSANDS = rf"(?:(?:(?:{SMALL}|a|\d{{1,2}}) )?thousand(?: (?:and )?(?:{_HUNDREDS}|{SMALL}))?)"
_DOZENS = rf"(?:half a dozen|(?:(?:{_any(ONES)}|a) )?dozen)"
_FRACTION = r"(?: and a (?:half|quarter)| 1 / 2|½)"
NUMBER = rf"(?:(?:{_THOUSANDS}|{_HUNDREDS}|{_DOZENS}|\d+(?:\.\d+)?|{SMALL}){_FRACTION}?)"
"""Pattern of a number."""


def number_of(said: str) -> float:
    """Return the value of what `NUMBER` matches.

    >>> [number_of(said) for said in ("95", "a hundred and twenty", "two and a half", "half a dozen")]
    [95.0, 120.0, 2.5, 6.0]
    """
    if said == "half a dozen":
        return 6.0
    rest, fraction = said, 0.0
    for ending, value in ((" 1 / 2", 0.5), ("½", 0.5), (" and a half", 0.5), (" and a quarter", 0.25)):
        if rest.endswith(ending):
            rest, fraction = rest.removesuffix(ending), value
    total, current = 0.0, 0.0
    for word in rest.split():
        if word in _SMALL_VALUES:
            current += _SMALL_VALUES[word]
        elif word == "thousand":
            total, current = total + max(current, 1.0) * _SCALES[word], 0.0
        elif word in _SCALES:
            current = max(current, 1.0) * _SCALES[word]
        elif word[0].isdigit():
            current += min(float(word), _LARGEST)
    return total + current + fraction
