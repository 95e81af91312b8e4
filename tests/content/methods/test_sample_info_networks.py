"""Networks are linearised rightly, and what that says holds for networks trained for real."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.metrics import roc_auc_score
from threadpoolctl import threadpool_limits

from methods.sample_info import (
    SampleInformation,
    Training,
    dual_weights,
    networks,
    removal_order,
    tangent_kernel,
)
from methods.sample_info.linearised import Array
from methods.sample_info.networks import Network, draw_convolution, draw_perceptron

WIDTHS = (4, 3, 2)


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Keep the small matrix products on one thread: handing them over costs more than they do."""
    with threadpool_limits(1):
        yield


@pytest.fixture
def rng() -> np.random.Generator:
    """Return a generator that is fresh for each test."""
    return np.random.default_rng(7)


def fours_and_nines(seed: int) -> tuple[Array, Array]:
    """Return digits in random order, with targets -1 for a four and 1 for a nine."""
    X, y = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(np.flatnonzero((y == 4) | (y == 9)))
    return X[order] / 16, np.where(y[order] == 9, 1.0, -1.0)[:, None]


def odd_and_even(seed: int) -> tuple[Array, Array]:
    """Return all digits in random order, with targets -1 for an even one and 1 for an odd one."""
    X, y = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(len(y))
    return X[order] / 16, np.where(y[order] % 2, 1.0, -1.0)[:, None]


def accuracies_without(seed: int, share: float = 0.8) -> list[float]:
    """Return the accuracy with 600 digits, and with a part of them.

    The part is of the most informative, of those by one scoring, and of any.
    """
    n, training = 600, Training(weight_decay=1.0)
    kept = round((1 - share) * n)
    X, Y = odd_and_even(seed)
    seen = draw_perceptron(jax.random.key(seed), (64, 128, 1)).linearise(X)
    train, new, test = seen[:n], seen[n : n + 400], seen[n + 400 :]
    kernel, residuals = tangent_kernel(train, train), Y[:n] - train.outputs
    order, once = (
        removal_order(kernel, residuals, tangent_kernel(new, train), training, share=each)
        for each in (0.05, 1)
    )
    accuracies = []
    for rows in (order, order[-kept:], once[-kept:], np.arange(kept)):
        alpha = dual_weights(kernel[np.ix_(rows, rows)], residuals[rows], training)
        outputs = test.outputs[:, 0] + tangent_kernel(test, train[rows]) @ alpha
        accuracies.append(float(np.mean(outputs * Y[n + 400 :, 0] > 0)))
    return accuracies


def test_jacobians_are_the_slopes_of_the_outputs(rng: np.random.Generator) -> None:
    """Central differences of the network in each weight agree with its Jacobians."""
    network, X = draw_perceptron(jax.random.key(0), WIDTHS), rng.standard_normal((5, 4))
    seen, w = network.linearise(X), network.weights()
    np.testing.assert_allclose(seen.outputs, network.predict(w, X), rtol=1e-14)
    for place in range(0, len(w), 2):
        nudge = 1e-6 * np.eye(len(w))[place]
        slope = (network.predict(w + nudge, X) - network.predict(w - nudge, X)) / 2e-6
        np.testing.assert_allclose(seen.jacobians[:, :, place], slope, rtol=1e-6, atol=1e-9)


