"""`tastemaker chat`: a conversation in the terminal.

Prints what the stream of a turn brings, in order. Knows nothing of planning, tools or items.
"""

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tastemaker.tools.errors import UserError
from tastemaker.ui.commands.common import (
    PlannerOption,
    SessionOption,
    UserOption,
    WithoutOption,
    WorkspaceOption,
    open_recommender,
    terminal,
)

if TYPE_CHECKING:
    from rich.console import Console

    from tastemaker.agent.reply import Reply
    from tastemaker.agent.session import Session

HELP = """\
/like N [because]      like item N of the last list
/dislike N [because]   item N is not for me
/seen N                I know item N already
/more N                more like item N
/undo                  take the last turn back
/forget WORDS          take a wish or an opinion back
/profile               what is remembered
/trace                 how the last answer was made
/quit                  leave; the session can be resumed"""


def chat(
    workspace: WorkspaceOption = None,
    planner: PlannerOption = None,
    without: WithoutOption = None,
    session: SessionOption = None,
    user: UserOption = None,
) -> None:
    """Have a conversation in the terminal."""
    with open_recommender(workspace, planner, without) as recommender:
        conversation = Conversation(recommender.session(id=session, user=user), terminal())
        conversation.greet()
        for line in _lines():
            if not conversation.take(line):
                break
        conversation.part()


class Conversation:
    """One visitor at a terminal."""

    def __init__(self, session: "Session", console: "Console") -> None:
        self._session = session
        self._console = console
        self._last: Reply | None = session.replies[-1][1] if session.replies else None
        self._commands: dict[str, Callable[[str], None]] = {
            "like": lambda rest: self._show(self._session.like(*self._item_and_reason(rest))),
            "dislike": lambda rest: self._show(self._session.dislike(*self._item_and_reason(rest))),
            "seen": lambda rest: self._show(self._session.seen(self._item_and_reason(rest)[0])),
            "more": lambda rest: self._show(self._session.more_like(self._item_and_reason(rest)[0])),
            "undo": lambda _: self._show(self._session.undo()),
            "forget": lambda rest: self._show(self._session.forget(rest)),
            "profile": lambda _: self._profile(),
            "trace": lambda _: self._trace(),
            "help": lambda _: self._console.print(HELP, markup=False),
        }

    def greet(self) -> None:
        """Say how to begin."""
        self._console.print("Say what you are in the mood for. /help lists the commands, /quit leaves.", style="dim")

    def part(self) -> None:
        """Say how to come back."""
        self._console.print(f"Resume with: tastemaker chat --session {self._session.id}", style="dim")

    def take(self, line: str) -> bool:
        """Answer one line; return whether the conversation goes on."""
        line = line.strip()
        if line in ("/quit", "/exit"):
            return False
        if not line:
            return True
        try:
            if line.startswith("/"):
                self._command(line[1:])
            else:
                self._say(line)
        except UserError as error:
            self._console.print(str(error), markup=False)
        return True

    def _command(self, line: str) -> None:
        name, _, rest = line.partition(" ")
        if name not in self._commands:
            raise UserError(f"There is no command /{name}; /help lists the commands.")
        self._commands[name](rest.strip())

    def _say(self, words: str) -> None:
        from tastemaker.agent.stream import Done, PlanMade, TextDelta, ToolFinished

        for event in self._session.stream(words):
            match event:
                case PlanMade():
                    self._console.print(f"planned by {event.decided_by} in {event.ms:.0f} ms", style="dim")
                case ToolFinished(step=step):
                    found = f"{step.found} found" if step.outcome in ("ok", "empty") else step.outcome
                    self._console.print(f"{step.tool}: {found}, {step.ms:.0f} ms", style="dim")
                case TextDelta(text=text):
                    self._console.print(text, end="", markup=False, soft_wrap=True)
                case Done(reply=reply):
                    self._last = reply
                    self._console.print()
                    for warning in reply.trace.warnings:
                        self._console.print(warning, style="yellow", markup=False)

    def _show(self, reply: "Reply") -> None:
        self._last = reply if reply.recommendations or self._last is None else self._last
        self._console.print(reply.text, markup=False, soft_wrap=True)

    def _item_and_reason(self, rest: str) -> tuple[str, str]:
        """Return the id of the item with the rank given, and the words after it."""
        rank, _, reason = rest.partition(" ")
        for each in self._last.recommendations if self._last else ():
            if str(each.rank) == rank:
                return each.item.id, reason.strip().removeprefix("because").strip()
        shown = len(self._last.recommendations) if self._last else 0
        cure = f"give one from 1 to {shown}" if shown else "ask for something first"
        raise UserError(f"There is no item '{rank}' in the last list; {cure}.")

    def _profile(self) -> None:
        self._console.print(self._session.profile.model_dump_json(indent=2), markup=False, soft_wrap=True)

    def _trace(self) -> None:
        if self._last is None:
            raise UserError("There is no answer yet; ask for something first.")
        self._console.print(self._last.trace.model_dump_json(indent=2), markup=False, soft_wrap=True)


def _lines() -> Iterator[str]:
    prompt = "> " if sys.stdin.isatty() else ""
    while True:
        try:
            yield input(prompt)
        except (EOFError, KeyboardInterrupt):
            return
