"""A person of whom only a paragraph is known: how it is made for the evaluation, how it is read, how it is scored."""

from tastemaker.agent.plan import Act, Require
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.state import State
from tastemaker.eval.dialogue import item_ids
from tastemaker.eval.dialogue_file import PACKAGED, read_dialogues
from tastemaker.eval.paragraph import METRICS, measure, paragraph


def test_a_paragraph_tells_kinds_people_and_dislikes_and_names_no_item(small_workspace):
    items = small_workspace.catalogue.items(["g02", "g08", "g04", "g11"])
    disliked = small_workspace.catalogue.items(["g01", "g03", "g07"])
    said = paragraph(items, disliked, small_workspace.schema)
    assert said.startswith("I tend to like ")
    assert "Strategy" in said
    assert "I am not so fond of Family." in said
    assert "I often enjoy what Tomas Brandt" in said
    assert not any(item.title in said for item in items)


def test_what_is_liked_in_general_is_a_leaning_and_no_condition(small_workspace):
    words = "I tend to like Strategy and War games. I often enjoy what Mira Okafor made."
    plan = RulesPlanner(small_workspace).plan(words, State()).plan
    wishes = [change.condition for change in plan.changes if isinstance(change, Require)]
    assert plan.act is Act.RECOMMEND
    assert {each.field for each in wishes} == {"kinds", "designers"}
    assert {each.strength for each in wishes} == {"prefer"}
    assert plan.query == ""


def test_a_request_beside_it_stays_a_condition(small_workspace):
    words = "I usually like Family games. Tonight I want a War game."
    plan = RulesPlanner(small_workspace).plan(words, State()).plan
    found = {
        change.condition.value: change.condition.strength for change in plan.changes if isinstance(change, Require)
    }
    assert found == {("Family",): "prefer", ("War",): "must"}


def test_every_way_is_scored_for_every_person(small_workspace):
    scores, said = measure(small_workspace, 2, seed=7, most=2, least=8)
    assert said
    assert {"popular", "paragraph, agent", "1 liked, collaborative", "5 liked, collaborative"} <= scores.keys()
    assert all(len(scores[way][metric]) == len(said) for way in scores for metric in METRICS)


def test_the_requests_that_hold_a_motive_alone_speak_of_films_that_exist(demo_workspace):
    dialogues = read_dialogues([PACKAGED.with_name("motives.jsonl")]).dialogues
    assert item_ids(dialogues) <= demo_workspace.catalogue.row_of.keys()
    rules = RulesPlanner(demo_workspace)
    heard = [rules.plan(each.turns[0].user, State()).plan.motives for each in dialogues]
    assert sum(map(bool, heard)) >= 0.9 * len(heard)
