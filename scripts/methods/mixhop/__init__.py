"""MixHop: graph convolutions that mix neighbourhoods of several reaches.

Abu-El-Haija, Perozzi, Kapoor, Alipourfard, Lerman, Harutyunyan, Ver Steeg and Galstyan,
"MixHop: higher-order graph convolutional architectures via sparsified neighborhood mixing",
ICML 2019, arXiv 1905.00067. Equation numbers are those of notebooks/mixhop.ipynb. ``network``
holds the layers, ``training`` the fit and the choice of powers, ``graphs`` the synthetic data,
``planetoid`` the citation networks that others publish.

With a row of features ``X`` and a class ``y`` for each node, pairs of node numbers ``edges``, and
masks of the nodes to learn from and to watch::

    from methods.mixhop import MixHop

    model = MixHop(random_state=0)
    model.fit(X, y, edges=edges, train_on=train, watch=watch)
    classes = model.predict(X, edges=edges)
"""

from methods.mixhop.estimator import MixHop

__all__ = ["MixHop"]
