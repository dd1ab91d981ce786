"""The command line: what each command prints, and how mistakes end."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from tastemaker.ui.cli import main

DATA = Path(__file__).parent / "data"
REQUEST = "something economic for four players"
KEYS = {"text", "act", "recommendations", "trace"}
KEYS_OF_A_RECOMMENDATION = {"rank", "item_id", "title", "score", "explanation", "evidence", "certificate"}


@pytest.fixture(autouse=True)
def _settings_from_here(tmp_path, monkeypatch):
    import os

    for name in os.environ:
        if name.startswith(("TASTEMAKER_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TASTEMAKER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(capsys):
    """Return what runs a command and gives back exit code, stdout and stderr."""

    def run_command(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(each) for each in arguments])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run_command


@pytest.fixture
def workspace(small_workspace_path) -> Path:
    return small_workspace_path


def mistake(found: tuple[int, str, str]) -> str:
    """Return the one sentence with which a command ended because of the user's mistake."""
    code, out, err = found
    assert code == 2
    assert out == ""
    assert "Traceback" not in err
    (line,) = [line for line in err.splitlines() if line.startswith("tastemaker: ")]
    return line.removeprefix("tastemaker: ")


def test_help_names_every_command(run):
    code, out, _ = run("--help")
    assert code == 0
    for command in ("build", "ask", "chat", "ui", "eval", "teach", "bench", "doctor"):
        assert f"\n  {command} " in out


def test_version_is_that_of_the_package(run):
    assert run("--version")[1].startswith("tastemaker 0.")


def test_ask_prints_the_answer(run, workspace):
    code, out, _ = run("ask", "--workspace", workspace, REQUEST)
    assert code == 0
    assert "1. " in out


def test_ask_json_prints_one_object_with_the_keys_of_the_contract_and_nothing_else(run, workspace):
    code, out, _ = run("ask", "--json", "--workspace", workspace, REQUEST)
    assert code == 0
    found = json.loads(out)
    assert found.keys() >= KEYS
    assert found["act"] == "recommend"
    assert found["recommendations"]
    for rank, each in enumerate(found["recommendations"], start=1):
        assert each.keys() >= KEYS_OF_A_RECOMMENDATION
        assert each["rank"] == rank
        assert each["evidence"]
    assert found["trace"]["steps"]


def test_ask_takes_words_with_and_without_quotation_marks(run, workspace):
    quoted = json.loads(run("ask", "--json", "-w", workspace, "short games")[1])
    plain = json.loads(run("ask", "--json", "-w", workspace, "short", "games")[1])
    assert [each["item_id"] for each in quoted["recommendations"]] == [
        each["item_id"] for each in plain["recommendations"]
    ]


def test_ask_without_a_tool_says_so_in_the_trace(run, workspace):
    found = json.loads(run("ask", "--json", "-w", workspace, "--without", "popular_items", REQUEST)[1])
    assert {step["outcome"] for step in found["trace"]["steps"] if step["tool"] == "popular_items"} == {"disabled"}


def test_ask_goes_on_with_a_session(run, workspace):
    first = json.loads(run("ask", "--json", "-w", workspace, REQUEST)[1])
    again = ("--session", first["trace"]["session"], "something else")
    second = json.loads(run("ask", "--json", "-w", workspace, *again)[1])
    assert second["trace"]["turn"] == first["trace"]["turn"] + 1


def test_a_workspace_that_is_missing_is_told_with_the_command_that_builds_it(run):
    said = mistake(run("ask", "--workspace", "nowhere", REQUEST))
    assert "There is no workspace at" in said
    assert "tastemaker build" in said


def test_a_tool_that_does_not_exist_is_told_with_those_that_do(run, workspace):
    said = mistake(run("ask", "--workspace", workspace, "--without", "crystal_ball", REQUEST))
    assert said.startswith("There is no tool 'crystal_ball' to leave out; the tools are ")
    assert "search_text" in said


