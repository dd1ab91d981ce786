"""Shows how well planners understand, side by side. Decides nothing; the figures are the report's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from tastemaker.eval.bootstrap import Interval
    from tastemaker.eval.understanding.report import UnderstandingReport

_ROWS = {
    "whole_turn": "whole turn right",
    "whole_turn_strict": "… wanted and preferred told apart",
    "act": "act right",
    "slot_f1": "roles of names and numbers: F1",
    "slot_precision": "… precision",
    "slot_recall": "… recall",
    "tokens": "tokens a turn",
    "tokens_written": "… written by the model",
    "repairs": "plans a turn that did not hold",
}
_TOKENS = ("tokens", "tokens_written")
_COSTS = (*_TOKENS, "repairs")
"""Figures that are left out where no planner has any."""
_SURE = 0.05


def tables(report: UnderstandingReport) -> RenderableType:
    """Return the report as tables: figures by planner, by group, and planners in pairs."""
    parts: list[RenderableType] = [_figures(report), _groups(report)]
    parts += [_pairs(report)] if report.paired else []
    parts += [Text(f"Note: {warning}", style="yellow") for warning in report.manifest.warnings]
    return Group(*parts)


def _figures(report: UnderstandingReport) -> Table:
    told = report.manifest.dialogues
    table = Table(
        title=f"{told.get('dialogues', 0)} dialogues, {told.get('turns', 0)} turns; "
        "mean [95% bootstrap interval over turns]"
    )
    table.add_column("")
    for planner in report.planners:
        table.add_column(planner, justify="right")
    for name, label in _ROWS.items():
        found = [each.metrics.get(name) for each in report.planners.values()]
        if any(each and (each.mean or name not in _COSTS) for each in found):
            table.add_row(label, *[_cell(each, places=0 if name in _TOKENS else 3) for each in found])
    times = [each.latency_ms for each in report.planners.values()]
    table.add_row("milliseconds: median / 95th percentile", *[f"{each.p50:.0f} / {each.p95:.0f}" for each in times])
    deciders = [each.decided_by for each in report.planners.values()]
    if any(len(each) > 1 for each in deciders):
        table.add_row("decided by", *[", ".join(f"{name} {n}" for name, n in each.items()) for each in deciders])
    return table


def _groups(report: UnderstandingReport) -> Table:
    table = Table(title="Whole turn right, by group")
    table.add_column("")
    table.add_column("n", justify="right")
    for planner in report.planners:
        table.add_column(planner, justify="right")
    first = next(iter(report.planners.values()))
    for group, keys in first.groups.items():
        for key, found in keys.items():
            label = f"{key} mark{'' if key == '1' else 's'}" if group == "marks" else key
            table.add_row(
                label, str(found.n), *[_cell(each.groups[group].get(key)) for each in report.planners.values()]
            )
        table.add_section()
    return table


def _pairs(report: UnderstandingReport) -> Table:
    table = Table(title="Turn by turn, whole turn right")
    for column in ("planner", "against", "both", "only the planner", "only the other", "neither", "exact p"):
        table.add_column(column, justify="left" if column in ("planner", "against") else "right")
    for planner, each in report.paired.items():
        style = "" if each.p >= _SURE else "green" if each.only_this > each.only_that else "red"
        counts = (each.both, each.only_this, each.only_that, each.neither)
        table.add_row(planner, each.against, *map(str, counts), Text(f"{each.p:.2g}", style=style))
    return table


def _cell(found: Interval | None, places: int = 3) -> str:
    if found is None:
        return "–"
    return f"{found.mean:.{places}f} [{found.low:.{places}f}, {found.high:.{places}f}]"
