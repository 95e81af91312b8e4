"""MixHop: graph convolutions that mix neighbourhoods of several reaches.

Abu-El-Haija, Perozzi, Kapoor, Alipourfard, Lerman, Harutyunyan, Ver Steeg and Galstyan,
"MixHop: higher-order graph convolutional architectures via sparsified neighborhood mixing",
ICML 2019, arXiv 1905.00067. Equation numbers are those of notebooks/mixhop.ipynb. ``network``
holds the layers, ``training`` the fit and the choice of powers, ``graphs`` the synthetic data.
"""
