"""Adam, the optimiser of the papers that train networks.

Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, arXiv 1412.6980,
Algorithm 1, with its suggested settings. Parameters are any tree of JAX arrays, and both
functions may be traced, so a whole training loop fits into one ``jit(lax.scan)``.
"""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


class State(NamedTuple):
    """What Adam remembers between two steps."""

    t: jax.Array
    """Steps taken so far, a scalar."""
    m: Any
    """Running means of the gradients, a tree like the parameters."""
    v: Any
    """Running means of their squares, a tree like the parameters."""


def start(parameters: Any) -> State:
    """Return the state before the first step."""
    zeros = jax.tree.map(jnp.zeros_like, parameters)
    return State(t=jnp.zeros((), jnp.int32), m=zeros, v=zeros)


def step(parameters: Any, gradients: Any, state: State, *, rate: Any = 1e-3) -> tuple[Any, State]:
    """Return the parameters one step of size ``rate`` downhill, and the state to go on with."""
    t = state.t + 1
    m = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, state.m, gradients)
    v = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g**2, state.v, gradients)

    def moved(w: Any, m: Any, v: Any) -> Any:
        unbiased_m, unbiased_v = m / (1 - BETA1**t), v / (1 - BETA2**t)
        return w - rate * unbiased_m / (jnp.sqrt(unbiased_v) + EPSILON)

    return jax.tree.map(moved, parameters, m, v), State(t=t, m=m, v=v)
