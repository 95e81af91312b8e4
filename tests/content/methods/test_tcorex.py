"""T-CorEx keeps the promises of its formulas, and finds when and what changes."""

import time
import warnings
from collections.abc import Iterator
from functools import reduce
from itertools import product
from math import log, sqrt
from operator import add

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from methods import linear_corex
from methods.linear_corex import LinearCorex
from methods.tcorex import (
    Covariance,
    TCorex,
    changes,
    fitting,
    fused,
    objective,
    select,
)
from methods.tcorex.periods import split
from methods.tcorex.synthetic import (
    draw_covariance,
    draw_samples,
    draw_sudden_change,
)
from methods.tcorex.windows import Array, Windows, make_windows, standardise

M_HIDDEN, N_VARIABLES, LENGTHS = 2, 7, (5, 4, 6)


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Keep the small matrix products on one thread: handing them over costs more than they do."""
    with threadpool_limits(1):
        yield


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a generator that is fresh for each test."""
    return np.random.default_rng(11)


@pytest.fixture
def x(rng: np.random.Generator) -> Array:
    """Return samples of all periods, one after another."""
    return rng.standard_normal((sum(LENGTHS), N_VARIABLES))


@pytest.fixture
def W(rng: np.random.Generator) -> Array:  # noqa: N802  the weights' name in the paper
    """Return weights of all periods, far from any optimum."""
    return rng.standard_normal((len(LENGTHS), M_HIDDEN, N_VARIABLES))


@pytest.fixture
def periods(rng: np.random.Generator) -> list[Array]:
    """Return samples of six periods of 24 variables, with a change in the middle."""
    truth = draw_sudden_change(rng, n_periods=6, n_variables=24, n_groups=3)
    return draw_samples(rng, truth, 12)


def evaluate(
    W: Array, x: Array, windows: Windows, eps: float = 0.0, *, width: int = N_VARIABLES
) -> tuple[float, Array]:
    """Return the objective and its gradient, computed in blocks of ``width`` variables."""
    blocks = [
        objective.make_block(x[:, i : i + width], W[..., i : i + width], windows)
        for i in range(0, x.shape[1], width)
    ]
    found = reduce(add, (objective.factors(block, windows) for block in blocks))
    known = objective.moments(found, windows, eps)
    slopes = reduce(add, (objective.predict(block, known, windows) for block in blocks))
    pulled = objective.pull(slopes, known, windows)
    gradients = [objective.gradient(block, pulled, windows) for block in blocks]
    return objective.value(slopes, known), np.concatenate(gradients, axis=2)


def slow_objective(W: Array, x: Array, gamma: float, eps: float, *, weighted: bool) -> float:
    """Return the objective from its definition, with one loop for each sum."""
    period_of = np.repeat(range(len(LENGTHS)), LENGTHS)
    n, p, m = len(x), N_VARIABLES, M_HIDDEN
    total = 0.0
    for t, w in enumerate(W):
        heard = [gamma ** abs(int(period_of[k]) - t) for k in range(n)]
        heard = [one / sum(heard) for one in heard]
        own = [(period_of[k] == t) / LENGTHS[t] for k in range(n)]

        def noisy(weights: list[float]) -> Array:
            C = np.zeros((p, p))
            for k, i, h in product(range(n), range(p), range(p)):
                C[i, h] += (1 - eps**2) * weights[k] * x[k, i] * x[k, h]
            return C + eps**2 * np.eye(p)

        near = noisy(heard)
        here = near if weighted else noisy(own)
        variance = [w[j] @ near @ w[j] + 1 for j in range(m)]
        total += sum(log(v) / 2 for v in variance)
        for i in range(p):
            unit = sqrt(near[i, i])
            R = [w[j] @ near[:, i] / sqrt(variance[j]) / unit for j in range(m)]
            ratio = sum(r**2 / (1 - r**2) for r in R)
            a = [unit * R[j] / (1 - R[j] ** 2) / (1 + ratio) / sqrt(variance[j]) for j in range(m)]
            error = here[i, i] - 2 * sum(a[j] * (w[j] @ here[:, i]) for j in range(m))
            for j, h in product(range(m), repeat=2):
                error += a[j] * a[h] * (w[j] @ here @ w[h] + (j == h))
            total += log(error) / 2
    return total


