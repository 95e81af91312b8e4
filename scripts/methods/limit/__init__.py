"""LIMIT: a classifier that learns noisy labels only through a network that never sees them.

Harutyunyan, Reing, Ver Steeg and Galstyan, "Improving generalization by controlling
label-noise information in neural network weights", ICML 2020, arXiv 2002.07933. Equation
numbers are those of notebooks/limit.ipynb. Networks run in JAX.

On one's own data, features ``X`` (n, d) and labels ``y`` (n,) of which some are wrong::

    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from methods.limit.estimator import LimitClassifier

    model = make_pipeline(StandardScaler(), LimitClassifier(random_state=0)).fit(X, y)
    suspects = model[-1].doubt_.argsort()[::-1]  # the samples whose labels to look at first
"""

from methods.limit.gradients import (
    Form,
    generalised_cross_entropy,
    information_loss,
    penalty,
    predicted_gradient,
    sample_gradient,
    surrogate,
    true_gradient,
)
from methods.limit.losses import Determinant, Forward, FromLabels, Limit, Method, estimate_noise
from methods.limit.network import Convolution, Networks, apply, chances, draw_network, predict
from methods.limit.noise import (
    corrupt,
    error_entropy,
    label_entropy,
    least_error,
    least_information,
    pair_noise,
    uniform_noise,
)
from methods.limit.training import Run, batches, train

__all__ = [
    "Convolution",
    "Determinant",
    "Form",
    "Forward",
    "FromLabels",
    "Limit",
    "Method",
    "Networks",
    "Run",
    "apply",
    "batches",
    "chances",
    "corrupt",
    "draw_network",
    "error_entropy",
    "estimate_noise",
    "generalised_cross_entropy",
    "information_loss",
    "label_entropy",
    "least_error",
    "least_information",
    "pair_noise",
    "penalty",
    "predict",
    "predicted_gradient",
    "sample_gradient",
    "surrogate",
    "train",
    "true_gradient",
    "uniform_noise",
]
