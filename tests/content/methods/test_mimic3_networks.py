"""The networks compute their equations, see no padding, no stranger and no future, and learn."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from methods.mimic3 import lstm, networks
from methods.mimic3.lstm import Architecture
from methods.mimic3.networks import (
    DECOMPENSATION,
    LENGTH_OF_STAY,
    MORTALITY,
    MULTITASK,
    PHENOTYPES,
    Data,
    Design,
    Network,
    Target,
    Training,
    label_of_hours,
    label_of_stay,
)

N, T, D = 5, 7, 6
LENGTHS = (7, 4, 5, 7, 1)
CHANNELS = ((0, 3), (1, 2, 4), (5,))
PLAIN = Architecture(dim=4, depth=2)
BOTH_WAYS = replace(PLAIN, bidirectional=True)
CHANNEL_WISE = Architecture(dim=2, depth=1, channels=CHANNELS, size=2)
any_shape = pytest.mark.parametrize(
    "architecture", [BOTH_WAYS, CHANNEL_WISE], ids=["bidirectional", "channel-wise"]
)
any_forward_shape = pytest.mark.parametrize(
    "architecture", [PLAIN, CHANNEL_WISE], ids=["plain", "channel-wise"]
)
UNPOLISHED = {"xla_backend_optimization_level": 0}  # compiles in half the time, for one run
compiled_states = jax.jit(
    lstm.hidden_states, static_argnames="architecture", compiler_options=UNPOLISHED
)
compiled_loss = jax.jit(networks.loss, static_argnames="design", compiler_options=UNPOLISHED)


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a generator that is fresh for each test."""
    return np.random.default_rng(11)


@pytest.fixture(name="X")
def _series(rng: np.random.Generator) -> np.ndarray:
    """Return series (N, T, D)."""
    return rng.standard_normal((N, T, D)).astype(np.float32)


@pytest.fixture
def mask() -> np.ndarray:
    """Return which hours of the series are there, shape (N, T)."""
    return np.arange(T) < np.reshape(LENGTHS, (-1, 1))


@pytest.fixture
def targets(rng: np.random.Generator, mask: np.ndarray) -> dict[str, Target]:
    """Return answers to all four tasks."""
    return {
        "mortality": label_of_stay(rng.integers(2, size=N), mask, position=3),
        "decompensation": label_of_hours(rng.integers(2, size=(N, T)), mask),
        "length of stay": label_of_hours(rng.integers(10, size=(N, T)), mask, n_bins=10),
        "phenotypes": label_of_stay(rng.integers(2, size=(N, 25)), mask),
    }


def states(body: lstm.Body, X, mask, architecture: Architecture) -> np.ndarray:
    """Return the last layer's states, without dropout."""
    return np.asarray(compiled_states(body, X, mask, architecture))


def by_hand(cell: lstm.Cell, x: np.ndarray) -> np.ndarray:
    """Return a cell's states (T, h) for one series (T, d), gate by gate and hour by hour."""
    W, U, b = (np.split(np.asarray(part, np.float64), 4, axis=-1) for part in cell)
    h = c = np.zeros(len(cell.U))
    found = []
    for x_t in x:
        i, f, g, o = (x_t @ W[k] + h @ U[k] + b[k] for k in range(4))
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
        c = f * c + i * np.tanh(g)
        h = o * np.tanh(c)
        found.append(h)
    return np.array(found)


@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
def test_a_cell_is_its_equations(X, mask, rng: np.random.Generator, *, backwards: bool) -> None:
    """Each series runs through the gates hour by hour, in either direction, up to its own end."""
    (cell,) = lstm.start_layer(rng, D, 3, 1)
    found = lstm.run_cell(cell, jnp.asarray(X), jnp.asarray(mask), backwards=backwards)
    way = slice(None, None, -1 if backwards else 1)
    for k, length in enumerate(LENGTHS):
        expected = by_hand(cell, X[k, :length][way])[way]
        np.testing.assert_allclose(found[k, :length], expected, atol=1e-6)


