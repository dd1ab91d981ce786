"""Plays scripted dialogues to a system and records what it does.

Only the words, the history and what was really answered reach the system; what is expected stays here. A turn that
crashes is recorded as an `error` that fails whatever was asked of it, and the run goes on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from tastemaker.eval.dialogue import Dialogue, Turn
from tastemaker.eval.metrics import DEPTH, Outcome, named_in, turn_scores
from tastemaker.eval.partial import PartialResults
from tastemaker.eval.popularity import coverage, long_tail, popularity_scores
from tastemaker.eval.report import DialogueRecord, SystemReport, TurnRecord
from tastemaker.eval.summary import latencies, summary
from tastemaker.eval.systems import Answer, Conversation, System
from tastemaker.tools.catalogue.store import Catalogue

Progress = Callable[[str, int, int], None]
"""Told the system's name, the dialogues done and the dialogues in all."""
_CATCH_UP = "it could not be told what was really answered"


def run_system(
    system: System,
    dialogues: Sequence[Dialogue],
    catalogue: Catalogue,
    seed: int,
    kept: PartialResults[DialogueRecord],
    progress: Progress | None = None,
) -> SystemReport:
    """Run all dialogues through one system.

    Args:
        system: what is evaluated.
        dialogues: what is said and expected.
        catalogue: the items that systems recommend from.
        seed: seed of the bootstrap.
        kept: results that are there already; new ones are added.
        progress: told after every dialogue.
    """
    records = []
    for number, dialogue in enumerate(dialogues, start=1):
        record = kept.get(system.name, dialogue.id)
        if record is None:
            record = run_dialogue(system, dialogue, catalogue)
            kept.add(system.name, record)
        records.append(record)
        if progress:
            progress(system.name, number, len(dialogues))
    turns = [turn for record in records for turn in record.turns]
    return SystemReport(
        metrics=summary(turns, seed),
        latency_ms=latencies(turns),
        catalogue_coverage=coverage([item for turn in turns for item in turn.shown], catalogue),
        dialogues=tuple(records),
    )


def run_dialogue(system: System, dialogue: Dialogue, catalogue: Catalogue) -> DialogueRecord:
    """Run one dialogue through a system in a conversation of its own."""
    history = [item for item in dialogue.history if item in catalogue.row_of]
    earlier = _Earlier()
    conversation: Conversation | None = None
    begun = ""
    try:
        conversation = system.begin(dialogue.user, history)
    except Exception as error:
        begun = _told(error)
    turns, tail = [], long_tail(catalogue.popularity)
    for number, turn in enumerate(dialogue.turns):
        trouble = []
        if conversation is None:
            answer, ms, failure = Answer("", "error"), 0.0, begun
        else:
            answer, ms, failure = _answered(conversation, turn.user)
            if turn.relevant and answer.would_rank is not None:
                answer, told = _with_ranking(answer, answer.would_rank)
                trouble.append(told)
        last = number == len(dialogue.turns) - 1
        if conversation is not None and turn.assistant is not None and not last:
            trouble.append(_caught_up(conversation, turn.assistant))
        named = dialogue.named_until(number)
        turns.append(_recorded(turn, answer, ms, failure, trouble, named, earlier, catalogue, tail))
        # What was shown counts as shown only where the dialogue went on from it.
        earlier.answered(answer.shown if turn.assistant is None else None)
    return DialogueRecord(id=dialogue.id, turns=tuple(turns))


@dataclass
class _Earlier:
    """What the system showed in the turns whose answers stood."""

    shown_in: dict[str, int] = field(default_factory=dict)
    """Number of the turn, from 1, by id."""
    stood: bool = False
    turns: int = 0

    def answered(self, shown: Sequence[str] | None) -> None:
        self.turns += 1
        for item in shown or ():
            self.shown_in.setdefault(item, self.turns)
        self.stood = self.stood or shown is not None


def _answered(conversation: Conversation, words: str) -> tuple[Answer, float, str]:
    """Return the answer, its duration in milliseconds, and how it failed if it did."""
    started = perf_counter()
    try:
        answer, failure = conversation.say(words), ""
    except Exception as error:
        # One crash must not lose the run; the record and the `errors` metric tell of it.
        answer, failure = Answer("", "error"), _told(error)
    return answer, 1000 * (perf_counter() - started), failure


def _with_ranking(answer: Answer, would_rank: Callable[[], Sequence[str]]) -> tuple[Answer, str]:
    """Return an answer without a list with the ranking that a list would have had now, and how that failed if it did.

    What is asked of the ranking of a turn that only talks is asked of this.
    """
    try:
        return replace(answer, ranked=tuple(would_rank())), ""
    except Exception as error:
        return answer, f"it could not be told what a list would hold: {_told(error)}"


def _caught_up(conversation: Conversation, text: str) -> str:
    try:
        conversation.heard(text)
    except Exception as error:
        return f"{_CATCH_UP}: {_told(error)}"
    return ""


def _checked(answer: Answer) -> tuple[str, ...] | None:
    """Return what the text says without evidence; a check that fails counts as such a claim, so that it is seen."""
    if answer.check is None:
        return None
    try:
        return tuple(answer.check())
    except Exception as error:
        return (f"the check itself failed: {_told(error)}",)


def _recorded(
    turn: Turn,
    answer: Answer,
    ms: float,
    failure: str,
    trouble: Sequence[str],
    named: frozenset[str],
    earlier: _Earlier,
    catalogue: Catalogue,
    tail: NDArray[np.bool_],
) -> TurnRecord:
    ranking = tuple([item for item in dict.fromkeys(answer.ranked) if item not in named][:DEPTH])
    known = [item for item in dict.fromkeys(answer.shown) if item in catalogue.row_of]
    items = {item.id: item for item in catalogue.items(known)}
    repeated: dict[str, int] = {}
    if not answer.shown_again_on_purpose:
        asked_for = named_in(turn.user, {item: items[item].title for item in known})
        again = [item for item in answer.shown if item in earlier.shown_in and item not in asked_for]
        repeated = {item: earlier.shown_in[item] for item in again}
    outcome = Outcome(
        text=answer.text,
        act=answer.act,
        shown=answer.shown,
        ranking=ranking,
        repeated=repeated,
        comparable_to_earlier=earlier.stood,
        unsupported=_checked(answer),
        tokens=answer.tokens,
        error=failure,
    )
    scores, violations = turn_scores(turn, outcome, items, catalogue.row_of.keys(), catalogue.schema)
    scores |= popularity_scores(answer.shown, catalogue, tail)
    return TurnRecord(
        user=turn.user,
        act=answer.act,
        text=answer.text,
        shown=answer.shown,
        ranking=ranking,
        violations=(*violations, *filter(None, trouble)),
        plan=dict(answer.plan),
        ms=round(ms, 3),
        stages={stage: round(value, 3) for stage, value in answer.stages.items()},
        tools=dict(answer.tools),
        scores=scores,
        warnings=answer.warnings,
        prompts=dict(answer.prompts),
    )


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
