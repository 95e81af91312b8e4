"""The estimators of the CorEx papers keep the conventions that pipelines and searches rely on."""

import doctest
import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, KFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator
from threadpoolctl import threadpool_limits

from methods import linear_corex, minsyn, tcorex
from methods.linear_corex import LinearCorex
from methods.minsyn import MinSyn
from methods.tcorex import TCorex

ESTIMATORS = [
    pytest.param(LinearCorex(2), id="LinearCorex"),
    pytest.param(MinSyn(2, noise=0.01), id="MinSyn"),
    pytest.param(TCorex(2, period=10, steps=2), id="TCorex"),
]
EXCEPTIONS = {
    "check_array_api_input": "scikit-learn itself leaves it out unless SCIPY_ARRAY_API is set",
}


@pytest.fixture(scope="module", autouse=True)
def _one_thread():
    """Keep the small matrix products on one thread: handing them over costs more than they do."""
    with threadpool_limits(1):
        yield


@pytest.fixture
def frame():
    """Return 60 days of two groups of three variables."""
    rng = np.random.default_rng(4)
    X = np.repeat(rng.standard_normal((60, 2)), 3, axis=1) + rng.standard_normal((60, 6))
    return pd.DataFrame(X, columns=list("abcdef"), index=pd.date_range("2024-01-01", periods=60))


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_scikit_learn_finds_no_fault(estimator):
    """Every check of scikit-learn passes, but for those named here with their reasons."""
    with warnings.catch_warnings(action="ignore"):  # its data have constant columns and copies
        checked = check_estimator(estimator, on_skip=None, on_fail=None)
    failed = {one["check_name"] for one in checked if one["status"] != "passed"}
    assert len(checked) > 35
    assert failed <= set(EXCEPTIONS)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_copies_are_unfitted_and_equal(estimator, frame):
    """A clone has the same settings, and none of what a fit found."""
    copy = clone(clone(estimator).fit(frame))
    assert copy.get_params() == estimator.get_params()
    with pytest.raises(NotFittedError, match="call fit first"):
        copy.score(frame) if hasattr(copy, "score") else copy.transform(frame)


@pytest.mark.parametrize("part", ["covariance_", "low_rank_", "diagonal_"])
def test_a_covariance_comes_after_a_fit(part):
    """Who asks for it before is told to fit first."""
    with pytest.raises(NotFittedError, match="call fit first"):
        getattr(LinearCorex(2), part)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_reordered_columns_are_refused(estimator, frame):
    """A frame whose columns stand in another order gives no answer, and one line says why."""
    model = clone(estimator).fit(frame)
    assert model.feature_names_in_.tolist() == list("abcdef")
    ask = getattr(model, "score", None) or model.transform
    with pytest.raises(ValueError, match="column 0 of X is 'f' and the model's 'a'") as raised:
        ask(frame[list("fedcba")])
    assert "\n" not in str(raised.value)


@pytest.mark.filterwarnings("ignore:factors all but copy")  # two factors are many for five columns
@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_constant_columns_are_left_out(estimator, frame):
    """A column that never varies is named in a warning, and the rest is the model's."""
    with pytest.warns(UserWarning, match=r"\['c'\]"):
        model = clone(estimator).fit(frame.assign(c=1.0))
    assert model.kept_.tolist() == [0, 1, 3, 4, 5]
    fewer = clone(estimator).fit(frame.drop(columns="c"))
    np.testing.assert_allclose(model.weights_, fewer.weights_)


@pytest.mark.parametrize("estimator", ESTIMATORS)
@pytest.mark.parametrize(
    ("name", "value"), [("n_hidden", "2"), ("n_hidden", 2.5), ("tol", -1.0), ("tol", np.nan)]
)
def test_settings_that_mean_nothing_are_named(estimator, name, value, frame):
    """One line says which, what it is and what to give."""
    with pytest.raises(ValueError, match=f"^{name} is {value!r}: give [^\n]+$"):
        clone(estimator).set_params(**{name: value}).fit(frame)


@pytest.mark.parametrize("estimator", ESTIMATORS)
@pytest.mark.parametrize(
    "column", [["x"] * 60, pd.date_range("2024-01-01", periods=60), np.arange(60) * 1j]
)
def test_columns_that_are_no_numbers_are_named(estimator, column, frame):
    """Words, times, whose numbers mean nothing, and complex numbers are refused in one line."""
    with pytest.raises(ValueError, match=r"^column 'q' of [^\n]+ holds [^\n]+: give numbers"):
        clone(estimator).fit(frame.assign(q=column))


