"""`tastemaker ui`: the chat in the browser."""

from typing import Annotated

import typer

from tastemaker.ui.commands.common import (
    PlannerOption,
    WithoutOption,
    WorkspaceOption,
    open_recommender,
    settings_with,
    terminal,
)


def web(
    workspace: WorkspaceOption = None,
    planner: PlannerOption = None,
    without: WithoutOption = None,
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on; 127.0.0.1 if none.")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port to listen on; 7860 if none.")] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open a browser window as well.")] = False,
) -> None:
    """Open the chat in the browser."""
    settings = settings_with(host=host, port=port)
    terminal().print("Opening the workspace...", style="dim")
    with open_recommender(workspace, planner, without) as recommender:
        from tastemaker.ui.app import launch

        launch(recommender, settings.host, settings.port, open_browser)
