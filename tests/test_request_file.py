"""Marked requests are read whole, and what is wrong in a file is told with its line and the cure."""

import json

import pytest

from tastemaker.demo.films import film_schema
from tastemaker.eval.dialogue_file import PACKAGED
from tastemaker.eval.errors import DialogueError
from tastemaker.eval.understanding.catalogues import declared_schemas, packaged_requests, read_all
from tastemaker.eval.understanding.request_file import KINDS, holds_requests, plain, read, read_usable

SCHEMAS = declared_schemas(film_schema())


def dialogue(*turns, **changes):
    whole = {"id": "d1", "domain": "films", "kind": "simple", "language": "en", "turns": list(turns)}
    return {**whole, **changes}


def said(user, act="recommend", **more):
    return {"user": user, "act": act, **more}


@pytest.fixture
def written(tmp_path):
    """Return what writes dialogues to a file, one a line."""

    def write(*dialogues):
        path = tmp_path / "requests.jsonl"
        lines = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in dialogues]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def test_marks_are_taken_out_of_the_words_and_keep_their_places():
    words, marks = plain("a [sci-fi|genres|wanted] from [the 80s=1980..1989|year|wanted], no [horror|genres|refused]")
    assert words == "a sci-fi from the 80s, no horror"
    assert [words[mark.start : mark.end] for mark in marks] == ["sci-fi", "the 80s", "horror"]
    assert [(mark.canonical, mark.field, mark.role) for mark in marks] == [
        (None, "genres", "wanted"),
        ("1980..1989", "year", "wanted"),
        (None, "genres", "refused"),
    ]


@pytest.mark.parametrize(
    ("written_mark", "numbers", "place"),
    [
        ("[under two hours=120|runtime|at-most]", (120, 120), None),
        ("[the 80s=1980..1989|year|wanted]", (1980, 1989), None),
        ("[1994|year|wanted]", (1994, 1994), None),
        ("[a light one=1.5|weight|at-most]", (1.5, 1.5), None),
        ("[shorter|runtime|at-most]", None, None),
        ("[the third=#3|item|asked]", None, 2),
        ("[#1|item|disliked]", None, 0),
        ("[Heat|item|liked]", None, None),
    ],
)
def test_a_mark_tells_its_numbers_and_its_place_in_the_list(written_mark, numbers, place):
    _, (mark,) = plain(written_mark)
    assert (mark.numbers, mark.place) == (numbers, place)


def test_a_file_is_read_whole(written):
    path = written(
        dialogue(
            said("[comedies|genres|wanted] please"),
            said("who is in [the second=#2|item|asked]?", "explain", shown=["Big", "Clue"]),
        ),
        "",
        dialogue(said("ciao", "chat"), id="d2", kind="small-talk", language="it"),
    )
    first, second = read(path, SCHEMAS)
    assert [turn.user for turn in first.turns] == ["comedies please", "who is in the second?"]
    assert first.turns[1].shown == ("Big", "Clue")
    assert (second.language, second.turns[0].act, second.turns[0].marks) == ("it", "chat", ())


def test_a_list_stays_until_another_is_shown(written):
    path = written(
        dialogue(
            said("a film"), said("thanks", "chat", shown=["Big", "Clue"]), said("like [the second=#2|item|like-this]")
        )
    )
    (found,) = read(path, SCHEMAS)
    assert found.turns[2].shown == ()
    assert found.turns[2].marks[0].place == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 1: not JSON (.*); write one JSON object a line"),
        (dialogue(said("x"), id=""), "line 1: id: .*; correct it"),
        (dialogue(said("x"), extra=1), "line 1: extra: .*; correct it"),
        (dialogue(), "line 1: turns: .*; correct it"),
        (dialogue(said("x"), language="English"), "line 1: language: .*; correct it"),
        (dialogue(said("x"), kind="odd"), "line 1: there is no kind 'odd'; the kinds are simple, "),
        (dialogue(said("x"), domain="cars"), "line 1: there is no schema of the domain 'cars'; there are films, "),
        (dialogue(said("x", "sing")), "line 1, turn 1: there is no act 'sing'; the acts are recommend, "),
        (dialogue(said("[x|genres]")), "turn 1: a bracket or a | stands outside of a mark; write marks as "),
        (dialogue(said("[x|colour|wanted]")), r"\[x\]: films have no field 'colour'; they have item, year, genres"),
        (dialogue(said("[x|title|wanted]")), r"\[x\]: films have no field 'title'"),
        (dialogue(said("[x|genres|liked]")), r"\[x\]: genres has no role 'liked'; its roles are wanted, "),
        (dialogue(said("[x|item|wanted]")), r"\[x\]: item has no role 'wanted'; its roles are like-this, "),
        (dialogue(said("[x|year|preferred]")), r"\[x\]: year has no role 'preferred'; its roles are wanted, at-least"),
        (dialogue(said("[x=soon|year|wanted]")), r"\[x\]: 'soon' is neither a number nor a range like 1980..1989"),
        (dialogue(said("[x=#2|item|asked]")), r"\[x\]: #2 is no place in a list of 0 titles; correct it or give"),
        (
            dialogue(said("x"), said("[x=#2|item|asked]", shown=["Big"])),
            r"turn 2, \[x\]: #2 is no place in a list of 1",
        ),
    ],
)
def test_what_is_wrong_is_told_with_line_and_cure(written, line, told):
    with pytest.raises(DialogueError, match=told):
        read(written(line), SCHEMAS)


def test_people_can_be_marked_where_the_schema_has_any(written):
    assert read(written(dialogue(said("[De Niro|person|wanted]"))), SCHEMAS)
    with pytest.raises(DialogueError, match="recipes have no field 'person'"):
        read(written(dialogue(said("[Delia|person|wanted]"), domain="recipes")), SCHEMAS)


def test_an_id_that_comes_twice_and_an_empty_or_missing_file_are_told(written, tmp_path):
    with pytest.raises(DialogueError, match="line 2: the id 'd1' was given before; give each dialogue its own"):
        read(written(dialogue(said("x")), dialogue(said("y"))), SCHEMAS)
    with pytest.raises(DialogueError, match=r"requests.jsonl holds no requests; write one dialogue a line"):
        read(written(), SCHEMAS)
    with pytest.raises(DialogueError, match=r"none.jsonl cannot be read \(No such file.*\); check the path"):
        read(tmp_path / "none.jsonl", SCHEMAS)


def test_usable_dialogues_are_found_among_broken_ones(written):
    path = written("{", dialogue(said("x"), kind="odd"), dialogue(said("y"), id="d2"))
    assert [each.id for each in read_usable(path, SCHEMAS)] == ["d2"]


def test_files_of_requests_are_told_from_scripted_dialogues(written, tmp_path):
    assert holds_requests(written(dialogue(said("x"))))
    assert not holds_requests(PACKAGED)
    assert not holds_requests(tmp_path / "none.jsonl")
    assert not holds_requests(written("[1]"))


@pytest.mark.parametrize("path", packaged_requests(), ids=lambda path: path.stem)
def test_every_file_of_the_package_is_in_the_format(path):
    assert read(path, SCHEMAS)


def test_no_two_requests_of_the_package_have_one_id_and_the_sample_has_every_kind():
    found = read_all(packaged_requests(), SCHEMAS)
    assert len({each.id for each in found}) == len(found)
    sample = [each for each in found if each.id.startswith("sample-")]
    assert len(sample) == 60
    assert {each.kind for each in sample} == set(KINDS)
    assert {each.domain for each in sample} == set(SCHEMAS)
