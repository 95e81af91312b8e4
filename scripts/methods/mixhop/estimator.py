"""MixHop as a classifier of scikit-learn's kind, for one's own graph."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import issparse
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.metrics import accuracy_score
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from methods import _shapes
from methods._settings import BELOW_1, LARGEST, check_count, check_number, one_line
from methods.mixhop.adjacency import Adjacency
from methods.mixhop.network import Parameters, Widths, apply, draw_parameters, propagation
from methods.mixhop.training import Settings, Task, count_columns, cross_entropy, train

_NO_EDGES = "no edges, and the model was fitted with some: give edges= of this graph, [] for none"


class MixHop(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # it has no types
    """Classifies the nodes of a graph with layers that mix powers of its adjacency matrix.

    ``hidden`` says how many columns each power gets in each hidden layer, and ``segments`` how
    many times the classes' columns in the last one, of powers 0, 1 and 2 alike unless told; with
    {1: ...} alone this is a graph convolutional network, and with {0: ...} alone the graph does
    not matter. ``rate``, ``decay`` and ``lasso`` are those of ``Settings``, and ``dropout`` is
    the share of each layer's inputs that a step leaves out.

    After ``fit``: ``classes_``; ``parameters_``, those with the least loss on the watched nodes
    or, with a lasso, the last ones; ``losses_`` as in ``Run``; ``columns_``, for each hidden
    layer how many columns of each power are not 0 at the end; and ``n_edges_``, how many edges
    were given.

    A model that was fitted with edges asks for those of the graph whenever it predicts. Where
    scikit-learn calls ``score``, as in a grid search, they get there by its metadata routing:
    ``set_fit_request(edges=True)`` and ``set_score_request(edges=True)``.
    """

    def __init__(  # noqa: PLR0913  a training loop has that many settings
        self,
        hidden: Sequence[Widths] = ({0: 20, 1: 20, 2: 20},),
        segments: Widths | None = None,
        *,
        rate: float = 0.03,
        decay: float = 5e-5,
        lasso: float = 0.0,
        dropout: float = 0.0,
        steps: int = 200,
        random_state: Any = None,
    ) -> None:
        self.hidden = hidden
        self.segments = segments
        self.rate = rate
        self.decay = decay
        self.lasso = lasso
        self.dropout = dropout
        self.steps = steps
        self.random_state = random_state

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        *,
        edges: ArrayLike | None = None,
        train_on: ArrayLike | None = None,
        watch: ArrayLike | None = None,
    ) -> Self:
        """Fit the network to the classes of some nodes of a graph.

        X is (n_nodes, n_features), y (n_nodes,), and edges are as in ``propagation``, none
        unless given; ``train_on`` and ``watch`` (n_nodes,) are True for the nodes to fit to and
        for those that say when to stop: all nodes, and those that are fitted, unless told. The
        classes of all other nodes are never looked at. Raise ValueError where the data are
        incomplete or their shapes differ.
        """
        self._check_settings()
        with one_line():
            table, names = validate_data(self, X, y, dtype=np.float32)
        fitted, watched = _checked_nodes(train_on, watch, len(table))
        check_classification_targets(names[fitted])
        self.classes_ = np.unique(names[fitted])
        _check_classes(self.classes_, names[watched])
        known = np.searchsorted(self.classes_, np.where(fitted | watched, names, self.classes_[0]))
        sets = (mask.astype(np.float32) for mask in (fitted, watched))
        A, wide, *columns = _shared(edges, table, known, *sets)
        seed = int(check_random_state(self.random_state).randint(2**31))
        segments = {0: 1, 1: 1, 2: 1} if self.segments is None else self.segments
        size = table.shape[1], self.hidden, segments, len(self.classes_)
        run = train(
            _with_inputs(draw_parameters(jax.random.key(seed), *size), wide.shape[1]),
            Task(A, wide, *columns),
            Settings(self.rate, self.decay, self.lasso),
            loss=cross_entropy,
            steps=self.steps,
            dropout=self.dropout,
            key=jax.random.key(seed + 1) if self.dropout else None,
        )
        self.parameters_ = _with_inputs(run.last if self.lasso else run.best, table.shape[1])
        self.losses_ = np.asarray(run.losses)
        self.n_edges_ = 0 if edges is None else len(np.asarray(edges))
        self.columns_ = [count_columns(W) for W in run.last.layers[:-1]]
        return self

    def predict_proba(self, X: ArrayLike, *, edges: ArrayLike | None = None) -> NDArray[np.float64]:
        """Return the chance (n_nodes, n_classes) of each class, in this or another graph.

        Raise ValueError where the fit was given edges and this is not; ``[]`` stands for none.
        """
        check_is_fitted(self)
        if edges is None and self.n_edges_:
            raise ValueError(_NO_EDGES)
        with one_line():
            table = validate_data(self, X, dtype=np.float32, reset=False)
        A, wide = _shared(edges, table)
        parameters = _with_inputs(self.parameters_, wide.shape[1])
        chances = np.asarray(_chances(parameters, A, wide), np.float64)[: len(table)]
        found: NDArray[np.float64] = chances / chances.sum(axis=1, keepdims=True)
        return found

    def predict(self, X: ArrayLike, *, edges: ArrayLike | None = None) -> NDArray[Any]:
        """Return the most likely class of each node (n_nodes,), as in ``predict_proba``."""
        likeliest = self.predict_proba(X, edges=edges).argmax(axis=1)
        found: NDArray[Any] = self.classes_[likeliest]
        return found

    def score(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        *,
        edges: ArrayLike | None = None,
    ) -> float:
        """Return the share of nodes whose class ``predict`` finds; weights of 0 leave nodes out."""
        found = self.predict(X, edges=edges)
        return float(accuracy_score(y, found, sample_weight=sample_weight))

    def _check_settings(self) -> None:
        layers = self.hidden if isinstance(self.hidden, list | tuple) else [None]
        if not all(isinstance(widths, Mapping) for widths in layers):
            raise ValueError(
                f"hidden is {self.hidden!r}: give the columns of each power for each layer, as in "
                "[{0: 20, 1: 20, 2: 20}]"
            )
        if self.segments is not None and not isinstance(self.segments, Mapping):
            raise ValueError(f"segments is {self.segments!r}: give each power's, as {{1: 3}}")
        check_count("steps", self.steps, "a whole number from 1 on")
        for name in ("rate", "decay", "lasso"):
            check_number(name, getattr(self, name), 0, LARGEST, "a finite number, 0 or more")
        check_number("dropout", self.dropout, 0, BELOW_1, "a share, 0 or more and under 1")


@jax.jit
def _chances(parameters: Parameters, A: Adjacency, X: jax.Array) -> jax.Array:
    return jax.nn.softmax(apply(parameters, A, X))


def _shared(edges: ArrayLike | None, X: NDArray[np.float32], *others: NDArray[Any]) -> list[Any]:
    """Return a graph's propagation, its features (n, d) and other arrays (n,), with zeros added.

    The nodes that come on top have no edges, so graphs of about one size share a compilation.
    """
    if issparse(edges):
        raise TypeError("edges are sparse: give pairs of nodes, such as np.argwhere(A.toarray())")
    pairs = np.asarray(() if edges is None else edges)
    n, d = X.shape
    most = _shapes.coarse(n, _shapes.ROWS)
    A = propagation(pairs if pairs.size else np.empty((0, 2), int), n, most - n)
    wide = _shapes.grown(X, most, _shapes.coarse(d, _shapes.COLUMNS))
    return [A, *map(jnp.asarray, (wide, *(_shapes.grown(each, most) for each in others)))]


def _with_inputs(parameters: Parameters, n_inputs: int) -> Parameters:
    """Return parameters that take more inputs, which count for nothing, or only the first."""
    first, *others = parameters.layers
    kept = {j: np.asarray(w)[:n_inputs] for j, w in first.items()}
    fitted = {j: jnp.asarray(_shapes.grown(w, n_inputs, w.shape[1])) for j, w in kept.items()}
    return Parameters(layers=[fitted, *others], q=parameters.q)


def _checked_nodes(
    train_on: ArrayLike | None, watch: ArrayLike | None, n_nodes: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the two sets of nodes as masks that are neither empty nor of another length."""
    fitted = np.ones(n_nodes, bool) if train_on is None else np.asarray(train_on)
    watched = fitted if watch is None else np.asarray(watch)
    for name, mask in (("train_on", fitted), ("watch", watched)):
        if mask.dtype != bool:
            raise ValueError(f"{name} is of {mask.dtype}: give True or False for each node")
        if not mask.any():
            raise ValueError(f"{name} marks no nodes: give True for each node of the set")
        if mask.shape != (n_nodes,):
            raise ValueError(f"{name} has shape {mask.shape}: X has {n_nodes} nodes")
    return fitted, watched


def _check_classes(classes: NDArray[Any], watched: NDArray[Any]) -> None:
    if len(classes) < 2:  # noqa: PLR2004
        raise ValueError("y has one class only: give nodes of two classes or more")
    if unseen := np.setdiff1d(watched, classes).tolist():
        raise ValueError(f"no node of classes {unseen} is fitted: put some of theirs in train_on")
