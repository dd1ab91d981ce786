"""The smallest relaxation, on the board games of the tests."""

import numpy as np
import pytest

from tastemaker.agent.relaxation import blocking, relax
from tastemaker.tools.catalogue.constraint import Constraint, Group

NONE = np.empty(0, dtype=np.int64)


def wish(field, op, *value, strength="must"):
    return Constraint(field=field, op=op, value=value, strength=strength)


@pytest.fixture
def catalogue(small_workspace):
    return small_workspace.catalogue


def test_nothing_gives_way_when_enough_remain(catalogue):
    relaxed = relax(catalogue, [wish("playing_time", "<=", 120, strength="prefer")], NONE, 3)
    assert relaxed.dropped == ()
    assert relaxed.before == len(relaxed.rows) >= 3


def test_a_must_is_never_relaxed(catalogue):
    impossible = wish("playing_time", "<=", 0)
    relaxed = relax(catalogue, [impossible, wish("kinds", "contains_any", "War", strength="prefer")], NONE, 5)
    assert len(relaxed.rows) == 0
    assert impossible not in relaxed.dropped


def test_the_one_preference_that_blocks_is_dropped_and_no_other(catalogue):
    kept = wish("playing_time", "<=", 500, strength="prefer")
    blocks = wish("max_players", ">=", 99, strength="prefer")
    relaxed = relax(catalogue, [kept, blocks], NONE, 5)
    assert relaxed.dropped == (blocks,)
    assert relaxed.before == 0
    assert len(relaxed.rows) >= 5


def test_of_two_single_ways_out_the_one_that_leaves_more_is_taken(catalogue):
    cheap = wish("price", "<=", 20, strength="prefer")
    long = wish("playing_time", ">=", 120, strength="prefer")
    assert not len(catalogue.rows_where([cheap, long]))
    relaxed = relax(catalogue, [cheap, long], NONE, 3)
    sizes = {len(catalogue.rows_where([long])): cheap, len(catalogue.rows_where([cheap])): long}
    assert relaxed.dropped == (sizes[max(sizes)],)


def test_when_the_musts_leave_few_the_preferences_give_way_only_for_those(catalogue):
    rows = catalogue.rows_where([wish("title", "==", "Salt Road")])
    relaxed = relax(
        catalogue, [wish("title", "==", "Salt Road"), wish("max_players", ">=", 99, strength="prefer")], NONE, 5
    )
    assert relaxed.rows.tolist() == rows.tolist()


def test_excluded_rows_do_not_count_as_enough(catalogue):
    everything = np.arange(len(catalogue))
    relaxed = relax(catalogue, [wish("playing_time", "<=", 120, strength="prefer")], everything[:-1], 1)
    assert set(relaxed.rows.tolist()) <= {int(everything[-1])}


def test_the_must_that_blocks_most_is_named(catalogue):
    conditions = [wish("playing_time", "<=", 0), wish("max_players", ">=", 2)]
    assert blocking(catalogue, conditions, NONE) == (0, len(catalogue.rows_where(conditions[1:])))


def test_when_two_musts_block_neither_alone_is_blamed(catalogue):
    assert blocking(catalogue, [wish("playing_time", "<=", 0), wish("price", "<=", 0)], NONE) is None


def test_rows_that_keep_a_dropped_preference_all_the_same_are_marked(catalogue):
    rare = wish("designers", "contains_any", "Ines Calder", strength="prefer")
    kept = catalogue.rows_where([rare]).tolist()
    relaxed = relax(catalogue, [rare], NONE, len(kept) + 1)
    assert relaxed.dropped == (rare,)
    assert [row for row, still in zip(relaxed.rows, relaxed.beyond, strict=True) if still] == kept


def test_rows_that_keep_a_wish_in_every_reading_are_marked(catalogue):
    kind, people = wish("kinds", "contains_any", "War"), wish("max_players", ">=", 4)
    either = Group(join="any", members=(kind, people))
    relaxed = relax(catalogue, [either], NONE, 3)
    both = catalogue.rows_where([kind, people]).tolist()
    assert len(both) < len(relaxed.rows)
    assert [row for row, beyond in zip(relaxed.rows, relaxed.beyond, strict=True) if beyond] == both
