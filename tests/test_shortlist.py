"""The shortlist holds what is worth ranking, all of it from the pool."""

import numpy as np
import pytest

from tastemaker.tools.index.conversation_model import Conversation, ConversationModel
from tastemaker.tools.ranking import shortlist as module
from tastemaker.tools.ranking.request import RankingRequest
from tastemaker.tools.ranking.shortlist import shortlist
from tastemaker.tools.ranking.signals import Signals

NONE = np.zeros(0, dtype=np.int64)


@pytest.fixture
def large(monkeypatch):
    """Take every catalogue for a large one, of which each source adds five items."""
    monkeypatch.setattr(module, "SMALL", 0)
    monkeypatch.setattr(module, "NEAREST", 5)
    monkeypatch.setattr(module, "FIRST", dict.fromkeys(module.FIRST, 5))


def test_a_small_pool_is_ranked_whole(small_workspace):
    pool = np.array([2, 4, 9])
    assert shortlist(Signals(small_workspace, RankingRequest()), pool, NONE).tolist() == [2, 4, 9]
    assert len(shortlist(Signals(small_workspace, RankingRequest()), None, NONE)) == len(small_workspace.catalogue)


@pytest.mark.usefixtures("large")
def test_of_a_large_one_the_popular_are_taken_and_what_tools_proposed(small_workspace):
    found = shortlist(Signals(small_workspace, RankingRequest()), None, np.array([41]))
    assert 41 in found
    assert np.argmax(small_workspace.catalogue.popularity) in found
    assert len(found) <= 11


@pytest.mark.usefixtures("large")
def test_nothing_from_outside_the_pool_gets_in(small_workspace):
    pool = np.arange(0, len(small_workspace.catalogue), 3)
    request = RankingRequest(named=np.array([1]), said="trains", query="trains")
    found = shortlist(Signals(small_workspace, request), pool, np.array([1, 3]))
    assert set(found.tolist()) <= set(pool.tolist())
    assert 3 in found


@pytest.mark.usefixtures("large")
def test_what_conversations_name_beside_what_was_named_gets_in(small_workspace):
    quiet = int(np.argmin(small_workspace.catalogue.popularity))
    conversations = ConversationModel.fit([Conversation(np.array([7, quiet]))], len(small_workspace.catalogue))
    request = RankingRequest(named=np.array([7]))
    assert quiet in shortlist(Signals(small_workspace, request, conversations), None, NONE)
