"""Adam takes the steps of its paper, whatever the shape of the parameters."""

import jax
import jax.numpy as jnp
import numpy as np

from methods import _adam


def slow_adam(weight, gradient_at, steps, rate):
    """Return a single number after Algorithm 1, transcribed line by line."""
    m = v = 0.0
    for t in range(1, steps + 1):
        g = gradient_at(weight)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        weight -= rate * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)) ** 0.5 + 1e-8)
    return weight


def test_steps_are_those_of_the_algorithm():
    """Each number of a tree moves as it would alone, inside a compiled loop too."""
    start = {"a": jnp.array([3.0, -2.0]), "b": [jnp.array(0.5)]}

    @jax.jit
    def train(parameters):
        def one(carry, _):
            gradients = jax.tree.map(lambda w: 2 * w + 1, carry[0])
            return _adam.step(carry[0], gradients, carry[1], rate=0.1), None

        return jax.lax.scan(one, (parameters, _adam.start(parameters)), length=20)[0][0]

    found = train(start)
    for weight, moved in zip(jax.tree.leaves(start), jax.tree.leaves(found), strict=True):
        for one, reached in zip(np.ravel(weight), np.ravel(moved), strict=True):
            alone = slow_adam(float(one), lambda w: 2 * w + 1, 20, 0.1)
            np.testing.assert_allclose(reached, alone, rtol=1e-4)


def test_the_first_step_has_the_size_of_the_rate():
    """However long the gradient is, the first step is one rate down its sign."""
    weights = jnp.zeros(3)
    moved, state = _adam.step(weights, jnp.array([1e-3, -1.0, 1e3]), _adam.start(weights), rate=0.2)
    np.testing.assert_allclose(moved, [-0.2, 0.2, -0.2], rtol=1e-4)
    assert state.t == 1
