"""Compares taste scorers on the same people: settings chosen on validation people, figures on test people.

A person who is tested under several seeds counts once, with the mean of their figures, so that the intervals over
people hold. The worst decile is the tenth of the people whom a scorer serves worst, by the NDCG of their whole ranking.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from tastemaker.eval.bootstrap import RESAMPLES, Interval
from tastemaker.eval.taste.data import Interactions
from tastemaker.eval.taste.measures import MEASURES, measure
from tastemaker.eval.taste.peer import Fitted, Peer, Score, Scores, Training
from tastemaker.eval.taste.splits import Held, Split, split

FEW = 3
"""Likes given where few are."""
FEW_GIVEN = f"NDCG@10 of {FEW}"
COLUMNS = (*MEASURES, FEW_GIVEN)
_TIMED = 30
_SHARES = (0.1, 0.25, 0.5)


@dataclass
class Results:
    """What one scorer did."""

    people: list[NDArray[np.int64]] = field(default_factory=list)
    """Test people, one array a seed."""
    values: dict[str, list[NDArray[np.float64]]] = field(default_factory=lambda: defaultdict(list))
    """Their figures by measure, likewise."""
    chosen: list[str] = field(default_factory=list)
    """Settings taken, one a seed."""
    fit_seconds: list[float] = field(default_factory=list)
    fold_ms: list[float] = field(default_factory=list)
    """Median milliseconds to score everything for one person, one a seed."""
    kept: int = 0
    """Bytes that it keeps."""

    def by_person(self, column: str) -> NDArray[np.float64]:
        """Return a measure by person, each person's mean over the seeds, in the order of their numbers."""
        _, place = np.unique(np.concatenate(self.people), return_inverse=True)
        found: NDArray[np.float64] = np.bincount(place, np.concatenate(self.values[column])) / np.bincount(place)
        return found


@dataclass(frozen=True)
class _Run:
    """One scorer fitted on one split, with its scores for everybody held out."""

    validation: Scores
    test: Scores
    few: Scores


def compare(
    data: Interactions,
    peers: Sequence[Peer],
    seeds: Sequence[int],
    blends: Sequence[tuple[str, str]],
    told: Callable[[str], None],
) -> Mapping[str, Results]:
    """Return the results of every scorer that can run, and of the blends of two.

    Args:
        data: the interactions.
        peers: the scorers.
        seeds: one split each.
        blends: pairs of names; the second's share is chosen on the validation people.
        told: told what cannot run and how far it is.
    """
    able = [peer for peer in peers if _runs(peer, data, told)]
    results: dict[str, Results] = defaultdict(Results)
    for seed in seeds:
        parts = split(data, seed)
        runs: dict[str, _Run] = {}
        for peer in able:
            runs[peer.name] = _run(peer, parts, data, results[peer.name])
            told(f"seed {seed}: {peer.name}, {results[peer.name].chosen[-1]}")
        for first, second in blends:
            if first in runs and second in runs:
                _blend(runs[first], runs[second], parts, results[f"{first} + {second}"])
    return results


def difference(ours: Sequence[float], theirs: Sequence[float], seed: int, tail: float = 1.0) -> Interval:
    """Return the mean over the worst-served share of the people, each scorer's own, ours less theirs.

    Args:
        ours: one value a person.
        theirs: likewise, the same people.
        seed: seed of the resamples.
        tail: the share; 1 for all people, where the difference is the paired one.
    """
    both = np.stack([np.asarray(ours, dtype=np.float64), np.asarray(theirs, dtype=np.float64)])
    people = both.shape[1]
    draws = np.random.default_rng(seed)

    def worst(values: NDArray[np.float64]) -> NDArray[np.float64]:
        count = max(1, round(tail * people))
        found: NDArray[np.float64] = np.partition(values, count - 1, axis=1)[:, :count].mean(axis=1)
        return found

    means = worst(both)
    resampled = [worst(both[:, draws.integers(0, people, people)]) for _ in range(RESAMPLES)]
    low, high = np.percentile([each[0] - each[1] for each in resampled], (2.5, 97.5))
    return Interval(mean=float(means[0] - means[1]), low=float(low), high=float(high), n=people)


def worst_decile(values: NDArray[np.float64]) -> float:
    """Return the mean of the lowest tenth."""
    return float(np.sort(values)[: max(1, round(0.1 * len(values)))].mean())


def _runs(peer: Peer, data: Interactions, told: Callable[[str], None]) -> bool:
    if peer.package and find_spec(peer.package) is None:
        told(f"{peer.name} is left out: install {peer.package} to compare with it.")
        return False
    if peer.reads_texts and data.vectors is None:
        told(f"{peer.name} is left out: the items have no texts; give a workspace to compare with it.")
        return False
    return True


def _run(peer: Peer, parts: Split, data: Interactions, results: Results) -> _Run:
    training = Training(parts.train, data.vectors)
    best: tuple[float, Fitted, Scores, float] | None = None
    for settings in peer.settings:
        started = time.perf_counter()
        fitted = peer.fit(training, **settings)
        seconds = time.perf_counter() - started
        scores = fitted.score(parts.validation.given)
        found = float(measure(scores, parts.validation)["NDCG@10"].mean())
        if best is None or found > best[0]:
            best = (found, fitted, scores, seconds)
            chosen = ", ".join(f"{name} {value}" for name, value in settings.items())
    assert best is not None
    _, fitted, scores, seconds = best
    run = _Run(scores, fitted.score(parts.test.given), fitted.score(_few(parts).given))
    _note(run, parts, results, chosen)
    results.fit_seconds.append(seconds)
    results.fold_ms.append(_fold_ms(fitted.score, parts.test))
    results.kept = fitted.kept
    return run


def _blend(first: _Run, second: _Run, parts: Split, results: Results) -> None:
    def mixed(share: float) -> _Run:
        pairs = zip(vars(first).values(), vars(second).values(), strict=True)
        return _Run(*((1 - share) * _spread(a) + share * _spread(b) for a, b in pairs))

    tried = [mixed(share) for share in _SHARES]
    found = [float(measure(run.validation, parts.validation)["NDCG@10"].mean()) for run in tried]
    best = int(np.argmax(found))
    _note(tried[best], parts, results, f"share {_SHARES[best]}")


def _note(run: _Run, parts: Split, results: Results, chosen: str) -> None:
    results.people.append(parts.test.people)
    for name, values in measure(run.test, parts.test).items():
        results.values[name].append(values)
    results.values[FEW_GIVEN].append(measure(run.few, _few(parts))["NDCG@10"])
    results.chosen.append(chosen)


def _few(parts: Split) -> Held:
    return parts.test.with_given(FEW, parts.seed)


def _spread(scores: Scores) -> Scores:
    deviation = scores.std(axis=1, keepdims=True)
    found: Scores = (scores - scores.mean(axis=1, keepdims=True)) / np.where(deviation > 0, deviation, 1.0)
    return found


def _fold_ms(score: Score, held: Held) -> float:
    taken = []
    for person in range(min(_TIMED, len(held.people))):
        given = held.given[[person]]
        started = time.perf_counter()
        score(given)
        taken.append(1000 * (time.perf_counter() - started))
    return float(np.median(taken))
