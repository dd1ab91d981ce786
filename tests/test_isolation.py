"""Two hundred interleaved sessions on eight threads: nobody sees another's items or preferences."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from planners import PlanQueue

from tastemaker.agent.plan import Act, Plan, Require
from tastemaker.agent.planners.base import Planned
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.settings import Settings
from tastemaker.tools.catalogue.constraint import Constraint

SESSIONS, TURNS, THREADS = 200, 3, 8


class ByWords:
    """Plans the condition that the words name: `max_players 4`."""

    name = "by words"

    def plan(self, words, state):
        field, value = words.split()
        condition = Constraint(field=field, op=">=", value=float(value), said=words)
        return Planned(Plan(act=Act.RECOMMEND, count=3, changes=(Require(condition=condition),)), self.name)


@pytest.mark.slow
def test_interleaved_sessions_never_mix(small_workspace):
    recommender = Recommender(small_workspace, ByWords(), Settings())
    sessions = [recommender.session() for _ in range(SESSIONS)]
    ids = [str(item) for item in small_workspace.catalogue.ids]

    def speak(turn):
        number, which = turn
        session = sessions[which]
        if number == 1:
            return which, session.like(ids[which % len(ids)])
        return which, session.say(f"{('max_players', 'year')[number // 2]} {which / 100}")

    turns = [(number, which) for number in range(TURNS) for which in range(SESSIONS)]
    with ThreadPoolExecutor(THREADS) as threads:
        replies = list(threads.map(speak, turns))

    for which, session in enumerate(sessions):
        mine = [reply for owner, reply in replies if owner == which]
        assert {reply.trace.session for reply in mine} == {session.id}
        assert sorted(reply.trace.turn for reply in mine) == [1, 2, 3]
        profile = session.profile
        assert [rate.item_id for rate in profile.likes] == [ids[which % len(ids)]]
        assert {condition.value for condition in profile.conditions} == {(which / 100,)}
        shown = [each.item.id for reply in mine for each in reply.recommendations]
        assert len(shown) == len(set(shown)), "an item was shown twice in one session"
        assert shown == [item for _, reply in session.replies for item in [r.item.id for r in reply.recommendations]]
    recommender._executor.close()


def test_two_windows_of_one_session_take_turns(small_workspace):
    recommender = Recommender(small_workspace, PlanQueue(), Settings())
    first = recommender.session()
    windows = [recommender.session(id=first.id) for _ in range(8)]
    with ThreadPoolExecutor(THREADS) as threads:
        replies = list(threads.map(lambda window: window.say("anything"), windows))
    assert sorted(reply.trace.turn for reply in replies) == list(range(1, 9))
    assert all(reply.act in ("recommend", "empty") for reply in replies)
    shown = [each.item.id for reply in replies for each in reply.recommendations]
    assert len(shown) == len(set(shown))
