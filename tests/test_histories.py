"""Histories keep what every user likes, oldest first, once each."""

import numpy as np
import pytest

from tastemaker.tools.catalogue.store import InteractionLog
from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index.histories import Histories


def log_of(*events):
    """Return a log of events (user, row, value, time)."""
    user, row, value, time = (list(each) for each in zip(*events, strict=True)) if events else ([], [], [], [])
    users = tuple(f"u{k}" for k in range(max(user, default=-1) + 1))
    return InteractionLog(
        users,
        np.array(user, dtype=np.int64),
        np.array(row, dtype=np.int64),
        np.array(value, dtype=float),
        np.array(time, dtype=float),
    )


def told(histories):
    return [part.tolist() for part in np.split(histories.likes, histories.starts[1:-1])]


def test_likes_stand_oldest_first_user_by_user():
    log = log_of((1, 3, 5, 30), (0, 2, 5, 20), (0, 1, 5, 10), (1, 0, 5, 5))
    assert told(Histories.fit(log, 4, None)) == [[1, 2], [0, 3]]


def test_what_has_no_time_stands_in_the_order_of_the_log_and_before_what_has_one():
    nothing = float("nan")
    log = log_of((0, 3, 5, nothing), (0, 1, 5, nothing), (0, 2, 5, 10), (0, 0, 5, 10))
    histories = Histories.fit(log, 4, None)
    assert told(histories) == [[3, 1, 2, 0]]
    assert histories.timed == 0.5


def test_a_value_below_the_threshold_is_no_like_and_a_user_without_likes_is_left_out():
    log = log_of((0, 1, 3, 1), (1, 1, 4, 1), (1, 0, 2, 2))
    histories = Histories.fit(log, 2, 4.0)
    assert told(histories) == [[1]]
    assert histories.fans.tolist() == [0, 1]


def test_an_item_liked_twice_counts_when_it_was_first_liked():
    assert told(Histories.fit(log_of((0, 1, 5, 1), (0, 0, 5, 2), (0, 1, 5, 3)), 2, None)) == [[1, 0]]


def test_places_are_where_an_item_is_liked_and_are_thinned_evenly():
    histories = Histories.fit(log_of(*[(user, 0, 5, 1) for user in range(10)]), 1, None)
    assert histories.places(0, 10).tolist() == list(range(10))
    assert histories.places(0, 4).tolist() == [0, 3, 6, 9]
    assert histories.user.tolist() == list(range(10))


def test_without_interactions_there_is_nothing():
    histories = Histories.fit(log_of(), 3, None)
    assert len(histories.likes) == 0
    assert histories.fans.tolist() == [0, 0, 0]
    assert histories.timed == 0.0
    assert len(histories.places(1, 5)) == 0


def test_saved_histories_are_as_before(tmp_path):
    histories = Histories.fit(log_of((0, 1, 5, 1), (0, 0, 5, 2), (1, 1, 5, 3)), 2, None)
    histories.save(tmp_path / "histories.npz")
    loaded = Histories.load(tmp_path / "histories.npz")
    assert told(loaded) == told(histories)
    assert (loaded.items, loaded.timed) == (2, 1.0)


def test_missing_histories_name_the_cure(tmp_path):
    with pytest.raises(WorkspaceError, match=r"histories.npz is missing; build the workspace again"):
        Histories.load(tmp_path / "histories.npz")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"no archive"])
def test_corrupt_histories_name_the_cure(tmp_path, content):
    (tmp_path / "histories.npz").write_bytes(content)
    with pytest.raises(WorkspaceError, match=r"histories.npz is corrupt; build the workspace again"):
        Histories.load(tmp_path / "histories.npz")
