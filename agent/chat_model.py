"""Makes the chat model that the settings describe, and says in plain words what went wrong with a call.

Any endpoint that speaks OpenAI's protocol will do. Knows nothing of plans and replies.
"""

import os

import openai
from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from tastemaker.agent.settings import Settings
from tastemaker.tools.errors import SettingsError, TastemakerError

_RETRIES = 1


def chat_model(settings: Settings) -> BaseChatModel:
    """Return the chat model of the settings; nothing is sent yet.

    An endpoint of one's own that wants no key still needs a setting: any word will do.

    Raises:
        SettingsError: the model's name or the key is missing.
    """
    if not settings.model:
        raise SettingsError(
            "No chat model is named; set TASTEMAKER_MODEL to the model's name at the endpoint, "
            "or choose the planner `rules` and the writer `plain`, which need none."
        )
    key = settings.api_key or SecretStr(os.environ.get("OPENAI_API_KEY", ""))
    if not key.get_secret_value():
        raise SettingsError(
            "No key for the chat model is set; set TASTEMAKER_API_KEY or OPENAI_API_KEY "
            "(any word, where the endpoint wants no key)."
        )
    return ChatOpenAI(
        model=settings.model,
        base_url=settings.base_url,
        api_key=key,
        timeout=settings.model_timeout,
        max_retries=_RETRIES,
        # OpenAI's own reasoning models refuse any other temperature than theirs.
        temperature=0.0 if settings.base_url else None,
    )


def what_failed(error: Exception) -> str:
    """Return what went wrong with a call of a chat model, and the cure, for the person and the trace.

    Holds neither the key nor anything that the endpoint or the model wrote.
    """
    match error:
        case TastemakerError():
            return str(error)
        case openai.APITimeoutError():
            return "The chat model did not answer in time; raise TASTEMAKER_MODEL_TIMEOUT or use a faster model."
        case openai.APIConnectionError():
            return "The chat model cannot be reached; check TASTEMAKER_BASE_URL and that the endpoint is running."
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return "The chat model's endpoint refused the key; check TASTEMAKER_API_KEY."
        case openai.NotFoundError():
            return "The endpoint does not know the chat model; check TASTEMAKER_MODEL and TASTEMAKER_BASE_URL."
        case openai.RateLimitError():
            return "The chat model's endpoint takes no more requests now; wait, or check the quota of the key."
    status = f", status {error.status_code}" if isinstance(error, openai.APIStatusError) else ""
    return f"The chat model failed ({type(error).__name__}{status}); the log says more. Try again or use another model."
