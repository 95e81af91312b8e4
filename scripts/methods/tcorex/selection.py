"""The choice of penalties by what a model says of samples that it has not seen."""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from methods.tcorex.estimator import TCorex, say_nothing
from methods.tcorex.periods import split
from methods.tcorex.windows import Array


@dataclass(frozen=True)
class Selection:
    """The penalties that did best, and how all did."""

    l1: float
    gamma: float
    scores: dict[tuple[float, float], float]
    """Mean held-out log-likelihood of a sample in nats, for each pair (l1, gamma)."""
    model: TCorex
    """The model with the best penalties, fitted to all samples but those of ``validation``."""


def select(  # noqa: PLR0913  one for each choice
    X: Any,
    n_hidden: int,
    *,
    period: str | int | None = None,
    validation: Sequence[Array] | None = None,
    l1: float | Sequence[float] = (0.1, 0.3, 1.0, 3.0),
    gamma: float | Sequence[float] = (0.0, 0.2, 0.4, 0.6),
    held_out: float = 0.25,
    random_state: int = 0,
    tell: Callable[[str], None] = say_nothing,
    **settings: Any,
) -> Selection:
    """Return the pair of ``l1`` and ``gamma`` under which held-out samples are likeliest.

    Held out are the tables of ``validation``, one for each period; without them, a share
    ``held_out`` of each period's samples, drawn with ``random_state``. Of equals the first wins.
    Other ``settings`` are those of ``TCorex``. Raise ValueError where there is no pair, or a
    period has too few samples to hold one out and to keep two; an interruption ends the choice.
    """
    periods = split(X, period)
    tables, names = periods.tables, periods.names
    rng = np.random.default_rng(random_state)
    if validation is None:
        pairs = [
            _part(rng, table, held_out, name) for table, name in zip(tables, names, strict=True)
        ]
        train, unseen = [kept for kept, _ in pairs], [out for _, out in pairs]
    else:
        train, unseen = tables, list(validation)
    grid = list(product(np.atleast_1d(l1).tolist(), np.atleast_1d(gamma).tolist()))
    if not grid:
        raise ValueError("there is nothing to choose from: give some numbers for l1 and for gamma")
    scores: dict[tuple[float, float], float] = {}
    for number, (price, share) in enumerate(grid, 1):
        model = TCorex(n_hidden, l1=price, gamma=share, random_state=random_state, **settings)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "factors all but copy")  # it will score the less
            scores[price, share] = model.fit(train).score(unseen)
        if model.interrupted_:
            raise KeyboardInterrupt
        said = f"l1 {price:g}, gamma {share:g}: {scores[price, share]:.6g} nats"
        tell(f"[{number}/{len(grid)}] {said}")
    best = max(scores, key=scores.__getitem__)
    settings |= {"period": period, "random_state": random_state}
    model = TCorex(n_hidden, l1=best[0], gamma=best[1], **settings)
    return Selection(best[0], best[1], scores, model.fit(X))  # X knows what its periods are called


def _part(
    rng: np.random.Generator, table: Array, held_out: float, name: Any
) -> tuple[Array, Array]:
    """Return the samples to fit and those held out, at least one."""
    n_out = max(1, round(held_out * len(table)))
    if len(table) - n_out < 2:  # noqa: PLR2004
        raise ValueError(f"period {name} has {len(table)} samples: too few to hold some out")
    order = rng.permutation(len(table))
    return table[np.sort(order[n_out:])], table[np.sort(order[:n_out])]
