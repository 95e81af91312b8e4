"""Which ICU stays the benchmark takes, and what it knows of them besides their events."""

from pathlib import Path

import numpy as np
import pandas as pd

from methods.mimic3 import tables
from methods.mimic3.reports import Report

ADULT = 18
YEAR = 365 * 24.0
"""A year's hours; the original divides by 365 days, so the age runs a little fast."""


def select(folder: Path, report: Report) -> pd.DataFrame:
    """Return the stays to take, in the order of subjects and times of entry.

    Columns: SUBJECT_ID, HADM_ID, ICUSTAY_ID, INTIME, AGE in years, LOS in hours, DIED (in
    hospital), DEATH in hours after INTIME (infinite without a time of death) and CODES, the
    admission's ICD-9 codes with a space between. Raise InputError with all problems of the
    small tables, for labels hang on each of their cells.
    """
    tables.check_headers(folder, report)
    report.check()
    read = {name: tables.read(folder, name, report) for name in tables.SCHEMA
            if name not in tables.EVENTS}  # fmt: skip
    report.check()
    stays = _untransferred(read["ICUSTAYS"], report)
    stays = _merge(stays, read["ADMISSIONS"], ["SUBJECT_ID", "HADM_ID"], report)
    stays = _merge(stays, read["PATIENTS"], ["SUBJECT_ID"], report)
    several = stays["HADM_ID"].duplicated(keep=False)
    stays = _drop(stays, several, "several stays in the admission", report)
    stays["AGE"] = age(stays)
    stays = _drop(stays, stays["AGE"] < ADULT, f"younger than {ADULT}", report)
    stays = _drop(stays, stays["LOS"].isna(), "no length of stay", report)
    codes = _codes(read["DIAGNOSES_ICD"], read["D_ICD_DIAGNOSES"], report)
    stays["CODES"] = stays["HADM_ID"].map(codes).fillna("")
    stays = _drop(stays, stays["CODES"] == "", "no listed diagnosis", report)  # as the original
    report.count("ICUSTAYS", "kept", len(stays))
    stays["LOS"] *= 24  # ICUSTAYS counts days
    stays["DIED"] = died_in_hospital(stays)
    stays["DEATH"] = _hours(stays["DEATHTIME"] - stays["INTIME"]).fillna(np.inf)
    stays = stays.sort_values(["SUBJECT_ID", "INTIME", "ICUSTAY_ID"], ignore_index=True)
    return stays[
        ["SUBJECT_ID", "HADM_ID", "ICUSTAY_ID", "INTIME", "AGE", "LOS", "DIED", "DEATH", "CODES"]
    ]


def age(stays: pd.DataFrame) -> pd.Series:
    """Return the age at entry in years; 90 where the date of birth hides an age above 89."""
    years = _hours(stays["INTIME"] - stays["DOB"]) / YEAR
    hidden = 150  # MIMIC-III moves such births 300 years back
    return years.mask((years < 0) | (years > hidden), 90.0)


def died_in_hospital(stays: pd.DataFrame) -> pd.Series:
    """Return whether the date or the time of death lies between admission and discharge."""
    begin, end = stays["ADMITTIME"], stays["DISCHTIME"]
    return stays["DOD"].between(begin, end) | stays["DEATHTIME"].between(begin, end)


def _untransferred(stays: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Return the stays that began and ended in the same ward and unit."""
    ward = stays["FIRST_WARDID"] != stays["LAST_WARDID"]
    unit = stays["FIRST_CAREUNIT"] != stays["LAST_CAREUNIT"]
    return _drop(stays, ward | unit, "transferred", report)


def _merge(
    stays: pd.DataFrame, other: pd.DataFrame, keys: list[str], report: Report
) -> pd.DataFrame:
    """Return the stays with what another table knows of them."""
    merged = stays.merge(other, how="left", on=keys, indicator=True)
    unknown = merged.pop("_merge") == "left_only"
    return _drop(merged, unknown, f"{keys[-1]} unknown", report)


def _drop(stays: pd.DataFrame, bad: pd.Series, reason: str, report: Report) -> pd.DataFrame:
    report.count("ICUSTAYS", reason, int(bad.sum()))
    return stays[~bad].reset_index(drop=True)


def _codes(diagnoses: pd.DataFrame, known: pd.DataFrame, report: Report) -> pd.Series:
    """Return each admission's distinct codes, sorted; the original takes listed codes only."""
    empty = diagnoses["ICD9_CODE"].isna()
    listed = diagnoses["ICD9_CODE"].isin(known["ICD9_CODE"])
    report.count("DIAGNOSES_ICD", "no code", int(empty.sum()))
    report.count("DIAGNOSES_ICD", "not in D_ICD_DIAGNOSES", int((~listed & ~empty).sum()))
    report.count("DIAGNOSES_ICD", "kept", int(listed.sum()))
    by_admission = diagnoses[listed].groupby("HADM_ID")["ICD9_CODE"]
    return by_admission.agg(lambda codes: " ".join(sorted(set(codes))))


def _hours(spans: pd.Series) -> pd.Series:
    hours: pd.Series = spans.dt.total_seconds() / 3600
    return hours
