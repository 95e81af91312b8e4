"""Values of mimic3 come out in the units of their channels, or with the reason why not."""

from math import nan

import numpy as np
import pandas as pd
import pytest

from methods.mimic3 import channels
from methods.mimic3.cleaning import FATES, Cleaning, clean

PLAIN = Cleaning()


def cleaned(item, value, unit=None, options=PLAIN):
    """Return the number of one event, and its fate."""
    number, fate = clean(
        np.array([channels.ITEMS[item]]),
        np.array([item]),
        pd.Series([value], dtype=object),
        pd.Series([unit], dtype=object),
        options,
    )
    return float(number[0]), FATES[fate[0]]


@pytest.mark.parametrize(
    ("item", "value", "unit", "expected"),
    [
        pytest.param(211, "80", "bpm", 80, id="heart-rate"),
        pytest.param(455, "120/80", "mmHg", 120, id="systolic-of-a-pair"),
        pytest.param(8441, "120/80", "mmHg", 80, id="diastolic-of-a-pair"),
        pytest.param(455, "118", None, 118, id="systolic-alone"),
        pytest.param(3420, "50", "%", 0.5, id="oxygen-in-percent"),
        pytest.param(223835, "0.4", None, 0.4, id="oxygen-as-a-fraction"),
        pytest.param(223835, "1", "", 1.0, id="pure-oxygen"),
        pytest.param(3420, "300", "torr", 300, id="oxygen-in-torr"),
        pytest.param(646, "0.97", "%", 97, id="saturation-as-a-fraction"),
        pytest.param(646, "97", "%", 97, id="saturation-in-percent"),
        pytest.param(678, "98.6", "Deg. F", 37, id="fahrenheit"),
        pytest.param(676, "37.2", "Deg. C", 37.2, id="celsius"),
        pytest.param(223762, "98.6", "?C", 37, id="fahrenheit-under-celsius"),
        pytest.param(678, "37.0", "Deg. F", 37.0, id="celsius-under-fahrenheit"),
        pytest.param(763, "80", "kg", 80, id="kilograms"),
        pytest.param(763, "100", "lb", 45.3592, id="pounds-by-unit"),
        pytest.param(226531, "100", None, 45.3592, id="pounds-by-item"),
        pytest.param(3582, "1600", None, 45.3592, id="ounces-by-item"),
        pytest.param(226730, "170", "cm", 170, id="centimetres"),
        pytest.param(226707, "67", "Inch", 170, id="inches-by-unit"),
        pytest.param(1394, "67", None, 170, id="inches-by-item"),
        pytest.param(50820, "7.41", "units", 7.41, id="acidity"),
        pytest.param(3348, "Brisk", None, 0, id="refill-brisk"),
        pytest.param(3348, "Normal <3 secs", None, 0, id="refill-normal"),
        pytest.param(115, "Delayed", None, 1, id="refill-delayed"),
        pytest.param(8377, "Abnormal >3 secs", None, 1, id="refill-abnormal"),
    ],
)
def test_values_come_in_the_units_of_their_channel(item, value, unit, expected):
    """Pairs, percent, Fahrenheit, pounds, ounces and inches are read as what they mean."""
    assert cleaned(item, value, unit) == (pytest.approx(expected), "kept")


@pytest.mark.parametrize(
    ("item", "value", "name"),
    [
        pytest.param(184, "None", "None", id="eyes-none"),
        pytest.param(220739, "To Speech", "To Speech", id="eyes"),
        pytest.param(454, "6 Obeys Commands", "6 Obeys Commands", id="motion"),
        pytest.param(223900, "No Response-ETT", "No Response-ETT", id="speech"),
        pytest.param(198, "15", "15", id="total"),
        pytest.param(198, "15.0", "15", id="total-with-a-point"),
    ],
)
def test_categories_keep_their_names(item, value, name):
    """Words of the coma scale become the index of their category."""
    number, fate = cleaned(item, value)
    categories = list(channels.CHANNELS[channels.ITEMS[item]].categories)
    assert (categories[int(number)], fate) == (name, "kept")


