"""How far a system leans on what is popular anyway, by hand-checked examples."""

import numpy as np
import pytest

from tastemaker.eval.baselines import Baseline
from tastemaker.eval.dialogue import Dialogue
from tastemaker.eval.partial import PartialResults
from tastemaker.eval.playback import run_system
from tastemaker.eval.popularity import coverage, long_tail, popularity_scores
from tastemaker.eval.report import DialogueRecord


def test_the_head_is_the_fewest_items_that_hold_four_fifths():
    popularity = np.array([1.0, 50.0, 5.0, 30.0, 14.0])
    assert long_tail(popularity).tolist() == [True, False, True, False, True]


def test_an_item_that_completes_the_share_is_of_the_head():
    assert long_tail(np.array([79.0, 11.0, 10.0])).tolist() == [False, False, True]


def test_scores_are_means_over_the_items_shown(small_workspace):
    catalogue = small_workspace.catalogue
    tail = long_tail(catalogue.popularity)
    known, rare = (str(catalogue.ids[np.flatnonzero(each)[0]]) for each in (~tail, tail))
    scores = popularity_scores([known, rare, "no such item"], catalogue, tail)
    rows = [catalogue.row_of[known], catalogue.row_of[rare]]
    assert scores == {"average_popularity": catalogue.popularity[rows].mean(), "long_tail_share": 0.5}
    assert popularity_scores([], catalogue, tail) == {}


def test_coverage_counts_each_item_once(small_workspace):
    ids = small_workspace.catalogue.ids
    assert coverage([str(ids[0]), str(ids[0]), str(ids[1]), "no such item"], small_workspace.catalogue) == 2 / 60


def test_a_report_tells_the_bias_of_what_is_popular(small_workspace):
    dialogue = Dialogue.model_validate({"id": "d", "turns": [{"user": "something"}, {"user": "something else"}]})
    system = Baseline("popular", small_workspace, 5)
    report = run_system(system, [dialogue], small_workspace.catalogue, 7, PartialResults(None, "r", DialogueRecord))
    shown = {item for turn in report.dialogues[0].turns for item in turn.shown}
    assert report.catalogue_coverage == pytest.approx(len(shown) / 60)
    assert report.metrics["average_popularity"].mean > small_workspace.catalogue.popularity.mean()
    assert report.metrics["long_tail_share"].n == 2
