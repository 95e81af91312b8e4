"""What speaks for two records being of one work, and how much it weighs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Verdict(IntEnum):
    """How two records stand to each other, the weightier the later."""

    OTHER = 0
    DOUBTFUL = 1
    ALIKE = 2
    """One work, by what they say of it."""
    APART = 3
    """Two works for certain, however much they are alike."""
    SAME = 4
    """One work, by its identifier."""


@dataclass(frozen=True)
class Evidence:
    """A verdict and why."""

    verdict: Verdict
    why: str = ""


NONE = Evidence(Verdict.OTHER)


def doubtful(why: str) -> Evidence:
    """Return that two records may be of one work."""
    return Evidence(Verdict.DOUBTFUL, why)


def apart(why: str) -> Evidence:
    """Return that two records are of two works for certain."""
    return Evidence(Verdict.APART, why)


def strongest(found: Iterable[Evidence]) -> Evidence:
    """Return the weightiest of several pieces of evidence; a clash outweighs what is alike."""
    return max(found, key=lambda each: each.verdict, default=NONE)
