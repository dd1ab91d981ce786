"""Systems are opened by name; baselines and the agent answer in one form over the same workspace."""

import pytest

from tastemaker.agent.settings import Settings
from tastemaker.eval.baselines import BASELINES, Heard
from tastemaker.eval.system_names import SYSTEMS, check_systems, open_system
from tastemaker.tools.errors import SettingsError

SETTINGS = Settings(count=5)


def opened(name, workspace, **more):
    return open_system(name, workspace, SETTINGS, **more)


def test_the_systems_are_those_of_the_documentation():
    agents = {"agent:rules", "agent:local", "agent:chat", "agent:react"}
    assert agents | {"popular", "bm25", "dense", "taste", "fusion"} == set(SYSTEMS)


def test_an_unknown_system_is_told_with_those_that_exist():
    with pytest.raises(SettingsError, match="no system 'magic'; the systems are agent:rules"):
        check_systems(["magic"])
    with pytest.raises(SettingsError, match="No system is named; choose from"):
        check_systems([])


@pytest.mark.parametrize("name", BASELINES)
def test_every_baseline_ranks_the_catalogue_and_shows_the_best(name, small_workspace):
    with opened(name, small_workspace) as system:
        answer = system.begin(None, ["g10"]).say("a game about ships in space")
    assert answer.act == "recommend"
    assert len(answer.shown) == 5
    assert answer.ranked[:5] == answer.shown
    assert len(set(answer.ranked)) == len(answer.ranked)
    assert set(answer.ranked) <= small_workspace.catalogue.row_of.keys()
    assert "g10" not in answer.ranked


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_answers_even_when_nothing_was_said(name, small_workspace):
    with opened(name, small_workspace) as system:
        assert len(system.begin(None, []).say("").shown) == 5


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_leaves_out_what_was_named_and_what_it_has_shown(name, small_workspace):
    with opened(name, small_workspace) as system:
        conversation = system.begin(None, [])
        first = conversation.say("something like Ashfall")
        second = conversation.say("and more")
    assert "g06" not in (*first.ranked, *second.ranked)
    assert not set(first.shown) & set(second.ranked)


def test_what_was_really_answered_counts_as_named_and_the_own_list_as_never_shown(small_workspace):
    with opened("popular", small_workspace) as system:
        conversation = system.begin(None, [])
        first = conversation.say("anything")
        named = first.shown[1]
        conversation.heard(f"Do you know {small_workspace.catalogue.item(named).title}?")
        second = conversation.say("and more")
    assert named not in second.ranked
    assert first.shown[0] in second.shown


def test_words_and_meaning_follow_the_request_and_taste_follows_the_likes(small_workspace):
    with opened("bm25", small_workspace) as system:
        assert system.begin(None, []).say("volcano").shown[0] == "g06"
    with opened("taste", small_workspace) as system:
        liking = system.begin(None, ["g08", "g15", "g26"]).say("hello").shown
        other = system.begin(None, ["g14", "g22", "g31"]).say("hello").shown
    assert liking != other


def test_a_known_users_likes_are_known_from_the_start(small_workspace):
    log = small_workspace.catalogue.interactions_of("u04")
    least = small_workspace.schema.like_at_least or 0
    liked = {each.item for each in log if each.value >= least}
    assert liked
    with opened("taste", small_workspace) as system:
        assert not liked & set(system.begin("u04", []).say("hello").ranked)


def test_the_query_holds_all_that_was_said_the_latest_first():
    assert Heard([], ["a war game", " ", "for two"]).query == "for two a war game"


def test_the_agent_answers_with_its_plan_its_stages_and_a_check_of_its_text(small_workspace):
    with opened("agent:rules", small_workspace) as system:
        answer = system.begin(None, []).say("a science fiction game, no horror")
    assert system.name == "agent:rules"
    assert answer.act == "recommend"
    assert answer.plan["act"] == "recommend"
    assert set(answer.stages) == {"plan", "tools", "compose"}
    assert list(answer.check()) == []
    assert answer.tokens == (0, 0, 0)


def test_the_agents_sessions_are_kept_out_of_the_workspace(small_workspace):
    log = small_workspace.path / "sessions.db"
    before = log.read_bytes() if log.exists() else None
    with opened("agent:rules", small_workspace) as system:
        system.begin(None, ["g10"]).say("something to play")
    assert (log.read_bytes() if log.exists() else None) == before
    assert len(small_workspace.catalogue) == 60, "the workspace is still open"


def test_an_agent_without_a_tool_says_so_in_its_name_and_does_not_call_it(small_workspace):
    with opened("agent:rules", small_workspace, left_out="popular_items") as system:
        assert system.name == "agent:rules without popular_items"
        answer = system.begin(None, []).say("a science fiction game")
    assert answer.tools["popular_items"] == "disabled"
    assert answer.tools["filter_items"] == "ok"
