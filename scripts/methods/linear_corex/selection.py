"""How many factors: as many as predict samples best that the fit has not seen."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from methods.linear_corex.estimator import LinearCorex
from methods.linear_corex.formulas import Array, check_table
from methods.linear_corex.tables import read_table, varying_columns


@dataclass(frozen=True)
class Choice:
    """A number of factors, and the scores that it was chosen for."""

    n_hidden: int
    """The fewest factors that are about as good as any."""
    candidates: tuple[int, ...]
    """The numbers of factors that were tried."""
    scores: Array
    """Held-out log-likelihood in nats per sample, shape (n_candidates, n_folds)."""


def choose_n_hidden(
    X: Any,
    candidates: Sequence[int],
    *,
    n_folds: int = 3,
    min_gain: float = 0.01,
    random_state: int = 0,
) -> Choice:
    """Return the number of factors, among ``candidates``, that tells most about new samples.

    X (n_samples, n_columns) is as for ``LinearCorex.fit``. Its samples are shuffled into
    ``n_folds`` folds; each is scored once by models that were fitted to the others. Factors too
    many mostly go unused and change little, so the choice is the smallest candidate with a mean
    score at most ``min_gain`` nats below the best. The bound of total correlation could not
    choose, as more factors never have to explain less. Raise ValueError where there are no
    candidates, fewer than two folds, or too few samples for them.
    """
    table, names = read_table(X)
    check_table(table, missing=True)
    table = table[:, varying_columns(table, names)]
    candidates = np.atleast_1d(candidates).tolist()
    if not candidates:
        raise ValueError("there are no candidates: give some numbers of factors")
    if not 1 < n_folds <= len(table) // 2:
        raise ValueError(
            f"n_folds is {n_folds}: give at least 2, and at most half of the {len(table)} samples"
        )
    rng = np.random.default_rng(random_state)
    fold_of = rng.permutation(len(table)) % n_folds
    scores = np.array(
        [
            [
                _held_out(table, fold_of == fold, LinearCorex(m, random_state=random_state))
                for fold in range(n_folds)
            ]
            for m in candidates
        ]
    )
    means = scores.mean(axis=1)
    enough = [
        m for m, mean in zip(candidates, means, strict=True) if mean >= means.max() - min_gain
    ]
    return Choice(min(enough), tuple(candidates), scores)


def _held_out(table: Array, held: NDArray[np.bool_], model: LinearCorex) -> float:
    """Return the score of the rows held out under the model fitted to the others."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "X has constant columns")  # alike for every candidate
        return model.fit(table[~held]).score(table[held])
