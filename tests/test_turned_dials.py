"""What dials do to lists is measured over people, and every dial goes the way that it says."""

import numpy as np
import pytest
from rich.console import Console

from tastemaker.agent.dials import Dials
from tastemaker.agent.planners.dial_words import DialWords
from tastemaker.agent.planners.line import Line
from tastemaker.eval.people import Person
from tastemaker.eval.turned_dials import SAFE, SURPRISE, measured, report, settings


@pytest.fixture(scope="module")
def people(small_workspace):
    log = small_workspace.catalogue.interaction_log()
    none = np.zeros(0, dtype=np.int64)
    every = [Person(np.unique(log.row[log.user == user]), none) for user in range(12)]
    return [each for each in every if len(each.liked) >= 4]


@pytest.mark.parametrize(
    ("dial", "metric", "sign"),
    [("fame", "popularity", 1), ("adventure", "popularity", -1), ("recency", "year", 1), ("diversity", "distance", 1)],
)
def test_every_dial_goes_its_way_over_many_people(small_workspace, people, dial, metric, sign):
    found = [
        sign * np.mean(measured(small_workspace, people, Dials(**{dial: level}))[metric]) for level in (-1, 0, 0.5, 1)
    ]
    assert (np.diff(found) >= 0).all()
    assert found[-1] > found[0]


@pytest.mark.parametrize(("words", "dials"), [("surprise me", SURPRISE), ("play it safe", SAFE)])
def test_what_is_measured_is_what_the_words_turn(words, dials):
    turned = Dials()
    for turn in DialWords(["games"]).read(Line(words)):
        turned = turned.after(turn)
    assert turned.turned == dials.turned


def test_the_table_has_a_row_for_every_setting(small_workspace, monkeypatch):
    monkeypatch.setattr("tastemaker.eval.turned_dials._LEAST_LIKES", 4)
    console = Console(width=120)
    with console.capture() as capture:
        for each in report(small_workspace, 3, 7, 2):
            console.print(each)
    shown = capture.get()
    assert all(name in shown for name, _ in settings())
    assert "long tail" in shown
