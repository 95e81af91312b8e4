"""Events matched to stays: which rows of a table are observations of which stay.

As the original does (validate_events.py): by admission, and by ICU stay where that is told. It
takes events from before and after a stay along, which none of its tasks looks at.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from methods.mimic3 import tables
from methods.mimic3.channels import CHANNELS, ITEMS
from methods.mimic3.cleaning import FATES, UNKNOWN_UNIT, Cleaning, clean
from methods.mimic3.reports import Report
from methods.mimic3.stays import EPS

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

RECORD = np.dtype([("stay", "<i4"), ("channel", "u1"), ("hour", "<f8"), ("value", "<f8")])

_CHANNEL_OF = np.full(max(ITEMS) + 2, -1, dtype=np.intp)
_CHANNEL_OF[list(ITEMS)] = list(ITEMS.values())


class Sieve:
    """A chunk of a table of events; its rows leave it for one reason after another."""

    def __init__(self, chunk: pd.DataFrame, table: str, path: Path, report: Report) -> None:
        self.rows = chunk
        self.place = (path, table, report)
        nothing = np.zeros(len(chunk), dtype=np.intp)
        self.channel, self.stay, self.hour = nothing, nothing, nothing.astype(np.float64)

    def keep(self, good: NDArray[np.bool_], otherwise: str) -> None:
        """Keep the good rows, and count the others."""
        _, table, report = self.place
        report.count(table, otherwise, len(good) - int(good.sum()))
        self.rows = self.rows[good]
        self.channel, self.stay, self.hour = self.channel[good], self.stay[good], self.hour[good]

    def numbers(self, column: str) -> Array:
        """Return a column of whole numbers, NaN where empty, of the rows where it is sound."""
        found, bad = tables.numbers(self.rows, column, *self.place)
        self.keep(~bad.to_numpy(), f"bad {column}")
        return found[~bad].to_numpy()

    def times(self, column: str) -> NDArray[np.datetime64]:
        """Return a column of times, of the rows where it is sound."""
        found, bad = tables.times(self.rows, column, *self.place)
        self.keep(~bad.to_numpy(), f"bad {column}")
        return found[~bad].to_numpy()


def match(sieve: Sieve, stays: pd.DataFrame, cleaning: Cleaning) -> NDArray[Any]:
    """Return the events in the sieve that belong to stays, as records with clean values.

    ``stays`` is as ``selection.select`` returns it; the records name its rows.
    """
    path, _, report = sieve.place
    sieve.keep(tables.whole(sieve.rows, path, report).to_numpy(), "too many cells")
    item = sieve.numbers("ITEMID")
    sieve.channel = _CHANNEL_OF[np.clip(item, -1, len(_CHANNEL_OF) - 1).astype(np.intp)]
    sieve.keep(sieve.channel >= 0, "item of no channel")
    _find_stays(sieve, stays)
    sieve.keep(sieve.rows["VALUE"].notna().to_numpy(), "no value")
    since = sieve.times("CHARTTIME") - stays["INTIME"].to_numpy()[sieve.stay]
    sieve.hour = since / np.timedelta64(3600, "s")
    sieve.keep(sieve.hour > -EPS, "before the stay")
    sieve.keep(sieve.hour < stays["LOS"].to_numpy()[sieve.stay] + EPS, "after the stay")
    value = _clean(sieve, cleaning)
    records = np.empty(len(value), dtype=RECORD)
    records["stay"], records["channel"] = sieve.stay, sieve.channel
    records["hour"], records["value"] = sieve.hour, value
    return records


def _find_stays(sieve: Sieve, stays: pd.DataFrame) -> None:
    admission = sieve.numbers("HADM_ID")
    told = ~np.isnan(admission)
    sieve.keep(told, "no HADM_ID")
    sieve.stay = pd.Index(stays["HADM_ID"]).get_indexer(admission[told].astype(np.int64))
    sieve.keep(sieve.stay >= 0, "admission not taken")
    subject = sieve.numbers("SUBJECT_ID")
    own = stays["SUBJECT_ID"].to_numpy()[sieve.stay]
    sieve.keep(subject == own, "admission of another subject")
    if "ICUSTAY_ID" in sieve.rows:
        unit = sieve.numbers("ICUSTAY_ID")
        own = stays["ICUSTAY_ID"].to_numpy()[sieve.stay]
        sieve.keep(np.isnan(unit) | (unit == own), "another ICU stay")


def _clean(sieve: Sieve, cleaning: Cleaning) -> Array:
    """Return the values of the events whose values can be used."""
    items = sieve.rows["ITEMID"].to_numpy().astype(np.int64)
    texts, units = sieve.rows["VALUE"], sieve.rows["VALUEUOM"]
    value, fate = clean(sieve.channel, items, texts, units, cleaning)
    _report_units(sieve, fate)
    for code, name in enumerate(FATES):
        left = ~((fate == code) & np.isnan(value))
        sieve.keep(left, name)
        value, fate = value[left], fate[left]
    _, table, report = sieve.place
    report.count(table, "kept", len(value))
    return value


def _report_units(sieve: Sieve, fate: NDArray[np.int8]) -> None:
    path, _, report = sieve.place
    for row in np.flatnonzero(fate == UNKNOWN_UNIT):
        channel = CHANNELS[int(sieve.channel[row])]
        report.add(
            path,
            int(sieve.rows.index[int(row)]),
            "VALUEUOM",
            f"is no unit of {channel.name}",
            sieve.rows["VALUEUOM"].iloc[int(row)],
            f"convert the value to {' or '.join(sorted(channel.units))}",
        )
