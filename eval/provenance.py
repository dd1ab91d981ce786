"""What the figures of an evaluation depend on: versions, settings, catalogue and code. Runs nothing."""

import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import tastemaker.agent
import tastemaker.eval
import tastemaker.prompts
import tastemaker.tools
from tastemaker.agent.settings import Settings
from tastemaker.tools.workspace import Workspace

_PACKAGES = (
    "tastemaker",
    "chromadb",
    "langchain-core",
    "llama-cpp-python",
    "numpy",
    "pydantic",
    "rapidfuzz",
    "scipy",
    "sentence-transformers",
    "sqlalchemy",
    "tantivy",
    "torch",
)
_SETTINGS = ("writer", "model", "model_timeout", "gguf", "threads", "count", "tool_timeout", "disabled_tools")


def versions() -> dict[str, str]:
    """Return the version of Python and of every package that answers can depend on."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def telling(settings: Settings) -> dict[str, Any]:
    """Return the settings that can change a figure."""
    return settings.model_dump(mode="json", include=set(_SETTINGS))


def catalogue_of(workspace: Workspace) -> dict[str, int | str]:
    """Return the name and the size of a workspace's catalogue, and the digest of its build."""
    return {
        "name": workspace.schema.name,
        "items": len(workspace.catalogue),
        "manifest": digest((workspace.path / "manifest.json").read_bytes()),
    }


def fingerprint(content: bytes, workspace: Workspace, settings: Settings) -> str:
    """Return a digest of everything that answers depend on, the installed code included.

    Args:
        content: what is asked.
        workspace: of what.
        settings: how.
    """
    packages = (tastemaker.agent, tastemaker.eval, tastemaker.prompts, tastemaker.tools)
    folders = [Path(each) for package in packages for each in package.__path__]
    files = [file for folder in folders for file in folder.rglob("*") if file.suffix in (".py", ".md")]
    code = max(file.stat().st_mtime for file in files)
    parts = [versions(), str(workspace.path.resolve()), catalogue_of(workspace), telling(settings), code]
    return digest(json.dumps(parts, sort_keys=True).encode() + content)


def digest(content: bytes) -> str:
    """Return a short digest of some bytes."""
    return hashlib.sha256(content).hexdigest()[:16]
