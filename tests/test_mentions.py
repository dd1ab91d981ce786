"""Names in free text: the films of the demo, whose titles are full of ordinary words."""

from itertools import pairwise

import pytest

MENTIONED = [
    ("a sci-fi like Blade Runner", ["Sci-Fi", "Blade Runner"]),
    ("something like blade runer or the matrix", ["Blade Runner", "The Matrix"]),
    ("movies like heat", ["Heat"]),
    ("I enjoyed “Up” a lot", ["Up"]),
    ("i loved heat and drive, hated it", ["Heat", "Drive"]),
    ("Inception, Gladiator and Memento", ["Inception", "Gladiator (2000)", "Memento"]),
    ("star wars was great", ["Star Wars: Episode IV - A New Hope"]),
    ("who directed the godfather part ii?", ["The Godfather: Part II"]),
    ("I liked Sabrina 1995", ["Sabrina (1995)"]),
    ("I liked Sabrina (1954)", ["Sabrina (1954)"]),
    ("harry potter", ["Harry Potter and the Sorcerer's Stone"]),
    ("spiderman", ["Spider-Man"]),
    ("tell me about Brazil", ["Brazil"]),
    ("films from Brazil", ["Brazil"]),
    ("clint eastwod westerns", ["Clint Eastwood", "Western"]),
    ("a film with Nicole Kidmann and Tom Criuse", ["Nicole Kidman", "Tom Cruise"]),
    ("more tarantino movies", ["Quentin Tarantino"]),
    ("Hitchcock's thrillers", ["Alfred Hitchcock", "Thriller"]),
    ("a documentery about penguins", ["Documentary"]),
    ("90s comedies with Jim Carey", ["Comedy", "Jim Carrey"]),
    ("something by stephen spielberg", ["Steven Spielberg"]),
    ("a British comedy, not American", ["United Kingdom", "Comedy", "United States"]),
]

PLAIN = [
    "i want a big heart in it, up to you",
    "the thing is i want something new",
    "it was her idea",
    "a film set in chicago",
    "i love cars and explosions",
    "I would like something like a slow burn",
    "fast cars, no matter what",
    "perfect",
    "she said yes",
]


@pytest.mark.parametrize(("text", "names"), MENTIONED)
def test_what_is_named_is_found(demo_workspace, text, names):
    found = demo_workspace.resolver.mentions(text)
    assert [mention.matches[0].values[0] for mention in found if mention.matches] == names


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_words_are_no_titles(demo_workspace, text):
    assert [mention.text for mention in demo_workspace.resolver.mentions(text)] == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("like Zorblax 9", "Zorblax 9", "item"),
        ("like Blade Runner 2049 (2017)", "Blade Runner 2049 (2017)", "item"),
        ("I saw Jumanji (2017)", "Jumanji (2017)", "item"),
        ("starring Foo Barbaz", "Foo Barbaz", "person"),
        ("directed by Zack Nobody", "Zack Nobody", "person"),
    ],
)
def test_an_announced_name_that_nobody_has_is_a_mention_without_matches(demo_workspace, text, name, kind):
    [mention] = demo_workspace.resolver.mentions(text)
    assert (mention.text, mention.kind, mention.matches) == (name, kind, ())


@pytest.mark.parametrize("text", [text for text, _ in MENTIONED])
def test_mentions_stand_in_the_text_in_order_and_apart(demo_workspace, text):
    found = demo_workspace.resolver.mentions(text)
    assert all(text[mention.start : mention.end] == mention.text for mention in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


def test_a_game_is_found_by_the_words_of_its_own_domain(small_workspace):
    found = small_workspace.resolver.mentions("something like Moth and Lantern, by Mira Okafer, no horror")
    assert [mention.matches[0].values[0] for mention in found] == ["Moth & Lantern", "Mira Okafor", "Horror"]
