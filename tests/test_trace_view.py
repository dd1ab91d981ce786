"""The trace in the chat: steps come while tools run, and the whole of a finished turn can be opened again."""

import pytest

from tastemaker.agent.dials import TurnDial
from tastemaker.agent.placement import Contribution, Learned, Placement, Vote
from tastemaker.agent.plan import Act, Forget, Inquiry, Plan, Rate, Require, SaidMotive, StartOver, Unresolved
from tastemaker.agent.reply import Chip, Reply
from tastemaker.agent.stream import Done, PlanMade, ToolFinished, ToolStarted
from tastemaker.agent.trace import Attempt, Relaxation, Repair, Step, Timings, Tokens, Trace
from tastemaker.tools.catalogue.constraint import Constraint
from tastemaker.ui.trace_view import TraceView, pills

QUICK = Constraint(field="playing_time", op="<=", value=45, strength="prefer", said="quick")
PLAN = Plan(act=Act.RECOMMEND, changes=(Require(condition=QUICK),), query="sea <b>salt</b>")


def pill(kind, words):
    return f'is-{kind}">{words}</li>'


@pytest.fixture
def catalogue(small_workspace):
    return small_workspace.catalogue


@pytest.fixture
def view(catalogue):
    return TraceView(catalogue, "7")


def titles(view):
    return [message.metadata["title"] for message in view.messages()]


def finished(tool="search_text", outcome="ok", arguments=None, note=""):
    return ToolFinished(
        Step(call=f"{tool}#1", tool=tool, arguments=arguments or {}, outcome=outcome, found=12, note=note, ms=3.4)
    )


def reply(**trace):
    made = Trace(session="s", turn=7, planner="rules", decided_by="rules", plan=PLAN, **trace)
    return Reply(text="Here.", act="recommend", trace=made)


def test_before_the_plan_there_is_one_pending_step(view):
    (head,) = view.messages()
    assert head.metadata["status"] == "pending"
    assert "parent_id" not in head.metadata


def test_the_plan_is_shown_first_open_and_with_who_decided(view):
    view.receive(PlanMade(PLAN, "rules", 2.0))
    head, plan = view.messages()
    assert head.metadata["status"] == "pending"
    assert plan.metadata["parent_id"] == head.metadata["id"]
    assert plan.metadata["log"] == "rules planner · 2 ms"
    assert "status" not in plan.metadata
    assert "playing time at most 45" in plan.content


def test_a_running_tool_is_pending_and_a_finished_one_says_count_and_time(view):
    view.receive(PlanMade(PLAN, "rules", 2.0))
    view.receive(ToolStarted("search_text#1", "search_text"))
    assert view.messages()[-1].metadata["status"] == "pending"
    view.receive(finished())
    step = view.messages()[-1]
    assert (step.metadata["title"], step.metadata["log"]) == ("Search text", "12 found · 3 ms")
    assert step.metadata["status"] == "done"


def test_a_filter_says_how_many_are_left(view):
    view.receive(finished("filter_items", arguments={"conditions": [QUICK.model_dump(mode="json")]}))
    step = view.messages()[-1]
    assert step.metadata["log"].startswith("12 left")
    assert "playing time at most 45" in step.content


def test_items_among_the_arguments_are_named_by_their_titles(view, catalogue):
    item = catalogue.item(str(catalogue.ids[0]))
    view.receive(finished("similar_items", arguments={"items": [item.id, "no such id"]}))
    assert view.messages()[-1].content == f"items: {item.title}; no such id"


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("failed", "went on without it"),
        ("timeout", "took too long"),
        ("disabled", "switched off"),
        ("empty", "nothing"),
    ],
)
def test_a_tool_that_gave_nothing_says_why(view, outcome, words):
    view.receive(finished(outcome=outcome, note="index <gone>"))
    step = view.messages()[-1]
    assert words in step.metadata["log"]
    assert "index &lt;gone&gt;" in step.content


def test_two_calls_of_one_tool_are_two_steps(view):
    for number in (1, 2):
        step = Step(call=f"search_text#{number}", tool="search_text", arguments={}, outcome="ok", found=number)
        view.receive(ToolFinished(step))
    assert titles(view)[1:] == ["Search text", "Search text"]


def test_a_finished_turn_is_folded_under_its_summary(view, catalogue):
    view.receive(PlanMade(PLAN, "rules", 2.0))
    view.receive(finished())
    step = Step(call="search_text#1", tool="search_text", arguments={}, outcome="ok", found=12)
    view.receive(Done(reply(steps=(step,), pool=9, timings=Timings(total=1234))))
    head = view.messages()[0]
    assert head.metadata["status"] == "done"
    assert head.metadata["title"] == "How I got here"
    assert head.metadata["log"] == f"1 step · 9 of {len(catalogue)} {catalogue.schema.plural} fit · 1.2 s"


def test_why_each_item_stands_where_it_stands_is_told_and_nothing_of_it_is_markup(catalogue):
    ids = catalogue.ids.tolist()
    learned = Learned(
        score=1.2, base=0.1, contributions=(Contribution(feature="<b>taste", value=0.3, adds=0.8),), others=0.3
    )
    votes = (Vote(call="ranker", place=2, weight=3.0, adds=0.05), Vote(call="suit_mood#1", place=7, weight=1.0, adds=0))
    placed = Placement(item=ids[0], score=0.05, votes=votes, learned=learned)
    view = TraceView.of(reply(placements=(placed,)), catalogue, "7")
    told = next(each for each in view.messages() if each.metadata["title"] == "Why in this order")
    assert told.content == f"{ids[0]}: ranker 2., suit mood 7. · &lt;b&gt;taste +0.80"


