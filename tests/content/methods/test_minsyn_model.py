"""MinSyn's objective adds a price of synergy, and a fit that pays it finds the parts."""

from collections.abc import Iterator

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from methods import linear_corex
from methods.linear_corex import Array, LinearCorex
from methods.minsyn import MinSyn, model, synergy

M_HIDDEN, N_SAMPLES, N_VARIABLES = 3, 40, 7


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Keep the small matrix products on one thread: handing them over costs more than they do."""
    with threadpool_limits(1):
        yield


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a generator that is fresh for each test."""
    return np.random.default_rng(7)


@pytest.fixture
def x(rng: np.random.Generator) -> Array:
    """Return standardised samples of variables that depend on each other."""
    mixed = rng.standard_normal((N_SAMPLES, N_VARIABLES)) @ rng.standard_normal((N_VARIABLES,) * 2)
    return linear_corex.standardise(mixed)[0]


@pytest.fixture
def W(rng: np.random.Generator) -> Array:  # noqa: N802  the weights' name in the paper
    """Return weights far from any optimum."""
    return rng.standard_normal((M_HIDDEN, N_VARIABLES))


def objective(W: Array, x: Array, eps: float, price: float) -> float:
    """Return the objective as the module computes it."""
    return model.objective(linear_corex.statistics(W, x, eps), price)


def two_groups(rng: np.random.Generator) -> Array:
    """Return samples of ten variables: five of one hidden cause, and five of another."""
    causes = rng.standard_normal((2000, 2))
    return np.repeat(causes, 5, axis=1) + 0.5 * rng.standard_normal((2000, 10))


@pytest.mark.parametrize("eps", [0.0, 0.36])
def test_the_ordinary_objective_is_that_of_the_joint_covariance(
    W: Array, x: Array, eps: float
) -> None:
    """Conditional variances from one big covariance matrix give the same objective."""
    p = N_VARIABLES
    C = (1 - eps**2) * np.cov(x.T, ddof=0) + eps**2 * np.eye(p)
    ZZ = W @ C @ W.T + np.eye(M_HIDDEN)
    joint = np.block([[C, C @ W.T], [W @ C, ZZ]])
    slow = np.log(np.diag(ZZ)).sum() / 2
    for i in range(p):
        with_i = joint[np.ix_([i, *range(p, p + M_HIDDEN)], [i, *range(p, p + M_HIDDEN)])]
        slow += (np.linalg.slogdet(with_i)[1] - np.linalg.slogdet(ZZ)[1]) / 2
    assert objective(W, x, eps, 0) == pytest.approx(slow, rel=1e-10)


@pytest.mark.parametrize("price", [0.0, 0.3, 1.0, 2.0])
def test_the_price_is_paid_for_each_nat_of_synergy(W: Array, x: Array, price: float) -> None:
    """The objective is the ordinary one plus price times the free-variance CI synergy."""
    s = linear_corex.statistics(W, x, 0.3)
    paid = price * synergy.ci_synergy_free_variance(s.R, s.Rz).sum()
    assert model.objective(s, price) == pytest.approx(model.synergy_allowed(s) + paid)


def test_at_price_one_the_objective_is_that_of_linear_corex(W: Array, x: Array) -> None:
    """Paying in full is the same as decoding as if factors were independent witnesses."""
    s = linear_corex.statistics(W, x)
    assert model.objective(s) == pytest.approx(linear_corex.objective(s), rel=1e-12)


@pytest.mark.parametrize("eps", [0.0, 0.36])
@pytest.mark.parametrize("price", [0.0, 0.3, 1.0, 2.0])
def test_the_gradient_is_the_slope_of_the_objective(
    W: Array, x: Array, eps: float, price: float
) -> None:
    """Central differences of the objective agree with the derivative written by hand."""
    by_hand = model.gradient(linear_corex.statistics(W, x, eps), x, eps, price=price)
    slope, step = np.zeros_like(W), 1e-5
    for place in np.ndindex(W.shape):
        nudge = np.zeros_like(W)
        nudge[place] = step
        slope[place] = objective(W + nudge, x, eps, price) - objective(W - nudge, x, eps, price)
    np.testing.assert_allclose(by_hand, slope / (2 * step), rtol=1e-6, atol=1e-7)