def test_a_planner_that_does_not_exist_is_told_with_those_that_do(run, workspace):
    said = mistake(run("ask", "--workspace", workspace, "--planner", "magic", REQUEST))
    assert "'rules', 'chat', 'local' or 'react'" in said


def test_the_chat_planner_without_a_model_says_which_setting_is_missing(run, workspace):
    assert "TASTEMAKER_MODEL" in mistake(run("ask", "--workspace", workspace, "--planner", "chat", REQUEST))


@pytest.mark.parametrize("part", ["catalogue.toml", "catalogue.db", "manifest.json", "taste.npz"])
def test_a_damaged_workspace_is_told_with_the_cure(run, workspace, tmp_path, part):
    damaged = tmp_path / "damaged"
    shutil.copytree(workspace, damaged)
    (damaged / part).write_bytes(b"\x00 = nonsense")
    said = mistake(run("ask", "--workspace", damaged, REQUEST))
    assert "build" in said or "correct" in said


def test_a_damaged_text_index_is_told_with_the_cure(run, workspace, tmp_path):
    damaged = tmp_path / "damaged"
    shutil.copytree(workspace, damaged)
    (damaged / "text-index" / "meta.json").write_text("{", encoding="utf-8")
    assert "build the workspace again" in mistake(run("ask", "--workspace", damaged, REQUEST))


class TestBuild:
    def test_own_files_become_a_workspace_and_the_schema_is_shown(self, run, tmp_path):
        files = ("--items", DATA / "board_games.csv", "--interactions", DATA / "plays.jsonl")
        code, out, _ = run("build", *files, "--name", "games")
        assert code == 0
        assert "The schema of board_games" in out
        assert "playing_time" in out
        assert str(tmp_path / "home" / "games") in out
        assert "nothing had to be built" in run("build", *files, "--name", "games")[1]
        assert json.loads(run("ask", "--json", "-w", "games", REQUEST)[1])["recommendations"]

    def test_bad_rows_are_reported_by_line(self, run, tmp_path):
        items = tmp_path / "books.csv"
        rows = [f"b{number},Book {number},{1990 + number},{['Novel', 'Essay'][number % 2]}" for number in range(20)]
        items.write_text("\n".join(["id,title,year,kind", *rows, "b1,Again,1999,Novel"]) + "\n", encoding="utf-8")
        code, out, _ = run("build", "--items", items, "--out", tmp_path / "books")
        assert code == 0
        assert "books.csv, line 22: " in out
        assert "rejected.jsonl" in out

    def test_json_gives_the_manifest(self, run, tmp_path):
        found = json.loads(run("build", "--json", "--items", DATA / "board_games.csv", "--out", tmp_path / "ws")[1])
        assert found["items"] == 60
        assert found["up_to_date"] is False

    @pytest.mark.parametrize(
        ("arguments", "cure"),
        [
            ((), "give a file with --items"),
            (("books",), "say 'demo', or give your files with --items"),
            (("--items", "missing.csv", "--name", "x"), "There is no file missing.csv; check the path"),
            (("--items", "x.csv"), "give it a --name, or a directory with --out"),
            (("--items", "x.csv", "--name", "a/b"), "give it with --out"),
            (("--items", "x.csv", "--name", "a", "--out", "b"), "give --name or --out"),
            (("demo", "--items", "x.csv"), "leave out 'demo' or --items"),
        ],
    )
    def test_what_does_not_fit_together_is_told(self, run, arguments, cure):
        assert cure in mistake(run("build", *arguments))


