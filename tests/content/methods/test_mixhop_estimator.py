"""MixHop as scikit-learn's users know classifiers, and what it finds in graphs."""

import inspect
import itertools
import pickle
import re
import textwrap
from collections import defaultdict

import numpy as np
import pytest
import scipy.sparse
import sklearn
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator
from threadpoolctl import threadpool_limits

import methods.mixhop
from methods.mixhop import graphs
from methods.mixhop.estimator import MixHop
from methods.mixhop.planetoid import read_planetoid

MIXED = ({0: 20, 1: 20, 2: 20},), {0: 1, 1: 1, 2: 1}
GCN = ({1: 60},), {1: 1}


@pytest.fixture(scope="module", autouse=True)
def _one_thread():
    """Keep the small matrix products on one thread: handing them over costs more than they do."""
    with threadpool_limits(1):
        yield


def draw_classes(homophily, seed, *, n_nodes=1450):
    """Return the edges, features, classes and random thirds of a graph.

    Of so many nodes graphs with any homophily share a compilation.
    """
    rng = np.random.default_rng([seed, round(100 * homophily)])
    edges, labels = graphs.draw_graph(rng, n_nodes=n_nodes, homophily=homophily)
    return edges, graphs.draw_features(rng, labels), labels, rng.permutation(n_nodes) % 3


def fit(model, graph):
    """Return the model, fitted to a third of the graph's nodes and stopped by another."""
    edges, X, labels, third = graph
    return model.fit(X, labels, edges=edges, train_on=third == 0, watch=third == 1)


def mean_accuracy(widths, homophily):
    """Return the accuracy on the last third, over two graphs."""
    scores = []
    for seed in (10, 11):
        edges, X, labels, third = graph = draw_classes(homophily, seed)
        model = fit(MixHop(*widths, random_state=seed), graph)
        scores.append(model.score(X, labels, third == 2, edges=edges))
    return np.mean(scores)


@pytest.mark.long
def test_scikit_learn_has_nothing_to_say():
    """`check_estimator` passes, but for a check that needs an experimental setting of SciPy's."""
    model = MixHop((), {0: 1, 1: 1}, rate=0.1, steps=50, random_state=0)
    results = check_estimator(model, on_fail=None, on_skip=None)
    odd = {each["check_name"]: each["status"] for each in results if each["status"] != "passed"}
    assert len(results) > 40
    assert odd.keys() <= {"check_array_api_input"}
    assert "failed" not in odd.values()


def test_classes_of_test_nodes_are_not_looked_at():
    """Hiding the classes of all nodes but those to fit and to watch changes no prediction."""
    edges, X, labels, third = draw_classes(0.5, 0, n_nodes=200)
    names = np.array(list("abcdefghij"))[labels]
    hidden = np.where(third == 2, "unknown", names)
    models = [fit(MixHop(steps=5, random_state=0), (edges, X, y, third)) for y in (names, hidden)]
    first, second = (model.predict(X, edges=edges) for model in models)
    np.testing.assert_array_equal(first, second)
    assert set(first) <= set(names)


def test_a_seed_fixes_the_fit():
    """The same seed gives the same losses, and another one others."""
    graph = draw_classes(0.5, 0, n_nodes=200)
    first, again, other = (fit(MixHop(random_state=s, steps=5), graph).losses_ for s in (4, 4, 5))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"X": np.full((4, 2), np.nan)}, "X contains NaN", id="nan"),
        pytest.param({"X": np.ones(4)}, "Expected 2D array", id="one-dimensional"),
        pytest.param({"y": [0, 1, 0]}, r"inconsistent numbers of samples: \[4, 3\]", id="short y"),
        pytest.param({"train_on": [False] * 4}, "train_on marks no nodes", id="no nodes"),
        pytest.param({"watch": [0, 1]}, "watch is of int64: give True or False", id="numbers"),
        pytest.param({"watch": [True] * 5}, r"watch has shape \(5,\)", id="long mask"),
        pytest.param({"y": [0, 1, 2, 0]}, r"no node of classes \[2\] is fitted", id="new class"),
    ],
)
def test_bad_data_are_named(changed, said):
    """Data that cannot be fitted raise one error that says what is wrong with them."""
    good = {
        "X": np.ones((4, 2)),
        "y": [0, 1, 0, 1],
        "train_on": [True, True, False, False],
        "watch": [False, False, True, False],
    }
    with pytest.raises(ValueError, match=said):
        MixHop().fit(edges=[[0, 1]], **(good | changed))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hidden", 20),
        ("hidden", [20]),
        ("segments", 3),
        ("steps", 2.5),
        ("rate", -1.0),
        ("lasso", np.nan),
        ("dropout", 1.0),
    ],
)
def test_settings_that_mean_nothing_are_named(name, value):
    """One line says which, what it is and what to give."""
    given = re.escape(f"{name} is {value!r}: give ")
    with pytest.raises(ValueError, match=rf"^{given}[^\n]+$"):
        MixHop(**{name: value}).fit(np.eye(4), [0, 1, 0, 1])


