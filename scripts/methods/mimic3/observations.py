"""What is charted of the synthetic cohort's stays, as the text that nurses and labs leave."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from methods.mimic3.phenotypes import PHENOTYPES

Array = NDArray[np.float64]
Generator = np.random.Generator


ONCE = 10_000.0
"""The hours between things that are charted once, which is early in a stay."""
_EARLY = 6.0


@dataclass(frozen=True)
class Sign:
    """A number that is charted again and again."""

    name: str
    every: float
    """Hours from one to the next."""
    usual: float
    slope: float
    """How it moves with severity."""
    between: float
    """Standard deviation of stays."""
    within: float
    """Standard deviation of a stay's values."""
    digits: int
    items: tuple[int, int]
    """ITEMIDs of the two record systems; for labs, the same twice."""
    unit: str


SIGNS = (
    Sign("heart rate", 1, 82, 7, 9, 6, 0, (211, 220045), "bpm"),
    Sign("systolic", 2, 122, -7, 13, 9, 0, (455, 220179), "mmHg"),
    Sign("diastolic", 2, 61, -4, 8, 6, 0, (8441, 220180), "mmHg"),
    Sign("mean pressure", 1, 79, -5, 7, 6, 0, (456, 220181), "mmHg"),
    Sign("breaths", 1, 18.5, 2.1, 2.5, 3, 0, (618, 220210), "insp/min"),
    Sign("saturation", 1, 97.3, -0.8, 1.2, 1.1, 0, (646, 220277), "%"),
    Sign("temperature", 4, 36.9, 0.1, 0.4, 0.3, 1, (678, 223761), "?F"),
    Sign("glucose", 6, 128, 9, 22, 22, 0, (807, 225664), ""),
    Sign("lab glucose", 12, 130, 9, 22, 20, 0, (50931, 50931), "mg/dL"),
    Sign("acidity", 10, 7.385, -0.03, 0.03, 0.03, 2, (50820, 50820), "units"),
    Sign("oxygen", 6, 0.42, 0.06, 0.08, 0.04, 2, (3420, 223835), ""),
    Sign("weight", 24, 81, 0, 18, 0.8, 1, (763, 226512), "kg"),
    Sign("height", ONCE, 170, 0, 10, 0, 0, (1394, 226730), "cm"),
)
LABS = {"lab glucose", "acidity"}

_EFFECTS = {
    ("Septicemia (except in labor)", "temperature"): 0.7,
    ("Septicemia (except in labor)", "heart rate"): 9,
    ("Shock", "mean pressure"): -8,
    ("Shock", "systolic"): -12,
    ("Essential hypertension", "systolic"): 12,
    ("Diabetes mellitus without complication", "glucose"): 45,
    ("Diabetes mellitus with complications", "glucose"): 70,
    ("Chronic obstructive pulmonary disease and bronchiectasis", "saturation"): -2,
    ("Respiratory failure; insufficiency; arrest (adult)", "oxygen"): 0.12,
    ("Acute and unspecified renal failure", "acidity"): -0.04,
    ("Cardiac dysrhythmias", "heart rate"): 8,
}
"""How a phenotype moves a sign."""

_EYES = ("1 No Response", "2 To pain", "3 To speech", "4 Spontaneously")
_EYES_TOO = ("None", "To Pain", "To Speech", "Spontaneously")
_SPEECH = ("1 No Response", "2 Incomp sounds", "3 Inapprop words", "4 Confused", "5 Oriented")
_SPEECH_TOO: tuple[str, ...] = (
    "No Response",
    "Incomprehensible sounds",
    "Inappropriate Words",
    "Confused",
)
_SPEECH_TOO += ("Oriented",)
_MOTION: tuple[str, ...] = (
    "1 No Response",
    "2 Abnorm extensn",
    "3 Abnorm flexion",
    "4 Flex-withdraws",
)
_MOTION += ("5 Localizes Pain", "6 Obeys Commands")
_MOTION_TOO: tuple[str, ...] = (
    "No response",
    "Abnormal extension",
    "Abnormal Flexion",
    "Flex-withdraws",
)
_MOTION_TOO += ("Localizes Pain", "Obeys Commands")
_RATINGS = (
    (1.0, (184, 220739), (_EYES, _EYES_TOO)),
    (1.3, (723, 223900), (_SPEECH, _SPEECH_TOO)),
    (1.5, (454, 223901), (_MOTION, _MOTION_TOO)),
)
"""How consciousness falls with severity, its items, and its words in the two record systems."""


def draw(rng: Generator, stays: pd.DataFrame, labels: NDArray[np.bool_]) -> dict[str, pd.DataFrame]:
    """Return the events of stays, by table: place of the stay, hour, item, value and unit."""
    charts = [_consciousness(rng, stays), _refill(rng, stays)]
    labs: list[pd.DataFrame] = []
    for sign in SIGNS:
        drawn = _signs(rng, sign, stays, labels)
        (labs if sign.name in LABS else charts).append(drawn)
    tables = {"CHARTEVENTS": charts, "LABEVENTS": labs}
    return {
        name: pd.concat(parts).sort_values(["stay", "hour"], kind="stable", ignore_index=True)
        for name, parts in tables.items()
    }


def severity(stays: pd.DataFrame, stay: NDArray[np.intp], hour: Array) -> Array:
    """Return how ill patients are at these hours: less towards leaving, more towards death."""
    left = (stays["DEATH"] - stays["INTIME"]).to_numpy()[stay] - hour
    gone = hour / (24 * stays["LOS"].to_numpy()[stay])
    hidden: Array = stays["SEVERITY"].to_numpy()[stay] - stays["RECOVERY"].to_numpy()[stay] * gone
    return hidden + 2.0 * np.exp(-np.maximum(left, 0) / 18)