@pytest.mark.parametrize("estimator", [*ESTIMATORS[:2]])
def test_factors_have_names_in_frames(estimator, frame):
    """Where scikit-learn is asked for frames, a column is called by the model and a number."""
    name = type(estimator).__name__.lower()
    given = clone(estimator).set_output(transform="pandas").fit_transform(frame)
    assert given.columns.tolist() == [f"{name}0", f"{name}1"]
    assert given.index.equals(frame.index)


@pytest.mark.parametrize("estimator", [*ESTIMATORS[:2]])
def test_pipelines_give_factors(estimator, frame):
    """Behind a scaler the factors are those without it, for units do not matter."""
    piped = make_pipeline(StandardScaler(), clone(estimator)).fit_transform(frame)
    plain = clone(estimator).fit_transform(frame)
    np.testing.assert_allclose(np.abs(piped), np.abs(plain), rtol=1e-3, atol=1e-3)


def test_a_search_finds_the_groups_of_a_table(frame):
    """Grid search over the number of factors finds the two that there are."""
    search = GridSearchCV(LinearCorex(), {"n_hidden": [1, 2]}, cv=KFold(3)).fit(frame)
    assert search.best_params_ == {"n_hidden": 2}


@pytest.mark.filterwarnings("ignore:factors all but copy")  # nothing borrowed, of few days
def test_a_search_scores_days_in_their_periods(frame):
    """Days held out of a table are scored in the periods of the fit, whatever days these have."""
    folds = KFold(3, shuffle=True, random_state=0)
    model = TCorex(2, period="20D", steps=5)
    search = GridSearchCV(model, {"gamma": [0.0, 0.9]}, cv=folds).fit(frame)
    assert search.best_params_ == {"gamma": 0.9}  # nothing changes, so all days help
    best = search.best_estimator_
    assert best.period_names_ == list(frame.index[::20])
    by_hand = np.mean(best.score_periods([frame[a : a + 20] for a in (0, 20, 40)]))
    assert best.score(frame) == pytest.approx(by_hand)


@pytest.mark.parametrize(
    "timed",
    [lambda frame: frame.tz_localize("UTC"), lambda frame: frame.to_period("D")],
    ids=["time zone", "spans"],
)
@pytest.mark.parametrize("period", ["20D", 20])
@pytest.mark.filterwarnings("ignore:factors all but copy")  # of few days
def test_times_of_any_kind_are_scored_where_they_lie(timed, period, frame):
    """Times with a zone, and spans of time, cut and score a table as plain times do."""
    model = TCorex(2, period=period, steps=2)
    plain, other = (clone(model).fit(table).score_periods(table) for table in (frame, timed(frame)))
    np.testing.assert_array_equal(other, plain)


@pytest.mark.filterwarnings("ignore:factors all but copy")  # of few days
def test_what_cannot_be_scored_is_named(frame):
    """Days of another time zone, and none at all."""
    model = TCorex(2, period="20D", steps=2).fit(frame)
    with pytest.raises(ValueError, match="X has another time zone than the model's periods: give"):
        model.score(frame.tz_localize("UTC"))
    with pytest.raises(ValueError, match="X has no samples: give at least one"):
        model.score(frame[:0])


def test_days_before_the_first_period_are_refused(frame):
    """What no period of the model can be asked about is an error, not the nearest period's."""
    model = TCorex(2, period="20D", steps=2).fit(frame[20:])
    with pytest.raises(ValueError, match="begins at 2024-01-01 00:00:00, before the model's first"):
        model.score(frame)


@pytest.mark.parametrize(
    ("given", "period", "said"),
    [
        (lambda frame: frame.reset_index(drop=True), "30D", "needs a table with a time index"),
        (lambda frame: frame, "thirty", "give a length that pandas knows"),
        (lambda frame: frame.drop(frame.index[10:40]), "10D", "has 0 samples: give longer periods"),
        (lambda frame: frame, None, "one table: give a list of periods, or a period such as"),
        (lambda frame: [frame, frame[list("badcef")]], None, "column 0 of period 1 is 'b'"),
    ],
)
def test_tables_that_cannot_be_cut_are_named(frame, given, period, said):
    """A table that makes no periods gives one line that says what to give instead."""
    with pytest.raises(ValueError, match=said) as raised:
        TCorex(2, period=period).fit(given(frame))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("package", [linear_corex, minsyn, tcorex])
def test_the_lines_shown_work(package):
    """The example in a package's docstring gives what it says."""
    found = doctest.testmod(package, optionflags=doctest.ELLIPSIS)
    assert found.attempted >= 4
    assert not found.failed
