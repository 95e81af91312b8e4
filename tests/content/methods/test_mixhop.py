"""Mixed powers of the adjacency are what their formulas say, and see what one power cannot."""

import csv
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from methods.mixhop import graphs, network, training
from methods.mixhop.network import Parameters
from methods.mixhop.training import Settings, Task
from portfolio.figures.asked import code_cells, kept_in
from portfolio.figures.notebooks import read_notebook

ROOT = Path(__file__).parents[3]
N_NODES, N_FEATURES = 30, 4
mix = jax.jit(network.mix)


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Keep the small matrix products on one thread: handing them over costs more than they do."""
    with threadpool_limits(1):
        yield


@pytest.fixture
def rng():
    """Return a generator that is fresh for each test."""
    return np.random.default_rng(7)


@pytest.fixture
def edges(rng):
    """Return the edges of a random graph whose last node has none."""
    return np.argwhere(np.triu(rng.random((N_NODES - 1,) * 2) < 0.15, 1))


@pytest.fixture
def A(edges):  # noqa: N802  the matrix's name in the paper
    """Return the normalised adjacency of that graph."""
    return network.propagation(edges, N_NODES)


@pytest.fixture
def H(rng):  # noqa: N802  the matrix's name in the paper
    """Return features of its nodes."""
    return jnp.asarray(rng.standard_normal((N_NODES, N_FEATURES)), jnp.float32)


def dense(edges, n_nodes):
    """Return the normalised adjacency from its definition, one pair of nodes at a time."""
    linked = {frozenset(map(int, pair)) for pair in edges} | {
        frozenset([i]) for i in range(n_nodes)
    }
    degree = [sum(frozenset([i, k]) in linked for k in range(n_nodes)) for i in range(n_nodes)]
    matrix = np.zeros((n_nodes, n_nodes))
    for i, k in np.ndindex(matrix.shape):
        if frozenset([i, k]) in linked:
            matrix[i, k] = 1 / np.sqrt(degree[i] * degree[k])
    return matrix


def draw_weights(widths, *, n_inputs=N_FEATURES):
    """Return random weights of a layer by power."""
    return network.draw_parameters(jax.random.key(3), n_inputs, [], widths, 1).layers[0]


def draw_network(hidden, segments, n_outputs=3):
    """Return the parameters of a random network."""
    return network.draw_parameters(jax.random.key(5), N_FEATURES, hidden, segments, n_outputs)


def test_the_adjacency_is_the_one_of_the_definition(edges):
    """Loops and both directions count once, whatever the order and repetition of the edges."""
    untidy = np.concatenate([edges, edges[::-1, ::-1], [[2, 2]]])
    A = network.propagation(untidy, N_NODES)
    np.testing.assert_allclose(A.todense(), dense(edges, N_NODES), atol=1e-7)


def test_no_average_grows(A):
    """The eigenvalues of the adjacency lie between -1 and 1, and 1 is reached."""
    values = np.linalg.eigvalsh(np.asarray(A.todense(), np.float64))
    assert values.min() >= -1
    assert values.max() == pytest.approx(1, abs=1e-6)


def test_a_node_without_edges_keeps_its_features(A, H):
    """Its own loop carries the features through any power."""
    eye = jnp.eye(N_FEATURES)
    mixed = mix(A, H, {0: eye, 1: eye, 3: eye})
    np.testing.assert_allclose(mixed[-1], jnp.tile(H[-1], 3), rtol=1e-6)


def test_pieces_do_not_hear_each_other(edges, rng):
    """Two graphs side by side in one matrix give what each gives alone."""
    both = np.concatenate([edges, edges[:9] + N_NODES])
    parameters = draw_network([{0: 2, 1: 3, 2: 2}], {0: 1, 2: 1})
    X = jnp.asarray(rng.standard_normal((2 * N_NODES, N_FEATURES)), jnp.float32)
    together = network.apply(parameters, network.propagation(both, 2 * N_NODES), X)
    for part, alone in ((slice(N_NODES), edges), (slice(N_NODES, None), edges[:9])):
        outputs = network.apply(parameters, network.propagation(alone, N_NODES), X[part])
        np.testing.assert_allclose(together[part], outputs, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    "widths",
    [
        pytest.param({0: 1, 1: 1, 2: 1}, id="narrow"),
        pytest.param({0: 20, 1: 20, 2: 20}, id="wide"),
        pytest.param({2: 3}, id="one power"),
        pytest.param({0: 2, 3: 1}, id="gap, narrow"),
        pytest.param({1: 9, 4: 9}, id="gap, wide"),
    ],
)
def test_products_are_those_with_dense_powers(A, H, edges, widths):
    """In either order of multiplication, a layer is the same as with explicit powers."""
    W = draw_weights(widths)
    powers = {j: np.linalg.matrix_power(dense(edges, N_NODES), j) for j in W}
    slow = np.hstack([powers[j] @ np.asarray(H, float) @ np.asarray(W[j], float) for j in W])
    np.testing.assert_allclose(mix(A, H, W), slow, atol=1e-5, rtol=1e-6)


@pytest.mark.parametrize(
    ("widths", "products"),
    [
        pytest.param({0: 1, 1: 1, 2: 1}, [2, 1], id="weights first"),
        pytest.param({0: 20, 1: 20, 2: 20}, [N_FEATURES] * 2, id="adjacency first"),
        pytest.param({0: 5}, [], id="no graph"),
    ],
)
def test_the_adjacency_multiplies_few_columns(A, H, widths, products):
    """There are as many sparse products as the highest power, of the narrower matrices."""
    W = draw_weights(widths)
    traced = jax.make_jaxpr(network.mix)(A, H, W)
    sparse = [e for e in traced.eqns if e.primitive.name == "custom_vjp_call"]
    assert sorted(e.outvars[0].aval.shape[1] for e in sparse) == sorted(products)


@pytest.mark.parametrize("n_nodes", [2, 9, 40])
def test_products_and_their_gradients_are_dense_ones(n_nodes):
    """However many neighbours a node has, products and gradients are those of the full matrix."""
    star = np.stack([np.zeros(n_nodes - 1, int), np.arange(1, n_nodes)], axis=1)
    full, A = dense(star, n_nodes), network.propagation(star, n_nodes)
    H, G = np.random.default_rng(n_nodes).standard_normal((2, n_nodes, 3)).astype(np.float32)
    product, pulled = jax.vjp(lambda H: A @ H, jnp.asarray(H))
    np.testing.assert_allclose(product, full @ H, atol=1e-5)
    np.testing.assert_allclose(pulled(jnp.asarray(G))[0], full.T @ G, atol=1e-5)


@pytest.mark.parametrize("n_nodes", [400, 2000, 5000])
def test_graphs_alike_share_a_compilation(n_nodes):
    """Graphs drawn by the same rule have arrays of the same shapes, whatever their edges."""
    drawn = (
        graphs.draw_graph(np.random.default_rng(seed), n_nodes=n_nodes, homophily=homophily)[0]
        for seed, homophily in enumerate((0.0, 0.5, 0.9))
    )
    shapes = {network.propagation(edges, n_nodes).values.shape for edges in drawn}
    assert len(shapes) == 1


def test_power_one_is_a_graph_convolution(A, H, edges):
    """With power 1 alone a network is a GCN."""
    parameters = draw_network([{1: 6}], {1: 1})
    W, V = (np.asarray(layer[1]) for layer in parameters.layers)
    dense_A = dense(edges, N_NODES)
    slow = dense_A @ np.maximum(dense_A @ np.asarray(H) @ W, 0) @ V
    np.testing.assert_allclose(network.apply(parameters, A, H), slow, rtol=1e-4, atol=1e-5)


def test_power_zero_is_a_dense_layer(A, H):
    """With power 0 alone a network is an MLP, and the graph does not matter."""
    parameters = draw_network([{0: 6}], {0: 1})
    W, V = (np.asarray(layer[0]) for layer in parameters.layers)
    slow = np.maximum(np.asarray(H) @ W, 0) @ V
    np.testing.assert_allclose(network.apply(parameters, A, H), slow, rtol=1e-4, atol=1e-5)


def test_nodes_have_no_order(edges, H, rng):
    """Numbering the nodes anew permutes the outputs and changes nothing else."""
    place = rng.permutation(N_NODES)
    parameters = draw_network([{0: 3, 1: 4, 2: 2}], {0: 1, 1: 1})
    outputs = network.apply(parameters, network.propagation(edges, N_NODES), H)
    moved = jnp.zeros_like(H).at[place].set(H)
    again = network.apply(parameters, network.propagation(place[edges], N_NODES), moved)
    np.testing.assert_allclose(again[place], outputs, rtol=1e-4, atol=1e-5)


def test_powers_with_zero_weights_drop_out(A, H):
    """Without weights for higher powers a network is the one of the lower powers."""
    full = draw_network([{0: 3, 1: 3, 2: 3}], {0: 1})
    W, (V,) = full.layers[0], full.layers[1].values()
    silent = Parameters([{**W, 1: 0 * W[1], 2: 0 * W[2]}, {0: V}], full.q)
    small = Parameters([{0: W[0]}, {0: V[:3]}], full.q)
    np.testing.assert_allclose(
        network.apply(silent, A, H), network.apply(small, A, H), rtol=1e-5, atol=1e-6
    )


def outputs_in_full(parameters, A, X):
    """Return the outputs by Eqs. (2) to (4) as they are written, all segments side by side."""
    H = np.asarray(X, float)
    *hidden, last = [{j: np.asarray(w, float) for j, w in W.items()} for W in parameters.layers]
    powers = {j: np.linalg.matrix_power(A, j) for W in (*hidden, last) for j in W}
    for W in hidden:
        H = np.maximum(np.hstack([powers[j] @ H @ W[j] for j in sorted(W)]), 0)
    Y = np.hstack([powers[j] @ H @ last[j] for j in sorted(last)])
    shares = np.exp(parameters.q) / np.exp(parameters.q).sum()
    return np.einsum("k,nkc->nc", shares, Y.reshape(len(Y), len(shares), -1))


@pytest.mark.parametrize(
    ("hidden", "segments"),
    [
        pytest.param([], {0: 1}, id="one segment"),
        pytest.param([{0: 5, 1: 5, 2: 5}], {0: 1, 1: 2, 2: 1}, id="several of a power"),
        pytest.param([{1: 6}, {0: 2, 3: 4}], {1: 2, 3: 1}, id="gaps, deeper"),
    ],
)
def test_segments_are_added_up_before_their_products(H, edges, hidden, segments):
    """The outputs are those of segments side by side, weighed by their softmax."""
    drawn, A = draw_network(hidden, segments), network.propagation(edges, N_NODES)
    parameters = drawn._replace(q=jnp.arange(len(drawn.q)) / 2)
    slow = outputs_in_full(parameters, dense(edges, N_NODES), H)
    np.testing.assert_allclose(network.apply(parameters, A, H), slow, rtol=1e-4, atol=1e-5)


def test_the_last_layer_multiplies_a_segment_for_each_power(A, H):
    """However many segments there are, products are as wide as the outputs, one for each step."""
    parameters = draw_network([], {0: 2, 1: 3, 2: 4}, n_outputs=3)
    traced = jax.make_jaxpr(lambda: network.apply.__wrapped__(parameters, A, H))()
    sparse = [e for e in traced.eqns if e.primitive.name == "custom_vjp_call"]
    assert [e.outvars[0].aval.shape[1] for e in sparse] == [3, 3]


def test_dropout_leaves_out_a_share_and_keeps_the_mean(A, H):
    """With a key the outputs differ from draw to draw about those without; without, never."""
    parameters = draw_network([], {0: 1})
    still = network.apply(parameters, A, H, dropout=0.5)
    np.testing.assert_array_equal(still, network.apply(parameters, A, H))
    keys = jax.random.split(jax.random.key(1), 4000)
    drawn = jax.vmap(lambda key: network.apply(parameters, A, H, dropout=0.5, key=key))(keys)
    assert float(jnp.std(drawn[:, 0, 0])) > 0.1
    np.testing.assert_allclose(drawn.mean(axis=0), still, atol=0.15)


def test_two_layers_can_hold_one_and_two_steps_apart(A, H):
    """Identity weights and a subtraction give the two-hop difference exactly."""
    eye = jnp.eye(N_FEATURES)
    subtract = jnp.concatenate([0 * eye, eye, -eye])
    built = Parameters([dict.fromkeys((0, 1, 2), eye), {0: subtract}], jnp.zeros(1))
    target = network.two_hop_difference(A, H)
    assert float(jnp.std(target)) > 0.1
    np.testing.assert_allclose(network.apply(built, A, H), target, atol=1e-6)


def test_weights_start_at_the_scale_of_their_inputs():
    """Weights have variance two over the inputs, one in the last layer, and equal segments."""
    drawn = network.draw_parameters(jax.random.key(0), 200, [{0: 150, 2: 150}], {1: 30}, 10)
    first = np.hstack(list(drawn.layers[0].values()))
    assert np.var(first) == pytest.approx(2 / 200, rel=0.05)
    assert np.var(drawn.layers[1][1]) == pytest.approx(1 / 300, rel=0.05)
    assert drawn.q.shape == (30,)
    assert not drawn.q.any()


def test_the_shrinking_step_is_the_proximal_one(rng):
    """No point near the result, nor any random one, costs less than it in the step's problem."""
    w, threshold = rng.standard_normal((3, 1)), 0.4
    found = np.asarray(training.shrink({1: jnp.asarray(w)}, threshold)[1], float)

    def cost(v):
        return np.sum((v - w) ** 2) / 2 + threshold * np.linalg.norm(v)

    for scale in (1e-2, 1e-1, 1.0):
        for _ in range(50):
            assert cost(found) <= cost(found + scale * rng.standard_normal((3, 1))) + 1e-7


