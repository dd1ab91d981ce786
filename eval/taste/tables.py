"""Shows comparisons of taste scorers as tables. Measures nothing."""

from collections.abc import Mapping, Sequence

import numpy as np
from rich.table import Table

from tastemaker.eval.bootstrap import Interval, paired_difference
from tastemaker.eval.taste.comparison import COLUMNS, Results, difference, worst_decile

TAIL = 0.1


def figures(results: Mapping[str, Results]) -> Table:
    """Return the means over people, and what each scorer costs."""
    made = _table("Means over test people", ["", *COLUMNS, "worst tenth", "fit s", "ms a person", "MB", "settings"])
    for name, result in results.items():
        costs = ["", "", ""]
        if result.fit_seconds:
            middle = sorted(result.fold_ms)[len(result.fold_ms) // 2]
            costs = [f"{min(result.fit_seconds):.1f}", f"{middle:.1f}", f"{result.kept / 1e6:.1f}"]
        means = [_short(float(result.by_person(column).mean())) for column in COLUMNS]
        often = max(sorted(set(result.chosen)), key=result.chosen.count)
        made.add_row(name, *means, _short(worst_decile(result.by_person("NDCG"))), *costs, often)
    return made


def differences(results: Mapping[str, Results], base: str, seed: int) -> Table:
    """Return each scorer less one of them, person by person, with 95% intervals."""
    made = _table(f"Less {base}, over {_people(results[base])} people", ["", *COLUMNS, "worst tenth"])
    for name, result in results.items():
        if name == base:
            continue
        cells = []
        for column in COLUMNS:
            pair = [each.by_person(column).tolist() for each in (result, results[base])]
            cells.append(told(paired_difference(pair[0], pair[1], seed, f"{name} {column}")))
        pair = [each.by_person("NDCG").tolist() for each in (result, results[base])]
        made.add_row(name, *cells, told(difference(pair[0], pair[1], seed, TAIL)))
    return made


def grouped(
    title: str,
    results: Mapping[str, Mapping[str, Results]],
    columns: Sequence[str],
    bases: Mapping[str, str],
    seed: int,
) -> list[Table]:
    """Return, for each group, the means and the differences to one scorer, its base."""
    tables = []
    for group, base in bases.items():
        people = _people(results[base][group])
        made = _table(f"{title}: {group}, {people} people; then less {base}", ["", *columns, *columns])
        for name, by_group in results.items():
            if not people:
                continue
            values = [by_group[group].by_person(column) for column in columns]
            least = [results[base][group].by_person(column) for column in columns]
            cells = [_short(float(each.mean())) for each in values]
            for column, ours, theirs in zip(columns, values, least, strict=True):
                less = paired_difference(ours.tolist(), theirs.tolist(), seed, f"{name} {group} {column}")
                cells.append("" if name == base else told(less))
            made.add_row(name, *cells)
        tables.append(made)
    return tables


def told(value: Interval) -> str:
    """Return an interval of a difference as people read it.

    >>> told(Interval(mean=0.0123, low=-0.002, high=0.03, n=4))
    '+.012 [-.002, +.030]'
    """
    mean, low, high = (f"{each:+.3f}".replace("0.", ".", 1) for each in (value.mean, value.low, value.high))
    return f"{mean} [{low}, {high}]"


def _people(result: Results) -> int:
    return len(np.unique(np.concatenate([*result.people, np.zeros(0, dtype=np.int64)])))


def _short(value: float) -> str:
    return f"{value:.3f}".removeprefix("0") if abs(value) < 1 else f"{value:.2f}"


def _table(title: str, columns: Sequence[str]) -> Table:
    made = Table(title=title, title_justify="left")
    for column in columns:
        made.add_column(column, justify="left" if not column else "right", no_wrap=True)
    return made
