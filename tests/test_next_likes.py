"""The evaluation of order: what people like next is found in the true order and in a shuffled one."""

from functools import partial

import numpy as np
import pytest

from tastemaker.eval.next_likes import ALL_SHUFFLED, DIFFERENCES, METRICS, ORDERED, POPULAR, SHUFFLED, measure, report
from tastemaker.eval.people import folds
from tastemaker.tools.build.builder import build_workspace
from tastemaker.tools.build.table import MemorySource, Table
from tastemaker.tools.workspace import Workspace


@pytest.fixture(scope="module")
def pairs(tmp_path_factory, encoder):
    """A workspace of 60 pairs of items, of which everybody likes 30 pairs in some order: one item, then the other."""
    path, generator = tmp_path_factory.mktemp("pairs") / "ws", np.random.default_rng(1)
    items = [{"id": f"i{k:03}", "title": f"Title {k}"} for k in range(120)]
    log = [
        {"user": user, "item": f"i{2 * pair + half:03}", "time": 2 * step + half}
        for user in range(40)
        for step, pair in enumerate(generator.permutation(60)[:30].tolist())
        for half in (0, 1)
    ]
    sources = (
        MemorySource(name, "1", partial(Table.of, name, rows)) for name, rows in (("items", items), ("log", log))
    )
    build_workspace(path, *sources, encoder=encoder)
    with Workspace.open(path, encoder) as workspace:
        yield workspace


def test_where_order_tells_the_next_like_the_true_one_finds_more(pairs):
    scores = measure(pairs, 2, seed=3)
    means = {way: np.mean(each["recall@20"]) for way, each in scores.items()}
    assert means[ORDERED] > means[ALL_SHUFFLED] + 0.1
    assert means[ORDERED] > means[POPULAR] + 0.1


def test_every_way_is_scored_for_every_person(small_workspace):
    scores = measure(small_workspace, 2, seed=7, least=6)
    people = sum(len(fold.people) for fold in folds(small_workspace, 2, 7, 6))
    assert {ORDERED, SHUFFLED, ALL_SHUFFLED, POPULAR} <= scores.keys()
    assert all(len(each[metric]) == people for each in scores.values() for metric in METRICS)


def test_the_same_seed_gives_the_same_figures(small_workspace):
    assert measure(small_workspace, 2, seed=7, most=3, least=6) == measure(small_workspace, 2, seed=7, most=3, least=6)


def test_the_report_has_the_ways_and_their_differences(pairs):
    scores, differences = report(pairs, 2, seed=3, most=3)
    assert scores.row_count == 6
    assert differences.row_count == len(DIFFERENCES)
    assert "6 people" in scores.title
