"""Features tell of every candidate what each tool would say of it."""

import numpy as np
import pytest

from tastemaker.tools.index.conversation_model import Conversation, ConversationModel
from tastemaker.tools.ranking.feature_names import FEATURES
from tastemaker.tools.ranking.features import features_of
from tastemaker.tools.ranking.request import RankingRequest
from tastemaker.tools.ranking.signals import Signals


@pytest.fixture(scope="module")
def liked(small_workspace):
    """Rows of the two most popular games."""
    return np.argsort(-small_workspace.catalogue.popularity, kind="stable")[:2]


def table(workspace, request, rows=None, conversations=None):
    rows = np.arange(len(workspace.catalogue)) if rows is None else rows
    found = features_of(Signals(workspace, request, conversations), rows)
    return {name: found[:, column] for column, name in enumerate(FEATURES)}


def test_there_is_one_column_a_feature_and_one_row_an_item(small_workspace):
    found = features_of(Signals(small_workspace, RankingRequest()), np.array([3, 1]))
    assert found.shape == (2, len(FEATURES))
    assert len(set(FEATURES)) == len(FEATURES)


def test_with_nothing_said_only_the_items_themselves_differ(small_workspace):
    found = table(small_workspace, RankingRequest())
    assert not found["taste"].any()
    assert not found["content"].any()
    assert not found["meaning of all said"].any()
    assert np.ptp(found["popularity"]) > 0


def test_an_item_by_itself_is_told_the_same_as_among_all(small_workspace, liked):
    request = RankingRequest(liked=liked, named=liked, said="a game about trains", query="trains")
    everything, alone = table(small_workspace, request), table(small_workspace, request, np.array([7]))
    places = [name for name in FEATURES if name.startswith("place") or name == "agreement"]
    for name in set(FEATURES) - set(places):
        assert alone[name][0] == pytest.approx(everything[name][7], nan_ok=True), name


def test_what_shares_makers_and_kinds_with_what_was_named_is_told_so(small_workspace, liked):
    found = table(small_workspace, RankingRequest(named=liked[:1]))
    kinds = small_workspace.item_facts.kinds
    assert found["kinds"] == pytest.approx((kinds @ kinds[liked[:1]].T).toarray()[:, 0])
    assert found["kinds"][liked[0]] == pytest.approx(found["kinds"].max())


def test_words_are_told_by_meaning_and_by_letter(small_workspace):
    item = small_workspace.catalogue.items([str(small_workspace.catalogue.ids[4])])[0]
    found = table(small_workspace, RankingRequest(said=item.title, query=item.title))
    assert found["words of query"].argmax() == 4
    assert found["meaning of query"].argmax() == 4


def test_conversations_are_told_where_there_are_any(small_workspace, liked):
    conversations = ConversationModel.fit(
        [Conversation(each) for each in (liked, liked, liked[:1])], len(small_workspace.catalogue)
    )
    found = table(small_workspace, RankingRequest(named=liked[:1]), conversations=conversations)
    assert found["named in conversations"][liked] == pytest.approx(np.log1p([3, 2]))
    assert found["named together"].argmax() == liked[1]
    assert not table(small_workspace, RankingRequest(named=liked[:1]))["named together"].any()


def test_the_same_request_gives_the_same_features(small_workspace, liked):
    request = RankingRequest(liked=liked, named=liked, said="calm and clever")
    first, second = (features_of(Signals(small_workspace, request), np.arange(20)) for _ in range(2))
    assert np.array_equal(first, second, equal_nan=True)
