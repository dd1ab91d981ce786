"""What the rules make of requests, one row a request; and that no string at all upsets them."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from said import understood

from tastemaker.agent.plan import Act
from tastemaker.agent.planners.rules import RulesPlanner
from tastemaker.agent.state import Exchange, State

FIRST_TURNS = [
    (
        "a slow 80s sci-fi like Blade Runner, no horror, under two hours",
        "recommend",
        [
            "Sci-Fi",
            "anchor Blade Runner",
            "from 1980 to 1989",
            "no Horror",
            "query slow",
            "runtime less than 120 minutes",
        ],
    ),
    ("90s comedies with Jim Carrey", "recommend", ["Comedy", "from 1990 to 1999", "with Jim Carrey"]),
    ("something scary in Japanese", "recommend", ["Horror", "in Japanese"]),
    (
        "French films directed by Jean-Luc Godard",
        "recommend",
        ["directed by Jean-Luc Godard", "in French or from France"],
    ),
    (
        "an animated film for the kids, shorter than 90 minutes",
        "recommend",
        ["Animation", "Children", "runtime less than 90 minutes"],
    ),
    ("I loved Heat and The Usual Suspects, what next?", "recommend", ["like Heat", "like The Usual Suspects"]),
    ("films from 1994", "recommend", ["year 1994"]),
    ("released in 1994", "recommend", ["year 1994"]),
    ("something after 2000 but before 2010", "recommend", ["after 2000", "before 2010"]),
    ("between 1990 and 1995", "recommend", ["from 1990 to 1995"]),
    ("1990-1995 thrillers", "recommend", ["Thriller", "from 1990 to 1995"]),
    ("from the 70s to the 90s", "recommend", ["from 1970 to 1999"]),
    ("a western from the 60s or 70s", "recommend", ["Western", "from 1960 to 1979"]),
    ("a war film from the 50s or the 80s", "recommend", ["War", "from 1950 to 1959 or from 1980 to 1989"]),
    ("late 90s action", "recommend", ["Action", "from 1997 to 1999"]),
    ("early 2000s romantic comedy", "recommend", ["Romance and Comedy", "from 2000 to 2003"]),
    ("mid-80s horror", "recommend", ["Horror", "from 1984 to 1986"]),
    ("the eighties", "recommend", ["from 1980 to 1989"]),
    ("80's horror", "recommend", ["Horror", "from 1980 to 1989"]),
    ("movies since 2010", "recommend", ["from 2010 on"]),
    ("2010 or later", "recommend", ["from 2010 on"]),
    ("up to 1960", "recommend", ["up to 1960"]),
    ("pre-1960 musicals", "recommend", ["Musical", "before 1960"]),
    ("newer than 2005", "recommend", ["after 2005"]),
    ("older than 1960", "recommend", ["before 1960"]),
    ("no older than 1990", "recommend", ["from 1990 on"]),
    ("not after 2005", "recommend", ["up to 2005"]),
    ("nothing from the 70s", "recommend", ["not from 1970 to 1979"]),
    ("nothing before 1980", "recommend", ["from 1980 on"]),
    ("around 1975", "recommend", ["from 1973 to 1977"]),
    ("this century", "recommend", ["from 2000 on"]),
    ("from the last ten years", "recommend", ["from 2006 on"]),
    ("less than 90 minutes", "recommend", ["runtime less than 90 minutes"]),
    ("over 2h please", "recommend", ["runtime more than 120 minutes"]),
    ("at least 2 hours", "recommend", ["runtime at least 120 minutes"]),
    ("no longer than 100 minutes", "recommend", ["runtime at most 100 minutes"]),
    ("two and a half hours max", "recommend", ["runtime at most 150 minutes"]),
    ("an hour and a half or less", "recommend", ["runtime at most 90 minutes"]),
    ("a 90-minute thriller", "recommend", ["Thriller", "runtime from 81 to 99 minutes"]),
    ("around 100 minutes", "recommend", ["runtime from 90 to 110 minutes"]),
    ("between 90 and 120 minutes", "recommend", ["runtime from 90 to 120 minutes"]),
    ("1h30 at most", "recommend", ["runtime at most 90 minutes"]),
    ("a short film", "recommend", ["~runtime at most 93 minutes"]),
    ("something recent in French", "recommend", ["in French", "~from 2006 on"]),
    ("a new comedy", "recommend", ["Comedy", "~from 2006 on"]),
    ("not too long", "recommend", ["~runtime less than 116 minutes"]),
    ("a French film", "recommend", ["in French or from France"]),
    ("in Spanish or Italian", "recommend", ["in Spanish or Italian"]),
    ("films from Japan", "recommend", ["from Japan"]),
    ("Korean thrillers", "recommend", ["Thriller", "in Korean or from South Korea"]),
    ("a British comedy, not American", "recommend", ["Comedy", "from United Kingdom", "not from United States"]),
    ("with Tom Hanks and Meg Ryan", "recommend", ["with Tom Hanks and Meg Ryan"]),
    (
        "starring Al Pacino or Robert De Niro, ideally from the 70s",
        "recommend",
        ["with Al Pacino or Robert De Niro", "~from 1970 to 1979"],
    ),
    (
        "directed by Quentin Tarantino or the Coen brothers",
        "recommend",
        ["directed by Quentin Tarantino or writer or cast Coen brothers"],
    ),
    ("a tarantino film", "recommend", ["writer, cast or director Quentin Tarantino"]),
    ("films nolan directed", "recommend", ["directed by Christopher Nolan"]),
    ("three films by Kubrick", "recommend", ["count 3", "directed by Stanley Kubrick"]),
    ("written by Charlie Kaufman", "recommend", ["written by Charlie Kaufman"]),
    ("clint eastwod westerns", "recommend", ["Western", "cast or director Clint Eastwood"]),
    ("something by spilberg", "recommend", ["directed by Steven Spielberg"]),
    ("quentin tarrantino movies", "recommend", ["writer, cast or director Quentin Tarantino"]),
    ("no horror, war or musicals", "recommend", ["no Horror, War or Musical"]),
    ("no horror, no war", "recommend", ["no Horror or War"]),
    ("no horror, a comedy please", "recommend", ["Comedy", "no Horror"]),
    ("comedy, no horror or war", "recommend", ["Comedy", "no Horror or War"]),
    ("horror but not gore", "recommend", ["Horror"]),
    ("a comedy without Adam Sandler", "recommend", ["Comedy", "not with Adam Sandler", "not written by Adam Sandler"]),
    ("anything but horror", "recommend", ["no Horror"]),
    ("everything except horror", "recommend", ["no Horror"]),
    ("I don't like horror but I love thrillers", "recommend", ["Thriller", "no Horror"]),
    ("I'm not a fan of musicals", "recommend", ["no Musical"]),
    ("not too scary", "recommend", ["~no Horror"]),
    ("less violent, more romantic", "recommend", ["Romance"]),
    ("not only comedies", "ask", []),
    ("no horror but fantasy is fine", "recommend", ["no Horror"]),
    ("exclude anything with Nicolas Cage", "recommend", ["not with Nicolas Cage"]),
    ("not a horror film", "recommend", ["no Horror"]),
    ("comedies or dramas with Bill Murray", "recommend", ["Comedy or Drama", "with Bill Murray"]),
    ("comedies and thrillers", "recommend", ["Comedy or Thriller"]),
    ("a romantic comedy or a romantic drama", "recommend", ["Romance and Comedy or Romance and Drama"]),
    ("a sci-fi thriller", "recommend", ["Sci-Fi and Thriller"]),
    ("a dark comedy", "recommend", ["Comedy", "query dark"]),
    ("maybe a comedy, if possible in Spanish", "recommend", ["~Comedy", "~in Spanish"]),
    ("a thriller, preferably from the 90s", "recommend", ["Thriller", "~from 1990 to 1999"]),
    ("a musical would be nice", "recommend", ["~Musical"]),
    ("I'd prefer a western", "recommend", ["~Western"]),
    ("similar to Alien and The Thing", "recommend", ["anchor Alien", "anchor The Thing (1982)"]),
    ("something like blade runer or the matrix", "recommend", ["anchor Blade Runner", "anchor The Matrix"]),
    ("movies like heat", "recommend", ["anchor Heat"]),
    ('like "Up" but for adults', "recommend", ["anchor Up", "query adults"]),
    ("like Titanic but shorter", "recommend", ["anchor Titanic (1997)", "runtime less than 194 minutes"]),
    ("a film like Sabrina 1995", "recommend", ["anchor Sabrina (1995)"]),
    ("a film like Sabrina (1954)", "recommend", ["anchor Sabrina (1954)"]),
    ("the empire strikes back", "recommend", ["anchor Star Wars: Episode V - The Empire Strikes Back"]),
    ("Godfather part 2", "recommend", ["anchor The Godfather: Part II"]),
    ("I hated Titanic", "recommend", ["dislike Titanic (1997)"]),
    ("I didn't like Avatar", "recommend", ["dislike Avatar"]),
    ("I've already seen The Matrix", "recommend", ["seen The Matrix"]),
    ("I just watched Fargo and loved it", "recommend", ["like Fargo"]),
    ("Fargo and Memento were great", "recommend", ["like Fargo", "like Memento"]),
    ("my favourite film is Casablanca", "recommend", ["like Casablanca"]),
    ("I haven't seen Casablanca", "ask", []),
    ("not Psycho", "recommend", ["dislike Psycho (1960)"]),
    (
        "Can you recommend a film by Hitchcock that isn't Psycho?",
        "recommend",
        ["directed by Alfred Hitchcock", "dislike Psycho (1960)"],
    ),
    ("a film like Zorblax 9", "recommend", ["missing Zorblax 9"]),
    ("starring Foo Barbaz", "recommend", ["missing Foo Barbaz"]),
    ("like Blade Runner 2049 (2017)", "recommend", ["missing Blade Runner 2049 (2017)"]),
    ("mind-bending heist with a twist", "recommend", ["query mind-bending heist with a twist"]),
    ("something set in chicago", "recommend", ["query set in chicago"]),
    ("a sad story about a dog", "recommend", ["query sad story about a dog"]),
    ("I want a big heart in it, up to you", "recommend", ["query big heart"]),
    ("give me 10 sci-fi movies", "recommend", ["Sci-Fi", "count 10"]),
    ("top 5 westerns", "recommend", ["Western", "count 5"]),
    ("just one film with Tom Hanks", "recommend", ["count 1", "with Tom Hanks"]),
    ("surprise me", "recommend", []),
    ("hi", "chat", []),
    ("Hi, I want a film", "ask", []),
    ("thanks, bye!", "chat", []),
    ("help", "chat", []),
    ("how are you?", "chat", []),
    ("who directed The Godfather?", "explain", ["about The Godfather"]),
    ("tell me about Fargo", "explain", ["about Fargo"]),
    ("how long is Sabrina 1995?", "explain", ["about Sabrina (1995)"]),
    ("what is Inception about?", "explain", ["about Inception"]),
    ("start over", "ask", ["start over"]),
    ("undo", "undo", []),
    ("Came out in 2016 or 2015", "recommend", ["from 2015 to 2016"]),
    ("a scary movie for halloween", "recommend", ["Horror", "query halloween"]),
    ("I want to laugh", "recommend", ["query laugh"]),
    ("movies where the hero loses his memory", "recommend", ["query hero loses his memory"]),
    ("Hitchcock's thrillers", "recommend", ["Thriller", "cast, director or writer Alfred Hitchcock"]),
    (
        "a Polish drama under 90 minutes with subtitles",
        "recommend",
        ["Drama", "in Polish or from Poland", "query subtitles", "runtime less than 90 minutes"],
    ),
    ("not long, not old", "recommend", ["~after 1985", "~runtime less than 116 minutes"]),
    (
        "westerns without John Wayne from before 1970",
        "recommend",
        ["Western", "before 1970", "not directed by John Wayne", "not with John Wayne"],
    ),
    (
        "documentaries about penguins, no more than 80 minutes",
        "recommend",
        ["Documentary", "query penguins", "runtime at most 80 minutes"],
    ),
    ("a horror comedy but nothing after 1999", "recommend", ["Horror and Comedy", "up to 1999"]),
    (
        "action, no Tom Cruise and no Nicolas Cage",
        "recommend",
        ["Action", "not with Nicolas Cage", "not with Tom Cruise", "not written by Nicolas Cage"],
    ),
    ("I'm sick of superheroes, give me a quiet drama", "recommend", ["Drama", "query quiet"]),
]
"""Request, act, what is understood."""

LATER_TURNS = [
    ("more like the second one", "critique", ["anchor The Matrix"]),
    ("more like these", "critique", ["anchor Blade Runner", "anchor The Matrix", "anchor Titanic (1997)"]),
    ("something else", "critique", []),
    ("others please", "critique", []),
    ("shorter", "critique", ["runtime less than 136 minutes"]),
    ("a bit longer", "critique", ["runtime more than 136 minutes"]),
    ("newer ones", "critique", ["after 1995"]),
    ("older than the second one", "critique", ["before 1999"]),
    ("shorter than Heat", "critique", ["runtime less than 170 minutes"]),
    ("too long", "critique", ["runtime less than 136 minutes"]),
    ("none of these", "critique", []),
    ("forget the comedy part", "recommend", ["forget Comedy", "forget comedy"]),
    ("never mind the comedy", "recommend", ["forget Comedy", "forget comedy"]),
    ("actually the fifties", "recommend", ["from 1950 to 1959"]),
    ("why the second one?", "explain", ["about The Matrix"]),
    ("who directed the third?", "explain", ["about Titanic (1997)"]),
    ("how long is the last one", "explain", ["about Casablanca"]),
    ("which one is the shortest?", "explain", []),
    ("compare the first and the third", "explain", ["about Blade Runner", "about Titanic (1997)"]),
    (
        "I've seen all of those",
        "critique",
        ["seen Blade Runner", "seen Casablanca", "seen Heat", "seen The Matrix", "seen Titanic (1997)"],
    ),
    ("I've already seen the first two", "critique", ["seen Blade Runner", "seen The Matrix"]),
    ("not the third one", "critique", ["dislike Titanic (1997)"]),
    ("I loved the first but hated the third", "critique", ["dislike Titanic (1997)", "like Blade Runner"]),
    (
        "more like these but funnier",
        "critique",
        ["anchor Blade Runner", "anchor The Matrix", "anchor Titanic (1997)", "~Comedy"],
    ),
    ("any genre is fine", "recommend", ["forget genres"]),
    ("the year doesn't matter", "recommend", ["forget year"]),
    ("drop the 80s", "recommend", ["forget year"]),
    ("horror is fine actually", "recommend", ["forget Horror", "forget horror"]),
    ("less romance", "recommend", ["~no Romance"]),
    ("give me 3 more", "critique", ["count 3"]),
    ("start over, I want a western", "recommend", ["Western", "start over"]),
    ("forget that", "undo", []),
    ("great, I'll watch the second one", "chat", []),
    ("thanks, that's perfect", "chat", []),
    ("the one with Leonardo DiCaprio, who directed it?", "explain", ["about Titanic (1997)"]),
    ("with Harrison Ford instead", "recommend", ["with Harrison Ford"]),
    ("make it a thriller", "recommend", ["Thriller"]),
    ("what about something from the 90s?", "recommend", ["from 1990 to 1999"]),
    ("not so long", "critique", ["~runtime less than 116 minutes"]),
    ("and without Tom Cruise", "recommend", ["not with Tom Cruise"]),
    ("show me more", "critique", []),
]
"""After "80s comedies, no horror" and a list of Blade Runner, The Matrix, Titanic, Heat and Casablanca."""

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
def films(demo_workspace):
    return RulesPlanner(demo_workspace)


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
    state = replace(
        after_a_list, exchanges=(Exchange("tell me about the second one", "…"),), shown=(*after_a_list.shown, ())
    )
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
