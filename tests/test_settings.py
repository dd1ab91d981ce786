"""Settings: which source wins, what is refused and how, where workspaces are."""

from pathlib import Path

import pytest

from tastemaker.agent.settings import Settings
from tastemaker.tools.errors import SettingsError
from tastemaker.ui.commands.common import settings_with


@pytest.fixture(autouse=True)
def _no_settings_from_outside(tmp_path, monkeypatch):
    import os

    for name in os.environ:
        if name.startswith("TASTEMAKER_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_without_any_source_the_defaults_hold():
    settings = Settings()
    assert (settings.workspace, settings.planner, settings.writer) == ("demo", "local", "plain")
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)


def test_the_file_wins_over_defaults_the_environment_over_the_file_and_arguments_over_all(monkeypatch):
    Path("tastemaker.toml").write_text('count = 7\nport = 8001\nplanner = "local"\n', encoding="utf-8")
    monkeypatch.setenv("TASTEMAKER_PORT", "8002")
    monkeypatch.setenv("TASTEMAKER_PLANNER", "chat")
    settings = settings_with(planner="rules")
    assert (settings.count, settings.port, settings.planner) == (7, 8002, "rules")


def test_an_argument_that_is_not_given_leaves_the_other_sources_alone(monkeypatch):
    monkeypatch.setenv("TASTEMAKER_PORT", "8002")
    assert settings_with(port=None).port == 8002


def test_a_wrong_value_is_refused_with_the_places_where_it_can_stand(monkeypatch):
    monkeypatch.setenv("TASTEMAKER_PORT", "many")
    with pytest.raises(SettingsError, match=r"The setting port is wrong.*not 'many'.*TASTEMAKER_PORT.*tastemaker.toml"):
        settings_with()


def test_an_unknown_planner_is_refused_with_those_that_there_are():
    with pytest.raises(SettingsError, match=r"The setting planner is wrong.*'rules', 'chat', 'local' or 'react'"):
        settings_with(planner="magic")


def test_a_broken_file_is_refused_with_its_line():
    Path("tastemaker.toml").write_text("port = \n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"tastemaker\.toml is not valid TOML.*line 1.*correct that line"):
        settings_with()


def test_changing_a_setting_that_does_not_exist_is_refused():
    with pytest.raises(SettingsError, match="There is no setting 'colour'; the settings are home, workspace"):
        Settings().changed(colour="red")


def test_changed_settings_keep_what_the_other_sources_said(monkeypatch):
    monkeypatch.setenv("TASTEMAKER_COUNT", "9")
    changed = Settings().changed(planner="local")
    assert (changed.count, changed.planner) == (9, "local")


def test_the_key_is_shown_nowhere(monkeypatch):
    monkeypatch.setenv("TASTEMAKER_API_KEY", "very-secret")
    settings = Settings()
    assert "very-secret" not in f"{settings!r} {settings} {settings.model_dump(mode='json')}"


def test_a_name_is_a_workspace_under_home_and_a_path_is_a_path(monkeypatch, tmp_path):
    monkeypatch.setenv("TASTEMAKER_HOME", str(tmp_path / "home"))
    settings = Settings()
    assert settings.workspace_path() == tmp_path / "home" / "demo"
    assert settings.workspace_path("books") == tmp_path / "home" / "books"
    assert settings.workspace_path("./books") == Path("./books")
    (tmp_path / "here").mkdir()
    assert settings.workspace_path("here") == tmp_path / "home" / "here", "a folder that is no workspace"
    (tmp_path / "here" / "manifest.json").write_text("{}", encoding="utf-8")
    assert settings.workspace_path("here") == Path("here")
