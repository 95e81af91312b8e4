"""From the text of an event to the number of its channel, or the reason why there is none.

The original (mimic3benchmark/preprocessing.py) does the same, but for what ``Cleaning`` lets
one choose, and for text that is no number: there it stops the program or reaches the models.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Literal, Self, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from methods.mimic3.channels import CHANNELS, INDEX, ITEM_UNITS

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

KEPT, NO_NUMBER, NO_CATEGORY, UNKNOWN_UNIT, OUTLIER = range(5)
FATES = ("kept", "not a number", "not a category", "unknown unit", "outlier")


@dataclass(frozen=True, kw_only=True)
class Cleaning:
    """How values are read where the original is ambiguous."""

    fio2: Literal["percent above 1", "divide all"] = "percent above 1"
    """Inspired oxygen above 1 is in percent. The original means that too, but divides all
    values whose unit is not torr by 100, so that 0.4 becomes 0.004."""
    fahrenheit: Literal["value", "unit"] = "value"
    """Temperatures of 79 and more are in Fahrenheit ("value"), or also those whose unit or item
    says so ("unit"). The original means the second and does the first: it looks for a capital F
    in text that it has just put in small letters."""
    ranges: Literal["ignore", "apply"] = "ignore"
    """Whether values beyond the outlier range are dropped, and those between it and the valid
    range moved to the latter. The original holds the ranges and does not apply them."""
    unknown_units: Literal["drop", "keep"] = "drop"
    """What to do with a value in a unit that its channel does not come in; either way it is
    named. The original looks at the units of oxygen, temperature, weight and height only."""

    simultaneous: Literal["largest", "last in text"] = "largest"
    """Which of several values of a channel at one time counts. Of heart rate, respiratory rate
    and mean blood pressure the original takes the last in the order of text, 99 before 100;
    of other channels both are the largest, and of categories the last in alphabetical order."""

    @classmethod
    def published(cls) -> Self:
        """Return what the original does, whose samples the published results are of."""
        return cls(fio2="divide all", unknown_units="keep", simultaneous="last in text")

    def __post_init__(self) -> None:
        """Raise ValueError where an option is none of those that there are."""
        for one in fields(self):
            choices, chosen = get_args(one.type), getattr(self, one.name)
            if chosen not in choices:
                raise ValueError(f"{one.name} is {chosen!r}: give one of {choices}")


def clean(
    channels: NDArray[np.intp],
    items: NDArray[np.int64],
    values: pd.Series,
    units: pd.Series,
    options: Cleaning,
) -> tuple[Array, NDArray[np.int8]]:
    """Return a number for each event (the index of a category), and its fate in ``FATES``.

    Values and units are text, units also missing; the numbers of events that are not kept
    are NaN.
    """
    text = values.to_numpy(dtype=object)
    number = pd.to_numeric(pd.Series(text), errors="coerce").to_numpy(np.float64, copy=True)
    _split_pressures(channels, text, number)
    number[~np.isfinite(number)] = np.nan
    unit = Units(units)
    _convert(channels, items, unit, number, options)
    fate = np.where(np.isnan(number), NO_NUMBER, KEPT).astype(np.int8)
    for index, channel in enumerate(CHANNELS):
        mine = np.flatnonzero(channels == index)
        if channel.categories:
            number[mine] = _categories(index, text[mine], number[mine])
            fate[mine] = np.where(np.isnan(number[mine]), NO_CATEGORY, KEPT)
        elif options.ranges == "apply":
            number[mine] = within(number[mine], channel.range)
            fate[mine[np.isnan(number[mine]) & (fate[mine] == KEPT)]] = OUTLIER
    fate[_in_unknown_units(channels, unit) & (fate == KEPT)] = UNKNOWN_UNIT
    if options.unknown_units == "drop":
        number[fate == UNKNOWN_UNIT] = np.nan
    return number, fate


class Units:
    """The units of events, in small letters, digits and %, without all else."""

    def __init__(self, units: pd.Series) -> None:
        self._codes, distinct = pd.factorize(units)
        self._names = ["".join(re.findall("[a-z0-9%]", str(unit).lower())) for unit in distinct]
        self._names.append("")  # where the code is -1, for events that have none

    def among(self, names: Collection[str]) -> Mask:
        """Return which events come in one of these units."""
        return np.array([name in names for name in self._names])[self._codes]


def within(values: Array, span: tuple[float, float, float, float]) -> Array:
    """Return values moved into the valid range, NaN beyond the outlier range."""
    outlier_low, low, high, outlier_high = span
    beyond = (values < outlier_low) | (values > outlier_high)
    moved: Array = np.where(beyond, np.nan, np.clip(values, low, high))
    return moved


def _split_pressures(channels: NDArray[np.intp], text: NDArray[np.object_], number: Array) -> None:
    """Read "120/80" as a systolic pressure of 120 and a diastolic one of 80, in place."""
    for name, part in (("Systolic blood pressure", 0), ("Diastolic blood pressure", 1)):
        mine = np.flatnonzero((channels == INDEX[name]) & np.isnan(number))
        parts = pd.Series(text[mine], dtype=object).astype(str).str.extract(r"^(\d+)/(\d+)$")
        number[mine] = parts[part].astype(np.float64)


def _convert(
    channels: NDArray[np.intp],
    items: NDArray[np.int64],
    unit: Units,
    number: Array,
    options: Cleaning,
) -> None:
    """Bring numbers to percent, fractions, degrees Celsius, kilograms and centimetres, in place."""
    said = Units(pd.Series(items).map(ITEM_UNITS))

    def of(name: str, *units: str) -> Mask:
        mine: Mask = channels == INDEX[name]
        return mine & (said.among(units) | unit.among(units)) if units else mine

    with np.errstate(invalid="ignore"):
        saturation = of("Oxygen saturation") & (number <= 1)
        oxygen = of("Fraction inspired oxygen") & ~of("Fraction inspired oxygen", "torr")
        hot = of("Temperature") & (number >= 79)  # noqa: PLR2004  no body is at 79 degrees Celsius
        if options.fio2 == "percent above 1":
            oxygen &= number > 1
    if options.fahrenheit == "unit":
        hot |= of("Temperature", "f", "degf")
    number[saturation] *= 100
    number[oxygen] /= 100
    number[hot] = (number[hot] - 32) * 5 / 9
    ounces, inches = of("Weight", "oz"), of("Height", "in", "inch", "inches")
    number[ounces] /= 16
    number[ounces | of("Weight", "lb", "lbs")] *= 0.453592
    number[inches] = np.round(number[inches] * 2.54)
    labs = of("Glucose") | of("pH") | of("Oxygen saturation")
    number[labs & (np.nan_to_num(number) < 0)] = np.nan  # the original's pattern has no sign


_REFILL = {"Normal <3 secs": 0.0, "Brisk": 0.0, "Abnormal >3 secs": 1.0, "Delayed": 1.0}


def _categories(index: int, text: NDArray[np.object_], number: Array) -> Array:
    """Return the index of each text among the channel's categories, NaN where it is none."""
    channel = CHANNELS[index]
    if channel.name == "Capillary refill rate":
        names = _REFILL
    else:
        names = {name: float(i) for i, name in enumerate(channel.categories)}
    cells = pd.Series(text, dtype=object)
    if channel.name == "Glascow coma scale total":  # "15", "15.0" and 15 are the same total
        whole = pd.Series(number).where(number % 1 == 0)
        cells = whole.map(lambda total: f"{total:.0f}", na_action="ignore")
    return np.asarray(cells.map(names), dtype=np.float64)


def _in_unknown_units(channels: NDArray[np.intp], unit: Units) -> Mask:
    """Return which events have a unit, and not one that their channel comes in."""
    unknown = np.zeros(len(channels), dtype=bool)
    for index, channel in enumerate(CHANNELS):
        if channel.units:
            known = unit.among({*channel.units, "", "none"})
            unknown |= (channels == index) & ~known
    return unknown