def test_a_bidirectional_layer_is_two_cells(X, mask, rng: np.random.Generator) -> None:
    """The states of both directions lie side by side."""
    layer = lstm.start_layer(rng, D, 6, 2)
    found = lstm.run_layer(layer, jnp.asarray(X), jnp.asarray(mask))
    forth, back = by_hand(layer[0], X[0]), by_hand(layer[1], X[0, ::-1])[::-1]
    np.testing.assert_allclose(found[0], np.hstack([forth, back]), atol=1e-6)


def test_columns_belong_to_the_channel_that_they_name() -> None:
    """Categories and masks go with their channel, also where a name begins another's."""
    names = ["Eye->1 none", "Eye->4 open", "Eye colour", "mask->Eye", "mask->Eye colour"]
    assert lstm.channel_columns(names) == ((0, 1, 3), (2, 4))


def test_channels_are_layers_of_their_own(X, mask, rng: np.random.Generator) -> None:
    """A channel-wise network is a small one per channel, and one over them side by side."""
    body = lstm.start_body(rng, D, CHANNEL_WISE)
    (cells,) = body.channels[0]
    below = [
        by_hand(lstm.Cell(W=W[: len(columns)], U=U, b=b), X[0][:, columns])
        for columns, W, U, b in zip(CHANNELS, *cells, strict=True)
    ]
    expected = by_hand(body.layers[0][0], np.hstack(below))
    np.testing.assert_allclose(states(body, X, mask, CHANNEL_WISE)[0], expected, atol=1e-6)


def test_a_channel_sees_its_own_columns_only(X, mask, rng: np.random.Generator) -> None:
    """Whatever happens in one channel, the states of the others stay as they are."""
    body = lstm.start_body(rng, D, CHANNEL_WISE)

    @jax.jit
    def of_channels(series):
        split = lstm.split_channels(series, CHANNELS)
        return jax.vmap(lstm.run_layer, (0, 0, None))(body.channels[0], split, mask)

    before = of_channels(X)
    for k, columns in enumerate(CHANNELS):
        changed = X.copy()
        changed[:, :, columns] += 1
        pairs = zip(before, of_channels(changed), strict=True)
        assert [np.array_equal(a, b) for a, b in pairs] == [j != k for j in range(3)]


@any_shape
def test_what_fills_up_is_not_read(
    X, mask, rng: np.random.Generator, architecture: Architecture
) -> None:
    """Anything may stand in hours that only fill up."""
    body = lstm.start_body(rng, D, architecture)
    filled = np.where(mask[..., None], X, 1e3).astype(np.float32)
    np.testing.assert_array_equal(
        states(body, filled, mask, architecture), states(body, X, mask, architecture)
    )


@any_shape
def test_longer_padding_changes_nothing(
    X, mask, rng: np.random.Generator, architecture: Architecture
) -> None:
    """More hours that fill up repeat the last state, and leave the others as they are."""
    body = lstm.start_body(rng, D, architecture)
    padded = np.pad(X, ((0, 0), (0, 3), (0, 0)))
    short = states(body, X, mask, architecture)
    long = states(body, padded, np.pad(mask, ((0, 0), (0, 3))), architecture)
    np.testing.assert_allclose(long[:, :T], short, atol=1e-6)
    for k, length in enumerate(LENGTHS):
        np.testing.assert_allclose(long[k, -1], short[k, length - 1], atol=1e-6)


@any_forward_shape
def test_no_hour_sees_the_future(
    X, mask, rng: np.random.Generator, architecture: Architecture
) -> None:
    """Without backward layers, what comes later does not move the state of an hour."""
    body = lstm.start_body(rng, D, architecture)
    later = X.copy()
    later[:, 4:] += 1
    before, after = (states(body, series, mask, architecture) for series in (X, later))
    np.testing.assert_array_equal(after[:, :4], before[:, :4])
    assert not np.allclose(after[:, 4:], before[:, 4:])


def test_backward_layers_see_the_future(X, mask, rng: np.random.Generator) -> None:
    """With backward layers it does, which is why hourly tasks refuse them."""
    body = lstm.start_body(rng, D, BOTH_WAYS)
    later = X.copy()
    later[:, 4:] += 1
    before, after = (states(body, series, mask, BOTH_WAYS) for series in (X, later))
    assert not np.allclose(after[:, :4], before[:, :4])