def test_a_sparse_matrix_is_no_list_of_edges():
    """Whoever has one is told how to get the edges from it."""
    with pytest.raises(TypeError, match=r"edges are sparse: give pairs of nodes"):
        MixHop().fit(np.eye(4), [0, 1, 0, 1], edges=scipy.sparse.eye_array(4))


def test_a_model_can_be_copied_and_asked_before_its_fit():
    """A clone has equal settings, a fit leaves them alone, and an unfitted one says so."""
    model = MixHop(steps=5, lasso=0.5, random_state=0)
    copy = clone(fit(model, draw_classes(0.5, 0, n_nodes=200)))
    assert copy.get_params() == model.get_params()
    with pytest.raises(NotFittedError):
        copy.predict(np.ones((2, 2)))


def test_without_watched_nodes_the_fitted_ones_say_when_to_stop():
    """All nodes are fitted unless told, and classes have chances that sum to one."""
    edges, X, labels, _ = draw_classes(0.9, 0, n_nodes=200)
    model = MixHop(steps=5, random_state=0).fit(X, labels, edges=edges)
    np.testing.assert_array_equal(*model.losses_.T)
    chances = model.predict_proba(X, edges=edges)
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert model.score(X, labels, edges=edges) == np.mean(
        model.classes_[chances.argmax(axis=1)] == labels
    )


@pytest.fixture(scope="module")
def linked():
    """Return a graph, and a model fitted to it with its edges."""
    graph = draw_classes(0.9, 0, n_nodes=200)
    return graph, fit(MixHop(steps=5, random_state=0), graph)


@pytest.mark.parametrize("ask", ["predict", "predict_proba", "score"])
def test_a_model_that_learned_from_edges_asks_for_them(linked, ask):
    """Without edges there is one line that says what to give; empty ones are an answer."""
    (_, X, y, _), model = linked
    given = (X, y) if ask == "score" else (X,)
    with pytest.raises(ValueError, match=r"^no edges, .*: give edges= .*, \[\] for none$"):
        getattr(model, ask)(*given)
    alone, same = (getattr(model, ask)(*given, edges=e) for e in ([], np.empty((0, 2))))
    np.testing.assert_array_equal(alone, same)


@pytest.mark.parametrize("told", [{}, {"edges": []}], ids=["untold", "empty"])
def test_a_model_that_learned_from_no_edges_needs_none(linked, told):
    """After a fit to lone nodes, predictions are made for lone nodes."""
    (_, X, y, _), _ = linked
    model = MixHop(steps=5, random_state=0).fit(X, y, **told)
    np.testing.assert_array_equal(model.predict(X), model.predict(X, edges=[]))


def test_a_pipeline_takes_edges_along(linked):
    """What is given to a pipeline's prediction reaches the model at its end."""
    (edges, X, y, third), _ = linked
    model = make_pipeline(StandardScaler(), MixHop(steps=5, random_state=0))
    model.fit(X, y, mixhop__edges=edges, mixhop__train_on=third == 0)
    scaled = model[0].transform(X)
    found = model[-1].predict(scaled, edges=edges)
    np.testing.assert_array_equal(model.predict(X, edges=edges), found)
    with pytest.raises(ValueError, match="give edges="):
        model.predict(X)


def test_a_grid_search_routes_edges_to_the_score(linked):
    """All nodes are in its one fold, and watched ones say which setting is best."""
    (edges, X, y, third), _ = linked
    everyone, watched = np.arange(len(y)), third == 1
    masks = {"train_on": third == 0, "watch": watched, "sample_weight": watched}
    with sklearn.config_context(enable_metadata_routing=True):
        model = MixHop(steps=5, random_state=0)
        model.set_fit_request(edges=True, train_on=True, watch=True)
        model.set_score_request(edges=True, sample_weight=True)
        search = GridSearchCV(model, {"rate": [1e-6, 0.1]}, cv=[(everyone, everyone)])
        search.fit(X, y, edges=edges, **masks)
    found = search.best_estimator_.predict(X, edges=edges)
    assert search.best_params_ == {"rate": 0.1}
    assert search.best_score_ == pytest.approx(np.mean((found == y)[watched]))