class TestChat:
    @pytest.fixture
    def talk(self, run, workspace, monkeypatch):
        def talk_lines(*lines: str, session: str = "visitor-of-the-terminal") -> str:
            said = iter(lines)

            def answer(_prompt: str) -> str:
                try:
                    return next(said)
                except StopIteration:
                    raise EOFError from None

            monkeypatch.setattr("builtins.input", answer)
            code, out, _ = run("chat", "--workspace", workspace, "--session", session)
            assert code == 0
            return out

        return talk_lines

    def test_a_conversation_with_buttons_as_commands(self, talk):
        out = talk(
            REQUEST, "/like 1 because it is calm", "/more 2", "/undo", "/profile", "/trace", "/quit", session="a"
        )
        assert "planned by local" in out
        assert "it is calm" in out
        assert '"likes"' in out
        assert '"decided_by"' in out
        assert "tastemaker chat --session a" in out

    def test_a_conversation_can_be_resumed(self, talk):
        talk(REQUEST, session="b")
        assert "1. " in talk("/like 1", session="b") or "like" in talk("/profile", session="b")

    def test_mistakes_do_not_end_it(self, talk):
        out = talk("/fly", "/like 1", REQUEST, "/like 99", "/forget horror", "", "/help", session="c")
        assert "There is no command /fly; /help lists the commands." in out
        assert "There is no item '1' in the last list; ask for something first." in out
        assert "There is no item '99' in the last list; give one from 1 to " in out
        assert "/dislike N" in out


class TestEval:
    @pytest.fixture
    def dialogues(self, tmp_path) -> Path:
        path = tmp_path / "dialogues.jsonl"
        expected = {"constraints": [{"field": "max_players", "op": ">=", "value": 2}], "min_items": 1}
        path.write_text(
            json.dumps({"id": "d1", "turns": [{"user": "games for two", "expect": expected, "relevant": ["g01"]}]})
            + "\n",
            encoding="utf-8",
        )
        return path

    def test_the_report_has_the_keys_of_the_contract(self, run, workspace, dialogues, tmp_path):
        systems = ("--system", "rules", "--system", "popular")
        code, out, _ = run("eval", dialogues, "-w", workspace, *systems, "--out", tmp_path / "report.json")
        assert code == 0
        assert "agent:rules" in out
        report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
        assert report["systems"].keys() == {"agent:rules", "popular"}
        assert report["manifest"]["seed"] == 7
        for system in report["systems"].values():
            assert {"metrics", "latency_ms", "dialogues"} <= system.keys()
            assert system["metrics"]["items_not_in_catalogue"]["mean"] == 0

    def test_json_prints_the_report(self, run, workspace, dialogues):
        found = json.loads(run("eval", "--json", dialogues, "-w", workspace, "--planner", "rules")[1])
        assert found["systems"].keys() == {"agent:rules"}

    def test_without_a_tool_the_difference_is_reported(self, run, workspace, dialogues):
        arguments = ("--json", dialogues, "-w", workspace, "--system", "rules", "--without", "search_text")
        assert "search_text" in json.loads(run("eval", *arguments)[1])["ablation"]["agent:rules"]

    def test_mistakes_are_told(self, run, workspace, dialogues, tmp_path):
        ws = ("-w", workspace)
        assert "cannot be read" in mistake(run("eval", "missing.jsonl", *ws))
        assert "agent:rules" in mistake(run("eval", dialogues, *ws, "--system", "magic"))
        assert "There is no directory" in mistake(run("eval", dialogues, *ws, "--out", "no/where/report.json"))
        text = dialogues.read_text(encoding="utf-8")
        dialogues.write_text(text.replace("max_players", "colour"), encoding="utf-8")
        assert "there is no field 'colour'; use one of title" in mistake(run("eval", dialogues, *ws))
        dialogues.write_text("{not json}\n", encoding="utf-8")
        assert f"{dialogues}, line 1: not JSON" in mistake(run("eval", dialogues, *ws))


@pytest.mark.slow
def test_bench_reports_every_stage(run, workspace):
    found = json.loads(run("bench", "--json", "-w", workspace)[1])
    assert found["turns"] > 0
    assert found["latency_ms"].keys() == {"total", "plan", "tools", "compose", "wall"}
    assert all(0 <= each["p50"] <= each["p95"] for each in found["latency_ms"].values())
    assert "p95 ms" in run("bench", "-w", workspace)[1]


