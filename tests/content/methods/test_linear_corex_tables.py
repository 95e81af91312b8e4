"""Linear CorEx takes tables as they are: named, with gaps, with columns that never vary."""

import warnings
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from methods import linear_corex
from methods.linear_corex import Array, LinearCorex


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Keep the small matrix products on one thread: handing them over costs more than they do."""
    with threadpool_limits(1):
        yield


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a generator that is fresh for each test."""
    return np.random.default_rng(5)


@pytest.fixture
def X(rng: np.random.Generator) -> Array:  # noqa: N802  the samples' name everywhere
    """Return 100 samples of 24 variables in three groups, in units of their own."""
    return draw(rng, 100) * np.arange(1, 25) + 3


def draw(rng: np.random.Generator, n_samples: int) -> Array:
    """Return samples of 24 variables of unit variance in three groups."""
    loadings, _ = linear_corex.draw_loadings(rng, n_variables=24, n_groups=3, extra_parents=0)
    return linear_corex.sample_variables(rng, loadings, n_samples=n_samples, snr=2.0)


def lose(X: Array, share: float, rng: np.random.Generator) -> Array:
    """Return the table with a share of its values lost at random."""
    return np.where(rng.random(X.shape) < share, np.nan, X)


def frame(X: Array) -> pd.DataFrame:
    """Return the table as a data frame with names."""
    return pd.DataFrame(X, columns=[f"v{i}" for i in range(X.shape[1])])


def test_a_frame_is_fitted_as_the_array_that_it_holds(X: Array) -> None:
    """A data frame gives the same model, and its columns' names."""
    named, plain = LinearCorex(3).fit(frame(X)), LinearCorex(3).fit(X)
    np.testing.assert_array_equal(named.weights_, plain.weights_)
    assert named.feature_names_in_.tolist() == [f"v{i}" for i in range(24)]
    assert not hasattr(plain, "feature_names_in_")
    assert named.score(frame(X)) == plain.score(X)


def test_a_frame_may_mark_gaps_in_its_own_way(X: Array) -> None:
    """A missing value of pandas' nullable types is a gap like NaN."""
    whole = np.round(X * 10)
    whole[2, 3] = np.nan
    nullable = frame(whole).astype("Int64")
    assert LinearCorex(3).fit(nullable).score(nullable) == LinearCorex(3).fit(whole).score(whole)


def test_columns_must_keep_their_order(X: Array) -> None:
    """Scoring a frame whose columns are exchanged is an error that names the first of them."""
    model = LinearCorex(3).fit(frame(X))
    exchanged = frame(X)[["v1", "v0", *(f"v{i}" for i in range(2, 24))]]
    with pytest.raises(ValueError, match="column 0 of X is 'v1' and the model's 'v0'"):
        model.score(exchanged)


def test_constant_columns_are_named_and_left_out(X: Array) -> None:
    """One warning names the columns, and the model is that of the others."""
    table = frame(X)
    table.insert(2, "still", 7.0)
    table["empty"] = np.nan
    with pytest.warns(UserWarning, match="'still', 'empty'") as warned:
        model = LinearCorex(3).fit(table)
    assert len(warned) == 1
    plain = LinearCorex(3).fit(X)
    np.testing.assert_array_equal(model.labels_, plain.labels_)
    np.testing.assert_array_equal(model.covariance_, plain.covariance_)
    assert model.feature_names_in_[model.kept_].tolist() == [f"v{i}" for i in range(24)]


def test_new_tables_have_all_columns(X: Array) -> None:
    """What was left out of the fit is left out of scores and factors too, whatever it holds."""
    with pytest.warns(UserWarning, match=r"constant columns \[24\]"):
        model = LinearCorex(3).fit(np.column_stack([X, np.ones(100)]))
    plain = LinearCorex(3).fit(X)
    new = np.column_stack([X, np.arange(100)])
    assert model.score(new) == plain.score(X)
    np.testing.assert_array_equal(model.transform(new), plain.transform(X))


