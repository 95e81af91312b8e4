"""The four tasks: which samples they have, and their labels.

Times are in hours after entry into the unit. A sample at hour t sees what was observed up to t.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from methods.mimic3 import phenotypes
from methods.mimic3.stays import EPS, Stay

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

FIRST_DAYS = 48.0
"""In-hospital mortality is told from so many hours."""
SHORTEST = 4.0
"""Hourly samples begin after so many hours."""
AHEAD = 24.0
"""Decompensation is death within fewer hours than these."""


@dataclass(frozen=True, eq=False)
class Samples:
    """The samples of a task: n windows of stays, and what to tell from them."""

    stay: Indices
    """The place of each sample's stay in the sequence given, shape (n,)."""
    hour: Array
    """The end of each sample's window, shape (n,)."""
    label: Array
    """What to predict, shape (n,); of phenotyping, (n, 25)."""

    def __len__(self) -> int:
        return len(self.stay)

    def of(self, stays: Indices) -> "Samples":
        """Return the samples of these stays only, such as a split names them."""
        mine = np.isin(self.stay, stays)
        return Samples(self.stay[mine], self.hour[mine], self.label[mine])


def mortality(stays: Sequence[Stay]) -> Samples:
    """Return a sample at 48 hours of each stay that long with an event by then.

    The label is 1 where the patient died in hospital, in or after those hours.
    """
    taken = [
        (i, FIRST_DAYS, float(stay.died))
        for i, stay in enumerate(stays)
        if stay.los_hours >= FIRST_DAYS - EPS and stay.hours[0] < FIRST_DAYS + EPS
    ]
    return _samples(taken)


def decompensation(stays: Sequence[Stay]) -> Samples:
    """Return a sample for each hour, up to death, and whether death comes within 24 hours.

    Only a time of death counts: who died in hospital by date alone never decompensates.
    """
    taken = [
        (i, t, float(stay.died and stay.hours_to_death - t < AHEAD))
        for i, stay in enumerate(stays)
        for t in sample_hours(stay, min(stay.los_hours, stay.hours_to_death))
    ]
    return _samples(taken)


def length_of_stay(stays: Sequence[Stay]) -> Samples:
    """Return a sample for each hour, and how many hours remain in the unit."""
    taken = [
        (i, t, stay.los_hours - t)
        for i, stay in enumerate(stays)
        for t in sample_hours(stay, stay.los_hours)
    ]
    return _samples(taken)


def phenotyping(stays: Sequence[Stay]) -> Samples:
    """Return a sample for each whole stay, and which of the 25 phenotypes it has."""
    labels = [phenotypes.labels(stay.codes) for stay in stays]
    return Samples(
        np.arange(len(stays)),
        np.array([stay.los_hours for stay in stays]),
        np.array(labels, dtype=np.float64).reshape(-1, len(phenotypes.PHENOTYPES)),
    )


def sample_hours(stay: Stay, end: float) -> list[float]:
    """Return the whole hours up to ``end``, after the first four and after the first event."""
    begin = max(SHORTEST, float(stay.hours[0]))
    return [float(t) for t in np.arange(0.0, end + EPS) if t > begin]


def _samples(taken: Sequence[tuple[int, float, float]]) -> Samples:
    table = np.array(taken, dtype=np.float64).reshape(-1, 3)
    return Samples(table[:, 0].astype(np.intp), table[:, 1], table[:, 2])
