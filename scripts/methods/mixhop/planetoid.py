"""Citation networks in the files of Planetoid, as github.com/kimiyoung/planetoid has them.

Yang, Cohen and Salakhutdinov, "Revisiting semi-supervised learning with graph embeddings",
ICML 2016, whose nodes to train on, to watch and to test are those of the papers since. The files
are pickles, which may run anything: only arrays, sparse matrices and lists are let through.
"""

import pickle
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_ALLOWED = {
    ("numpy", "ndarray"): "numpy",
    ("numpy", "dtype"): "numpy",
    ("numpy.core.multiarray", "_reconstruct"): "numpy._core.multiarray",
    ("numpy._core.multiarray", "_reconstruct"): "numpy._core.multiarray",
    ("scipy.sparse.csr", "csr_matrix"): "scipy.sparse",
    ("scipy.sparse._csr", "csr_matrix"): "scipy.sparse",
    ("collections", "defaultdict"): "collections",
    ("__builtin__", "list"): "builtins",
    ("_codecs", "encode"): "_codecs",
}
"""What such a file names, and where that lies today."""
_WATCHED = 500


class Citations(NamedTuple):
    """A network of n papers: what ``MixHop`` fits to, and the nodes that tests are made on."""

    edges: NDArray[np.int64]
    """Pairs of papers (n_edges, 2), of which one cites the other, each pair once."""
    X: NDArray[np.float32]
    """The words of each paper (n, n_words), each row summing to 1, or to 0 where there is none."""
    y: NDArray[np.int64]
    """The class of each paper (n,), and -1 where the files name none."""
    train_on: NDArray[np.bool_]
    """Twenty papers of each class (n,)."""
    watch: NDArray[np.bool_]
    """The 500 that follow them (n,)."""
    test: NDArray[np.bool_]
    """The thousand of the list of tests (n,)."""


def read_planetoid(folder: Path | str, name: str) -> Citations:
    """Return the network of the files ``ind.NAME.*`` in a folder, such as of cora or citeseer.

    Raise FileNotFoundError where one is missing, and ValueError where one holds anything else.
    """
    x, y, tx, ty, allx, ally, graph = (
        _unpickled(Path(folder) / f"ind.{name}.{part}")
        for part in ("x", "y", "tx", "ty", "allx", "ally", "graph")
    )
    listed = np.loadtxt(Path(folder) / f"ind.{name}.test.index", dtype=np.int64)
    n_nodes = max(listed.max() + 1, allx.shape[0])
    words = np.zeros((n_nodes, allx.shape[1]), np.float32)
    classes = np.zeros((n_nodes, ally.shape[1]))
    words[: allx.shape[0]], classes[: len(ally)] = allx.toarray(), ally
    words[listed], classes[listed] = tx.toarray(), ty
    n_fitted = x.shape[0]
    place = np.arange(n_nodes)
    return Citations(
        edges=_pairs(graph),
        X=words / np.maximum(words.sum(axis=1, keepdims=True), 1),
        y=np.where(classes.any(axis=1), classes.argmax(axis=1), -1),
        train_on=place < len(y),
        watch=(place >= n_fitted) & (place < n_fitted + _WATCHED),
        test=np.isin(place, listed),
    )


def _pairs(graph: dict[int, list[int]]) -> NDArray[np.int64]:
    named = [(one, other) for one, others in graph.items() for other in others]
    both = np.array(named, np.int64).reshape(-1, 2)
    found: NDArray[np.int64] = np.unique(np.sort(both[both[:, 0] != both[:, 1]], axis=1), axis=0)
    return found


class _Careful(pickle.Unpickler):
    """Reads what such files hold, and nothing that runs."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a name that is allowed, from where it lies today."""
        if (module, name) not in _ALLOWED:
            raise ValueError(f"it asks for {module}.{name}, which no such file does")
        return super().find_class(_ALLOWED[module, name], name)


def _unpickled(path: Path) -> Any:
    with path.open("rb") as file:
        try:
            return _Careful(file, encoding="latin1").load()
        except (ValueError, pickle.UnpicklingError, EOFError, AttributeError) as error:
            raise ValueError(f"{path}: {error}: give a file of Planetoid's") from error
