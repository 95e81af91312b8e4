"""The models find what the synthetic cohort hides, and so the whole pipeline holds together."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from methods.mimic3 import (
    cohort,
    discretizer,
    episodes,
    features,
    logistic,
    splits,
    tasks,
)
from methods.mimic3.lstm import Architecture
from methods.mimic3.metrics import auroc
from methods.mimic3.networks import MORTALITY, Design, Network, Training, label_of_stay


@pytest.mark.long
def test_regression_and_network_tell_deaths_alike(tmp_path: Path) -> None:
    """Both rank deaths in hospital well, not perfectly, and about equally, on new patients.

    So does scikit-learn's regression on the same features.
    """
    cohort.write(tmp_path / "files", subjects=1500, seed=0)
    episodes.extract(tmp_path / "files", tmp_path / "episodes")
    stays = episodes.load(tmp_path / "episodes")
    trained, _, tested = splits.split(stays, validation=0, test=0.3, seed=0)
    samples = tasks.mortality(stays)
    train, test = samples.of(trained), samples.of(tested)

    regression = logistic.LogisticRegressions(logistic.MORTALITY)
    learned_from = features.extract(stays, train.stay, train.hour)
    asked_of = features.extract(stays, test.stay, test.hour)
    regression.fit(learned_from, train.label)
    linear = regression.predict(asked_of)[:, 0]
    theirs = make_pipeline(
        SimpleImputer(keep_empty_features=True),
        StandardScaler(),
        LogisticRegression(C=0.001, max_iter=500),
    )
    with threadpool_limits(1):
        known = theirs.fit(learned_from, train.label).decision_function(asked_of)

    X, _ = discretizer.discretise_all(stays, train.stay, train.hour)
    Z, _ = discretizer.discretise_all(stays, test.stay, test.hour)
    assert X.shape[1:] == (48, 76)
    normal = discretizer.Normalizer.fit(X)
    seen, new = np.ones(X.shape[:2], bool), np.ones(Z.shape[:2], bool)
    design = Design((MORTALITY,), Architecture(dim=16, depth=1))
    network = Network(design, training=Training(epochs=10, batch_size=32, rate=3e-3))
    network.fit(normal.transform(X), seen, {"mortality": label_of_stay(train.label, seen)})
    deep = network.predict(normal.transform(Z), new)["mortality"][:, -1, 0]

    areas = [float(auroc(test.label, score)) for score in (linear, deep, known)]
    assert all(0.85 <= area <= 0.97 for area in areas), areas
    assert abs(areas[0] - areas[1]) <= 0.06, areas
