"""Random graphs whose neighbours are alike to a chosen degree, and points to tell them apart by.

Abu-El-Haija et al. (2019), after the homophilous preferential attachment of
Karimi et al., "Homophily influences ranking of minorities in social networks", 2018.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Nodes = NDArray[np.intp]

N_CLASSES = 10
"""Classes, seated on a ring."""

_ALONG, _ACROSS = np.sqrt(350 * np.array([70, 20])) / 300  # the paper's, for a circle of radius 1


def class_affinity(homophily: float) -> Array:
    """Return where the links of each class go, shape (10, 10), rows summing to 1: Eq. (8).

    A share ``homophily`` in [0, 1] stays in the class; each step along the ring halves the rest.
    """
    if not 0 <= homophily <= 1:
        raise ValueError(f"homophily is {homophily}: give a share between 0 and 1")
    seats = np.arange(N_CLASSES)
    apart = np.abs(seats[:, None] - seats)
    others = 2.0 ** -np.minimum(apart, N_CLASSES - apart)
    np.fill_diagonal(others, 0.0)
    affinity: Array = (1 - homophily) * others / others.sum(axis=1, keepdims=True)
    np.fill_diagonal(affinity, homophily)
    return affinity


def draw_graph(
    rng: np.random.Generator, *, n_nodes: int, homophily: float, n_links: int = 6
) -> tuple[Nodes, Nodes]:
    """Return edges (n_edges, 2) and the class of each node (n_nodes,).

    The first ``n_links`` nodes of each class are given. Every later node joins a class at
    random and links to ``n_links`` earlier ones: it picks their classes by Eq. (8), and in a
    class the node with chances in proportion to one more than its links so far, never one
    twice. So all graphs of one size have the same number of edges.
    """
    n_given = N_CLASSES * n_links
    if n_nodes <= n_given:
        raise ValueError(f"n_nodes is {n_nodes}: give more than the {n_given} that links start at")
    labels = np.concatenate(
        [np.arange(n_given) % N_CLASSES, rng.integers(N_CLASSES, size=n_nodes - n_given)]
    )
    bounds = np.cumsum(class_affinity(homophily), axis=1)
    bounds[:, -1] = 1.0
    urns = [np.flatnonzero(labels[:n_given] == k).tolist() for k in range(N_CLASSES)]
    edges = []
    for node in range(n_given, n_nodes):
        chances = rng.random(n_links)
        targets: set[int] = set()
        for k in np.searchsorted(bounds[labels[node]], chances, side="right"):
            targets.add(_draw_other(rng, urns[k], targets))
        for target in sorted(targets):
            edges.append((node, target))
            urns[labels[target]].append(target)
        urns[labels[node]] += [node] * (n_links + 1)
    return np.array(edges, dtype=np.intp), labels


def draw_features(rng: np.random.Generator, labels: Nodes) -> Array:
    """Return a point in the plane for each node, shape (n_nodes, 2): Eq. (9).

    Classes centre on the unit circle, in the order of the ring, and overlap along it.
    """
    angle = 2 * np.pi * labels / N_CLASSES
    outward = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    onward = np.stack([-np.sin(angle), np.cos(angle)], axis=1)
    along, across = rng.standard_normal((2, len(labels), 1))
    points: Array = (1 + _ACROSS * across) * outward + _ALONG * along * onward
    return points


def edge_homophily(edges: ArrayLike, labels: Nodes) -> float:
    """Return the share of edges (n_edges, 2) that join nodes of one class."""
    one, other = labels[np.asarray(edges)].T
    return float(np.mean(one == other))


def _draw_other(rng: np.random.Generator, urn: list[int], taken: set[int]) -> int:
    """Return an entry of the urn that is not taken."""
    while (found := urn[rng.integers(len(urn))]) in taken:
        pass
    return found
