"""The penalty on changes from one period to the next, through its dual: Eqs. (10) and (11).

The proximal step of sum_t |w_{t+1} - w_t|, for many weights w at once, through its dual: each
change has a tension between -threshold and +threshold, and while the tension is strictly inside
the two periods are equal.
"""

import numpy as np

from methods.tcorex.windows import Array


def relax(U: Array, tension: Array, threshold: Array, *, sweeps: int = 1) -> None:
    """Move U (T, ...) to the proximal point of the penalty, as near as so many sweeps come.

    ``tension`` (T - 1, ...) is where to start from, and is left where the sweeps came;
    ``threshold`` has the shape of one period. Both arrays change in place.
    """
    lowest = -threshold
    U[:-1] += tension
    U[1:] -= tension
    for _ in range(sweeps):
        for first in (0, 1):  # every second change, and then those between
            before, after, pulled = U[first:-1:2], U[first + 1 :: 2], tension[first::2]
            moved = after - before
            moved /= 2
            moved += pulled
            np.minimum(moved, threshold, out=moved)  # twice as fast as np.clip
            np.maximum(moved, lowest, out=moved)
            pulled -= moved
            before -= pulled
            after += pulled
            pulled[...] = moved


def fuse(W: Array, tension: Array, threshold: Array) -> None:
    """Give periods their common mean wherever the tension between them is inside, in place."""
    held = np.abs(tension) < threshold
    count = np.ones_like(W)
    for t in range(1, len(W)):
        W[t] += held[t - 1] * W[t - 1]
        count[t] += held[t - 1] * count[t - 1]
    W /= count
    for t in range(len(W) - 2, -1, -1):
        W[t] = np.where(held[t], W[t + 1], W[t])
