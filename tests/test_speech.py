"""Replies in the person's language: every template has its translations, and one conversation in each language."""

import ast
from pathlib import Path
from string import Formatter

import pytest

from tastemaker.agent import Recommender
from tastemaker.agent.beliefs import beliefs
from tastemaker.agent.dials import Dials
from tastemaker.agent.languages.lexicon import LANGUAGES
from tastemaker.agent.languages.speech import Wording, foreign, say, speaking, word
from tastemaker.agent.plan import SaidMotive
from tastemaker.agent.question import Questioner
from tastemaker.agent.state import State
from tastemaker.agent.wording import counted, join, say_condition
from tastemaker.eval.honesty import HonestyCheck
from tastemaker.tools.catalogue.constraint import Constraint, Operator
from tastemaker.tools.catalogue.schema import CatalogueField, CatalogueSchema, FieldType, Role

AGENT = Path(__file__).parent.parent / "agent"
BOOKS = CatalogueSchema(
    noun="book",
    plural="books",
    fields=(
        CatalogueField(name="title", type=FieldType.TEXT, role=Role.TITLE),
        CatalogueField(name="genre", type=FieldType.CATEGORIES, role=Role.GENRE, phrase="{value}"),
        CatalogueField(name="author", type=FieldType.CATEGORIES, role=Role.PERSON, phrase="written by {value}"),
        CatalogueField(name="length", type=FieldType.NUMBER, unit="pages", phrase="{value} pages long"),
    ),
    languages={
        "es": {
            "book": ("libro", "obra"),
            "books": ("libros",),
            "Crime": ("novela negra",),
            "length": ("extensión",),
            "author": ("autor",),
        }
    },
)


def calls(name: str) -> list[ast.Call]:
    found = []
    for path in AGENT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                found.append(node)
    return found


def templates() -> set[str]:
    firsts = [call.args[0] for name in ("say", "template") for call in calls(name)]
    return {first.value for first in firsts if isinstance(first, ast.Constant)}


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_said_has_a_translation_with_the_same_places_to_fill_in(language):
    translated = Wording.load(language).templates
    assert set(translated) == templates()
    assert not [english for english, said in translated.items() if places(english) != places(said)]


def test_what_a_template_needs_is_given_wherever_it_is_said():
    short = []
    for call in calls("say"):
        if isinstance(call.args[0], ast.Constant):
            given = {keyword.arg for keyword in call.keywords}
            short += [call.args[0].value] if given != places(call.args[0].value) else []
    assert not short


def test_english_is_said_as_it_is_written():
    assert say("Here are {items}: {wishes}.", items="3 books", wishes="Crime") == "Here are 3 books: Crime."
    with speaking("en", BOOKS):
        assert not foreign()
        assert join(["a", "b", "c"]) == "a, b and c"
    with speaking("xx", BOOKS):
        assert join(["a", "b"], "or") == "a or b"


def test_words_of_the_catalogue_come_from_its_schema_and_those_of_the_world_from_the_language():
    with speaking("es", BOOKS):
        assert (word("Crime"), word("pages"), word("Poetry")) == ("novela negra", "páginas", "Poetry")
        assert (counted(1, BOOKS), counted(2, BOOKS)) == ("1 libro", "2 libros")
    assert (word("Crime"), counted(1234, BOOKS)) == ("Crime", "1,234 books")


def test_a_language_ends_with_its_block_even_when_that_fails():
    def failing():
        with speaking("fr", BOOKS):
            assert say("Undo") == "Annuler"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert say("Undo") == "Undo"


def test_a_field_without_a_phrase_in_the_language_is_said_by_its_label():
    long = Constraint(field="length", op=Operator.AT_MOST, value=(300,))
    author = Constraint(field="author", op=Operator.CONTAINS_ANY, value=("Ana Ruiz",))
    refused = Constraint(field="genre", op=Operator.CONTAINS_NONE, value=("Crime", "Poetry"))
    with speaking("es", BOOKS):
        assert say_condition(long, BOOKS) == "extensión de 300 páginas como máximo"
        assert say_condition(author, BOOKS) == "autor: Ana Ruiz"
        assert say_condition(refused, BOOKS) == "nada de novela negra o Poetry"
    assert say_condition(author, BOOKS) == "written by Ana Ruiz"


def test_nouns_without_a_plural_are_counted_as_they_are(demo_workspace):
    with speaking("zh", demo_workspace.schema):
        assert counted(12, demo_workspace.schema) == "12 部电影"
        assert join(["a", "b", "c"]) == "a、b和c"


