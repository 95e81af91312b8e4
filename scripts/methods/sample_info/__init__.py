"""Sample information: how much a trained network owes to each sample that it was trained on.

Harutyunyan, Achille, Paolini, Majumder, Ravichandran, Bhotika and Soatto, "Estimating
informativeness of samples with Smooth Unique Information", ICLR 2021, arXiv 2101.06640.
Equation numbers are those of notebooks/sample_info.ipynb; information is in nats. Jacobians
are all that is asked for; ``networks``, which makes them, is the one module that needs JAX.
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
