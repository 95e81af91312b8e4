"""Linear CorEx: groups of dependent variables, found through modular Gaussian latent factors.

Ver Steeg, Harutyunyan, Moyer and Galstyan, "Fast structure learning with modular
regularization", NeurIPS 2019, arXiv 1706.03353. Equation numbers are those of
notebooks/linear_corex.ipynb; logarithms are natural, so information is in nats.

On data of one's own, an array or a data frame (n_samples, n_columns), maybe with NaN:

>>> import numpy as np
>>> causes = np.random.default_rng(0).standard_normal((100, 2))
>>> X = np.repeat(causes, 3, axis=1) + np.random.default_rng(1).standard_normal((100, 6))
>>> model = LinearCorex(n_hidden=2, n_init=10).fit(X)
>>> bool((model.labels_[:3] == model.labels_[0]).all() and model.labels_[0] != model.labels_[3])
True
>>> model.covariance_.shape, model.transform(X).shape
((6, 6), (100, 2))
"""

from methods.linear_corex.estimator import LinearCorex
from methods.linear_corex.formulas import (
    Array,
    Labels,
    Statistics,
    cluster_labels,
    correlations,
    covariance,
    factor_correlations,
    gradient,
    loadings,
    log_likelihood,
    mutual_information,
    objective,
    own_variance,
    residual_variance,
    slope,
    standardise,
    statistics,
    times_covariance,
    total_correlation_bound,
    witnesses,
)
from methods.linear_corex.gaps import fill_in
from methods.linear_corex.optimiser import ANNEALING, fit_weights
from methods.linear_corex.selection import Choice, choose_n_hidden
from methods.linear_corex.synthetic import draw_loadings, sample_variables

__all__ = [
    "ANNEALING",
    "Array",
    "Choice",
    "Labels",
    "LinearCorex",
    "Statistics",
    "choose_n_hidden",
    "cluster_labels",
    "correlations",
    "covariance",
    "draw_loadings",
    "factor_correlations",
    "fill_in",
    "fit_weights",
    "gradient",
    "loadings",
    "log_likelihood",
    "mutual_information",
    "objective",
    "own_variance",
    "residual_variance",
    "sample_variables",
    "slope",
    "standardise",
    "statistics",
    "times_covariance",
    "total_correlation_bound",
    "witnesses",
]
