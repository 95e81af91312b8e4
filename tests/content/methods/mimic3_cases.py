"""Stays and tables made by hand for the tests of mimic3, and slow readings of its definitions."""

from math import inf, nan

import numpy as np
import pandas as pd

from methods.mimic3 import channels
from methods.mimic3.stays import Stay

HEART, GLUCOSE, TOTAL = (channels.INDEX[n] for n in ("Heart Rate", "Glucose", channels.NAMES[5]))

STAY_COLUMNS = "SUBJECT_ID,HADM_ID,ICUSTAY_ID,FIRST_CAREUNIT,LAST_CAREUNIT,FIRST_WARDID,LAST_WARDID"
STAY_COLUMNS += ",INTIME,OUTTIME,LOS"

TABLES = {
    "PATIENTS": ["SUBJECT_ID,GENDER,DOB,DOD", "1,F,2050-01-01 00:00:00,"],
    "ADMISSIONS": [
        "SUBJECT_ID,HADM_ID,ADMITTIME,DISCHTIME,DEATHTIME",
        "1,10,2100-01-01 00:00:00,2100-01-09 00:00:00,",
    ],
    "ICUSTAYS": [
        STAY_COLUMNS,
        "1,10,100,MICU,MICU,7,7,2100-01-01 06:00:00,2100-01-04 06:00:00,3.0",
    ],
    "D_ICD_DIAGNOSES": ["ICD9_CODE", "0389", "4019", "V5861"],
    "DIAGNOSES_ICD": ["SUBJECT_ID,HADM_ID,SEQ_NUM,ICD9_CODE", "1,10,1,4019", "1,10,2,0389"],
    "CHARTEVENTS": [
        "SUBJECT_ID,HADM_ID,ICUSTAY_ID,ITEMID,CHARTTIME,VALUE,VALUEUOM",
        "1,10,100,211,2100-01-01 07:00:00,80,bpm",
        "1,10,100,211,2100-01-01 07:30:00,90,BPM",
    ],
    "LABEVENTS": [
        "SUBJECT_ID,HADM_ID,ITEMID,CHARTTIME,VALUE,VALUEUOM",
        "1,10,50931,2100-01-01 07:30:00,110,mg/dL",
    ],
}
"""One subject with one stay of 72 hours and three events, as lines of the CSV files."""


def write_tables(folder, **added):
    """Write the tables with lines added to them; a line {number: text} replaces another."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, base in TABLES.items():
        lines = list(base)
        for line in added.get(table, []):
            if isinstance(line, dict):
                for number, text in line.items():
                    lines[number - 1] = text
            else:
                lines.append(line)
        (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def stay(events, *, los, died=False, death=inf, codes=(), stay_id=1, subject_id=1):  # noqa: PLR0913  what there is to tell
    """Return a stay with events (hour, channel, value)."""
    hours = sorted({hour for hour, _, _ in events})
    values = np.full((len(hours), len(channels.NAMES)), nan)
    for hour, channel, value in events:
        values[hours.index(hour), channel] = value
    return Stay(
        stay_id=stay_id,
        subject_id=subject_id,
        los_hours=los,
        died=died,
        hours_to_death=death,
        codes=tuple(codes),
        hours=np.array(hours),
        values=values,
    )


def seen(*hours, **about):
    """Return a stay whose heart rate was observed at these hours."""
    return stay([(hour, HEART, 80.0) for hour in hours], **about)


def random_stay(rng, *, los=60.0, rows=80, share=0.3, stay_id=1):
    """Return a stay with random observations, some at whole hours, some repeated, some alone."""
    hours = rng.uniform(0, los, rows)
    hours[: rows // 4] = np.round(hours[: rows // 4])
    hours = np.append(hours, 0.0) if rng.random() < 0.5 else hours
    hours = np.unique(hours.clip(0, los))
    values = np.full((len(hours), len(channels.NAMES)), nan)
    for column, channel in enumerate(channels.CHANNELS):
        chance = rng.choice([0.0, share / 10, share, 1.0], p=[0.1, 0.3, 0.5, 0.1])
        there = rng.random(len(hours)) < chance
        if channel.categories:
            drawn = rng.integers(0, len(channel.categories), len(hours)).astype(float)
        else:
            drawn = np.round(rng.normal(channel.normal, 1 + abs(channel.normal) / 10, len(hours)))
        values[there, column] = drawn[there]
    some = ~np.isnan(values).all(axis=1)
    values[0, HEART] = 80.0
    some[0] = True
    return Stay(
        stay_id=stay_id,
        subject_id=stay_id,
        los_hours=los,
        died=bool(rng.random() < 0.5),
        hours_to_death=float(rng.choice([inf, los, los + 10])),
        hours=hours[some],
        values=values[some],
    )


def slow_features(one, end):
    """Return the 714 features of a stay up to ``end``, with a loop for each choice."""
    table = pd.DataFrame(one.values, index=one.hours, columns=channels.NAMES)
    table = table[table.index <= end + 1e-6]
    found = []
    for channel in channels.CHANNELS:
        series = table[channel.name].dropna()
        if channel.categories:
            numbers = list(channel.categories.values())
            series = series.map(lambda index, numbers=numbers: float(numbers[int(index)]))
        found += [slow_statistics(part) for part in slow_periods(series)]
    return np.concatenate(found)


def slow_periods(series):
    """Return the parts of a channel's observations: all, the first and the last of its span."""
    if not len(series):
        return [series] * 7
    first, last = series.index[0], series.index[-1]
    spans = [(first, last)]
    spans += [(first, first + (last - first) * percent / 100) for percent in (10, 25, 50)]
    spans += [(last - (last - first) * percent / 100, last) for percent in (10, 25, 50)]
    return [series[(series.index > a - 1e-6) & (series.index < b + 1e-6)] for a, b in spans]


def slow_statistics(part):
    """Return minimum, maximum, mean, deviation, skewness and number."""
    x = part.tolist()
    if not x:
        return [nan] * 6
    mean = sum(x) / len(x)
    second = sum((v - mean) ** 2 for v in x) / len(x)
    third = sum((v - mean) ** 3 for v in x) / len(x)
    skew = nan if min(x) == max(x) else third / second**1.5
    return [min(x), max(x), mean, second**0.5, skew, len(x)]


def slow_grid(one, end):
    """Return the 76 columns of a stay up to ``end``, cell by cell."""
    rows = []
    last = {}
    for b in range(int(np.ceil(end - 1e-6))):
        row, mask = [], []
        for column, channel in enumerate(channels.CHANNELS):
            column_of = one.values[:, column]  # noqa: PD011  no frame
            here = [
                value
                for hour, value in zip(one.hours, column_of, strict=True)
                if not np.isnan(value)
                and hour <= end + 1e-6
                and (b + 1e-6 <= hour < b + 1 + 1e-6 or (b == 0 and hour < 1e-6))
            ]
            if here:
                last[column] = here[-1]
            value = last.get(column, channel.normal)
            width = len(channel.categories)
            row += [float(value == i) for i in range(width)] if width else [value]
            mask.append(float(bool(here)))
        rows.append(row + mask)
    return np.array(rows)
