"""Linear CorEx keeps the promises of its formulas, and finds more with more variables."""

import warnings
from collections import deque
from collections.abc import Iterator
from itertools import product
from math import log, sqrt
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize
from sklearn.covariance import LedoitWolf, graphical_lasso
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from methods import linear_corex
from methods.linear_corex import Array, LinearCorex, Statistics, optimiser

M_HIDDEN, N_SAMPLES, N_VARIABLES = 3, 40, 7


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
    """Return standardised samples of variables that depend on each other."""
    mixed = rng.standard_normal((N_SAMPLES, N_VARIABLES)) @ rng.standard_normal((N_VARIABLES,) * 2)
    return linear_corex.standardise(mixed)[0]


@pytest.fixture
def W(rng: np.random.Generator) -> Array:  # noqa: N802  the weights' name in the paper
    """Return weights far from any optimum."""
    return rng.standard_normal((M_HIDDEN, N_VARIABLES))


def objective(W: Array, x: Array, eps: float = 0.0) -> float:
    """Return the objective as the module computes it."""
    return linear_corex.objective(linear_corex.statistics(W, x, eps))


def slow_objective(W: Array, x: Array, eps: float) -> float:
    """Return the objective from its definition, with one loop for each sum."""
    n, p, m = len(x), len(x[0]), len(W)
    C = [[sum(x[s][i] * x[s][k] for s in range(n)) / n for k in range(p)] for i in range(p)]
    C = [[(1 - eps**2) * C[i][k] + eps**2 * (i == k) for k in range(p)] for i in range(p)]
    ZX = [[sum(W[j][k] * C[k][i] for k in range(p)) for i in range(p)] for j in range(m)]
    ZZ = [
        [sum(ZX[j][i] * W[h][i] for i in range(p)) + (j == h) for h in range(m)] for j in range(m)
    ]
    total = sum(log(ZZ[j][j]) / 2 for j in range(m))
    for i in range(p):
        R = [ZX[j][i] / sqrt(ZZ[j][j]) for j in range(m)]
        ratio = sum(R[j] ** 2 / (1 - R[j] ** 2) for j in range(m))
        a = [R[j] / (1 - R[j] ** 2) / (1 + ratio) / sqrt(ZZ[j][j]) for j in range(m)]
        error = C[i][i] - 2 * sum(a[j] * ZX[j][i] for j in range(m))
        error += sum(a[j] * a[h] * ZZ[j][h] for j, h in product(range(m), repeat=2))
        total += log(error) / 2
    return total


def slope(W: Array, x: Array, eps: float = 0.0, *, step: float = 1e-5) -> Array:
    """Return the central differences of the objective in each weight."""
    differences = np.zeros_like(W)
    for place in np.ndindex(W.shape):
        nudge = np.zeros_like(W)
        nudge[place] = step
        differences[place] = objective(W + nudge, x, eps) - objective(W - nudge, x, eps)
    return differences / (2 * step)


def samples_with_covariance(covariance: Array, rng: np.random.Generator) -> Array:
    """Return samples whose own covariance is exactly ``covariance``: a population, in effect."""
    white = rng.standard_normal((4 * len(covariance), len(covariance)))
    white -= white.mean(axis=0)
    root = np.linalg.cholesky(white.T @ white / len(white))
    return white @ np.linalg.inv(root).T @ np.linalg.cholesky(covariance).T


def blocks(sizes: list[int], correlation: float = 0.5) -> Array:
    """Return a correlation matrix with equally correlated variables in each block."""
    block_of = np.repeat(np.arange(len(sizes)), sizes)
    matrix = np.where(block_of == block_of[:, None], correlation, 0.0)
    np.fill_diagonal(matrix, 1.0)
    return matrix


def total_correlation_of_block(k: int) -> float:
    """Return the total correlation in nats of ``k`` variables that all correlate by a half."""
    return -((k - 1) * log(0.5) + log(1 + (k - 1) / 2)) / 2


