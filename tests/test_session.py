"""Sessions: what is shown, remembered, taken back and resumed."""

from random import Random

import pytest
from planners import PlanQueue

from tastemaker.agent.errors import SessionError
from tastemaker.agent.plan import Act, Plan, Rate, Require, Unresolved
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.settings import Settings
from tastemaker.agent.stream import Done, PlanMade, Recommended, TextDelta, ToolFinished, ToolStarted
from tastemaker.tools.catalogue.constraint import Constraint, Verdict


@pytest.fixture
def ids(small_workspace):
    return [str(item) for item in small_workspace.catalogue.ids]


@pytest.fixture
def open_session(small_workspace):
    opened = []

    def with_plans(*plans, **arguments):
        recommender = Recommender(small_workspace, PlanQueue(list(plans)), Settings())
        opened.append(recommender)
        return recommender.session(**arguments)

    return with_plans


def wanting(field, op, *value, strength="must", said=""):
    condition = Constraint(field=field, op=op, value=value, strength=strength, said=said)
    return Plan(act=Act.RECOMMEND, changes=(Require(condition=condition),))


def shown(reply):
    return [each.item.id for each in reply.recommendations]


def test_every_shown_item_keeps_the_must_and_says_so_in_its_certificate(open_session):
    reply = open_session(wanting("playing_time", "<=", 45, said="under 45 minutes")).say("something quick")
    assert reply.act == "recommend"
    assert len(reply.recommendations) == 5
    for each in reply.recommendations:
        assert each.item.values["playing_time"] <= 45
        entry = each.certificate[0]
        assert (entry.verdict, entry.relaxed, entry.said) == (Verdict.MATCH, False, "under 45 minutes")
        assert each.explanation
        assert each.evidence


def test_the_text_names_every_item_and_says_what_was_understood(open_session):
    reply = open_session(wanting("playing_time", "<=", 45)).say("something quick")
    assert all(each.item.title in reply.text for each in reply.recommendations)
    assert "45" in reply.opening


def test_an_exclusion_keeps_unknown_items_and_marks_them(open_session, small_workspace):
    missing = [
        item.id
        for item in small_workspace.catalogue.items(list(small_workspace.catalogue.ids))
        if item.values["price"] is None
    ]
    assert missing
    reply = open_session(
        Plan(act=Act.RECOMMEND, count=50, changes=wanting("price", "!=", 1).changes),
    ).say("not for one euro")
    entries = {each.item.id: each.certificate[0].verdict for each in reply.recommendations}
    assert {entries[item] for item in missing if item in entries} == {Verdict.UNKNOWN}


def test_a_preference_that_gives_way_is_told(open_session):
    plan = wanting("max_players", ">=", 99, strength="prefer")
    reply = open_session(plan).say("preferably for a hundred")
    assert "let go of" in reply.opening
    assert reply.trace.relaxation.dropped == (plan.changes[0].condition,)
    assert all(each.certificate[0].relaxed for each in reply.recommendations)


def test_an_impossible_wish_gives_an_empty_answer_with_a_way_out(open_session):
    reply = open_session(wanting("playing_time", "<=", 0, said="zero minutes")).say("zero minutes")
    assert reply.act == "empty"
    assert reply.recommendations == ()
    assert "leave it out" in reply.text
    assert reply.chips[0].words == "forget playing time"


def test_a_name_not_in_the_catalogue_is_said_plainly(open_session):
    reply = open_session(Plan(act=Act.RECOMMEND, unresolved=(Unresolved(name="Zorblax", nearest=("Harbour",)),))).say(
        "like Zorblax"
    )
    assert reply.text.startswith("“Zorblax” is not in the catalogue; the nearest is “Harbour”.")


def test_nothing_is_shown_twice(open_session):
    session = open_session()
    first, second = session.say("anything"), session.say("more")
    assert not set(shown(first)) & set(shown(second))


def test_the_ranking_begins_with_what_is_shown_and_has_no_repeats(open_session):
    reply = open_session().say("anything")
    ranking = reply.ranking(50)
    assert ranking[:5] == shown(reply)
    assert len(set(ranking)) == len(ranking)


def test_what_would_be_recommended_now_is_ranked_without_a_turn(open_session, ids):
    session = open_session()
    session.say("games of at most 45 minutes")
    before = session.state
    ranking = session.ranking()
    assert session.state == before
    assert not set(ranking) & set(before.last_shown)
    assert ranking == session.ranking()
    assert ranking[:5] == tuple(shown(session.say("something else")))


