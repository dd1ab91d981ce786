"""From examples to tokens: the question of the local planner as the model sees it, with the places of the answers.

Knows no training.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from llama_cpp import Llama

from tastemaker.agent.planners.role_question import questions
from tastemaker.eval.understanding.example import Example
from tastemaker.eval.understanding.train.lora import Encoded
from tastemaker.eval.understanding.train.turns import asked

Tokenise = Callable[[str], list[int]]


def tokeniser(gguf: Path) -> Tokenise:
    """Return the tokeniser of a model file, the one that llama.cpp uses when the planner runs."""
    vocabulary = Llama(str(gguf), vocab_only=True, verbose=False)

    @cache
    def tokenise(text: str) -> list[int]:
        found: list[int] = vocabulary.tokenize(text.encode(), add_bos=False)
        return found

    return tokenise


def encoded(example: Example, tokenise: Tokenise) -> Encoded:
    """Return an example in tokens."""
    tokens: list[int] = []
    places, answers, gold = [], [], []
    right = [example.gold_act, *(mark.gold for mark in example.marks)]
    for question, answer in zip(questions(asked(example)), right, strict=False):
        tokens += tokenise(question.text)
        places.append(len(tokens) - 1)
        answers.append(tuple(tokenise(word)[0] for word in question.words))
        gold.append(question.answers.index(answer))
    return Encoded(tuple(tokens), tuple(places), tuple(answers), tuple(gold))
