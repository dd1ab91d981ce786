"""What is told of an item or of oneself makes no wish; what is liked is one; what is asked for must hold."""

from dataclasses import replace

import pytest
from said import understood

from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.state import State

TOLD_OF_FILMS = [
    "That is also another good one. Very funny",
    "It was so cute. It starred Julia Roberts and Hugh Grant.",
    "I loved James Franco in that!",
    "I really liked Lost in Translation (2003) with Bill Murray",
    "Mel Gibson is so sexy in that movie",
    "I love that movie with Will Ferrell and Zooey Deschanel",
    "That is such a cute movie! With Kristen Bell and Jason Segel!",
    "I totally agree. Being from England, that is a very nostalgic one",
    "My kids like everything",
    "That's a classic for my family! My family loved it!",
    "I have seen a lot of horror",
    "I've seen it a while back. It's more of a rom com",
    "It's a fantasy written by Neil Gaiman",
    "do you enjoy Quentin Tarantino's works?",
    "do you like dramas like Black Swan (2010)?",
    "sounds funny",
    "The dancing scene with Hugh Grant is my favorite",
    "I watch it because of John Cassavetes",
    "Another great movie is Cold Mountain (2003) with Nicole Kidman and Jude Law",
    "A rogue agent (Idris Elba) meets a pickpocket in it",
    "It is a 2018 movie",
]
ASKED_OF_FILMS = [
    ("any good horror movies?", {"Horror"}),
    ("something with Bill Murray", {"with Bill Murray"}),
    ("It was great. Now show me a western", {"Western"}),
    ("looking for something funny, it has been a long day", {"Comedy"}),
    ("I loved Heat (1995), any other crime movies?", {"Crime"}),
    ("it should be a comedy", {"Comedy"}),
    ("oh sorry, it's a comedy I meant", {"Comedy"}),
    ("my wife wants a western", {"Western"}),
    ("could we have a movie with Cate Blanchett in it?", {"with Cate Blanchett"}),
]
LIKED_FILMS = [
    ("I like comedy and horror", {"Comedy or Horror"}),
    ("I like a horror comedy", {"Horror and Comedy"}),
    ("I also love westerns", {"Western"}),
    ("westerns are my favorite", {"Western"}),
]
TOLD_OF_GAMES = [
    "That was very funny, and it was designed by Mira Okafor",
    "I have played a lot of horror",
    "I loved Ashfall by Mira Okafor",
    "do you like puzzle games?",
    "It's a cooperative game, isn't it",
    "My family loved it!",
]
ASKED_OF_GAMES = [
    ("any horror games?", {"Horror"}),
    ("something by Mira Okafor", {"designed by Mira Okafor"}),
    ("I like puzzle and horror", {"Puzzle or Horror"}),
    ("I loved Ashfall, show me a cooperative one", {"Cooperative"}),
]


@pytest.fixture(scope="module")
def games(small_workspace):
    return RulesPlanner(small_workspace)


def in_talk(planner, *titles):
    """Return a state in which items were shown just before."""
    resolver = planner.workspace.resolver
    return replace(State(), shown=(tuple(resolver.resolve_item(each).best.item_id for each in titles),))


def wishes(planner, words, state):
    plan = planner.plan(words, state).plan
    required = plan.model_copy(
        update={"changes": [each for each in plan.changes if each.kind == "require"], "query": "", "count": None,
                "unresolved": (), "subject": ()},
    )  # fmt: skip
    return understood(required, planner.workspace)


@pytest.mark.parametrize("words", TOLD_OF_FILMS)
def test_what_is_told_of_films_is_no_wish(films, words):
    assert wishes(films, words, in_talk(films, "Blade Runner", "Heat")) == set()


@pytest.mark.parametrize(("words", "wanted"), ASKED_OF_FILMS, ids=[words for words, _ in ASKED_OF_FILMS])
def test_what_is_asked_for_in_talk_of_films_must_hold(films, words, wanted):
    assert wishes(films, words, in_talk(films, "Blade Runner", "Heat")) == wanted


@pytest.mark.parametrize(("words", "wanted"), LIKED_FILMS, ids=[words for words, _ in LIKED_FILMS])
def test_kinds_that_are_liked_are_wished_and_a_list_of_them_means_any(films, words, wanted):
    assert wishes(films, words, in_talk(films, "Blade Runner", "Heat")) == wanted
    assert wishes(films, words, State()) == wanted


@pytest.mark.parametrize("words", ["I love Will Ferrell", "Will Ferrell is hilarious", "I'm a big Will Ferrell fan"])
def test_a_person_who_is_liked_is_a_preference_in_talk_and_a_wish_at_the_start(films, words):
    after = wishes(films, words, in_talk(films, "Blade Runner", "Heat"))
    first = wishes(films, words, State())
    assert {each.lstrip("~") for each in after} == first
    assert all(each.startswith("~") and "Will Ferrell" in each for each in after)
    assert first
    assert not any(each.startswith("~") for each in first)


def test_a_bound_that_is_liked_is_a_preference(films):
    liked = wishes(films, "any time period is fine. I like older comedies too", in_talk(films, "Blade Runner", "Heat"))
    assert "Comedy" in liked
    assert all(each.startswith("~") for each in liked - {"Comedy"})


def test_it_asks_for_an_item_where_none_was_spoken_of(films):
    assert wishes(films, "it has Bill Murray in it", State()) != set()
    assert wishes(films, "it has Bill Murray in it", in_talk(films, "Blade Runner")) == set()


def test_small_talk_leaves_a_wish_and_another_kind_takes_its_place(films):
    state = in_talk(films, "Blade Runner", "Heat")
    for words, kinds in (
        ("I'm looking for a comedy", ["Comedy"]),
        ("That one was a western, very scary", ["Comedy"]),
        ("how about some horror?", ["Horror"]),
        ("I loved the drama in that one", ["Horror"]),
        ("now a drama", ["Drama"]),
    ):
        state = state.planned(films.plan(words, state).plan)
        assert [name for each in state.conditions for name in each.value] == kinds, words


@pytest.mark.parametrize("words", TOLD_OF_GAMES)
def test_what_is_told_of_games_is_no_wish(games, words):
    assert wishes(games, words, in_talk(games, "Harbour", "Ashfall")) == set()


@pytest.mark.parametrize(("words", "wanted"), ASKED_OF_GAMES, ids=[words for words, _ in ASKED_OF_GAMES])
def test_what_is_asked_for_in_talk_of_games_must_hold(games, words, wanted):
    assert wishes(games, words, in_talk(games, "Harbour", "Moth & Lantern")) == wanted
