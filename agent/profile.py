"""The profile: what is believed of the person, each belief with the words it came from."""

from pydantic import BaseModel, ConfigDict

from tastemaker.agent.dials import Dials
from tastemaker.agent.plan import Opinion, Rate, ReadMood, SaidMotive
from tastemaker.agent.state import State
from tastemaker.tools.catalogue.constraint import Condition


class Profile(BaseModel):
    """What a session believes of its person at one moment."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    conditions: tuple[Condition, ...] = ()
    """Wishes in force, oldest first."""
    query: str = ""
    """Soft words in force."""
    avoid: tuple[str, ...] = ()
    """Themes to have less of, oldest first."""
    typed: dict[str, str] = {}
    """The soft words and themes that were said in another language, each as it was typed."""
    dials: Dials = Dials()
    """How the person wants to be served, with the words that said so."""
    motives: tuple[SaidMotive, ...] = ()
    """For whom, why and on what occasion items are wanted, oldest first."""
    mood: ReadMood | None = None
    """What the soft words were taken to mean."""
    likes: tuple[Rate, ...] = ()
    dislikes: tuple[Rate, ...] = ()
    seen: tuple[Rate, ...] = ()
    anchors: tuple[Rate, ...] = ()
    """Items that the present request wants something like."""
    known: tuple[str, ...] = ()
    """Ids of items liked before this conversation."""

    @classmethod
    def of(cls, state: State) -> "Profile":
        """Return the profile that a state holds."""

        def rated(opinion: Opinion) -> tuple[Rate, ...]:
            return tuple(each for each in state.ratings if each.opinion == opinion)

        return cls(
            conditions=state.conditions,
            query=state.query,
            avoid=state.avoid,
            typed={each: typed for each in (state.query, *state.avoid) if (typed := state.as_typed(each)) != each},
            dials=state.dials,
            motives=state.motives,
            mood=state.mood,
            likes=rated("like"),
            dislikes=rated("dislike"),
            seen=rated("seen"),
            anchors=rated("anchor"),
            known=state.known,
        )
