"""The chat planner and the writer over a real OpenAI-compatible server: llama.cpp's own, with the small model."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import openai
import pytest

from tastemaker.agent.chat_model import chat_model
from tastemaker.agent.plan import Act, Plan
from tastemaker.agent.planners.base import Planned
from tastemaker.agent.planners.chat import ChatPlanner
from tastemaker.agent.planners.local_model import installed_model
from tastemaker.agent.planners.structured import StructuredModel
from tastemaker.agent.planners.wire_plan import WirePlan
from tastemaker.agent.reply import Recommendation, ShownItem
from tastemaker.agent.settings import Settings
from tastemaker.agent.state import State
from tastemaker.agent.verifier import Verifier
from tastemaker.agent.writer import Writer
from tastemaker.tools.evidence import Evidence
from tastemaker.tools.registry import TOOLS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


class Rules:
    name = "rules"

    def plan(self, words, state):
        return Planned(Plan(act=Act.RECOMMEND, query=words), "rules")


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    """Base URL of a running server on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(installed_model()), "--port", str(port)]
    options = ["--n_ctx", "4096", "--n_threads", "1", "--n_threads_batch", "2"]
    with log.open("wb") as output:
        server = subprocess.Popen([*command, *options], stdout=output, stderr=subprocess.STDOUT, env=os.environ)
        try:
            url = f"http://127.0.0.1:{port}/v1"
            for _ in range(120):
                assert server.poll() is None, log.read_text()
                try:
                    with urllib.request.urlopen(f"{url}/models", timeout=2):
                        break
                except (urllib.error.URLError, OSError):
                    time.sleep(0.5)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=30)


@pytest.fixture
def model(endpoint):
    return chat_model(Settings(model="small", base_url=endpoint, api_key="any", model_timeout=240))


def test_the_openai_client_speaks_to_the_server(endpoint):
    client = openai.OpenAI(base_url=endpoint, api_key="any")
    answer = client.chat.completions.create(
        model="small", messages=[{"role": "user", "content": "Hello"}], max_tokens=5
    )
    assert answer.choices[0].message.content


def test_the_chat_model_of_the_settings_streams_from_the_server(model):
    pieces = [chunk.text for chunk in model.bind(max_tokens=8).stream("Count to three.")]
    assert len([piece for piece in pieces if piece]) >= 3


def test_the_server_constrains_when_it_is_asked_in_its_way(model, small_workspace):
    wire = WirePlan(small_workspace.schema, TOOLS)
    structured = StructuredModel(model, wire)
    first = structured.write([("user", "Plan: I want a war game. Answer with a JSON object.")])
    second = structured.write([("user", "Plan: I want a war game. Answer with a JSON object.")])
    assert second.tokens.input > 0
    assert wire.fits(first.text) or wire.fits(second.text)


def test_the_chat_planner_plans_a_turn_over_the_server_or_says_why_the_rules_did(model, small_workspace):
    planned = ChatPlanner(small_workspace, model, Rules(), demonstrations=2).plan("a war game from the 1990s", State())
    assert planned.decided_by in ("chat", "rules")
    assert planned.tokens.calls >= 1
    if planned.decided_by == "rules":
        assert [repair.remedy for repair in planned.repairs] == ["asked again", "rules planned instead"]


def test_the_writer_lets_nothing_unverified_out_of_the_small_model(model, small_workspace):
    item = small_workspace.catalogue.item("g04")
    evidence = (
        Evidence(source="catalogue", name="title", value=item.title, about="g04"),
        Evidence(source="catalogue", name="kinds", value=("Economic", "Strategy"), about="g04"),
        Evidence(source="catalogue", name="year", value=2003.0, about="g04"),
    )
    shown = ShownItem(id="g04", title=item.title, values=dict(item.values))
    explanation = "Economic and Strategy, from 2003."
    recommendation = Recommendation(
        rank=1, item=shown, score=1.0, explanation=explanation, evidence=evidence, certificate=()
    )
    verifier = Verifier(small_workspace)
    writer = Writer(model.bind(max_tokens=120), verifier, patience=120)
    text = "".join(writer.write("an economic game", "Here is one.", [recommendation], ""))
    prose = text.removeprefix("Here is one.").replace(f"**{item.title}**", "¤")
    assert item.title in text
    assert verifier.check(prose.replace("\n", " "), evidence, (explanation,)) == [] or len(prose) > 700