def test_words_for_replies_alone_are_not_listened_to(demo_workspace):
    heard = demo_workspace.schema.words_in("es")
    assert heard["comedia"] == "Comedy"
    assert "tus hijos" not in heard
    assert not [said for said in heard if "{" in said]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chip_is_understood_in_the_words_that_it_has(language, demo_recommender):
    workspace, planner = demo_recommender.workspace, demo_recommender.planner
    for words, english in Questioner(workspace.catalogue).ready(language).items():
        if english.startswith("forget "):
            continue
        said = planner.plan(words, State(language=language)).plan
        meant = planner.plan(english, State()).plan
        assert said.language == language, words
        assert bare(said) == bare(meant), words


def bare(plan) -> list[object]:
    conditions = [change.condition for change in plan.changes if hasattr(change, "condition")]
    return [without_words(each.model_dump()) for each in conditions]


def without_words(node):
    if isinstance(node, dict):
        return {key: without_words(value) for key, value in node.items() if key != "said"}
    return [without_words(each) for each in node] if isinstance(node, (list, tuple)) else node


@pytest.fixture(scope="module")
def demo_recommender(demo_workspace, tmp_path_factory):
    sessions = tmp_path_factory.mktemp("speech") / "sessions.db"
    with Recommender.open(demo_workspace, planner="rules", sessions=sessions) as recommender:
        yield recommender


def test_a_chip_that_is_clicked_keeps_the_language(demo_recommender):
    session = demo_recommender.session()
    asked = session.say("quiero ver una película")
    assert asked.closing == "¿Qué género te apetece?"
    chip = next(each for each in asked.chips if each.label == "Comedia")
    answered = session.say(chip.words)
    assert answered.opening == "Aquí tienes 5 películas: comedia."
    older = session.say(answered.chips[0].words)
    assert older.opening.startswith("Aquí tienes 5 películas: comedia, de ")
    bare_name = session.say("Drama")
    assert bare_name.opening.startswith("Aquí tienes 5 películas: ")
    assert session.state.language == "es"


def test_an_offer_to_leave_a_wish_out_can_be_taken_by_its_chip(demo_recommender):
    session = demo_recommender.session()
    empty = session.say("une comédie de Hayao Miyazaki des années 30")
    assert empty.act == "empty"
    assert "rien ne répond à tout cela : comédie, réalisé par Hayao Miyazaki" in empty.text
    (chip,) = empty.chips
    assert chip.label.startswith("Laisser de côté : ")
    found = session.say(chip.words)
    assert found.text.startswith("Voici ")
    assert session.state.language == "fr"


def test_buttons_speak_the_language_of_the_conversation(demo_recommender):
    session = demo_recommender.session()
    shown = session.say("ein Horrorfilm bitte").recommendations[0].item
    assert session.like(shown.id).text == f"Notiert: Du magst {shown.title}."
    assert session.undo().text == f"Zurückgenommen: „Ich mag {shown.title}“."
    assert session.forget("Horror").opening.startswith("Für den Anfang sind hier 5 Filme")


def test_beliefs_are_told_in_the_language_with_the_words_as_they_were_said(demo_workspace):
    state = State(
        conditions=(Constraint(field="genres", op=Operator.CONTAINS_ANY, value=("Comedy",), said="una comedia"),),
        motives=(SaidMotive(name="your children", said="para mis hijos"),),
        dials=Dials(adventure=1.0),
    )
    with speaking("es", demo_workspace.schema):
        told = beliefs(state, demo_workspace.schema, ["Heat"])
    assert "- comedia (por tus palabras “una comedia”)" in told
    assert "- algo para tus hijos (por tus palabras “para mis hijos”)" in told
    assert "De antes conozco 1 película de tu gusto, por último Heat." in told


