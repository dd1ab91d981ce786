"""Dialogues are played as written, nothing expected leaks into the system, and a crash fails visibly."""

import pytest

from tastemaker.eval.dialogue import Dialogue
from tastemaker.eval.partial import PartialResults
from tastemaker.eval.playback import run_dialogue, run_system
from tastemaker.eval.report import DialogueRecord
from tastemaker.eval.systems import Answer
from tastemaker.tools.catalogue.item import Item
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema
from tastemaker.tools.catalogue.store import Catalogue, sqlite_url

SCHEMA = CatalogueSchema(
    fields=(CatalogueField(name="name", type="text", role="title"), CatalogueField(name="year", type="number"))
)
IDS = [f"i{number}" for number in range(60)]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.db"
    items = [
        Item(item, f"Item {item}", {"name": f"Item {item}", "year": 1980.0 + number}, 0, None)
        for number, item in enumerate(IDS)
    ]
    made = Catalogue.create(sqlite_url(path), SCHEMA, items, [])
    yield made
    made.close()


class Spy:
    """A system that writes down everything it is given and answers from a list."""

    name = "spy"

    def __init__(self, *answers, fails_to_begin=False):
        self.answers = list(answers)
        self.given = []
        self.fails_to_begin = fails_to_begin

    def begin(self, user, history):
        if self.fails_to_begin:
            raise ConnectionError("no way in")
        self.given.append(("begin", user, tuple(history)))
        return self

    def say(self, words):
        self.given.append(("say", words))
        answer = self.answers.pop(0) if self.answers else Answer("nothing", "chat")
        if isinstance(answer, Exception):
            raise answer
        return answer

    def heard(self, text):
        self.given.append(("heard", text))

    def close(self):
        self.given.append(("close",))


def listing(*items, ranked=(), **more):
    text = "\n".join(f"{rank}. Item {item}" for rank, item in enumerate(items, start=1))
    return Answer(text, "recommend", items, tuple(ranked) or items, **more)


def dialogue(*turns, **keys):
    return Dialogue.model_validate({"id": "d", "turns": list(turns), **keys})


def test_only_history_words_and_what_was_really_answered_reach_the_system(catalogue):
    spy = Spy()
    expect = {"constraints": [{"field": "year", "op": "==", "value": 1999}], "exclude_items": ["i3"], "min_items": 1}
    script = dialogue(
        {"user": "one", "assistant": "really said", "mentioned": ["i1"], "relevant": ["i2"], "expect": expect},
        {"user": "two", "assistant": "never needed", "mentioned": ["i4"], "relevant": ["i5"]},
        history=["i0", "gone"],
        user="u7",
    )
    run_dialogue(spy, script, catalogue)
    assert spy.given == [("begin", "u7", ("i0",)), ("say", "one"), ("heard", "really said"), ("say", "two")]


def test_without_a_given_answer_the_next_turn_continues_from_the_systems_own(catalogue):
    spy = Spy()
    run_dialogue(spy, dialogue({"user": "one"}, {"user": "two"}), catalogue)
    assert spy.given == [("begin", None, ()), ("say", "one"), ("say", "two")]


def test_mentioned_items_leave_the_ranking_and_fifty_places_remain(catalogue):
    spy = Spy(listing("i0", ranked=IDS), listing("i1", ranked=IDS))
    script = dialogue({"user": "x", "mentioned": ["i0"], "relevant": ["i1"]}, {"user": "y", "mentioned": ["i2"]})
    first, second = run_dialogue(spy, script, catalogue).turns
    assert first.ranking == tuple(IDS[1:51])
    assert first.scores["hit@1"] == 1
    assert second.ranking == ("i1", *IDS[3:52])


def test_showing_an_item_again_is_a_repeat_unless_it_is_asked_for(catalogue):
    spy = Spy(listing("i0", "i1"), listing("i1", "i2"), listing("i0"), listing("i2", shown_again_on_purpose=True))
    script = dialogue({"user": "a"}, {"user": "b"}, {"user": "item i0 once more"}, {"user": "d"})
    turns = run_dialogue(spy, script, catalogue).turns
    assert "repeats" not in turns[0].scores
    assert [turn.scores["repeats"] for turn in turns[1:]] == [1, 0, 0]
    assert turns[1].violations == ("'Item i1' (i1) was shown in turn 1, and again",)


def test_what_was_shown_in_a_turn_that_was_really_answered_otherwise_was_never_shown(catalogue):
    spy = Spy(listing("i0"), listing("i0"), listing("i0"))
    script = dialogue({"user": "a", "assistant": "something else"}, {"user": "b"}, {"user": "c"})
    turns = run_dialogue(spy, script, catalogue).turns
    assert "repeats" not in turns[1].scores
    assert turns[2].scores["repeats"] == 1


