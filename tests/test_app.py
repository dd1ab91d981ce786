"""The chat without a browser: its events, its limits, its address."""

import socket
from types import SimpleNamespace

import gradio as gr
import pytest
from planners import PlanQueue

from tastemaker.agent.plan import Act, Plan, Require
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.settings import Settings
from tastemaker.tools.catalogue.constraint import Constraint
from tastemaker.tools.errors import UserError
from tastemaker.ui import app, chat_events, theme
from tastemaker.ui.chat_events import ChatEvents

QUICK = Constraint(field="playing_time", op="<=", value=45, said="quick")
PLAN = Plan(act=Act.RECOMMEND, changes=(Require(condition=QUICK),))


@pytest.fixture
def recommender(small_workspace):
    return Recommender(small_workspace, PlanQueue([PLAN]), Settings())


@pytest.fixture
def events(recommender):
    return ChatEvents(recommender)


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def pressed(action, value):
    return gr.EventData(None, {"action": action, "value": value})


def last(updates):
    *_, final = updates
    return final


def cards_in(messages):
    return "".join(each.content.value for each in messages if isinstance(each.content, gr.HTML))


def test_the_words_appear_at_once_and_the_composer_is_emptied_once(events):
    first, *others = events.say("something quick", None)
    messages, _, composer, remembered = first
    assert [message.role for message in messages] == ["user", "assistant"]
    assert composer == ""
    assert len(remembered) >= 16
    assert len(others) >= 2
    assert all(isinstance(update[2], dict) for update in others), "what is typed meanwhile must be left alone"


def test_the_trace_grows_while_tools_run(events):
    heads = [update[0][1].metadata for update in events.say("something quick", None)]
    assert heads[0]["title"] == "Reading your words…"
    assert heads[-1]["title"] == "How I got here"
    assert any("Looking through" in head["title"] for head in heads)


def test_a_conversation_goes_on_where_the_browser_left_it(events, recommender):
    _, _, _, remembered = last(events.say("something quick", None))
    again = ChatEvents(recommender).opened(remembered)
    assert again[0][0].content == "something quick"
    assert "playing time at most 45" in again[1]


def test_a_new_visitor_sees_nothing_of_others(events):
    last(events.say("something quick", None))
    assert events.opened(None)[:2] == ([], "")


def test_a_new_chat_forgets_the_id_in_the_browser_only(events, recommender):
    _, _, _, remembered = last(events.say("something quick", None))
    assert events.anew() == ([], "", "", None)
    assert len(recommender.session(id=remembered).replies) == 1


@pytest.mark.parametrize(("action", "mark"), [("like", "is-like"), ("dislike", "is-dislike")])
def test_a_button_changes_the_card_without_a_planner(events, recommender, action, mark):
    messages, _, _, remembered = last(events.say("something quick", None))
    item = recommender.session(id=remembered).replies[0][1].recommendations[0].item
    assert mark not in cards_in(messages)
    messages, strip, _, _ = last(events.press(pressed(action, item.id), remembered))
    assert mark in cards_in(messages)
    assert item.title in strip
    assert recommender.session(id=remembered).replies[-1][1].trace.decided_by == "button"


def test_more_like_this_answers_with_another_list(events, recommender):
    _, _, _, remembered = last(events.say("something quick", None))
    item = recommender.session(id=remembered).replies[0][1].recommendations[0].item
    messages, strip, _, _ = last(events.press(pressed("more", item.id), remembered))
    assert cards_in(messages).count("tm-cards") == 2
    assert f"like {item.title}" in strip


def test_a_belief_can_be_taken_back_from_the_strip(events):
    _, strip, _, remembered = last(events.say("something quick", None))
    assert "playing time" in strip
    _, strip, _, _ = last(events.press(pressed("forget", "playing time"), remembered))
    assert "playing time" not in strip


def test_undo_takes_the_turn_out_of_the_conversation(events):
    _, _, _, remembered = last(events.say("something quick", None))
    messages, strip, _, _ = events.undo(remembered)
    assert (messages, strip) == ([], "")


def test_a_ready_answer_and_an_example_are_said(events):
    messages, _, _, remembered = last(events.press(pressed("say", "quick ones"), None))
    assert messages[0].content == "quick ones"
    chosen = gr.SelectData(None, {"index": 0, "value": {"text": "and another"}})
    messages, _, _, _ = last(events.choose(chosen, remembered))
    assert [message.content for message in messages if message.role == "user"] == ["quick ones", "and another"]


def test_a_button_that_is_none_of_ours_does_nothing(events):
    assert list(events.press(pressed("drop_tables", "x"), None)) == []


def test_an_item_that_is_not_there_is_told_in_one_sentence(events):
    with pytest.raises(gr.Error, match="no item with the id") as raised:
        last(events.press(pressed("like", "<b>nothing</b>"), None))
    assert "<b>" not in raised.value.message


def test_blank_words_ask_nothing(events, recommender):
    ((messages, _, composer, remembered),) = events.say("  \n ", None)
    assert all(isinstance(each, dict) for each in (messages, composer, remembered))


def test_words_of_a_failed_turn_come_back(small_workspace):
    class Broken:
        name = "broken"

        def plan(self, words, state):
            raise RuntimeError("boom")

    events = ChatEvents(Recommender(small_workspace, Broken(), Settings()))
    messages, _, composer, _ = last(events.say("my precious words", None))
    assert composer == "my precious words"
    assert 'role="alert"' in cards_in(messages)


def test_a_failure_outside_the_turn_is_told_and_the_words_come_back(events, monkeypatch):
    def broken(_):
        raise OSError("disk <gone>")

    monkeypatch.setattr(chat_events, "outliving", broken)
    messages, _, composer, _ = last(events.say("my precious words", None))
    assert composer == "my precious words"
    assert "Something failed (OSError)" in cards_in(messages)


def test_every_event_has_a_limit_above_one_and_is_no_public_interface(recommender):
    blocks = app.build_app(recommender)
    ours = [function for function in blocks.fns.values() if function.fn is not None]
    assert len(ours) == 6
    assert {function.concurrency_limit for function in ours} == {16}
    assert {function.api_visibility for function in ours} == {"private"}


def test_the_words_of_the_page_come_from_the_schema(recommender):
    config = str(app.build_app(recommender).get_config_file())
    schema = recommender.workspace.schema
    assert all(example in config for example in schema.examples)
    assert f"60 {schema.plural}" in config
    assert "film" not in config


def test_the_looks_name_no_other_host():
    looks = theme.presentation()
    texts = [theme.asset(name) for name in ("chat.css", "chat.js", "head.html", "favicon.svg")]
    fetched = [word for text in texts for word in text.split() if "://" in word and "www.w3.org/2000/svg" not in word]
    assert fetched == []
    assert looks["theme"]._stylesheets == []


def test_a_port_in_use_is_told_with_the_cure(recommender):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=f"127.0.0.1:{port}.*--port"):
            app.launch(recommender, "127.0.0.1", port, False)


def test_the_address_is_printed_when_the_chat_is_listening(recommender, free_port, monkeypatch, capsys):
    seen = SimpleNamespace(answered=False)

    def listening(blocks):
        with socket.create_connection(("127.0.0.1", free_port), timeout=5):
            seen.answered = True

    monkeypatch.setattr(gr.Blocks, "block_thread", listening)
    app.launch(recommender, "127.0.0.1", free_port, False)
    assert f"http://127.0.0.1:{free_port}/" in capsys.readouterr().out
    assert seen.answered
