"""Scores of one turn, by hand-checked examples."""

import math
from dataclasses import replace

import pytest

from tastemaker.eval.dialogue import Turn
from tastemaker.eval.metrics import METRICS, Outcome, end_to_end_scores, named_in, ranking_scores, turn_scores
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema

SCHEMA = CatalogueSchema(
    fields=(CatalogueField(name="name", type="text", role="title"), CatalogueField(name="year", type="number"))
)


def item(item_id, title, year):
    return Item(item_id, title, {"name": title, "year": year}, 1, None)


ITEMS = {"a": item("a", "Alpha", 1980.0), "b": item("b", "Beta", 1990.0), "c": item("c", "Gamma", None)}
GOOD = Outcome(
    text="1. Alpha\n2. Beta",
    act="recommend",
    shown=("a", "b"),
    ranking=("a", "b", "c"),
    repeated={},
    comparable_to_earlier=False,
    unsupported=(),
    tokens=(0, 0, 0),
)


def scored(turn, outcome):
    return turn_scores(Turn.model_validate({"user": "x", **turn}), outcome, ITEMS, ITEMS.keys(), SCHEMA)


def test_the_figures_of_a_ranking_are_those_of_the_textbook():
    scores = ranking_scores([f"x{n}" for n in range(3)] + ["a", "y", "b"], ["a", "b", "c"])
    assert scores["hit@1"] == 0
    assert scores["hit@5"] == 1
    assert scores["recall@5"] == pytest.approx(1 / 3)
    assert scores["recall@10"] == pytest.approx(2 / 3)
    assert scores["mrr"] == pytest.approx(1 / 4)
    ideal = 1 + 1 / math.log2(3) + 1 / 2
    assert scores["ndcg@10"] == pytest.approx((1 / math.log2(5) + 1 / math.log2(7)) / ideal)


def test_a_perfect_ranking_scores_one_and_an_empty_one_nothing():
    perfect = ranking_scores(["a", "b"], ["b", "a"])
    assert {perfect[name] for name in ("hit@1", "recall@5", "ndcg@10", "mrr")} == {1.0}
    assert set(ranking_scores([], ["a"]).values()) == {0.0}


def test_titles_are_found_as_whole_words_and_the_longest_first():
    titles = {"1": "Batman", "2": "Batman Returns", "3": "It", "4": "Amélie", "5": "Heat"}
    assert named_in("Try BATMAN RETURNS, it is dark; or Amelie!", titles) == {"2", "3", "4"}
    assert named_in("Batman Returns and then Batman", titles) == {"1", "2"}
    assert named_in("heated", titles) == set()


def test_the_end_to_end_score_counts_only_what_the_text_names():
    scores = end_to_end_scores("I found Beta.", ["a", "b"], ["a", "b", "c"], ITEMS)
    assert scores["recall_shown"] == pytest.approx(2 / 3)
    assert scores["recall_in_text"] == pytest.approx(1 / 3)
    assert scores["recall_gap"] == pytest.approx(1 / 3)
    assert (scores["hit_shown"], scores["hit_in_text"], scores["hit_gap"]) == (1, 1, 0)


def test_a_text_that_hides_its_list_loses_the_end_to_end_hit():
    scores = end_to_end_scores("Here are some.", ["a"], ["a"], ITEMS)
    assert (scores["hit_shown"], scores["hit_in_text"], scores["hit_gap"]) == (1, 0, 1)


def test_a_turn_without_expectations_is_scored_on_honesty_and_cost_alone():
    scores, violations = scored({}, GOOD)
    cost = {"model_calls", "tokens", "tokens_read", "tokens_written"}
    assert set(scores) == {"errors", "items_not_in_catalogue", "unsupported_claims"} | cost
    assert violations == []


def test_every_score_is_a_metric_of_the_report():
    turn = {
        "relevant": ["a"],
        "expect": {
            "constraints": [{"field": "year", "op": ">=", "value": 1985}],
            "exclude_items": ["b"],
            "min_items": 1,
            "behaviour": "recommend",
        },
    }
    scores, _ = scored(turn, replace(GOOD, comparable_to_earlier=True))
    of_the_catalogue = {"average_popularity", "long_tail_share"}
    assert set(scores) == set(METRICS) - of_the_catalogue


def test_constraint_satisfaction_is_the_share_of_shown_items_that_keep_everything():
    expect = {"constraints": [{"field": "year", "op": "<=", "value": 1985}]}
    scores, violations = scored({"expect": expect}, replace(GOOD, shown=("a", "b", "c")))
    assert scores["constraint_satisfaction"] == pytest.approx(1 / 3)
    assert violations == [
        "'Beta' (b) does not keep year <= 1985: it is 1990",
        "'Gamma' (c) does not keep year <= 1985: it is not known",
    ]


def test_with_nothing_shown_satisfaction_is_left_out_and_min_items_is_missed():
    expect = {"constraints": [{"field": "year", "op": "<=", "value": 1985}], "min_items": 1}
    scores, violations = scored({"expect": expect}, replace(GOOD, act="empty", shown=(), ranking=()))
    assert "constraint_satisfaction" not in scores
    assert scores["min_items_met"] == 0
    assert violations == ["0 items were shown, and at least 1 were expected"]


def test_excluded_items_repeats_and_behaviour_are_told_in_plain_words():
    outcome = replace(GOOD, repeated={"b": 1}, comparable_to_earlier=True)
    scores, violations = scored({"expect": {"exclude_items": ["a"], "behaviour": ["ask", "chat"]}}, outcome)
    assert (scores["exclusion_violations"], scores["repeats"], scores["behaviour_accuracy"]) == (1, 1, 0)
    assert violations == [
        "'Alpha' (a) was shown, and is excluded",
        "the reply was 'recommend', and ask or chat was expected",
        "'Beta' (b) was shown in turn 1, and again",
    ]


def test_items_outside_the_catalogue_and_claims_without_evidence_are_counted():
    outcome = replace(GOOD, shown=("a", "zz"), ranking=("a", "zz", "yy"), unsupported=("1997",))
    scores, violations = scored({}, outcome)
    assert (scores["items_not_in_catalogue"], scores["unsupported_claims"]) == (2, 1)
    assert "'zz' is not in the catalogue" in violations
    assert "the text says '1997' without evidence" in violations


def test_an_unchecked_text_has_no_figure_of_unsupported_claims():
    assert "unsupported_claims" not in scored({}, replace(GOOD, unsupported=None))[0]


def test_a_failed_turn_fails_everything_that_was_asked_of_it():
    failed = replace(GOOD, text="", act="error", shown=(), ranking=(), unsupported=None, error="ValueError: boom")
    expect = {"constraints": [{"field": "year", "op": ">=", "value": 1}], "min_items": 0, "behaviour": "recommend"}
    scores, violations = scored({"relevant": ["a"], "expect": expect}, failed)
    for metric in ("hit@50", "mrr", "constraint_satisfaction", "min_items_met", "behaviour_accuracy", "hit_in_text"):
        assert scores[metric] == 0, metric
    assert scores["errors"] == 1
    assert violations[0] == "the system failed: ValueError: boom"


def test_tokens_are_summed():
    scores, _ = scored({}, replace(GOOD, tokens=(2, 300, 40)))
    assert (scores["model_calls"], scores["tokens"], scores["tokens_read"], scores["tokens_written"]) == (
        2,
        340,
        300,
        40,
    )
