"""The chat model of the settings, and plain words for what goes wrong."""

import httpx
import openai
import pytest

from tastemaker.agent.chat_model import chat_model, what_failed
from tastemaker.agent.settings import Settings
from tastemaker.tools.errors import SettingsError

REQUEST = httpx.Request("POST", "http://127.0.0.1:9/v1/chat/completions")


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch, tmp_path):
    for name in ("OPENAI_API_KEY", "TASTEMAKER_API_KEY", "TASTEMAKER_MODEL", "TASTEMAKER_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_a_missing_model_name_is_told_with_the_cure():
    with pytest.raises(SettingsError, match="set TASTEMAKER_MODEL"):
        chat_model(Settings(api_key="k"))


def test_a_missing_key_is_told_with_the_cure():
    with pytest.raises(SettingsError, match="set TASTEMAKER_API_KEY or OPENAI_API_KEY"):
        chat_model(Settings(model="some-model"))


def test_the_settings_reach_the_model():
    model = chat_model(Settings(model="m", api_key="k", base_url="http://127.0.0.1:9/v1", model_timeout=3))
    assert (model.model_name, model.openai_api_base, model.request_timeout) == ("m", "http://127.0.0.1:9/v1", 3)
    assert model.max_retries <= 1


def test_the_key_of_openai_is_used_when_no_other_is_set(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "from-outside")
    assert chat_model(Settings(model="m")).openai_api_key.get_secret_value() == "from-outside"


def status_error(kind, status):
    return kind("secret-key-123", response=httpx.Response(status, request=REQUEST), body=None)


@pytest.mark.parametrize(
    ("error", "cure"),
    [
        (openai.APITimeoutError(REQUEST), "TASTEMAKER_MODEL_TIMEOUT"),
        (openai.APIConnectionError(request=REQUEST), "TASTEMAKER_BASE_URL"),
        (status_error(openai.AuthenticationError, 401), "TASTEMAKER_API_KEY"),
        (status_error(openai.NotFoundError, 404), "TASTEMAKER_MODEL"),
        (status_error(openai.RateLimitError, 429), "quota"),
        (RuntimeError("secret-key-123"), "RuntimeError"),
        (status_error(openai.InternalServerError, 500), "status 500"),
    ],
)
def test_every_failure_is_told_with_a_cure_and_without_what_the_endpoint_wrote(error, cure):
    said = what_failed(error)
    assert cure in said
    assert "secret-key-123" not in said


def test_an_endpoint_that_is_not_there_is_told():
    model = chat_model(Settings(model="m", api_key="k", base_url="http://127.0.0.1:9/v1", model_timeout=3))
    with pytest.raises(openai.APIConnectionError) as caught:
        model.invoke("hello")
    assert "cannot be reached" in what_failed(caught.value)