CONVERSATIONS = {
    "es": (
        ("hola", "¡Hola! Dime qué te apetece; conozco 9,"),
        ("una comedia de los 90 de menos de 100 minutos", "comedia, de 1990 a 1999, duración de menos de 100 minutos."),
        ("¿por qué la primera?", "Cumple lo que pediste: comedia"),
        ("compara la primera y la segunda", "- género: en común comedia"),
        ("¿quién dirigió la primera?", ": dirigida por "),
        ("una de terror de 1931 con Al Pacino", "Lo más cercano es “"),
        ("deshacer", "Retirado: “una de terror de 1931 con Al Pacino”."),
        ("gracias", "De nada."),
        ("ayuda", "También puedes decir “deshacer”"),
        ("adiós", "Esta conversación se guarda"),
    ),
    "fr": (
        ("bonjour", "Bonjour ! Dites-moi de quoi vous avez envie"),
        ("j'ai adoré Heat", "personnes qui ont aimé Heat"),
        ("quelque chose comme Zorblax 9", "« Zorblax 9 » n'est pas dans le catalogue."),
        ("une comédie des années 90 de moins de 100 minutes", "comédie, de 1990 à 1999, durée de moins de 100 minutes"),
        ("pourquoi le premier", "est apparu pour ceci : Comédie"),
        ("qui a réalisé le premier", " : réalisé par "),
        ("merci", "Je vous en prie."),
        ("au revoir", "Cette conversation est conservée"),
    ),
    "de": (
        ("hallo", "Hallo! Sag mir, worauf du Lust hast"),
        (
            "eine Komödie aus den 90ern unter 100 Minuten",
            "Komödie, von 1990 bis 1999, Laufzeit weniger als 100 Minuten",
        ),
        ("warum der erste", "Erfüllt, was du wolltest: Komödie"),
        ("vergleiche den ersten und den zweiten", "- Genre: gemeinsam Komödie"),
        ("ein Horrorfilm von 1931 mit Al Pacino", "Am nächsten kommt „"),
        ("rückgängig", "Zurückgenommen: „ein Horrorfilm von 1931 mit Al Pacino“."),
        ("danke", "Gern geschehen."),
        ("hilfe", "Ich empfehle Filme aus einem Katalog"),
    ),
    "pt": (
        ("olá", "Olá! Diga o que você quer hoje"),
        (
            "uma comédia dos anos 90 com menos de 100 minutos",
            "comédia, de 1990 a 1999, duração de menos de 100 minutos",
        ),
        ("por que o primeiro", "Cumpre o que você pediu: comédia"),
        ("quem dirigiu o primeiro", ": dirigido por "),
        ("um filme de terror de 1931 com Al Pacino", "O mais próximo é “"),
        ("obrigado", "De nada. Diga o que mudar"),
        ("tchau", "Até logo."),
    ),
    "it": (
        ("ciao", "Ciao! Dimmi che cosa ti va"),
        (
            "una commedia degli anni 90 di meno di 100 minuti",
            "commedia, dal 1990 al 1999, durata di meno di 100 minuti",
        ),
        ("perché il primo", "Rispetta quello che hai chiesto: commedia"),
        ("chi ha diretto il primo", ": diretto da "),
        ("ho adorato Heat", "persone a cui piace Heat"),
        ("grazie", "Prego."),
        ("aiuto", "Puoi anche dire “annulla”"),
    ),
    "zh": (
        ("你好", "你好！告诉我你想要什么；我知道 9,"),
        ("我想看90年代的喜剧，100分钟以内", "：喜剧、1990 至 1999 年、片长少于 100 分钟。"),
        ("为什么推荐第一部", "符合你的要求：喜剧、1990 至 1999 年"),
        ("第一部的导演是谁", " 导演。"),
        ("1931年的恐怖片，主演是Al Pacino", "最接近的是“"),
        ("撤销", "已撤销：“1931年的恐怖片，主演是Al Pacino”。"),
        ("谢谢", "不客气。"),
        ("再见", "再见。这段对话会保存"),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conversation_is_answered_in_its_language_and_says_nothing_without_ground(language, demo_recommender):
    honesty = HonestyCheck(demo_recommender.workspace)
    session, said = demo_recommender.session(), []
    for words, answer in CONVERSATIONS[language]:
        reply = session.say(words)
        assert answer in reply.text
        assert session.state.language == language
        assert honesty.unsupported(reply, [*said, words], session.state) == []
        said += [words, reply.text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invented_name_or_number_is_found_in_every_language(language, demo_recommender):
    session = demo_recommender.session()
    session.say(CONVERSATIONS[language][0][0])
    words = next(words for words, _ in CONVERSATIONS[language] if "90" in words)
    reply = session.say(words)
    lied = reply.recommendations[0].model_copy(
        update={"explanation": f"{reply.recommendations[0].explanation} Zebulon Quist 7361."}
    )
    reply = reply.model_copy(update={"recommendations": (lied, *reply.recommendations[1:])})
    found = HonestyCheck(demo_recommender.workspace).unsupported(reply, [words], session.state)
    assert {"Zebulon", "Quist", "7361"} <= set(found)


def test_after_english_the_reply_is_english_again(demo_recommender):
    session = demo_recommender.session()
    session.say("quiero una comedia")
    assert session.say("I would rather watch a horror film").opening.startswith("Here are 5 films: ")
