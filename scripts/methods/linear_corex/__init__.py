"""Linear CorEx: groups of dependent variables, found through modular Gaussian latent factors.

Ver Steeg, Harutyunyan, Moyer and Galstyan, "Fast structure learning with modular
regularization", NeurIPS 2019, arXiv 1706.03353. Equation numbers are those of
notebooks/linear_corex.ipynb; logarithms are natural, so information is in nats.
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
