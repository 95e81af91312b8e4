"""The benchmark's measures of a prediction, and bootstrap intervals around them.

Harutyunyan et al., "Multitask learning and benchmarking with clinical time series data",
Scientific Data 6:96, 2019; equation numbers are those of notebooks/mimic3.ipynb. A measure
takes how often each sample counts, shape (..., n), so a thousand resamples are one array
operation, where scikit-learn's functions, which the tests hold these to, take one at a time.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Bins = NDArray[np.intp]
Metric = Callable[[Array, Array, Array], Array]
"""Takes truth and prediction, with n samples on the first axis, and counts (..., n)."""

BIN_EDGES = 24.0 * np.array([1, 2, 3, 4, 5, 6, 7, 8, 14])
"""Where a bin of the remaining stay ends and the next begins, in hours: ten bins in all."""

N_BINS = len(BIN_EDGES) + 1

_BLOCK = 2_000_000  # counts of samples held at once while bootstrapping: 16 MB


@dataclass(frozen=True)
class Interval:
    """A measure and its bootstrap interval; ``low`` and ``high`` are its percentiles."""

    value: float
    low: float
    high: float


def auroc(truth: ArrayLike, score: ArrayLike, counts: ArrayLike | None = None) -> Array:
    """Return the area under the receiver operating characteristic, shape (...): Eq. (9).

    truth (n,) is 0 or 1, score (n,) grows with the risk, counts (..., n) says how often each
    sample counts, once by default. NaN where the counted samples are all of one class.
    """
    hits, alarms = _curve(truth, score, counts)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.trapezoid(_share(hits), _share(alarms), axis=-1))


def auprc(truth: ArrayLike, score: ArrayLike, counts: ArrayLike | None = None) -> Array:
    """Return the area under the precision-recall curve by trapezoids, shape (...): Eq. (10).

    The benchmark joins the points of the curve by straight lines, from precision 1 at recall 0,
    where scikit-learn's ``average_precision_score`` makes steps. Arguments as for ``auroc``.
    """
    recall, precision = _recall_precision(truth, score, counts)
    return np.asarray(np.trapezoid(precision, recall, axis=-1))


def min_recall_precision(
    truth: ArrayLike, score: ArrayLike, counts: ArrayLike | None = None
) -> Array:
    """Return the best threshold's lesser of recall and precision, shape (...).

    The paper calls it min(Se, P+). Arguments as for ``auroc``.
    """
    lesser: Array = np.minimum(*_recall_precision(truth, score, counts)).max(axis=-1)
    return lesser


def macro_auroc(truth: ArrayLike, score: ArrayLike, counts: ArrayLike | None = None) -> Array:
    """Return the mean AUROC of the labels in truth and score (n, n_labels), shape (...)."""
    labels = zip(np.transpose(truth), np.transpose(score), strict=True)
    return np.asarray(np.mean([auroc(y, s, counts) for y, s in labels], axis=0))


def micro_auroc(truth: ArrayLike, score: ArrayLike, counts: ArrayLike | None = None) -> Array:
    """Return the AUROC of all labels in truth and score (n, n_labels) as one, shape (...)."""
    y, s = np.asarray(truth), np.asarray(score)
    if counts is None:
        return auroc(y.ravel(), s.ravel())
    weight = np.asarray(counts, dtype=np.float64)
    rows, step = weight.reshape(-1, len(y)), max(1, _BLOCK // y.size)
    blocks = np.split(rows, range(step, len(rows), step))
    found = [auroc(y.ravel(), s.ravel(), np.repeat(b, y.shape[1], axis=-1)) for b in blocks]
    return np.concatenate(found).reshape(weight.shape[:-1])


def length_of_stay_bin(hours: ArrayLike) -> Bins:
    """Return the bin, 0 to 9, that each remaining stay in hours falls into."""
    return np.searchsorted(BIN_EDGES, np.asarray(hours, dtype=np.float64), side="right")


def bin_hours(hours: ArrayLike) -> Array:
    """Return what each bin stands for, shape (10,): its mean remaining stay in hours.

    ``hours`` (n,) are the remaining stays to train on. A bin that has none stands for its middle,
    and the last for its beginning. The benchmark has constants, averages over MIMIC-III.
    """
    remaining = np.asarray(hours, dtype=np.float64)
    bins = length_of_stay_bin(remaining)
    found: Array = (np.append(0.0, BIN_EDGES) + np.append(BIN_EDGES, BIN_EDGES[-1])) / 2
    for one in np.unique(bins):
        found[one] = remaining[bins == one].mean()
    return found


def kappa(truth: ArrayLike, guess: ArrayLike, counts: ArrayLike | None = None) -> Array:
    """Return Cohen's linearly weighted kappa of bins (n,) from 0 to 9, shape (...): Eq. (11).

    All ten bins take part, whether they occur or not; scikit-learn leaves out those that do not
    unless it is given ``labels=range(10)``. NaN where all is in one and the same bin.
    """
    a, b = _bins(truth), _bins(guess)
    weight = _counts(counts, len(a))
    total = weight.sum(axis=-1)
    rows, columns = weight @ np.eye(N_BINS)[a], weight @ np.eye(N_BINS)[b]
    distance = np.abs(np.subtract.outer(np.arange(N_BINS), np.arange(N_BINS)))
    expected = np.sum(rows @ distance * columns, axis=-1) / total
    with np.errstate(invalid="ignore"):
        agreement: Array = 1 - weight @ np.abs(a - b) / expected
    return agreement


def mean_absolute_deviation(
    truth: ArrayLike, guess: ArrayLike, counts: ArrayLike | None = None
) -> Array:
    """Return the mean distance between remaining stays and guesses (n,), in their unit."""
    error = np.abs(np.subtract(truth, guess))
    weight = _counts(counts, len(error))
    mean: Array = weight @ error / weight.sum(axis=-1)
    return mean


def bootstrap_interval(
    metric: Metric, truth: ArrayLike, prediction: ArrayLike, draws: Iterable[Array]
) -> Interval:
    """Return the metric and the middle 95 % of its values on resampled data, from ``resample``.

    A draw on which the metric is not defined, such as one without a death, is left out. Raise
    ValueError where the metric is not defined on the data themselves.
    """
    y, p = np.asarray(truth), np.asarray(prediction)
    value = float(metric(y, p, np.ones(len(y))))
    if np.isnan(value):
        raise ValueError("the metric is not defined on these samples: give some of each class")
    values = np.concatenate([metric(y, p, counts) for counts in draws])
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return Interval(value=value, low=float(low), high=float(high))


def resample(
    owners: ArrayLike, *, rng: np.random.Generator, resamples: int = 1000
) -> Iterator[Array]:
    """Yield blocks (some resamples, n) of how often each sample counts when owners are redrawn.

    owners (n,) names the stay or patient of each sample. As many as there are get drawn with
    replacement, and bring all their samples. The benchmark draws single samples, as
    ``np.arange(n)`` does here; but hours of one stay resemble each other, so for hourly tasks
    its intervals are too narrow.
    """
    names, members = np.unique(owners, return_inverse=True)
    fair = np.full(len(names), 1 / len(names))
    rows = max(1, _BLOCK // len(members))
    for done in range(0, resamples, rows):
        drawn = rng.multinomial(len(names), fair, size=min(rows, resamples - done))
        yield drawn[:, members].astype(np.float64)


def _curve(truth: ArrayLike, score: ArrayLike, counts: ArrayLike | None) -> tuple[Array, Array]:
    """Return true and false positives (..., k + 1) at k falling thresholds, from none on."""
    y, s = np.asarray(truth, dtype=np.float64), np.asarray(score, dtype=np.float64)
    if y.ndim != 1 or y.shape != s.shape:
        raise ValueError(f"truth has shape {y.shape} and score {s.shape}: give both as (n,)")
    if not np.all((y == 0) | (y == 1)):
        raise ValueError("truth holds values other than 0 and 1: give one class each")
    if not np.all(np.isfinite(s)):
        raise ValueError("score holds NaN or infinity: give finite scores")
    order = np.argsort(-s, kind="stable")
    weight = _counts(counts, len(y))[..., order]
    last_of_ties = np.append(np.flatnonzero(np.diff(s[order])), len(s) - 1)
    hits = np.cumsum(weight * y[order], axis=-1)[..., last_of_ties]
    alarms = np.cumsum(weight * (1 - y[order]), axis=-1)[..., last_of_ties]
    return _from_zero(hits), _from_zero(alarms)


def _recall_precision(
    truth: ArrayLike, score: ArrayLike, counts: ArrayLike | None
) -> tuple[Array, Array]:
    """Return recall and precision (..., k + 1) at falling thresholds, from (0, 1) on."""
    hits, alarms = _curve(truth, score, counts)
    named = hits + alarms
    with np.errstate(invalid="ignore"):
        precision = np.where(named > 0, hits / named, 1.0)
        return _share(hits), precision


def _share(cumulated: Array) -> Array:
    """Return running sums (..., k) as shares of their last."""
    share: Array = cumulated / cumulated[..., -1:]
    return share


def _from_zero(cumulated: Array) -> Array:
    return np.concatenate([np.zeros_like(cumulated[..., :1]), cumulated], axis=-1)


def _counts(counts: ArrayLike | None, n: int) -> Array:
    return np.ones(n) if counts is None else np.asarray(counts, dtype=np.float64)


def _bins(values: ArrayLike) -> Bins:
    bins = np.asarray(values)
    if bins.ndim != 1 or not np.all(np.isin(bins, np.arange(N_BINS))):
        raise ValueError(f"bins go from 0 to {N_BINS - 1}, shape (n,): see length_of_stay_bin")
    return bins.astype(np.intp)
