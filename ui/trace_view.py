"""The trace as collapsible steps of the chat: the plan first, then every tool call while it runs.

Maps events and traces to messages and decides nothing. Knows the schema's words and no domain.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final, Literal

import gradio as gr
from gradio.components.chatbot import MetadataDict
from pydantic import TypeAdapter

from tastemaker.agent.dials import TurnDial
from tastemaker.agent.plan import Act, Forget, Plan, Rate, Require, StartOver
from tastemaker.agent.reply import Reply
from tastemaker.agent.stream import Done, PlanMade, StreamEvent, ToolFinished, ToolStarted
from tastemaker.agent.trace import Outcome, Relaxation, Step
from tastemaker.agent.wording import counted, join, say_condition
from tastemaker.tools.catalogue.constraint import Condition, Constraint, Group
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.catalogue.store import Catalogue
from tastemaker.tools.registry import TOOLS
from tastemaker.tools.tool import ToolKind

_OPINIONS: Final = {"like": "♥ {0}", "dislike": "✕ {0}", "seen": "seen: {0}", "anchor": "like {0}"}
_INQUIRIES: Final = {"compare": "compare them", "most": "which has most", "least": "which has least", "reason": "why"}
_ITEM_ARGUMENTS: Final = frozenset({"items", "liked", "disliked"})
_CONDITION: Final[TypeAdapter[Constraint | Group]] = TypeAdapter(Condition)
_MOST_NAMED: Final = 6
_MOST_LETTERS: Final = 200
_OUTCOMES: Final[Mapping[Outcome, str]] = {
    "ok": "",
    "empty": "nothing found",
    "failed": "failed, went on without it",
    "timeout": "took too long, went on without it",
    "disabled": "switched off",
}


class TraceView:
    """The steps of one turn, filled as its events come."""

    def __init__(self, catalogue: Catalogue, turn: str) -> None:
        """Start with nothing known of the turn.

        Args:
            catalogue: its schema has the words for conditions; it knows the titles of items.
            turn: a word unique to the turn in the page.
        """
        self._catalogue = catalogue
        self._schema = catalogue.schema
        self._items = len(catalogue)
        self._turn = turn
        self._plan: gr.ChatMessage | None = None
        self._steps: dict[str, gr.ChatMessage] = {}
        self._notes: list[gr.ChatMessage] = []
        self._summary = ""

    @classmethod
    def of(cls, reply: Reply, catalogue: Catalogue, turn: str) -> "TraceView":
        """Return the view of a turn that is over."""
        view = cls(catalogue, turn)
        trace = reply.trace
        view.receive(PlanMade(trace.plan, trace.decided_by, trace.timings.plan))
        for step in trace.steps:
            view.receive(ToolFinished(step))
        view.receive(Done(reply))
        return view

    def receive(self, event: StreamEvent) -> None:
        """Take in one event of the turn; events that are not about the trace change nothing."""
        match event:
            case PlanMade(plan=plan, decided_by=decided_by, ms=ms):
                log = f"{decided_by} planner · {_duration(ms)}"
                self._plan = self._thought("plan", "Understood", pills(plan, self._schema), log, None)
                # The calls of a plan that gave way to a second one are told with it at the end.
                self._steps = {}
            case ToolStarted(call=call, tool=tool):
                self._steps[call] = self._thought(call, _name(tool), "Running…", status="pending")
            case ToolFinished(step=step):
                self._steps[step.call] = self._step(step)
            case Done(reply=reply):
                self._finish(reply)

    def messages(self) -> list[gr.ChatMessage]:
        """Return the steps so far as chat messages, the head first."""
        if self._summary:
            head = self._thought("", "How I got here", "", self._summary)
        else:
            looking = f"Looking through {counted(self._items, self._schema)}" if self._plan else "Reading your words"
            head = self._thought("", f"{looking}…", "", status="pending")
        plan = [self._plan] if self._plan else []
        return [head, *plan, *self._steps.values(), *self._notes]

    def _finish(self, reply: Reply) -> None:
        trace = reply.trace
        parts = [f"{len(trace.steps)} {'step' if len(trace.steps) == 1 else 'steps'}"]
        if trace.pool is not None:
            parts.append(f"{trace.pool:,} of {counted(self._items, self._schema)} fit")
        parts.append(_duration(trace.timings.total))
        degraded = len(trace.warnings) + len(trace.repairs)
        if degraded:
            parts.append(f"⚠ {degraded} {'warning' if degraded == 1 else 'warnings'}")
        self._summary = " · ".join(parts)
        self._notes = [
            self._note(f"planning{number}", f"While planning: {_name(step.tool)}", step.note)
            for number, step in enumerate(trace.planning)
        ]
        for number, attempt in enumerate(trace.attempts):
            if not attempt.taken:
                title = f"Thought over: found {counted(attempt.found, self._schema)}"
                content = f"{pills(attempt.plan, self._schema)}\n\n{escape(attempt.outcome)}"
                self._notes.append(self._thought(f"attempt{number}", title, content, f"{attempt.decided_by} planner"))
        for number, repair in enumerate(trace.repairs):
            self._notes.append(self._note(f"repair{number}", f"⚠ {repair.planner}: {repair.remedy}", repair.error))
        if trace.relaxation:
            self._notes.append(self._relaxed(trace.relaxation))
        self._notes += [self._note(f"warning{n}", f"⚠ {_short(each)}", each) for n, each in enumerate(trace.warnings)]
        if reply.asked:
            answers = "; ".join(chip.label for chip in reply.chips)
            self._notes.append(self._note("asked", f"Asked: {reply.closing}", f"Answers at hand: {answers}"))
        if order := _order(reply):
            self._notes.append(self._thought("order", "Why in this order", escape(order, quote=False)))
        if trace.tokens.calls:
            tokens = trace.tokens
            words = f"{tokens.calls} calls, {tokens.input:,} tokens read, {tokens.output:,} written"
            self._notes.append(self._note("tokens", "Language model", words))

    def _step(self, step: Step) -> gr.ChatMessage:
        tool = TOOLS.get(step.tool)
        # The steps that are no tools, the ranker and what moves its order, propose nothing.
        verb = "ordered" if tool is None else "left" if tool.kind is ToolKind.FILTER else "found"
        count = _OUTCOMES[step.outcome] or f"{step.found:,} {verb}"
        degraded = step.outcome in ("failed", "timeout")
        title = f"⚠ {_name(step.tool)}" if degraded else _name(step.tool)
        return self._thought(step.call, title, self._details(step), f"{count} · {_duration(step.ms)}")

    def _details(self, step: Step) -> str:
        """Return what a call was given and what it noted, in words that are safe to show."""
        given = {name: value for name, value in step.arguments.items() if value not in ([], (), "", None)}
        lines = [f"{_name(name).lower()}: {self._argument(name, value)}" for name, value in given.items()]
        return escape("\n".join([*lines, *filter(None, [step.note])]) or "No arguments.", quote=False)

    def _argument(self, name: str, value: object) -> str:
        if not isinstance(value, Sequence) or isinstance(value, str):
            return _short(str(value))
        first = value[:_MOST_NAMED]
        if name in _ITEM_ARGUMENTS:
            shown = [self._title(str(each)) for each in first]
        elif name == "conditions":
            shown = [say_condition(_CONDITION.validate_python(each), self._schema) for each in first]
        else:
            shown = [str(each) for each in first]
        rest = len(value) - len(first)
        return f"{'; '.join(shown)} and {rest} more" if rest else "; ".join(shown)

    def _title(self, item_id: str) -> str:
        return self._catalogue.item(item_id).title if item_id in self._catalogue.row_of else item_id

    def _relaxed(self, relaxation: Relaxation) -> gr.ChatMessage:
        dropped = join([say_condition(each, self._schema) for each in relaxation.dropped])
        words = f"{relaxation.before:,} kept everything, {relaxation.after:,} keep the rest."
        return self._note("relaxation", f"Gave up: {dropped}", words)

    def _note(self, name: str, title: str, words: str) -> gr.ChatMessage:
        return self._thought(name, title, escape(words, quote=False))

    def _thought(
        self,
        name: str,
        title: str,
        content: str,
        log: str = "",
        status: Literal["pending", "done"] | None = "done",
    ) -> gr.ChatMessage:
        """Return one collapsible step; the head, without a name, is the parent of all others.

        A step that is pending or has no status is open, one that is done is closed.
        """
        metadata: MetadataDict = {"title": escape(title, quote=False), "id": f"{self._turn}:{name}"}
        if status:
            metadata["status"] = status
        if log:
            metadata["log"] = log
        if name:
            metadata["parent_id"] = f"{self._turn}:"
        return gr.ChatMessage(content=content, metadata=metadata)


def pills(plan: Plan, schema: CatalogueSchema) -> str:
    """Return what was understood of a turn as a list of labels in HTML."""
    made: list[tuple[str, str, str]] = []
    for change in plan.changes:
        match change:
            case Require(condition=condition):
                kind = "prefer" if condition.strength == "prefer" else "must"
                made.append((kind, say_condition(condition, schema), condition.said))
            case Rate():
                made.append((change.opinion, _OPINIONS[change.opinion].format(change.title), change.said))
            case Forget(what=what):
                made.append(("forget", f"forget {what}", ""))
            case StartOver():
                made.append(("forget", "start over", ""))
            case TurnDial(dial=dial, level=level):
                made.append(
                    ("dial", f"{dial} dial at {level:+.0%}" if level else f"{dial} dial at neutral", change.said)
                )
    if plan.query:
        made.append(("query", f"in the spirit of “{plan.query}”", ""))
    made += [("avoid", f"less “{each}”", "") for each in plan.avoid]
    if plan.mood:
        made.append(("mood", f"“{plan.mood.said}” read as {join(plan.mood.names)}", plan.mood.said))
    made += [("motive", f"for {each.name}", each.said) for each in plan.motives]
    made += _asked_of(plan, schema)
    for name in plan.unresolved:
        nearest = f" (nearest: {join(name.nearest, 'or')})" if name.nearest else ""
        made.append(("unresolved", f"not in the catalogue: {name.name}{nearest}", ""))
    if not made:
        return f'<p class="tm-nothing">Nothing to look for: {escape(plan.act)}.</p>'
    rows = "".join(_pill(*each) for each in made)
    return f'<ul class="tm-pills" aria-label="Understood">{rows}</ul>'


def _order(reply: Reply) -> str:
    """Return what put each item where it stands, a line an item; empty where nothing is known of it."""
    titles = {each.item.id: each.item.title for each in reply.recommendations}
    lines = []
    for placed in reply.trace.placements:
        votes = ", ".join(f"{_name(each.call.split('#')[0]).lower()} {each.place}." for each in placed.votes)
        learned = placed.learned.contributions if placed.learned else ()
        most = ", ".join(f"{each.feature} {each.adds:+.2f}" for each in learned)
        lines.append(f"{titles.get(placed.item, placed.item)}: {votes}{' · ' if most else ''}{most}")
    return "\n".join(lines)


def _asked_of(plan: Plan, schema: CatalogueSchema) -> list[tuple[str, str, str]]:
    """Return what a question about items asks for, as pills."""
    if plan.act is not Act.EXPLAIN:
        return []
    inquiry = plan.inquiry
    made = [("inquiry", _INQUIRIES[inquiry.kind], "")] if inquiry.kind in _INQUIRIES else []
    made += [("inquiry", f"about {schema.field(name).spoken}", "") for name in inquiry.fields]
    made += [("inquiry", f"is it so: {say_condition(each, schema)}", each.said) for each in inquiry.checks]
    return [*made, ("inquiry", f"about “{inquiry.quality}”", "")] if inquiry.quality else made


def _pill(kind: str, words: str, said: str) -> str:
    title = f' title="from: {escape(said)}"' if said else ""
    return f'<li class="tm-pill is-{kind}"{title}>{escape(words)}</li>'


def _short(words: str) -> str:
    return words if len(words) <= _MOST_LETTERS else f"{words[:_MOST_LETTERS]}…"


def _name(identifier: str) -> str:
    return identifier.replace("_", " ").capitalize()


def _duration(ms: float) -> str:
    return f"{ms / 1000:.1f} s" if ms >= 1000 else f"{ms:.0f} ms" if ms >= 1 else "under 1 ms"