def sudden_change(seed: int, n_samples: int) -> tuple[list[Array], list[Array], float]:
    """Return samples, unseen ones, and the likelihood of these under the truth."""
    rng = np.random.default_rng(seed)
    truth = draw_sudden_change(rng, n_periods=10, n_variables=128, n_groups=8)
    train, test = draw_samples(rng, truth, n_samples), draw_samples(rng, truth, 500)
    best = [one.log_likelihood(Y).mean() for one, Y in zip(truth, test, strict=True)]
    return train, test, float(np.mean(best))


def dense(model: TCorex) -> Array:
    """Return the covariances of all periods, shape (T, p, p)."""
    return np.array([one.dense() for one in model.covariances_])


@pytest.mark.parametrize("eps", [0.0, 0.36])
@pytest.mark.parametrize("gamma", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("weighted", [True, False])
def test_the_objective_is_the_one_of_the_definition(
    W: Array, x: Array, gamma: float, eps: float, *, weighted: bool
) -> None:
    """The block by block sums agree with plain loops over samples, variables and factors."""
    found, _ = evaluate(W, x, make_windows(LENGTHS, gamma=gamma, weighted=weighted), eps)
    assert found == pytest.approx(slow_objective(W, x, gamma, eps, weighted=weighted), rel=1e-10)


@pytest.mark.parametrize("eps", [0.0, 0.36])
@pytest.mark.parametrize("weighted", [True, False])
def test_the_gradient_is_the_slope_of_the_objective(
    W: Array, x: Array, eps: float, *, weighted: bool
) -> None:
    """Central differences of the objective agree with the derivative written by hand."""
    windows = make_windows(LENGTHS, gamma=0.5, weighted=weighted)
    slope = np.zeros_like(W)
    for place in np.ndindex(W.shape):
        nudge = np.zeros_like(W)
        nudge[place] = 1e-5
        up, down = (evaluate(W + side * nudge, x, windows, eps)[0] for side in (1, -1))
        slope[place] = (up - down) / 2e-5
    by_hand = evaluate(W, x, windows, eps)[1]
    np.testing.assert_allclose(by_hand, slope, rtol=1e-6, atol=1e-8)


def test_blocks_are_only_a_way_to_sum(W: Array, x: Array) -> None:
    """Objective and gradient are the same for blocks of any width."""
    windows = make_windows(LENGTHS, gamma=0.5)
    whole, narrow = (evaluate(W, x, windows, 0.36, width=width) for width in (7, 3))
    assert narrow[0] == pytest.approx(whole[0], rel=1e-12)
    np.testing.assert_allclose(narrow[1], whole[1], rtol=1e-10, atol=1e-12)


def test_bands_are_only_a_way_to_multiply(rng: np.random.Generator) -> None:
    """With more periods than one product takes, each still sees all of its window."""
    lengths = [3] * 13
    x, W = rng.standard_normal((39, 4)), rng.standard_normal((13, 2, 4))
    windows = make_windows(lengths, gamma=0.5, reach=2)
    assert len(windows.bands) > 1
    one_band = Windows(
        windows.own, windows.weights, (type(windows.bands[0])(slice(0, 13), slice(0, 39)),)
    )
    banded, whole = evaluate(W, x, windows, 0.36), evaluate(W, x, one_band, 0.36)
    assert banded[0] == pytest.approx(whole[0], rel=1e-12)
    np.testing.assert_allclose(banded[1], whole[1], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("eps", [0.0, 0.36])
def test_without_neighbours_it_is_linear_corex_in_each_period(
    W: Array, x: Array, eps: float
) -> None:
    """At gamma 0 the objective and its gradient are those of independent linear CorEx."""
    windows = make_windows(LENGTHS, gamma=0.0)
    x, _, _ = standardise(x, windows)
    found, slope = evaluate(W, x, windows, eps)
    singles = [
        (linear_corex.statistics(w, x[rows], eps), x[rows])
        for w, rows in zip(W, windows.own, strict=True)
    ]
    assert found == pytest.approx(sum(linear_corex.objective(s) for s, _ in singles), rel=1e-10)
    alone = [linear_corex.gradient(s, own, eps) for s, own in singles]
    np.testing.assert_allclose(slope, alone, rtol=1e-8, atol=1e-10)


def test_one_period_is_linear_corex(rng: np.random.Generator) -> None:
    """With one period there is nothing to couple, and the model is that of linear CorEx."""
    X = draw_samples(rng, [draw_covariance(rng, n_variables=24, n_groups=3)], 200)
    single, test = LinearCorex(3).fit(X[0]), rng.standard_normal((50, 24))
    model = TCorex(3, tol=0).fit(X)
    units = np.outer(single.scale_, single.scale_)
    np.testing.assert_allclose(dense(model)[0] / units, single.covariance_ / units, atol=0.005)
    assert model.score([test]) == pytest.approx(single.score(test), rel=1e-3)
    assert model.change_scores_.size == model.change_points_.size == 0


def test_a_high_price_allows_no_change(periods: list[Array]) -> None:
    """As l1 grows, the weights of all periods become the same to the last bit."""
    weights = TCorex(3, l1=1e6).fit(periods).weights_
    np.testing.assert_array_equal(weights, np.broadcast_to(weights[:1], weights.shape))


def test_a_price_makes_weights_exactly_equal(periods: list[Array]) -> None:
    """Some weights stay the same from one period to the next, and others change."""
    weights = TCorex(3, l1=0.3).fit(periods).weights_
    equal = np.mean(weights[1:] == weights[:-1])
    assert 0.3 < equal < 1
    free = TCorex(3, l1=0.0).fit(periods).weights_
    assert np.mean(free[1:] == free[:-1]) < 0.01


def test_the_proximal_step_is_exact(rng: np.random.Generator) -> None:
    """The result meets the optimality conditions of its convex problem, with bits equal in runs."""
    U, threshold = rng.standard_normal((9, 40)), np.linspace(0.05, 3, 40)
    w, tension = U.copy(), np.zeros((8, 40))
    fused.relax(w, tension, threshold, sweeps=2000)
    fused.fuse(w, tension, threshold)
    pulled = np.cumsum(w - U, axis=0)
    np.testing.assert_allclose(pulled[-1], 0, atol=1e-9)
    assert np.all(np.abs(pulled[:-1]) <= threshold + 1e-9)
    moved = np.diff(w, axis=0)
    at_bound = threshold * np.sign(moved)
    np.testing.assert_allclose(pulled[:-1][moved != 0], at_bound[moved != 0], atol=1e-9)
    assert 0.1 < np.mean(moved == 0) < 0.9


@pytest.mark.parametrize("l1", [0.0, 0.3])
def test_equal_periods_have_equal_covariances(rng: np.random.Generator, l1: float) -> None:
    """Periods that hold the same samples are told apart in nothing."""
    X = draw_samples(rng, [draw_covariance(rng, n_variables=24, n_groups=3)], 12)[0]
    found = dense(TCorex(3, l1=l1).fit([X] * 5))
    np.testing.assert_allclose(found, np.broadcast_to(found[:1], found.shape), rtol=1e-6)


def test_time_has_no_arrow(periods: list[Array]) -> None:
    """The covariances of periods in reverse are the reversed covariances."""
    forth, back = (dense(TCorex(3).fit(data)) for data in (periods, periods[::-1]))
    spread = np.abs(forth[0] - forth[-1]).max()
    np.testing.assert_allclose(back[::-1], forth, atol=0.02 * spread)


def test_units_do_not_matter(periods: list[Array]) -> None:
    """Data in other units and from another zero give the same weights."""
    units = 2.0 ** np.arange(-12, 12)
    plain = TCorex(3, steps=2).fit(periods)
    scaled = TCorex(3, steps=2).fit([X * units + 4 * units for X in periods])
    np.testing.assert_allclose(scaled.weights_, plain.weights_, rtol=1e-4, atol=1e-6)


def test_some_variables_tell_what_the_factors_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting from a linear CorEx of half the variables leads to a model about as good."""
    train, test, _ = sudden_change(1, 16)
    settings = {"l1": 1.0, "gamma": 0.4, "steps": 5}
    whole = TCorex(8, **settings).fit(train).score(test)
    monkeypatch.setattr("methods.tcorex.start.ENOUGH", 8)
    assert TCorex(8, **settings).fit(train).score(test) >= whole - 5


def test_variables_have_no_order(periods: list[Array]) -> None:
    """From weights in another order, the gradient comes out in that order."""
    windows = make_windows([len(X) for X in periods], gamma=0.5)
    x, _, _ = standardise(np.concatenate(periods), windows)
    W = np.random.default_rng(0).standard_normal((6, 3, 24))
    order = np.random.default_rng(1).permutation(24)
    plain, shuffled = evaluate(W, x, windows), evaluate(W[..., order], x[:, order], windows)
    assert shuffled[0] == pytest.approx(plain[0], rel=1e-12)
    np.testing.assert_allclose(shuffled[1], plain[1][..., order], rtol=1e-8, atol=1e-10)


def test_covariances_are_positive_definite_with_the_windows_variances(
    periods: list[Array],
) -> None:
    """The diagonal holds the weighted variances of each window, in the units of the data."""
    units = np.geomspace(0.01, 100, 24)
    data = [X * units + 3 for X in periods]
    model = TCorex(3, gamma=0.5).fit(data)
    for t, one in enumerate(model.covariances_):
        weights = np.concatenate([[0.5 ** abs(k - t)] * len(X) for k, X in enumerate(data)])
        variance = np.cov(np.concatenate(data).T, aweights=weights, ddof=0).diagonal()
        np.testing.assert_allclose(one.dense().diagonal(), variance, rtol=1e-8)
        parts = one.low_rank.T @ one.low_rank + np.diag(one.diagonal)
        np.testing.assert_allclose(parts, one.dense(), rtol=1e-8, atol=1e-12)
        assert np.linalg.eigvalsh(one.dense() / np.outer(units, units)).min() > 0


def test_the_score_is_the_dense_gaussian_log_likelihood(periods: list[Array]) -> None:
    """The low-rank formula gives the mean density of the covariances that the model states."""
    train, test = [X[:8] for X in periods], [X[8:] for X in periods]
    model = TCorex(3).fit(train)
    densities = []
    for Y, mean, one in zip(test, model.means_, dense(model), strict=True):
        distance = np.sum((Y - mean) @ np.linalg.inv(one) * (Y - mean), axis=1)
        densities.append(-(distance.mean() + np.linalg.slogdet(2 * np.pi * one)[1]) / 2)
    np.testing.assert_allclose(model.score_periods(test), densities)
    assert model.score(test) == pytest.approx(np.mean(densities))


def test_change_scores_are_distances_of_correlation_matrices(periods: list[Array]) -> None:
    """The norm from the loadings is the norm of the difference of whole matrices."""
    model = TCorex(3).fit(periods)
    matrices = dense(model) / (model.scales_[:, :, None] * model.scales_[:, None, :])
    norms = np.linalg.norm(np.diff(matrices, axis=0), axis=(1, 2))
    np.testing.assert_allclose(model.change_scores_, norms, rtol=1e-8)


def test_equal_correlations_are_at_distance_zero(rng: np.random.Generator) -> None:
    """The same loadings have distance 0, not the rounding of large numbers."""
    A = rng.standard_normal((3, 50)).astype(np.float32)
    assert changes.correlation_distance(A, A.copy()) == 0


@pytest.mark.parametrize(
    ("scores", "leaps"),
    [
        pytest.param([1, 1.1, 3, 1], [2], id="one"),
        pytest.param([3, 1, 1, 1, 1, 3], [0, 5], id="at the ends"),
        pytest.param([1, 1.2, 1.5, 1.1], [], id="none"),
        pytest.param([1, 1, 1.59, 1], [], id="just not enough"),
        pytest.param([1, 1, 1.61, 1], [2], id="just enough"),
        pytest.param([0, 0, 1, 0], [2], id="all else equal"),
        pytest.param([0, 0, 0], [], id="all equal"),
        pytest.param([2], [], id="nothing to compare with"),
        pytest.param([], [], id="one period"),
    ],
)
def test_leaps_stand_out(scores: list[float], leaps: list[int]) -> None:
    """A change point is a peak of at least 1.6 times the median score."""
    assert changes.change_points(np.array(scores)).tolist() == leaps


@pytest.mark.parametrize(("seed", "weighted", "leap"), [(1, True, 1.2), (2, False, 1.8)])
def test_few_samples_are_enough(seed: int, weighted: bool, leap: float) -> None:  # noqa: FBT001
    """With 8 samples a period, neighbours are worth 30 nats and more, and the change is found."""
    train, test, best = sudden_change(seed, 8)
    borrowed = {"l1": 0.3, "gamma": 0.4} if weighted else {"l1": 1.0, "gamma": 0.6}
    model = TCorex(8, weighted=weighted, **borrowed).fit(train)
    alone = [LinearCorex(8).fit(X).score(Y) for X, Y in zip(train, test, strict=True)]
    assert model.score(test) >= np.mean(alone) + 30
    assert model.score(test) >= best - 45
    assert np.argmax(model.change_scores_) == 4
    *_, second, first = np.sort(model.change_scores_)
    assert first >= leap * second
    assert model.change_points_.tolist() == [4]


def test_groups_are_found_in_each_period() -> None:
    """With 32 samples a period, the variables of a group are recognised as such in all periods."""
    train, _, _ = sudden_change(1, 32)
    model = TCorex(8, l1=0.3, gamma=0.2, steps=10).fit(train)
    groups = np.arange(128) // 16
    found = [adjusted_rand_score(groups, labels) for labels in model.labels_]
    assert np.mean(found) >= 0.85


def test_threads_and_blocks_change_nothing(
    periods: list[Array], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two threads over small blocks fit the same model."""
    plain = TCorex(3).fit(periods)
    monkeypatch.setattr("methods.tcorex.estimator._BLOCK", 10)
    one, two = (TCorex(3, n_threads=n).fit(periods).weights_ for n in (1, 2))
    np.testing.assert_array_equal(one, two)
    np.testing.assert_allclose(one, plain.weights_, atol=1e-3 * np.abs(plain.weights_).max())


def test_32_bits_are_enough(periods: list[Array]) -> None:
    """Data of 32 bits stay so, and give nearly the same likelihood."""
    single = [X.astype(np.float32) for X in periods]
    model, double = (TCorex(3, l1=1.0, tol=0).fit(data) for data in (single, periods))
    assert model.weights_.dtype == model.loadings_.dtype == np.float32
    assert model.score(periods) == pytest.approx(double.score(periods), rel=1e-3)


def test_32_bits_hold_as_many_weights_equal(periods: list[Array]) -> None:
    """All of a step is taken in the data's bits, so what is at the bound of a tension is free."""
    single = [X.astype(np.float32) for X in periods]
    models = (TCorex(3, tol=0, steps=5).fit(data) for data in (single, periods))
    shares = [np.mean(np.diff(model.weights_, axis=0) == 0) for model in models]
    assert shares[0] == pytest.approx(shares[1], abs=0.005)


def test_a_frame_is_cut_by_time(periods: list[Array]) -> None:
    """A table with a time index and a period gives the model of the periods' own tables."""
    days = pd.date_range("2020-01-01", periods=72, freq="D")
    frame = pd.DataFrame(np.concatenate(periods), index=days)
    expected = TCorex(3, steps=3).fit(periods)
    for given, period in (
        (frame, "12D"),
        (frame.sample(frac=1, random_state=0), "12D"),
        (frame, 12),
    ):
        model = TCorex(3, period=period, steps=3).fit(given)
        np.testing.assert_allclose(model.weights_, expected.weights_, rtol=1e-4, atol=1e-6)
        assert model.period_names_ == list(days[::12])
    assert model.score(frame) == pytest.approx(expected.score(periods))


@pytest.mark.parametrize(
    ("rows", "lengths"), [(69, [20, 20, 29]), (70, [20, 20, 20, 10]), (7, [7])]
)
def test_rows_left_over_find_a_period(rows: int, lengths: list[int]) -> None:
    """A rest of half a period or more stands alone, and a shorter one joins the last."""
    table = np.arange(2.0 * rows).reshape(rows, 2)
    periods = split(table, 20)
    tables, names = periods.tables, periods.names
    assert [len(one) for one in tables] == lengths
    assert names == [0, 20, 40, 60][: len(lengths)]
    np.testing.assert_array_equal(np.concatenate(tables), table)


def test_an_interrupted_fit_leaves_a_model(periods: list[Array]) -> None:
    """Ctrl-C warns and keeps what was reached, with equal weights still exactly equal."""

    def stop(line: str) -> None:
        if line.startswith("noise 0.22"):
            raise KeyboardInterrupt

    with pytest.warns(RuntimeWarning, match="interrupted: the model is that of the weights"):
        model = TCorex(3, l1=0.3, tell=stop).fit(periods)
    assert model.interrupted_
    assert np.isfinite(model.score(periods))
    assert np.linalg.eigvalsh(dense(model)).min() > 0
    assert np.mean(model.weights_[1:] == model.weights_[:-1]) > 0.3


def test_an_interruption_within_a_step_does_no_harm(
    periods: list[Array], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C between two sweeps leaves the tensions, so only periods that are held are fused."""
    calls = 0
    relax = fused.relax

    def stop(U: Array, tension: Array, threshold: Array, *, sweeps: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 100:
            tension[...] = 0  # as they are in the middle of a sweep
            raise KeyboardInterrupt
        relax(U, tension, threshold, sweeps=sweeps)

    monkeypatch.setattr(fused, "relax", stop)
    with pytest.warns(RuntimeWarning, match="interrupted"):
        model = TCorex(3, l1=0.03, gamma=0.2, tol=0).fit(periods)
    assert 0 < np.mean(model.weights_[1:] == model.weights_[:-1]) < 0.9


def test_threads_come_to_rest_before_an_interruption_passes() -> None:
    """When a call fails, those at work have ended and those that wait will not begin."""
    ended: list[int] = []

    def work(number: int) -> int:
        if number == 0:
            raise KeyboardInterrupt
        time.sleep(0.05)
        ended.append(number)
        return number

    with fitting.spread_over(2) as spread:
        with pytest.raises(KeyboardInterrupt):
            list(spread(work, range(1000)))
        seen = len(ended)
    assert seen == len(ended) < 999  # the pool has waited for whatever had begun


@pytest.mark.filterwarnings("ignore:the fit was interrupted")
def test_an_interrupted_choice_stops(periods: list[Array], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends a search over penalties, not just the fit that it hits."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fitting, "moments", stop)
    with pytest.raises(KeyboardInterrupt):
        select(periods, 2, steps=1)


def test_one_number_of_a_penalty_is_no_choice_and_none_is_refused(periods: list[Array]) -> None:
    """A number alone stands for the one penalty to try; where there is none, a line says so."""
    found = select(periods, 3, l1=0.3, gamma=0.2, steps=1)
    assert list(found.scores) == [(0.3, 0.2)]
    with pytest.raises(ValueError, match="nothing to choose from: give some numbers"):
        select(periods, 3, l1=(), steps=1)


def test_progress_is_told(periods: list[Array]) -> None:
    """Each share of noise says how far the fit is."""
    lines: list[str] = []
    TCorex(3, steps=3, tell=lines.append).fit(periods)
    assert len(lines) == 8
    assert "(7 of 7)" in lines[-1]
    assert "nats" in lines[-1]


def test_penalties_are_chosen_by_unseen_samples() -> None:
    """The choice is the best of the grid on validation samples, and is told as it is made."""
    train, validation, _ = sudden_change(1, 8)
    lines: list[str] = []
    found = select(
        train, 8, validation=validation, l1=(0.1, 1.0), gamma=(0.0, 0.5), steps=5, tell=lines.append
    )
    assert found.gamma == 0.5
    assert found.scores[found.l1, 0.5] == max(found.scores.values())
    assert len(lines) == len(found.scores) == 4
    assert found.model.score(validation) == pytest.approx(max(found.scores.values()))


def test_a_seed_fixes_the_choice(periods: list[Array]) -> None:
    """Without validation samples, a share of each period is held out by the seed."""
    grid = {"l1": (0.1, 1.0), "gamma": (0.2,), "steps": 2}
    first, again, other = (select(periods, 3, random_state=k, **grid).scores for k in (1, 1, 2))
    assert first == again != other


def test_a_seed_fixes_the_fit(periods: list[Array]) -> None:
    """The same seed gives the same weights, and another one others."""
    first, again, other = (
        TCorex(3, steps=2, random_state=k).fit(periods).weights_ for k in (5, 5, 6)
    )
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


GOOD = [[1.0, 2.0], [2.0, 1.0], [0.0, 3.0]]


@pytest.mark.parametrize(
    ("X", "said"),
    [
        pytest.param([], "no periods", id="nothing"),
        pytest.param([GOOD, [[1.0, np.nan]] * 2], "period 1 holds 2 values that are NaN", id="nan"),
        pytest.param([GOOD, [[1.0, np.inf]] * 2], "period 1 holds 2 values", id="infinity"),
        pytest.param([GOOD, [[1.0, 2.0]]], "period 1 has 1 samples", id="one sample"),
        pytest.param([GOOD, [[1.0]] * 3], "period 1 has 1 columns and the first 2", id="width"),
        pytest.param([GOOD, [1.0, 2.0]], "period 1 has 1 dimensions", id="one-dimensional"),
        pytest.param([[[1.0, 2.0]] * 3] * 2, r"constant within a window, \[0, 1\]", id="constant"),
        pytest.param(np.array(GOOD), "one table: give a list of periods", id="no period"),
    ],
)
def test_bad_data_are_named(X: list[Array], said: str) -> None:
    """Data that make no periods raise one error that says what is wrong with which of them."""
    with pytest.raises(ValueError, match=said):
        TCorex(1).fit(X)


@pytest.mark.parametrize(
    ("period", "said"),
    [("3D", "needs a table with a time index"), (1, "period is 1 rows")],
)
def test_bad_periods_are_named(period: str | int, said: str) -> None:
    """A period by which the table cannot be cut is an error that tells another."""
    with pytest.raises(ValueError, match=said):
        TCorex(1, period=period).fit(np.array(GOOD))


def test_empty_spans_are_named(rng: np.random.Generator) -> None:
    """A stretch of time without samples is an error that names its start."""
    days = pd.DatetimeIndex(["2020-01-01", "2020-01-02", "2020-03-01", "2020-03-02"])
    frame = pd.DataFrame(rng.standard_normal((4, 2)), index=days)
    with pytest.raises(ValueError, match="period 2020-01-31 00:00:00 has 0 samples"):
        TCorex(1, period="30D").fit(frame)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"n_hidden": 0}, "n_hidden is 0"),
        ({"n_hidden": 1, "gamma": 1.5}, "gamma is 1.5"),
        ({"n_hidden": 1, "l1": -1.0}, "l1 is -1.0"),
        ({"n_hidden": 1, "l1": np.inf}, "l1 is inf: give a finite number"),
        ({"n_hidden": 1, "rate": 0.0}, "rate is 0.0"),
        ({"n_hidden": 1, "steps": 0}, "steps is 0"),
        ({"n_hidden": 1, "reach": -1}, "reach is -1"),
        ({"n_hidden": 1, "n_threads": 0}, "n_threads is 0"),
        ({"n_hidden": 1, "floor": 0.0}, "floor is 0.0"),
        ({"n_hidden": 1, "tol": -1.0}, "tol is -1.0"),
    ],
)
def test_bad_settings_are_named(settings: dict[str, float], said: str) -> None:
    """A setting out of its range is an error that names it."""
    with pytest.raises(ValueError, match=said):
        TCorex(**settings).fit([GOOD, GOOD])


def test_a_constant_variable_may_vary_within_its_window(rng: np.random.Generator) -> None:
    """What is constant in one period but not in its neighbours has a variance there."""
    periods = [rng.standard_normal((5, 3)) for _ in range(3)]
    periods[1][:, 0] = 2.0
    with warnings.catch_warnings(action="error"):
        assert TCorex(1, gamma=0.5, steps=2).fit(periods).scales_.min() > 0
    with pytest.warns(UserWarning, match=r"\[0\]: they are left out of the model; a larger gamma"):
        model = TCorex(1, gamma=0.0).fit(periods)
    assert model.kept_.tolist() == [1, 2]
    assert np.isfinite(model.score(periods))


def test_scores_need_the_same_periods(periods: list[Array]) -> None:
    """Scoring another number of periods is an error that tells both."""
    model = TCorex(2, steps=1).fit(periods)
    with pytest.raises(ValueError, match="X has 5 periods and the model 6"):
        model.score(periods[:5])


def test_an_unfitted_model_says_so() -> None:
    """Using a model before its fit is an error that tells the remedy."""
    with pytest.raises(AttributeError, match="call fit first"):
        TCorex(2).score([GOOD])


def test_synthetic_periods_change_once(rng: np.random.Generator) -> None:
    """Groups stay, and deviations, strengths and signs are drawn anew in the middle."""
    truth = draw_sudden_change(rng, n_periods=5, n_variables=40, n_groups=4)
    assert truth[0] is truth[1] is truth[2]
    assert truth[3] is truth[4]
    before, after = truth[0], truth[4]
    np.testing.assert_array_equal(before.loadings != 0, after.loadings != 0)
    assert 0.2 < np.mean(np.sign(before.loadings.sum(0)) == np.sign(after.loadings.sum(0))) < 0.8
    assert 0.25 <= before.scale.min() < before.scale.max() <= 4


def test_synthetic_samples_have_their_covariance(rng: np.random.Generator) -> None:
    """Many samples show the covariance that they were drawn from."""
    truth = Covariance(np.array([[0.9, -0.5, 0.0]]), np.array([1.0, 2.0, 3.0]))
    X = draw_samples(rng, [truth], 200_000)[0]
    np.testing.assert_allclose(np.cov(X.T), truth.dense(), atol=0.08)
