"""Shows a report as tables for people. Decides nothing; the figures are the report's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tastemaker.eval.names import without_name

if TYPE_CHECKING:
    from tastemaker.eval.bootstrap import Interval
    from tastemaker.eval.report import Report, SystemReport

_COUNTS = frozenset(
    {"exclusion_violations", "repeats", "items_not_in_catalogue", "unsupported_claims", "model_calls", "errors"}
)
_TOKENS = frozenset({"tokens", "tokens_read", "tokens_written"})
_LARGE = frozenset({"average_popularity"})
_MUST_BE_ZERO = frozenset({"items_not_in_catalogue", "unsupported_claims", "exclusion_violations", "errors"})
_HIDDEN_WHEN_ZERO = frozenset({"tokens", "tokens_read", "tokens_written", "model_calls"})


def tables(report: Report) -> RenderableType:
    """Return the report as tables: metrics by system, latencies, and what each tool is worth.

    Systems that ran without a tool stand in the table of differences only.
    """
    less = {without_name(system, tool) for system, tools in report.ablation.items() for tool in tools}
    systems = {name: found for name, found in report.systems.items() if name not in less}
    parts: list[RenderableType] = [_metrics(report, systems), _latencies(systems)]
    parts += [_ablation(system, tools, report.systems[system]) for system, tools in report.ablation.items()]
    parts += [Text(f"Note: {warning}", style="yellow") for warning in report.manifest.warnings]
    return Group(*parts)


def violation_lines(report: Report, system: str) -> list[str]:
    """Return every violation of a system as a line that names its dialogue and turn."""
    return [
        f"{dialogue.id}, turn {number}: {violation}"
        for dialogue in report.systems[system].dialogues
        for number, turn in enumerate(dialogue.turns, start=1)
        for violation in turn.violations
    ]


def _metrics(report: Report, systems: Mapping[str, SystemReport]) -> Table:
    dialogues = report.manifest.dialogues
    table = Table(
        title=f"{dialogues.get('dialogues', 0)} dialogues, {dialogues.get('turns', 0)} turns; "
        "mean [95% bootstrap interval over turns]"
    )
    table.add_column("metric")
    table.add_column("n", justify="right")
    for system in systems:
        table.add_column(system, justify="right")
    for name in _names(each.metrics for each in systems.values()):
        found = [each.metrics.get(name) for each in systems.values()]
        if name in _HIDDEN_WHEN_ZERO and not any(each and each.mean for each in found):
            continue
        counts = sorted({each.n for each in found if each})
        shown = str(counts[0]) if len(counts) == 1 else f"{counts[0]}–{counts[-1]}"
        table.add_row(name, shown, *[_cell(name, each) for each in found])
    shares = [f"{each.catalogue_coverage:.4f}" for each in systems.values()]
    table.add_row("catalogue_coverage", "", *shares)
    return table


def _latencies(systems: Mapping[str, SystemReport]) -> Table:
    table = Table(title="Milliseconds a turn: median / 95th percentile")
    table.add_column("stage")
    for system in systems:
        table.add_column(system, justify="right")
    for stage in _names(each.latency_ms for each in systems.values()):
        cells = []
        for each in systems.values():
            found = each.latency_ms.get(stage)
            cells.append(f"{found.p50:.0f} / {found.p95:.0f}" if found else "–")
        table.add_row(stage, *cells)
    return table


def _ablation(system: str, tools: Mapping[str, Mapping[str, Interval]], full: SystemReport) -> Table:
    turns = [turn for dialogue in full.dialogues for turn in dialogue.turns]
    table = Table(title=f"{system}: what each tool adds (all tools less without it, paired by turn)")
    table.add_column("left out")
    # A tool that found nothing here adds nothing here, which is no verdict on the tool.
    table.add_column("found something in", justify="right")
    names = [name for name in _names(tools.values()) if name.startswith(("hit@", "ndcg", "mrr"))]
    for name in names:
        table.add_column(name, justify="right")
    for tool, differences in tools.items():
        found = sum(turn.tools.get(tool) == "ok" for turn in turns)
        table.add_row(tool, f"{found} of {len(turns)} turns", *[_difference(differences.get(name)) for name in names])
    return table


def _names(mappings: Iterable[Mapping[str, object]]) -> list[str]:
    return list(dict.fromkeys(name for each in mappings for name in each))


def _cell(name: str, found: Interval | None) -> Text:
    if found is None:
        return Text("–")
    places = 0 if name in _TOKENS else 1 if name in _LARGE else 2 if name in _COUNTS else 3
    text = f"{found.mean:.{places}f} [{found.low:.{places}f}, {found.high:.{places}f}]"
    return Text(text, style="bold red" if name in _MUST_BE_ZERO and found.mean else "")


def _difference(found: Interval | None) -> Text:
    if found is None:
        return Text("–")
    style = "" if not found.excludes_zero else "green" if found.mean > 0 else "red"
    return Text(f"{found.mean:+.3f} [{found.low:+.3f}, {found.high:+.3f}]", style=style)
