"""The react planner: a model that works with the tools, and whose work becomes a plan like any other."""

import httpx
import openai
import pytest
from langchain_core.messages import AIMessage

from tastemaker.agent.plan import Act
from tastemaker.agent.planners.react import ReactPlanner
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.scripted_model import ScriptedModel
from tastemaker.agent.settings import Settings
from tastemaker.agent.state import State
from tastemaker.tools.errors import SettingsError

STRATEGY = {"field": "kinds", "op": "contains_any", "value": ["strategy"], "said": "strategy"}
SHORT = {"field": "playing_time", "op": "<", "value": ["120"], "said": "under two hours"}
LIKED = {"opinion": "anchor", "title": "The Glass Orchard", "said": "like The Glass Orchard"}


def calls(*wanted):
    """Return a message that calls tools, each a name with its arguments."""
    made = [
        {"name": name, "args": arguments, "id": f"call{place}", "type": "tool_call"}
        for place, (name, arguments) in enumerate(wanted)
    ]
    return AIMessage(content="", tool_calls=made)


WORK = (
    calls(("filter_items", {"wishes": [STRATEGY, SHORT]})),
    calls(("similar_items", {"items": ["the glass orchard"]}), ("search_meaning", {"query": "calm"})),
    calls(("finish", {"act": "recommend", "opinions": [LIKED], "candidates": ["c1", "c2"], "count": 3})),
)


def planner_of(workspace, *replies, **options):
    model = ScriptedModel(replies=list(replies), endless=options.pop("endless", False))
    return ReactPlanner(workspace, model, RulesPlanner(workspace), **options), model


def told(model, request):
    """Return what the tools told the model, as it read it in one of its requests."""
    return [each.text for each in model.asked[request] if each.type == "tool"]


def test_what_the_model_did_becomes_a_grounded_plan(small_workspace):
    planner, model = planner_of(small_workspace, *WORK)
    planned = planner.plan("a calm strategy game like The Glass Orchard, under two hours, three of them", State())
    assert planned.decided_by == "react"
    assert len(model.asked) == 3
    plan = planned.plan
    assert (plan.act, plan.count, plan.query) == (Act.RECOMMEND, 3, "calm")
    assert [change.condition.field for change in plan.changes if change.kind == "require"] == ["kinds", "playing_time"]
    assert [change.item_id for change in plan.changes if change.kind == "rate"] == ["g03"]
    assert [(call.tool, call.arguments) for call in plan.calls] == [
        ("similar_items", {"items": ["g03"]}),
        ("search_meaning", {"query": "calm"}),
    ]


def test_the_model_gets_handles_counts_and_titles_and_never_ids(small_workspace):
    planner, model = planner_of(small_workspace, *WORK)
    planner.plan("x", State())
    (filtered,) = told(model, 1)
    liked, meant = told(model, 2)[1:]
    assert "board games: " in filtered or "items: " in filtered
    assert liked.startswith("c1: ")
    assert meant.startswith("c2: ")
    ids = {str(each) for each in small_workspace.catalogue.ids}
    everything = " ".join(each.text for asked in model.asked for each in asked)
    assert not ids & set(everything.replace(";", " ").replace(".", " ").split())


def test_steps_tokens_and_prompts_are_in_the_trace_and_the_reply_is_made_like_any_other(small_workspace, tmp_path):
    planner, _ = planner_of(small_workspace, *WORK)
    with Recommender(
        small_workspace, planner, Settings(), sessions=tmp_path / "s.db", owns_workspace=False
    ) as recommender:
        reply = recommender.session().say("a calm strategy game like The Glass Orchard, under two hours")
    assert len(reply.recommendations) == 3
    assert all(entry.verdict == "match" for each in reply.recommendations for entry in each.certificate[:2])
    trace = reply.trace
    assert [step.call for step in trace.planning] == ["filter_items#1", "similar_items#1", "search_meaning#1"]
    assert trace.tokens.calls == 3
    assert {"react-system", "planner-request"} <= set(trace.prompts)
    assert [step.tool for step in trace.steps][:3] == ["filter_items", "similar_items", "search_meaning"]