def recovery(n_variables: int, seed: int) -> float:
    """Return the adjusted Rand index of the groups found among weakly driven variables."""
    rng = np.random.default_rng([n_variables, seed])
    loadings, groups = linear_corex.draw_loadings(rng, n_variables=n_variables, n_groups=8)
    X = linear_corex.sample_variables(rng, loadings, n_samples=300)
    labels = LinearCorex(8, random_state=seed).fit(X).labels_
    return float(adjusted_rand_score(groups, labels))


@pytest.mark.parametrize("eps", [0.0, 0.36, 1.0])
def test_the_objective_is_the_one_of_the_definition(W: Array, x: Array, eps: float) -> None:
    """The closed form agrees with plain loops over variables and factors."""
    assert objective(W, x, eps) == pytest.approx(slow_objective(W, x, eps), rel=1e-10)


@pytest.mark.parametrize("eps", [0.0, 0.36])
def test_the_gradient_is_the_slope_of_the_objective(W: Array, x: Array, eps: float) -> None:
    """Central differences of the objective agree with the derivative written by hand."""
    by_hand = linear_corex.gradient(linear_corex.statistics(W, x, eps), x, eps)
    np.testing.assert_allclose(by_hand, slope(W, x, eps), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("eps", [0.0, 0.36])
def test_the_slope_times_the_covariance_is_the_gradient(W: Array, x: Array, eps: float) -> None:
    """The direction in which the weights move is the gradient in the metric of the covariance."""
    s = linear_corex.statistics(W, x, eps)
    D = linear_corex.slope(s, W)
    by_hand = linear_corex.gradient(s, x, eps)
    np.testing.assert_allclose(linear_corex.times_covariance(D, x, eps), by_hand, atol=1e-9)


def test_variance_that_is_not_shown_counts(W: Array, x: Array, rng: np.random.Generator) -> None:
    """Variance of the variables' own adds to the diagonal of the covariance, annealed or not."""
    own = rng.random(N_VARIABLES)
    C = x.T @ x / N_SAMPLES + np.diag(own)
    for eps in (0.0, 0.6):
        annealed = (1 - eps**2) * C + eps**2 * np.eye(N_VARIABLES)
        product = linear_corex.times_covariance(W, x, eps, own)
        np.testing.assert_allclose(product, W @ annealed, rtol=1e-10, atol=1e-10)


def test_the_gradient_knows_the_cap_on_correlations(x: Array) -> None:
    """Where a factor all but copies a variable, the derivative is still that of the objective."""
    copies = 1000 * np.eye(M_HIDDEN, N_VARIABLES)
    by_hand = linear_corex.gradient(linear_corex.statistics(copies, x), x)
    np.testing.assert_allclose(by_hand, slope(copies, x, step=1e-3), rtol=1e-4, atol=1e-7)


def test_the_bound_is_the_negative_of_the_objective(W: Array, x: Array) -> None:
    """The two ways to write the criterion agree at any weights."""
    s = linear_corex.statistics(W, x)
    bound = linear_corex.total_correlation_bound(s)
    assert bound == pytest.approx(-linear_corex.objective(s), rel=1e-12)


def test_factors_have_no_order(W: Array, x: Array) -> None:
    """Exchanging the factors leaves the objective as it is."""
    assert objective(W[[2, 0, 1]], x) == pytest.approx(objective(W, x), rel=1e-12)


def test_factors_have_no_sign(W: Array, x: Array) -> None:
    """Negating a factor leaves the objective as it is."""
    flipped = W * [[1], [-1], [1]]
    assert objective(flipped, x) == pytest.approx(objective(W, x), rel=1e-12)


def test_variables_have_no_sign(W: Array, x: Array) -> None:
    """Negating a variable together with its weights leaves the objective as it is."""
    sign = np.where(np.arange(N_VARIABLES) % 2, -1.0, 1.0)
    assert objective(W * sign, x * sign) == pytest.approx(objective(W, x), rel=1e-12)


def test_units_do_not_matter(x: Array) -> None:
    """Data in other units and from another zero give the same factors."""
    units = 2.0 ** np.arange(-3, 4)
    plain = LinearCorex(M_HIDDEN, max_iter=5).fit(x)
    scaled = LinearCorex(M_HIDDEN, max_iter=5).fit(x * units + 4 * units)
    np.testing.assert_allclose(scaled.weights_, plain.weights_, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("k", [2, 3, 5, 10, 30])
def test_one_factor_explains_an_equicorrelated_block(k: int, rng: np.random.Generator) -> None:
    """The bound reaches the total correlation of variables that share one cause."""
    X = samples_with_covariance(blocks([k]), rng)
    exact = LinearCorex(1, tol=1e-10).fit(X).tc_
    assert exact == pytest.approx(total_correlation_of_block(k), rel=1e-9)
    assert LinearCorex(1).fit(X).tc_ == pytest.approx(exact, rel=1e-4)


def test_two_blocks_are_told_apart(rng: np.random.Generator) -> None:
    """Two independent blocks give two clusters, their covariance, and their total correlation."""
    X = samples_with_covariance(blocks([10, 10]), rng)
    model = LinearCorex(2, tol=1e-9).fit(X)
    assert adjusted_rand_score([0] * 10 + [1] * 10, model.labels_) == 1
    assert model.tc_ == pytest.approx(2 * total_correlation_of_block(10), rel=1e-7)
    np.testing.assert_allclose(model.covariance_, blocks([10, 10]), atol=1e-4)


def test_the_bound_stays_under_the_total_correlation(rng: np.random.Generator) -> None:
    """No number of factors explains more dependence than Gaussian variables have."""
    X = samples_with_covariance(blocks([4, 3, 5], 0.3), rng)
    total_correlation = -np.linalg.slogdet(np.corrcoef(X.T))[1] / 2
    for m in (1, 2, 3, 5):
        assert LinearCorex(m).fit(X).tc_ <= total_correlation + 1e-9


def test_the_covariance_is_positive_definite(W: Array, x: Array) -> None:
    """Any weights leave each variable the own variance 1 / (1 + S) or more."""
    s = linear_corex.statistics(3 * W, x)
    A = linear_corex.loadings(s.B, s.S)
    own = 1 - np.sum(A**2, axis=0)
    assert np.all(own >= 1 / (1 + s.S) - 1e-12)
    assert np.linalg.eigvalsh(linear_corex.covariance(A, np.ones(N_VARIABLES))).min() > 0


def test_variances_are_the_samples_own(rng: np.random.Generator) -> None:
    """The diagonal of the covariance is that of the data, in its units."""
    X = rng.standard_normal((30, 6)) * [1, 2, 3, 4, 5, 60] + 7
    model = LinearCorex(2).fit(X)
    np.testing.assert_allclose(np.diag(model.covariance_), X.var(axis=0), rtol=1e-12)


def test_zero_weights_say_nothing(W: Array, x: Array) -> None:
    """Without weights there is no dependence: objective 0 and a diagonal covariance."""
    s = linear_corex.statistics(0 * W, x)
    assert linear_corex.objective(s) == 0
    A = linear_corex.loadings(s.B, s.S)
    np.testing.assert_array_equal(
        linear_corex.covariance(A, np.ones(N_VARIABLES)), np.eye(N_VARIABLES)
    )


def test_the_score_is_the_dense_gaussian_log_likelihood(rng: np.random.Generator) -> None:
    """The low-rank formula gives the density of the covariance that the model states."""
    X = rng.standard_normal((60, 5)) @ rng.standard_normal((5, 5)) + 3
    train, test = X[:40], X[40:]
    model = LinearCorex(2).fit(train)
    centred = test - train.mean(axis=0)
    distance = np.sum(centred @ np.linalg.inv(model.covariance_) * centred, axis=1)
    log_determinant = np.linalg.slogdet(2 * np.pi * model.covariance_)[1]
    assert model.score(test) == pytest.approx(-(distance.mean() + log_determinant) / 2)


def test_the_information_is_that_of_a_correlation() -> None:
    """A factor correlated 0.6 with a variable tells -log(0.8) nats about it."""
    told = linear_corex.mutual_information(np.array([[0.6, -0.6, 0.0]]))
    np.testing.assert_allclose(told, [[-log(0.8), -log(0.8), 0.0]])


def test_transform_gives_the_means_of_the_factors(rng: np.random.Generator) -> None:
    """New samples are standardised as the training samples were, then weighted."""
    X = rng.standard_normal((30, 4)) * 5 + 2
    model = LinearCorex(2).fit(X)
    new = np.array([[1.0, 2.0, 3.0, 4.0]])
    expected = (new - X.mean(axis=0)) / X.std(axis=0) @ model.weights_.T
    np.testing.assert_allclose(model.transform(new), expected)


def test_a_low_rank_and_a_diagonal_make_the_covariance(rng: np.random.Generator) -> None:
    """The two parts add up to the dense covariance, and the diagonal part is positive."""
    model = LinearCorex(2).fit(rng.standard_normal((30, 6)) * [1, 2, 3, 4, 5, 60])
    low_rank, diagonal = model.low_rank_, model.diagonal_
    assert low_rank.shape == (2, 6)
    assert diagonal.min() > 0
    together = low_rank.T @ low_rank + np.diag(diagonal)
    np.testing.assert_allclose(together, model.covariance_, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("n_variables", [60, 100], ids=["dense product", "product with samples"])
def test_the_fit_ends_where_no_step_helps(n_variables: int, rng: np.random.Generator) -> None:
    """With patience the descent ends at a stationary point, whichever way C is multiplied."""
    loadings, _ = linear_corex.draw_loadings(rng, n_variables=n_variables, n_groups=4)
    X = linear_corex.sample_variables(rng, loadings, n_samples=40, snr=2.0)
    x = linear_corex.standardise(X)[0]
    W = LinearCorex(4, tol=1e-13, max_iter=2000).fit(X).weights_
    left = linear_corex.gradient(linear_corex.statistics(W, x), x)
    start = linear_corex.gradient(linear_corex.statistics(0.1 * W, x), x)
    assert np.abs(left).max() < 1e-4 * np.abs(start).max()


def test_samples_repeated_give_the_same_fit(rng: np.random.Generator) -> None:
    """Three copies of each sample have the covariance of one, though C is then formed."""
    x = linear_corex.standardise(rng.standard_normal((20, 50)))[0]
    own, start = rng.random(50), rng.standard_normal((3, 50))
    once, thrice = (
        linear_corex.fit_weights(samples, start, max_iter=2, tol=0, own=own)[0]
        for samples in (x, np.tile(x, (3, 1)))
    )
    np.testing.assert_allclose(thrice, once, rtol=1e-3, atol=1e-4)


def test_a_step_too_short_for_single_precision_is_no_memory() -> None:
    """Its inner product with itself is nothing, and nothing is divided by it."""
    step = np.ones((2, 1, 3), np.float32)
    memory: deque[Any] = deque()
    optimiser.remember(memory, step, step * np.float32(1e-23))
    assert np.array_equal(optimiser.way_down(step, memory), -step)


def test_the_fit_is_as_good_as_a_plain_optimiser(rng: np.random.Generator) -> None:
    """SciPy's L-BFGS through the same annealing ends within a thousandth of the same bound."""
    loadings, _ = linear_corex.draw_loadings(rng, n_variables=64, n_groups=4, extra_parents=0)
    X = linear_corex.sample_variables(rng, loadings, n_samples=100, snr=1.0)
    x = linear_corex.standardise(X)[0]

    def evaluate(flat: Array, eps: float) -> tuple[float, Array]:
        W = flat.reshape(4, -1)
        s = linear_corex.statistics(W, x, eps)
        return linear_corex.objective(s), linear_corex.gradient(s, x, eps).ravel()

    flat = rng.standard_normal(4 * 64) / 8
    for eps in linear_corex.ANNEALING:
        flat = minimize(evaluate, flat, (eps,), "L-BFGS-B", jac=True).x
    assert LinearCorex(4).fit(X).tc_ == pytest.approx(-evaluate(flat, 0.0)[0], rel=1e-3)


def test_a_seed_fixes_the_fit(x: Array) -> None:
    """The same seed gives the same weights, and another one others."""
    first, again = (LinearCorex(2, random_state=5).fit(x).weights_ for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, LinearCorex(2, random_state=6).fit(x).weights_)


def test_the_global_seed_is_left_alone(x: Array) -> None:
    """A fit neither reads nor moves NumPy's global random state."""
    before = np.random.get_state()[2:]  # noqa: NPY002  the place reached in its stream
    LinearCorex(2).fit(x)
    assert np.random.get_state()[2:] == before  # noqa: NPY002


def test_repeated_columns_stay_finite(rng: np.random.Generator) -> None:
    """Copies of a variable, whose total correlation is infinite, give a usable model."""
    X = rng.standard_normal((50, 3))
    with warnings.catch_warnings(action="error"):
        model = LinearCorex(3).fit(np.hstack([X, X, -X]))
    assert np.isfinite(model.tc_)
    assert np.linalg.eigvalsh(model.covariance_).min() > 0
    assert adjusted_rand_score([0, 1, 2] * 3, model.labels_) == 1


@pytest.mark.parametrize(
    ("X", "said"),
    [
        pytest.param([[1.0, np.nan], [2.0, 3.0]], "1 values that are NaN or infinite", id="nan"),
        pytest.param([[1.0, 5.0], [2.0, 5.0]], r"constant columns \[1\]", id="constant"),
    ],
)
def test_only_what_has_a_scale_is_standardised(X: list[list[float]], said: str) -> None:
    """Standardising a table refuses gaps, unless told of them, and columns without variance."""
    with pytest.raises(ValueError, match=said):
        linear_corex.standardise(X)


@pytest.mark.parametrize(
    ("X", "said"),
    [
        pytest.param([[1.0, np.inf], [2.0, 3.0]], "1 values that are infinite", id="infinity"),
        pytest.param([[5.0], [5.0], [5.0]], "no column with two different values", id="constant"),
        pytest.param([1.0, 2.0, 3.0], "1 dimensions", id="one-dimensional"),
        pytest.param([[1.0, 2.0]], "1 samples", id="one-sample"),
    ],
)
def test_bad_data_are_named(X: list[float], said: str) -> None:
    """Data that no model can be fitted to raise one error that says what is wrong with them."""
    with pytest.raises(ValueError, match=said):
        LinearCorex(1).fit(X)


def test_a_model_has_at_least_one_factor(x: Array) -> None:
    """No factors is an error that names the argument."""
    with pytest.raises(ValueError, match="n_hidden is 0"):
        LinearCorex(0).fit(x)


def test_new_data_must_have_the_same_columns(x: Array) -> None:
    """Scoring a table of another width is an error that tells both widths."""
    with pytest.raises(ValueError, match="X has 6 features, but LinearCorex is expecting 7"):
        LinearCorex(2).fit(x).score(x[:, :6])


def test_an_unfitted_model_says_so(x: Array) -> None:
    """Using a model before its fit is an error that tells the remedy."""
    with pytest.raises(AttributeError, match="call fit first"):
        LinearCorex(2).transform(x)


def test_generated_variables_have_their_groups_and_variance(rng: np.random.Generator) -> None:
    """Loadings have length 1, are largest on the own group, and reach both signs."""
    drawn, groups = linear_corex.draw_loadings(rng, n_variables=400, n_groups=4)
    np.testing.assert_allclose(np.sum(drawn**2, axis=0), 1)
    np.testing.assert_array_equal(np.argmax(np.abs(drawn), axis=0), groups)
    assert np.count_nonzero(drawn) == pytest.approx(440, abs=25)
    assert np.mean(drawn[drawn != 0] > 0) == pytest.approx(0.5, abs=0.1)


def test_generated_samples_have_their_covariance(rng: np.random.Generator) -> None:
    """Two variables of a group correlate by the factors' share of the variance, strangers not."""
    X = linear_corex.sample_variables(rng, np.array([[1.0, -1.0, 0.0]]), n_samples=200_000, snr=1.0)
    expected = [[1.0, -0.5, 0.0], [-0.5, 1.0, 0.0], [0.0, 0.0, 0.5]]
    np.testing.assert_allclose(np.cov(X.T), expected, atol=0.01)


def test_more_variables_are_a_blessing() -> None:
    """From 64 to 512 variables with the same samples, the groups come out far more clearly."""
    few, many = (np.mean([recovery(p, seed) for seed in range(5)]) for p in (64, 512))
    assert few <= 0.60
    assert many >= 0.85
    assert many - few >= 0.3


def test_the_covariance_beats_others_where_samples_are_few() -> None:
    """From 32 samples of modular variables, linear CorEx predicts new samples best, by far."""
    losses = np.mean([losses_of_32_samples(seed) for seed in range(3)], axis=0)
    truth, corex, lasso, shrunk = losses
    assert corex <= lasso - 3
    assert lasso < shrunk
    assert corex <= shrunk - 10
    assert corex <= truth + 12


def losses_of_32_samples(seed: int) -> list[float]:
    """Return losses, in nats per new sample: truth, linear CorEx, graphical lasso, Ledoit-Wolf.

    The lasso may choose its penalty on 32 samples more; both it and Ledoit-Wolf get
    standardised variables.
    """
    rng = np.random.default_rng(seed)
    loadings, _ = linear_corex.draw_loadings(rng, n_variables=128, n_groups=8, extra_parents=0)
    snr, units = rng.uniform(0, 5, 128), rng.uniform(0.25, 4, 128)
    X = linear_corex.sample_variables(rng, loadings, n_samples=1064, snr=snr) * units
    x, mean, scale = linear_corex.standardise(X[:32])
    validation, test = np.split((X[32:] - mean) / scale, [32])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # long before it stops to matter
        lassos = [graphical_lasso(x.T @ x / 32, a, max_iter=30)[0] for a in (0.2, 0.3)]
    lasso = min(lassos, key=lambda one: dense_loss(one, validation))
    shrunk = LedoitWolf(assume_centered=True).fit(x).covariance_
    true = covariance_of(np.sqrt(snr / (1 + snr)) * loadings, units / scale)
    ours = LinearCorex(8, random_state=seed).fit(x).covariance_
    return [dense_loss(one, test) for one in (true, ours, lasso, shrunk)]


def covariance_of(loadings: Array, scale: Array) -> Array:
    """Return the covariance of variables with these loadings and deviations."""
    correlation = loadings.T @ loadings
    np.fill_diagonal(correlation, 1.0)
    return correlation * np.outer(scale, scale)


def dense_loss(covariance: Array, x: Array) -> float:
    """Return the mean negative Gaussian log-density of samples x (n, p) with mean 0, in nats."""
    log_determinant = np.linalg.slogdet(2 * np.pi * covariance)[1]
    distance = np.sum(x * np.linalg.solve(covariance, x.T).T, axis=1).mean()
    return float(distance + log_determinant) / 2


def test_the_best_of_several_starts_is_kept(rng: np.random.Generator) -> None:
    """More starts never explain less, and the one kept is one of those tried alone."""
    loadings, _ = linear_corex.draw_loadings(rng, n_variables=48, n_groups=6)
    X = linear_corex.sample_variables(rng, loadings, n_samples=60, snr=0.3)
    several = [LinearCorex(6, n_init=n).fit(X).tc_ for n in (1, 2, 4)]
    assert several == sorted(several)
    assert several[0] < several[-1]
    starts = np.random.default_rng(0)
    assert LinearCorex(6, n_init=4).fit(X).tc_ == pytest.approx(
        max(LinearCorex(6, random_state=starts).fit(X).tc_ for _ in range(4))
    )


def test_a_step_to_minus_infinity_is_no_progress(
    x: Array, W: Array, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Weights whose error rounds to nothing would divide by zero next, so they are not taken."""
    judged = 0

    def objective(s: Statistics) -> float:
        nonlocal judged
        judged += 1
        return -np.inf if judged % 3 == 0 else linear_corex.objective(s)

    monkeypatch.setattr("methods.linear_corex.optimiser.objective", objective)
    with warnings.catch_warnings(action="error"):
        found, _ = linear_corex.fit_weights(x, W, max_iter=20, tol=1e-6)
    assert linear_corex.objective(linear_corex.statistics(found, x)) < 0
    assert judged > 20
