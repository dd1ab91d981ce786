"""`tastemaker doctor`: looks at everything a recommender needs and says what to do where something is wrong.

Changes nothing, and shows no key.
"""

import importlib.metadata
import re
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tastemaker.tools.errors import UserError
from tastemaker.ui.commands.common import (
    JsonOption,
    WorkspaceOption,
    only_json,
    print_json,
    settings_with,
    terminal,
)

if TYPE_CHECKING:
    from tastemaker.agent.settings import Settings

OLDEST_PYTHON = (3, 11)
DISK_NEEDED = 1.0
"""Gigabytes that building the demo workspace needs, with room for sessions."""
ENDPOINT_TIMEOUT = 5.0
"""Seconds to wait for the chat model's endpoint."""


@dataclass(frozen=True)
class Check:
    """One thing looked at."""

    name: str
    ok: bool
    found: str
    """What is there."""
    cure: str = ""
    """What to do; empty when all is well."""


def doctor(workspace: WorkspaceOption = None, json: JsonOption = False) -> None:
    """Check that everything needed is there.

    Says what to do where something is not, and then leaves with exit code 1.
    """
    with only_json(json):
        settings = settings_with()
        checks = list(examine(settings, settings.workspace_path(workspace)))
    if json:
        print_json({"ok": all(check.ok for check in checks), "checks": [asdict(check) for check in checks]})
    else:
        console = terminal()
        for check in checks:
            mark = "[green]ok  [/]" if check.ok else "[red]FAIL[/]"
            console.print(mark, end=" ")
            line = f"{check.name}: {check.found}{f'; {check.cure}' if check.cure else ''}"
            console.print(line, markup=False, soft_wrap=True)
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def examine(settings: "Settings", workspace: Path) -> Iterator[Check]:
    """Yield every check, in the order in which things are needed."""
    yield check_python()
    yield check_packages()
    yield _guarded("sentence encoder", check_encoder)
    yield _guarded("local model", lambda: check_local_model(settings))
    yield check_disk(settings.home)
    yield _guarded("workspace", lambda: check_workspace(workspace))
    yield check_chat_model(settings)
    yield check_port(settings.host, settings.port)


def check_python() -> Check:
    """Check the version of Python."""
    found = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info >= OLDEST_PYTHON:
        return Check("Python", True, found)
    return Check("Python", False, found, "install Python 3.11 or newer")


def check_packages() -> Check:
    """Check that every package that this one requires is installed."""
    required = [line for line in importlib.metadata.requires("tastemaker") or () if "extra ==" not in line]
    names = [match.group() for line in required if (match := re.match(r"[A-Za-z0-9._-]+", line))]
    missing = [name for name in names if not _installed(name)]
    if missing:
        return Check("packages", False, f"missing: {', '.join(missing)}", "run `make run` again")
    return Check("packages", True, f"all {len(names)} are installed")


def check_encoder() -> Check:
    """Check the files of the sentence encoder, without loading them."""
    from tastemaker.tools.index.encoder import Encoder

    return Check("sentence encoder", True, str(Encoder.default().path))


def check_local_model(settings: "Settings") -> Check:
    """Check the model file of the local planner, without loading it."""
    from tastemaker.agent.planners.local_model import LocalModel, installed_model

    path = LocalModel(settings.gguf or installed_model()).path
    return Check("local model", True, f"{path.name}, {path.stat().st_size / 1e6:.0f} MB")


def check_disk(home: Path) -> Check:
    """Check the room on the disk that workspaces are on."""
    there = next(each for each in (home, *home.absolute().parents) if each.exists())
    free = shutil.disk_usage(there).free / 1e9
    if free < DISK_NEEDED:
        return Check("disk", False, f"{free:.1f} GB free at {home}", "free some, or set TASTEMAKER_HOME elsewhere")
    return Check("disk", True, f"{free:.0f} GB free at {home}")


def check_workspace(path: Path) -> Check:
    """Open the workspace and close it again."""
    from tastemaker.tools.workspace import Workspace

    with Workspace.open(path) as opened:
        return Check("workspace", True, f"{len(opened.catalogue)} {opened.schema.plural} in {path}")


def check_chat_model(settings: "Settings") -> Check:
    """Ask the endpoint for its models, when one is set."""
    if not settings.model:
        wanted = settings.planner == "chat" or settings.writer == "model"
        cure = "set TASTEMAKER_MODEL, and TASTEMAKER_BASE_URL unless it is OpenAI's" if wanted else ""
        return Check("chat model", not wanted, "none is set; none is needed" if not wanted else "none is set", cure)
    import os

    import httpx

    base = (settings.base_url or "https://api.openai.com/v1").rstrip("/")
    key = settings.api_key.get_secret_value() if settings.api_key else os.environ.get("OPENAI_API_KEY", "")
    if not key:
        cure = "set TASTEMAKER_API_KEY (any word, where the endpoint wants no key)"
        return Check("chat model", False, f"no key for {base}", cure)
    try:
        answer = httpx.get(f"{base}/models", headers={"Authorization": f"Bearer {key}"}, timeout=ENDPOINT_TIMEOUT)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Check("chat model", False, f"{base} cannot be reached ({error})", "correct TASTEMAKER_BASE_URL")
    if answer.status_code in (401, 403):
        return Check("chat model", False, f"{base} refuses the key", "set TASTEMAKER_API_KEY to one that it knows")
    if answer.is_error:
        found = f"{base} answers with status {answer.status_code}"
        return Check("chat model", False, found, "correct TASTEMAKER_BASE_URL; it usually ends in /v1")
    return Check("chat model", True, f"{settings.model} at {base}")


def check_port(host: str, port: int) -> Check:
    """Check that the chat could listen."""
    try:
        with socket.create_server((host, port)):
            return Check("port", True, f"{host}:{port} is free")
    except OSError as error:
        return Check("port", False, f"{host}:{port}: {error.strerror}", "end what uses it or set TASTEMAKER_PORT")


def _guarded(name: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except UserError as error:
        return Check(name, False, str(error))


def _installed(name: str) -> bool:
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True
