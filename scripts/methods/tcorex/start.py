"""The weights to start from: those of one linear CorEx of all samples, for every period."""

from collections.abc import Sequence

import numpy as np

from methods.linear_corex import LinearCorex, witnesses
from methods.tcorex.objective import Block
from methods.tcorex.windows import Array

ENOUGH = 64
"""Variables to a factor that tell what the factors are; of more, so many are drawn."""

_LARGEST_CORRELATION = 0.9999  # past this, 1 - R^2 in Eq. (7) loses its digits
_STEPS = 20  # for each share of noise


def start(blocks: Sequence[Block], rng: np.random.Generator) -> None:
    """Give the weights W of all blocks, in each period, those of a linear CorEx of all samples.

    Where there are more variables than are needed, some are drawn for that fit. The weights of all
    are then those of witnesses, Eq. (7) with variables and factors exchanged, at the same size.
    """
    m, widths = blocks[0].W.shape[1], [block.x.shape[1] for block in blocks]
    block_of, place = np.repeat(range(len(blocks)), widths), np.concatenate([*map(range, widths)])
    drawn = np.sort(rng.permutation(len(place))[: ENOUGH * m])
    x = np.hstack([b.x[:, place[drawn[block_of[drawn] == k]]] for k, b in enumerate(blocks)])
    pooled = LinearCorex(m, random_state=rng, max_iter=_STEPS).fit(x)
    if len(drawn) == len(place):
        weights = np.split(pooled.weights_, np.cumsum(widths)[:-1], axis=1)
    else:
        Z = pooled.transform(x).astype(x.dtype)
        weights = [_witness(block.x, Z) for block in blocks]
        size = np.sqrt(sum(np.sum(W**2) for W in weights))
        weights = [W * (np.linalg.norm(pooled.weights_) / size) for W in weights]
    for block, W in zip(blocks, weights, strict=True):
        block.W[...] = W


def _witness(x: Array, Z: Array) -> Array:
    """Return what each variable x (N, b) is worth as a witness of the factors Z (N, m)."""
    R = Z.T @ x / np.sqrt(np.outer(np.sum(Z**2, axis=0), np.sum(x**2, axis=0)))
    return witnesses(np.clip(R, -_LARGEST_CORRELATION, _LARGEST_CORRELATION))[0]