def schedule(
    rng: Generator, stays: pd.DataFrame, every: float, share: float = 1.0
) -> tuple[NDArray[np.intp], Array]:
    """Return the stays' places and hours of a thing charted now and then in a share of stays."""
    length = 24 * stays["LOS"].to_numpy()
    times = np.where(rng.random(len(stays)) < share, np.ceil(length / every), 0).astype(np.intp)
    stay = np.repeat(np.arange(len(stays)), times)
    order = np.arange(len(stay)) - np.repeat(np.cumsum(times) - times, times)
    hour = (order + rng.random(len(stay))) * (_EARLY if every == ONCE else every)
    inside = hour < length[stay]
    return stay[inside], hour[inside]


def _signs(
    rng: Generator, sign: Sign, stays: pd.DataFrame, labels: NDArray[np.bool_]
) -> pd.DataFrame:
    share = {"oxygen": 0.5, "acidity": 0.7, "height": 0.4}.get(sign.name, 1.0)
    stay, hour = schedule(rng, stays, sign.every, share)
    level = sign.usual + sign.between * rng.normal(size=len(stays))
    for (phenotype, name), effect in _EFFECTS.items():
        if name == sign.name.removeprefix("lab "):
            level = level + effect * labels[:, PHENOTYPES.index(phenotype)]
    number = level[stay] + sign.slope * severity(stays, stay, hour)
    number += sign.within * rng.normal(size=len(stay))
    modern = stays["METAVISION"].to_numpy()[stay]
    item = np.where(modern, sign.items[1], sign.items[0])
    unit = np.full(len(stay), sign.unit, dtype=object)
    number, item, unit = _in_units(rng, sign.name, number, item, unit)
    value = np.char.mod(f"%.{sign.digits}f", number).astype(object)
    _make_odd(rng, sign.name, value)
    return pd.DataFrame({"stay": stay, "hour": hour, "item": item, "value": value, "unit": unit})


def _in_units(
    rng: Generator, name: str, number: Array, item: NDArray[np.int64], unit: NDArray[np.object_]
) -> tuple[Array, NDArray[np.int64], NDArray[np.object_]]:
    """Return numbers in the units of their items; some signs come in several."""
    some = rng.random(len(number)) < 0.3  # noqa: PLR2004  a good part
    if name == "saturation":
        number = np.minimum(number, 100)
    elif name == "temperature":
        number = np.where(some, number, number * 9 / 5 + 32)
        item = np.where(some, np.where(item == 678, 676, 223762), item)  # noqa: PLR2004  an item
        unit[some] = "?C"
    elif name == "oxygen":
        number = np.clip(number, 0.21, 1)
        number, unit[~some] = np.where(some, number, np.round(100 * number)), "%"
    elif name == "weight":
        number = np.where(some, np.maximum(number, 35) / 0.453592, np.maximum(number, 35))
        item = np.where(some, np.where(item == 763, 3581, 226531), item)  # noqa: PLR2004  an item
        unit[some] = "lb"
    elif name == "height":
        inches = item == 1394  # noqa: PLR2004  an item
        number, unit[inches] = np.where(inches, np.round(number / 2.54), number), ""
    elif "glucose" in name:
        number = np.maximum(number, 40)
    return number, item, unit


def _make_odd(rng: Generator, name: str, value: NDArray[np.object_]) -> None:
    """Write some values as nobody should, in place."""
    odd = np.flatnonzero(rng.random(len(value)) < 0.005)  # noqa: PLR2004  one in 200
    if name == "systolic":
        value[odd] = [f"{one}/{int(one) // 2}" for one in value[odd]]
    elif name in LABS:
        value[odd] = "ERROR"
    elif name == "saturation":
        value[odd] = [f"{float(one) / 100:.2f}" for one in value[odd]]


def _consciousness(rng: Generator, stays: pd.DataFrame) -> pd.DataFrame:
    """Return the three ratings of the coma scale, and in the older system their sum."""
    stay, hour = schedule(rng, stays, 4)
    modern = stays["METAVISION"].to_numpy()[stay]
    ill = severity(stays, stay, hour) + rng.normal(size=len(stays))[stay]
    total, parts = np.zeros(len(stay)), []
    for slope, items, words in _RATINGS:
        most = len(words[0])
        depth = slope * np.maximum(ill - 0.5, 0) + 0.4 * rng.normal(size=len(stay))
        rating = np.clip(np.rint(most - depth), 1, most).astype(np.intp)
        text = np.where(modern, np.take(words[1], rating - 1), np.take(words[0], rating - 1))
        parts.append((np.where(modern, items[1], items[0]), text.astype(object)))
        total += rating
    rows = [pd.DataFrame({"stay": stay, "hour": hour, "item": item, "value": text})
            for item, text in parts]  # fmt: skip
    whole = pd.DataFrame({"stay": stay, "hour": hour, "item": 198, "value": total})
    whole["value"] = np.char.mod("%.0f", total).astype(object)
    return pd.concat([*rows, whole[~modern]]).assign(unit="")


def _refill(rng: Generator, stays: pd.DataFrame) -> pd.DataFrame:
    stay, hour = schedule(rng, stays, 12, share=0.3)
    slow = severity(stays, stay, hour) + rng.normal(size=len(stay)) > 1.5  # noqa: PLR2004  few
    text = np.where(slow, "Delayed", "Brisk").astype(object)
    return pd.DataFrame({"stay": stay, "hour": hour, "item": 3348, "value": text, "unit": ""})
