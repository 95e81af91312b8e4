"""The estimator: periods in; covariances, groups and changes out."""

import warnings
from collections.abc import Callable
from functools import partial, reduce
from math import inf, sqrt
from operator import add
from typing import Any, Self

import numpy as np

from methods import linear_corex
from methods.linear_corex import Labels
from methods.tcorex import changes
from methods.tcorex.covariance import Covariance
from methods.tcorex.fitting import Map, descend, spread_over
from methods.tcorex.objective import Block, correlations, factors, make_block, moments
from methods.tcorex.periods import split
from methods.tcorex.start import start
from methods.tcorex.windows import Array, Windows, make_windows, standardise

_BLOCK = 1024
"""Variables to a block: what a period keeps of one fits into a processor's cache."""


def say_nothing(line: str) -> None:
    """Tell nobody."""


class TCorex:
    """Covariances that change over time, with ``n_hidden`` modular factors in each period.

    ``l1`` is the price of a change of the weights between neighbouring periods; weights are the
    smaller the more variables there are, so the best price grows about like the root of their
    number. ``gamma`` in [0, 1] is how much a sample counts in the next period; ``reach`` limits
    that to so many periods on either side. Each share of noise gets ``steps`` steps of size
    ``rate``, which is relative to the weights' natural size. ``random_state`` draws the weights
    to start from. Blocks of variables are spread over ``n_threads`` threads; with more than one,
    keep BLAS at one thread. Give ``tell=print`` to see progress, a line for each share of noise.

    After ``fit``, for T periods and p variables: ``covariances_``, one for each period, which form
    a (p, p) matrix only where asked to; ``labels_`` (T, p) with the factor of each variable;
    ``change_scores_`` (T - 1,), the distance of neighbouring correlation matrices, and
    ``change_points_``, the t where they leap between periods t and t + 1; ``period_names_``;
    and the parts that the covariances are made of: ``means_`` and ``scales_`` (T, p),
    ``weights_`` and ``loadings_`` (T, m, p). ``interrupted_`` tells whether a KeyboardInterrupt cut
    the descent short; the model is then that of the weights reached, and usable.
    """

    def __init__(  # noqa: PLR0913  one for each choice
        self,
        n_hidden: int,
        *,
        l1: float = 0.3,
        gamma: float = 0.4,
        reach: int | None = None,
        steps: int = 30,
        rate: float = 1.0,
        random_state: int | np.random.Generator = 0,
        n_threads: int = 1,
        tell: Callable[[str], None] = say_nothing,
    ) -> None:
        self.n_hidden = n_hidden
        self.l1 = l1
        self.gamma = gamma
        self.reach = reach
        self.steps = steps
        self.rate = rate
        self.random_state = random_state
        self.n_threads = n_threads
        self.tell = tell

    def fit(self, X: Any, *, period: str | int | None = None) -> Self:
        """Fit the model to a list of tables (n_t, p), or to one table cut by ``period``.

        The tables' own precision is used: 32-bit data take half the memory. A KeyboardInterrupt
        ends the descent with a warning, and keeps the weights reached. Raise ValueError as
        ``periods.split`` does, for settings out of range, and where a variable is constant within
        a window.
        """
        self._check()
        tables, self.period_names_ = split(X, period)
        windows = make_windows(
            [len(table) for table in tables],
            gamma=self.gamma,
            reach=self.reach,
            dtype=np.result_type(*tables),
        )
        with spread_over(self.n_threads) as spread:
            blocks = self._make_blocks(tables, windows, spread)
            self.tell("linear CorEx of all periods at once")
            start(blocks, np.random.default_rng(self.random_state))
            self.interrupted_ = False
            try:
                descend(
                    blocks,
                    windows,
                    l1=self.l1,
                    steps=self.steps,
                    rate=self.rate / sqrt(self.means_.shape[1]),
                    spread=spread,
                    tell=self.tell,
                )
            except KeyboardInterrupt:
                self.interrupted_ = True
                said = "the fit was interrupted: the model is that of the weights reached so far"
                warnings.warn(said, RuntimeWarning, stacklevel=2)
            self._keep(blocks, windows, spread)
        return self

    @property
    def covariances_(self) -> list[Covariance]:
        """The covariance of each period: Eq. (12)."""
        return [Covariance(A, s) for A, s in zip(self.loadings_, self.scales_, strict=True)]

    def score(self, X: Any, *, period: str | int | None = None) -> float:
        """Return the mean over periods of the Gaussian log-likelihood of a sample, in nats.

        X holds the same periods as the data of the fit, in any numbers of samples.
        """
        return float(self.score_periods(X, period=period).mean())

    def score_periods(self, X: Any, *, period: str | int | None = None) -> Array:
        """Return the mean log-likelihood of a sample of each period in nats, shape (T,)."""
        if not hasattr(self, "loadings_"):
            raise AttributeError("this TCorex is not fitted: call fit first")
        tables, _ = split(X, period, fewest=1)
        known = self.means_.shape
        given = (len(tables), tables[0].shape[1])
        if given != known:
            raise ValueError(
                f"X has {given[0]} periods of {given[1]} columns and the model {known[0]} of "
                f"{known[1]}: give the same ones"
            )
        each = zip(self.covariances_, tables, self.means_, strict=True)
        return np.array([one.log_likelihood(table - mean).mean() for one, table, mean in each])

    def _check(self) -> None:
        if self.n_hidden < 1:
            raise ValueError(f"n_hidden is {self.n_hidden}: give at least one factor")
        if not 0 <= self.gamma <= 1:
            raise ValueError(f"gamma is {self.gamma}: give a number from 0 to 1")
        if not 0 <= self.l1 < inf:
            raise ValueError(f"l1 is {self.l1}: give a finite number, 0 or more")
        if not 0 < self.rate < inf:
            raise ValueError(f"rate is {self.rate}: give a finite number above 0")
        if self.steps < 1:
            raise ValueError(f"steps is {self.steps}: give at least one")
        if self.reach is not None and self.reach < 0:
            raise ValueError(f"reach is {self.reach}: give 0 or more periods, or None for all")
        if self.n_threads < 1:
            raise ValueError(f"n_threads is {self.n_threads}: give at least one")

    def _make_blocks(self, tables: list[Array], windows: Windows, spread: Map) -> list[Block]:
        """Return the standardised data as blocks that have no weights yet."""
        T, p = len(tables), tables[0].shape[1]
        self.means_, self.scales_ = np.empty((2, T, p), windows.weights.dtype)

        def make(some: slice) -> Block:
            raw = np.concatenate([table[:, some] for table in tables])
            x, self.means_[:, some], self.scales_[:, some] = standardise(raw, windows)
            return make_block(x, np.zeros((T, self.n_hidden, x.shape[1]), x.dtype), windows)

        blocks = list(spread(make, _slices(p)))
        constant = np.flatnonzero((self.scales_ == 0).any(axis=0))
        if constant.size:
            raise ValueError(
                f"X has columns that are constant within a window, {constant.tolist()}: "
                "drop them, or see more periods at once with a larger gamma"
            )
        return blocks

    def _keep(self, blocks: list[Block], windows: Windows, spread: Map) -> None:
        """Set the attributes that the weights of the blocks imply."""
        T, p = self.means_.shape
        found = reduce(add, spread(partial(factors, windows=windows), blocks))
        known = moments(found, windows, 0.0)
        self.weights_ = np.concatenate([block.W for block in blocks], axis=2)
        self.loadings_ = np.empty_like(self.weights_)
        self.labels_: Labels = np.empty((T, p), np.intp)

        def keep(block: Block, some: slice) -> None:
            for t, R in enumerate(correlations(block, known, windows)):
                self.loadings_[t, :, some] = linear_corex.loadings(*linear_corex.witnesses(R))
                told = linear_corex.mutual_information(R)
                self.labels_[t, some] = linear_corex.cluster_labels(told)

        list(spread(keep, blocks, _slices(p)))
        self.change_scores_ = changes.change_scores(self.loadings_)
        self.change_points_ = changes.change_points(self.change_scores_)


def _slices(n_variables: int) -> list[slice]:
    """Return which variables each block has."""
    return [slice(first, first + _BLOCK) for first in range(0, n_variables, _BLOCK)]