def test_a_kernel_in_blocks_is_that_of_all_jacobians(
    rng: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the size of the blocks, which is that of the Jacobians held together."""
    held: list[int] = []
    all_at_once = networks._jacobians  # noqa: SLF001  it is watched

    def watched(start: Any, X: jax.Array, *, apply: Any) -> jax.Array:
        held.append(len(X))
        return all_at_once(start, X, apply=apply)

    monkeypatch.setattr(networks, "_jacobians", watched)
    drawn = network = draw_perceptron(jax.random.key(1), WIDTHS)
    X, new = rng.standard_normal((7, 4)), rng.standard_normal((5, 4))
    whole, between = (
        tangent_kernel(drawn.linearise(each), drawn.linearise(X)) for each in (X, new)
    )
    for block in (1, 3, 7, 50):
        held.clear()
        np.testing.assert_allclose(network.kernel(X, block=block), whole, rtol=1e-12)
        np.testing.assert_allclose(network.kernel(new, X, block=block), between, rtol=1e-12)
        assert max(held) == min(block, 7)
    with pytest.raises(ValueError, match="block is 0: give at least one sample"):
        network.kernel(X, block=0)


def test_a_convolution_sees_pictures(rng: np.random.Generator) -> None:
    """Its outputs are those of sums over shifted pixels, written out, and its Jacobians fit."""
    network = draw_convolution(jax.random.key(0), side=4, channels=(3,), outputs=2)
    (kernel, bias), (W, b) = (tuple(map(np.asarray, pair)) for pair in network.parameters)
    X = rng.standard_normal((5, 16))
    padded = np.pad(X.reshape(5, 4, 4), [(0, 0), (1, 1), (1, 1)])
    shifts = [(dy, dx) for dy in range(3) for dx in range(3)]
    maps = sum(padded[:, y : y + 4, x : x + 4, None] * kernel[y, x, 0] for y, x in shifts)
    pooled = np.maximum(maps + bias, 0).reshape(5, 2, 2, 2, 2, 3).mean(axis=(2, 4))
    seen = network.linearise(X)
    np.testing.assert_allclose(seen.outputs, pooled.reshape(5, -1) @ W + b, rtol=1e-5)
    assert seen.jacobians.shape == (5, 2, 9 * 3 + 3 + 12 * 2 + 2)


def test_slopes_are_those_by_the_inputs(rng: np.random.Generator) -> None:
    """Small steps of one input say the same."""
    network = draw_perceptron(jax.random.key(1), WIDTHS)
    w, X, step = network.weights(), rng.standard_normal((5, 4)), 1e-6
    slopes = network.slopes(w, X)
    for j in range(4):
        moved = [network.predict(w, X + sign * step * np.eye(4)[j]) for sign in (1, -1)]
        found = (moved[0] - moved[1]).sum(axis=1) / (2 * step)
        np.testing.assert_allclose(slopes[:, j], found, atol=1e-6)


def test_a_perceptron_has_its_shape_and_spread() -> None:
    """Layers have the widths given, with weights and biases that fill 1 / sqrt(inputs) around 0."""
    network = draw_perceptron(jax.random.key(1), (100, 300, 3))
    (W, b), (V, c) = network.parameters
    assert [value.shape for value in (W, b, V, c)] == [(100, 300), (300,), (300, 3), (3,)]
    assert np.abs(W).max() == pytest.approx(0.1, rel=1e-2)
    assert np.abs(V).max() == pytest.approx(300**-0.5, rel=1e-2)
    assert W.mean() == pytest.approx(0, abs=0.002)
    assert len(network.weights()) == 100 * 300 + 300 + 300 * 3 + 3


def test_double_precision_stays_inside(rng: np.random.Generator) -> None:
    """Networks compute in float64, and JAX goes on in float32 afterwards."""
    network, X = draw_perceptron(jax.random.key(0), WIDTHS), rng.standard_normal((3, 4))
    training = Training(steps=2, rate=0.1)
    trained = network.train(X, np.zeros((3, 2)), np.ones((1, 3)), training)
    for values in (network.weights(), network.linearise(X).rows, trained):
        assert values.dtype == np.float64
    assert jnp.ones(1).dtype == jnp.float32


@pytest.mark.parametrize("decay", [0.0, 0.8])
def test_a_linear_network_is_its_own_linearisation(decay: float, rng: np.random.Generator) -> None:
    """Without hidden units, real trainings agree with the closed forms to nine digits."""
    network = draw_perceptron(jax.random.key(2), (4, 2))
    X, Y, new = (
        rng.standard_normal((7, 4)),
        rng.standard_normal((7, 2)),
        rng.standard_normal((3, 4)),
    )
    training = Training(decay, steps=30, rate=0.02)
    model = SampleInformation(training).fit(network.linearise(X), Y)
    full, *without = network.train(
        X, Y, np.vstack([np.ones(7), 1 - np.eye(7)]), training, at_once=3
    )
    np.testing.assert_allclose(full - network.weights(), model.weights(), rtol=1e-9)
    np.testing.assert_allclose(full - np.array(without), model.weight_changes(), rtol=1e-9)
    predicted = model.predict(network.linearise(new))
    np.testing.assert_allclose(network.predict(full, new), predicted, rtol=1e-9)


def test_a_sample_counted_twice_is_two_samples(rng: np.random.Generator) -> None:
    """A count of 2 trains as a copy does, and a count of 0 as an absence."""
    network = draw_perceptron(jax.random.key(3), WIDTHS)
    X, Y = rng.standard_normal((3, 4)), rng.standard_normal((3, 2))
    training = Training(0.1, steps=20, rate=0.05)
    counted = network.train(X, Y, [[2.0, 0.0, 1.0]], training)
    listed = network.train(X[[0, 0, 2]], Y[[0, 0, 2]], np.ones((1, 3)), training)
    np.testing.assert_allclose(counted, listed, rtol=1e-12)


@pytest.mark.parametrize("training", [Training(), Training(steps=1.0, rate=1.0, flow=True)])
def test_real_training_ends(training: Training) -> None:
    """Endless training and flows, which no network takes, are an error that says what to give."""
    network = draw_perceptron(jax.random.key(0), WIDTHS)
    with pytest.raises(ValueError, match="give steps, and no flow"):
        network.train(np.ones((3, 4)), np.ones((3, 2)), np.ones((1, 3)), training)


def test_any_tree_of_parameters_will_do(rng: np.random.Generator) -> None:
    """A network is any function of its parameters: a model with one number has that slope."""
    network = Network(
        lambda p, X: p["scale"] * jnp.sum(X**2, axis=1, keepdims=True), {"scale": 3.0}
    )
    X = rng.standard_normal((5, 4))
    seen = network.linearise(X)
    np.testing.assert_allclose(seen.jacobians[:, 0, 0], np.sum(X**2, axis=1), rtol=1e-12)
    np.testing.assert_allclose(seen.outputs, 3 * seen.jacobians[:, :, 0], rtol=1e-12)


def test_linearised_changes_foretell_those_of_real_training() -> None:
    """Over 30 samples left out, changes of weights and of predictions correlate at 0.9 or more."""
    n, out = 80, 30
    X, Y = fours_and_nines(seed=1)
    network = draw_perceptron(jax.random.key(1), (64, 256, 1))
    training = Training(steps=200, rate=0.1 / n)
    model = SampleInformation(training).fit(network.linearise(X[:n]), Y[:n])
    counts = np.vstack([np.ones(n), 1 - np.eye(n)[:out]])
    full, *without = network.train(X[:n], Y[:n], counts, training)
    in_weights = np.sum((full - np.array(without)) ** 2, axis=1)
    seen = network.predict(full, X[n:])
    in_predictions = [np.mean((seen - network.predict(w, X[n:])) ** 2) for w in without]
    functional = model.functional(network.linearise(X[n:]))
    assert np.corrcoef(in_weights, model.isotropic()[:out])[0, 1] >= 0.9
    assert np.corrcoef(in_predictions, functional[:out])[0, 1] >= 0.9


@pytest.mark.parametrize("seed", [0, 1])
def test_mislabelled_samples_stand_out(seed: int) -> None:
    """Information in predictions ranks a tenth of flipped labels first, at an AUROC of 0.95."""
    n = 200
    X, Y = fours_and_nines(seed)
    flipped = np.arange(n) < n // 10
    network = draw_perceptron(jax.random.key(seed), (64, 256, 1))
    train, new = network.linearise(X[:n]), network.linearise(X[n:])
    targets = np.where(flipped[:, None], -Y[:n], Y[:n])
    found = SampleInformation(Training(weight_decay=1.0)).fit(train, targets).functional(new)
    assert roc_auc_score(flipped, found) >= 0.95
    assert found[flipped].mean() >= 5 * found[~flipped].mean()


def test_a_fifth_of_the_data_will_do_if_rescoring_chose_it() -> None:
    """With 80 % removed, rescoring stays within 0.02 of all data, and 0.02 above random."""
    full, chosen, _, drawn = accuracies_without(seed=0)
    assert chosen >= full - 0.02
    assert chosen >= drawn + 0.02


def test_without_rescoring_what_is_said_twice_is_lost() -> None:
    """With 90 % removed by one scoring, accuracy collapses far below that with rescoring."""
    _, chosen, once, _ = accuracies_without(seed=0, share=0.9)
    assert once <= chosen - 0.2


def test_networks_alike_are_compiled_once() -> None:
    """Another draw of the same shape, and another rate, compile nothing anew."""
    X, Y, training = np.ones((3, 16)), np.ones((3, 1)), Training(steps=2, rate=0.1)
    compiled = networks._jacobians._cache_size, networks._descend._cache_size  # noqa: SLF001
    for seed, rate in ((0, 0.1), (1, 0.2)):
        for network in (
            draw_perceptron(jax.random.key(seed), (16, 2, 1)),
            draw_convolution(jax.random.key(seed), side=4, channels=(2,)),
        ):
            network.linearise(X)
            network.train(X, Y, np.ones((1, 3)), replace(training, rate=rate))
        if not seed:
            before = [count() for count in compiled]
    assert [count() for count in compiled] == before


def test_samples_of_any_number_need_few_compilations() -> None:
    """What is seen of each sample does not depend on how many come with it, and few sizes do."""
    X = np.random.default_rng(0).normal(size=(150, 5))
    network = draw_perceptron(jax.random.key(0), (5, 3, 2))
    before = networks._jacobians._cache_size()  # noqa: SLF001
    whole = network.linearise(X)
    for n in (1, 2, 63, 64, 65, 129):
        part = network.linearise(X[:n])
        np.testing.assert_allclose(part.outputs, whole.outputs[:n], rtol=1e-12)
        np.testing.assert_allclose(part.jacobians, whole.jacobians[:n], rtol=1e-12)
    assert networks._jacobians._cache_size() - before <= 4  # noqa: SLF001  of 1, 2, 32 and 64
    assert network.predict(network.weights(), X[:0]).shape == (0, 2)
