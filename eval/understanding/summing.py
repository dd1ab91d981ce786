"""Sums up verdicts on turns: shares with intervals, by group, and planners in pairs. Looks at verdicts only."""

from collections import Counter
from collections.abc import Callable, Sequence

from scipy.stats import binomtest

from tastemaker.eval.bootstrap import Interval, interval, ratio
from tastemaker.eval.summary import latency
from tastemaker.eval.understanding.report import Comparison, DialogueVerdicts, PlannerReport
from tastemaker.eval.understanding.scoring import TurnVerdict

_MANY = 4
_GROUPS: dict[str, Callable[[TurnVerdict], str]] = {
    "marks": lambda turn: f"{_MANY}+" if len(turn.marks) >= _MANY else str(len(turn.marks)),
    "domain": lambda turn: turn.domain,
    "kind": lambda turn: turn.kind,
    "language": lambda turn: turn.language,
}


def summed(dialogues: Sequence[DialogueVerdicts], seed: int) -> PlannerReport:
    """Return the report of one planner.

    Args:
        dialogues: the verdicts on all of its turns; at least one.
        seed: seed of the bootstrap.
    """
    turns = [turn for dialogue in dialogues for turn in dialogue.turns]
    hits, given, due = zip(*(turn.slots for turn in turns), strict=True)
    metrics = {
        "whole_turn": interval([turn.nearly_right for turn in turns], seed, "whole_turn"),
        "whole_turn_strict": interval([turn.right for turn in turns], seed, "whole_turn_strict"),
        "act": interval([turn.act_right for turn in turns], seed, "act"),
        "tokens": interval([turn.tokens for turn in turns], seed, "tokens"),
        "tokens_written": interval([turn.tokens_written for turn in turns], seed, "tokens_written"),
        "repairs": interval([turn.repairs for turn in turns], seed, "repairs"),
    }
    if sum(given) and sum(due):
        metrics["slot_precision"] = ratio(hits, given, seed, "slot_precision")
        metrics["slot_recall"] = ratio(hits, due, seed, "slot_recall")
        both = [number + wanted for number, wanted in zip(given, due, strict=True)]
        metrics["slot_f1"] = ratio([2 * hit for hit in hits], both, seed, "slot_f1")
    return PlannerReport(
        metrics=metrics,
        groups={name: _grouped(turns, name, seed) for name in _GROUPS},
        latency_ms=latency([turn.ms for turn in turns]),
        decided_by=dict(Counter(turn.decided_by for turn in turns).most_common()),
        dialogues=tuple(dialogues),
    )


def compared(this: PlannerReport, that: PlannerReport, against: str) -> Comparison:
    """Return how a planner does against another on the same turns.

    Args:
        this: the planner.
        that: the other.
        against: name of the other.
    """
    ours, theirs = ([turn.nearly_right for each in report.dialogues for turn in each.turns] for report in (this, that))
    counts = Counter(zip(ours, theirs, strict=True))
    only_this, only_that = counts[True, False], counts[False, True]
    # Turns on which both agree tell nothing; without any other there is nothing to test.
    p = float(binomtest(only_this, only_this + only_that).pvalue) if only_this + only_that else 1.0
    return Comparison(
        against=against,
        both=counts[True, True],
        only_this=only_this,
        only_that=only_that,
        neither=counts[False, False],
        p=p,
    )


def _grouped(turns: Sequence[TurnVerdict], name: str, seed: int) -> dict[str, Interval]:
    groups: dict[str, list[bool]] = {}
    for turn in turns:
        groups.setdefault(_GROUPS[name](turn), []).append(turn.nearly_right)
    return {key: interval(groups[key], seed, f"{name} {key}") for key in sorted(groups)}
