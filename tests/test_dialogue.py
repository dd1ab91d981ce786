"""Scripted dialogues are read as the format says, and mistakes are told with file, line and cure."""

import json

import pytest

from tastemaker.eval.dialogue import Dialogue, ExpectedConstraint, item_ids
from tastemaker.eval.dialogue_file import read_dialogues
from tastemaker.eval.errors import DialogueError

FULL = {
    "id": "d1",
    "user": None,
    "history": ["1", "2"],
    "turns": [
        {
            "user": "something from the eighties",
            "assistant": "try Alien",
            "mentioned": ["3"],
            "relevant": ["4"],
            "expect": {
                "constraints": [{"field": "year", "op": "between", "value": [1980, 1989]}],
                "exclude_items": ["5"],
                "min_items": 5,
                "behaviour": "recommend",
            },
        },
        {"user": "thanks", "mentioned": ["6"], "expect": {"behaviour": ["chat", "explain"]}},
    ],
}


@pytest.fixture
def write(tmp_path):
    def written(text, name="dialogues.jsonl"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_every_key_of_the_format_is_read(write):
    (dialogue,) = read_dialogues([write(json.dumps(FULL))]).dialogues
    first, second = dialogue.turns
    assert dialogue.history == ("1", "2")
    assert first.assistant == "try Alien"
    assert str(first.expect.constraints[0]) == "year between 1980 and 1989"
    assert first.expect.exclude_items == ("5",)
    assert first.expect.behaviour == ("recommend",)
    assert second.expect.behaviour == ("chat", "explain")
    assert second.assistant is None


def test_only_an_id_and_the_words_of_each_turn_are_needed(write):
    (dialogue,) = read_dialogues([write('{"id": "d", "turns": [{"user": "hello"}]}')]).dialogues
    assert dialogue == Dialogue.model_validate({"id": "d", "turns": [{"user": "hello"}]})
    assert dialogue.history == ()
    assert dialogue.turns[0].expect is None


def test_items_stay_mentioned_in_all_later_turns(write):
    (dialogue,) = read_dialogues([write(json.dumps(FULL))]).dialogues
    assert dialogue.named_until(0) == {"3"}
    assert dialogue.named_until(1) == {"3", "6"}


def test_all_ids_of_a_dialogue_are_known():
    assert item_ids([Dialogue.model_validate(FULL)]) == {"1", "2", "3", "4", "5", "6"}


def test_yaml_and_json_lists_and_several_files_are_read_in_order(write):
    listed = write("- id: a\n  turns:\n  - user: hello\n- id: b\n  turns:\n  - user: again\n", "list.yaml")
    one = write("id: c\nturns:\n- user: one\n---\nid: d\nturns:\n- user: two\n", "stream.yml")
    pretty = write(json.dumps([{"id": "e", "turns": [{"user": "x"}]}], indent=2), "pretty.json")
    read = read_dialogues([listed, one, pretty])
    assert [dialogue.id for dialogue in read.dialogues] == ["a", "b", "c", "d", "e"]


def test_ids_written_as_numbers_and_dates_of_yaml_are_taken_for_what_they_mean(write):
    path = write(
        "id: 7\nhistory: [12]\nturns:\n- user: hello\n  relevant: [34]\n"
        "  expect: {constraints: [{field: day, op: '>=', value: 2019-05-01}]}\n",
        "ids.yaml",
    )
    (dialogue,) = read_dialogues([path]).dialogues
    assert (dialogue.id, dialogue.history, dialogue.turns[0].relevant) == ("7", ("12",), ("34",))
    assert dialogue.turns[0].expect.constraints[0].value == ("2019-05-01",)


def test_keys_of_other_data_are_left_out_and_listed(write):
    line = {"id": "d", "source": "x", "turns": [{"user": "hi", "user_mentioned": ["1"], "relevant_liked": []}]}
    assert read_dialogues([write(json.dumps(line))]).ignored == (
        "source",
        "turns.relevant_liked",
        "turns.user_mentioned",
    )


def test_a_line_separator_inside_a_string_ends_no_line(write):
    path = write('{"id": "d", "turns": [{"user": "one\u2028two\u0085three"}]}\n\n')
    assert read_dialogues([path]).dialogues[0].turns[0].user == "one\u2028two\u0085three"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"id": "a", "turns": [{"user": "x"}]}\n{"id": "b", "turns": [', "line 2: not JSON"),
        ('\n{"turns": [{"user": "x"}]}', "line 2: id: Field required; add it"),
        ('{"id": "a", "turns": []}', "line 1: turns: .*give at least one"),
        ('{"id": "a", "turns": [{"assistant": "x"}]}', "line 1: turns.0.user: Field required; add it"),
        ('{"id": "a", "turns": [{"user": 5}]}', "turns.0.user: .*put it in quotation marks"),
        ('{"id": "a", "turns": [{"user": "x", "expects": {}}]}', "no key turns.0.expects; write 'expect'"),
        ('{"id": "a", "turns": [{"user": "x", "expect": {"min_item": 5}}]}', "write 'min_items'"),
        ('{"id": "a", "turns": [{"user": "x", "expect": {"behaviour": "dance"}}]}', "behaviour.*choose one of those"),
        ('["a"]', "line 1: a dialogue is an object"),
        (
            '{"id": "a", "turns": [{"user": "", "expect": {"constraints": [{"field": "y", "op": "in", "value": 1}]}}]}',
            "turns.0.expect.constraints.0.op: .*'contains_any'.*choose one of those",
        ),
        (
            '{"id": "a", "turns": [{"user": "", "expect": {"constraints": '
            '[{"field": "", "op": "between", "value": 1}]}}]}',
            r"between needs two values: \[lowest, highest\]",
        ),
        ('{"id": "a", "turns": [{"user": "x"}]}\n{"id": "a", "turns": [{"user": "y"}]}', "line 2: the id 'a' .*line 1"),
        ("\n\n", "holds no dialogue"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_its_cure(write, text, message):
    path = write(text)
    with pytest.raises(DialogueError, match=message) as raised:
        read_dialogues([path])
    assert str(path) in str(raised.value)


def test_a_mistake_in_yaml_is_told_with_the_line_of_the_very_key(write):
    path = write("- id: a\n  turns:\n  - user: hi\n    expect:\n      min_items: many\n", "wrong.yaml")
    with pytest.raises(DialogueError, match=r"line 5: turns\.0\.expect\.min_items: .*give a whole number"):
        read_dialogues([path])


def test_yaml_that_is_none_is_told_with_its_line(write):
    with pytest.raises(DialogueError, match="line 2: not YAML"):
        read_dialogues([write("id: a\n\tturns: x\n", "broken.yaml")])


def test_a_missing_file_and_a_file_of_another_encoding_are_told(tmp_path):
    with pytest.raises(DialogueError, match=r"cannot be read .*check the path"):
        read_dialogues([tmp_path / "none.jsonl"])
    path = tmp_path / "latin.jsonl"
    path.write_bytes('{"id": "é"}'.encode("latin-1"))
    with pytest.raises(DialogueError, match="not UTF-8"):
        read_dialogues([path])


def test_a_constraint_reads_as_words():
    constraint = ExpectedConstraint(field="genres", op="contains_none", value=["Horror", "War"])
    assert str(constraint) == "genres contains none Horror, War"
