"""Which systems there are, and how one is opened by its name.

An agent keeps its sessions in a folder that is thrown away, never in the workspace that real visitors use.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, get_args

from tastemaker.agent.recommender import Recommender
from tastemaker.agent.settings import PlannerName, Settings
from tastemaker.eval.agent_system import AgentSystem
from tastemaker.eval.baselines import BASELINES, Baseline
from tastemaker.eval.honesty import HonestyCheck
from tastemaker.eval.names import without_name
from tastemaker.eval.systems import System
from tastemaker.tools.errors import SettingsError
from tastemaker.tools.workspace import Workspace

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

SYSTEMS = (*(f"agent:{planner}" for planner in get_args(PlannerName)), *BASELINES)
"""Names of all systems."""


def check_systems(names: Sequence[str]) -> None:
    """Check that systems can be named so.

    Raises:
        SettingsError: there is no such system, or none is named.
    """
    for name in names:
        if name not in SYSTEMS:
            raise SettingsError(f"There is no system '{name}'; the systems are {', '.join(SYSTEMS)}.")
    if not names:
        raise SettingsError(f"No system is named; choose from {', '.join(SYSTEMS)}.")


@contextmanager
def open_system(
    name: str,
    workspace: Workspace,
    settings: Settings,
    *,
    left_out: str | None = None,
    model: "BaseChatModel | None" = None,
) -> Iterator[System]:
    """Open a system for the time of a block.

    Args:
        name: one of `SYSTEMS`.
        workspace: what it recommends from; it stays open.
        settings: as of the agent; the planner is set by the name.
        left_out: tool that an agent has to do without; None leaves it all of its tools.
        model: chat model of `agent:chat`; made from the settings when None.

    Raises:
        SettingsError: the settings lack what the system needs.
    """
    check_systems([name])
    if name in BASELINES:
        yield Baseline(name, workspace, settings.count)
        return
    disabled = (*settings.disabled_tools, *([left_out] if left_out else []))
    with TemporaryDirectory(prefix="tastemaker-eval-") as folder:
        recommender = Recommender.open(
            workspace,
            settings=settings,
            model=model,
            sessions=Path(folder) / "sessions.db",
            planner=name.removeprefix("agent:"),
            disabled_tools=disabled,
        )
        system = AgentSystem(without_name(name, left_out) if left_out else name, recommender, HonestyCheck(workspace))
        try:
            yield system
        finally:
            system.close()
