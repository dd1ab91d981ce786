"""For what a person is named, told by words that stand away from the name."""

import pytest
from said import understood

from tastemaker.agent.state import State

REQUESTS = [
    ("something Robert Redford made behind the camera", {"directed by Robert Redford"}),
    ("I want Harold Ramis in front of the camera", {"with Harold Ramis"}),
    ("Anything where Orson Welles sat in the director's chair?", {"directed by Orson Welles"}),
    ("Kenneth Branagh but only behind the camera", {"directed by Kenneth Branagh"}),
    ("Clint Eastwood films he does not act in", {"directed by Clint Eastwood", "not with Clint Eastwood"}),
    ("Spike Lee joints he isn't in front of the camera for", {"director or writer Spike Lee", "not with Spike Lee"}),
    ("a film with Tom Hanks directed by Spielberg", {"with Tom Hanks", "directed by Steven Spielberg"}),
]


@pytest.mark.parametrize(("words", "wanted"), REQUESTS, ids=[words for words, _ in REQUESTS])
def test_words_behind_a_name_tell_what_it_is_named_for(films, words, wanted):
    assert understood(films.plan(words, State()).plan, films.workspace) == wanted
