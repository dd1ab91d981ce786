"""The small model as a learner: what it says of an example, through llama.cpp and the file that is shipped.

Knows no training.
"""

import time
from pathlib import Path

from tastemaker.agent.planners.local_model import LocalModel
from tastemaker.agent.planners.role_question import questions
from tastemaker.eval.understanding.example import Example
from tastemaker.eval.understanding.train.judged import Judged
from tastemaker.eval.understanding.train.turns import asked

_PATIENCE = 120.0


class ModelJudge:
    """Judges turns with the small model. Close it when done."""

    def __init__(self, gguf: Path, adapter: Path | None, threads: int = 1) -> None:
        """Prepare.

        Args:
            gguf: the model's file.
            adapter: the adapter's file; None for the model as it is.
            threads: threads of llama.cpp.
        """
        self._model = LocalModel(gguf, adapter=adapter, threads=threads, context=1024, patience=_PATIENCE)
        self.seconds: list[float] = []
        """Time of each call."""

    def judge(self, example: Example) -> Judged:
        """Return the probabilities of the act and of every mark's role."""
        asking = questions(asked(example))
        started = time.monotonic()
        found = self._model.choose([(each.text, each.words) for each in asking]).probabilities
        self.seconds.append(time.monotonic() - started)
        act, *roles = (dict(zip(each.answers, shares, strict=True)) for each, shares in zip(asking, found, strict=True))
        return Judged(act, tuple(roles))

    def close(self) -> None:
        """Give the model's memory back."""
        self._model.close()
