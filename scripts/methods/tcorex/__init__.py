"""T-CorEx: covariances that change over time, from a few samples in each period.

Harutyunyan, Moyer, Khachatrian, Ver Steeg and Galstyan, "Efficient covariance estimation from
temporal data", 2019, arXiv 1905.13276. Written from the paper's formulas; equation numbers are
those of notebooks/tcorex.ipynb, and logarithms are natural, so information is in nats.
"""

from methods.tcorex.covariance import Covariance
from methods.tcorex.estimator import TCorex
from methods.tcorex.selection import Selection, select

__all__ = ["Covariance", "Selection", "TCorex", "select"]
