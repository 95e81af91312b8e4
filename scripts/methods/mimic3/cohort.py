"""A synthetic cohort: CSV files of the MIMIC-III schema, with the dirt of real ones.

No number here comes from patients. Each admission has a hidden severity that moves vital signs,
consciousness, death, length of stay and diagnoses, so there is something to predict.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from methods.mimic3 import observations
from methods.mimic3.phenotypes import CODES, PHENOTYPES
from methods.mimic3.tables import SCHEMA

Array = NDArray[np.float64]
Generator = np.random.Generator

CHUNK = 250
"""So many subjects are in memory at once; each chunk has random numbers of its own."""

_ROWS_OF_SUBJECT = 100_000  # in a table, more than any has
_EPOCH = np.datetime64("2130-01-01T00:00:00")
_UNITS = ("MICU", "SICU", "CCU", "CSRU", "TSICU")
_OTHER_CODES = ("V5861", "311", "2449", "53081", "2859", "V1582", "60000")
_UNLISTED_CODE = "71970"  # as in MIMIC-III, some codes are not in the dictionary


@dataclass(frozen=True)
class Dirt:
    """How often the things happen that make real files hard to read, as shares."""

    no_admission: float = 0.02
    """Of events, without HADM_ID; the next three, with ICUSTAY_ID missing or another's, and
    with an ITEMID of no channel."""
    no_stay: float = 0.04
    other_stay: float = 0.003
    other_item: float = 0.05
    no_value: float = 0.005
    misplaced: float = 0.01
    """Of events, charted before or after the stay."""
    transferred: float = 0.07
    """Of stays, in two wards."""
    several_stays: float = 0.04
    """Of admissions, with two stays."""
    several_admissions: float = 0.15
    """Of subjects, with two admissions."""
    minor: float = 0.03
    """Of subjects, younger than 18."""


@dataclass(frozen=True)
class Course:
    """How much the hidden severity rules a stay; by default its length is mostly chance."""

    length: float = 0.25
    """How the logarithm of the length of stay grows with severity."""
    chance: float = 0.6
    """Standard deviation of what else moves that logarithm."""
    recovery: float = 0.0
    """Who leaves alive is less ill by so many units then than on entry, in a straight line."""


def write(  # noqa: PLR0913  a cohort has that many settings
    folder: Path | str,
    *,
    subjects: int,
    seed: int,
    dirt: Dirt | None = None,
    course: Course | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Write a cohort of so many subjects, with about as many stays to take, into a new folder.

    The same seed gives the same files, byte for byte, and more subjects only add rows to those
    of whole chunks. Raise ValueError where there is not one subject or the folder holds tables.
    """
    folder, dirt, course = Path(folder), dirt or Dirt(), course or Course()
    if subjects < 1:
        raise ValueError(f"subjects is {subjects}: give at least one")
    if any((folder / f"{table}.csv").exists() for table in SCHEMA):
        raise ValueError(f"{folder}: holds tables already: name a new folder")
    work = folder / "unfinished"  # so that no part of a cohort passes for the whole
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    codes = sorted({*CODES, *_OTHER_CODES})
    dictionary = pd.DataFrame({"ICD9_CODE": codes, "SHORT_TITLE": codes, "LONG_TITLE": codes})
    _append(work, "D_ICD_DIAGNOSES", dictionary, 0)
    for begin in range(0, subjects, CHUNK):
        rng = np.random.default_rng([seed, begin])
        ids = np.arange(begin, begin + CHUNK) + 1
        stays = draw_stays(rng, ids, dirt, course)
        stays = stays[stays["SUBJECT_ID"] <= subjects].reset_index(drop=True)
        labels = draw_phenotypes(rng, stays)
        for table, rows in _people(rng, stays, labels):
            _append(work, table, rows, begin)
        for table, events in observations.draw(rng, stays, labels).items():
            _append(work, table, _soil(rng, events, stays, table, dirt), begin)
        tell(f"{min(begin + CHUNK, subjects):,} of {subjects:,} subjects written")
    for table in SCHEMA:
        (work / f"{table}.csv").replace(folder / f"{table}.csv")
    work.rmdir()


