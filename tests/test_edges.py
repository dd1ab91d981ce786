"""Edges carry weight from nodes to nodes, at the cost of the edges taken."""

import numpy as np
import pytest

from tastemaker.tools.index.edges import Edges, summed

# 0 leads to 1 and 2, 1 leads nowhere, 2 leads to 0, 1 and 2.
STARTS, ENDS = np.array([0, 2, 2, 5]), np.array([1, 2, 0, 1, 2], dtype=np.int32)
CHANCES = np.array([0.25, 0.75, 0.5, 0.25, 0.25], dtype=np.float32)


def pairs(found):
    return dict(zip(found[0].tolist(), found[1].tolist(), strict=True))


def test_weight_goes_over_each_edge_by_its_chance_and_adds_up():
    edges = Edges(STARTS, ENDS, 3, CHANCES)
    assert pairs(edges.spread(np.array([2, 0]), np.array([1.0, 2.0]))) == {0: 0.5, 1: 0.75, 2: 1.75}


def test_without_chances_all_of_it_goes_over_each_edge():
    assert pairs(Edges(STARTS, ENDS, 3).spread(np.array([0, 2]), np.array([1.0, 3.0]))) == {0: 3.0, 1: 4.0, 2: 4.0}


def test_the_first_edges_of_a_node_are_taken_when_there_are_too_many():
    edges = Edges(STARTS, ENDS, 3, CHANCES)
    assert pairs(edges.spread(np.array([0, 2]), np.array([1.0, 1.0]), most=1)) == {0: 0.5, 1: 0.25}


def test_a_node_without_edges_leads_nowhere():
    assert pairs(Edges(STARTS, ENDS, 3).spread(np.array([1]), np.array([1.0]))) == {}
    assert pairs(Edges(STARTS, ENDS, 3).spread(np.array([], dtype=np.int64), np.array([]))) == {}


def test_weights_are_gathered_from_where_edges_lead():
    edges = Edges(STARTS, ENDS, 3, CHANCES)
    weights = np.array([1.0, 10.0, 100.0])
    assert edges.gathered(weights).tolist() == [110.0, 0.0, 111.0]
    assert edges.gathered(weights, np.array([2, 1, 0])).tolist() == [111.0, 0.0, 110.0]


def test_edges_are_counted_by_node():
    assert Edges(STARTS, ENDS, 3).counts(np.array([2, 1, 0])).tolist() == [3, 0, 2]


@pytest.mark.parametrize("far", [2, 10_000])
def test_weights_of_one_node_are_summed_and_a_node_without_any_is_left_out(far):
    nodes, weights = np.array([far, 1, far, 0]), np.array([1.0, 2.0, 4.0, 0.0])
    assert pairs(summed(nodes, weights)) == {1: 2.0, far: 5.0}