def test_standardising_goes_by_the_values_seen(X: Array, rng: np.random.Generator) -> None:
    """With gaps, the values seen of each column have mean 0 and variance 1, and gaps stay."""
    table = lose(X, 0.3, rng)
    x, mean, scale = linear_corex.standardise(table, missing=True)
    np.testing.assert_array_equal(np.isnan(x), np.isnan(table))
    np.testing.assert_allclose(np.nanmean(x, axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(np.nanvar(x, axis=0), 1)
    np.testing.assert_allclose(x * scale + mean, table)


def test_gaps_are_filled_with_conditional_means(X: Array, rng: np.random.Generator) -> None:
    """The mean and variance of what is lost are those of the dense Gaussian, given the rest."""
    x = linear_corex.standardise(X)[0]
    A = LinearCorex(3).fit(x).loadings_
    sigma = linear_corex.covariance(A, np.ones(24))
    gaps = rng.random(24) < 0.4
    row = np.where(gaps, np.nan, x[0])
    filled, variance = linear_corex.fill_in(row[None], A)
    inverse = np.linalg.inv(sigma[~gaps][:, ~gaps])
    across = sigma[gaps][:, ~gaps]
    np.testing.assert_allclose(filled[0, gaps], across @ inverse @ x[0, ~gaps])
    left = sigma[gaps][:, gaps] - across @ inverse @ across.T
    np.testing.assert_allclose(variance[0, gaps], np.diag(left))
    np.testing.assert_array_equal(filled[0, ~gaps], x[0, ~gaps])
    assert not variance[0, ~gaps].any()


def test_the_score_counts_the_values_seen(X: Array, rng: np.random.Generator) -> None:
    """Samples with gaps get the density of the dense Gaussian's marginal; empty ones get 0."""
    model = LinearCorex(3).fit(X)
    new = lose(X[:3], 0.5, rng)
    new[2] = np.nan
    expected = 0.0
    for row in new[:2]:
        seen = ~np.isnan(row)
        sigma = model.covariance_[seen][:, seen]
        centred = (row - model.mean_)[seen]
        distance = centred @ np.linalg.solve(sigma, centred)
        expected -= (distance + np.linalg.slogdet(2 * np.pi * sigma)[1]) / 2
    assert model.score(new) == pytest.approx(expected / 3)


def test_factors_of_a_sample_with_gaps_are_expected_ones(X: Array) -> None:
    """The factors of a sample with gaps are those of the sample filled in."""
    model = LinearCorex(3).fit(X)
    new = X[:2].copy()
    new[0, ::2] = np.nan
    filled, _ = linear_corex.fill_in((new - model.mean_) / model.scale_, model.loadings_)
    np.testing.assert_allclose(model.transform(new), filled @ model.weights_.T)
    np.testing.assert_allclose(model.transform(new)[1], model.transform(X)[1])


def test_gaps_cost_little() -> None:
    """With a third of the values lost, far less is lost than by filling in means."""
    costs = np.mean([cost_of_gaps(seed) for seed in range(4)], axis=0)
    assert costs[0] < 0.5 * costs[1]


def cost_of_gaps(seed: int) -> tuple[float, float]:
    """Return what lost values cost in nats per new sample: as we treat them, and as means."""
    rng = np.random.default_rng(seed)
    train, test = np.split(draw(rng, 400), 2)
    lost = lose(train, 1 / 3, rng)
    at_mean = np.nan_to_num(linear_corex.standardise(lost, missing=True)[0])
    whole, model, naive = (LinearCorex(3).fit(table) for table in (train, lost, at_mean))
    assert adjusted_rand_score(whole.labels_, model.labels_) == 1
    strength = np.sum(model.loadings_**2) / np.sum(whole.loadings_**2)
    assert strength == pytest.approx(1, abs=0.1), "correlations shrink or grow where values lack"
    return whole.score(test) - model.score(test), whole.score(test) - naive.score(test)


def test_a_table_without_gaps_is_fitted_once(X: Array) -> None:
    """Filling in changes nothing where nothing is lost."""
    x = linear_corex.standardise(X)[0]
    start = np.random.default_rng(0).standard_normal((3, 24)) / np.sqrt(24)
    model = LinearCorex(3, random_state=0).fit(X)
    weights, _ = linear_corex.fit_weights(x, start, max_iter=model.max_iter, tol=model.tol)
    np.testing.assert_allclose(model.weights_, weights, rtol=1e-9)


def test_held_out_likelihood_finds_the_number_of_groups(rng: np.random.Generator) -> None:
    """Where there are three groups, fewer factors predict worse, and more not better."""
    X = draw(rng, 300)
    choice = linear_corex.choose_n_hidden(X, [1, 2, 3, 4, 6], random_state=1)
    assert choice.n_hidden == 3
    assert choice.candidates == (1, 2, 3, 4, 6)
    assert choice.scores.shape == (5, 3)
    least = choice.scores.mean(axis=1).max() - 0.01
    assert (choice.scores.mean(axis=1) >= least).tolist() == [False, False, True, True, True]


def test_a_choice_is_that_of_its_seed_and_folds(X: Array) -> None:
    """Scores are those of models of the other folds; the same seed deals the same folds."""
    choice = linear_corex.choose_n_hidden(X, [2], n_folds=4, random_state=3)
    again = linear_corex.choose_n_hidden(X, [2], n_folds=4, random_state=3)
    np.testing.assert_array_equal(choice.scores, again.scores)
    fold_of = np.random.default_rng(3).permutation(100) % 4
    model = LinearCorex(2, random_state=3).fit(X[fold_of != 1])
    assert choice.scores[0, 1] == model.score(X[fold_of == 1])


@pytest.mark.parametrize("candidate", [2.5, "2"])
def test_a_candidate_is_a_whole_number(X: Array, candidate: object) -> None:
    """Half a factor is not rounded off, and a word is not read as a number."""
    with pytest.raises(ValueError, match=f"n_hidden is {candidate!r}: give at least one"):
        linear_corex.choose_n_hidden(X, [candidate])  # type: ignore[list-item]


def test_a_choice_warns_of_constant_columns_once(X: Array) -> None:
    """Columns that never vary are named once, not once for each fit."""
    with pytest.warns(UserWarning, match=r"constant columns \[24\]") as warned:
        linear_corex.choose_n_hidden(np.column_stack([X, np.ones(100)]), [1, 2])
    assert len(warned) == 1


def test_a_column_may_be_constant_in_one_fold(X: Array) -> None:
    """A column that varies in one sample only is no reason to warn, nor to fail."""
    rare = np.zeros(100)
    rare[7] = 1
    with warnings.catch_warnings(action="error"):
        choice = linear_corex.choose_n_hidden(np.column_stack([X, rare]), [1, 3])
    assert choice.n_hidden == 3


@pytest.mark.parametrize(
    ("candidates", "n_folds", "said"),
    [
        pytest.param([], 3, "no candidates", id="no candidates"),
        pytest.param([1], 1, "n_folds is 1", id="one fold"),
        pytest.param([1], 60, "at most half of the 100 samples", id="many folds"),
        pytest.param([0], 3, "n_hidden is 0", id="no factor"),
    ],
)
def test_a_choice_that_cannot_be_made_says_why(
    X: Array, candidates: list[int], n_folds: int, said: str
) -> None:
    """Arguments that leave nothing to choose raise one error that names them."""
    with pytest.raises(ValueError, match=said):
        linear_corex.choose_n_hidden(X, candidates, n_folds=n_folds)


def test_columns_may_have_names_of_several_levels(rng: np.random.Generator) -> None:
    """Names of two levels are kept as pairs, and another order of them is named."""
    names = pd.MultiIndex.from_product([["a", "b"], ["x", "y"]])
    X = pd.DataFrame(rng.standard_normal((20, 4)), columns=names)
    model = LinearCorex(1).fit(X)
    assert model.feature_names_in_ is not None
    assert model.feature_names_in_.tolist() == names.tolist()
    with pytest.raises(ValueError, match=r"column 0 of X is \('b', 'y'\) and the model's"):
        model.score(X[names[::-1]])


def test_a_score_needs_samples(rng: np.random.Generator) -> None:
    """No samples have no mean likelihood, and the error says so."""
    model = LinearCorex(1).fit(rng.standard_normal((20, 4)))
    with pytest.raises(ValueError, match="X has no samples"):
        model.score(np.empty((0, 4)))
