"""Sample information: how much a trained network owes to each sample that it was trained on.

Harutyunyan, Achille, Paolini, Majumder, Ravichandran, Bhotika and Soatto, "Estimating
informativeness of samples with Smooth Unique Information", ICLR 2021, arXiv 2101.06640.
Equation numbers are those of notebooks/sample_info.ipynb; information is in nats. Jacobians
are all that is asked for; ``networks``, which makes them, is the one module that needs JAX.

With training samples ``X`` (n, p), numbers ``y`` (n,) as targets, and other samples ``X_new``::

    import jax
    import numpy as np

    from methods.sample_info import SampleInformation, Training
    from methods.sample_info.networks import draw_perceptron

    network = draw_perceptron(jax.random.key(0), (X.shape[1], 256, 1))
    model = SampleInformation(Training(weight_decay=1.0))
    missed = np.reshape(y, (-1, 1)) - network.predict(network.weights(), X)
    model.fit_kernel(network.kernel(X), missed)
    scores = model.functional(network.kernel(X_new, X))
"""

from methods.sample_info.information import SampleInformation, removal_order
from methods.sample_info.linearised import (
    Linearised,
    Training,
    dual_weights,
    tangent_kernel,
)

__all__ = [
    "Linearised",
    "SampleInformation",
    "Training",
    "dual_weights",
    "removal_order",
    "tangent_kernel",
]
