"""A conversation as messages of the chat: turns that are over, and the one that is being answered.

Everything that was said or that comes from a catalogue is escaped here, once. Decides nothing of what is said.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

import gradio as gr

from tastemaker.agent.profile import Profile
from tastemaker.agent.reply import Chip, Recommendation, Reply
from tastemaker.agent.stream import Done, Recommended, StreamEvent, TextDelta
from tastemaker.tools.catalogue.store import Catalogue
from tastemaker.ui.cards import Felt, cards
from tastemaker.ui.trace_view import TraceView

_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
_LIST: Final = re.compile(r"(?:^- [^\n]*(?:\n+|\Z))+", re.MULTILINE)


def felt(profile: Profile) -> dict[str, Felt]:
    """Return what the person feels of items, by id, as cards show it."""
    return {
        **{each.item_id: "seen" for each in profile.seen},
        **{each.item_id: "dislike" for each in profile.dislikes},
        **{each.item_id: "like" for each in profile.likes},
    }


def conversation(
    replies: Sequence[tuple[str, Reply]],
    opinions: Mapping[str, Felt],
    catalogue: Catalogue,
    *,
    offers: bool = True,
) -> list[gr.ChatMessage]:
    """Return the messages of all turns so far.

    Args:
        replies: what was said and answered, oldest first.
        opinions: what the person feels of items, by id.
        catalogue: where the items come from.
        offers: whether the last turn's ready answers are offered.
    """
    made: list[gr.ChatMessage] = []
    last = next((reply for _, reply in reversed(replies) if not _is_note(reply)), None)
    for words, reply in replies:
        if _is_note(reply):
            made.append(_html(f'<p class="tm-note">{plain(reply.text)}</p>'))
            continue
        turn = TurnView(words, catalogue, opinions, str(reply.trace.turn))
        turn.finish(reply, offers=offers and reply is last)
        made += turn.messages()
    return made


class TurnView:
    """One turn, filled as its events come."""

    def __init__(self, words: str, catalogue: Catalogue, opinions: Mapping[str, Felt], turn: str) -> None:
        """Start with the person's words only.

        Args:
            words: what the person said.
            catalogue: where the items come from.
            opinions: what the person feels of items, by id.
            turn: a word unique to the turn in the page.
        """
        self._words = words
        self._catalogue = catalogue
        self._opinions = opinions
        self._turn = turn
        self._trace = TraceView(catalogue, turn)
        self._parts = {"opening": "", "closing": ""}
        self._recommendations: list[Recommendation] = []
        self._chips: tuple[Chip, ...] = ()
        self._failed = False

    def receive(self, event: StreamEvent) -> None:
        """Take in one event of the turn."""
        self._trace.receive(event)
        match event:
            case Recommended(recommendation=recommendation):
                self._recommendations.append(recommendation)
            case TextDelta(text=text, part=part) if part in self._parts:
                self._parts[part] += text
            case Done(reply=reply):
                self._settle(reply, offers=True)

    def finish(self, reply: Reply, *, offers: bool) -> None:
        """Show a turn that is over; ready answers are offered for the last turn only."""
        self._trace = TraceView.of(reply, self._catalogue, self._turn)
        self._settle(reply, offers=offers)

    def messages(self) -> list[gr.ChatMessage]:
        """Return the turn so far as chat messages."""
        made = [said(self._words), *self._trace.messages()]
        if opening := self._parts["opening"]:
            made.append(failure(opening) if self._failed else gr.ChatMessage(plain(opening)))
        if self._recommendations:
            made.append(_html(cards(self._recommendations, self._catalogue.schema, self._opinions, self._turn)))
        if self._parts["closing"]:
            made.append(gr.ChatMessage(plain(self._parts["closing"])))
        if self._chips:
            made.append(_html(_chips(self._chips)))
        return made

    def _settle(self, reply: Reply, *, offers: bool) -> None:
        self._recommendations = list(reply.recommendations)
        self._chips = reply.chips if offers else ()
        self._failed = reply.act == "error"
        # A text phrased by a model does not fall into parts; it stands above the cards as a whole.
        in_parts = bool(reply.opening) and reply.text.startswith(reply.opening)
        self._parts = {
            "opening": reply.opening if in_parts else reply.text,
            "closing": reply.closing if in_parts else "",
        }


def said(words: str) -> gr.ChatMessage:
    """Return the message of what the person said."""
    return gr.ChatMessage(role="user", content=escape(words, quote=False))


def failure(text: str) -> gr.ChatMessage:
    """Return the message that tells of a failure."""
    return _html(f'<p class="tm-error" role="alert">{plain(text)}</p>')


def plain(text: str) -> str:
    """Return text that is safe to show, with `**…**` and lines that begin with a dash as the only mark-up."""
    return _LIST.sub(_as_list, _BOLD.sub(r"<strong>\1</strong>", escape(text, quote=False)))


def _as_list(lines: "re.Match[str]") -> str:
    items = "".join(f"<li>{line.removeprefix('- ')}</li>" for line in lines[0].split("\n") if line)
    return f'<ul class="tm-list">{items}</ul>'


def _is_note(reply: Reply) -> bool:
    """Return whether a turn is a button that was pressed and only noted."""
    return reply.trace.decided_by == "button" and reply.act == "chat" and not reply.recommendations


def _chips(chips: Sequence[Chip]) -> str:
    made = "".join(
        f'<button type="button" class="tm-chip" data-tm-action="say" data-tm-value="{escape(chip.words)}">'
        f"{escape(chip.label)}</button>"
        for chip in chips
    )
    return f'<div class="tm-offers" role="group" aria-label="Ready answers">{made}</div>'


def _html(markup: str) -> gr.ChatMessage:
    return gr.ChatMessage(content=gr.HTML(markup, apply_default_css=False))
