"""The catalogue of a domain is made of what its requests speak of, the same each time."""

import pytest

from tastemaker.eval.understanding.catalogues import Catalogues, declared_schemas
from tastemaker.eval.understanding.request_file import Dialogue, Turn, plain
from tastemaker.eval.understanding.vocabulary import Vocabulary, alternatives

MUSIC = declared_schemas()["music"]
SAID = (
    "[soul|genres|wanted] by [Aretha=Aretha Franklin|artist|wanted] on [Atlantic|label|wanted]",
    "from [the 60s=1960..1969|year|wanted] and nothing else",
    "more like [kind of blue|item|like-this] or [Kind of Blue|item|liked], no [rap|genres|refused]",
    "[acdc=AC/DC|artist|wanted] or [Franklin|artist|wanted], [under 40 minutes=40|minutes|at-most]",
    "[Blue/Rumours|item|liked], [ballads=Ballad|genres|wanted], a [ballad|genres|wanted]",
)


def requests(*said, domain="music", shown=()):
    turns = []
    for each in said:
        words, marks = plain(each)
        turns.append(Turn(user=words, marks=marks, act="recommend", shown=shown))
    return [Dialogue(id="d", domain=domain, kind="simple", language="en", turns=tuple(turns))]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.of(MUSIC, requests(*SAID, shown=("Hunky Dory",)) + requests("[Emma|item|liked]", domain="books"))


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("[sad|mood|wanted]", ("sad",)),
        ("[x=Action/Adventure|genres|wanted]", ("Action", "Adventure")),
        ("[AC/DC|artist|wanted]", ("AC/DC",)),
        ("[Face/Off|item|liked]", ("Face/Off",)),
    ],
)
def test_a_mark_means_one_name_or_several(marked, names):
    assert alternatives(plain(marked)[1][0]) == names


def test_every_title_becomes_an_item_in_its_best_spelling_and_other_domains_have_none(vocabulary):
    titles = vocabulary.items().column("title")
    spoken = [title for title in titles if not title.startswith("Album number")]
    assert spoken == ["Blue", "Hunky Dory", "Kind of Blue", "Rumours"]
    assert len(set(titles)) == len(titles) == 40


def test_every_name_stands_on_some_item(vocabulary):
    items = vocabulary.items()

    def held(field):
        return {name for names in items.column(field) for name in names}

    assert held("genres") == {"soul", "Hip-Hop", "Ballad"}, "an alias is the name that it means, a plural its singular"
    assert held("artist") == {"Aretha Franklin", "AC/DC"}, "the last name of somebody named in full is no name more"
    assert set(items.column("label")) == {"Atlantic"}


def test_numbers_lie_about_those_spoken_of(vocabulary):
    items = vocabulary.items()
    assert {1955 <= year <= 2022 for year in items.column("year")} == {True}
    assert {30 <= minutes <= 50 for minutes in items.column("minutes")} == {True}
    assert len(set(items.column("year"))) > 10


def test_the_titles_spoken_of_are_equally_well_known(vocabulary):
    log = vocabulary.interactions()
    counts = [log.column("item").count(item) for item in dict.fromkeys(log.column("item"))]
    assert counts == [70] * 4
    pairs = list(zip(log.column("user"), log.column("item"), strict=True))
    assert len(set(pairs)) == len(pairs)


def test_the_same_requests_give_the_same_catalogue_and_others_another(vocabulary):
    again = Vocabulary.of(MUSIC, requests(*SAID, shown=("Hunky Dory",)))
    assert again.items().columns == vocabulary.items().columns
    assert again.fingerprint() == vocabulary.fingerprint()
    more = Vocabulary.of(MUSIC, requests(*SAID, "[Horses|item|liked]", shown=("Hunky Dory",)))
    assert more.fingerprint() != vocabulary.fingerprint()


def test_a_catalogue_is_built_once_and_resolves_what_is_spoken_of(small_workspace, tmp_path):
    told = []

    def opened():
        asked = requests(*SAID, shown=("Hunky Dory",))
        return Catalogues(tmp_path, small_workspace, asked, packaged=False, progress=lambda *each: told.append(each))

    with opened() as catalogues:
        music = catalogues.workspace("music")
        assert catalogues.workspace("music") is music
        assert catalogues.workspace("board_games") is small_workspace
        found = music.resolver.mentions("soul by acdc, something like Kind of Blue")
        assert [each.matches[0].values for each in found] == [("soul",), ("Kind of Blue",)]
        assert music.resolver.resolve("AC/DC").best.values == ("AC/DC",)
    assert {step.split(":")[0] for step, _, _ in told} == {"music"}
    told.clear()
    with opened() as catalogues:
        assert catalogues.workspace("music").resolver.resolve_item("Rumours").best
    assert told == []
    assert small_workspace.catalogue.ids.size, "the workspace that was given stays open"
