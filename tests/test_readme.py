"""The documents are true: every command of the README runs, and the lists in docs/ are those of the code.

After a change of the commands or the settings, `TASTEMAKER_UPDATE_DOCS=1 pytest tests/test_readme.py` writes
docs/commands.md and docs/settings.md anew.
"""

import ast
import inspect
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tastemaker.agent.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [(match[1], match[2]) for match in re.finditer(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)]
UPDATE = "TASTEMAKER_UPDATE_DOCS"

COMMANDS = ("build", "ask", "chat", "ui", "eval", "teach", "bench", "doctor")
# `make` would install everything once more and open a server, so only what it would do is looked at here; the build
# machine runs `make test` for real, and test_cli.py opens the chat on a free port.
DRY = {"make run\n": "make -n run", "make test\n": "make -n test"}
# The whole development set takes a language model minutes; a part of it shows that the command works.
UNDERSTANDING = "tastemaker eval eval/understanding/dev.jsonl --planner rules --planner local\n"
DRY[UNDERSTANDING] = f"{UNDERSTANDING.strip()} --limit 12\n"
# Tests run in an environment of their own choice, not in the one that the README made.
LEFT_OUT = ("source .venv/bin/activate\n",)


def blocks(language: str) -> list[str]:
    return [text for found, text in BLOCKS if found == language]


def environment(home: Path) -> dict[str, str]:
    """Return the environment for a command: the demo workspace is there, and others are built beside it."""
    # Neither settings of the person nor those of a make that runs the tests may reach what is tested.
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "TASTEMAKER_"))}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**ours, "PATH": path, "TASTEMAKER_HOME": str(home)}


@pytest.fixture(scope="module")
def home(tmp_path_factory, demo_workspace_path) -> Path:
    folder = tmp_path_factory.mktemp("home")
    (folder / "demo").symlink_to(demo_workspace_path)
    # The catalogues of the other domains are kept from one run to the next, as the demo is.
    understanding = demo_workspace_path.with_name("understanding")
    understanding.mkdir(exist_ok=True)
    (folder / "understanding").symlink_to(understanding)
    return folder


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    """Return a folder that looks like the repository, so that reports and the like are not written into it."""
    folder = tmp_path_factory.mktemp("clone")
    for each in ("Makefile", "constraints.txt", "pyproject.toml", "eval", "tests"):
        (folder / each).symlink_to(ROOT / each)
    return folder


def test_every_block_is_of_a_kind_that_is_checked():
    assert {language for language, _ in BLOCKS} == {"bash", "python", "toml", "text"}


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("block", blocks("bash"), ids=lambda block: block.splitlines()[-1][:40])
def test_a_shell_block_of_the_readme_runs(block, home, clone):
    script = DRY.get(block, block)
    for line in LEFT_OUT:
        script = script.replace(line, "")
    found = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=clone,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert found.stdout.strip()


@pytest.mark.slow
@pytest.mark.parametrize("block", blocks("python"))
def test_a_python_block_of_the_readme_runs(block, home, clone):
    found = subprocess.run(
        [sys.executable, "-c", block], cwd=clone, env=environment(home), capture_output=True, text=True
    )
    assert found.returncode == 0, found.stderr
    assert found.stdout.startswith("1 ")


@pytest.mark.parametrize("block", blocks("toml"))
def test_the_settings_of_the_readme_are_settings(block, tmp_path, monkeypatch):
    (tmp_path / "tastemaker.toml").write_text(block, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TASTEMAKER_PLANNER")
    for name, value in tomllib.loads(block).items():
        found = getattr(Settings(), name)
        assert (found.get_secret_value() if name == "api_key" else found) == value


def test_the_tree_of_the_readme_names_every_folder():
    (tree,) = [block for block in blocks("text") if "agent/" in block]
    listed = {line.split("/")[0] for line in tree.splitlines()}
    tracked = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    leftovers = {name for name in tracked if name in ("build", "dist") or name.endswith(".egg-info")}
    assert listed == tracked - leftovers


def test_the_table_of_commands_of_the_readme_is_complete():
    assert re.findall(r"^\| `tastemaker (\w+)` \|", README, re.MULTILINE) == list(COMMANDS)


def checked(page: str, text: str) -> None:
    path = ROOT / "docs" / page
    if os.environ.get(UPDATE):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, (
        f"docs/{page} is out of date: {UPDATE}=1 pytest tests/test_readme.py"
    )


def help_of(*command: str) -> str:
    code = f"from tastemaker.ui.cli import main; main({[*command, '--help']!r})"
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return "\n".join(line.rstrip() for line in found.stdout.strip().splitlines())


def test_the_page_of_commands_is_what_help_says():
    parts = ["# Commands\n", f"```text\n{help_of()}\n```\n"]
    for command in COMMANDS:
        parts.append(f"## tastemaker {command}\n\n```text\n{help_of(command)}\n```\n")
    checked("commands.md", "\n".join(parts))


def test_the_page_of_settings_is_what_the_code_says():
    (body,) = ast.parse(inspect.getsource(Settings)).body
    assert isinstance(body, ast.ClassDef)
    described = {
        field.target.id: " ".join(note.value.value.split())
        for field, note in zip(body.body, body.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(note, ast.Expr) and isinstance(note.value, ast.Constant)
    }
    assert described.keys() == Settings.model_fields.keys(), "every setting has a docstring"
    rows = []
    for name, field in Settings.model_fields.items():
        default = "your user data directory" if field.default_factory else f"`{json.dumps(field.default)}`"
        default = {"`null`": "none", '`""`': "none"}.get(default, default)
        rows.append(f"| `{name}` | {default} | {described[name]} |")
    text = "\n".join(
        [
            "# Settings\n",
            "Options of a command and arguments in Python win over variables of the environment, these over the file",
            "`tastemaker.toml` in the current directory, that over the defaults. The variable of a setting is its name",
            "in capitals with `TASTEMAKER_` before it: `TASTEMAKER_PLANNER`.\n",
            "| setting | default | meaning |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )
    checked("settings.md", text)
