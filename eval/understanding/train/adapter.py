"""Trains the adapter: passes over the examples in batches of like length, with checkpoints from which it goes on.

Knows neither where examples come from nor how an adapter is written to a file.
"""

import logging
import math
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from tastemaker.eval.understanding.train.lora import AdaptedModel, Encoded, loss

_LOG = logging.getLogger(__name__)
_WINDOW = 20
_WARM_UP = 0.06
_EVERY = 20
_CHUNK = 16


@dataclass(frozen=True)
class Recipe:
    """How an adapter is trained."""

    cut: int = 20
    """Lower layers left alone, of 30; what they make of the examples is computed once."""
    rank: int = 16
    """Inner size of the adapter."""
    scale: float = 2.0
    """Factor on its output."""
    dropout: float = 0.05
    """Share of its inner values left out in training."""
    epochs: int = 3
    """Passes over the examples."""
    batch: int = 8
    """Examples a step."""
    rate: float = 8e-4
    """Highest learning rate."""
    decay: float = 0.01
    """Weight decay."""
    act_weight: float = 1.0
    """Weight of an act in the loss, where a role has 1."""
    doubt: float = 0.1
    """Share of the rules' hints that are put back to what they say without any cue."""
    seed: int = 7
    """Of the order and the first values."""


def train(model: AdaptedModel, examples: Sequence[Encoded], recipe: Recipe, out: Path, workers: int = 2) -> None:
    """Train the adapter of a model in place; goes on from the checkpoint in `out` where there is one.

    Args:
        model: with a fresh adapter.
        examples: what is learnt.
        recipe: how.
        out: directory for the checkpoint.
        workers: threads, each with a part of every batch; they wait for each other once a step, not once a layer,
            which is what a busy machine can bear.
    """
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(1)
    optimiser = torch.optim.AdamW(model.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    per_epoch = math.ceil(len(examples) / recipe.batch)
    steps = per_epoch * recipe.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, steps))
    checkpoint = out / "checkpoint.pt"
    done = _resume(checkpoint, model, optimiser, schedule, recipe)
    started, seen = time.monotonic(), []
    with ThreadPoolExecutor(workers) as pool:
        lower = None if recipe.cut == 0 else _lower(model, examples, out / "lower.pt", pool)
        model.train(True)

        def part(share: Sequence[int]) -> tuple[float, float, tuple[Tensor, ...]]:
            batch = [examples[k] for k in share]
            inner = model.lower([each.tokens for each in batch]) if lower is None else [lower[k] for k in share]
            total, weight = loss(model.logits(inner, batch), batch, recipe.act_weight)
            return float(total.detach()), weight, torch.autograd.grad(total, list(model.parameters()))

        for step in range(done, steps):
            picked = _batches(examples, recipe, step // per_epoch)[step % per_epoch]
            parts = list(pool.map(part, [picked[k::workers] for k in range(min(workers, len(picked)))]))
            whole = sum(weight for _, weight, _ in parts)
            for k, parameter in enumerate(model.parameters()):
                parameter.grad = torch.stack([grads[k] for *_, grads in parts]).sum(0) / whole
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            seen.append(sum(total for total, *_ in parts) / whole)
            if (step + 1) % _EVERY == 0 or step + 1 == steps:
                pace = (time.monotonic() - started) / (step + 1 - done)
                _LOG.info("step %d of %d, loss %.3f, %.2f s a step", step + 1, steps, sum(seen) / len(seen), pace)
                seen = []
                _save(checkpoint, model, optimiser, schedule, recipe, step + 1)
    model.train(False)


def _lower(model: AdaptedModel, examples: Sequence[Encoded], path: Path, pool: ThreadPoolExecutor) -> list[Tensor]:
    """Return what the lower layers make of the examples; what was computed before is kept, example by example."""
    kept: dict[tuple[int, ...], Tensor] = torch.load(path) if path.is_file() else {}
    missing = sorted({each.tokens for each in examples} - kept.keys(), key=len)
    started = time.monotonic()
    chunks = [missing[first : first + _CHUNK] for first in range(0, len(missing), _CHUNK)]
    for number, (chunk, found) in enumerate(zip(chunks, pool.map(model.lower, chunks), strict=True), start=1):
        kept |= dict(zip(chunk, found, strict=True))
        if number % _EVERY == 0 or number == len(chunks):
            _LOG.info("lower layers: %d of %d batches, %.0f s", number, len(chunks), time.monotonic() - started)
            torch.save(kept, path)
    return [kept[each.tokens] for each in examples]


def _batches(examples: Sequence[Encoded], recipe: Recipe, epoch: int) -> list[list[int]]:
    """Return the batches of one pass, examples of like length together."""
    order = list(range(len(examples)))
    luck = random.Random(1000 * recipe.seed + epoch)
    luck.shuffle(order)
    batches = []
    window = _WINDOW * recipe.batch
    for first in range(0, len(order), window):
        near = sorted(order[first : first + window], key=lambda k: len(examples[k].tokens))
        batches += [near[k : k + recipe.batch] for k in range(0, len(near), recipe.batch)]
    luck.shuffle(batches)
    return batches


def _rate(step: int, steps: int) -> float:
    """Return the share of the highest learning rate: a short rise, then half a cosine down."""
    rise = max(1, int(_WARM_UP * steps))
    return (step + 1) / rise if step < rise else 0.02 + 0.49 * (1 + math.cos(math.pi * (step - rise) / (steps - rise)))


def _save(path: Path, model: AdaptedModel, optimiser: Any, schedule: Any, recipe: Recipe, done: int) -> None:
    half = path.with_suffix(".part")
    parts = {"optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}
    torch.save({"adapter": model.state(), **parts, "recipe": asdict(recipe), "done": done}, half)
    half.replace(path)


def _resume(path: Path, model: AdaptedModel, optimiser: Any, schedule: Any, recipe: Recipe) -> int:
    """Take up a checkpoint of the same recipe; return the steps done."""
    if not path.is_file():
        return 0
    kept = torch.load(path)
    if kept["recipe"] != asdict(recipe):
        return 0
    model.load(kept["adapter"])
    optimiser.load_state_dict(kept["optimiser"])
    schedule.load_state_dict(kept["schedule"])
    return int(kept["done"])
