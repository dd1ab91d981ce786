"""Settings. Arguments win over the environment (`TASTEMAKER_…`), that over `tastemaker.toml`, that over defaults."""

from pathlib import Path
from typing import Any, Literal, Self

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from tastemaker.tools.errors import SettingsError

PlannerName = Literal["rules", "chat", "local", "react"]


class Settings(BaseSettings):
    """Everything that can be set. Each setting's environment variable is its name with `TASTEMAKER_` before it."""

    model_config = SettingsConfigDict(env_prefix="TASTEMAKER_", toml_file="tastemaker.toml", extra="ignore")

    home: Path = Field(default_factory=lambda: user_data_path("tastemaker"))
    """Directory in which named workspaces live."""
    workspace: str = "demo"
    """Workspace that is opened when none is named: a name or a path."""
    planner: PlannerName = "local"
    """Planner that is asked first."""
    writer: Literal["plain", "model"] = "plain"
    """Who phrases replies: fixed wording, or the chat model with every sentence verified."""
    base_url: str | None = None
    """Base URL of an OpenAI-compatible endpoint; OpenAI's own when None."""
    model: str = ""
    """Name of the chat model at the endpoint; needed by the planners `chat` and `react` and the `model` writer."""
    api_key: SecretStr | None = None
    """Key for the endpoint; `OPENAI_API_KEY` is used when None."""
    model_timeout: float = Field(default=60.0, gt=0)
    """Seconds after which a call of the chat model is given up."""
    model_calls: int = Field(default=8, ge=1, le=50)
    """Most calls of the chat model in one turn of the `react` planner."""
    gguf: Path | None = None
    """Model file of the `local` planner; the small model that is installed with the package when None."""
    threads: int = Field(default=1, ge=1, le=64)
    """Threads of the local model. More than one is slower on a machine that has other work."""
    count: int = Field(default=5, ge=1, le=50)
    """Items in a list when the person names no number."""
    tool_timeout: float = Field(default=10.0, gt=0)
    """Seconds after which a tool call is given up."""
    disabled_tools: tuple[str, ...] = ()
    """Tools that are not run; their calls are marked `disabled` in the trace."""
    host: str = "127.0.0.1"
    """Address that the chat listens on."""
    port: int = Field(default=7860, ge=1, le=65535)
    """Port that the chat listens on."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources, first wins."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    def changed(self, **changes: Any) -> Self:
        """Return the settings with some changed.

        Raises:
            SettingsError: there is no such setting, or the value does not suit it.
        """
        for name in changes.keys() - type(self).model_fields.keys():
            raise SettingsError(f"There is no setting '{name}'; the settings are {', '.join(type(self).model_fields)}.")
        try:
            return type(self).model_validate({**self.model_dump(), **changes}) if changes else self
        except ValidationError as error:
            first = error.errors()[0]
            raise SettingsError(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}.") from error

    def workspace_path(self, name: str | Path | None = None) -> Path:
        """Return the directory of a workspace: what has a separator or is a workspace here is a path, else a name."""
        given = str(name or self.workspace)
        is_path = "/" in given or "\\" in given or (Path(given) / "manifest.json").is_file()
        return Path(given).expanduser() if is_path else self.home / given
