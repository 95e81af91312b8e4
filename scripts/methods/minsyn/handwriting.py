"""The same words by hand: images of three digits, each one of many that people wrote.

The digits are those that scikit-learn ships (Alpaydin and Kaynak, "Optical recognition of
handwritten digits", UCI 1998). They stand for the letters of ``words``: the letter that is first
among those of its place is written 0, the second 1, and so on.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from sklearn.datasets import load_digits

from methods.minsyn.words import LETTERS, Array, check_spelling

SIDE = 8
"""Pixels of one digit, either way."""

_DARKEST = 16


def write(strings: Sequence[str], rng: np.random.Generator, *, unseen: bool = False) -> Array:
    """Return one image for each string, from 0 (paper) to 1 (ink), (n, SIDE, 3 * SIDE).

    Each digit is drawn with ``rng`` from the pictures of it: from the first half of them, or if
    ``unseen`` from the other half. Raise ValueError for a string not spelt with ``LETTERS``.
    """
    check_spelling(strings)
    return np.array([np.hstack(_hand(string, rng, unseen)) for string in strings])


def _hand(string: str, rng: np.random.Generator, unseen: bool) -> list[Array]:  # noqa: FBT001
    digits = [known.index(letter) for letter, known in zip(string, LETTERS, strict=True)]
    return [rng.choice(_pictures()[digit][unseen]) for digit in digits]


@cache
def _pictures() -> list[tuple[Array, Array]]:
    """Return for each digit its pictures to learn from and those for the test."""
    found = load_digits()
    images = found.images / _DARKEST
    each = (images[found.target == digit] for digit in range(len(LETTERS[0])))
    return [(of[: len(of) // 2], of[len(of) // 2 :]) for of in each]
