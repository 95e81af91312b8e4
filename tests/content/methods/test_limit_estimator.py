"""LIMIT as scikit-learn's users know classifiers."""

import inspect
import re
import textwrap

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_digits
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GridSearchCV
from sklearn.utils.estimator_checks import check_estimator

import methods.limit
from methods.limit import corrupt, uniform_noise
from methods.limit.estimator import LimitClassifier

SMALL = {"hidden": (8,), "epochs": 60, "rate": 0.01, "batch_size": 8, "random_state": 0}


@pytest.fixture(scope="module")
def noisy():
    """Return features of digits, labels of which four in ten are wrong, and which ones are."""
    X, y = load_digits(return_X_y=True)
    labels = corrupt(np.random.default_rng(0), y, uniform_noise(0.4, 10))
    return X[:600] / 16, labels[:600], labels[:600] != y[:600]


@pytest.mark.long
def test_scikit_learn_has_nothing_to_say():
    """`check_estimator` passes, but for a check that needs an experimental setting of SciPy's."""
    results = check_estimator(LimitClassifier(**SMALL), on_fail=None, on_skip=None)
    odd = {each["check_name"]: each["status"] for each in results if each["status"] != "passed"}
    assert odd.keys() <= {"check_array_api_input"}
    assert "failed" not in odd.values()


def test_labels_that_are_wrong_have_the_largest_doubt(noisy):
    """Ranked by the distance between predicted and true gradient, most wrong ones come first."""
    X, labels, wrong = noisy
    model = LimitClassifier(random_state=0, epochs=40).fit(X, labels)
    assert roc_auc_score(wrong, model.doubt_) > 0.9
    first = np.argsort(model.doubt_)[::-1][:100]
    assert wrong[first].mean() > 0.9


def test_it_can_be_copied_and_searched(noisy):
    """A clone has the same settings and gives the same digits; a grid search takes it."""
    X, labels, _ = noisy
    named = np.array(list("abcdefghij"))[labels]
    model = LimitClassifier(**SMALL | {"batch_size": 32}).fit(X, named)
    again = clone(model).fit(X, named)
    np.testing.assert_array_equal(model.predict_proba(X), again.predict_proba(X))
    assert set(model.predict(X)) <= set(named)
    few = clone(model).set_params(epochs=2)
    search = GridSearchCV(few, {"beta": [0.0, 10.0]}, cv=2, refit=False)
    assert search.fit(X, named).best_params_["beta"] in {0.0, 10.0}


def test_one_class_is_named():
    """Nothing can be learned from it, and the error says what to give."""
    with pytest.raises(ValueError, match="y has one class only: give labels of two classes"):
        LimitClassifier().fit(np.eye(3), [1, 1, 1])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("epochs", 0),
        ("batch_size", 2.5),
        ("hidden", 64),
        ("hidden", (0,)),
        ("beta", "10"),
        ("rate", -1.0),
        ("rate", np.nan),
    ],
)
def test_settings_that_mean_nothing_are_named(name, value):
    """One line says which, what it is and what to give."""
    given = re.escape(f"{name} is {value!r}: give ")
    with pytest.raises(ValueError, match=rf"^{given}[^\n]+$"):
        LimitClassifier(**{name: value}).fit(np.eye(4), [0, 1, 0, 1])


@pytest.mark.parametrize("X", [np.full((4, 2), np.nan), np.eye(4) * 1j, np.ones(4)])
def test_data_that_cannot_be_used_are_named_in_a_line(X):
    """What scikit-learn says in several lines is cut to one, with what to give."""
    with pytest.raises(ValueError, match=r"^[^\n]+: give [^\n]+$"):
        LimitClassifier().fit(X, [0, 1, 0, 1])


def test_the_example_of_the_package_runs(noisy):
    """The lines that its docstring shows, on data of one's own."""
    said = inspect.cleandoc(methods.limit.__doc__)
    lines = said.partition("::\n\n")[2]
    told = {"X": noisy[0], "y": noisy[1]}
    exec(textwrap.dedent(lines), told)  # noqa: S102  it is ours
    assert noisy[2][told["suspects"][:50]].mean() > 0.8
