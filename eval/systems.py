"""What can be evaluated: anything that is told a history and then, turn by turn, what a person says.

A system never sees what a dialogue expects: `begin`, `say` and `heard` are all that it is given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Answer:
    """What a system answers to one turn."""

    text: str
    act: str
    """One of the acts of a reply; `error` when the system says itself that it failed."""
    shown: tuple[str, ...] = ()
    """Ids shown, best first."""
    ranked: tuple[str, ...] = ()
    """Ids of the whole ranked list, best first; long enough to lose those mentioned and still hold 50."""
    would_rank: Callable[[], Sequence[str]] | None = None
    """Ranks what a list would hold now, after a turn that has none; not part of the turn's duration."""
    shown_again_on_purpose: bool = False
    """Whether the turn is about items shown before: an explanation, an undo."""
    plan: Mapping[str, Any] = field(default_factory=dict)
    stages: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds by stage, as the system measures them itself."""
    tools: Mapping[str, str] = field(default_factory=dict)
    """Outcome by tool called; `ok` where any of its calls found something."""
    tokens: tuple[int, int, int] = (0, 0, 0)
    """Calls of a language model, tokens read, tokens written."""
    prompts: Mapping[str, str] = field(default_factory=dict)
    """Versions of the prompts used, by id."""
    warnings: tuple[str, ...] = ()
    check: Callable[[], Sequence[str]] | None = None
    """Finds claims of the text without evidence; not part of the turn's duration. None where nothing is claimed."""


class Conversation(Protocol):
    """One conversation with a system."""

    def say(self, words: str) -> Answer:
        """Answer what the person says."""
        ...

    def heard(self, text: str) -> None:
        """Be told what was really answered to the last turn, from which the next continues."""
        ...


class System(Protocol):
    """Something that recommends in conversations."""

    @property
    def name(self) -> str:
        """Name in reports."""
        ...

    def begin(self, user: str | None, history: Sequence[str]) -> Conversation:
        """Begin a conversation that no other conversation sees.

        Args:
            user: a user of the interaction log; None for a stranger.
            history: ids of the items that the person liked before, oldest first, all in the catalogue.
        """
        ...

    def close(self) -> None:
        """Give up what the system holds."""
        ...
