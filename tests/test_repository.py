"""The files around the code: pins, the two commands, the build machine's script, licence, decisions, links."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
# The tests may themselves run under make, whose variables would reach the make that is tested.
OUTSIDE_MAKE = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def ranges() -> list[Requirement]:
    project = PROJECT["project"]
    return [Requirement(line) for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]]


def test_every_dependency_is_pinned_within_its_range():
    pinned = pins()
    for requirement in ranges():
        version = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(Version(version)), requirement


def test_the_pins_are_exact_versions_that_any_index_can_serve():
    for name, version in pins().items():
        assert name == canonicalize_name(name)
        assert Version(version).local is None, f"{name}: a local version exists on one index only"
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|^\s*-|@|/", re.sub(r"(?m)^#.*$", "", text), re.MULTILINE)


def test_what_compiles_and_what_is_large_is_pinned_by_name():
    assert pins()["torch"] == "2.13.0"
    assert pins()["llama-cpp-python"] == "0.3.36"


@pytest.mark.parametrize("target", ["run", "test", "all", "format", "lint", "types", "clean"])
def test_make_knows_the_target(target):
    found = subprocess.run(["make", "-n", target], cwd=ROOT, env=OUTSIDE_MAKE, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr


def test_make_alone_checks_format_lint_types_and_tests():
    said = subprocess.run(["make", "-n"], cwd=ROOT, env=OUTSIDE_MAKE, capture_output=True, text=True, check=True).stdout
    order = [said.index(part) for part in ("ruff format --check", "ruff check", "mypy -p tastemaker", "-m pytest")]
    assert order == sorted(order)


def test_make_run_says_where_the_chat_is():
    said = subprocess.run(
        ["make", "-n", "run"], cwd=ROOT, env=OUTSIDE_MAKE, capture_output=True, text=True, check=True
    ).stdout
    assert "http://127.0.0.1:7860" in said


def without(tmp_path: Path, *programs: str) -> dict[str, str]:
    """Return an environment whose PATH holds a few common programs and none of those named."""
    for name in ("bash", "sh", "make", "id", "touch", "rm", "env", "sudo", "apt-get", "cc", "c++", "chromium"):
        found = shutil.which(name)
        if found and name not in programs:
            (tmp_path / name).symlink_to(found)
    return {**OUTSIDE_MAKE, "PATH": str(tmp_path)}


def test_make_without_a_new_enough_python_says_what_to_install(tmp_path):
    found = subprocess.run(
        ["make", "VENV=" + str(tmp_path / "venv"), "PYTHON=", "run"],
        cwd=ROOT,
        env=without(tmp_path, "python3"),
        capture_output=True,
        text=True,
    )
    assert found.returncode != 0
    assert "Tastemaker needs Python 3.11 or newer" in found.stderr
    assert "apt-get install python3-venv" in found.stderr


def test_make_without_a_compiler_says_what_to_install(tmp_path):
    found = subprocess.run(
        ["make", "VENV=" + str(tmp_path / "venv"), "compilers"],
        cwd=ROOT,
        env=without(tmp_path, "cc"),
        capture_output=True,
        text=True,
    )
    assert found.returncode != 0
    assert "there is no C and C++ compiler; install one (Debian: apt-get install build-essential)" in found.stderr


def test_make_test_without_a_browser_and_without_root_says_what_to_install(tmp_path):
    found = subprocess.run(
        ["make", "chromium"],
        cwd=ROOT,
        env=without(tmp_path, "chromium", "apt-get", "sudo"),
        capture_output=True,
        text=True,
    )
    assert found.returncode != 0
    assert "there is no chromium; install it (Debian: apt-get install chromium)" in found.stderr


def test_the_build_machine_runs_the_readmes_test_command_and_installs_only_what_the_readme_names():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert text.rstrip().endswith("exec make test")
    assert "\nmake test\n" in README
    installed = {name for names in re.findall(r"missing\+=\(([^)]*)\)", text) for name in names.split()}
    named = re.search(r"apt-get install ([a-z0-9 -]+)", README)
    assert named is not None
    assert installed <= set(named.group(1).split())


def test_the_licence_is_the_one_that_is_declared():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert PROJECT["project"]["license"] == "Apache-2.0"


def test_every_decision_is_in_the_index():
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = sorted(path.name for path in folder.glob("0*.md"))
    assert [page for page in pages if f"({page})" not in index] == []
    numbers = [page[:4] for page in pages]
    assert len(set(numbers)) == len(numbers), "two pages have the same number"


def test_every_link_of_the_documents_leads_somewhere():
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []
