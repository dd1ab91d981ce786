"""What each tool is worth: an agent with all tools against the same agent without one, paired by turn.

Compares reports; running the agents is `tastemaker.eval.runner`'s.
"""

from collections.abc import Mapping, Sequence

from tastemaker.eval.bootstrap import Interval, paired_difference
from tastemaker.eval.metrics import CUTS
from tastemaker.eval.report import SystemReport
from tastemaker.tools.errors import SettingsError

COMPARED = (
    *(f"hit@{cut}" for cut in CUTS),
    *(f"recall@{cut}" for cut in CUTS),
    "ndcg@10",
    "mrr",
    "constraint_satisfaction",
    "min_items_met",
)
"""Metrics whose differences are reported."""


def check_tools(names: Sequence[str], systems: Sequence[str], known: Sequence[str]) -> None:
    """Check that tools can be left out one by one.

    Raises:
        SettingsError: a name is not that of a tool, or no agent is among the systems.
    """
    for name in names:
        if name not in known:
            raise SettingsError(f"There is no tool '{name}' to leave out; the tools are {', '.join(known)}.")
    if names and not any(system.startswith("agent:") for system in systems):
        raise SettingsError("Only an agent has tools to leave out; add the system agent:rules.")


def differences(full: SystemReport, less: Mapping[str, SystemReport], seed: int) -> dict[str, dict[str, Interval]]:
    """Return by tool and metric the figure with all tools less the figure without that tool.

    Args:
        full: the system with all its tools.
        less: the system without a tool, by that tool; the same dialogues in the same order.
        seed: seed of the bootstrap.
    """
    ours = _scores(full)
    found: dict[str, dict[str, Interval]] = {}
    for tool, report in less.items():
        theirs = _scores(report)
        found[tool] = {}
        for metric in COMPARED:
            both = [(a[metric], b[metric]) for a, b in zip(ours, theirs, strict=True) if metric in a and metric in b]
            if both:
                first, second = zip(*both, strict=True)
                found[tool][metric] = paired_difference(first, second, seed, f"{tool} {metric}")
    return found


def _scores(report: SystemReport) -> list[dict[str, float]]:
    return [turn.scores for dialogue in report.dialogues for turn in dialogue.turns]
