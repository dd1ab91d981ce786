"""The ranker learns an order from what people wanted, and every score can be taken apart."""

import json

import numpy as np
import pytest

from tastemaker.tools.errors import WorkspaceError
from tastemaker.tools.index.conversation_model import Conversation, ConversationModel
from tastemaker.tools.ranking.feature_names import FEATURES
from tastemaker.tools.ranking.ranker import Example, Ranker

TASTE = FEATURES.index("taste")
IDS = ["a", "b", "c"]
ROW_OF = {"a": 0, "b": 1, "c": 2}


def examples(count=60, size=40, seed=1):
    """Return requests in which the two items of the highest taste were wanted."""
    drawn = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        features = drawn.random((size, len(FEATURES))).astype(np.float32)
        grades = np.zeros(size, dtype=np.int64)
        grades[np.argsort(-features[:, TASTE])[:2]] = 2
        made.append(Example(features, grades))
    return made


@pytest.fixture(scope="module")
def ranker():
    return Ranker.fit(examples(), "made-up requests", rounds=40)


def test_it_puts_first_what_was_wanted_in_requests_that_it_has_not_seen(ranker):
    for each in examples(10, seed=2):
        best = np.argmax(ranker.scores(each.features))
        assert each.features[best, TASTE] >= np.sort(each.features[:, TASTE])[-4]


def test_a_score_is_the_sum_of_what_the_features_add(ranker):
    features = examples(1, seed=3)[0].features
    adds = ranker.contributions(features)
    assert adds.shape == (len(features), len(FEATURES) + 1)
    assert adds.sum(axis=1) == pytest.approx(ranker.scores(features), abs=1e-6)
    assert np.abs(adds[:, :-1]).sum(axis=0).argmax() == TASTE


def test_the_same_examples_make_the_same_ranker(ranker):
    features = examples(1, seed=4)[0].features
    assert Ranker.fit(examples(), "again", rounds=40).scores(features).tolist() == ranker.scores(features).tolist()


def test_nobody_to_rank_is_no_error(ranker):
    assert ranker.scores(np.zeros((0, len(FEATURES)), dtype=np.float32)).tolist() == []


def test_examples_in_which_nothing_was_wanted_teach_nothing():
    idle = Example(np.zeros((3, len(FEATURES)), dtype=np.float32), np.zeros(3, dtype=np.int64))
    with pytest.raises(ValueError, match="nothing to learn"):
        Ranker.fit([idle], "nothing")


def test_what_is_written_is_what_is_read(ranker, tmp_path):
    conversations = ConversationModel.fit([Conversation(np.array([0, 1]))], 3)
    taught = Ranker(ranker.model, ranker.taught_on, conversations)
    taught.save(tmp_path / "ranker.json", IDS)
    read = Ranker.load(tmp_path / "ranker.json", ROW_OF)
    features = examples(1, seed=5)[0].features
    assert read.scores(features).tolist() == ranker.scores(features).tolist()
    assert read.taught_on == "made-up requests"
    assert read.conversations.named.tolist() == [1, 1, 0]
    assert [file.name for file in tmp_path.iterdir()] == ["ranker.json"]


@pytest.mark.parametrize(
    "content", [None, "", "{}", '{"features": [], "taught_on": "", "model": ["x"], "conversations": null}']
)
def test_a_file_that_cannot_be_read_is_told_with_the_cure(tmp_path, content):
    path = tmp_path / "ranker.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(WorkspaceError, match="tastemaker build"):
        Ranker.load(path, ROW_OF)


def test_a_ranker_of_other_features_is_refused(ranker, tmp_path):
    path = tmp_path / "ranker.json"
    ranker.save(path, IDS)
    told = json.loads(path.read_text())
    path.write_text(json.dumps(told | {"features": told["features"][::-1]}))
    with pytest.raises(WorkspaceError, match="another version of the features"):
        Ranker.load(path, ROW_OF)
