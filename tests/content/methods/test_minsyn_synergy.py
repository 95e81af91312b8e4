"""The closed forms of synergy agree with slow definitions, sampling and limits."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp
from scipy.stats import norm

from methods.linear_corex import Array
from methods.minsyn import synergy

MEASURES = (
    synergy.information,
    synergy.whole_minus_sum,
    synergy.whole_minus_best,
    synergy.ci_synergy,
    synergy.ci_synergy_free_variance,
)

# Correlations of the variable with each factor, and of the factors with each other; and the
# values of Eqs. (2), (3), (4), (8) and (9) in nats, worked out apart from this code.
SYSTEMS = {
    "independent": ([0.5, 0.5], 0.0, (0.34657, 0.05889, 0.20273, 0.02449, 0.01961)),
    "modular": ([0.5, 0.5], 0.25, (0.25541, -0.03227, 0.11157, 0.0, 0.0)),
    "near copies": ([0.5, 0.5], 0.9, (0.15269, -0.13499, 0.00885, 0.07061, 0.04609)),
    "suppressor": ([0.5, 0.0], 0.8, (0.59281, 0.44897, 0.44897, 0.44897, 0.44897)),
    "strong": ([0.7, 0.7], 0.0, (1.95601, 1.28267, 1.61934, 1.10399, 0.92022)),
    "three": ([0.4, 0.4, 0.4], 0.0, (0.32696, 0.06543, 0.23979, 0.03171, 0.02641)),
    "single": ([0.6], 0.0, (0.22314, 0.0, 0.0, 0.0, 0.0)),
}


def matrices(name: str) -> tuple[Array, Array]:
    """Return R (m, 1) and Rz (m, m) of a named system."""
    rho, between, _ = SYSTEMS[name]
    m = len(rho)
    return np.array(rho)[:, None], np.full((m, m), between) + (1 - between) * np.eye(m)


def drawn(seed: int, m: int = 4, p: int = 6) -> tuple[Array, Array]:
    """Return R and Rz of random Gaussian factors and variables."""
    rng = np.random.default_rng(seed)
    mixed = rng.standard_normal((40, m + p)) @ rng.standard_normal((m + p, m + p))
    joint = np.corrcoef(mixed.T)
    return joint[:m, m:], joint[:m, :m]


def measured(R: Array, Rz: Array) -> Array:
    """Return all measures, shape (5, p)."""
    return np.array([measure(R, Rz) for measure in MEASURES])


def entropy(covariance: Array) -> float:
    """Return the entropy of Gaussian variables up to a constant for each of them, in nats."""
    return float(np.linalg.slogdet(np.atleast_2d(covariance))[1] / 2)


def joint_covariance(rho: Array, Rz: Array) -> Array:
    """Return the covariance of the factors and, last, the variable."""
    return np.block([[Rz, rho[:, None]], [rho[None, :], np.ones((1, 1))]])


def slow_information(rho: Array, Rz: Array) -> float:
    """Return the information from the entropies of the parts and of the whole."""
    return entropy(Rz) - entropy(joint_covariance(rho, Rz))


def total_correlation(covariance: Array) -> float:
    """Return how far Gaussian variables are from independence, in nats."""
    return float(np.log(np.diag(covariance)).sum() / 2 - entropy(covariance))


def guesses_on_a_grid(rho: Array, Rz: Array) -> tuple[Array, Array, Array, Array]:
    """Return a grid of x, weights of nodes z, and log p(x | z) and log p_CI(x | z) on both.

    Nothing here knows a closed form of p_CI: it is p(x) times every p(z_j | x), normalised.
    """
    x, width = np.linspace(-14, 14, 2801, retstep=True)
    nodes, weights = np.polynomial.hermite_e.hermegauss(8)
    m = len(rho)
    white = np.stack(np.meshgrid(*[nodes] * m, indexing="ij"), axis=-1).reshape(-1, m)
    weight = np.prod(np.stack(np.meshgrid(*[weights] * m, indexing="ij"), axis=-1), axis=-1).ravel()
    z = white @ np.linalg.cholesky(Rz).T
    given = np.linalg.solve(Rz, rho)
    truth = norm.logpdf(x, (z @ given)[:, None], np.sqrt(1 - rho @ given))
    guess = norm.logpdf(x) + sum(
        norm.logpdf(z[:, [j]], rho[j] * x, np.sqrt(1 - rho[j] ** 2)) for j in range(m)
    )
    guess -= logsumexp(guess, axis=1, keepdims=True) + np.log(width)
    return x, weight / weight.sum(), truth, guess


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_table_of_small_systems(name: str) -> None:
    """Each measure has the value that was derived for it elsewhere."""
    np.testing.assert_allclose(measured(*matrices(name))[:, 0], SYSTEMS[name][2], atol=6e-6)


@pytest.mark.parametrize("name", SYSTEMS)
def test_information_comes_from_entropies(name: str) -> None:
    """Information, and what is left beyond the sum and the best, follow from log-determinants."""
    R, Rz = matrices(name)
    each = [slow_information(rho, np.ones((1, 1))) for rho in R]
    whole = slow_information(R[:, 0], Rz)
    expected = [whole, whole - sum(each), whole - max(each)]
    np.testing.assert_allclose(measured(R, Rz)[:3, 0], expected, atol=1e-12)


@pytest.mark.parametrize("name", ["independent", "modular", "near copies", "suppressor", "single"])
def test_ci_synergy_is_the_divergence_of_its_definition(name: str) -> None:
    """Integrating the divergence over a grid, without any closed form, gives the same value."""
    R, Rz = matrices(name)
    x, weight, truth, guess = guesses_on_a_grid(R[:, 0], Rz)
    divergence = weight @ np.sum(np.exp(truth) * (truth - guess), axis=1) * (x[1] - x[0])
    assert synergy.ci_synergy(R, Rz)[0] == pytest.approx(divergence, abs=1e-8)


@pytest.mark.parametrize("name", ["independent", "modular", "near copies", "suppressor", "single"])
def test_the_free_variance_is_the_best_one(name: str) -> None:
    """No normal guess with the same means comes closer to the truth than the variant says."""
    R, Rz = matrices(name)
    x, weight, truth, guess = guesses_on_a_grid(R[:, 0], Rz)
    width = x[1] - x[0]
    mean = np.sum(np.exp(guess) * x, axis=1, keepdims=True) * width

    def divergence(log_variance: float) -> float:
        stated = norm.logpdf(x, mean, np.exp(log_variance / 2))
        return float(weight @ np.sum(np.exp(truth) * (truth - stated), axis=1) * width)

    least = minimize_scalar(divergence, bounds=(-6, 2), method="bounded").fun
    assert synergy.ci_synergy_free_variance(R, Rz)[0] == pytest.approx(least, abs=1e-8)


@pytest.mark.parametrize("name", ["independent", "near copies", "suppressor", "strong", "three"])
def test_sampling_agrees(name: str) -> None:
    """The mean log-ratio of the two densities over drawn samples is the CI synergy."""
    R, Rz = matrices(name)
    m = len(Rz)
    covariance = joint_covariance(R[:, 0], Rz)
    rng = np.random.default_rng(5)
    samples = rng.standard_normal((100_000, m + 1)) @ np.linalg.cholesky(covariance).T
    z, x = samples[:, :m], samples[:, m]
    precision = 1 + sum(rho**2 / (1 - rho**2) for rho in R[:, 0])
    evidence = sum(rho / (1 - rho**2) * z[:, j] for j, rho in enumerate(R[:, 0]))
    given = np.linalg.solve(Rz, R[:, 0])
    truth = norm.logpdf(x, z @ given, np.sqrt(1 - R[:, 0] @ given))
    ratio = truth - norm.logpdf(x, evidence / precision, precision**-0.5)
    error = ratio.std() / np.sqrt(len(ratio))
    assert synergy.ci_synergy(R, Rz)[0] == pytest.approx(ratio.mean(), abs=5 * error)


@pytest.mark.parametrize("seed", range(5))
def test_ci_synergy_is_never_negative(seed: int) -> None:
    """A divergence is at least zero, and freeing the variance can only lower it."""
    ci, free = measured(*drawn(seed))[3:]
    assert np.all(free >= -1e-12)
    assert np.all(ci >= free - 1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_whole_minus_sum_is_a_difference_of_total_correlations(seed: int) -> None:
    """It is how much knowing the variable ties the factors together."""
    R, Rz = drawn(seed)
    for rho, value in zip(R.T, synergy.whole_minus_sum(R, Rz), strict=True):
        given = Rz - np.outer(rho, rho)
        assert value == pytest.approx(total_correlation(given) - total_correlation(Rz))


def test_a_single_factor_has_no_synergy() -> None:
    """With nothing to combine, every measure but the information is zero."""
    values = measured(np.array([[0.9, -0.4, 0.0]]), np.eye(1))
    np.testing.assert_allclose(values[0], -np.log([0.19, 0.84, 1]) / 2)
    np.testing.assert_allclose(values[1:], 0, atol=1e-12)


def test_conditionally_independent_factors_have_no_ci_synergy() -> None:
    """Where factors depend only through the variable, taking them for witnesses is right."""
    rho = np.array([0.8, -0.5, 0.3, 0.0])
    Rz = np.outer(rho, rho)
    np.fill_diagonal(Rz, 1)
    np.testing.assert_allclose(measured(rho[:, None], Rz)[3:], 0, atol=1e-12)


def test_dependence_that_cancels_costs_nothing() -> None:
    """Three factors, or four, may depend in a way that leaves the witnesses' guess right."""
    three = np.array([[1, 0.25, 0.3], [0.25, 1, -0.3], [0.3, -0.3, 1]])
    np.testing.assert_allclose(measured(np.array([[0.5], [0.5], [0.0]]), three)[3:], 0, atol=1e-12)
    ring = np.array([[0, 1, -1, 0], [1, 0, 0, -1], [-1, 0, 0, 1], [0, -1, 1, 0]])
    Rz = np.full((4, 4), 0.16) + 0.84 * np.eye(4) + 0.3 * ring
    np.testing.assert_allclose(measured(np.full((4, 1), 0.4), Rz)[3:], 0, atol=1e-12)