def test_a_cell_starts_orthogonal_and_slow_to_forget(rng: np.random.Generator) -> None:
    """Recurrent weights have orthogonal rows, and only the forget gate has a bias, of 1."""
    (cell,) = lstm.start_layer(rng, D, 4, 1)
    U = np.asarray(cell.U)
    np.testing.assert_allclose(U @ U.T, np.eye(4), atol=1e-6)
    np.testing.assert_array_equal(cell.b, np.repeat([0, 1, 0, 0], 4))
    assert np.abs(cell.W).max() <= np.sqrt(6 / (D + 16))


@pytest.mark.parametrize("across_time", [True, False], ids=["all hours", "each hour"])
def test_dropout_hides_a_share_and_keeps_the_mean(*, across_time: bool) -> None:
    """Three tenths are hidden, the rest make up for it, and across time whole columns go."""
    hidden = np.asarray(
        lstm.hide(jax.random.key(0), jnp.ones((400, 10, 8)), 0.3, across_time=across_time)
    )
    assert hidden.mean() == pytest.approx(1, abs=0.05)
    assert np.mean(hidden == 0) == pytest.approx(0.3, abs=0.03)
    constant = np.ptp(hidden, axis=1) == 0
    assert constant.mean() == pytest.approx(1 if across_time else 0, abs=0.1)


