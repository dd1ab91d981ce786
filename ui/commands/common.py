"""What the commands share: options, settings, opening a recommender, printing."""

import contextlib
import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tastemaker.tools.errors import SettingsError

if TYPE_CHECKING:
    from rich.console import Console

    from tastemaker.agent.recommender import Recommender
    from tastemaker.agent.settings import Settings
    from tastemaker.tools.workspace import Workspace

WorkspaceOption = Annotated[
    str | None,
    typer.Option(
        "--workspace", "-w", metavar="NAME|PATH", help="Workspace to open; 'demo' unless a setting says otherwise."
    ),
]
PlannerOption = Annotated[
    str | None, typer.Option("--planner", metavar="NAME", help="Who plans: rules, local, chat or react.")
]
WithoutOption = Annotated[
    list[str] | None, typer.Option("--without", metavar="TOOL", help="Tool to leave out; may be given several times.")
]
SessionOption = Annotated[str | None, typer.Option("--session", metavar="ID", help="Session to go on with.")]
UserOption = Annotated[
    str | None,
    typer.Option("--user", metavar="ID", help="User of the interaction log whose history the session starts from."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def settings_with(**given: Any) -> "Settings":
    """Return the settings, with the arguments that are not None above all other sources.

    Raises:
        SettingsError: a variable, a line of `tastemaker.toml` or an argument is not understood.
    """
    from pydantic import ValidationError

    from tastemaker.agent.settings import Settings

    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "a setting"
        raise SettingsError(
            f"The setting {name} is wrong: {first['msg']}, not '{first['input']}'; correct the option, "
            f"the variable TASTEMAKER_{name.upper()} or the line in tastemaker.toml."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"tastemaker.toml is not valid TOML ({error}); correct that line.") from error


def settings_for(planner: str | None, without: list[str] | None) -> "Settings":
    """Return the settings with what the options say of the agent.

    Raises:
        SettingsError: a setting or the name of a tool is wrong.
    """
    if without:
        from tastemaker.tools.registry import SWITCHES

        for name in without:
            if name not in SWITCHES:
                raise SettingsError(f"There is no tool '{name}' to leave out; the tools are {', '.join(SWITCHES)}.")
    return settings_with(planner=planner, disabled_tools=tuple(without) if without else None)


def open_recommender(workspace: str | None, planner: str | None, without: list[str] | None) -> "Recommender":
    """Open a recommender as the options and settings say.

    Raises:
        UserError: the workspace cannot be opened, or a setting or the name of a tool is wrong.
    """
    settings = settings_for(planner, without)
    from tastemaker.agent.recommender import Recommender

    return Recommender.open(workspace, settings=settings)


def open_workspace(settings: "Settings", workspace: str | None) -> "Workspace":
    """Open a workspace by name or path, without an agent.

    Raises:
        WorkspaceError: it cannot be opened.
    """
    from tastemaker.tools.workspace import Workspace

    return Workspace.open(settings.workspace_path(workspace))


@contextlib.contextmanager
def only_json(wanted: bool) -> Iterator[None]:
    """Send whatever libraries print to stderr while a JSON answer is made, so that stdout holds nothing else."""
    with contextlib.redirect_stdout(sys.stderr) if wanted else contextlib.nullcontext():
        yield


@contextlib.contextmanager
def progress_bars() -> Iterator[Callable[[str, int, int], None]]:
    """Yield what is told the step, how much of it is done and how much there is; it draws a bar a step on stderr.

    Where stderr is no terminal, it prints one line when a step begins.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    console = terminal(stderr=True)
    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bars = Progress(*columns, console=console, disable=not console.is_terminal)
    tasks: dict[str, TaskID] = {}

    def tell(step: str, done: int, total: int) -> None:
        if step not in tasks:
            tasks[step] = bars.add_task(step, total=total)
            if not console.is_terminal:
                console.print(step, markup=False)
        bars.update(tasks[step], completed=done, total=total)

    with bars:
        yield tell


def print_json(value: Any) -> None:
    """Print one JSON object on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def terminal(stderr: bool = False) -> "Console":
    """Return a console that colours on a terminal, and neither colours nor wraps elsewhere."""
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False)
    return console if console.is_terminal else Console(stderr=stderr, highlight=False, width=200)