def test_a_crash_in_one_turn_fails_that_turn_and_the_dialogue_goes_on(catalogue):
    spy = Spy(ValueError("boom"), listing("i1"))
    script = dialogue({"user": "a", "relevant": ["i1"], "expect": {"min_items": 1}}, {"user": "b", "relevant": ["i1"]})
    first, second = run_dialogue(spy, script, catalogue).turns
    assert (first.act, first.scores["errors"], first.scores["hit@50"], first.scores["min_items_met"]) == (
        "error",
        1,
        0,
        0,
    )
    assert first.violations[0] == "the system failed: ValueError: boom"
    assert (second.act, second.scores["errors"], second.scores["hit@1"]) == ("recommend", 0, 1)


def test_a_system_that_cannot_begin_fails_every_turn(catalogue):
    record = run_dialogue(Spy(fails_to_begin=True), dialogue({"user": "a"}, {"user": "b"}), catalogue)
    assert [turn.act for turn in record.turns] == ["error", "error"]
    assert "ConnectionError: no way in" in record.turns[1].violations[0]


def test_a_system_that_cannot_be_told_what_was_answered_is_reported(catalogue):
    spy = Spy(listing("i0"))
    spy.heard = lambda text: (_ for _ in ()).throw(RuntimeError("deaf"))
    record = run_dialogue(spy, dialogue({"user": "a", "assistant": "x"}, {"user": "b"}), catalogue)
    assert record.turns[0].violations == ("it could not be told what was really answered: RuntimeError: deaf",)


def test_a_text_is_checked_outside_the_time_of_the_turn(catalogue):
    spy = Spy(listing("i0", check=lambda: ["Atlantis"]))
    (turn,) = run_dialogue(spy, dialogue({"user": "a"}), catalogue).turns
    assert turn.scores["unsupported_claims"] == 1
    assert turn.violations == ("the text says 'Atlantis' without evidence",)


def test_a_check_that_fails_is_seen_and_the_run_goes_on(catalogue):
    def check():
        raise KeyError("gone")

    record = run_dialogue(Spy(listing("i0", check=check)), dialogue({"user": "a"}, {"user": "b"}), catalogue)
    assert record.turns[0].scores["unsupported_claims"] == 1
    assert "the check itself failed: KeyError" in record.turns[0].violations[0]


def test_a_turn_that_only_talks_is_ranked_by_what_a_list_would_hold(catalogue):
    spy = Spy(Answer("nothing", "chat", would_rank=lambda: ["i4", "i1"]))
    (turn,) = run_dialogue(spy, dialogue({"user": "hello", "relevant": ["i1"]}), catalogue).turns
    assert turn.ranking == ("i4", "i1")
    assert turn.scores["mrr"] == 0.5
    assert turn.shown == ()


def test_a_ranking_that_nothing_is_asked_of_is_not_made(catalogue):
    asked = []
    spy = Spy(Answer("nothing", "chat", would_rank=lambda: asked.append("ranked") or []))
    run_dialogue(spy, dialogue({"user": "hello"}), catalogue)
    assert asked == []


def test_a_ranking_that_fails_is_reported_and_the_run_goes_on(catalogue):
    def would_rank():
        raise KeyError("gone")

    spy = Spy(Answer("nothing", "chat", would_rank=would_rank), listing("i0"))
    record = run_dialogue(spy, dialogue({"user": "a", "relevant": ["i1"]}, {"user": "b"}), catalogue)
    assert "what a list would hold: KeyError" in record.turns[0].violations[0]
    assert record.turns[1].shown == ("i0",)


def test_metrics_latencies_and_progress_cover_all_dialogues(catalogue):
    scripts = [dialogue({"user": "a", "relevant": ["i1"]}, id=f"d{number}") for number in range(4)]
    spy = Spy(listing("i1"), listing("i0"), ValueError("boom"), listing("i1"))
    told = []
    report = run_system(
        spy, scripts, catalogue, 7, PartialResults(None, "", DialogueRecord), lambda *progress: told.append(progress)
    )
    assert report.metrics["hit@1"].mean == pytest.approx(0.5)
    assert report.metrics["hit@1"].n == 4
    assert report.metrics["errors"].mean == pytest.approx(0.25)
    assert "constraint_satisfaction" not in report.metrics
    assert list(report.latency_ms) == ["total"]
    assert told == [("spy", done, 4) for done in (1, 2, 3, 4)]


def test_an_interrupted_run_goes_on_where_it_was(catalogue, tmp_path):
    scripts = [dialogue({"user": "a"}, id=f"d{number}") for number in range(3)]
    path = tmp_path / "report.partial"

    class Interrupted(Spy):
        def say(self, words):
            if len(self.given) > 3:
                raise KeyboardInterrupt
            return super().say(words)

    with pytest.raises(KeyboardInterrupt):
        run_system(Interrupted(), scripts, catalogue, 7, PartialResults(path, "run", DialogueRecord))
    again = Spy()
    report = run_system(again, scripts, catalogue, 7, PartialResults(path, "run", DialogueRecord))
    assert [each.id for each in report.dialogues] == ["d0", "d1", "d2"]
    assert sum(entry[0] == "say" for entry in again.given) == 1
