"""The comparison chooses on validation people, pairs people, and says what it leaves out."""

from dataclasses import replace

import numpy as np
import pytest
import typer
from taste_logs import two_tastes

from tastemaker.eval.taste import __main__ as command
from tastemaker.eval.taste import aversion, cold, tables
from tastemaker.eval.taste.aversion import compare_aversion
from tastemaker.eval.taste.cold import compare_cold
from tastemaker.eval.taste.comparison import COLUMNS, compare, difference, worst_decile
from tastemaker.eval.taste.graph import PEERS as GRAPH
from tastemaker.eval.taste.neighbours import EASE, OURS, PEERS
from tastemaker.eval.taste.peer import Fitted, Peer
from tastemaker.tools.errors import DataError


def silent(line: str) -> None:
    pass


def test_scorers_of_taste_beat_popularity_and_blends_stand_beside_them():
    results = compare(two_tastes(), PEERS[:3], range(3), [("EASE", "ItemKNN")], silent)
    assert list(results) == ["popularity", "ItemKNN", "EASE", "EASE + ItemKNN"]
    means = {name: result.by_person("NDCG@10").mean() for name, result in results.items()}
    assert means["EASE"] > means["popularity"] + 0.05
    assert all(set(result.values) == set(COLUMNS) for result in results.values())
    assert results["EASE"].chosen[0].startswith("regularisation")


def test_the_best_settings_on_the_validation_people_are_taken():
    def fit(training, sign):
        likes = training.likes
        return Fitted(lambda given: sign * (given @ likes.T @ likes).toarray(), 0)

    results = compare(two_tastes(), [Peer("either", fit, ({"sign": -1}, {"sign": 1}))], [1, 2], [], silent)
    assert results["either"].chosen == ["sign 1", "sign 1"]


def test_a_person_tested_twice_counts_once_with_the_mean():
    results = compare(two_tastes(), PEERS[:1], range(6), [], silent)["popularity"]
    people = np.concatenate(results.people)
    twice = next(person for person in people if (people == person).sum() > 1)
    values = np.concatenate(results.values["NDCG@10"])[people == twice]
    assert len(results.by_person("NDCG@10")) == len(set(people)) < len(people)
    assert results.by_person("NDCG@10")[np.unique(people).tolist().index(twice)] == pytest.approx(values.mean())


def test_what_cannot_run_is_left_out_in_one_sentence():
    said: list[str] = []
    peers = [PEERS[0], replace(PEERS[0], name="far", package="no_such_package"), GRAPH[2]]
    assert list(compare(two_tastes(texts=False), peers, [1], [], said.append)) == ["popularity"]
    assert said[:2] == [
        "far is left out: install no_such_package to compare with it.",
        "text convolution (TextGCN) is left out: the items have no texts; give a workspace to compare with it.",
    ]


def test_the_worst_decile_is_each_scorers_own():
    ours, theirs = np.linspace(0.1, 1.0, 10), np.linspace(1.0, 0.0, 10)
    assert worst_decile(ours) == pytest.approx(0.1)
    found = difference(ours.tolist(), theirs.tolist(), 7, tail=0.1)
    assert found.mean == pytest.approx(0.1)
    assert found.low <= found.mean <= found.high


def test_new_items_are_found_by_their_texts_and_old_ones_no_worse():
    found = compare_cold(two_tastes(), range(3))
    hidden = {name: groups[cold.HIDDEN].by_person("NDCG@10").mean() for name, groups in found.items()}
    assert hidden[OURS.name] > hidden[EASE.name] + 0.05
    shown = tables.grouped("Wanted", found, ("NDCG@10",), {cold.HIDDEN: cold.CONTENT}, 7)
    assert list(shown[0].columns[0].cells) == [cold.CONTENT, EASE.name, OURS.name]


def test_new_items_need_texts():
    with pytest.raises(DataError, match="give a workspace"):
        compare_cold(two_tastes(texts=False), [1])


def test_counting_dislikes_against_puts_more_pairs_in_order():
    found = compare_aversion(two_tastes(), range(4))
    order = {name: given[aversion.ALL].by_person(aversion.ORDER).mean() for name, given in found.items()}
    assert order["two lists, contrast 0.2"] >= order["likes alone"] > 0.5


def test_ways_of_counting_dislikes_need_some():
    with pytest.raises(DataError, match="give a log with values"):
        compare_aversion(two_tastes(values=False), [1])


def test_the_command_prints_every_part(capsys, monkeypatch, small_workspace_path):
    monkeypatch.setattr(command, "_PEERS", PEERS[:4])
    monkeypatch.setattr(command, "_BLENDS", [("EASE", "ItemKNN")])
    command.measure(str(small_workspace_path), seeds=1, part=None, only=None, seed=7)
    said = capsys.readouterr().out
    assert "Means over test people" in said
    assert "Less EASE with texts" in said
    assert "Wanted: hidden" in said
    assert "Dislikes: all given" in said


def test_a_scorer_that_there_is_not_names_those_there_are(capsys, small_workspace_path):
    with pytest.raises(typer.Exit):
        command.measure(str(small_workspace_path), seeds=1, part=[command.Part.PEERS], only=["EASY"], seed=7)
    assert "There is no scorer 'EASY'; the names are popularity, ItemKNN, EASE" in capsys.readouterr().err
