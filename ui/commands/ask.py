"""`tastemaker ask`: one request, one answer."""

from typing import Annotated

import typer

from tastemaker.ui.commands.common import (
    JsonOption,
    PlannerOption,
    SessionOption,
    UserOption,
    WithoutOption,
    WorkspaceOption,
    only_json,
    open_recommender,
    print_json,
    terminal,
)


def ask(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="The request, in plain words.")],
    workspace: WorkspaceOption = None,
    planner: PlannerOption = None,
    without: WithoutOption = None,
    session: SessionOption = None,
    user: UserOption = None,
    json: JsonOption = False,
) -> None:
    """Ask once and print the answer."""
    with only_json(json), open_recommender(workspace, planner, without) as recommender:
        reply = recommender.session(id=session, user=user).say(" ".join(words))
    if json:
        print_json(reply.as_json())
        return
    for warning in reply.trace.warnings:
        terminal(stderr=True).print(warning, style="yellow", markup=False)
    console = terminal()
    if console.is_terminal:
        from rich.markdown import Markdown

        console.print(Markdown(reply.text))
    else:
        print(reply.text)