def draw_stays(
    rng: Generator, subjects: NDArray[np.int64], dirt: Dirt, course: Course
) -> pd.DataFrame:
    """Return the ICU stays of subjects, with what is hidden of them: severity, its fall, death."""
    admissions = 1 + (rng.random(len(subjects)) < dirt.several_admissions)
    person = np.repeat(np.arange(len(subjects)), admissions)
    n, m = len(person), len(subjects)
    last = np.append(person[1:] != person[:-1], True)
    severity = rng.normal(size=n)
    died = last & (rng.random(n) < 1 / (1 + np.exp(4.0 - 3.3 * severity)))
    log_days = np.log(2.3) + course.length * severity + course.chance * rng.normal(size=n)
    days = np.clip(np.exp(log_days), 0.1, 30)
    entry = np.repeat(rng.uniform(0, 20, m) * 365 * 24, admissions)
    entry[~last] -= 400 * 24  # an earlier admission ends well before the last
    age = np.where(rng.random(m) < dirt.minor, rng.uniform(0, 17.9, m), rng.normal(64, 15, m))
    age = np.clip(age, 0.1, 97)
    age[age > 89] = 300  # noqa: PLR2004  the ages that MIMIC-III hides
    first = np.flatnonzero(np.append(True, last[:-1]))
    stays = pd.DataFrame(
        {
            "SUBJECT_ID": subjects[person],
            "HADM_ID": 100_000 + subjects[person] * 2 + ~last,
            "ADMITTIME": entry - rng.exponential(5, n),
            "INTIME": entry,
            "LOS": days,
            "OUTTIME": entry + 24 * days,
            "DOB": np.floor(entry[first] / 24 - age * 365.25)[person] * 24,
            "SEVERITY": severity,
            "RECOVERY": np.where(died, 0.0, course.recovery),
            "DIED": died,
            "METAVISION": rng.random(n) < 0.5,  # noqa: PLR2004  a fair coin
        }
    )
    return _add_ends(rng, _add_second_stays(rng, stays, dirt))


