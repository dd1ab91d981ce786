"""The strip of what is believed: every belief can be seen and taken back."""

from tastemaker.agent.dials import Dials
from tastemaker.agent.languages.speech import speaking
from tastemaker.agent.plan import Forget, Rate, SaidMotive
from tastemaker.agent.profile import Profile
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint, Group
from tastemaker.ui.understood import understood

QUICK = Constraint(field="playing_time", op="<=", value=45, strength="prefer", said="quick <i>")
CALM = Group(
    join="any",
    members=(
        Constraint(field="kinds", op="contains_any", value="Family"),
        Constraint(field="kinds", op="contains_any", value="Puzzle"),
    ),
)
NIGHT = SaidMotive(name="a night with the family", said="with my family")
LIKED = Rate(opinion="like", item_id="g01", title='Harbour "98" <b>')


def taken_back_by(markup):
    return [part.split('"')[0] for part in markup.split('data-tm-value="')[1:]]


def test_nothing_understood_takes_no_room(small_workspace):
    assert understood(Profile(), small_workspace.schema) == ""


def test_every_belief_is_shown_with_the_words_it_came_from(small_workspace):
    profile = Profile(conditions=(QUICK, CALM), query="sea salt", motives=(NIGHT,), likes=(LIKED,))
    markup = understood(profile, small_workspace.schema)
    for words in (
        "playing time at most 45",
        "from: quick &lt;i&gt;",
        "Family or Puzzle",
        "“sea salt”",
        "for a night with the family",
        "♥ Harbour",
    ):
        assert words in markup
    assert "<b>" not in markup
    assert markup.count("<button") == 5


def test_the_button_of_a_belief_forgets_it(small_workspace):
    state = State(conditions=(QUICK, CALM), query="sea salt", motives=(NIGHT,), ratings=(LIKED,))
    markup = understood(Profile.of(state), small_workspace.schema)
    for what in ("playing time", "Family or Puzzle", "sea salt", NIGHT.name):
        assert what in taken_back_by(markup)
        state = state.changed(Forget(what=what))
    state = state.changed(Forget(what=LIKED.title))
    assert state == State()


def test_themes_to_avoid_and_dials_are_beliefs_too(small_workspace):
    dials = Dials(adventure=0.7, fame=-1.0, recency=0.2, said={"fame": "hidden gems"})
    state = State(avoid=("war",), dials=dials)
    markup = understood(Profile.of(state), small_workspace.schema)
    assert "less “war”" in markup
    assert "to be surprised" in markup
    assert '<li class="tm-pill is-dial" title="from: hidden gems"><span>lesser-known ones</span>' in markup
    assert "rather recent ones" in markup
    assert len(taken_back_by(markup)) == 4
    for what in taken_back_by(markup):
        state = state.changed(Forget(what=what))
    assert state == State()


def test_soft_words_are_shown_as_they_were_typed_and_taken_back_all_the_same(small_workspace):
    state = State(query="sad", typed=(("sad", "triste"),))
    markup = understood(Profile.of(state), small_workspace.schema)
    assert "“triste”" in markup
    assert state.changed(Forget(what=taken_back_by(markup)[0])).query == ""


def test_beliefs_are_shown_in_the_language_of_the_conversation(small_workspace):
    with speaking("es", small_workspace.schema):
        markup = understood(Profile(motives=(NIGHT,), anchors=(LIKED,)), small_workspace.schema)
    assert "<span>para a night with the family</span>" in markup
    assert "<span>al estilo de Harbour" in markup
    assert taken_back_by(markup)[0] == NIGHT.name
