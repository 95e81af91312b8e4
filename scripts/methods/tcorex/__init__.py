"""T-CorEx: covariances that change over time, from a few samples in each period.

Harutyunyan, Moyer, Khachatrian, Ver Steeg and Galstyan, "Efficient covariance estimation from
temporal data", 2019, arXiv 1905.13276. Written from the paper's formulas; equation numbers are
those of notebooks/tcorex.ipynb, and logarithms are natural, so information is in nats.

On data of one's own, a data frame with a time index or a list of tables, one for each period:

>>> import numpy as np, pandas as pd
>>> X = np.random.default_rng(0).standard_normal((120, 5))
>>> days = pd.DataFrame(X, index=pd.date_range("2024-01-01", periods=120))
>>> model = TCorex(n_hidden=2, period="30D").fit(days)
>>> [str(start.date()) for start in model.period_names_]
['2024-01-01', '2024-01-31', '2024-03-01', '2024-03-31']
>>> model.covariances_[0].dense().shape, model.change_scores_.shape
((5, 5), (3,))
"""

from methods.tcorex.covariance import Covariance
from methods.tcorex.estimator import TCorex
from methods.tcorex.selection import Selection, select

__all__ = ["Covariance", "Selection", "TCorex", "select"]