def test_the_ordinary_decoder_is_least_squares(
    W: Array, x: Array, rng: np.random.Generator
) -> None:
    """Regressing the variables on many noisy factors gives the decoder and its error."""
    s = linear_corex.statistics(W, x)
    many = np.tile(x, (5000, 1))
    Z = many @ W.T + rng.standard_normal((len(many), M_HIDDEN))
    A, squares, *_ = np.linalg.lstsq(Z, many)
    np.testing.assert_allclose(model.decoder(s), A, atol=0.01)
    np.testing.assert_allclose(
        model.decoder_error(s, model.decoder(s)), squares / len(many), rtol=0.02
    )


def test_ordinary_decoding_is_at_least_as_good(W: Array, x: Array) -> None:
    """No guess has a smaller error than the ordinary decoder's."""
    s = linear_corex.statistics(W, x)
    assert np.all(
        model.decoder_error(s, model.decoder(s)) <= linear_corex.residual_variance(s) + 1e-12
    )


def test_noise_falls_to_the_share_that_is_asked_for() -> None:
    """The steps of the fit fall, and the last leaves just the stated share of the variance."""
    assert model.shares_of_noise(0.0) == (*(0.6**k for k in range(1, 7)), 0.0)
    assert model.shares_of_noise(0.09) == pytest.approx((0.6, 0.36, 0.3))
    assert model.shares_of_noise(0.64) == pytest.approx((0.8,))


def test_readouts_have_the_correlations_of_noisy_samples(
    W: Array, x: Array, rng: np.random.Generator
) -> None:
    """Drawing the noise many times gives the correlations that the formula states."""
    many = np.tile(x, (2000, 1))
    noisy = np.sqrt(0.8) * many + np.sqrt(0.2) * rng.standard_normal(many.shape)
    both = np.corrcoef((noisy @ W.T).T, noisy.T)
    R, Rz = model.readout_correlations(W, x, 0.2)
    np.testing.assert_allclose(R, both[:M_HIDDEN, M_HIDDEN:], atol=0.02)
    np.testing.assert_allclose(Rz, both[:M_HIDDEN, :M_HIDDEN], atol=0.02)


def test_readouts_have_no_scale(W: Array, x: Array) -> None:
    """Stretching a latent changes no correlation."""
    stretched = W * np.array([[0.01], [3.0], [500.0]])
    plain = model.readout_correlations(W, x, 0.1)
    for a, b in zip(plain, model.readout_correlations(stretched, x, 0.1), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-12)


def test_a_full_price_fit_is_as_good_as_linear_corex(rng: np.random.Generator) -> None:
    """Both estimators reach the same value of the objective that they share."""
    X = two_groups(rng)
    x, *_ = linear_corex.standardise(X)
    s = linear_corex.statistics(MinSyn(2).fit(X).weights_, x)
    assert -linear_corex.objective(s) == pytest.approx(LinearCorex(2).fit(X).tc_, rel=1e-4)


@pytest.mark.parametrize("seed", range(3))
def test_paying_for_synergy_separates_two_causes(rng: np.random.Generator, seed: int) -> None:
    """Each factor follows one cause, there is next to no synergy, and the information stays."""
    X = two_groups(rng)
    paid = MinSyn(2, random_state=seed).fit(X)
    allowed = MinSyn(2, price=0, random_state=seed).fit(X)
    strength = np.sort(np.abs(paid.correlations_), axis=0)
    assert np.all(strength[0] < 0.1)
    assert np.all(strength[1] > 0.85)
    assert paid.synergy_.mean() < 0.02
    assert paid.information_.mean() == pytest.approx(allowed.information_.mean(), rel=0.05)


def test_what_a_fit_states_is_what_the_formulas_say(x: Array) -> None:
    """Correlations, information and synergy are those of the noisy factors found."""
    fitted = MinSyn(2, noise=0.1).fit(x)
    s = linear_corex.statistics(fitted.weights_, x, np.sqrt(0.1))
    np.testing.assert_allclose(fitted.correlations_, s.R)
    np.testing.assert_allclose(fitted.factor_correlations_, s.Rz)
    np.testing.assert_allclose(
        fitted.information_, -np.log(model.decoder_error(s, model.decoder(s))) / 2
    )
    ci = synergy.ci_synergy(s.R, s.Rz)  # a small difference of large terms
    np.testing.assert_allclose(fitted.synergy_, ci, atol=1e-12)