def test_a_call_that_makes_no_sense_is_told_and_can_be_mended(small_workspace):
    planner, model = planner_of(
        small_workspace,
        calls(("filter_items", {"wishes": [{"field": "kinds", "op": ">=", "value": ["War"]}]})),
        calls(("filter_items", {"wishes": [{"field": "colour", "op": "==", "value": ["red"]}]})),
        *WORK,
    )
    planned = planner.plan("x", State())
    assert "needs a number or date" in told(model, 1)[0]
    assert "colour" in told(model, 2)[1]
    assert planned.plan.act is Act.RECOMMEND
    assert planned.steps[0].outcome == "failed"


def test_a_handle_that_was_never_given_stands_for_nothing(small_workspace):
    planner, _ = planner_of(
        small_workspace,
        calls(("search_meaning", {"query": "calm"})),
        calls(("finish", {"act": "recommend", "candidates": ["c7", "g03"]})),
    )
    assert [call.tool for call in planner.plan("x", State()).plan.calls] == ["search_meaning"]


def test_a_name_that_is_missing_is_told_with_the_nearest(small_workspace):
    planner, model = planner_of(
        small_workspace, calls(("similar_items", {"items": ["Glas Orchrd of Doom Zorblax"]})), *WORK
    )
    planner.plan("x", State())
    assert "Zorblax" in told(model, 1)[0]


def test_facts_can_be_read_by_title(small_workspace):
    planner, model = planner_of(small_workspace, calls(("describe_items", {"items": ["Salt Road"]})), *WORK)
    planner.plan("x", State())
    assert told(model, 1)[0].startswith("Salt Road: ")


def test_small_talk_needs_one_call_and_no_tool(small_workspace):
    planner, model = planner_of(small_workspace, calls(("finish", {"act": "chat", "talk": "thanks"})))
    planned = planner.plan("thanks!", State())
    assert (planned.plan.act, planned.plan.talk) == (Act.CHAT, "thanks")
    assert len(model.asked) == 1
    assert planned.steps == ()


def test_at_the_limit_of_steps_what_was_done_is_the_plan_and_it_is_said_politely(small_workspace, tmp_path):
    again = calls(("filter_items", {"wishes": [STRATEGY]}))
    planner, model = planner_of(small_workspace, again, endless=True, most_calls=3)
    with Recommender(
        small_workspace, planner, Settings(), sessions=tmp_path / "s.db", owns_workspace=False
    ) as recommender:
        reply = recommender.session().say("a strategy game")
    assert len(model.asked) == 3
    assert reply.act == "recommend"
    assert "came to no end within 3 steps" in reply.trace.warnings[0]
    assert all("Strategy" in each.item.values["kinds"] for each in reply.recommendations)


@pytest.mark.parametrize("reply", ["Try Salt Road, it is great!", "", calls(("buy", {"item": "x"})), RuntimeError("x")])
def test_a_model_that_does_nothing_of_use_leaves_the_turn_to_the_rules(small_workspace, reply):
    planner, _ = planner_of(small_workspace, reply, "I cannot.", endless=True, most_calls=3)
    planned = planner.plan("a strategy game", State())
    assert planned.decided_by == "rules"
    assert "The rules planned this turn." in planned.warnings[0]
    assert "Salt Road" not in " ".join(planned.warnings)


def test_a_model_that_cannot_be_reached_is_told(small_workspace):
    error = openai.APIConnectionError(request=httpx.Request("POST", "http://127.0.0.1:9"))
    planned = planner_of(small_workspace, error)[0].plan("a strategy game", State())
    assert "check TASTEMAKER_BASE_URL" in planned.warnings[0]


def test_a_tool_that_is_switched_off_is_not_given(small_workspace):
    planner, model = planner_of(small_workspace, *WORK[1:], *WORK, disabled=("search_meaning",))
    planner.plan("x", State())
    assert "search_meaning is not a valid tool" in told(model, 1)[1]


def test_settings_name_it(small_workspace):
    with pytest.raises(SettingsError, match="TASTEMAKER_MODEL"):
        Recommender.open(small_workspace, planner="react", settings=Settings(model=""))
    recommender = Recommender.open(small_workspace, planner="react", model=ScriptedModel(replies=list(WORK)))
    assert recommender.planner.name == "react"
