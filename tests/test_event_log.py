"""The log of sessions: durable, and safe against two writers."""

import pytest

from tastemaker.agent.errors import SessionError
from tastemaker.agent.event_log import EventLog
from tastemaker.agent.events import Known, TurnTaken, Undone
from tastemaker.agent.plan import Act, Plan
from tastemaker.agent.reply import Reply
from tastemaker.agent.trace import Trace
from tastemaker.tools.errors import WorkspaceError

PLAN = Plan(act=Act.CHAT)


def taken(turn, words="hello"):
    return TurnTaken(turn=turn, words=words, plan=PLAN, shown=("a",), text="hi")


def reply(text="hi"):
    return Reply(text=text, act="chat", trace=Trace(session="s", turn=1, planner="x", decided_by="x", plan=PLAN))


@pytest.fixture
def log(tmp_path):
    log = EventLog(tmp_path / "sessions.db")
    yield log
    log.close()


def test_events_come_back_in_order_and_whole(log):
    events = [Known(turn=0, user=None, items=("x",)), taken(1), Undone(turn=1)]
    for known, event in enumerate(events):
        log.append("s", known, event)
    assert log.read("s") == events
    assert log.read("another") == []


def test_replies_are_kept_beside_their_turns(log):
    log.append("s", 0, taken(1), reply())
    assert log.replies("s") == [(1, reply())]


def test_two_writers_of_one_session_cannot_both_write(log):
    log.append("s", 0, taken(1))
    with pytest.raises(SessionError, match="say it again"):
        log.append("s", 0, taken(1, "meanwhile"))
    assert log.read("s") == [taken(1)]


def test_the_last_wording_can_be_amended(log):
    log.append("s", 0, taken(1), reply())
    log.amend("s", 1, taken(1), reply("better"))
    assert log.replies("s")[0][1].text == "better"


def test_what_was_written_is_there_after_reopening(tmp_path):
    first = EventLog(tmp_path / "sessions.db")
    first.append("s", 0, taken(1))
    second = EventLog(tmp_path / "sessions.db")
    assert second.read("s") == [taken(1)]
    assert second.sessions() == ["s"]
    first.close()
    second.close()


def test_a_file_that_is_no_log_is_refused_with_the_cure(tmp_path):
    path = tmp_path / "sessions.db"
    path.write_bytes(b"this is not a database at all" * 100)
    with pytest.raises(WorkspaceError, match="move it away"):
        EventLog(path)