def test_dials_are_turned_by_number_and_a_list_follows(open_session):
    session = open_session()
    reply = session.turn_dials(fame=-1, recency=0.5)
    assert reply.act == "recommend"
    assert session.state.dials.turned == {"recency": 0.5, "fame": -1.0}
    assert any(step.call == "reorder" and step.note for step in reply.trace.steps)
    with pytest.raises(SessionError, match="no dial 'loudness'"):
        session.turn_dials(loudness=1)
    with pytest.raises(SessionError, match="from -1 to 1"):
        session.turn_dials(fame=3)


def test_taking_a_dial_back_brings_a_new_list(open_session):
    session = open_session()
    session.turn_dials(fame=-1)
    assert session.forget("fame dial").act == "recommend"
    assert not session.state.dials.turned


def test_likes_dislikes_and_more_like_need_no_planner(open_session, ids):
    session = open_session()
    assert session.like(ids[0], because="short").text.startswith("Noted")
    assert session.dislike(ids[1], because="too long").trace.decided_by == "button"
    reply = session.more_like(ids[2])
    assert reply.act == "recommend"
    assert ids[1] not in reply.ranking(200)
    profile = session.profile
    assert [each.item_id for each in profile.likes] == [ids[0]]
    assert profile.dislikes[0].because == "too long"
    assert [each.item_id for each in profile.anchors] == [ids[2]]


def test_an_unknown_item_cannot_be_liked(open_session):
    with pytest.raises(SessionError, match="no item with the id"):
        open_session().like("nothing")


def test_undo_takes_the_last_turn_back(open_session):
    session = open_session(wanting("kinds", "contains_any", "War"), wanting("playing_time", "<=", 45))
    session.say("war games")
    session.say("short ones")
    reply = session.undo()
    assert "short ones" in reply.text
    assert [each.field for each in session.profile.conditions] == ["kinds"]
    session.undo()
    assert session.profile.conditions == ()
    assert session.undo().text == "There is nothing to take back."


def test_forget_takes_a_wish_back_and_recommends_anew(open_session):
    session = open_session(wanting("kinds", "contains_any", "War"))
    session.say("war games")
    reply = session.forget("war")
    assert reply.act == "recommend"
    assert session.profile.conditions == ()


def test_a_session_is_resumed_by_its_id(open_session, small_workspace):
    session = open_session(wanting("playing_time", "<=", 45))
    reply = session.say("something quick")
    again = open_session(id=session.id)
    assert again.profile == session.profile
    assert again.replies == [("something quick", reply.model_copy(update={"ranked": ()}))]


def test_a_known_users_history_is_known_from_the_start(open_session, small_workspace):
    user = small_workspace.catalogue.interaction_log().users[0]
    session = open_session(user=user)
    least = small_workspace.schema.like_at_least
    liked = [each.item for each in small_workspace.catalogue.interactions_of(user) if each.value >= least]
    assert list(session.profile.known) == liked
    assert not set(liked) & set(session.say("anything").ranking(200))


def test_a_history_with_an_unknown_item_is_refused(open_session):
    with pytest.raises(SessionError, match="leave it out"):
        open_session(history=["nothing"])


def test_with_teacher_forcing_the_conversation_goes_on_from_what_was_really_said(open_session, small_workspace):
    session = open_session()
    first = session.say("anything")
    session.heard("How about Salt Road?")
    road = next(
        item
        for item, row in small_workspace.catalogue.row_of.items()
        if small_workspace.catalogue.item(item).title == "Salt Road"
    )
    assert session.state.last_shown == (road,)
    assert session.state.exchanges[-1].assistant == "How about Salt Road?"
    second = session.say("more")
    assert road not in second.ranking(200)
    assert set(shown(first)) - {road} & set(second.ranking(200))


def test_a_stream_tells_the_turn_in_order_and_its_text_is_the_replys(open_session):
    events = list(open_session(wanting("playing_time", "<=", 45)).stream("something quick"))
    kinds = [type(event) for event in events]
    assert kinds[0] is PlanMade
    assert kinds[1] is ToolStarted
    assert kinds[-1] is Done
    assert kinds.index(ToolFinished) < kinds.index(Recommended) < kinds.index(TextDelta)
    reply = events[-1].reply
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == reply.text
    assert [event.recommendation for event in events if isinstance(event, Recommended)] == list(reply.recommendations)


def test_the_turn_is_in_the_log_before_any_of_the_reply_is_shown(open_session):
    session = open_session()
    for event in session.stream("anything"):
        if isinstance(event, Recommended | TextDelta):
            assert session.replies[-1][0] == "anything"
            break
    else:
        pytest.fail("nothing was shown")


