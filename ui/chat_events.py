"""The events of the chat: what is said and pressed as calls of a session, what comes back as new values of widgets.

Keeps nothing of any visitor: every event brings the id that the visitor's browser remembers, and the session behind it
is read from its log. Decides nothing about items.
"""

import logging
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import gradio as gr

from tastemaker.agent.languages.speech import speaking
from tastemaker.agent.plan import Act
from tastemaker.agent.profile import Profile
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.reply import Reply
from tastemaker.agent.session import Session
from tastemaker.agent.stream import Done
from tastemaker.tools.errors import UserError
from tastemaker.ui.transcript import TurnView, conversation, failure, felt, said
from tastemaker.ui.understood import understood
from tastemaker.ui.visitor import outliving, session_of

Update = tuple[Any, ...]
"""New values of chat, strip, composer and the id that the browser remembers."""

_log = logging.getLogger(__name__)


class ChatEvents:
    """What the events of one app do. Shared by all visitors, so it holds the recommender and no conversation."""

    def __init__(self, recommender: Recommender) -> None:
        self._recommender = recommender
        self._catalogue = recommender.workspace.catalogue

    def opened(self, remembered: object) -> Update:
        """Show the conversation that the browser remembers; a session is begun only when something is said."""
        if not remembered:
            return [], "", gr.skip(), gr.skip()
        return self._shown(session_of(self._recommender, remembered))

    def say(self, words: str, remembered: object) -> Iterator[Update]:
        """Answer words, drawing the turn while it happens."""
        if not words.strip():
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        session = session_of(self._recommender, remembered)
        opinions = felt(session.profile)
        past = conversation(session.replies, opinions, self._catalogue, offers=False)
        turn = TurnView(words, self._catalogue, opinions, "now")
        yield [*past, *turn.messages()], gr.skip(), "", session.id
        try:
            for happened in outliving(session.stream(words)):
                for event in happened:
                    if not isinstance(event, Done):
                        turn.receive(event)
                # Drawn before the answer too, so that the steps are seen even when all of them were done at once.
                yield [*past, *turn.messages()], gr.skip(), gr.skip(), gr.skip()
                if isinstance(happened[-1], Done):
                    yield self._answered(session, happened[-1].reply, words)
        except Exception as error:
            # The last boundary before the page: logged whole, told in one sentence, and the words go back into the box.
            _log.exception("a turn of the chat failed")
            told = f"Something failed ({type(error).__name__}). Your words are back in the box; please send them again."
            yield [*past, said(words), failure(told)], gr.skip(), words, gr.skip()

    def choose(self, event: gr.SelectData, remembered: object) -> Iterator[Update]:
        """Answer the example that was chosen."""
        yield from self.say(str(event.value["text"]), remembered)

    def press(self, event: gr.EventData, remembered: object) -> Iterator[Update]:
        """Do what a button of ours says. What comes from the page is not trusted."""
        action, value = str(event._data.get("action", "")), str(event._data.get("value", ""))
        if action == "say":
            yield from self.say(value, remembered)
            return
        session = session_of(self._recommender, remembered)
        actions: dict[str, Callable[[str], Reply]] = {
            "like": session.like,
            "dislike": session.dislike,
            "more": session.more_like,
            "forget": session.forget,
        }
        if action in actions:
            try:
                yield self._answered(session, actions[action](value))
            except UserError as error:
                raise gr.Error(escape(str(error)), duration=8, print_exception=False, title="Not done") from error

    def undo(self, remembered: object) -> Update:
        """Take the last turn back."""
        session = session_of(self._recommender, remembered)
        return self._answered(session, session.undo())

    def anew(self) -> Update:
        """Begin another conversation; the old one stays in the log."""
        return [], "", "", None

    def _answered(self, session: Session, reply: Reply, words: str = "") -> Update:
        """Show the conversation after a turn; the words of a turn that failed go back into the composer."""
        if reply.trace.plan.act is Act.UNDO:
            # A turn that is taken back leaves nothing in the conversation, so what was done is said beside it.
            gr.Info(escape(reply.text), duration=4, title="Undone")
        messages, strip, composer, remembered = self._shown(session)
        return messages, strip, words if words and reply.act == "error" else composer, remembered

    def _shown(self, session: Session) -> Update:
        state = session.state
        profile = Profile.of(state)
        messages = conversation(session.replies, felt(profile), self._catalogue)
        with speaking(state.language, self._catalogue.schema):
            strip = understood(profile, self._catalogue.schema)
        return messages, strip, gr.skip(), session.id