@pytest.mark.parametrize(("price", "noise"), [(1.0, 0.0), (1.0, 0.1), (0.3, 0.1), (0.0, 0.1)])
def test_repeated_columns_stay_finite(rng: np.random.Generator, price: float, noise: float) -> None:
    """Copies of a variable give a usable model where synergy has its full price, or with noise."""
    X = rng.standard_normal((50, 3))
    fitted = MinSyn(3, price=price, noise=noise).fit(np.hstack([X, X, -X]))
    assert np.all(np.isfinite(fitted.information_))
    assert np.all(np.isfinite(fitted.synergy_))


def test_copies_need_noise_where_synergy_is_cheap(x: Array) -> None:
    """A factor that copies a variable leaves nothing to minimise, and the error says what to do."""
    copies = 1e9 * np.eye(M_HIDDEN, N_VARIABLES)
    with pytest.raises(ValueError, match=r"state some noise, such as noise=0\.01"):
        objective(copies, x, 0.0, 0.3)


def test_units_do_not_matter(x: Array) -> None:
    """Data in other units and from another zero give the same factors."""
    units = 2.0 ** np.arange(-3, 4)
    plain = MinSyn(M_HIDDEN, max_iter=5).fit(x)
    scaled = MinSyn(M_HIDDEN, max_iter=5).fit(x * units + 4 * units)
    np.testing.assert_allclose(scaled.weights_, plain.weights_, rtol=1e-6, atol=1e-9)


def test_transform_gives_the_means_of_the_factors(rng: np.random.Generator) -> None:
    """New samples are standardised as the training samples were, then weighted."""
    X = rng.standard_normal((30, 4)) * 5 + 2
    fitted = MinSyn(2).fit(X)
    new = np.array([[1.0, 2.0, 3.0, 4.0]])
    expected = (new - X.mean(axis=0)) / X.std(axis=0) @ fitted.weights_.T
    np.testing.assert_allclose(fitted.transform(new), expected)


def test_a_seed_fixes_the_fit(x: Array) -> None:
    """The same seed gives the same weights, and another one others."""
    first, again = (MinSyn(2, random_state=5).fit(x).weights_ for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, MinSyn(2, random_state=6).fit(x).weights_)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        pytest.param({"n_hidden": 0}, "n_hidden is 0", id="no-factor"),
        pytest.param({"n_hidden": 2, "noise": 1.0}, "noise is 1.0", id="nothing-but-noise"),
        pytest.param({"n_hidden": 2, "noise": -0.1}, "noise is -0.1", id="negative-noise"),
        pytest.param({"n_hidden": 2, "noise": np.nan}, "noise is nan", id="nan-noise"),
        pytest.param({"n_hidden": 2, "price": -1.0}, "price is -1.0", id="a-reward"),
        pytest.param({"n_hidden": 2, "price": np.inf}, "price is inf", id="infinite-price"),
    ],
)
def test_settings_out_of_range_are_named(x: Array, settings: dict[str, float], said: str) -> None:
    """A setting that makes no sense is an error that names it."""
    with pytest.raises(ValueError, match=said):
        MinSyn(**settings).fit(x)


@pytest.mark.parametrize(
    "X",
    [
        pytest.param([[1.0, np.nan], [2.0, 3.0]], id="nan"),
        pytest.param([1.0, 2.0, 3.0], id="one-dimensional"),
        pytest.param([[1.0, 2.0]], id="one-sample"),
    ],
)
def test_bad_data_are_refused(X: list[float]) -> None:
    """Data that cannot be standardised raise an error instead of giving factors."""
    with pytest.raises(ValueError, match=r"X (has|holds)"):
        MinSyn(1).fit(X)


@pytest.mark.parametrize(
    ("X", "said"),
    [
        pytest.param([[1.0] * 6], "X has 6 features", id="width"),
        pytest.param([1.0] * 7, "X has 1 dimensions", id="one-dimensional"),
        pytest.param([[np.nan] * 7], "NaN", id="nan"),
    ],
)
def test_new_data_must_look_like_the_old(x: Array, X: list[float], said: str) -> None:
    """Transforming what is no table of the same variables is an error that says so."""
    with pytest.raises(ValueError, match=said):
        MinSyn(2).fit(x).transform(X)


def test_an_unfitted_model_says_so(x: Array) -> None:
    """Using a model before its fit is an error that tells the remedy."""
    with pytest.raises(AttributeError, match="call fit first"):
        MinSyn(2).transform(x)
