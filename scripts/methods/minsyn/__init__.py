"""MinSyn: representations whose factors say little that only shows when they are combined.

Ver Steeg, Brekelmans, Harutyunyan and Galstyan, "Disentangled representations via synergy
minimization", Allerton 2017, arXiv 1710.03839. ``synergy`` measures, ``model`` learns, ``words``
draws the benchmark, and ``handwriting`` writes it by hand. Equation numbers are those of
notebooks/minsyn.ipynb; logarithms are natural, so information is in nats.

On data of one's own, an array or a data frame (n_samples, n_columns):

>>> import numpy as np
>>> causes = np.random.default_rng(0).standard_normal((100, 2))
>>> X = np.repeat(causes, 3, axis=1) + np.random.default_rng(1).standard_normal((100, 6))
>>> model = MinSyn(n_hidden=2, n_init=5).fit(X)
>>> model.transform(X).shape
(100, 2)
>>> bool(model.synergy_.mean() < 0.1 * model.information_.mean())
True
"""

from methods.minsyn.model import MinSyn

__all__ = ["MinSyn"]
