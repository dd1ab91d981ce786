"""The question put to the small model: which act a turn is, and which role each mark in it has.

One text, read once: it ends in a question about the turn, then one about each mark, and after every question the
probabilities of its answers are read where the answer would stand. No answer is ever written, so none sways the next.
Knows no model.
"""

from dataclasses import dataclass

from tastemaker.agent.fencing import fenced
from tastemaker.agent.planners.marks import ROLES, MarkKind
from tastemaker.prompts.library import load

PROMPT = "local-planner"
ACTS = ("recommend", "explain", "chat", "ask", "undo")
"""The acts that are told apart here; a critique is a recommendation."""
_MOST_MARKS = 9
_LONGEST_WORDS = 600
_AROUND = 2
_WORDS = {"like-this": "like", "liked": "loved", "disliked": "hated", "at-least": "least", "at-most": "most"}


@dataclass(frozen=True)
class AskedMark:
    """One mark as the question shows it."""

    start: int
    """Place of its first letter."""
    end: int
    """Place after its last letter."""
    kind: MarkKind
    """Which roles it can have."""
    label: str
    """What it is, in the schema's words."""
    rules: str
    """Its role by the rules."""


@dataclass(frozen=True)
class AskedTurn:
    """One turn as the question shows it."""

    words: str
    """What the person says."""
    listed: bool
    """Whether a list has been shown before."""
    act: str
    """The act by the rules, one of `ACTS`."""
    marks: tuple[AskedMark, ...]
    """In order."""


@dataclass(frozen=True)
class Question:
    """A stretch of the text, ending where an answer would stand."""

    text: str
    answers: tuple[str, ...]
    """What may stand there: an act or a role each, in the order of `words`."""
    words: tuple[str, ...]
    """The word for each answer, with the blank before it; one token in the small model's vocabulary."""


def questions(turn: AskedTurn) -> list[Question]:
    """Return the question about the act, then one about each mark, to be read one after the other."""
    rows = [
        {
            "before": " ".join(_one_line(turn.words[: mark.start]).split()[-_AROUND:]),
            "text": _one_line(turn.words[mark.start : mark.end]),
            "after": " ".join(_one_line(turn.words[mark.end :]).split()[:1]),
            "label": mark.label,
            "role": _WORDS.get(mark.rules, mark.rules),
        }
        for mark in turn.marks[:_MOST_MARKS]
    ]
    rendered = load(PROMPT).render(
        words=_one_line(turn.words)[:_LONGEST_WORDS], listed=turn.listed, act=turn.act, marks=rows
    )
    said, act, *others = rendered.split("\n")
    asked = [Question(f"{said}\n{act}", ACTS, tuple(f" {each}" for each in ACTS))]
    for mark, text in zip(turn.marks, others, strict=False):
        roles = ROLES[mark.kind]
        asked.append(Question(f"\n{text}", roles, tuple(f" {_WORDS.get(each, each)}" for each in roles)))
    return asked


def _one_line(words: str) -> str:
    return " ".join(fenced(words).split())
