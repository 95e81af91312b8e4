"""The estimator: periods in; covariances, groups and changes out."""

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial, reduce
from operator import add
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from methods import linear_corex
from methods.linear_corex import ANNEALING, Labels
from methods.linear_corex.tables import check_is_fitted, remember_columns
from methods.tcorex import changes
from methods.tcorex.covariance import Covariance
from methods.tcorex.fitting import Map, descend, spread_over
from methods.tcorex.growth import FINER, GENTLER, draw, extend
from methods.tcorex.objective import Block, correlations, factors, make_block, moments
from methods.tcorex.periods import Periods, cut_like, split
from methods.tcorex.settings import check_settings
from methods.tcorex.start import start
from methods.tcorex.windows import Array, Windows, make_windows, standardise

_BLOCK = 1024
"""Variables to a block: what a period keeps of one fits into a processor's cache."""


def say_nothing(line: str) -> None:
    """Tell nobody."""


class TCorex(BaseEstimator):  # type: ignore[misc]  # scikit-learn publishes no types
    """Covariances that change over time, with ``n_hidden`` modular factors in each period.

    ``period`` cuts one table into periods, by a length such as "30D" of its time index or by a
    number of rows; a list of tables needs none. ``gamma`` in [0, 1] is how much a sample counts
    in the next period, and ``reach`` limits that to so many periods on either side. ``l1`` is
    the price of a change of the weights between neighbouring periods; weights are the smaller
    the more variables there are, so the best price grows about like the root of their number.
    A period's factors are judged by all samples that it sees or, unless ``weighted``, by its own
    alone. ``floor`` is the least share of its variance that a variable keeps to itself.

    Each share of noise gets at most ``steps`` steps of size ``rate``, which is relative to the
    weights' natural size, and fewer where the last three gain less than ``tol`` nats for each
    variable and period, unless that is 0. ``random_state`` draws the weights to start from.
    Of very many variables, a few hundred for each factor are drawn and fitted first; their factors
    give the weights of all variables, which then take the steps without noise, until three gain
    less than 0.3 times ``tol``.
    Blocks of variables are spread over ``n_threads`` threads, one for each processor that may be
    used unless given. Give ``tell=print`` to see progress, a line for each share of noise.

    After ``fit``, for T periods and p variables: ``covariances_``, one for each period, which form
    a (p, p) matrix only where asked to; ``labels_`` (T, p) with the factor of each variable;
    ``change_scores_`` (T - 1,), the distance of neighbouring correlation matrices, and
    ``change_points_``, the t where they leap between periods t and t + 1; ``period_names_``;
    and the parts that the covariances are made of: ``means_`` and ``scales_`` (T, p),
    ``weights_`` and ``loadings_`` (T, m, p). ``n_iter_`` counts steps, and ``interrupted_`` tells
    whether a KeyboardInterrupt cut the descent short; the model is then that of the weights
    reached, and usable. The p variables are the columns that vary in every window; others are
    left out with a warning, and ``kept_`` (p,) has the indices of the rest among the
    ``n_features_in_`` columns, named by ``feature_names_in_`` where X is of data frames.
    """

    def __init__(  # noqa: PLR0913  one for each choice
        self,
        n_hidden: int = 2,
        *,
        period: str | int | None = None,
        l1: float = 0.3,
        gamma: float = 0.4,
        reach: int | None = None,
        weighted: bool = True,
        floor: float = 0.01,
        steps: int = 30,
        tol: float = 1e-3,
        rate: float = 1.0,
        random_state: int | np.random.Generator = 0,
        n_threads: int | None = None,
        tell: Callable[[str], None] = say_nothing,
    ) -> None:
        self.n_hidden = n_hidden
        self.period = period
        self.l1 = l1
        self.gamma = gamma
        self.reach = reach
        self.weighted = weighted
        self.floor = floor
        self.steps = steps
        self.tol = tol
        self.rate = rate
        self.random_state = random_state
        self.n_threads = n_threads
        self.tell = tell

    def fit(self, X: Any, y: object = None) -> Self:  # noqa: ARG002  as in pipelines
        """Fit the model to a list of tables (n_t, p), or to one table cut by ``period``.

        The tables' own precision is used: 32-bit data take half the memory. A KeyboardInterrupt
        ends the descent with a warning, and keeps the weights reached. Raise ValueError as
        ``periods.split`` does, and for settings out of range. Warn of variables that are constant
        within a window, and of those whose own variance the data would take below ``floor``.
        """
        check_settings(self)
        periods = split(X, self.period)
        remember_columns(self, periods.tables[0].shape[1], periods.columns)
        self.period_names_ = periods.names
        windows = make_windows(
            [len(table) for table in periods.tables],
            gamma=self.gamma,
            reach=self.reach,
            weighted=self.weighted,
            floor=self.floor,
            dtype=np.result_type(*periods.tables),
        )
        with _working(self.n_threads, self.n_features_in_) as spread:
            blocks = self._make_blocks(periods, windows, spread)
            self._find_weights(blocks, windows, spread)
            self._keep(blocks, windows, spread)
        return self

    @property
    def covariances_(self) -> list[Covariance]:
        """The covariance of each period: Eq. (12)."""
        return [Covariance(A, s) for A, s in zip(self.loadings_, self.scales_, strict=True)]

    def score(self, X: Any, y: object = None) -> float:  # noqa: ARG002  as in pipelines
        """Return the mean over periods of the Gaussian log-likelihood of a sample, in nats.

        X holds the same periods as the data of the fit, in any numbers of samples. A table with a
        time index is cut where that of the fit was, and need not have samples of every period.
        """
        return float(np.nanmean(self.score_periods(X)))

    def score_periods(self, X: Any) -> Array:
        """Return the mean log-likelihood of a sample of each period in nats, shape (T,).

        It is NaN for a period of which there are no samples.
        """
        check_is_fitted(self, "loadings_")
        tables = cut_like(self, X)
        each = zip(self.covariances_, tables, self.means_, strict=True)
        return np.array(
            [
                one.log_likelihood(table[:, self.kept_] - mean).mean() if len(table) else np.nan
                for one, table, mean in each
            ]
        )

    def _make_blocks(self, periods: Periods, windows: Windows, spread: Map) -> list[Block]:
        """Return the standardised data of variables that vary, as blocks without weights."""
        self.kept_ = np.arange(self.n_features_in_)
        blocks = self._standardise(periods.tables, windows, spread)
        constant = np.flatnonzero((self.scales_ == 0).any(axis=0))
        if not constant.size:
            return blocks
        self.kept_ = np.setdiff1d(self.kept_, constant)
        named = (constant if periods.columns is None else periods.columns[constant]).tolist()
        said = f"X has columns that are constant within a window, {named}: "
        if not self.kept_.size:
            raise ValueError(f"{said}there is nothing to fit; give longer periods")
        said += "they are left out of the model; a larger gamma sees more periods at once"
        warnings.warn(said, stacklevel=3)
        return self._standardise(
            [table[:, self.kept_] for table in periods.tables], windows, spread
        )

    def _standardise(self, tables: list[Array], windows: Windows, spread: Map) -> list[Block]:
        T, p = len(tables), tables[0].shape[1]
        self.means_, self.scales_ = np.empty((2, T, p), windows.weights.dtype)

        def make(some: slice) -> Block:
            raw = np.concatenate([table[:, some] for table in tables])
            x, self.means_[:, some], self.scales_[:, some] = standardise(raw, windows)
            return make_block(x, np.zeros((T, self.n_hidden, x.shape[1]), x.dtype), windows)

        return list(spread(make, _slices(p)))

    def _find_weights(self, blocks: list[Block], windows: Windows, spread: Map) -> None:
        """Set the weights of all blocks, by way of a few variables where there are very many."""
        self.interrupted_, self.n_iter_ = False, 0
        rng = np.random.default_rng(self.random_state)
        few = draw(blocks, windows, rng)
        behind = few is not blocks
        drawn = f" and {_width(few):,} variables" if behind else ""
        self.tell(f"linear CorEx of all periods{drawn} at once")
        start(few, rng)
        try:
            self._descend(few, windows, spread, ANNEALING, self.rate, self.tol)
            if behind:
                extend(few, blocks, windows, spread)
                behind = False
                self.tell(f"all {_width(blocks):,} variables")
                last, rate, tol = ANNEALING[-1:], GENTLER * self.rate, FINER * self.tol
                self._descend(blocks, windows, spread, last, rate, tol)
        except KeyboardInterrupt:
            self.interrupted_, self.n_iter_ = True, max(self.n_iter_, 1)
            said = "the fit was interrupted: the model is that of the weights reached so far"
            warnings.warn(said, RuntimeWarning, stacklevel=3)
            if behind:
                extend(few, blocks, windows, spread)

    def _descend(  # noqa: PLR0913, PLR0917  one for each choice
        self,
        blocks: list[Block],
        windows: Windows,
        spread: Map,
        shares: Sequence[float],
        rate: float,
        tol: float,
    ) -> None:
        """Move the weights of blocks downhill, at what becomes of the price among so many."""
        T, p = self.means_.shape
        width = _width(blocks)
        self.n_iter_ += descend(
            blocks,
            windows,
            shares=shares,
            l1=float(self.l1 * np.sqrt(width / p)),
            steps=self.steps,
            tol=tol * T * width,
            rate=float(rate / np.sqrt(width)),  # a NumPy scalar would widen 32-bit data
            spread=spread,
            tell=self.tell,
        )

    def _keep(self, blocks: list[Block], windows: Windows, spread: Map) -> None:
        """Set the attributes that the weights of the blocks imply."""
        T, p = self.means_.shape
        found = reduce(add, spread(partial(factors, windows=windows), blocks))
        known = moments(found, windows, 0.0)
        self.weights_ = np.concatenate([block.W for block in blocks], axis=2)
        self.loadings_ = np.empty_like(self.weights_)
        self.labels_: Labels = np.empty((T, p), np.intp)

        def keep(block: Block, some: slice) -> int:
            held = 0
            for t, R in enumerate(correlations(block, known, windows)):
                A = linear_corex.loadings(*linear_corex.witnesses(R))
                told = np.maximum(np.sum(A**2, axis=0), 1 - self.floor)
                self.loadings_[t, :, some] = A * np.sqrt((1 - self.floor) / told)
                told = linear_corex.mutual_information(R)
                self.labels_[t, some] = linear_corex.cluster_labels(told)
                held += int((np.abs(R).max(axis=0) >= windows.largest).sum())
            return held

        held = sum(spread(keep, blocks, _slices(p)))
        if held:
            warnings.warn(
                f"factors all but copy a variable in {held} of {T * p} cases, and its own variance "
                f"is held at floor={self.floor:g}: drop copies, or give fewer factors or a larger "
                "gamma",
                stacklevel=3,
            )
        self.change_scores_ = changes.change_scores(self.loadings_)
        self.change_points_ = changes.change_points(self.change_scores_)


@contextmanager
def _working(n_threads: int | None, n_variables: int) -> Iterator[Map]:
    """Provide a ``map`` over blocks for so many threads, each with a BLAS of one thread."""
    usable = getattr(os, "process_cpu_count", os.cpu_count)() if n_threads is None else n_threads
    if hasattr(os, "sched_getaffinity") and n_threads is None:
        usable = len(os.sched_getaffinity(0))
    with threadpool_limits(1), spread_over(min(usable or 1, len(_slices(n_variables)))) as spread:
        yield spread


def _width(blocks: Sequence[Block]) -> int:
    """Return the number of variables in the blocks."""
    return sum(block.x.shape[1] for block in blocks)


def _slices(n_variables: int) -> list[slice]:
    """Return which variables each block has."""
    return [slice(first, first + _BLOCK) for first in range(0, n_variables, _BLOCK)]
