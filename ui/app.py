"""The chat in the browser: its widgets, their limits, and the server. What events do is in `chat_events`."""

import os
from html import escape
from threading import Thread
from typing import Any, Final

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read by Gradio whenever it would report something

import gradio as gr

from tastemaker.agent.recommender import Recommender
from tastemaker.agent.session import MOST_WORDS
from tastemaker.agent.wording import counted
from tastemaker.tools.errors import UserError
from tastemaker.ui.chat_events import ChatEvents
from tastemaker.ui.theme import asset, asset_path, presentation

_AT_ONCE: Final = 16
"""Events of one kind that are served at the same time; more of them wait in the queue."""
_WAITING: Final = 128
"""Events that may wait; whoever comes after them is told that it is busy, and keeps the words."""


def build_app(recommender: Recommender) -> gr.Blocks:
    """Return the chat over an open recommender, to be launched or mounted in a service.

    Pass `**presentation()` of `tastemaker.ui.theme` to Gradio's `launch` or `mount_gradio_app` for its looks.
    """
    events = ChatEvents(recommender)
    schema = recommender.workspace.schema
    size = escape(counted(len(recommender.workspace.catalogue), schema))
    blocks = gr.Blocks(title="Tastemaker", fill_height=True, analytics_enabled=False)
    with blocks:
        remembered = gr.BrowserState(
            None,
            storage_key="tastemaker-conversation",
            # The id is no secret from its own browser; a fixed key lets it outlive a restart of the server.
            secret="tastemaker-conversation",
        )
        with gr.Row(elem_id="tm-header"):
            brand = f'<div class="tm-brand"><h1>Tastemaker</h1><p>{size}</p></div>'
            gr.HTML(brand, elem_id="tm-brand", apply_default_css=False)
            undo = gr.Button("Undo", elem_id="tm-undo", size="sm", min_width=0)
            anew = gr.Button("New chat", elem_id="tm-anew", size="sm", min_width=0)
        chat = gr.Chatbot(
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
            placeholder=_welcome(size),
            examples=[{"text": example, "display_text": example} for example in schema.examples],
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
        served: dict[str, Any] = {
            "outputs": [chat, strip, composer, remembered],
            "concurrency_limit": _AT_ONCE,
            "api_visibility": "private",
            "show_progress": "hidden",
        }
        blocks.load(events.opened, remembered, **served)
        composer.submit(events.say, [composer, remembered], **served)
        chat.example_select(events.choose, remembered, trigger_mode="once", **served)
        bridge.press(events.press, remembered, trigger_mode="multiple", **served)
        undo.click(events.undo, remembered, **served)
        anew.click(events.anew, None, **served)
    blocks.queue(max_size=_WAITING, default_concurrency_limit=_AT_ONCE)
    return blocks


def serve(recommender: Recommender, host: str, port: int, open_browser: bool = False) -> gr.Blocks:
    """Start to serve the chat and return as soon as it is listening; close what is returned to stop.

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
        other = port + 1 if port < 65535 else 7860
        raise UserError(
            f"The chat cannot listen on {host}:{port}, perhaps because another program does; "
            f"choose another port with --port, such as --port {other}."
        ) from error
    # Soft words are read by glosses, which take a second to encode; by the time somebody has typed, it is done.
    Thread(target=recommender.workspace.moods.load, daemon=True).start()
    return blocks


def launch(recommender: Recommender, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False) -> None:
    """Serve the chat until interrupted; prints the address once it is listening.

    Takes and raises what `serve` does.
    """
    blocks = serve(recommender, host, port, open_browser)
    print(f"Tastemaker is listening on {blocks.local_url}", flush=True)
    try:
        blocks.block_thread()
    finally:
        blocks.close(verbose=False)


def _welcome(size: str) -> str:
    return (
        '<div class="tm-welcome"><h2>What are you in the mood for?</h2>'
        f"<p>Say it in your own words. I look through {size}, check every wish you state, "
        "and tell you where each reason comes from.</p></div>"
    )