def test_factors_have_no_sign_or_order() -> None:
    """Negating and exchanging factors changes no measure."""
    R, Rz = drawn(3)
    sign = np.array([1.0, -1.0, -1.0, 1.0])
    order = [2, 0, 3, 1]
    flipped, flipped_z = sign[:, None] * R, np.outer(sign, sign) * Rz
    changed = measured(flipped[order], flipped_z[np.ix_(order, order)])
    np.testing.assert_allclose(changed, measured(R, Rz), atol=1e-12)


def test_a_rotation_keeps_the_information_and_not_the_synergy() -> None:
    """Turning two independent causes of different variables adds synergy up to 45 degrees."""
    R = np.array([[0.8, 0.0], [0.0, 0.8]])
    angles = np.radians([0, 15, 30, 45])
    turns = [np.array([[np.cos(t), np.sin(t)], [-np.sin(t), np.cos(t)]]) for t in angles]
    values = np.array([measured(turn @ R, np.eye(2)).sum(axis=1) for turn in turns])
    np.testing.assert_allclose(values[:, 0], values[0, 0])
    for measure in (1, 3, 4):
        assert all(less < more for less, more in pairwise(values[:, measure]))
        assert values[0, measure] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
def test_unrelated_factors_say_nothing(measure) -> None:
    """As the correlations with a variable vanish, so does every measure."""
    Rz = drawn(1)[1]
    np.testing.assert_allclose(measure(np.full((4, 1), 1e-6), Rz), 0, atol=1e-10)


