"""Drafts in names become plans in ids and catalogue values; nothing in a draft is trusted."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tastemaker.agent.errors import PlanError
from tastemaker.agent.grounding import ground
from tastemaker.agent.plan import Act, Draft, NamedOpinion, Plan, ToolCall
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint, Group


def wish(field, op, *value, **more):
    return Constraint(field=field, op=op, value=value, **more)


def conditions(plan):
    return [change.condition for change in plan.changes if change.kind == "require"]


def test_values_become_the_catalogues_own(small_workspace):
    draft = Draft(wishes=(wish("kinds", "contains_any", "horor", "SCIENCE FICTION", said="x", strength="prefer"),))
    [condition] = conditions(ground(draft, State(), small_workspace))
    assert condition == wish("kinds", "contains_any", "Horror", "Science Fiction", said="x", strength="prefer")


def test_a_wish_of_which_nothing_is_known_is_dropped_and_reported(small_workspace):
    plan = ground(Draft(wishes=(wish("designers", "contains_any", "Nobody Atall"),)), State(), small_workspace)
    assert plan.changes == ()
    assert [(each.name, each.looked_in) for each in plan.unresolved] == [("Nobody Atall", ("designers",))]


def test_what_is_known_of_a_wish_stays(small_workspace):
    draft = Draft(wishes=(wish("designers", "contains_any", "Mira Okafor", "Nobody Atall"),))
    plan = ground(draft, State(), small_workspace)
    assert conditions(plan) == [wish("designers", "contains_any", "Mira Okafor")]
    assert [each.name for each in plan.unresolved] == ["Nobody Atall"]


def test_a_name_found_in_one_of_several_fields_is_not_missing(small_workspace):
    members = (wish("designers", "contains_any", "Ironhedge"), wish("publisher", "contains_any", "Ironhedge"))
    plan = ground(Draft(wishes=(Group(join="any", members=members, said="s"),)), State(), small_workspace)
    assert conditions(plan) == [wish("publisher", "contains_any", "Ironhedge", said="s")]
    assert plan.unresolved == ()


@pytest.mark.slow
def test_an_alias_of_several_values_asks_for_any_of_them_even_among_all(demo_workspace):
    draft = Draft(wishes=(wish("country", "contains_all", "chinese", "french"),))
    [condition] = conditions(ground(draft, State(), demo_workspace))
    assert (condition.join, [each.op for each in condition.members]) == ("all", ["contains_any"] * 2)
    assert "Hong Kong" in condition.members[0].value


def test_numbers_are_put_in_order_and_read_from_text(small_workspace):
    draft = Draft(wishes=(wish("year", "between", "1999", 1990), wish("year", "contains_any", 2001.0)))
    assert conditions(ground(draft, State(), small_workspace)) == [
        wish("year", "between", 1990, 1999),
        wish("year", "==", 2001),
    ]


@pytest.mark.parametrize(
    ("draft", "message"),
    [
        (Draft(wishes=(wish("colour", "==", "red"),)), "There is no field 'colour'; the fields are title, year, kinds"),
        (Draft(wishes=(wish("kinds", ">=", 3),)), "needs a number or date"),
        (Draft(wishes=(wish("year", ">=", "old"),)), "give a number"),
        (Draft(wishes=(wish("kinds", "contains_any", " "),)), "blank"),
        (Draft(calls=(ToolCall(tool="drop_table"),)), "There is no tool 'drop_table'; the tools are filter_items"),
        (Draft(calls=(ToolCall(tool="search_text", arguments={"query": 3}),)), "search_text: query"),
        (Draft(calls=(ToolCall(tool="search_text", arguments={"sql": "x"}),)), "search_text"),
        (Draft(calls=(ToolCall(tool="similar_items", arguments={"items": "Ashfall"}),)), "must be a list of titles"),
        (Draft(calls=(ToolCall(tool="filter_items", arguments={"conditions": [{"field": 1}]}),)), "conditions must be"),
    ],
)
def test_what_cannot_be_grounded_says_what_would_do(small_workspace, draft, message):
    with pytest.raises(PlanError, match=message):
        ground(draft, State(), small_workspace)


def test_items_are_found_by_title_or_place_and_never_by_id(small_workspace):
    shown = replace(State(), shown=(("g03", "g06"),))
    opinions = tuple(
        NamedOpinion(opinion="like", name=name) for name in ("Salt Road", "the second one", "g10", "harbour 1998")
    )
    plan = ground(Draft(opinions=opinions), shown, small_workspace)
    assert [change.item_id for change in plan.changes] == ["g04", "g06", "g01"]
    assert [each.name for each in plan.unresolved] == ["g10"]


def test_of_two_items_of_one_title_the_one_just_shown_is_meant(small_workspace):
    draft = Draft(opinions=(NamedOpinion(opinion="like", name="harbour"),))
    rated = [
        ground(draft, replace(State(), shown=((item,),)), small_workspace).changes[0].item_id for item in ("g01", "g02")
    ]
    assert rated == ["g01", "g02"]


def test_titles_in_tool_calls_become_ids(small_workspace):
    call = ToolCall(tool="score_taste", arguments={"liked": ["Ashfall", "Nowhere At All"], "disliked": ["Salt Road"]})
    plan = ground(Draft(calls=(call,)), State(), small_workspace)
    assert plan.calls[0].arguments == {"liked": ["g06"], "disliked": ["g04"]}
    assert [each.name for each in plan.unresolved] == ["Nowhere At All"]


def test_the_subject_of_a_question_becomes_ids(small_workspace):
    plan = ground(Draft(act=Act.EXPLAIN, subject=("Ashfall", "ashfall")), State(), small_workspace)
    assert plan.subject == ("g06",)


def test_what_is_forgotten_is_a_field_a_value_or_a_word(small_workspace):
    state = State().planned(ground(Draft(wishes=(wish("kinds", "contains_any", "Horror"),)), State(), small_workspace))
    plan = ground(Draft(forget=("horors", "max players")), state, small_workspace)
    assert [change.what for change in plan.changes] == ["horors", "Horror", "max_players"]
    assert state.planned(plan).conditions == ()


def test_starting_over_comes_before_the_new_wishes(small_workspace):
    draft = Draft(start_over=True, wishes=(wish("kinds", "contains_any", "War"),))
    assert [change.kind for change in ground(draft, State(), small_workspace).changes] == ["start_over", "require"]


def test_the_same_change_is_made_once(small_workspace):
    same = wish("kinds", "contains_any", "War")
    assert len(ground(Draft(wishes=(same, same)), State(), small_workspace).changes) == 1


names = st.text(max_size=40) | st.sampled_from(
    ["Horror", "Ashfall", "the second one", "1990", "nan", "inf", "1e999", "g01"]
)
constraints = st.builds(
    dict,
    field=st.sampled_from(["title", "year", "kinds", "designers", "added", "also_known_as", "price", "nothing"]),
    op=st.sampled_from(["contains_any", "contains_all", "contains_none", "==", "!=", ">=", "<", "between"]),
    value=st.lists(names | st.floats() | st.integers(), min_size=1, max_size=3),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wishes=st.lists(constraints, max_size=3),
    forget=st.lists(names, max_size=3),
    opinions=st.lists(names.filter(bool), max_size=3),
    subject=st.lists(names, max_size=2),
    act=st.sampled_from(list(Act)),
)
def test_any_draft_is_grounded_or_refused_with_a_reason(small_workspace, wishes, forget, opinions, subject, act):
    try:
        draft = Draft.model_validate(
            {
                "act": act,
                "wishes": [{"kind": "constraint", **each} for each in wishes],
                "forget": forget,
                "opinions": [{"opinion": "like", "name": name} for name in opinions],
                "subject": subject,
            }
        )
    except ValueError:
        return  # refused at the door
    try:
        plan = ground(draft, State(), small_workspace)
    except PlanError as error:
        reason = str(error)
    else:
        State().planned(Plan.model_validate_json(plan.model_dump_json()))
        return
    assert reason.endswith(".")
