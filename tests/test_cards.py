"""Cards: what they show of an item, how they mark wishes, what their buttons ask for, and that nothing in them runs."""

from html.parser import HTMLParser

import pytest

from tastemaker.agent.reply import CertificateEntry, Recommendation, ShownItem
from tastemaker.tools.catalogue.constraint import Verdict
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role
from tastemaker.tools.evidence import Evidence
from tastemaker.ui.cards import cards, say_value

SCHEMA = CatalogueSchema(
    noun="recipe",
    plural="recipes",
    fields=(
        CatalogueField(name="name", type=FieldType.TEXT, role=Role.TITLE),
        CatalogueField(name="first_cooked", type=FieldType.NUMBER, role=Role.YEAR),
        CatalogueField(name="kinds", type=FieldType.CATEGORIES, role=Role.GENRE),
        CatalogueField(name="cooks", type=FieldType.CATEGORIES, role=Role.PERSON, label="cooked by"),
        CatalogueField(name="minutes", type=FieldType.NUMBER, unit="min"),
        CatalogueField(name="stars", type=FieldType.NUMBER),
        CatalogueField(name="secret", type=FieldType.CATEGORY, shown=False),
    ),
)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


class Texts(HTMLParser):
    """Collects tags, attributes and text as a browser would read them."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def buttons(self):
        return [attributes for tag, attributes in self.attributes if tag == "button"]


def recommended(*certificate, title="Onion Tart", evidence=(), **values):
    item = ShownItem(id="r1", title=title, values={"name": title, **values})
    return Recommendation(
        rank=1, item=item, score=1.0, explanation="Baked, and quick.", evidence=evidence, certificate=certificate
    )


def read(recommendation, felt=None):
    return Texts(cards([recommendation], SCHEMA, felt or {}, "t1"))


def test_a_card_shows_the_fields_that_the_schema_shows_in_its_words():
    card = read(
        recommended(first_cooked=1987.0, kinds=("Tart", "Baked"), cooks=("Ada",), minutes=45.0, stars=4.5, secret="x")
    )
    for shown in ("Onion Tart", "1987", "Tart", "Baked", "cooked by", "Ada", "45 min", "stars", "4.5"):
        assert shown in card.text
    assert "x" not in card.text.replace("Baked, and quick.", "").split()


def test_an_item_that_nobody_has_rated_yet_is_marked_as_new():
    known = recommended()
    fresh = known.model_copy(update={"item": known.item.model_copy(update={"new": True})})
    assert "tm-new" in [attributes.get("class") for _, attributes in read(fresh).attributes]
    assert "tm-new" not in [attributes.get("class") for _, attributes in read(known).attributes]


def test_a_missing_value_leaves_no_empty_label():
    card = read(recommended(cooks=(), minutes=None, stars=None))
    assert "cooked by" not in card.text
    assert "stars" not in card.text


def test_a_title_that_carries_its_year_does_not_say_it_twice():
    assert read(recommended(title="Onion Tart (1987)", first_cooked=1987.0)).text.count("1987") == 1


def test_long_lists_of_names_are_cut_and_counted():
    field = SCHEMA.field("cooks")
    assert say_value(("A", "B", "C", "D", "E"), field) == "A, B, C +2"
    assert say_value((), field) == ""


def test_the_names_that_a_reason_speaks_of_are_not_cut_off():
    fact = Evidence(source="catalogue", name="cooks", value=("Zoe",), about="r1")
    card = read(recommended(evidence=(fact,), cooks=("Ada", "Bea", "Cleo", "Dora", "Zoe")))
    assert "Zoe, Ada, Bea +2" in card.text


@pytest.mark.parametrize(
    ("verdict", "spoken"), [(Verdict.MATCH, "meets"), (Verdict.UNKNOWN, "not known"), (Verdict.VIOLATES, "breaks")]
)
def test_every_wish_is_marked_with_its_verdict_for_eyes_and_for_screen_readers(verdict, spoken):
    entry = CertificateEntry(wish="minutes at most 60", strength="must", verdict=verdict, said="within the hour")
    card = read(recommended(entry))
    assert "minutes at most 60" in card.text
    assert "within the hour" in card.text
    assert any(spoken in (attributes.get("aria-label") or "") for _, attributes in card.attributes)
    assert any(f"is-{verdict.value}" in (attributes.get("class") or "") for _, attributes in card.attributes)


def test_a_wish_that_was_given_up_says_so():
    entry = CertificateEntry(wish="minutes at most 60", strength="prefer", verdict=Verdict.VIOLATES, relaxed=True)
    assert "given up" in read(recommended(entry)).text


def test_words_that_only_repeat_the_wish_are_not_shown_again():
    entry = CertificateEntry(wish="no Onion", strength="must", verdict=Verdict.MATCH, said="no onion")
    assert "q" not in read(recommended(entry)).tags


def test_reasons_can_be_traced_to_their_sources():
    facts = (
        Evidence(source="catalogue", name="cooks", value=("Ada",), about="r1"),
        Evidence(source="interactions", name="liked_together", value=12.0),
        Evidence(source="person", name="said", value="quick"),
    )
    text = read(recommended(evidence=facts)).text
    for words in ("catalogue cooked by: Ada", "ratings liked together: 12", "you said: quick"):
        assert words in " ".join(text.split())


def test_a_button_says_which_item_it_acts_on():
    buttons = read(recommended()).buttons()
    assert [button["data-tm-action"] for button in buttons] == ["like", "dislike", "more"]
    assert {button["data-tm-value"] for button in buttons} == {"r1"}
    assert all(button["aria-label"].endswith(": Onion Tart") for button in buttons)


def test_a_pressed_button_shows_it_and_takes_it_back():
    card = read(recommended(), {"r1": "like"})
    like, dislike, _ = card.buttons()
    assert (like["aria-pressed"], dislike["aria-pressed"]) == ("true", "false")
    assert (like["data-tm-action"], like["data-tm-value"]) == ("forget", "Onion Tart")
    assert "Liked" in card.text


def test_nothing_from_a_catalogue_or_a_person_becomes_markup():
    entry = CertificateEntry(wish=HOSTILE, strength="must", verdict=Verdict.MATCH, said=f"say {HOSTILE}")
    fact = Evidence(source="catalogue", name=HOSTILE, value=HOSTILE)
    hostile = recommended(entry, title=HOSTILE, evidence=(fact,), kinds=(HOSTILE,), cooks=(HOSTILE,)).model_copy(
        update={"explanation": HOSTILE}
    )
    card = read(hostile)
    assert not {"script", "img"} & set(card.tags)
    assert not any(name.startswith("on") for _, attributes in card.attributes for name in attributes)
    assert card.text.count("<script>alert(1)</script>") >= 6
