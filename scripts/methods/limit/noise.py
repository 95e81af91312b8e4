"""Wrong labels, and by Fano's inequality what it costs to fit them; information is in bits."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import elementwise
from scipy.special import entr

Array = NDArray[np.float64]
Labels = NDArray[np.intp]

_ROUNDING = 1e-9


def uniform_noise(rate: float, n_classes: int) -> Array:
    """Return the chances (C, C) of each label where wrong ones are equally likely: Eq. (1)."""
    _check_rate(rate)
    if n_classes < 2:  # noqa: PLR2004
        raise ValueError(f"n_classes is {n_classes}: give at least two")
    same = np.eye(n_classes)
    return (1 - rate) * same + rate * (1 - same) / (n_classes - 1)


def pair_noise(rate: float, partners: Sequence[int]) -> Array:
    """Return the chances (C, C) where class k is only ever taken for ``partners[k]``: Eq. (1).

    A class that is its own partner keeps its labels.
    """
    _check_rate(rate)
    n_classes = len(partners)
    if not set(partners) <= set(range(n_classes)):
        raise ValueError(f"partners name classes that are not in 0 to {n_classes - 1}")
    return rate * np.eye(n_classes)[list(partners)] + (1 - rate) * np.eye(n_classes)


def corrupt(rng: np.random.Generator, y: ArrayLike, chances: Array) -> Labels:
    """Return labels (n,), each drawn from the row of ``chances`` (C, C) of its true class."""
    clean = np.asarray(y)
    check_labels(clean, len(chances))
    below = np.cumsum(chances, axis=1)[clean] <= rng.random(len(clean))[:, None]
    drawn: Labels = np.minimum(below.sum(axis=1), len(chances) - 1)
    return drawn


def label_entropy(chances: Array) -> Array:
    """Return the bits (C,) that a noisy label holds beyond the true class: Eq. (2)."""
    bits: Array = entr(chances).sum(axis=1) / np.log(2)
    return bits


def error_entropy(error: ArrayLike, n_classes: int) -> Array:
    """Return the most bits that can be missing where ``error`` of the labels are missed: Eq. (3).

    It grows up to the error 1 - 1 / C of a guess and falls from there.
    """
    r = np.asarray(error, dtype=np.float64)
    bits: Array = (entr(r) + entr(1 - r)) / np.log(2) + r * np.log2(n_classes - 1)
    return bits


def least_error(information: ArrayLike, entropy: ArrayLike, n_classes: int) -> Array:
    """Return the least expected share of noisy training labels that is missed: Eq. (4).

    ``information`` is I(w; y | x) / n and ``entropy`` H(y | x) / n, in bits a label; they
    broadcast. Raise ValueError where they cannot be that.
    """
    known, unknown = (np.asarray(bits, dtype=np.float64) for bits in (information, entropy))
    guess = 1 - 1 / n_classes
    most = error_entropy(guess, n_classes)
    if not np.all(known >= 0):
        raise ValueError("information is negative or NaN: give bits a label, 0 or more")
    if not np.all((unknown >= 0) & (unknown <= most + _ROUNDING)):
        raise ValueError(f"entropy is not between 0 and {most:.3f}, the bits of {n_classes} labels")
    missing = np.clip(unknown - known, 0, most)
    found = elementwise.find_root(
        lambda r, bits: error_entropy(r, n_classes) - bits, (0.0, guess), args=(missing,)
    )
    error: Array = found.x
    return error


def least_information(error: ArrayLike, entropy: ArrayLike, n_classes: int) -> Array:
    """Return the least I(w; y | x) / n, in bits a label, at which ``error`` can be met: Eq. (4)."""
    bits: Array = np.maximum(np.asarray(entropy) - error_entropy(error, n_classes), 0.0)
    return bits


def check_labels(y: NDArray[Any], n_classes: int, where: str = "") -> None:
    """Raise ValueError unless y (n,) holds whole numbers from 0 up to ``n_classes`` - 1."""
    if y.ndim != 1 or not y.size or not np.issubdtype(y.dtype, np.integer):
        raise ValueError(f"y{where} is no list of whole numbers: give the class of each sample")
    if y.min() < 0 or y.max() >= n_classes:
        span = f"from {y.min()} to {y.max()}"
        raise ValueError(f"y{where} goes {span}: number the classes from 0 to {n_classes - 1}")


def _check_rate(rate: float) -> None:
    if not 0 <= rate <= 1:
        raise ValueError(f"rate is {rate}: give a share between 0 and 1")
