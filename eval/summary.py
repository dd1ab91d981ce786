"""Sums up the records of many turns: means with intervals, and latencies. Looks at scores and times only."""

from collections.abc import Mapping, Sequence

import numpy as np

from tastemaker.eval.bootstrap import Interval, interval
from tastemaker.eval.metrics import METRICS
from tastemaker.eval.report import STAGES, Latency, SystemReport, TurnRecord


def summary(turns: Sequence[TurnRecord], seed: int) -> dict[str, Interval]:
    """Return the mean of every metric over the turns that it applies to, with its interval."""
    names = dict.fromkeys(name for turn in turns for name in turn.scores)
    values = {name: [turn.scores[name] for turn in turns if name in turn.scores] for name in names}
    return {name: interval(values[name], seed, name) for name in METRICS if name in values}


def latencies(turns: Sequence[TurnRecord]) -> dict[str, Latency]:
    """Return the median and the 95th percentile of every stage that is measured, in milliseconds."""
    measured: dict[str, list[float]] = {"total": [turn.ms for turn in turns if turn.act != "error"]}
    for stage in STAGES[1:]:
        measured[stage] = [turn.stages[stage] for turn in turns if stage in turn.stages]
    return {stage: latency(values) for stage, values in measured.items() if values}


def latency(values: Sequence[float]) -> Latency:
    """Return the median and the 95th percentile of some durations."""
    p50, p95 = np.percentile(np.asarray(values), (50, 95))
    return Latency(p50=round(float(p50), 2), p95=round(float(p95), 2))


def prompts_used(reports: Mapping[str, SystemReport]) -> dict[str, str]:
    """Return the versions of all prompts that some systems used, by id."""
    return {
        prompt: version
        for report in reports.values()
        for dialogue in report.dialogues
        for turn in dialogue.turns
        for prompt, version in turn.prompts.items()
    }