def test_columns_go_where_the_threshold_reaches_their_length():
    """A column as long as the threshold is exactly 0, a longer one loses just that much."""
    W = {0: jnp.array([[3.0, 3.0, 0.0], [4.0, 4.001, 0.0]]), 2: jnp.array([[0.0], [6.0]])}
    shrunk = training.shrink(W, 5.0)
    assert training.count_columns(shrunk) == {0: 1, 2: 1}
    assert not np.any(np.asarray(shrunk[0])[:, [0, 2]])
    np.testing.assert_allclose(shrunk[2], [[0.0], [1.0]], rtol=1e-6)


def test_no_lasso_shrinks_nothing():
    """A threshold of 0 leaves every column as it is, zeros too."""
    W = {0: jnp.array([[3.0, 0.0], [4.0, 0.0]])}
    np.testing.assert_array_equal(training.shrink(W, 0.0)[0], W[0])


def test_losses_are_those_of_their_definition():
    """Cross-entropy and squared error agree with plain formulas."""
    outputs = jnp.array([[1.0, 2.0, 0.5], [0.0, 0.0, 0.0]])
    chance = np.exp(1.0) / np.exp([1.0, 2.0, 0.5]).sum()
    found = training.cross_entropy(outputs, jnp.array([0, 2]))
    np.testing.assert_allclose(found, [-np.log(chance), np.log(3)], rtol=1e-6)
    np.testing.assert_allclose(training.squared_error(outputs, 0 * outputs), [5.25, 0.0])


