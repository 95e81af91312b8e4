"""Fits of very many variables: first of a few that are drawn, whose factors then serve all.

Blocks share nothing but the factors, which are sums over all variables, so a few hundred for each
factor tell what they are. The weights of the others start as those of their witnesses.
"""

from collections.abc import Sequence
from functools import partial, reduce
from operator import add

import numpy as np

from methods.linear_corex import witnesses
from methods.tcorex.fitting import Map
from methods.tcorex.objective import Block, correlations, factors, make_block, moments
from methods.tcorex.windows import Array, Windows

GENTLER = 0.2
"""The size of steps that begin near the end, in units of those that begin at the start."""

FINER = 0.3
"""What the last steps have to gain, in units of what others have to: there is no next level."""

WORTH = 2
"""How many times as many variables as are drawn there must be; fewer are fitted at once."""

_DRAWN = 512  # variables for each factor: of half as many, some factors next to a leap go astray
_LEAST = 2048  # variables are drawn
_MOST = 16_384  # variables are drawn, but where that leaves fewer for each factor than
_FEWEST = 256


def draw(blocks: list[Block], windows: Windows, rng: np.random.Generator) -> list[Block]:
    """Return blocks of some variables, without weights, or the blocks given where they are few."""
    n_periods, m, width = blocks[0].W.shape
    ends = np.cumsum([block.x.shape[1] for block in blocks])
    count = max(_LEAST, min(_DRAWN * m, max(_MOST, _FEWEST * m)))
    if ends[-1] < WORTH * count:
        return blocks
    drawn = np.sort(rng.permutation(ends[-1])[:count])
    each = np.split(drawn, np.searchsorted(drawn, ends[:-1]))
    begins = ends - [block.x.shape[1] for block in blocks]
    x = np.hstack(
        [b.x[:, some - begin] for b, some, begin in zip(blocks, each, begins, strict=True)]
    )
    pieces = [np.ascontiguousarray(x[:, k : k + width]) for k in range(0, count, width)]
    return [
        make_block(piece, np.zeros((n_periods, m, piece.shape[1]), x.dtype), windows)
        for piece in pieces
    ]


def extend(few: Sequence[Block], blocks: Sequence[Block], windows: Windows, spread: Map) -> None:
    """Give all blocks the weights of witnesses of the factors of a few, each factor at its size."""
    found = reduce(add, spread(partial(factors, windows=windows), few))
    known = moments(found, windows, 0.0)

    def witness(block: Block) -> Array:
        block.W = np.stack([witnesses(R)[0] for R in correlations(block, known, windows)])
        return _size(block)

    size = sum(map(_size, few)) / sum(spread(witness, blocks))
    for block in blocks:
        block.W *= np.sqrt(size)[:, None]


def _size(block: Block) -> Array:
    """Return the sum of the squared weights of each factor, shape (m,)."""
    size: Array = np.einsum("tji,tji->j", block.W, block.W)
    return size
