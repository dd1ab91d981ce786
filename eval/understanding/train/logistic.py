"""Fits the learner that counts words: what it reaches shows what the examples can give."""

from collections.abc import Collection, Sequence

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tastemaker.agent.planners.role_features import of_mark, of_turn
from tastemaker.agent.planners.word_judge import Weights, WordJudge
from tastemaker.eval.understanding.example import Example
from tastemaker.eval.understanding.train.turns import asked


def fit(examples: Sequence[Example], strength: float = 0.5) -> WordJudge:
    """Return the judge that some examples teach.

    Args:
        examples: with right answers.
        strength: inverse of the regularisation.
    """
    rows: dict[str, list[tuple[Collection[str], str]]] = {}
    for example in examples:
        turn = asked(example)
        rows.setdefault("act", []).append((of_turn(turn), example.gold_act))
        for k, mark in enumerate(example.marks):
            rows.setdefault(mark.kind, []).append((of_mark(turn, k), mark.gold))
    return WordJudge({what: _weights(found, strength) for what, found in rows.items()})


def _weights(found: Sequence[tuple[Collection[str], str]], strength: float) -> Weights:
    vectoriser = DictVectorizer(dtype=np.float32)
    table = vectoriser.fit_transform([dict.fromkeys(features, 1.0) for features, _ in found])
    model = LogisticRegression(C=strength, max_iter=400).fit(table, [gold for _, gold in found])
    weights, bias, answers = model.coef_, model.intercept_, [str(each) for each in model.classes_]
    if len(answers) == 2:
        # Of two answers it keeps one row, that of the second against the first.
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    names = {str(name): row for row, name in enumerate(vectoriser.feature_names_)}
    return Weights(tuple(answers), names, weights.T.astype(np.float16), bias.astype(np.float32))