async def test_the_async_twins_answer_alike(open_session):
    session = open_session()
    reply = await session.asay("anything")
    events = [event async for event in session.astream("more")]
    assert isinstance(events[-1], Done)
    assert not set(shown(reply)) & set(shown(events[-1].reply))


def test_a_defect_in_a_turn_is_told_and_what_was_said_is_kept(open_session):
    session = open_session()

    class Broken:
        name = "broken"

        def plan(self, words, state):
            raise RuntimeError("no idea")

    session._turns.planner = Broken()
    reply = session.say("find me something")
    assert reply.act == "error"
    assert "no idea" in reply.text
    assert session.replies[-1][0] == "find me something"


def test_a_very_long_message_is_cut_and_the_reply_says_so(open_session):
    reply = open_session().say("x" * 10_000)
    assert "first 4,000 letters" in reply.text
    assert "first 4,000 letters" in reply.trace.warnings[0]


def test_small_talk_looks_for_nothing(open_session):
    reply = open_session(Plan(act=Act.CHAT, talk="thanks")).say("thanks")
    assert (reply.act, reply.recommendations, reply.trace.steps) == ("chat", (), ())


def test_an_item_is_explained_by_its_facts(open_session, ids, small_workspace):
    reply = open_session(Plan(act=Act.EXPLAIN, subject=(ids[0],))).say("tell me about it")
    assert reply.act == "explain"
    assert small_workspace.catalogue.item(ids[0]).title in reply.text


def test_an_opening_without_wishes_is_answered_with_suggestions_and_one_question(open_session):
    reply = open_session(Plan(act=Act.ASK)).say("hi, I want a game")
    assert reply.act == "ask"
    assert reply.recommendations
    assert reply.closing.endswith("?")
    assert 1 <= len(reply.chips) <= 4


def test_a_liked_item_shapes_the_list_and_the_reasons(open_session, ids):
    change = Rate(opinion="anchor", item_id=ids[0], title="x", said="like x")
    reply = open_session(Plan(act=Act.RECOMMEND, changes=(change,))).say("like x")
    assert ids[0] not in reply.ranking(200)
    assert [step.tool for step in reply.trace.steps] == [
        "similar_items",
        "score_taste",
        "popular_items",
        "popular_items",
    ]


def test_an_item_that_nobody_has_rated_can_be_recommended(open_session, small_workspace, ids):
    novel = next(item for item in small_workspace.catalogue.items(ids) if not item.interactions)
    reply = open_session(Plan(act=Act.RECOMMEND, query=novel.values["description"])).say("as described")
    assert novel.id in shown(reply)
    assert {each.item.id: each.item.new for each in reply.recommendations}[novel.id]
    assert not all(each.item.new for each in reply.recommendations)


def test_taking_back_a_like_is_only_noted(open_session, ids):
    session = open_session()
    session.like(ids[0])
    title = session.profile.likes[0].title
    reply = session.forget(title)
    assert (reply.act, reply.text) == ("chat", f"Noted: “{title}” is forgotten.")
    assert session.profile.likes == ()


@pytest.mark.parametrize("words", ["", "   ", "\x00", "half a smile \ud83d", "'; DROP TABLE events; --", "🎲" * 500])
def test_whatever_is_typed_there_is_a_clear_answer_and_it_is_kept(small_workspace, words):
    session = Recommender.open(small_workspace, planner="rules").session()
    reply = session.say(words)
    assert reply.act != "error"
    assert reply.text
    session.forget(words)
    session.like("g01", because=words)
    assert len(session.replies) == 3


@pytest.mark.slow
def test_random_words_never_break_a_turn(small_workspace):
    random = Random(7)
    pieces = [
        "like",
        "not",
        "no",
        "under",
        "over",
        "90s",
        "(",
        '"',
        "'",
        ";",
        "%",
        "_",
        "or",
        "war",
        "by",
        "forget",
        "undo",
        "more",
        "shorter",
        "second",
        "1e999",
        "中文",
        "<b>",
        "{{x}}",
        "\x00",
    ]
    recommender = Recommender.open(small_workspace, planner="rules")
    session = recommender.session()
    for number in range(300):
        if number % 10 == 0:
            session = recommender.session()
        if number % 3:
            words = " ".join(random.choices(pieces, k=random.randint(0, 12)))
        else:
            words = "".join(
                chr(random.choice([random.randint(1, 0x2FF), random.randint(0x3000, 0xDFFF)])) for _ in range(40)
            )
        reply = session.say(words)
        assert reply.act != "error", words
        assert reply.text
