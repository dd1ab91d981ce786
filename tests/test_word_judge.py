"""The learner that counts words, and what it and another say together."""

import pytest

from tastemaker.agent.planners.local import WORDS
from tastemaker.agent.planners.marks import ROLES
from tastemaker.agent.planners.role_features import of_mark, of_turn
from tastemaker.agent.planners.role_judge import Judged, MixedJudge, mixed
from tastemaker.agent.planners.role_question import ACTS, AskedMark, AskedTurn
from tastemaker.agent.planners.word_judge import WordJudge
from tastemaker.tools.errors import SettingsError

SAID = "hates: fantasy. Surprise me otherwise"
TURN = AskedTurn(SAID, False, "recommend", (AskedMark(7, 14, "facet", "genres", "wanted"),))


@pytest.fixture(scope="module")
def words():
    return WordJudge.load(WORDS)


def test_its_weights_come_with_the_package_and_are_small():
    assert WORDS.stat().st_size < 2_000_000


def test_it_says_how_likely_every_act_and_role_is(words):
    judged = words.judge(TURN)
    assert tuple(judged.act) == ACTS
    assert tuple(judged.roles[0]) == ROLES["facet"]
    assert sum(judged.act.values()) == pytest.approx(1)
    assert sum(judged.roles[0].values()) == pytest.approx(1)


def test_it_hears_a_refusal_that_the_rules_did_not(words):
    def refused(said):
        mark = AskedMark(len(said), len(said) + 7, "facet", "genres", "wanted")
        return words.judge(AskedTurn(f"{said}fantasy", False, "recommend", (mark,))).roles[0]["refused"]

    assert refused("no ") > 10 * refused("a ")


@pytest.mark.parametrize("said", ["", "?", "日本語", "x" * 5000])
def test_it_judges_any_words(words, said):
    assert words.judge(AskedTurn(said, True, "ask", ())).roles == ()


def test_weights_are_read_as_they_were_written(words, tmp_path):
    words.save(tmp_path / "words.npz")
    assert WordJudge.load(tmp_path / "words.npz").judge(TURN) == words.judge(TURN)


def test_missing_or_damaged_weights_are_told(tmp_path):
    with pytest.raises(SettingsError, match=r"none\.npz are missing or damaged; install tastemaker again"):
        WordJudge.load(tmp_path / "none.npz")
    (tmp_path / "bad.npz").write_bytes(b"no weights")
    with pytest.raises(SettingsError, match="missing or damaged"):
        WordJudge.load(tmp_path / "bad.npz")


def test_features_tell_what_stands_around_a_mark_and_what_the_rules_say():
    assert {"rules=wanted", "l0=:", "l1=hates", "r0=.", "in=fantasy"} <= of_mark(TURN, 0)
    assert {"rules=recommend", "w=<facet>", "w=surprise", "has=facet:wanted"} <= of_turn(TURN)


def test_two_learners_together_say_their_weighted_mean():
    first = Judged({"chat": 1.0, "ask": 0.0}, ({"wanted": 0.8, "refused": 0.2}, {"wanted": 1.0}))
    second = Judged({"chat": 0.0, "ask": 1.0}, ({"wanted": 0.3, "refused": 0.7},))
    both = mixed(first, second, 0.4)
    assert both.act == pytest.approx({"chat": 0.6, "ask": 0.4})
    # What one leaves out is left out.
    assert [dict(each) for each in both.roles] == [pytest.approx({"wanted": 0.6, "refused": 0.4})]
    said = MixedJudge(_Saying(first), _Saying(second), 0.4)
    assert said.judge(TURN) == both


class _Saying:
    def __init__(self, judged):
        self.judged = judged

    def judge(self, turn):
        return self.judged
