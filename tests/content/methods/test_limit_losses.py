"""Losses that noisy labels are learned with keep their identities, and so do convolutions."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from methods import limit
from methods.limit import Convolution, Determinant, Forward, FromLabels, Limit

N, C = 40, 4


@pytest.fixture
def rng():
    """Return a generator that is fresh for each test."""
    return np.random.default_rng(7)


@pytest.fixture
def logits(rng):
    """Return the outputs of a classifier."""
    return jnp.asarray(2 * rng.standard_normal((N, C)))


@pytest.fixture
def y(rng):
    """Return labels."""
    return jnp.asarray(rng.integers(C, size=N))


def test_forward_correction_is_the_cross_entropy_of_the_noisy_labels(logits, y, rng):
    """The chance of each label is summed over the true classes that it may come from."""
    noise = rng.dirichlet(np.ones(C), size=C)
    p = np.asarray(jax.nn.softmax(logits))
    expected = [-np.log(sum(p[i, k] * noise[k, int(y[i])] for k in range(C))) for i in range(N)]
    found = Forward(jnp.asarray(noise)).of(logits, y)
    assert float(found) == pytest.approx(np.mean(expected), rel=1e-5)


def test_without_noise_forward_correction_is_cross_entropy(logits, y):
    """Labels that are never wrong leave nothing to correct."""
    found = Forward(jnp.eye(C)).of(logits, y)
    assert float(found) == pytest.approx(float(FromLabels().of(logits, y)), rel=1e-5)


def test_noise_moves_the_determinant_loss_by_a_constant():
    """Labels drawn through T, in their exact shares, add -log |det T| whatever is guessed."""
    noise = limit.uniform_noise(0.3, 3)  # shares of .7 and .15
    copies = np.round(20 * noise).astype(int)
    moved = []
    for guesses in (np.eye(3), [[2.0, 1, 0], [0, 1, 1], [1, 0, 3]]):
        logits, clean = jnp.repeat(jnp.asarray(guesses), 20, axis=0), np.repeat(range(3), 20)
        noisy = np.concatenate([np.repeat(range(3), row) for row in copies])
        pairs = (Determinant().of(logits, jnp.asarray(labels)) for labels in (noisy, clean))
        moved.append(float(next(pairs)) - float(next(pairs)))
    np.testing.assert_allclose(moved, -np.log(np.linalg.det(noise)), rtol=1e-4)


def test_a_batch_without_one_of_the_labels_moves_nothing(logits):
    """Its determinant is zero whatever is guessed, and the slope is no NaN but zero."""
    few = jnp.asarray(np.arange(N) % (C - 1))
    slope = jax.grad(lambda a: Determinant().of(a, few))(logits)
    np.testing.assert_array_equal(slope, 0)


def test_the_noise_is_found_where_a_network_knows_it(rng):
    """Chances of noisy labels that are those of (1) at the surest samples give (1) back."""
    noise = limit.pair_noise(0.4, [1, 2, 3, 0])
    shares = 0.9 * noise[np.repeat(np.arange(C), 25)] + 0.1 * rng.dirichlet(np.ones(C), size=100)
    shares[::5] = noise[np.repeat(np.arange(C), 5)]
    np.testing.assert_allclose(limit.estimate_noise(shares, quantile=0.9), noise, atol=0.1)


@pytest.mark.parametrize("size", [3, 4])
def test_convolutions_are_those_of_jax(rng, size):
    """A layer sees squares of pixels, two apart, as JAX's own convolution does."""
    hidden = (Convolution(size, 3), Convolution(2, 5), 6)
    network = [
        (W, jnp.asarray(rng.standard_normal(b.shape), jnp.float32))
        for W, b in limit.draw_network(rng, 81, hidden, C)
    ]
    x = jnp.asarray(rng.standard_normal((7, 81)), jnp.float32)
    images = x.reshape(7, 9, 9, 1)
    for W, b in network[:2]:
        layout = ("NHWC", "HWIO", "NHWC")
        convolved = jax.lax.conv_general_dilated(
            images, W, (2, 2), "VALID", dimension_numbers=layout
        )
        images = jax.nn.relu(convolved + b)
    (V, a), (W, b) = network[2:]
    expected = jax.nn.relu(images.reshape(7, -1) @ V + a) @ W + b
    np.testing.assert_allclose(limit.apply(network, x), expected, rtol=1e-4, atol=1e-5)


def test_images_that_are_too_small_are_named(rng):
    """Convolutions that leave no pixel are an error."""
    with pytest.raises(ValueError, match="images of 16 pixels are too small"):
        limit.draw_network(rng, 16, (Convolution(3, 2), Convolution(3, 2)), C)


def test_training_goes_on_from_networks_that_are_given(rng):
    """Without steps they come back, whatever the generator would have drawn to start from."""
    X, y = rng.standard_normal((30, 5)), rng.integers(C, size=30)
    settings = {"n_classes": C, "hidden": (8,), "epochs": 1, "batch_size": 10, "rate": 0.0}
    warm = limit.train(Limit(), X, y, np.random.default_rng(0), **settings).networks
    on = limit.train(Limit(), X, y, np.random.default_rng(1), **settings, start=warm).networks
    for before, after in zip(jax.tree.leaves(warm), jax.tree.leaves(on), strict=True):
        np.testing.assert_array_equal(before, after)


def test_rounds_that_do_not_fit_are_named(rng):
    """Epochs that cannot be watched once in so many are an error."""
    with pytest.raises(ValueError, match="7 epochs cannot be watched once in 2"):
        limit.train(FromLabels(), np.eye(4), [0, 1, 0, 1], rng, n_classes=2, epochs=7, apart=2)


@pytest.mark.parametrize("hidden", [(8,), (Convolution(2, 3), 8)], ids=["dense", "convolution"])
def test_watching_less_often_changes_nothing_else(rng, hidden):
    """What is watched once in two epochs is every second value of what is watched always."""
    X, y = rng.standard_normal((30, 9)), rng.integers(C, size=30)
    settings = {"n_classes": C, "hidden": hidden, "epochs": 6, "batch_size": 10}
    always, seldom = (
        limit.train(
            Limit(), X, y, np.random.default_rng(0), **settings, watch={"all": (X, y)}, apart=k
        )
        for k in (1, 2)
    )
    np.testing.assert_array_equal(always.accuracy["all"][1::2], seldom.accuracy["all"])
    assert always.networks[0][0][0].shape == seldom.networks[0][0][0].shape
