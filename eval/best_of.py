"""Best of N: a planner plans a turn several times, every plan is carried out, and the reward picks one.

With a model that answers differently each time, this tells how much better its plans could be than the first: an upper
bound, since the reward knows what is expected. Nothing is written to any log.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tastemaker.agent.reply import Reply
from tastemaker.agent.state import State
from tastemaker.agent.turn import TurnMaker
from tastemaker.eval.bootstrap import Interval, interval, paired_difference
from tastemaker.eval.dialogue import Dialogue, Turn
from tastemaker.eval.metrics import DEPTH, Outcome, turn_scores
from tastemaker.eval.reward import Best, Reward, best_of
from tastemaker.tools.catalogue.store import Catalogue


@dataclass
class BestOfN:
    """Rewards of first turns; one value a turn."""

    first: list[float] = field(default_factory=list)
    mean: list[float] = field(default_factory=list)
    """Mean over the answers of a turn: what one drawn at random earns."""
    best: list[float] = field(default_factory=list)

    def add(self, chosen: Best[Reply]) -> None:
        """Add a turn."""
        values = [each.value for each in chosen.rewards]
        self.first.append(values[0])
        self.mean.append(sum(values) / len(values))
        self.best.append(max(values))

    def figures(self, seed: int) -> dict[str, Interval]:
        """Return the means with their intervals, and how far the best is above the first, turn by turn."""
        return {
            "first": interval(self.first, seed, "first"),
            "mean": interval(self.mean, seed, "mean"),
            "best": interval(self.best, seed, "best"),
            "best above first": paired_difference(self.best, self.first, seed, "gain"),
        }


def replies(turns: TurnMaker, words: str, state: State, count: int) -> list[Reply]:
    """Plan a turn several times and return what comes of each plan."""
    found = []
    for _ in range(count):
        *_, reply = turns.take("best-of", 1, state, turns.planner.plan(words, state), 0.0, words)
        assert isinstance(reply, Reply)
        found.append(reply)
    return found


def reward_of(turn: Turn, reply: Reply, catalogue: Catalogue) -> Reward:
    """Return the reward of a reply to a turn."""
    shown = tuple(each.item.id for each in reply.recommendations)
    known = {item.id: item for item in catalogue.items([item for item in shown if item in catalogue.row_of])}
    tokens = reply.trace.tokens
    outcome = Outcome(
        text=reply.text,
        act=reply.act,
        shown=shown,
        ranking=tuple([item for item in reply.ranked if item not in turn.mentioned][:DEPTH]),
        repeated={},
        comparable_to_earlier=False,
        unsupported=None,
        tokens=(tokens.calls, tokens.input, tokens.output),
    )
    scores, _ = turn_scores(turn, outcome, known, catalogue.row_of.keys(), catalogue.schema)
    return Reward.of(scores)


def best_reply(turns: TurnMaker, turn: Turn, state: State, count: int) -> Best[Reply]:
    """Return the best of several replies to a turn."""
    catalogue = turns.workspace.catalogue
    return best_of(replies(turns, turn.user, state, count), lambda reply: reward_of(turn, reply, catalogue))


def measure(turns: TurnMaker, dialogues: Sequence[Dialogue], count: int) -> BestOfN:
    """Take the first turn of every dialogue several times."""
    found = BestOfN()
    for dialogue in dialogues:
        known = tuple(item for item in dialogue.history if item in turns.workspace.catalogue.row_of)
        found.add(best_reply(turns, dialogue.turns[0], State(known=known, mentioned=frozenset(known)), count))
    return found
