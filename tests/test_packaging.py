"""What is installed: a wheel in a clean environment holds every package and every data file, and nothing else."""

import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
NOT_INSTALLED = {"tests", "docs", "typecheck", "build", "dist"}

IMPORT_ALL = """
import importlib, pathlib, sys
for name in sys.argv[1:]:
    module = importlib.import_module(name)
    print(pathlib.Path(module.__file__).resolve())
from importlib.resources import files
print(sorted(each.name for each in files("tastemaker.prompts").iterdir() if each.name.endswith(".md")))
print((files("tastemaker.demo") / "catalogue.toml").is_file())
"""


def folders_with_code() -> list[Path]:
    found = {path.parent.relative_to(ROOT) for path in ROOT.rglob("__init__.py") if ".venv" not in path.parts}
    return sorted(path for path in found if path.parts[0] not in NOT_INSTALLED)


def modules() -> list[str]:
    names = []
    for folder in folders_with_code():
        package = ".".join(("tastemaker", *folder.parts))
        names += [
            package if path.stem == "__init__" else f"{package}.{path.stem}" for path in (ROOT / folder).glob("*.py")
        ]
    return sorted(names)


def test_every_folder_with_code_is_a_package_of_its_name():
    expected = {".".join(("tastemaker", *folder.parts)): str(folder) for folder in folders_with_code()}
    assert dict(SETUPTOOLS["package-dir"]) == expected
    assert sorted(SETUPTOOLS["packages"]) == sorted(expected)


def test_the_type_checker_sees_every_top_level_package():
    links = {path.name: path.resolve() for path in (ROOT / "typecheck" / "tastemaker").iterdir()}
    assert links == {folder.name: ROOT / folder for folder in folders_with_code() if len(folder.parts) == 1}
    assert all(path.is_symlink() for path in (ROOT / "typecheck" / "tastemaker").iterdir())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    source = out / "source"
    # A copy of the sources alone, so that what earlier builds left behind cannot help.
    for folder in {folder.parts[0] for folder in folders_with_code()}:
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(out), str(source)]
    built = subprocess.run([*command, "--no-build-isolation"], capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    return next(out.glob("*.whl"))


@pytest.mark.slow
def test_a_wheel_holds_nothing_under_another_name_than_tastemaker(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {re.split(r"[/-]", name)[0] for name in names} == {"tastemaker"}
    assert not any("/tests/" in name or "typecheck" in name for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


@pytest.mark.slow
def test_a_wheel_holds_every_file_of_the_packages(wheel):
    tops = {folder.parts[0] for folder in folders_with_code()}
    files = {
        f"tastemaker/{path.relative_to(ROOT)}" for top in tops for path in (ROOT / top).rglob("*") if path.is_file()
    }
    wanted = {name for name in files if "__pycache__" not in name}
    assert wanted - set(zipfile.ZipFile(wheel).namelist()) == set()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_wheel_in_a_clean_environment_imports_everything(wheel, tmp_path):
    home = tmp_path / "clean"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    clean = Path(
        subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    )
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", str(wheel)]
    subprocess.run(command, check=True)
    # The dependencies come from this environment, but its own tastemaker, an editable install, must not: that is
    # reached through a .pth file, and such files are not read in a folder that stands on PYTHONPATH.
    environment = {"PYTHONPATH": sysconfig.get_path("purelib"), "PATH": str(home / "bin"), "HOME": str(tmp_path)}
    found = subprocess.run(
        [python, "-c", IMPORT_ALL, *modules()],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stderr
    *paths, prompts, has_schema = found.stdout.splitlines()
    assert all(Path(path).is_relative_to(clean.resolve()) for path in paths)
    assert prompts == str(sorted(path.name for path in (ROOT / "prompts").glob("*.md")))
    assert has_schema == "True"
    for name in {folder.parts[0] for folder in folders_with_code()}:
        absent = subprocess.run([python, "-c", f"import {name}"], cwd=tmp_path, capture_output=True)
        assert absent.returncode != 0, f"a package named {name} is installed"
