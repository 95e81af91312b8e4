"""The linear baseline imputes, standardises and regresses one label at a time."""

import numpy as np
import pytest
from scipy.optimize import minimize

from methods.mimic3 import logistic
from methods.mimic3.logistic import LogisticRegressions, Penalty
from methods.mimic3.metrics import length_of_stay_bin


@pytest.fixture
def table() -> tuple[np.ndarray, np.ndarray]:
    """Return features (80, 4), some missing, and three labels (80, 3)."""
    rng = np.random.default_rng(11)
    features = rng.standard_normal((80, 4)) * [1, 10, 0.1, 5] + [0, 50, 7, 0]
    labels = features[:, [0, 0, 3]] + rng.standard_normal((80, 3)) > 0
    features[rng.random((80, 4)) < 0.1] = np.nan
    return features, labels.astype(int)


def test_a_label_is_a_penalised_regression_on_standardised_means(table) -> None:
    """The probabilities are those of the minimum of loss and penalty, found independently."""
    features, labels = table
    x = np.where(np.isnan(features), np.nanmean(features, axis=0), features)
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    y, C = labels[:, 0], 0.05

    def objective(weights: np.ndarray) -> float:
        z = x @ weights[:4] + weights[4]
        return C * np.sum(np.logaddexp(0, z) - y * z) + weights[:4] @ weights[:4] / 2

    weights = minimize(objective, np.zeros(5), tol=1e-9).x
    expected = 1 / (1 + np.exp(-x @ weights[:4] - weights[4]))
    found = LogisticRegressions(Penalty(C)).fit(features, labels).predict(features)
    np.testing.assert_allclose(found[:, 0], expected, atol=1e-3)


def test_labels_do_not_know_each_other(table) -> None:
    """A label alone has the probabilities that it has among others."""
    features, labels = table
    together = LogisticRegressions(Penalty(0.05)).fit(features, labels).predict(features)
    alone = LogisticRegressions(Penalty(0.05)).fit(features, labels[:, 2]).predict(features)
    assert together.shape == (80, 3)
    np.testing.assert_allclose(alone[:, 0], together[:, 2])


def test_new_samples_are_measured_by_the_training_ones(table) -> None:
    """Means and deviations are those of the training samples, whatever comes later."""
    features, labels = table
    model = LogisticRegressions(logistic.MORTALITY).fit(features, labels[:, 0])
    apart = np.vstack([model.predict(row[None]) for row in features])
    np.testing.assert_allclose(apart, model.predict(features))


def test_units_do_not_matter(table) -> None:
    """Features in other units give the same probabilities."""
    features, labels = table
    plain = LogisticRegressions(logistic.MORTALITY).fit(features, labels)
    scaled = LogisticRegressions(logistic.MORTALITY).fit(features * 32 + 4, labels)
    np.testing.assert_allclose(
        scaled.predict(features * 32 + 4), plain.predict(features), rtol=1e-6
    )


def test_the_lasso_leaves_weights_at_zero(table) -> None:
    """The penalty of phenotypes picks features, and that of mortality shrinks them all."""
    features, labels = table
    lasso = LogisticRegressions(logistic.PHENOTYPES).fit(features, labels).models_[2].coef_
    ridge = LogisticRegressions(logistic.MORTALITY).fit(features, labels).models_[2].coef_
    assert np.any(lasso == 0)
    assert np.argmax(np.abs(lasso)) == 3
    assert np.all(ridge != 0)


def test_a_feature_that_nobody_has_says_nothing(table) -> None:
    """An empty column changes no probability."""
    features, labels = table
    wider = np.column_stack([features, np.full(80, np.nan)])
    plain = LogisticRegressions(logistic.MORTALITY).fit(features, labels)
    more = LogisticRegressions(logistic.MORTALITY).fit(wider, labels)
    np.testing.assert_allclose(more.predict(wider), plain.predict(features))


def test_bins_decode_to_their_hours() -> None:
    """A remaining stay becomes one of ten labels, and the likeliest label its bin's hours."""
    labels = logistic.one_of_bins(length_of_stay_bin([3.0, 30.0, 200.0, 999.0]))
    assert labels.sum(axis=1).tolist() == [1, 1, 1, 1]
    hours = 7.0 * np.arange(10)
    np.testing.assert_array_equal(logistic.most_likely_hours(labels + 0.01, hours), [0, 7, 56, 63])


def test_what_cannot_be_fitted_is_named(table) -> None:
    """A label that never varies, infinity and an unfitted model each raise one error."""
    features, labels = table
    constant = np.column_stack([labels, np.ones(80)])
    with pytest.raises(ValueError, match=r"labels \[3\] have one value only"):
        LogisticRegressions(logistic.MORTALITY).fit(features, constant)
    with pytest.raises(ValueError, match="infinity"):
        LogisticRegressions(logistic.MORTALITY).fit(np.full_like(features, np.inf), labels)
    with pytest.raises(AttributeError, match="call fit first"):
        LogisticRegressions(logistic.MORTALITY).predict(features)
