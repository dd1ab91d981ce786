"""The chat in the browser. Maps what a session streams to widgets, and what is pressed to calls of the session.

Keeps nothing of any visitor: every event brings the id that the visitor's browser remembers, and the session behind it
is read from its log. Decides nothing about items.
"""

import logging
import os
from collections.abc import Callable, Iterator
from html import escape
from time import monotonic
from typing import Any, Final

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read by Gradio when it is imported

import gradio as gr

from tastemaker.agent.plan import Act
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.reply import Reply
from tastemaker.agent.session import MOST_WORDS, Session
from tastemaker.agent.stream import Done, TextDelta
from tastemaker.agent.wording import counted
from tastemaker.tools.catalogue.schema import CatalogueSchema
from tastemaker.tools.errors import UserError
from tastemaker.ui.theme import asset, asset_path, presentation
from tastemaker.ui.transcript import TurnView, conversation, failure, felt
from tastemaker.ui.understood import understood
from tastemaker.ui.visitor import outliving, session_of

Update = tuple[Any, ...]
"""New values of chat, strip, composer and the id that the browser remembers."""

_AT_ONCE: Final = 16
"""Turns that are answered at the same time; more of them wait in the queue."""
_WAITING: Final = 128
"""Events that may wait; whoever comes after them is told that it is busy, and keeps the words."""
_PACE: Final = 0.05
"""Least seconds between two drawings of a text that grows."""
_log = logging.getLogger(__name__)


class _Chat:
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
        drawn = monotonic()
        try:
            for event in outliving(session.stream(words)):
                turn.receive(event)
                if isinstance(event, Done):
                    yield self._answered(session, event.reply, words)
                elif not isinstance(event, TextDelta) or monotonic() - drawn > _PACE:
                    yield [*past, *turn.messages()], gr.skip(), gr.skip(), gr.skip()
                    drawn = monotonic()
        except Exception as error:
            # The last boundary before the page: logged whole, told in one sentence, and the words go back into the box.
            _log.exception("a turn of the chat failed")
            told = f"Something failed ({type(error).__name__}). Your words are back in the box; please send them again."
            yield [*past, *turn.messages(), failure(told)], gr.skip(), words, gr.skip()

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
        profile = session.profile
        messages = conversation(session.replies, felt(profile), self._catalogue)
        return messages, understood(profile, self._catalogue.schema), gr.skip(), session.id


def _chosen(chat: _Chat) -> Callable[[gr.SelectData, object], Iterator[Update]]:
    def choose(event: gr.SelectData, remembered: object) -> Iterator[Update]:
        yield from chat.say(str(event.value["text"]), remembered)

    return choose


def _brand(recommender: Recommender) -> str:
    size = counted(len(recommender.workspace.catalogue), recommender.workspace.schema)
    return f'<div class="tm-brand"><h1>Tastemaker</h1><p>{escape(size)}</p></div>'


def _welcome(schema: CatalogueSchema, items: int) -> str:
    return (
        '<div class="tm-welcome"><h2>What are you in the mood for?</h2>'
        f"<p>Say it in your own words. I look through {escape(counted(items, schema))}, check every wish you state, "
        "and tell you where each reason comes from.</p></div>"
    )


def build_app(recommender: Recommender) -> gr.Blocks:
    """Return the chat over an open recommender, to be launched or mounted in a service.

    Pass `**presentation()` of `tastemaker.ui.theme` to Gradio's `launch` or `mount_gradio_app` for its looks.
    """
    chat = _Chat(recommender)
    schema = recommender.workspace.schema
    blocks = gr.Blocks(title="Tastemaker", fill_height=True, analytics_enabled=False)
    with blocks:
        remembered = gr.BrowserState(
            None,
            storage_key="tastemaker-conversation",
            # The id is no secret from its own browser; a fixed key lets it outlive a restart of the server.
            secret="tastemaker-conversation",
        )
        with gr.Row(elem_id="tm-header", equal_height=True):
            gr.HTML(_brand(recommender), elem_id="tm-brand", apply_default_css=False)
            undo = gr.Button("Undo", elem_id="tm-undo", size="sm", min_width=0)
            anew = gr.Button("New chat", elem_id="tm-anew", size="sm", min_width=0)
        conversation_box = gr.Chatbot(
            elem_id="tm-chat",
            label="Conversation",
            show_label=False,
            container=False,
            scale=1,
            height=None,
            autoscroll=False,
            render_markdown=False,
            latex_delimiters=[],
            allow_tags=False,
            buttons=[],
            feedback_options=None,
            layout="bubble",
            placeholder=_welcome(schema, len(recommender.workspace.catalogue)),
            examples=[{"text": example, "display_text": escape(example)} for example in schema.examples],
        )
        strip = gr.HTML("", elem_id="tm-strip", apply_default_css=False)
        composer = gr.Textbox(
            elem_id="tm-composer",
            label=f"Say what {schema.noun} you are in the mood for",
            placeholder=f"Ask for {schema.plural}, or change the list",
            show_label=False,
            container=False,
            submit_btn=True,
            autofocus=True,
            lines=1,
            max_lines=6,
            max_length=MOST_WORDS,
        )
        bridge = gr.HTML("", elem_id="tm-bridge", js_on_load=asset("chat.js"), apply_default_css=False)
        shown = [conversation_box, strip, composer, remembered]
        together: dict[str, Any] = {"outputs": shown, "api_visibility": "private", "show_progress": "hidden"}
        blocks.load(chat.opened, remembered, concurrency_limit=_AT_ONCE, **together)
        composer.submit(chat.say, [composer, remembered], concurrency_limit=_AT_ONCE, **together)
        conversation_box.example_select(
            _chosen(chat), remembered, concurrency_limit=_AT_ONCE, trigger_mode="once", **together
        )
        bridge.press(chat.press, remembered, concurrency_limit=_AT_ONCE, trigger_mode="multiple", **together)
        undo.click(chat.undo, remembered, concurrency_limit=_AT_ONCE, **together)
        anew.click(chat.anew, None, concurrency_limit=_AT_ONCE, **together)
    blocks.queue(max_size=_WAITING, default_concurrency_limit=_AT_ONCE)
    return blocks


def launch(recommender: Recommender, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False) -> None:
    """Serve the chat until interrupted; prints the address once it is listening.

    Args:
        recommender: what answers.
        host: address to listen on.
        port: port to listen on, 1 to 65535.
        open_browser: whether to open a browser window.

    Raises:
        UserError: the address cannot be listened on; the message names the cure.
    """
    blocks, looks = build_app(recommender), presentation()
    try:
        blocks.launch(
            server_name=host,
            server_port=port,
            inbrowser=open_browser,
            share=False,
            quiet=True,
            prevent_thread_lock=True,
            footer_links=[],
            ssr_mode=False,
            mcp_server=False,
            pwa=False,
            enable_monitoring=False,
            favicon_path=asset_path("favicon.svg"),
            **looks,
        )
    except OSError as error:
        raise UserError(
            f"The chat cannot listen on {host}:{port}, perhaps because another program does; "
            f"choose another port with --port, such as --port {port + 1 if port < 65535 else 7860}."
        ) from error
    print(f"Tastemaker is listening on {blocks.local_url}", flush=True)
    try:
        blocks.block_thread()
    finally:
        blocks.close(verbose=False)