@pytest.mark.parametrize(
    ("item", "value", "unit", "fate"),
    [
        pytest.param(50931, "ERROR", "mg/dL", "not a number", id="lab-error"),
        pytest.param(50820, "-7.4", "units", "not a number", id="negative-lab"),
        pytest.param(211, "inf", "bpm", "not a number", id="infinite"),
        pytest.param(211, "nan", "bpm", "not a number", id="nan"),
        pytest.param(455, "120/", "mmHg", "not a number", id="half-a-pair"),
        pytest.param(211, "80/70", "bpm", "not a number", id="pair-of-no-pressure"),
        pytest.param(184, "0", None, "not a category", id="eyes-0"),
        pytest.param(198, "16", None, "not a category", id="total-16"),
        pytest.param(198, "3.5", None, "not a category", id="total-3.5"),
        pytest.param(3348, "Other/Remarks", None, "not a category", id="refill-other"),
        pytest.param(50931, "6.1", "mmol/L", "unknown unit", id="glucose-in-millimoles"),
        pytest.param(763, "12", "stone", "unknown unit", id="weight-in-stones"),
    ],
)
def test_what_cannot_be_read_has_a_reason(item, value, unit, fate):
    """Values that stand for nothing become NaN, and tell why."""
    number, found = cleaned(item, value, unit)
    assert np.isnan(number)
    assert found == fate


@pytest.mark.parametrize(
    ("option", "item", "value", "unit", "expected"),
    [
        pytest.param({"fio2": "divide all"}, 223835, "0.4", None, 0.004, id="oxygen"),
        pytest.param({"fio2": "divide all"}, 3420, "300", "torr", 300, id="oxygen-in-torr"),
        pytest.param({"fahrenheit": "unit"}, 678, "50", None, 10, id="fahrenheit-by-item"),
        pytest.param({"fahrenheit": "unit"}, 676, "50", "Deg. F", 10, id="fahrenheit-by-unit"),
        pytest.param({"fahrenheit": "unit"}, 676, "98.6", None, 37, id="fahrenheit-by-value"),
        pytest.param({"ranges": "apply"}, 50931, "20", "mg/dL", 33, id="moved-up"),
        pytest.param({"ranges": "apply"}, 646, "120", "%", 100, id="moved-down"),
        pytest.param({"ranges": "apply"}, 646, "170", "%", nan, id="outlier"),
        pytest.param({"ranges": "ignore"}, 646, "170", "%", 170, id="outlier-left"),
        pytest.param({"unknown_units": "keep"}, 50931, "6.1", "mmol/L", 6.1, id="unit-left"),
    ],
)
def test_ambiguities_are_options(option, item, value, unit, expected):
    """Each option changes the values that it names."""
    number, _ = cleaned(item, value, unit, Cleaning(**option))
    assert number == pytest.approx(expected, nan_ok=True)


def test_outliers_are_named():
    """A value beyond its range is an outlier where ranges are applied."""
    assert cleaned(646, "170", "%", Cleaning(ranges="apply"))[1] == "outlier"


def test_each_channel_has_items_and_a_normal_value():
    """There are 114 items, each of one channel, and a normal value of each channel."""
    assert len(channels.ITEMS) == sum(len(c.items) for c in channels.CHANNELS) == 114
    assert len(channels.CHANNELS) == 17
    assert list(channels.NAMES) == sorted(channels.NAMES)
    for channel in channels.CHANNELS:
        if channel.categories:
            assert list(channel.categories) == sorted(channel.categories)
            assert 0 <= channel.normal < len(channel.categories)
        else:
            assert channel.range[1] <= channel.normal <= channel.range[2]


def test_options_are_those_that_there_are():
    """An option that is none of the choices raises an error that names them."""
    with pytest.raises(ValueError, match=r"fio2 is 'percent': give one of \('percent above 1', "):
        Cleaning(fio2="percent")


def test_no_events_are_clean():
    """Nothing to clean gives nothing."""
    nothing = np.array([], dtype=np.intp)
    number, fate = clean(
        nothing, nothing, pd.Series([], dtype=str), pd.Series([], dtype=str), PLAIN
    )
    assert len(number) == len(fate) == 0