def cross_entropy(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return -log p(y) of log-odds z, plainly."""
    p = 1 / (1 + np.exp(-z.astype(np.float64)))
    return -np.log(np.where(y == 1, p, 1 - p))


def test_without_replication_the_loss_is_that_of_the_last_hour(
    mask, rng: np.random.Generator
) -> None:
    """At share 0, only the prediction at each stay's end counts."""
    y, z = rng.integers(2, size=N), rng.standard_normal((N, T, 1)).astype(np.float32)
    found = networks.task_loss(MORTALITY, z, label_of_stay(y, mask))
    ends = z[np.arange(N), np.array(LENGTHS) - 1, 0]
    assert found == pytest.approx(cross_entropy(ends, y).mean(), rel=1e-5)


def test_replication_adds_the_mean_over_the_stays_hours(mask, rng: np.random.Generator) -> None:
    """A share a of the loss is the mean over the hours of a stay, and the rest its last hour."""
    y, z = rng.integers(2, size=N), rng.standard_normal((N, T, 1)).astype(np.float32)
    found = networks.task_loss(MORTALITY, z, label_of_stay(y, mask, replication=0.3))
    stays = [cross_entropy(z[k, :end, 0], y[k]) for k, end in enumerate(LENGTHS)]
    expected = np.mean([0.7 * each[-1] + 0.3 * each.mean() for each in stays])
    assert found == pytest.approx(expected, rel=1e-5)


def test_a_fixed_position_leaves_short_and_unknown_stays_out(
    mask, rng: np.random.Generator
) -> None:
    """At hour 5 of all, only stays that last that long and have a label count."""
    y, z = rng.integers(2, size=N), rng.standard_normal((N, T, 1)).astype(np.float32)
    known = np.array([True, True, True, False, True])
    target = label_of_stay(y, mask, position=4, known=known, replication=0.5)
    each = [cross_entropy(z[k, :5, 0], y[k]) for k in (0, 2)]
    expected = np.mean([(stay[-1] + stay.mean()) / 2 for stay in each])
    assert networks.task_loss(MORTALITY, z, target) == pytest.approx(expected, rel=1e-5)
    np.testing.assert_array_equal(target.weights.sum(axis=1) > 0, [True, False, True, False, False])


def test_a_position_past_the_mask_is_named(mask) -> None:
    """Asking at an hour that no series has is an error that tells the hours there are."""
    with pytest.raises(ValueError, match="position is 7 and the mask has 7 hours"):
        label_of_stay(np.ones(N), mask, position=7)


def test_bins_lose_the_logarithm_of_the_true_ones_share(mask, rng: np.random.Generator) -> None:
    """Exclusive outputs compete: the loss is that of a softmax, over known hours."""
    bins, z = rng.integers(10, size=(N, T)), rng.standard_normal((N, T, 10)).astype(np.float32)
    found = networks.task_loss(LENGTH_OF_STAY, z, label_of_hours(bins, mask, n_bins=10))
    share = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
    true = np.take_along_axis(share, bins[..., None], axis=-1)[..., 0]
    assert found == pytest.approx(-np.log(true[mask]).mean(), rel=1e-5)


@any_forward_shape
def test_deep_supervision_is_the_mean_over_predictions_made_apart(
    X, mask, targets, rng: np.random.Generator, architecture: Architecture
) -> None:
    """One pass over a stay gives what as many passes as it has hours would."""
    design = Design((DECOMPENSATION,), architecture)
    parameters = networks.start(rng, D, design)
    labels = targets["decompensation"].labels[..., 0]
    at_once = compiled_loss(parameters, Data(X, mask, targets), design)

    stays, hours = np.nonzero(mask)  # a prediction apart is a stay that ends at its hour
    until = np.arange(T) <= hours[:, None]
    ends = {"decompensation": label_of_stay(labels[stays, hours], until)}
    apart = compiled_loss(parameters, Data(X[stays] * until[..., None], until, ends), design)
    assert at_once == pytest.approx(float(apart), rel=1e-5)


def test_a_pass_may_ask_each_stay_at_one_hour(mask) -> None:
    """One hour of a stay then weighs what all did, drawn in proportion; no label, no weight."""
    known = np.arange(400) % 4 > 0
    each = np.tile(mask[:1], (400, 1))
    target = label_of_stay(np.ones(400), each, position=4, known=known, replication=0.5)
    (asked,) = networks.one_hour_each({"any": target}, jax.random.key(2)).values()
    weights = np.asarray(asked.weights)
    np.testing.assert_array_equal((weights > 0).sum(axis=1), known)
    np.testing.assert_allclose(weights.sum(axis=1), target.weights.sum(axis=1), rtol=1e-6)
    share = (weights[known] > 0).mean(axis=0)
    np.testing.assert_allclose(share, [0.1, 0.1, 0.1, 0.1, 0.6, 0, 0], atol=0.06)


def test_stays_are_asked_at_hours_of_their_own(mask) -> None:
    """Tasks that ask at every hour are asked at several ones in a batch, where there is an hour."""
    target = label_of_hours(np.ones((N, T)), mask)
    asked = networks.one_hour_each({"a": target, "b": target}, jax.random.key(0))
    hours = np.asarray(asked["a"].weights).argmax(axis=1)
    assert len(set(hours.tolist())) > 1
    assert mask[np.arange(N), hours].all()


def test_tasks_add_up_with_their_weights(X, mask, targets, rng: np.random.Generator) -> None:
    """The loss of four tasks is the sum of each one's, times its weight."""
    design = Design(MULTITASK, PLAIN)
    parameters = networks.start(rng, D, design)
    z = jax.jit(networks.logits, static_argnames="architecture")(parameters, X, mask, PLAIN)
    alone = {
        task.name: networks.task_loss(task, z[task.name], targets[task.name]) for task in MULTITASK
    }
    expected = sum(task.C * alone[task.name] for task in MULTITASK)
    found = compiled_loss(parameters, Data(X, mask, targets), design)
    assert found == pytest.approx(float(expected), rel=1e-5)
    assert [task.C for task in MULTITASK] == [0.2, 1, 1.5, 1]


def test_tasks_without_weight_teach_nothing(X, mask, targets, rng: np.random.Generator) -> None:
    """With the weights 1, 0, 0, 0 the slope is that of mortality alone."""
    together = tuple(replace(t, C=float(t.name == "mortality")) for t in MULTITASK)
    design = Design(together, Architecture(dim=4, depth=1))
    parameters = networks.start(rng, D, design)
    data = Data(X, mask, targets)
    slope = jax.jit(jax.grad(networks.loss), static_argnames="design", compiler_options=UNPOLISHED)
    four = slope(parameters, data, design)
    one = slope(parameters, data, replace(design, tasks=(MORTALITY,)))
    jax.tree.map(lambda a, b: np.testing.assert_allclose(a, b, atol=1e-7), four, one)
    assert np.abs(four.heads["mortality"].V).max() > 0
    assert np.abs(four.heads["phenotypes"].V).max() == 0


def test_a_batch_without_an_answer_costs_nothing(mask, rng: np.random.Generator) -> None:
    """Where no stay of a batch has a label, loss and slope are 0, not NaN."""
    nobody = label_of_stay(np.ones(N), mask, known=np.zeros(N, bool))
    z = rng.standard_normal((N, T, 1)).astype(np.float32)
    value, slope = jax.value_and_grad(networks.task_loss, argnums=1)(MORTALITY, z, nobody)
    assert value == 0
    assert np.all(slope == 0)


@pytest.fixture(scope="module")
def lesson():
    """Return series whose first column, averaged over the stay, is the answer, and a network."""
    rng = np.random.default_rng(5)
    mask = np.arange(12) < rng.integers(6, 13, size=(300, 1))
    series = rng.standard_normal((300, 12, 4)) * mask[..., None]
    answer = series[:, :, 0].sum(axis=1) > 0
    design = Design((MORTALITY,), Architecture(dim=8, depth=1, dropout=0.1))
    training = Training(epochs=30, batch_size=20, rate=1e-2)
    network = Network(design, training=training)
    target = {"mortality": label_of_stay(answer[:200], mask[:200])}
    return network.fit(series[:200], mask[:200], target), series, mask, answer


def test_a_network_learns(lesson) -> None:
    """New stays are told apart far better than by chance, and the loss falls."""
    network, series, mask, answer = lesson
    p = network.predict(series[200:], mask[200:])["mortality"][:, -1, 0]
    assert np.mean((p > 0.5) == answer[200:]) >= 0.85
    assert network.losses_[-1] < network.losses_[0] / 2


def test_a_seed_fixes_what_is_learned(lesson) -> None:
    """The same seed gives the same parameters, and another one others."""
    network, series, mask, answer = lesson
    target = {"mortality": label_of_stay(answer[:200], mask[:200])}

    def losses(seed: int) -> np.ndarray:
        again = Network(network.design, training=network.training, random_state=seed)
        return again.fit(series[:200], mask[:200], target).losses_

    np.testing.assert_allclose(losses(0), network.losses_, rtol=1e-4)
    assert not np.allclose(losses(1), network.losses_, rtol=1e-2)


def test_networks_learn_side_by_side_as_they_do_alone(X, mask, targets, rng) -> None:
    """Several networks trained at once, deep or not, are those trained one after the other."""
    design = Design((DECOMPENSATION,), Architecture(dim=2, depth=1))
    data = Data(X, mask, {"decompensation": targets["decompensation"]})
    begin, key = networks.start(rng, D, design), jax.random.key(1)

    def losses(deep) -> jax.Array:
        training = Training(epochs=3, batch_size=2, rate=0.1, deep=deep)
        return networks.train(begin, data, key, design, training)[1]

    at_once = np.asarray(jax.vmap(losses)(np.array([True, False])))
    np.testing.assert_allclose(at_once, [losses(deep=True), losses(deep=False)], rtol=1e-4)
    assert not np.allclose(at_once[0], at_once[1], rtol=1e-2)


def test_each_pass_leaves_its_parameters(X, mask, targets, rng) -> None:
    """After so many passes they are what fewer passes end with, as long as orders agree."""
    design = Design((DECOMPENSATION,), Architecture(dim=2, depth=1, dropout=0))
    data = Data(X, mask, {"decompensation": targets["decompensation"]})
    begin = networks.start(rng, D, design)
    training = Training(epochs=3, batch_size=N, rate=0.1)  # one batch, so orders do not matter
    path, _ = networks.train(begin, data, jax.random.key(1), design, training)
    head = np.concatenate([begin.heads["decompensation"].V[None], path.heads["decompensation"].V])
    assert np.abs(np.diff(head, axis=0)).max(axis=(1, 2)).min() > 0.01  # steps are about 0.1
    for epochs in (1, 2):
        fewer = replace(training, epochs=epochs)
        ends, _ = networks.train(begin, data, jax.random.key(4), design, fewer)
        for there, end in zip(jax.tree.leaves(path), jax.tree.leaves(ends), strict=True):
            np.testing.assert_allclose(there[epochs - 1], end[-1], atol=1e-5)


def test_predictions_are_probabilities(X, mask, rng: np.random.Generator) -> None:
    """Bins share 1 at each hour, and every other output lies between 0 and 1 on its own."""
    design = Design(MULTITASK, PLAIN)
    compiled = jax.jit(
        networks.predict.__wrapped__, static_argnames="design", compiler_options=UNPOLISHED
    )
    found = compiled(networks.start(rng, D, design), X, mask, design)
    np.testing.assert_allclose(found["length of stay"].sum(axis=-1), 1, rtol=1e-5)
    for task in MULTITASK:
        assert found[task.name].shape == (N, T, task.outputs)
        assert np.all((found[task.name] > 0) & (found[task.name] < 1))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"X": np.full((N, T, D), np.nan)}, "210 values that are NaN", id="nan"),
        pytest.param({"mask": np.ones((N, 3), bool)}, r"mask \(5, 3\)", id="mask"),
        pytest.param({"targets": {}}, r"targets are \[\] and tasks \['mortality'\]", id="target"),
        pytest.param(
            {"labels": np.ones((N, 25))}, r"\(5, 1, 25\) .* give \(5, 7 or 1, 1\)", id="labels"
        ),
        pytest.param(
            {"architecture": replace(CHANNEL_WISE, channels=((0, 6),))},
            "a channel has column 6 and X only 6",
            id="column",
        ),
        pytest.param({"batch_size": 8}, "5 stays fill no batch of 8", id="few stays"),
        pytest.param({"tasks": ()}, r"the tasks are \[\]", id="no task"),
        pytest.param(
            {"tasks": (DECOMPENSATION,), "architecture": BOTH_WAYS},
            "would show decompensation the hours to come",
            id="look ahead",
        ),
    ],
)
def test_what_cannot_be_learned_is_named(X, mask, change, said: str) -> None:
    """Data, tasks and shapes that do not go together raise one error that says why."""
    labels = label_of_stay(change.get("labels", np.ones(N)), mask)
    tasks = change.get("tasks", (MORTALITY,))
    targets = change.get("targets", {task.name: labels for task in tasks})
    design = Design(tasks, change.get("architecture", PLAIN))
    training = Training(batch_size=change.get("batch_size", 2))
    with pytest.raises(ValueError, match=said):
        Network(design, training=training).fit(
            change.get("X", X), change.get("mask", mask), targets
        )


def test_units_are_shared_by_directions() -> None:
    """Units that no two directions can share, and none at all, are errors that say so."""
    with pytest.raises(ValueError, match="dim is 5: give an even one"):
        Architecture(dim=5, bidirectional=True)
    with pytest.raises(ValueError, match="depth 0: give at least one"):
        Architecture(depth=0)


def test_a_network_answers_after_its_fit_and_for_its_columns(lesson) -> None:
    """Asking too early or about another table is an error that tells the remedy."""
    network, series, mask, _ = lesson
    with pytest.raises(AttributeError, match="call fit first"):
        Network(network.design).predict(series, mask)
    with pytest.raises(ValueError, match="X has 3 columns and the network 4"):
        network.predict(series[..., :3], mask)


def test_the_papers_tasks_have_their_outputs() -> None:
    """Ten bins of the remaining stay compete, 25 phenotypes do not, and two tasks are hourly."""
    assert [(t.outputs, t.exclusive, t.hourly) for t in MULTITASK] == [
        (1, False, False),
        (1, False, True),
        (10, True, True),
        (25, False, False),
    ]
    assert PHENOTYPES in MULTITASK
