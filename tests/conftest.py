"""Fixtures that many tests share: the encoder, a small workspace of board games, the demo workspace of films."""

import os
import shutil
from pathlib import Path

import pytest

from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.settings import Settings
from tastemaker.demo.films import build_demo
from tastemaker.tools.build.builder import build_workspace
from tastemaker.tools.catalogue.motive import Motive
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.index.encoder import Encoder
from tastemaker.tools.workspace import SCHEMA, Workspace

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
# Most tests are about what follows a plan, and the rules plan in milliseconds; tests of other planners name them.
os.environ.setdefault("TASTEMAKER_PLANNER", "rules")

DATA = Path(__file__).parent / "data"
MOTIVES = (
    Motive(
        name="a night with the family",
        cues=("with my family", "family night"),
        prefers={"kinds": ("Family", "Puzzle")},
        avoids={"kinds": ("War", "Horror")},
    ),
    Motive(name="a quick round", cues=("before dinner", "a quick one"), at_most={"playing_time": 30}),
)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The encoder, loaded once."""
    return Encoder.default()


@pytest.fixture(scope="session")
def small_workspace_path(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """Directory of a workspace of 60 board games and 40 players."""
    path = tmp_path_factory.mktemp("workspaces") / "board-games"
    build_workspace(path, DATA / "board_games.csv", DATA / "plays.jsonl", encoder=encoder)
    return path


@pytest.fixture(scope="session")
def small_workspace(small_workspace_path: Path, encoder: Encoder):
    """The open workspace of board games."""
    with Workspace.open(small_workspace_path, encoder) as workspace:
        yield workspace


@pytest.fixture(scope="session")
def occasions(small_workspace_path: Path, tmp_path_factory: pytest.TempPathFactory, encoder: Encoder):
    """The open workspace of board games, with motives in its schema."""
    path = tmp_path_factory.mktemp("occasions") / "board-games"
    shutil.copytree(small_workspace_path, path)
    schema = CatalogueSchema.load(path / SCHEMA)
    schema.model_copy(update={"motives": MOTIVES}).save(path / SCHEMA)
    with Workspace.open(path, encoder) as workspace:
        yield workspace


@pytest.fixture(scope="session")
def demo_workspace_path(encoder: Encoder) -> Path:
    """Directory of the demo workspace, under TASTEMAKER_HOME; built when missing or stale, which takes minutes."""
    path = Settings().home / "demo"
    build_demo(path, encoder=encoder)
    return path


@pytest.fixture(scope="session")
def films(demo_workspace) -> RulesPlanner:
    """The rules over the demo; they keep nothing of any turn, so that all tests may share them."""
    return RulesPlanner(demo_workspace)


@pytest.fixture(scope="session")
def demo_workspace(demo_workspace_path: Path, encoder: Encoder):
    """The open demo workspace."""
    with Workspace.open(demo_workspace_path, encoder) as workspace:
        yield workspace


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the demo workspace as slow, and give it the time to be built."""
    for item in items:
        if "demo_workspace_path" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.timeout(1200))