def test_training_keeps_the_step_that_the_watched_nodes_like_best(A, H, rng):
    """The losses told are those of the sets, and the best parameters have the least one."""
    halves = np.arange(N_NODES) % 2 == 0
    Y = jnp.asarray(rng.integers(3, size=N_NODES))
    task = Task(A, H, Y, jnp.asarray(halves, float), jnp.asarray(~halves, float))
    start = draw_network([{0: 8, 1: 8}], {0: 1, 1: 1})
    run = training.train(start, task, Settings(), loss=training.cross_entropy, steps=40)

    def loss(parameters, nodes):
        each = training.cross_entropy(network.apply(parameters, A, H), Y)
        return float(np.mean(np.asarray(each)[nodes]))

    assert run.losses.shape == (40, 2)
    assert loss(start, halves) == pytest.approx(float(run.losses[0, 0]), rel=1e-4)
    assert loss(run.best, ~halves) == pytest.approx(float(run.losses[:, 1].min()), rel=1e-3)
    assert loss(run.last, ~halves) > loss(run.best, ~halves) + 0.1
    assert loss(run.last, halves) < loss(start, halves) / 2


def test_graphs_of_one_size_share_a_compilation(A, H, edges):
    """Another graph, other weights and other settings trace the loss no second time."""
    traces = []

    def loss(outputs, targets):
        traces.append(outputs)
        return training.squared_error(outputs, targets)

    start = draw_network([], {0: 1, 1: 1}, n_outputs=N_FEATURES)
    task = Task(A, H, H, *jnp.ones((2, N_NODES)))
    turned = task._replace(A=network.propagation((edges + 1) % N_NODES, N_NODES), X=-H)
    training.train(start, task, Settings(), loss=loss, steps=2)
    once = len(traces)
    training.train(start, turned, Settings(rate=0.5, lasso=1.0), loss=loss, steps=2)
    assert len(traces) == once