def test_whatever_degraded_is_told(catalogue):
    view = TraceView.of(
        reply(
            repairs=(Repair(planner="chat", error="no field <x>", remedy="rules planned instead"),),
            relaxation=Relaxation(dropped=(QUICK,), before=2, after=31),
            warnings=("score_taste failed",),
            tokens=Tokens(calls=2, input=1800, output=90),
        ),
        catalogue,
        "7",
    )
    assert "⚠ 2 warnings" in view.messages()[0].metadata["log"]
    assert titles(view)[2:] == [
        "⚠ chat: rules planned instead",
        "Gave up: playing time at most 45 minutes",
        "⚠ score_taste failed",
        "Language model",
    ]
    assert any("no field &lt;x&gt;" in str(message.content) for message in view.messages())


def test_a_turn_seen_again_looks_as_it_did_when_it_ended(view, catalogue):
    step = Step(call="search_text#1", tool="search_text", arguments={}, outcome="ok", found=12, ms=3.4)
    made = reply(steps=(step,), timings=Timings(plan=2.0))
    for event in (PlanMade(PLAN, "rules", 2.0), ToolStarted("search_text#1", "search_text"), ToolFinished(step)):
        view.receive(event)
    view.receive(Done(made))
    assert view.messages() == TraceView.of(made, catalogue, "7").messages()


def test_every_change_of_a_plan_is_a_pill_in_plain_words(catalogue):
    plan = Plan(
        act=Act.RECOMMEND,
        changes=(
            Require(condition=QUICK),
            Rate(opinion="dislike", item_id="g01", title="Harbour <1998>"),
            Forget(what="price"),
            StartOver(),
        ),
        query="sea <b>salt</b>",
        unresolved=(Unresolved(name="Zzyzx", nearest=("Zyzzyx", "Zzz")),),
    )
    markup = pills(plan, catalogue.schema)
    for words in (
        "playing time at most 45",
        "✕ Harbour &lt;1998&gt;",
        "forget price",
        "start over",
        "sea &lt;b&gt;salt",
    ):
        assert words in markup
    assert "not in the catalogue: Zzyzx (nearest: Zyzzyx or Zzz)" in markup
    assert "from: quick" in markup
    assert "<b>" not in markup


def test_plans_that_gave_way_and_calls_made_while_planning_are_told(view):
    other = Plan(act=Act.RECOMMEND, query="another")
    tried = Attempt(decided_by="chat", plan=other, found=0, outcome="No <b>game</b> is left.", taken=False)
    taken = Attempt(decided_by="chat", plan=PLAN, found=3, outcome="It shows 3.", taken=True)
    looked = Step(call="filter_items#1", tool="filter_items", arguments={}, outcome="ok", found=3, note="3 are left.")
    view.receive(PlanMade(other, "chat", 1.0))
    view.receive(finished())
    view.receive(PlanMade(PLAN, "chat", 1.0))
    view.receive(Done(reply(attempts=(tried, taken), planning=(looked,))))
    told = "\n".join(f"{each.metadata['title']} {each.content}" for each in view.messages())
    assert told.count("Thought over: found 0") == 1
    assert "&lt;b&gt;game" in told
    assert "While planning" in told
    assert "Search text" not in told


def test_what_orders_items_without_leaving_any_out_is_shown_too(catalogue):
    family = SaidMotive(name="a night with the family", said="with my family")
    bold = TurnDial(dial="adventure", level=0.5, said="surprise me")
    plan = Plan(act=Act.CRITIQUE, avoid=("gore <b>",), motives=(family,), changes=(bold,))
    shown = pills(plan, catalogue.schema)
    assert pill("avoid", "less “gore &lt;b&gt;”") in shown
    assert 'is-motive" title="from: with my family">for a night with the family</li>' in shown
    assert 'is-dial" title="from: surprise me">adventure dial at +50%</li>' in shown


@pytest.mark.parametrize(("level", "words"), [(-1.0, "fame dial at -100%"), (0.0, "fame dial at neutral")])
def test_a_dial_is_told_where_it_was_turned(catalogue, level, words):
    turned = TurnDial(dial="fame", level=level)
    assert pill("dial", words) in pills(Plan(act=Act.RECOMMEND, changes=(turned,)), catalogue.schema)
    assert "is-dial" not in pills(Plan(act=Act.RECOMMEND, query="sea"), catalogue.schema)


def test_what_a_question_about_items_asks_is_shown(catalogue):
    plan = Plan(
        act=Act.EXPLAIN,
        inquiry=Inquiry(kind="compare", fields=("playing_time",), checks=(QUICK,), quality="sad"),
    )
    shown = pills(plan, catalogue.schema)
    for words in ("compare them", "about playing time", "is it so: playing time at most 45", "about “sad”"):
        assert words in shown


def test_the_question_that_was_put_is_a_step_with_its_answers(view):
    chips = (Chip(label="War", words="War"), Chip(label="Family", words="Family"))
    asked = reply().model_copy(update={"asked": "kinds", "closing": "Which kind?", "chips": chips})
    view.receive(Done(asked))
    note = view.messages()[-1]
    assert (note.metadata["title"], note.content) == ("Asked: Which kind?", "Answers at hand: War; Family")
