"""A conversation as chat messages: what was said, how it was answered, safe to show."""

import gradio as gr
import pytest
from planners import PlanQueue

from tastemaker.agent.plan import Act, Plan, Require
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.reply import Chip
from tastemaker.agent.settings import Settings
from tastemaker.tools.catalogue.constraint import Constraint
from tastemaker.ui.transcript import TurnView, conversation, felt, plain

QUICK = Constraint(field="playing_time", op="<=", value=45, said="quick")
PLAN = Plan(act=Act.RECOMMEND, changes=(Require(condition=QUICK),))


@pytest.fixture
def session(small_workspace):
    return Recommender(small_workspace, PlanQueue([PLAN]), Settings()).session()


def shown(messages):
    """Return the text of messages as the page gets it."""
    return [each.content.value if isinstance(each.content, gr.HTML) else each.content for each in messages]


def of(session, small_workspace, **options):
    return conversation(session.replies, felt(session.profile), small_workspace.catalogue, **options)


def test_a_turn_is_the_words_the_steps_the_opening_and_the_cards(session, small_workspace):
    reply = session.say("something <b>quick</b>")
    messages = of(session, small_workspace)
    assert messages[0].role == "user"
    assert messages[0].content == "something &lt;b&gt;quick&lt;/b&gt;"
    assert messages[1].metadata["title"] == "How I got here"
    texts = shown(messages)
    assert plain(reply.opening) in texts
    assert sum(text.count("tm-card ") + text.count('tm-card"') for text in texts) == len(reply.recommendations)


def test_a_turn_drawn_while_it_happens_ends_as_it_is_shown_later(session, small_workspace):
    live = TurnView("something quick", small_workspace.catalogue, {}, "1")
    assert len(live.messages()) == 2
    for event in session.stream("something quick"):
        live.receive(event)
    assert shown(live.messages()) == shown(of(session, small_workspace))


def test_a_button_that_only_noted_something_is_one_quiet_line(session, small_workspace):
    item = session.say("quick").recommendations[0].item
    before = len(of(session, small_workspace))
    session.like(item.id)
    messages = of(session, small_workspace)
    assert len(messages) == before + 1
    assert item.title in shown(messages)[-1]
    assert "is-like" in "".join(shown(messages))


def test_ready_answers_are_offered_for_the_last_list_only(session, small_workspace):
    session.say("quick")
    chip = Chip(label="<Shorter>", words="shorter & lighter")
    ((words, reply),) = session.replies
    replies = [(words, reply.model_copy(update={"chips": (chip,)})) for _ in range(2)]
    texts = shown(conversation(replies, {}, small_workspace.catalogue))
    offers = [text for text in texts if "tm-offers" in text]
    assert len(offers) == 1
    assert 'data-tm-value="shorter &amp; lighter"' in offers[0]
    assert "&lt;Shorter&gt;" in offers[0]
    withheld = shown(conversation(replies, {}, small_workspace.catalogue, offers=False))
    assert not any("tm-offers" in text for text in withheld)


def test_a_text_that_a_model_phrased_is_shown_as_a_whole(session, small_workspace):
    session.say("quick")
    words, reply = session.replies[0]
    phrased = reply.model_copy(update={"text": "Try these, they are quick."})
    texts = shown(conversation([(words, phrased)], {}, small_workspace.catalogue))
    assert "Try these, they are quick." in texts
    assert plain(reply.opening) not in texts


def test_a_failure_is_an_alert(session, small_workspace):
    session.say("quick")
    words, reply = session.replies[0]
    failed = reply.model_copy(
        update={"act": "error", "text": "No <model> answers.", "opening": "", "recommendations": (), "chips": ()}
    )
    alert = shown(conversation([(words, failed)], {}, small_workspace.catalogue))[-1]
    assert 'role="alert"' in alert
    assert "No &lt;model&gt; answers." in alert


def test_bold_is_the_only_markup_understood():
    assert plain("**Harbour** <b>x</b> & *y*") == "<strong>Harbour</strong> &lt;b&gt;x&lt;/b&gt; &amp; *y*"


def test_lines_that_begin_with_a_dash_are_one_list():
    told = plain("Both:\n\n- year: **1990** <b>\n\n- price: 9\n\nNo more - or less.")
    items = "<li>year: <strong>1990</strong> &lt;b&gt;</li><li>price: 9</li>"
    assert told == f'Both:\n\n<ul class="tm-list">{items}</ul>No more - or less.'
