"""One ICU stay with its observations: what the tasks, features and grids are made of."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from methods.mimic3.channels import CHANNELS, NAMES

Array = NDArray[np.float64]

EPS = 1e-6
"""Times in hours that differ by less are the same, here and in all stages."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Stay:
    """One ICU stay and what was observed in it."""

    stay_id: int
    subject_id: int
    los_hours: float
    """From entry into the unit to leaving it."""
    died: bool
    """In hospital, be it in the unit or later."""
    hours_to_death: float = math.inf
    """From entry into the unit; infinite where no time of death is known."""
    age: float = math.nan
    codes: tuple[str, ...] = ()
    """ICD-9 codes of the admission, without points."""
    hours: Array
    """When something was observed, after entry, shape (n,), increasing."""
    values: Array
    """What was observed, shape (n, 17), NaN where nothing was; categories by their index."""

    def __post_init__(self) -> None:
        """Raise ValueError where times and values do not make an episode of this stay."""
        if self.values.shape != (len(self.hours), len(CHANNELS)):
            raise ValueError(
                f"stay {self.stay_id}: values have shape {self.values.shape} and there are "
                f"{len(self.hours)} hours: give a row for each, and {len(CHANNELS)} columns"
            )
        inside = (self.hours > -EPS) & (self.hours < self.los_hours + EPS)
        if not (len(self.hours) and inside.all() and np.all(np.diff(self.hours) > 0)):
            raise ValueError(
                f"stay {self.stay_id}: hours must be increasing, at least one, and within "
                f"[0, {self.los_hours:g}]"
            )
        if np.isnan(self.values).all(axis=1).any() or np.isinf(self.values).any():
            raise ValueError(f"stay {self.stay_id}: each hour needs a finite value of some channel")

    def frame(self) -> pd.DataFrame:
        """Return the observations as a table: hours by channels, categories by their names."""
        table = pd.DataFrame(self.values, index=pd.Index(self.hours, name="Hours"), columns=NAMES)
        for channel in CHANNELS:
            if channel.categories:
                names = dict(enumerate(channel.categories))
                table[channel.name] = table[channel.name].map(names).astype(object)
        return table