def test_dropout_changes_the_fit_and_not_the_prediction():
    """Steps that leave out inputs find other weights, with which predictions stay the same."""
    graph = draw_classes(0.5, 0, n_nodes=200)
    plain, dropped = (fit(MixHop(steps=5, dropout=d, random_state=0), graph) for d in (0, 0.5))
    assert not np.allclose(plain.losses_, dropped.losses_, rtol=1e-3)
    once, again = (dropped.predict_proba(graph[1], edges=graph[0]) for _ in range(2))
    np.testing.assert_array_equal(once, again)


def test_the_example_of_the_package_runs():
    """The lines that its docstring shows, on data of one's own."""
    edges, X, y, third = draw_classes(0.9, 0, n_nodes=300)
    lines = inspect.cleandoc(methods.mixhop.__doc__).partition("::\n\n")[2]
    told = {"edges": edges, "X": X, "y": y, "train": third == 0, "watch": third == 1}
    exec(textwrap.dedent(lines), told)  # noqa: S102  it is ours
    assert np.mean((told["classes"] == y)[third == 2]) > 0.6


@pytest.mark.long
@pytest.mark.usefixtures("compiled_with_care")
def test_mixed_powers_pay_among_strangers_and_cost_little_among_friends():
    """With few alike neighbours MixHop beats a GCN of its width; with many it keeps close."""
    lead = [mean_accuracy(MIXED, h) - mean_accuracy(GCN, h) for h in (0.0, 0.1)]
    assert np.mean(lead) >= 0.02
    assert abs(mean_accuracy(MIXED, 0.5) - mean_accuracy(GCN, 0.5)) <= 0.03
    gcn = mean_accuracy(GCN, 0.9)
    assert gcn >= 0.95
    assert abs(mean_accuracy(MIXED, 0.9) - gcn) <= 0.03


@pytest.mark.usefixtures("compiled_with_care")
def test_the_lasso_keeps_own_features_where_neighbours_differ():
    """Columns of power 0 outlive those of power 2 more often at homophily 0 than at 0.9."""
    kept = {0.0: np.zeros(2), 0.9: np.zeros(2)}
    for homophily, seed in itertools.product(kept, range(10, 14)):
        graph = draw_classes(homophily, seed, n_nodes=1100)  # so many share a compilation
        columns = fit(MixHop(steps=400, lasso=1.0, random_state=seed), graph).columns_[0]
        assert 0 < sum(columns.values()) < 50
        kept[homophily] += columns[0], columns[2]
    (own_apart, far_apart), (own_alike, far_alike) = kept.values()
    assert own_apart / far_apart > 2 * own_alike / far_alike


def written(folder, **changed):
    """Write a network of six papers as Planetoid's files have it, the last one without a class."""
    words = scipy.sparse.csr_matrix(np.eye(6)[[0, 1, 2, 4, 3]] * 2)
    classes = np.eye(2)[[0, 1, 0, 1, 1]]
    classes[4] = 0
    cites = defaultdict(list, {0: [1, 0], 1: [0, 2], 2: [1], 3: [5], 5: [3]})
    parts = {"x": words[:2], "y": classes[:2], "allx": words[:3], "ally": classes[:3]}
    parts |= {"tx": words[3:], "ty": classes[3:], "graph": cites} | changed
    for part, value in parts.items():
        (folder / f"ind.small.{part}").write_bytes(pickle.dumps(value, protocol=2))
    (folder / "ind.small.test.index").write_text("5\n3\n")


def test_networks_in_planetoids_files_are_read(tmp_path):
    """Test papers take the places that the list names, gaps have no class, and loops go."""
    written(tmp_path)
    found = read_planetoid(tmp_path, "small")
    assert found.edges.tolist() == [[0, 1], [1, 2], [3, 5]]
    assert found.y.tolist() == [0, 1, 0, -1, -1, 1]
    assert found.X.sum(axis=1).tolist() == [1, 1, 1, 1, 0, 1]
    assert found.X[5].argmax() == 4
    assert np.flatnonzero(found.test).tolist() == [3, 5]
    assert np.flatnonzero(found.train_on).tolist() == [0, 1]


def test_papers_that_cite_none_of_the_others_have_no_edges(tmp_path):
    """There is nothing to pass on along, and yet there are papers to classify."""
    written(tmp_path, graph={0: [0], 3: []})
    assert read_planetoid(tmp_path, "small").edges.shape == (0, 2)
    written(tmp_path, graph={})
    assert read_planetoid(tmp_path, "small").edges.shape == (0, 2)


def test_files_that_would_run_something_are_refused(tmp_path):
    """A pickle may call anything: what no such file names is an error, and is not called."""
    written(tmp_path, graph=print)
    with pytest.raises(ValueError, match=r"graph: it asks for \w+\.print, which no such file does"):
        read_planetoid(tmp_path, "small")