def draw_phenotypes(rng: Generator, stays: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which admissions have which phenotype, shape (stays, 25); severe ones have more."""
    rate = np.array([_RATES.get(name, (-2.2, 0.2)) for name in PHENOTYPES])
    severity = stays["SEVERITY"].to_numpy()
    chance = 1 / (1 + np.exp(-(rate[:, 0] + np.outer(severity, rate[:, 1]))))
    drawn: NDArray[np.bool_] = rng.random(chance.shape) < chance
    return drawn


_RATES = {
    "Acute and unspecified renal failure": (-1.6, 0.7),
    "Essential hypertension": (-0.3, -0.2),
    "Diabetes mellitus without complication": (-1.4, 0.0),
    "Respiratory failure; insufficiency; arrest (adult)": (-1.9, 1.0),
    "Septicemia (except in labor)": (-2.2, 0.9),
    "Shock": (-3.0, 1.2),
    "Fluid and electrolyte disorders": (-1.0, 0.4),
    "Coronary atherosclerosis and other heart disease": (-0.8, 0.0),
}
"""The log-odds of a phenotype at severity 0, and how they grow with severity."""


def _add_second_stays(rng: Generator, stays: pd.DataFrame, dirt: Dirt) -> pd.DataFrame:
    """Return the stays with transfers, and a second stay in some admissions."""
    again = stays[rng.random(len(stays)) < dirt.several_stays].copy()
    again["INTIME"] = again["OUTTIME"] + rng.uniform(6, 48, len(again))
    again["LOS"] = rng.uniform(0.5, 3, len(again))
    again["OUTTIME"] = again["INTIME"] + 24 * again["LOS"]
    stays = pd.concat([stays, again]).sort_values(["SUBJECT_ID", "INTIME"], ignore_index=True)
    order = stays.groupby("SUBJECT_ID").cumcount()
    stays["ICUSTAY_ID"] = 200_000 + 4 * stays["SUBJECT_ID"] + order
    ward = rng.integers(0, len(_UNITS), len(stays))
    moved = (ward + (rng.random(len(stays)) < dirt.transferred)) % len(_UNITS)
    stays["FIRST_WARDID"], stays["LAST_WARDID"] = ward + 10, moved + 10
    stays["FIRST_CAREUNIT"] = np.take(_UNITS, ward)
    stays["LAST_CAREUNIT"] = np.take(_UNITS, moved)
    return stays


def _add_ends(rng: Generator, stays: pd.DataFrame) -> pd.DataFrame:
    """Return the stays with discharge, and death: in the unit, after it, or known by date only."""
    n = len(stays)
    leave = stays.groupby("HADM_ID")["OUTTIME"].transform("max").to_numpy()
    died = stays["DIED"].to_numpy()
    one = ~stays["HADM_ID"].duplicated().to_numpy()
    draws = pd.DataFrame(rng.random((n, 4)))[one]
    chance = draws.set_axis(stays["HADM_ID"][one]).loc[stays["HADM_ID"]].to_numpy()
    in_unit = died & (chance[:, 0] < 0.7)  # noqa: PLR2004  most die in the unit
    wait = -np.log1p(-chance[:, 1])
    stays["DEATH"] = np.where(in_unit, leave - 0.5 * chance[:, 1], leave + 40 * wait)
    stays["DISCHTIME"] = np.maximum(leave, np.where(died, stays["DEATH"], leave + 72 * wait))
    midnight = np.floor(stays["DEATH"] / 24) * 24
    later = np.floor(stays["DISCHTIME"] / 24 + 300 * wait + 1) * 24
    is_last = stays["HADM_ID"] == stays.groupby("SUBJECT_ID")["HADM_ID"].transform("min")
    known = is_last & (died | (chance[:, 3] < 0.1))  # noqa: PLR2004  some die after discharge
    stays["DOD"] = np.where(known, np.where(died, midnight, later), np.nan)
    by_date = chance[:, 2] < 0.03  # noqa: PLR2004  few deaths have no time
    stays["DEATHTIME"] = np.where(died & ~by_date, stays["DEATH"], np.nan)
    stays["DEATH"] = np.where(died, stays["DEATH"], np.inf)
    stays["DOD"] = stays.groupby("SUBJECT_ID")["DOD"].transform("max")
    return stays


def _people(
    rng: Generator, stays: pd.DataFrame, labels: NDArray[np.bool_]
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the names and rows of the tables that are not of events."""
    people = stays.drop_duplicates("SUBJECT_ID")
    gender = rng.choice(["F", "M"], len(people))
    yield (
        "PATIENTS",
        people[["SUBJECT_ID"]].assign(
            GENDER=gender, DOB=times(people["DOB"]), DOD=times(people["DOD"])
        ),
    )
    first = ~stays["HADM_ID"].duplicated()
    admissions = stays[first]
    timed = {name: times(admissions[name]) for name in ("ADMITTIME", "DISCHTIME", "DEATHTIME")}
    admissions = admissions[["SUBJECT_ID", "HADM_ID"]].assign(**timed)
    yield "ADMISSIONS", admissions.assign(ETHNICITY="UNKNOWN", DIAGNOSIS="SYNTHETIC")
    places = ["SUBJECT_ID", "HADM_ID", "ICUSTAY_ID"]
    units = ["FIRST_CAREUNIT", "LAST_CAREUNIT", "FIRST_WARDID", "LAST_WARDID"]
    source = np.where(stays["METAVISION"], "metavision", "carevue")
    entry, exit_ = times(stays["INTIME"]), times(stays["OUTTIME"])
    yield (
        "ICUSTAYS",
        stays[places].assign(
            DBSOURCE=source, **stays[units], INTIME=entry, OUTTIME=exit_, LOS=stays["LOS"].round(4)
        ),
    )
    yield "DIAGNOSES_ICD", _diagnoses(rng, admissions, labels[first.to_numpy()])


def _diagnoses(rng: Generator, admissions: pd.DataFrame, labels: NDArray[np.bool_]) -> pd.DataFrame:
    """Return a code of each phenotype that an admission has, and one that is no phenotype's."""
    groups = [[code for code, g in CODES.items() if g == i] for i in range(len(PHENOTYPES))]
    row, group = np.nonzero(labels)
    codes = [rng.choice(groups[g]) for g in group]
    others = rng.choice([*_OTHER_CODES, _UNLISTED_CODE, ""], len(admissions))
    row = np.append(row, np.arange(len(admissions)))
    table = admissions[["SUBJECT_ID", "HADM_ID"]].iloc[row]
    table = table.assign(SEQ_NUM=0, ICD9_CODE=np.append(codes, others).astype(str))
    table = table.sort_values("HADM_ID", kind="stable", ignore_index=True)
    table["SEQ_NUM"] = table.groupby("HADM_ID").cumcount() + 1
    return table


def _soil(
    rng: Generator, events: pd.DataFrame, stays: pd.DataFrame, table: str, dirt: Dirt
) -> pd.DataFrame:
    """Return events as a table of the schema, with IDs and values missing or wrong."""
    n = len(events)
    stay = stays.iloc[events["stay"]].reset_index(drop=True)
    hours = events["hour"].to_numpy().copy()
    out = rng.random(n) < dirt.misplaced
    hours[out] += rng.choice([-1, 1], int(out.sum())) * (stay["LOS"].to_numpy()[out] * 24 + 3)
    soiled = pd.DataFrame({"SUBJECT_ID": stay["SUBJECT_ID"]})
    soiled["HADM_ID"] = stay["HADM_ID"].astype(str).mask(rng.random(n) < dirt.no_admission, "")
    if "ICUSTAY_ID" in SCHEMA[table]:
        other = stay["ICUSTAY_ID"] + 1_000_000 * (rng.random(n) < dirt.other_stay)
        soiled["ICUSTAY_ID"] = other.astype(str).mask(rng.random(n) < dirt.no_stay, "")
    item = events["item"].to_numpy()
    soiled["ITEMID"] = np.where(rng.random(n) < dirt.other_item, 742, item)
    soiled["CHARTTIME"] = times(stay["INTIME"] + hours)
    soiled["VALUE"] = events["value"].mask(rng.random(n) < dirt.no_value, "")
    soiled["VALUEUOM"] = events["unit"]
    return soiled


def times(hours: pd.Series) -> NDArray[np.str_]:
    """Return hours since the cohort's beginning as the schema writes times, "" for NaN."""
    known = hours.notna().to_numpy()
    seconds = np.rint(hours.fillna(0).to_numpy() * 3600).astype("timedelta64[s]")
    text = np.datetime_as_string(_EPOCH + seconds).astype("U19")
    letters = text.view("U1").reshape(len(text), 19)
    letters[:, 10] = " "
    return np.where(known, text, "")


def _append(folder: Path, table: str, rows: pd.DataFrame, begin: int) -> None:
    """Append rows to a table, which gets a header when it begins; number them by their chunk."""
    path = folder / f"{table}.csv"
    numbers = begin * _ROWS_OF_SUBJECT + np.arange(1, len(rows) + 1)
    numbered = pd.concat([pd.Series(numbers, name="ROW_ID"), rows.reset_index(drop=True)], axis=1)
    numbered.to_csv(path, mode="a", header=not path.exists(), index=False, lineterminator="\n")
