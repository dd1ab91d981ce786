"""The agent as a system to evaluate: one recommender, and a session of its own for every conversation.

Where its sessions are kept is for whoever opens the recommender to say.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from tastemaker.agent.plan import Act
from tastemaker.agent.recommender import Recommender
from tastemaker.agent.reply import Reply
from tastemaker.agent.session import Session
from tastemaker.eval.honesty import HonestyCheck
from tastemaker.eval.systems import Answer, Conversation


class AgentSystem:
    """A recommender as a system."""

    def __init__(self, name: str, recommender: Recommender, honesty: HonestyCheck) -> None:
        """Wrap a recommender, which is closed with the system.

        Args:
            name: name in reports.
            recommender: what is evaluated.
            honesty: finds what its replies say without ground.
        """
        self.name = name
        self._recommender = recommender
        self._honesty = honesty

    def begin(self, user: str | None, history: Sequence[str]) -> Conversation:
        """Begin a conversation in a new session."""
        return _AgentConversation(self._recommender.session(user=user, history=history), self._honesty)

    def close(self) -> None:
        """Close the recommender; the workspace stays open."""
        self._recommender.close()


class _AgentConversation:
    def __init__(self, session: Session, honesty: HonestyCheck) -> None:
        self._session = session
        self._honesty = honesty
        self._said: list[str] = []

    def say(self, words: str) -> Answer:
        reply = self._session.say(words)
        said = [*self._said, words]
        self._said = [*said, reply.text]
        # The state is read now, not when the check runs: later turns change it.
        check = partial(self._honesty.unsupported, reply, said, self._session.state)
        return replace(answer_of(reply, check), would_rank=None if reply.ranked else self._session.ranking)

    def heard(self, text: str) -> None:
        self._session.heard(text)
        self._said[-1] = text


def answer_of(reply: Reply, check: Callable[[], Sequence[str]]) -> Answer:
    """Return a reply as an answer.

    Args:
        reply: what the agent replied.
        check: finds what it says without ground.
    """
    trace = reply.trace
    outcomes = sorted(((step.tool, step.outcome) for step in trace.steps), key=lambda each: each[1] == "ok")
    about_earlier = trace.plan.act in (Act.UNDO, Act.EXPLAIN) or reply.act == "explain"
    return Answer(
        text=reply.text,
        act=reply.act,
        shown=tuple(recommendation.item.id for recommendation in reply.recommendations),
        ranked=tuple(reply.ranked),
        shown_again_on_purpose=about_earlier,
        plan=trace.plan.model_dump(mode="json"),
        stages={"plan": trace.timings.plan, "tools": trace.timings.tools, "compose": trace.timings.compose},
        tools=dict(outcomes),
        tokens=(trace.tokens.calls, trace.tokens.input, trace.tokens.output),
        prompts=trace.prompts,
        warnings=trace.warnings,
        check=check,
    )
