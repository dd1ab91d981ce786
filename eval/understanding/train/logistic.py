"""The baseline of every learner: logistic regressions of a mark's role and a turn's act on words and hints.

What it reaches shows what the examples can give. Knows no language model.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from tastemaker.agent.planners.marks import ROLES
from tastemaker.agent.planners.role_judge import Judged
from tastemaker.agent.planners.role_question import ACTS, AskedMark, AskedTurn
from tastemaker.eval.understanding.example import Example
from tastemaker.eval.understanding.train.turns import asked

_WORD = re.compile(r"[a-z0-9']+|[^\sa-z0-9']")
_BREAK = frozenset(",.;:!?()")
_NEAR, _FAR = 4, 8


@dataclass(frozen=True)
class Logistic:
    """One regression for the acts and one for the roles of each kind of mark."""

    models: dict[str, Pipeline]
    """By `act`, `facet`, `number`, `item`."""

    @classmethod
    def fit(cls, examples: Sequence[Example], strength: float = 0.5) -> "Logistic":
        """Fit on some examples.

        Args:
            examples: with right answers.
            strength: inverse of the regularisation.
        """
        rows: dict[str, list[tuple[dict[str, float], str]]] = {}
        for example in examples:
            turn = asked(example)
            rows.setdefault("act", []).append((dict.fromkeys(_of_turn(turn), 1.0), example.gold_act))
            for k, mark in enumerate(example.marks):
                rows.setdefault(mark.kind, []).append((dict.fromkeys(_of_mark(turn, k), 1.0), mark.gold))
        models = {}
        for what, found in rows.items():
            model = make_pipeline(DictVectorizer(), LogisticRegression(C=strength, max_iter=400))
            models[what] = model.fit([features for features, _ in found], [gold for _, gold in found])
        return cls(models)

    def judge(self, turn: AskedTurn) -> Judged:
        """Return the probabilities of the act and of every mark's role."""
        return Judged(
            self._probabilities("act", ACTS, _of_turn(turn)),
            tuple(
                self._probabilities(mark.kind, ROLES[mark.kind], _of_mark(turn, k)) for k, mark in enumerate(turn.marks)
            ),
        )

    def _probabilities(self, what: str, answers: Sequence[str], features: Iterator[str]) -> dict[str, float]:
        model = self.models[what]
        found = model.predict_proba([dict.fromkeys(features, 1.0)])[0]
        known = dict(zip(model.classes_, np.asarray(found).tolist(), strict=True))
        return {answer: float(known.get(answer, 0.0)) for answer in answers}


def _tokens(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("’", "'"))


def _masked(turn: AskedTurn) -> list[str]:
    """Return the words of a turn with each mark put as its kind."""
    found, end = [], 0
    for mark in turn.marks:
        found += [*_tokens(turn.words[end : mark.start]), f"<{mark.kind}>"]
        end = max(end, mark.end)
    return [*found, *_tokens(turn.words[end:])]


def _of_turn(turn: AskedTurn) -> Iterator[str]:
    words = _masked(turn)
    yield f"rules={turn.act}"
    yield f"listed={turn.listed}"
    yield f"rules={turn.act},listed={turn.listed}"
    yield f"marks={min(len(turn.marks), 3)}"
    yield f"long={min(len(words) // 4, 6)}"
    for mark in turn.marks:
        yield f"has={mark.kind}:{mark.rules}"
        yield f"kind={mark.kind}"
    for first, second in zip(["<s>", *words], [*words, "</s>"], strict=True):
        yield f"w={second}"
        yield f"b={first} {second}"
    yield f"opens={' '.join(words[:2])}"
    yield f"ends={' '.join(words[-2:])}"


def _of_mark(turn: AskedTurn, k: int) -> Iterator[str]:
    mark = turn.marks[k]
    left = _context(turn, k, before=True)
    right = _context(turn, k, before=False)
    yield f"rules={mark.rules}"
    yield f"label={mark.label}"
    yield f"label={mark.label},rules={mark.rules}"
    yield f"act={turn.act}"
    yield f"listed={turn.listed},rules={mark.rules}"
    yield f"place={min(k, 4)}"
    yield f"marks={min(len(turn.marks), 5)}"
    for each in _tokens(turn.words[mark.start : mark.end]):
        yield f"in={each}"
    yield from _side("l", left, mark)
    yield from _side("r", right, mark)
    for side, step in (("before", -1), ("after", 1)):
        other = turn.marks[k + step] if 0 <= k + step < len(turn.marks) else None
        yield f"{side}={other.kind + ':' + other.rules if other else ''}"
        if other is not None:
            low, high = sorted((mark, other), key=lambda each: each.start)
            between = " ".join(_tokens(turn.words[low.end : high.start])[:4])
            yield f"{side}={other.rules},{between}"
    for word in set(_masked(turn)):
        yield f"w={word}"


def _context(turn: AskedTurn, k: int, *, before: bool) -> list[str]:
    """Return the words on one side of a mark, the nearest first, other marks put as their kind."""
    mark, found = turn.marks[k], []
    end = 0
    for each in turn.marks:
        if before and each.start < mark.start:
            found += [*_tokens(turn.words[end : each.start]), f"<{each.kind}>"]
            end = each.end
    if before:
        return list(reversed([*found, *_tokens(turn.words[end : mark.start])]))
    end = mark.end
    for each in turn.marks:
        if each.start >= mark.end:
            found += [*_tokens(turn.words[end : each.start]), f"<{each.kind}>"]
            end = each.end
    return [*found, *_tokens(turn.words[end:])]


def _side(side: str, words: Sequence[str], mark: AskedMark) -> Iterator[str]:
    padded = [*words[:_FAR], "<s>"]
    for place, word in enumerate(padded[:_NEAR]):
        yield f"{side}{place}={word}"
    for first, second in pairwise(padded):
        yield f"{side}b={first} {second}"
    yield f"{side}01={' '.join(padded[:2])},rules={mark.rules}"
    clause = True
    for word in padded:
        clause = clause and word not in _BREAK
        yield f"{side}{'c' if clause else 'f'}={word}"