class TestDoctor:
    def checks(self, run, *arguments: object) -> tuple[int, dict[str, dict]]:
        code, out, _ = run("doctor", "--json", *arguments)
        return code, {check["name"]: check for check in json.loads(out)["checks"]}

    @pytest.fixture
    def port(self, monkeypatch) -> socket.socket:
        """Return a socket that holds a port, to which the setting points."""
        held = socket.create_server(("127.0.0.1", 0))
        monkeypatch.setenv("TASTEMAKER_PORT", str(held.getsockname()[1]))
        yield held
        held.close()

    def test_all_is_well_with_a_workspace_and_a_free_port(self, run, workspace, port):
        port.close()
        code, checks = self.checks(run, "--workspace", workspace)
        assert {name: check["found"] for name, check in checks.items() if not check["ok"]} == {}
        assert code == 0
        assert checks["workspace"]["found"].startswith("60 board games in ")

    def test_what_is_wrong_is_told_with_what_to_do(self, run, port):
        code, out, _ = run("doctor", "--workspace", "nowhere")
        assert code == 1
        assert "FAIL workspace: There is no workspace at" in out
        assert "FAIL port: " in out
        assert "end what uses it or set TASTEMAKER_PORT" in out

    def test_a_model_file_that_is_none_is_told(self, run, workspace, tmp_path, monkeypatch):
        (tmp_path / "model.gguf").write_text("no model", encoding="utf-8")
        monkeypatch.setenv("TASTEMAKER_GGUF", str(tmp_path / "model.gguf"))
        assert "is not a GGUF file" in self.checks(run, "-w", workspace)[1]["local model"]["found"]

    @pytest.mark.parametrize(
        ("status", "said"),
        [(200, "some-model at "), (401, "refuses the key"), (404, "answers with status 404")],
    )
    def test_the_endpoint_of_the_chat_model_is_asked(self, run, workspace, monkeypatch, status, said):
        class Endpoint(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_: object) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Endpoint)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("TASTEMAKER_MODEL", "some-model")
        monkeypatch.setenv("TASTEMAKER_BASE_URL", f"http://127.0.0.1:{server.server_port}/v1")
        monkeypatch.setenv("TASTEMAKER_API_KEY", "very-secret")
        check = self.checks(run, "-w", workspace)[1]["chat model"]
        server.shutdown()
        server.server_close()
        assert check["ok"] == (status == 200)
        assert said in check["found"]
        assert "very-secret" not in json.dumps(check)

    def test_an_endpoint_that_is_not_there_is_told(self, run, workspace, monkeypatch, port):
        unused = port.getsockname()[1]
        port.close()
        monkeypatch.setenv("TASTEMAKER_MODEL", "some-model")
        monkeypatch.setenv("TASTEMAKER_BASE_URL", f"http://127.0.0.1:{unused}/v1")
        monkeypatch.setenv("TASTEMAKER_API_KEY", "any")
        assert "cannot be reached" in self.checks(run, "-w", workspace)[1]["chat model"]["found"]


class TestUi:
    def test_a_port_in_use_is_told_with_another(self, run, workspace):
        with socket.create_server(("127.0.0.1", 0)) as held:
            code, _, err = run("ui", "--workspace", workspace, "--port", held.getsockname()[1])
        assert code == 2
        assert "choose another port with --port" in err
        assert "Traceback" not in err

    @pytest.mark.slow
    def test_the_chat_opens_says_where_and_ends_with_ctrl_c(self, workspace, tmp_path):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        code = (
            f"from tastemaker.ui.cli import main; main(['ui', '--workspace', {str(workspace)!r}, '--port', '{port}'])"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        address = f"http://127.0.0.1:{port}"
        try:
            said = next((line for line in process.stdout if address in line), "")
            assert said, process.stderr.read()
            assert httpx.get(address, timeout=30).status_code == 200
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
        finally:
            process.kill()
        assert "Traceback" not in err
