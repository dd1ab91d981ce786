"""What the rules make of requests, one row a request; and that no string at all upsets them."""

import random
from dataclasses import replace

import pytest
from film_requests import FIRST_TURNS, LATER_TURNS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from said import understood

from tastemaker.agent.plan import Act
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.state import Exchange, State

GAMES = [
    ("something like Harbour 2014", ["anchor Harbour (2014)"]),
    ("a horror game under an hour", ["Horror", "playing time less than 60 minutes"]),
    ("games designed by Mira Okafor", ["designed by Mira Okafor"]),
    ("cooperative games for less than 40 euros", ["Cooperative", "price less than 40"]),
    ("like Moth and Lantern but longer", ["anchor Moth & Lantern", "playing time more than 20 minutes"]),
    ("science fiction from the 2010s, not economic", ["Science Fiction", "from 2010 to 2019", "no Economic"]),
    ("by Ines Calder or Tomas Brandt", ["designed by Ines Calder or Tomas Brandt"]),
    ("family puzzle game", ["Family and Puzzle"]),
    ("price under 30", ["price less than 30"]),
    ("a cheap game", ["~price at most 22"]),
    ("for 4 players", ["max players at least 4 players"]),
    ("mistery and deducton", ["Mystery and Deduction"]),
    ("published by Lantern Works", ["published by Lantern Works"]),
]

FRAGMENTS_TEXT = (
    "no not but or and like with the 80s 1990 under two hours never mind forget more less than second one why who "
    "directed horror war , . ? ! \" ' ( ) - – 1 2 999999999999999999999 ½ ² ٣ é ß 中文 фильм 🙂 \x00 \u202e \n h m min "
    "between from to 0 -1 1e9 first last Harbour Ashfall \ufeff İ ǅ starring by in any undo start over {nouns} %s $1 <="
)
FRAGMENTS = FRAGMENTS_TEXT.split(" ")


@pytest.fixture(scope="module")
def games(small_workspace):
    return RulesPlanner(small_workspace)


@pytest.fixture(scope="module")
def after_a_list(films):
    resolver = films.workspace.resolver
    names = ("Blade Runner", "The Matrix", "Titanic (1997)", "Heat", "Casablanca")
    shown = tuple(resolver.resolve_item(name).best.item_id for name in names)
    state = State().planned(films.plan("80s comedies, no horror", State()).plan)
    return replace(state, shown=(shown,))


def rows(table):
    return pytest.mark.parametrize(("words", "act", "wanted"), table, ids=[words for words, _, _ in table])


@rows(FIRST_TURNS)
def test_a_first_turn_is_understood(films, words, act, wanted):
    plan = films.plan(words, State()).plan
    assert (plan.act, understood(plan, films.workspace)) == (act, set(wanted))


@rows(LATER_TURNS)
def test_a_turn_after_a_list_is_understood(films, after_a_list, words, act, wanted):
    plan = films.plan(words, after_a_list).plan
    assert (plan.act, understood(plan, films.workspace)) == (act, set(wanted))


@pytest.mark.parametrize(("words", "wanted"), GAMES, ids=[words for words, _ in GAMES])
def test_the_same_rules_understand_another_domain(games, words, wanted):
    plan = games.plan(words, State()).plan
    assert (plan.act, understood(plan, games.workspace)) == (Act.RECOMMEND, set(wanted))


@pytest.mark.parametrize(
    ("words", "talk"),
    [
        ("hi there", "greeting"),
        ("Good evening!", "greeting"),
        ("thank you so much", "thanks"),
        ("ok great, thanks", "thanks"),
        ("thanks, have a good night. bye", "goodbye"),
        ("help", "help"),
        ("what can you do?", "help"),
        ("how are you?", "other"),
    ],
)
def test_small_talk_is_no_wish(games, words, talk):
    plan = games.plan(words, State()).plan
    assert (plan.act, plan.talk, plan.changes, plan.query) == (Act.CHAT, talk, (), "")


def test_a_conversation_keeps_and_changes_its_wishes(films):
    said = [
        "90s comedies with Jim Carrey",
        "shorter than 100 minutes",
        "actually from the 2000s",
        "forget the length",
        "no romance please",
    ]
    state = State()
    for words in said:
        state = state.planned(films.plan(words, state).plan)
    assert [(each.field, each.op, each.value) for each in state.conditions] == [
        ("genres", "contains_any", ("Comedy",)),
        ("cast", "contains_any", ("Jim Carrey",)),
        ("year", "between", (2000, 2009)),
        ("genres", "contains_none", ("Romance",)),
    ]


def test_the_version_of_another_year_takes_the_place_of_the_one_named(films):
    state = State().planned(films.plan("something like Sabrina 1995", State()).plan)
    state = state.planned(films.plan("I meant the 1954 one", state).plan)
    assert [rating.title for rating in state.ratings] == ["Sabrina (1954)"]


def test_it_is_what_the_turn_before_was_about(films, after_a_list):
    state = replace(after_a_list, shown=(*after_a_list.shown, ()), focus=(after_a_list.last_shown[1],))
    plan = films.plan("how long is it?", state).plan
    assert (plan.act, understood(plan, films.workspace)) == (Act.EXPLAIN, {"about The Matrix"})


def test_every_condition_says_the_words_it_came_from(films):
    plan = films.plan("a slow 80s sci-fi with Harrison Ford, no horror", State()).plan
    assert {change.condition.said for change in plan.changes} == {"80s", "sci-fi", "Harrison Ford", "horror"}


def test_one_plan_is_made_of_one_request(games):
    words = "a horror game by Dario Venn or Lena Farkas, like Ashfall, under 2 hours, not economic"
    assert games.plan(words, State()) == games.plan(words, State())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=300))
def test_any_text_gets_a_plan(games, words):
    assert games.plan(words, State()).warnings == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join))
def test_any_jumble_of_known_words_gets_a_plan(games, words):
    assert games.plan(words, State()).warnings == ()


@pytest.mark.slow
def test_ten_thousand_random_strings_get_a_plan_each(games, after_ten_games):
    chance = random.Random(7)
    for number in range(10_000):
        length = chance.randrange(0, 60)
        if number % 2:
            words = " ".join(chance.choice(FRAGMENTS) for _ in range(length // 2))
        else:
            words = "".join(
                chr(chance.choice((chance.randrange(32, 127), chance.randrange(0xD7FF)))) for _ in range(length)
            )
        planned = games.plan(words, State() if number % 3 else after_ten_games)
        assert planned.warnings == (), words


@pytest.fixture
def after_ten_games(games):
    ids = tuple(str(item) for item in games.workspace.catalogue.ids[:10])
    return replace(State(), shown=(ids,), exchanges=(Exchange("a horror game", "…"),))


@pytest.mark.parametrize(
    "words",
    [
        "no " * 1300,
        "horror, " * 500,
        "like " * 800,
        "(" * 4000,
        "1990 " * 800,
        "ashfal " * 570,
        "a" * 4000,
        "and or " * 570,
        "the second one " * 260,
        "not too long, " * 280,
        "2 hours and 3 minutes " * 180,
        "x" * 100_000,
    ],
)
@pytest.mark.timeout(20)
def test_four_thousand_letters_are_planned_at_once(games, after_ten_games, words):
    assert games.plan(words, after_ten_games).warnings == ()
