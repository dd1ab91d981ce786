"""What is believed of the person is told with the words it came from."""

from tastemaker.agent.beliefs import beliefs
from tastemaker.agent.dials import Dials
from tastemaker.agent.plan import Rate
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Constraint


def test_nothing_is_believed_before_anything_is_said(small_workspace):
    assert beliefs(State(), small_workspace.schema, []).startswith("Nothing yet")


def test_every_wish_and_opinion_is_told_with_its_words(small_workspace):
    state = State(
        conditions=(Constraint(field="playing_time", op="<=", value=45, said="something quick"),),
        ratings=(
            Rate(
                opinion="like", item_id="1", title="Harbour", said="adored Harbour", because="the boats", force="strong"
            ),
            Rate(opinion="dislike", item_id="2", title="Ashfall", said="meh", force="mild"),
        ),
        query="rainy evening",
        avoid=("violent",),
        dials=Dials(adventure=1.0, fame=-0.5, said={"adventure": "surprise me"}),
    )
    text = beliefs(state, small_workspace.schema, ["Moth & Lantern"])
    for part in (
        "something quick",
        "rainy evening",
        "less “violent”",
        "to be surprised (from your words “surprise me”)",
        "lesser-known ones\n",
        "you love Harbour, because the boats (from your words “adored Harbour”)",
        "Ashfall is not quite for you",
        "the latest Moth & Lantern",
    ):
        assert part in text
