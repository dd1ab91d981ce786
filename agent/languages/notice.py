"""A warning that is made where no language is spoken: in English for the trace, in the person's language for replies.

Does not know what went wrong, nor who reads it.
"""

from tastemaker.agent.languages.speech import foreign, say


class Notice(str):
    """The English of a warning, which knows the template that says the same in a reply of another language.

    >>> Notice("search failed: no answer within 5 s", "the tool “{tool}” failed", tool="search")
    'search failed: no answer within 5 s'
    """

    template: str
    """What replies of other languages say; technical details stay in the English."""
    values: dict[str, object]
    """What fills its places."""

    def __new__(cls, english: str, template: str, **values: object) -> "Notice":
        """Make a warning.

        Args:
            english: the whole warning.
            template: what other languages have a translation of.
            values: what fills the template's places.
        """
        made = super().__new__(cls, english)
        made.template, made.values = template, values
        return made


def told(warning: str) -> str:
    """Return a warning in the language spoken; one that is no notice is in it already."""
    return say(warning.template, **warning.values) if foreign() and isinstance(warning, Notice) else warning