def test_copies_are_counted_twice() -> None:
    """A near copy adds nothing to the information, and whole minus sum falls to its negative."""
    R, Rz = np.full((2, 1), 0.6), np.array([[1, 1 - 1e-9], [1 - 1e-9, 1]])
    told = synergy.information(R[:1], np.eye(1))
    np.testing.assert_allclose(measured(R, Rz)[:3, 0], [told[0], -told[0], 0], atol=1e-6)


@pytest.mark.parametrize(
    ("R", "Rz", "said"),
    [
        pytest.param([0.5, 0.5], np.eye(2), r"R has shape \(2,\)", id="one-dimensional"),
        pytest.param([[0.5], [0.5]], np.eye(3), r"Rz \(3, 3\)", id="other-count"),
        pytest.param([[np.nan], [0.5]], np.eye(2), "R holds values", id="nan"),
        pytest.param([[1.0], [0.5]], np.eye(2), "not between -1 and 1", id="copy"),
        pytest.param([[0.5], [0.5]], 2 * np.eye(2), "ones on its diagonal", id="covariance"),
        pytest.param([[0.5], [0.5]], np.ones((2, 2)), "factors that others copy", id="singular"),
        pytest.param([[0.9], [0.9]], np.eye(2), "variable 0 would have", id="impossible"),
    ],
)
@pytest.mark.parametrize("measure", MEASURES)
def test_impossible_correlations_are_named(measure, R, Rz, said) -> None:
    """Correlations that no Gaussian variables have raise one error that says why."""
    with pytest.raises(ValueError, match=said):
        measure(np.array(R), Rz)
