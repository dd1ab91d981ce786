"""What the taste model costs with many items: `python -m tastemaker.eval.taste.large --items 100000`.

Fits it on a made-up log in which few items have most of the likes and few people give most of them, and folds people
in. Times are of the processor, so that a busy machine tells the same.
"""

import resource
import sys
import time
from typing import Annotated

import numpy as np
import typer
from scipy import sparse

from tastemaker.eval.taste.data import log_of
from tastemaker.tools.index.item_weights import Likes
from tastemaker.tools.index.taste_model import LARGEST_SIDE, TasteModel

_SKEW = 0.9
_GIVEN, _FOLDED = 20, 60
_SEED = 7
_RSS_BYTES = 1 if sys.platform == "darwin" else 1024


def made_up(items: int, people: int, likes: int) -> Likes:
    """Return likes, people by items: an item's share falls with its place to the power of 0.9, a person's is lognormal.

    Args:
        items: number of items.
        people: number of people.
        likes: likes drawn; those drawn twice count once.
    """
    draw = np.random.default_rng(_SEED)
    fame = np.cumsum(1 / np.arange(1, items + 1) ** _SKEW)
    zeal = np.cumsum(draw.lognormal(size=people))
    row = draw.permutation(items)[np.searchsorted(fame, draw.random(likes) * fame[-1])]
    user = np.searchsorted(zeal, draw.random(likes) * zeal[-1])
    pairs = np.unique(user * items + row)
    shape = (people, items)
    starts = np.searchsorted(pairs // items, np.arange(people + 1))
    return sparse.csr_array((np.ones(len(pairs), dtype=np.float32), pairs % items, starts), shape=shape)


def measure(
    items: Annotated[int, typer.Option(min=1)] = 100_000,
    people: Annotated[int, typer.Option(min=1)] = 60_000,
    likes: Annotated[int, typer.Option(min=1)] = 3_000_000,
    dimensions: Annotated[int, typer.Option(min=1, help="Length of the texts' vectors.")] = 384,
    largest_side: Annotated[int, typer.Option(min=1, help="Rows of the largest matrix inverted.")] = LARGEST_SIDE,
) -> None:
    """Print what fitting and folding in cost."""
    draw = np.random.default_rng(_SEED)
    log = log_of(made_up(items, people, likes))
    vectors = draw.standard_normal((items, dimensions), dtype=np.float32)
    started = time.process_time()
    model = TasteModel.fit(log, items, None, vectors, largest_side=largest_side)
    seconds = time.process_time() - started
    taken = []
    for _ in range(_FOLDED):
        given = draw.choice(model.modelled, min(_GIVEN, len(model.modelled)), replace=False)
        started = time.process_time()
        model.scores(given)
        taken.append(1000 * (time.process_time() - started))
    half, most = np.percentile(taken, (50, 95))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_BYTES / 1e9
    typer.echo(model.note)
    typer.echo(f"fit {seconds:.1f} s, keeps {model.kept / 1e6:.0f} MB, peak of the process {peak:.2f} GB")
    typer.echo(f"fold-in of {_GIVEN} likes: p50 {half:.1f} ms, p95 {most:.1f} ms")


if __name__ == "__main__":
    typer.run(measure)
