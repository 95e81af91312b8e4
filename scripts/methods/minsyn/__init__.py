"""MinSyn: representations whose factors say little that only shows when they are combined.

Ver Steeg, Brekelmans, Harutyunyan and Galstyan, "Disentangled representations via synergy
minimization", Allerton 2017, arXiv 1710.03839. ``synergy`` measures, ``model`` learns, and
``words`` draws the benchmark. Equation numbers are those of notebooks/minsyn.ipynb; logarithms
are natural, so information is in nats.
"""

from methods.minsyn.model import MinSyn

__all__ = ["MinSyn"]
