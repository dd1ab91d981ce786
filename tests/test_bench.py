"""The bench measures every stage, every tool and the encoder, and leaves no trace in the workspace."""

import json

import pytest
from rich.console import Console

from tastemaker.agent.settings import Settings
from tastemaker.eval.bench import default_conversations, run_bench
from tastemaker.tools.errors import SettingsError
from tastemaker.tools.registry import TOOLS

SAID = [["a science fiction game, no horror", "show me more"], ["something like Ashfall"]]


@pytest.fixture(scope="module")
def report(small_workspace):
    return run_bench(small_workspace, Settings(), SAID)


def test_every_stage_tool_and_the_encoder_are_measured(report):
    assert report.turns == 3
    assert report.planner == "rules"
    assert {"plan", "tools", "compose", "total", "wall"} == set(report.latency_ms)
    assert set(report.tools_ms) == set(TOOLS) - {
        "suit_motive",
        "suit_mood",
    }  # no motives, no glosses here
    for found in (*report.latency_ms.values(), *report.tools_ms.values(), report.encoder_ms):
        assert 0 <= found.p50 <= found.p95
    assert report.latency_ms["total"].p50 > 0


def test_it_is_shown_as_a_table_and_as_json(report):
    console = Console(width=120)
    with console.capture() as capture:
        console.print(report.table())
    assert "3 turns, planner rules, 60 items" in capture.get()
    assert "search_text" in capture.get()
    assert json.loads(report.model_dump_json())["latency_ms"]["total"].keys() == {"p50", "p95"}


def test_a_catalogue_of_another_domain_is_asked_its_own_examples(small_workspace):
    assert default_conversations(small_workspace) == [[words] for words in small_workspace.schema.examples]


def test_without_a_request_there_is_nothing_to_measure(small_workspace):
    with pytest.raises(SettingsError, match="no request to measure; name a file"):
        run_bench(small_workspace, Settings(), [])
