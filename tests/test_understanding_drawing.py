"""Drawing some of many dialogues, for planners that are slow."""

from tastemaker.eval.understanding.request_file import Dialogue
from tastemaker.eval.understanding.runner import drawn


def dialogue(name, turns):
    said = [{"user": "anything", "act": "recommend", "marks": []} for _ in range(turns)]
    return Dialogue.model_validate({"id": name, "domain": "films", "kind": "plain", "language": "en", "turns": said})


MANY = [dialogue(f"d{k}", 1 + k % 3) for k in range(50)]


def test_without_a_limit_all_are_taken():
    assert drawn(MANY, None, 7) == MANY


def test_whole_dialogues_are_drawn_until_there_are_enough_turns_and_keep_their_order():
    some = drawn(MANY, 20, 7)
    turns = sum(len(each.turns) for each in some)
    assert 20 <= turns <= 22
    assert [each.id for each in some] == [each.id for each in MANY if each in some]


def test_the_same_seed_draws_the_same_and_a_smaller_limit_some_of_them():
    assert drawn(MANY, 20, 7) == drawn(MANY, 20, 7)
    assert {each.id for each in drawn(MANY, 10, 7)} < {each.id for each in drawn(MANY, 20, 7)}
    assert drawn(MANY, 20, 7) != drawn(MANY, 20, 8)


def test_a_limit_beyond_the_file_takes_all():
    assert drawn(MANY, 10_000, 7) == MANY
