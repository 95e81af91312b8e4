"""T-CorEx leaves every variable variance of its own, on data where it once did not."""

from importlib.util import find_spec

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from methods._shipped import stock_returns
from methods.linear_corex import LinearCorex, own_variance
from methods.tcorex import TCorex
from methods.tcorex.synthetic import draw_samples, draw_sudden_change


@pytest.fixture(scope="module", autouse=True)
def _one_thread():
    """Keep the small matrix products on one thread: handing them over costs more than they do."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def quarters():
    """Return 16 days of each quarter to fit, and its other days, of 20 shares."""
    rng = np.random.default_rng(0)
    days = stock_returns("2007", "2012")
    train, test = [], []
    for _, quarter in days.groupby(days.index.to_period("Q")):
        order = rng.permutation(len(quarter))
        train.append(quarter.to_numpy()[np.sort(order[:16])])
        test.append(quarter.to_numpy()[np.sort(order[16:])])
    return train, test


def least_own_variance(model):
    """Return the smallest share of its variance that a variable keeps, in any period."""
    return min(own_variance(A).min() for A in model.loadings_)


@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize("seed", [2, 3])
def test_a_change_of_scale_is_no_correlation(seed, weighted):
    """Where deviations leap, windows across the leap make no variable a copy of a factor."""
    rng = np.random.default_rng([8, seed])
    truth = draw_sudden_change(rng, n_periods=10, n_variables=128, n_groups=8)
    train, test = draw_samples(rng, truth, 8), draw_samples(rng, truth, 500)
    model = TCorex(8, l1=1.0, gamma=0.4, weighted=weighted).fit(train)
    assert least_own_variance(model) > 0.01
    assert -model.score(test) < 238


@pytest.mark.skipif(find_spec("skfolio") is None, reason="needs the data that skfolio ships")
@pytest.mark.parametrize("weighted", [True, False])
def test_a_crisis_makes_no_share_a_copy_of_a_factor(quarters, weighted):
    """In the quarters of crises, too, unseen days are about as likely as in their neighbours."""
    train, test = quarters
    model = TCorex(4, l1=1.0, gamma=0.6, weighted=weighted, floor=0.001).fit(train)
    assert least_own_variance(model) > 0.0015
    nll = -model.score_periods(test)
    assert nll.max() < 2 * np.median(nll)
    near = [np.concatenate(train[max(0, t - 1) : t + 2]) for t in range(len(train))]
    windowed = [-LinearCorex(4).fit(X).score(Y) for X, Y in zip(near, test, strict=True)]
    assert nll.mean() < np.mean(windowed)


@pytest.mark.skipif(find_spec("skfolio") is None, reason="needs the data that skfolio ships")
def test_all_days_and_little_borrowing_show_the_crises():
    """The seven largest changes are those that the notebook and the page name."""
    days = stock_returns()
    quarters = days.groupby(days.index.to_period("Q"))
    model = TCorex(4, gamma=0.2).fit([quarter.to_numpy() for _, quarter in quarters])
    into = np.array([str(name) for name, _ in quarters])[1:]
    largest = set(into[np.argsort(model.change_scores_)[-7:]])
    assert largest == {"2008Q4", "2011Q3", "2012Q1", "2018Q1", "2018Q4", "2020Q1", "2020Q2"}


def test_copies_are_held_at_the_floor_with_a_warning():
    """A variable that copies another keeps the floor, and the warning says how many cases."""
    rng = np.random.default_rng(1)
    X = [np.repeat(rng.standard_normal((20, 3)), 6, axis=1) for _ in range(3)]
    with pytest.warns(UserWarning, match=r"copy a variable in \d+ of 54 cases.* floor=0.1"):
        model = TCorex(3, floor=0.1, gamma=0.5).fit(X)
    assert 0.1 - 1e-9 <= least_own_variance(model) < 0.101
    assert np.linalg.eigvalsh(model.covariances_[0].dense()).min() > 0
