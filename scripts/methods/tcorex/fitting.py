"""The fit of T-CorEx: Adam for what happens within periods, a proximal step between them.

The one is Kingma and Ba's, arXiv 1412.6980, but that periods share the size of its steps: the
proximal step of Eq. (11) then needs nothing but one threshold for each weight.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial, reduce
from operator import add
from typing import Any

import numpy as np

from methods.linear_corex import ANNEALING
from methods.tcorex import fused
from methods.tcorex.objective import (
    Block,
    Factors,
    Pull,
    Slopes,
    factors,
    gradient,
    moments,
    predict,
    pull,
    value,
)
from methods.tcorex.windows import Array, Windows

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8

_PATIENCE = 3  # steps that may gain little on the way to more
_SWEEPS = 2  # of Eq. (11): each step goes on where the last one stopped

Map = Callable[..., Iterator[Any]]
"""The built-in ``map``, or one like it that spreads its calls over threads."""


@contextmanager
def spread_over(n_threads: int) -> Iterator[Map]:
    """Provide a ``map`` over blocks; sums do not depend on the number of threads."""
    if n_threads == 1:
        yield map
        return
    with ThreadPoolExecutor(n_threads) as pool:

        def spread(call: Callable[..., Any], *arguments: Any) -> Iterator[Any]:
            futures = [pool.submit(call, *each) for each in zip(*arguments, strict=False)]
            try:
                yield from (future.result() for future in futures)
            finally:  # whoever stops listening finds no call still at work
                for future in futures:
                    future.cancel()
                wait(futures)

        yield spread


class Walker:
    """A block on its way downhill: what Adam remembers, and the tensions between periods."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.steps = 0
        self.momentum = np.zeros_like(block.W)
        self.power = np.zeros_like(block.W[0])
        self.tension = np.zeros_like(block.W[1:])
        self.threshold = np.zeros_like(block.W[0])

    def step(self, pulled: Pull, windows: Windows, *, l1: float, rate: float) -> Factors:
        """Take one step and return what the block then adds to the factors."""
        self.steps += 1
        slope = gradient(self.block, pulled, windows)
        self.power *= BETA2
        self.power += (1 - BETA2) / len(slope) * np.einsum("tji,tji->ji", slope, slope)
        self.momentum *= BETA1
        slope *= 1 - BETA1
        self.momentum += slope
        size = rate / (np.sqrt(self.power / (1 - BETA2**self.steps)) + EPSILON)
        W = np.multiply(self.momentum, size / (BETA1**self.steps - 1), out=slope)
        W += self.block.W
        held = self._pull_together(W, l1 * size) if l1 else (self.tension, self.threshold)
        self.block.W, (self.tension, self.threshold) = W, held
        return factors(self.block, windows)

    def settle(self) -> None:
        """Make periods exactly equal that Eq. (11) holds together."""
        fused.fuse(self.block.W, self.tension, self.threshold)

    def _pull_together(self, W: Array, threshold: Array) -> tuple[Array, Array]:
        """Move W towards the point of Eq. (11); return the tensions there and their threshold.

        What is remembered stays as it is, so an interruption finds it whole.
        """
        scale = threshold / self.threshold if self.steps > 1 else np.ones_like(threshold)
        tension = self.tension * scale
        fused.relax(W, tension, threshold, sweeps=_SWEEPS)
        return tension, threshold


def descend(  # noqa: PLR0913  one for each choice
    blocks: Sequence[Block],
    windows: Windows,
    *,
    shares: Sequence[float] = ANNEALING,
    l1: float,
    steps: int,
    tol: float,
    rate: float,
    spread: Map,
    tell: Callable[[str], None],
) -> int:
    """Move the weights of the blocks towards the minimum of Eq. (10), and return the steps taken.

    Each share of noise gets at most ``steps``, fewer where the last few gain less than ``tol``,
    and one line is told of it. An interruption leaves the weights that were reached, and passes
    on.
    """
    walkers = [Walker(block) for block in blocks]
    taken = 0
    try:
        found = reduce(add, spread(partial(factors, windows=windows), blocks))
        for level, eps in enumerate(shares, 1):
            reached: list[float] = []
            while len(reached) < steps and not _has_settled(reached, tol):
                known = moments(found, windows, eps)
                predicted = partial(predict, known=known, windows=windows)
                slopes: Slopes = reduce(add, spread(predicted, blocks))
                pulled = pull(slopes, known, windows)
                stepped = partial(Walker.step, pulled=pulled, windows=windows, l1=l1, rate=rate)
                found = reduce(add, spread(stepped, walkers))
                reached.append(value(slopes, known))
            taken += len(reached)
            said = f"noise {eps:.2f} ({level} of {len(shares)}), {len(reached)} steps"
            tell(f"{said}: objective {reached[-1]:.6g} nats")
    finally:
        for walker in walkers:
            walker.settle()
    return taken


def _has_settled(reached: Sequence[float], tol: float) -> bool:
    """Return whether the best of the last few values is hardly below the best before them."""
    before, last = reached[:-_PATIENCE], reached[-_PATIENCE:]
    return tol > 0 and bool(before) and min(before) - min(last) < tol
