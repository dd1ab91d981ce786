"""No fixed wording of English stands in a reply of another language, whatever kind of reply it is."""

import re

import pytest

from tastemaker.agent import Recommender
from tastemaker.agent.languages.lexicon import LANGUAGES
from tastemaker.agent.languages.speech import Wording

PLACE = re.compile(r"\{\w+\}")
TURNS = {
    "es": (
        "hola",
        "recomiéndame algo",
        "algo como Ashfall, menos de una hora",
        "más corto",
        "menos violento",
        "sorpréndeme",
        "¿por qué la primera?",
        "compara la primera y la segunda",
        "¿es triste la primera?",
        "¿cuál es la más corta?",
        "algo como Zorblax 9",
        "de 1931, menos de cinco minutos",
        "¿qué sabes de mí?",
        "olvida eso",
        "¿qué tiempo hace hoy?",
        "ayuda",
        "gracias",
        "adiós",
    ),
    "fr": (
        "bonjour",
        "recommande-moi quelque chose",
        "quelque chose comme Ashfall, moins d'une heure",
        "plus court",
        "moins violent",
        "surprends-moi",
        "pourquoi le premier ?",
        "compare le premier et le deuxième",
        "est-ce que le premier est triste ?",
        "lequel est le plus court ?",
        "quelque chose comme Zorblax 9",
        "de 1931, moins de cinq minutes",
        "que sais-tu de moi ?",
        "oublie ça",
        "quel temps fait-il ?",
        "aide",
        "merci",
        "au revoir",
    ),
    "de": (
        "hallo",
        "empfiehl mir etwas",
        "etwas wie Ashfall, unter einer Stunde",
        "kürzer",
        "weniger brutal",
        "überrasch mich",
        "warum der erste?",
        "vergleiche den ersten und den zweiten",
        "ist der erste traurig?",
        "welcher ist der kürzeste?",
        "etwas wie Zorblax 9",
        "von 1931, unter fünf Minuten",
        "was weißt du über mich?",
        "vergiss das",
        "wie ist das Wetter?",
        "hilfe",
        "danke",
        "tschüss",
    ),
    "pt": (
        "olá",
        "recomende algo",
        "algo como Ashfall, menos de uma hora",
        "mais curto",
        "menos violento",
        "me surpreenda",
        "por que o primeiro?",
        "compare o primeiro e o segundo",
        "o primeiro é triste?",
        "qual é o mais curto?",
        "algo como Zorblax 9",
        "de 1931, menos de cinco minutos",
        "o que você sabe sobre mim?",
        "esquece isso",
        "como está o tempo hoje?",
        "ajuda",
        "obrigado",
        "tchau",
    ),
    "it": (
        "ciao",
        "consigliami qualcosa",
        "qualcosa come Ashfall, meno di un'ora",
        "più corto",
        "meno violento",
        "sorprendimi",
        "perché il primo?",
        "confronta il primo e il secondo",
        "il primo è triste?",
        "qual è il più corto?",
        "qualcosa come Zorblax 9",
        "del 1931, meno di cinque minuti",
        "cosa sai di me?",
        "dimentica questo",
        "che tempo fa oggi?",
        "aiuto",
        "grazie",
        "arrivederci",
    ),
    "zh": (
        "你好",
        "推荐一下",
        "像Ashfall那样，60分钟以内",
        "短一点",
        "不要太暴力",
        "给我惊喜",
        "为什么推荐第一个",
        "比较一下第一个和第二个",
        "第一个悲伤吗？",
        "哪个最短",
        "像Zorblax 9那样",
        "1931年的，5分钟以内",
        "你对我了解多少？",
        "忘掉这个",
        "今天天气怎么样？",
        "帮助",
        "谢谢",
        "再见",
    ),
}


def english_pieces(language):
    """Return the stretches of two and more words that English templates have and those of the language have not."""
    wording = Wording.load(language).templates
    own = " ".join(wording.values()).casefold()
    pieces = {piece.strip(" .,:;?“”()") for english in wording for piece in PLACE.split(english)}
    return sorted(each for each in pieces if len(each.split()) > 1 and each.casefold() not in own)


def leaks(reply, pieces):
    """Return the English pieces in what a reply says, the catalogue's own texts left out."""
    said = "\n".join([reply.text, reply.opening, reply.closing, *(chip.label for chip in reply.chips)])
    said = re.sub(r"“[^”]*”|„[^“]*“|« [^»]* »", "“”", said)
    return [each for each in pieces if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", said, re.IGNORECASE)]


@pytest.fixture(scope="module")
def games(occasions, tmp_path_factory):
    sessions = tmp_path_factory.mktemp("spoken") / "sessions.db"
    with Recommender.open(occasions, planner="rules", sessions=sessions) as recommender:
        yield recommender


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reply_of_a_conversation_says_anything_fixed_in_english(games, language):
    session, pieces, acts = games.session(), english_pieces(language), set()
    found = {}
    for words in TURNS[language]:
        reply = session.say(words)
        acts.add(reply.act)
        if left := leaks(reply, pieces):
            found[words] = left
        assert session.state.language == language, words
    assert found == {}
    assert {"recommend", "ask", "explain", "chat", "empty"} <= acts


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_searched_and_avoided_is_told_in_the_words_that_were_typed(games, language):
    session = games.session()
    session.say(TURNS[language][1])
    told = session.say(TURNS[language][4]).opening
    assert "violent”" not in told if language != "fr" else "violent" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_turn_that_fails_is_told_in_the_language_spoken(games, language, monkeypatch):
    session = games.session()
    session.say(TURNS[language][0])

    def broken(words, state):
        raise RuntimeError("no such thing")

    monkeypatch.setattr(type(games.planner), "plan", lambda self, words, state: broken(words, state))
    reply = session.say(TURNS[language][1])
    assert reply.act == "error"
    assert leaks(reply, english_pieces(language)) == []
    assert "no such thing" in reply.trace.warnings[0]


def test_english_pieces_are_found_where_they_stand(games):
    reply = games.session().say("recommend me something")
    assert "that many people like, to begin with" in leaks(reply, english_pieces("es"))