@pytest.mark.parametrize("homophily", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_graphs_have_the_homophily_asked_for(homophily):
    """Links stay in the class as often as asked, and halve with each step along the ring."""
    edges, labels = graphs.draw_graph(np.random.default_rng(1), n_nodes=1500, homophily=homophily)
    assert graphs.edge_homophily(edges, labels) == pytest.approx(homophily, abs=0.02)
    apart = np.abs(np.subtract(*labels[edges].T))
    shares = np.bincount(np.minimum(apart, 10 - apart), minlength=6) / len(edges)
    expected = (1 - homophily) * np.array([32, 16, 8, 4, 1]) / 61
    np.testing.assert_allclose(shares[1:], expected, atol=0.02)


def test_graphs_have_hubs():
    """Each later node brings six links, and preference makes some nodes far better linked."""
    edges, labels = graphs.draw_graph(np.random.default_rng(2), n_nodes=5000, homophily=0.3)
    degree = np.bincount(edges.ravel(), minlength=5000)
    assert len(edges) == len(np.unique(np.sort(edges), axis=0)) == 6 * (5000 - 60)
    assert np.all(edges[:, 1] < edges[:, 0])
    assert degree[60:].min() == 6
    assert 7 <= np.median(degree) <= 9
    assert 100 <= degree.max() <= 300
    np.testing.assert_allclose(np.bincount(labels) / 5000, 0.1, atol=0.02)


def test_features_centre_on_a_circle(rng):
    """Points of a class have their centre and spread, wider along the circle than across."""
    X = graphs.draw_features(rng, np.repeat(np.arange(10), 20_000)).reshape(10, 20_000, 2)
    centres = X.mean(axis=1)
    np.testing.assert_allclose(np.linalg.norm(centres, axis=1), 1, atol=0.02)
    for one, following in pairwise(centres):
        assert one @ following == pytest.approx(np.cos(np.pi / 5), abs=0.02)
    across, along = X[0].std(axis=0)
    assert across == pytest.approx(np.sqrt(350 * 20) / 300, rel=0.03)
    assert along == pytest.approx(np.sqrt(350 * 70) / 300, rel=0.03)


@pytest.mark.parametrize(
    ("edges", "said"),
    [
        pytest.param([[0, 3]], "edges name nodes 0 to 3: there are only 0 to 2", id="too high"),
        pytest.param([[-1, 1]], "edges name nodes -1 to 1", id="negative"),
        pytest.param([[0.0, 1.0]], "edges are float64 of shape", id="not whole"),
        pytest.param([0, 1], r"edges are int64 of shape \(2,\)", id="not pairs"),
    ],
)
def test_bad_edges_are_named(edges, said):
    """Edges that are no pairs of nodes raise one error that says so."""
    with pytest.raises(ValueError, match=said):
        network.propagation(edges, 3)


@pytest.mark.parametrize("widths", [{}, {-1: 4}, {0: 0}])
def test_bad_widths_are_named(widths):
    """A layer without powers, with a negative one or without columns is an error."""
    with pytest.raises(ValueError, match=r"layer 0 has widths"):
        draw_network([widths], {0: 1})


@pytest.mark.parametrize("homophily", [-0.1, 1.1, np.nan])
def test_homophily_is_a_share(homophily):
    """A homophily that is no share is an error that names it."""
    with pytest.raises(ValueError, match="homophily is"):
        graphs.class_affinity(homophily)


def test_a_graph_has_room_for_its_first_links():
    """Too few nodes to link to is an error that tells how many it takes."""
    with pytest.raises(ValueError, match="n_nodes is 60: give more than the 60"):
        graphs.draw_graph(np.random.default_rng(0), n_nodes=60, homophily=0.5)


def test_only_mixed_powers_learn_the_two_hop_difference():
    """On unseen graphs MixHop learns it all but exactly, and a GCN hardly at all."""

    def task(rng, n_graphs):
        pieces = [
            graphs.draw_graph(rng, n_nodes=100, homophily=0.5, n_links=3)[0] + 100 * i
            for i in range(n_graphs)
        ]
        n_nodes = 100 * n_graphs
        A = network.propagation(np.concatenate(pieces), n_nodes)
        X = jnp.asarray(rng.standard_normal((n_nodes, 2)), jnp.float32)
        return Task(A, X, network.two_hop_difference(A, X), *jnp.ones((2, n_nodes)))

    rng = np.random.default_rng(0)
    seen, unseen = task(rng, 5), task(rng, 2)
    left = []
    for widths in (([{0: 8, 1: 8, 2: 8}], {0: 1, 1: 1, 2: 1}), ([{1: 24}], {1: 1})):
        start = network.draw_parameters(jax.random.key(0), 2, *widths, 2)
        settings = Settings(rate=0.02, decay=0.0)
        run = training.train(start, seen, settings, loss=training.squared_error, steps=500)
        error = unseen.Y - network.apply(run.best, unseen.A, unseen.X)
        left.append(float(jnp.sum(error**2) / jnp.sum((unseen.Y - unseen.Y.mean(axis=0)) ** 2)))
    assert left[0] < 0.02
    assert left[1] > 0.5


def test_the_figure_has_graphs_of_the_papers_size_and_what_follows_there():
    """With 5,000 nodes no homophily has the GCN ahead; depth pays among friends, not strangers."""
    notebook = read_notebook(ROOT / "notebooks" / "mixhop.ipynb")
    assert any("range(3), 5000" in cell["source"] for _, cell in code_cells(notebook))
    (table,) = filter(None, (kept_in(cell).table for _, cell in code_cells(notebook)))
    runs = {}
    for row in csv.DictReader(table.splitlines()):
        place = row["network"], float(row["homophily"])
        runs.setdefault(place, []).append(float(row["test_accuracy"]))
    shares = [0, 0.1, 0.3, 0.5, 0.7, 0.9]
    mixed, plain, deeper = (
        np.array([np.mean(runs[name, h]) for h in shares])
        for name in ("MixHop", "GCN", "GCN, deeper")
    )
    assert np.all(mixed >= plain)
    assert np.all((mixed - plain)[:2] > 0.04)
    assert np.all(deeper[3:5] > mixed[3:5])
    assert np.all(deeper[:3] < plain[:3])
