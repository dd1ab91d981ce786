"""Trains the local planner's adapter: `python -m tastemaker.eval.understanding.train --out DIR`.

Makes the examples, fits the baseline, trains the adapter with checkpoints, writes its file, and measures all of it on
the tuning part through llama.cpp, for a choice of thresholds. Stopped and started again with the same directory, it
goes on where it was.
"""

import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from tastemaker.agent.planners.local import ADAPTER, MODEL_SHARE, WORDS
from tastemaker.agent.planners.local_model import LocalModel, installed_model
from tastemaker.agent.planners.role_judge import Judged, ModelJudge, mixed
from tastemaker.eval.understanding.catalogues import FOLDER
from tastemaker.eval.understanding.example import Example
from tastemaker.eval.understanding.examples import write_examples
from tastemaker.eval.understanding.train import logistic, turns
from tastemaker.eval.understanding.train.adapter import Recipe, train
from tastemaker.eval.understanding.train.doubt import doubted
from tastemaker.eval.understanding.train.encoding import encoded, tokeniser
from tastemaker.eval.understanding.train.export import write_adapter
from tastemaker.eval.understanding.train.judged import accuracy, best_thresholds, decided, rules_alone
from tastemaker.eval.understanding.train.lora import AdaptedModel

_LOG = logging.getLogger(__name__)
_CONTEXT, _PATIENCE = 1024, 120.0


def main(
    out: Annotated[Path, typer.Option("--out", help="Directory for examples, checkpoints and the adapter.")],
    workspace: Annotated[str | None, typer.Option("--workspace", "-w", metavar="NAME|PATH")] = None,
    epochs: Annotated[int, typer.Option(help="Passes over the examples.")] = Recipe.epochs,
    cut: Annotated[int, typer.Option(help="Lower layers left alone, of 30.")] = Recipe.cut,
    workers: Annotated[int, typer.Option(help="Threads that train.")] = 2,
    install: Annotated[bool, typer.Option(help="Put what was learnt where the planner looks for it.")] = False,
) -> None:
    """Train the local planner's adapter on the hand-written requests and measure it on the tuning part."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", force=True)
    out.mkdir(parents=True, exist_ok=True)
    hand = _examples(out / "examples.jsonl", sorted((FOLDER / "hand").glob("*.jsonl")), workspace)
    tuning = _examples(out / "tuning.jsonl", [FOLDER / "tuning.jsonl"], workspace)
    recipe = Recipe(epochs=epochs, cut=cut)
    learnt = doubted(hand, recipe.doubt)
    typer.echo(f"{len(hand)} turns to learn from, {len(tuning)} to tune on")
    _tell("rules", tuning, None)
    counted = logistic.fit(learnt)
    by_words = [counted.judge(turns.asked(each)) for each in tuning]
    _tell("logistic regression", tuning, by_words)
    path, words = out / "adapter.gguf", out / WORDS.name
    counted.save(words)
    _train(learnt, recipe, out, path, workers)
    for name, adapter in (("model untrained", None), ("model trained", path)):
        judged, seconds = _asked(tuning, adapter)
        _tell(name, tuning, judged)
        typer.echo(
            f"  a call takes {seconds[len(seconds) // 2]:.2f} s, 95% less than {seconds[-len(seconds) // 20]:.2f} s"
        )
    for share in (0.3, MODEL_SHARE, 0.7):
        both = [mixed(one, other, share) for one, other in zip(by_words, judged, strict=True)]
        _tell(f"logistic regression and model trained ({share:g})", tuning, both)
    if install:
        for made, place in ((path, ADAPTER), (words, WORDS)):
            place.write_bytes(made.read_bytes())
            typer.echo(f"installed {place}")


def _examples(path: Path, files: Sequence[Path], workspace: str | None) -> list[Example]:
    """Return the examples of some files of requests, made once and kept."""
    if not path.is_file():
        started = time.monotonic()
        count = write_examples(path, files, workspace)
        _LOG.info("%d examples in %.0f s", count, time.monotonic() - started)
    return turns.read(path)


def _train(learnt: Sequence[Example], recipe: Recipe, out: Path, path: Path, workers: int) -> None:
    gguf = installed_model()
    tokenise = tokeniser(gguf)
    model = AdaptedModel(gguf, cut=recipe.cut, rank=recipe.rank, scale=recipe.scale, dropout=recipe.dropout)
    train(model, [encoded(each, tokenise) for each in learnt], recipe, out, workers)
    state = {name: values.numpy() for name, values in model.state().items()}
    write_adapter(path, state, scale=recipe.scale, heads=model.config.num_attention_heads)


def _asked(examples: Sequence[Example], adapter: Path | None) -> tuple[list[Judged], list[float]]:
    """Return what the small model says of examples, and the times of the calls in order of length."""
    model = LocalModel(installed_model(), adapter=adapter, context=_CONTEXT, patience=_PATIENCE)
    judged, seconds = [], []
    for each in examples:
        started = time.monotonic()
        judged.append(ModelJudge(model).judge(turns.asked(each)))
        seconds.append(time.monotonic() - started)
    model.close()
    return judged, sorted(seconds)


def _tell(name: str, examples: Sequence[Example], judged: Sequence[Judged] | None) -> None:
    """Print how often somebody is right, alone and over the rules where sure."""
    if judged is None:
        rows = [(name, rules_alone(examples))]
    else:
        act, role = best_thresholds(examples, judged)
        pairs = list(zip(examples, judged, strict=True))
        rows = [(name, [decided(each, one) for each, one in pairs])]
        rows += [
            (f"{name}, sure of the act from {act:.2f}, of roles from {role:.2f}",
             [decided(each, one, act_from=act, role_from=role) for each, one in pairs])
        ]  # fmt: skip
    for label, verdicts in rows:
        found = accuracy(examples, verdicts)
        typer.echo(f"{label}: act {found.act:.3f}, role {found.role:.3f}, whole turn {found.turn:.3f}")


if __name__ == "__main__":
    typer.run(main)
