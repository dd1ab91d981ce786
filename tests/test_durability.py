"""Kill the process at any moment: reopening the workspace loses no acknowledged turn."""

import random
import subprocess
import sys
import time

import pytest

from tastemaker.agent.event_log import EventLog
from tastemaker.agent.events import TurnTaken

SPEAKER = """
import sys
from tastemaker.agent import Recommender

session = Recommender.open(sys.argv[1], planner="rules").session(id="steady")
for number in range(1000):
    reply = session.say(f"something quick, number {number}")
    print("acknowledged", number, reply.trace.turn, flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_killed_process_loses_no_acknowledged_turn(small_workspace, tmp_path, seed):
    path = tmp_path / "workspace"
    path.mkdir()
    for part in small_workspace.path.iterdir():
        if not part.name.startswith("sessions.db"):
            (path / part.name).symlink_to(part)
    process = subprocess.Popen([sys.executable, "-c", SPEAKER, str(path)], stdout=subprocess.PIPE, text=True)
    acknowledged = [process.stdout.readline() for _ in range(3)]
    time.sleep(random.Random(seed).uniform(0, 0.5))
    process.kill()
    acknowledged += process.stdout.readlines()
    whole = [line.split() for line in acknowledged if line.endswith("\n") and line.startswith("acknowledged")]
    assert len(whole) >= 3

    log = EventLog(path / "sessions.db")
    turns = [event for event in log.read("steady") if isinstance(event, TurnTaken)]
    assert len(turns) in (len(whole), len(whole) + 1), "at most the turn under way may be there unacknowledged"
    assert [event.words for event in turns[: len(whole)]] == [f"something quick, number {n}" for n in range(len(whole))]
    assert [event.turn for event in turns] == list(range(1, len(turns) + 1))
    log.close()
