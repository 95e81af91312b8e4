"""The 17 channels: their categories, normal values, ranges, units and item numbers.

Names (with the spelling "Glascow" of the data's schema), categories, normal values, ranges and
the 114 item numbers are facts of the benchmark's configuration, YerevaNN/mimic3-benchmarks
(MIT licence, copyright 2017 YerevaNN): discretizer_config.json, channel_info.json,
variable_ranges.csv, and the rows of itemid_to_variable_map.csv whose status is "ready".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Channel:
    """One variable of a stay."""

    name: str
    normal: float
    """What to impute before the first observation; of a categorical channel, a category's index."""
    items: tuple[int, ...]
    """The ITEMIDs of CHARTEVENTS and LABEVENTS that measure it."""
    range: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """Outlier low, valid low, valid high, outlier high."""
    units: frozenset[str] = frozenset()
    """The units that its values may come in, in lower-case letters, digits and %."""
    categories: Mapping[str, float] = field(default_factory=dict)
    """The number that stands for each category, in alphabetical order; empty if continuous."""


def _categorical(
    name: str, normal: str, items: tuple[int, ...], categories: Mapping[str, float]
) -> Channel:
    ordered = dict(sorted(categories.items()))
    numbers = MappingProxyType(ordered)
    return Channel(name, list(ordered).index(normal), items, categories=numbers)


def _continuous(
    name: str,
    normal: float,
    items: tuple[int, ...],
    span: tuple[float, float, float, float],
    units: str,
) -> Channel:
    return Channel(name, normal, items, span, frozenset(units.split()))


_EYES = {
    "None": 0,
    "1 No Response": 1,
    "2 To pain": 2,
    "To Pain": 2,
    "3 To speech": 3,
    "To Speech": 3,
    "4 Spontaneously": 4,
    "Spontaneously": 4,
}
_MOTION = {
    "1 No Response": 1,
    "No response": 1,
    "2 Abnorm extensn": 2,
    "Abnormal extension": 2,
    "3 Abnorm flexion": 3,
    "Abnormal Flexion": 3,
    "4 Flex-withdraws": 4,
    "Flex-withdraws": 4,
    "5 Localizes Pain": 5,
    "Localizes Pain": 5,
    "6 Obeys Commands": 6,
    "Obeys Commands": 6,
}
_SPEECH = {
    "No Response-ETT": 1,
    "No Response": 1,
    "1 No Response": 1,
    "1.0 ET/Trach": 1,
    "2 Incomp sounds": 2,
    "Incomprehensible sounds": 2,
    "3 Inapprop words": 3,
    "Inappropriate Words": 3,
    "4 Confused": 4,
    "Confused": 4,
    "5 Oriented": 5,
    "Oriented": 5,
}
_TOTAL = {str(total): total for total in range(3, 16)}

_DIASTOLIC = (8368, 220051, 225310, 8555, 8441, 220180, 8502, 8440, 8503, 8504, 8507, 8506, 224643)
_MEAN = (52, 220052, 225312, 224, 6702, 224322, 456, 220181, 3312, 3314, 3316, 3322, 3320)
_SYSTOLIC: tuple[int, ...] = (
    51,
    220050,
    225309,
    6701,
    455,
    220179,
    3313,
    3315,
    442,
    3317,
    3323,
    3321,
)
_SYSTOLIC += (224167, 227243)
_GLUCOSE = (50931, 807, 811, 1529, 50809, 51478, 3745, 225664, 220621, 226537)
_BREATHS = (618, 220210, 3603, 224689, 614, 651, 224422, 615, 224690)
_ACIDITY = (50820, 51491, 3839, 1673, 50831, 51094, 780, 1126, 223830, 4753, 4202, 860, 220274)

CHANNELS: tuple[Channel, ...] = (
    _categorical("Capillary refill rate", "0.0", (3348, 115, 8377), {"0.0": 0, "1.0": 1}),
    _continuous("Diastolic blood pressure", 59.0, _DIASTOLIC, (0, 0, 375, 375), "mmhg"),
    _continuous(
        "Fraction inspired oxygen",
        0.21,
        (3420, 223835, 3422, 189, 727),
        (0.2, 0.21, 1, 1.1),
        "% torr fraction",
    ),
    _categorical("Glascow coma scale eye opening", "4 Spontaneously", (184, 220739), _EYES),
    _categorical("Glascow coma scale motor response", "6 Obeys Commands", (454, 223901), _MOTION),
    _categorical("Glascow coma scale total", "15", (198,), _TOTAL),
    _categorical("Glascow coma scale verbal response", "5 Oriented", (723, 223900), _SPEECH),
    _continuous("Glucose", 128.0, _GLUCOSE, (0, 33, 2000, 2200), "mgdl"),
    _continuous("Heart Rate", 86.0, (211, 220045), (0, 0, 350, 390), "bpm"),
    _continuous("Height", 170.0, (226707, 226730, 1394), (0, 0, 240, 275), "cm in inch inches"),
    _continuous("Mean blood pressure", 77.0, _MEAN, (0, 14, 330, 375), "mmhg"),
    _continuous(
        "Oxygen saturation",
        98.0,
        (834, 50817, 8498, 220227, 646, 220277),
        (0, 0, 100, 150),
        "%",
    ),
    _continuous("Respiratory rate", 19.0, _BREATHS, (0, 0, 300, 330), "bpm inspmin breathsmin"),
    _continuous("Systolic blood pressure", 118.0, _SYSTOLIC, (0, 0, 375, 375), "mmhg"),
    _continuous(
        "Temperature",
        36.6,
        (3655, 677, 676, 223762, 3654, 678, 223761, 679),
        (14.2, 26, 45, 47),
        "c f degc degf",
    ),
    _continuous(
        "Weight",
        81.0,
        (763, 224639, 226512, 3580, 3693, 3581, 226531, 3582),
        (0, 0, 250, 250),
        "kg lb lbs oz",
    ),
    _continuous("pH", 7.4, _ACIDITY, (6.3, 6.3, 8.4, 10), "units ph"),
)
"""In alphabetical order, which is the order of all columns."""

NAMES: tuple[str, ...] = tuple(channel.name for channel in CHANNELS)
INDEX: Mapping[str, int] = MappingProxyType({name: i for i, name in enumerate(NAMES)})
ITEMS: Mapping[int, int] = MappingProxyType(
    {item: i for i, channel in enumerate(CHANNELS) for item in channel.items}
)
"""The channel of each ITEMID."""

ITEM_UNITS: Mapping[int, str] = MappingProxyType(
    dict.fromkeys((3654, 678, 223761, 679), "f")
    | dict.fromkeys((226707, 1394), "in")
    | dict.fromkeys((3581, 226531), "lb")
    | {3582: "oz"}
)
"""The units that an item's label states, where it changes how values are read.

The label of 226707 is plain "Height"; its unit, inches, stands beside it in the map.
"""
