"""The shape of the source: imports go one way, modules stay small, nothing names the machine it was written on."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "tools": {"tools"},
    "prompts": {"prompts"},
    "agent": {"agent", "prompts", "tools"},
    "demo": {"demo", "tools"},
    "eval": {"eval", "agent", "prompts", "tools"},
    "ui": {"ui", "eval", "agent", "prompts", "tools", "demo"},
}
MOST_LINES = 400
# Ordinary words of the language, names of columns in files of many domains, irregular plurals.
WORD_LISTS = {
    ROOT / name for name in ("tools/resolve/ordinary_words.py", "tools/build/hints.py", "tools/build/columns.py")
}
HEAVY = ("torch", "gradio", "chromadb", "sentence_transformers", "llama_cpp", "langchain", "pandas", "pydantic")


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or ""


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_go_one_way(package):
    wrong = []
    for path in sources(package):
        for name in imported(path):
            parts = name.split(".")
            if parts[0] == "tastemaker" and (len(parts) < 2 or parts[1] not in MAY_IMPORT[package]):
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


def test_every_top_level_package_is_covered():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages == set(MAY_IMPORT)


def test_nothing_is_imported_by_a_top_level_name_of_the_repository():
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources(*MAY_IMPORT)
        for name in imported(path)
        if name.split(".")[0] in MAY_IMPORT
    ]
    assert wrong == []


def test_no_module_is_long():
    lengths = {path.relative_to(ROOT): len(path.read_text().splitlines()) for path in sources(*MAY_IMPORT, "tests")}
    assert {path: length for path, length in lengths.items() if length > MOST_LINES} == {}


def test_every_module_says_what_it_is():
    silent = [
        str(path.relative_to(ROOT))
        for path in sources(*MAY_IMPORT)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_nothing_is_left_to_do():
    mark = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    itself = Path(__file__)
    left = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources(*MAY_IMPORT, "tests")
        if path != itself
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if mark.search(line)
    ]
    assert left == []


def test_no_source_depends_on_a_place_of_one_machine():
    place = re.compile(r"""["'(\s=](/home/|/root/|/tmp/|/opt/|/Users/|[A-Z]:\\\\)""")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources(*MAY_IMPORT, "tests")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if path != Path(__file__) and place.search(line)
    ]
    assert found == []


def test_tools_and_agent_know_nothing_of_films():
    word = re.compile(r"\b(films?|movies?|director|cinema|movielens)\b", re.IGNORECASE)
    found = []
    for path in set(sources("tools", "agent")) - WORD_LISTS:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documentation = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
            if isinstance(node.body[0], ast.Expr)
        }
        # Documentation, field notes included, may take films as its example; code may not.
        notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            text = node.id if isinstance(node, ast.Name) else text
            if id(node) not in documentation | notes and word.search(text.replace("_", " ")):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {text!r}")
    assert found == []


def test_the_command_line_imports_nothing_heavy_before_it_must():
    code = f"import sys, tastemaker.ui.cli; print([name for name in {HEAVY} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
