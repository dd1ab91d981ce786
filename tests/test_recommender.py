"""Opening a recommender, and what it says when it cannot be opened."""

import pytest

from tastemaker.agent import Recommender
from tastemaker.agent.settings import Settings
from tastemaker.tools.errors import SettingsError, WorkspaceError


def test_a_missing_workspace_is_named_with_the_cure(tmp_path):
    with pytest.raises(WorkspaceError, match="tastemaker build"):
        Recommender.open(tmp_path / "nowhere")


def test_an_unknown_setting_is_refused_by_name(small_workspace):
    with pytest.raises(SettingsError, match="There is no setting 'planet'"):
        Recommender.open(small_workspace, planet="mars")


def test_a_setting_of_the_wrong_kind_is_refused_by_name(small_workspace):
    with pytest.raises(SettingsError, match="planner"):
        Recommender.open(small_workspace, planner="astrology")


def test_the_chat_planner_without_a_model_names_the_setting(small_workspace):
    with pytest.raises(SettingsError, match="TASTEMAKER_MODEL"):
        Recommender.open(small_workspace, planner="chat", settings=Settings(model=""))


def test_a_recommender_opens_on_a_workspace_already_open(small_workspace):
    session = Recommender.open(small_workspace, planner="rules").session()
    reply = session.say("a short game for two, no war")
    assert reply.trace.decided_by == "rules"
    assert reply.recommendations


def test_new_sessions_have_ids_that_cannot_be_guessed(small_workspace):
    recommender = Recommender.open(small_workspace, planner="rules")
    ids = {recommender.session().id for _ in range(50)}
    assert len(ids) == 50
    assert all(len(each) >= 20 for each in ids)
