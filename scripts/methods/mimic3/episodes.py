"""Episodes: each stay's observations of the 17 channels, extracted from tables of events."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from methods.mimic3 import tables
from methods.mimic3.channels import CHANNELS, INDEX
from methods.mimic3.cleaning import Cleaning
from methods.mimic3.matching import RECORD, Sieve, match
from methods.mimic3.reports import Report
from methods.mimic3.selection import select
from methods.mimic3.stays import Stay

Array = NDArray[np.float64]
Indices = NDArray[np.intp]
Tell = Callable[[str], None]

_VERSION = 1
_LEFT_AS_TEXT = [INDEX[name] for name in ("Heart Rate", "Respiratory rate", "Mean blood pressure")]


@dataclass(frozen=True, kw_only=True)
class Options:
    """How ``extract`` works; all but ``cleaning`` leave the result as it is."""

    cleaning: Cleaning = field(default_factory=Cleaning)
    chunk_rows: int = 250_000
    """How many rows of events are in memory at once."""
    part_stays: int = 1_000
    """How many stays' events are in memory at once."""

    def __post_init__(self) -> None:
        """Raise ValueError where nothing would fit into memory."""
        for name in ("chunk_rows", "part_stays"):
            if (number := getattr(self, name)) < 1:
                raise ValueError(f"{name} is {number}: give at least one")


def extract(
    source: Path | str,
    target: Path | str,
    *,
    options: Options | None = None,
    tell: Tell = lambda _: None,
) -> Report:
    """Write the episodes of all stays to take from a folder of CSV files; return what was found.

    ``source`` holds PATIENTS, ADMISSIONS, ICUSTAYS, D_ICD_DIAGNOSES, DIAGNOSES_ICD, CHARTEVENTS
    and LABEVENTS, as ``.csv`` or ``.csv.gz``. ``tell`` hears of progress. A target that was left
    unfinished is taken up; one that is finished is left as it is, and its report returned.
    Raise InputError where files cannot be used, ValueError where the target holds other things.
    """
    source, target, options = Path(source), Path(target), options or Options()
    origin = _origin(source, options.cleaning)
    manifest = _read_json(target / "episodes.json")
    if manifest and manifest["origin"] == origin:
        return Report.from_json(manifest["report"])
    if manifest:
        raise ValueError(f"{target}: holds episodes made otherwise: delete it or name another")
    if target.exists() and any(target.iterdir()) and not (target / "unfinished").exists():
        raise ValueError(f"{target}: holds other files: name a new folder")
    state = _read_json(target / "unfinished" / "events.json")
    if not state or state["origin"] != origin:
        state = _sort_events(source, target, origin, options, tell)
    report = Report.from_json(state["report"])
    stays = _read_stays(target)
    _write_parts(target, stays, state["parts"], report, options, tell)
    _write_json(target / "episodes.json", {"origin": origin, "report": report.to_json()})
    shutil.rmtree(target / "unfinished")
    return report


def load(target: Path | str) -> tuple[Stay, ...]:
    """Return the stays that ``extract`` wrote, in the order of subjects and times of entry."""
    return tuple(stay for part in iterate(target) for stay in part)


def iterate(target: Path | str) -> Iterator[tuple[Stay, ...]]:
    """Yield what ``load`` returns in parts, so that memory stays small."""
    target = Path(target)
    if not (target / "episodes.json").exists():
        raise ValueError(f"{target}: holds no finished episodes: run extract")
    about = _read_stays(target)
    for path in sorted(target.glob("part-*.npz")):
        with np.load(path) as part:
            stays, ends = part["stays"], part["ends"]
            hours, values = part["hours"], part["values"]
        pieces = zip(stays, np.split(hours, ends[:-1]), np.split(values, ends[:-1]), strict=True)
        yield tuple(_stay(about.iloc[int(i)], h, v) for i, h, v in pieces)


def _stay(about: "pd.Series[Any]", hours: Array, values: Array) -> Stay:
    return Stay(
        stay_id=int(about["ICUSTAY_ID"]),
        subject_id=int(about["SUBJECT_ID"]),
        los_hours=float(about["LOS"]),
        died=bool(about["DIED"]),
        hours_to_death=float(about["DEATH"]),
        age=float(about["AGE"]),
        codes=tuple(str(about["CODES"]).split()),
        hours=hours,
        values=values,
    )


def _sort_events(
    source: Path, target: Path, origin: Any, options: Options, tell: Tell
) -> dict[str, Any]:
    """Write the stays, and each part's events to a file of its own; return the state reached."""
    work = target / "unfinished"
    work.mkdir(parents=True, exist_ok=True)
    (work / "events.json").unlink(missing_ok=True)
    for stale in [*work.iterdir(), *target.glob("part-*.npz")]:
        stale.unlink()
    report = Report()
    tell("reading stays")
    stays = select(source, report)
    stays.to_csv(target / "stays.csv", index=False)
    part_of = np.arange(len(stays)) // options.part_stays
    for table in tables.EVENTS:
        path = tables.locate(source, table)
        rows = 0
        for chunk in tables.chunks(source, table, options.chunk_rows):
            found = match(Sieve(chunk, table, path, report), stays, options.cleaning)
            for part in np.unique(part_of[found["stay"]]):
                with (work / f"{part:05d}.events").open("ab") as file:
                    found[part_of[found["stay"]] == part].tofile(file)
            rows += len(chunk)
            tell(f"{table}: {rows:,} rows read")
    parts = int(part_of[-1]) + 1 if len(stays) else 0
    state = {"origin": origin, "report": report.to_json(), "parts": parts}
    _write_json(work / "events.json", state)
    return state


def _write_parts(  # noqa: PLR0913, PLR0917  where, what, and how
    target: Path, stays: pd.DataFrame, parts: int, report: Report, options: Options, tell: Tell
) -> None:
    """Write the parts that are not there yet."""
    seen = 0
    for part in range(parts):
        path = target / f"part-{part:05d}.npz"
        events = target / "unfinished" / f"{part:05d}.events"
        found = np.fromfile(events, RECORD) if events.exists() else np.empty(0, RECORD)
        seen += len(np.unique(found["stay"]))
        if not path.exists():
            fresh = target / "unfinished" / "part.npz"
            places, ends, hours, values = _episodes(found, options.cleaning.simultaneous)
            np.savez(fresh, stays=places, ends=ends, hours=hours, values=values)
            fresh.replace(path)
        tell(f"part {part + 1} of {parts} written")
    report.count("episodes", "no events in the stay", len(stays) - seen)
    report.count("episodes", "kept", seen)


def _episodes(events: NDArray[Any], simultaneous: str) -> tuple[Indices, Indices, Array, Array]:
    """Return the places of stays, where the rows of each end, and the rows: hours and values."""
    rank = events["value"].copy()
    if simultaneous == "last in text":
        mine = np.isin(events["channel"], _LEFT_AS_TEXT)
        text = [f"{number:.15g}" for number in events["value"][mine]]
        rank[mine] = np.unique(text, return_inverse=True)[1]
    order = np.lexsort((rank, events["channel"], events["hour"], events["stay"]))
    events = events[order]
    new = np.ones(len(events), dtype=bool)
    new[1:] = (np.diff(events["stay"]) > 0) | (np.diff(events["hour"]) > 0)
    row = np.cumsum(new) - 1
    values = np.full((int(new.sum()), len(CHANNELS)), np.nan)
    values[row, events["channel"]] = events["value"]  # of several at one time, the last
    stays, begins = np.unique(events["stay"][new], return_index=True)
    ends = np.append(begins[1:], len(values)) if len(stays) else begins
    return stays, ends, events["hour"][new], values


def _read_stays(target: Path) -> pd.DataFrame:
    """Return the stays as ``select`` gave them, to the last digit; times of entry as text."""
    reals = ["AGE", "LOS", "DEATH"]
    kinds = dict.fromkeys([*reals, "CODES"], str)
    stays = pd.read_csv(target / "stays.csv", dtype=kinds, keep_default_na=False)
    for column in reals:
        stays[column] = stays[column].map(float)
    return stays


def _origin(source: Path, cleaning: Cleaning) -> dict[str, Any]:
    """Return what tells one extraction from another: the files' names and sizes, the options."""
    paths = filter(None, (tables.find(source, table) for table in tables.SCHEMA))
    files = [[path.name, path.stat().st_size, path.stat().st_mtime_ns] for path in paths]
    return {"version": _VERSION, "files": files, "cleaning": asdict(cleaning)}


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _write_json(path: Path, content: Any) -> None:
    fresh = path.with_suffix(".fresh")
    fresh.write_text(json.dumps(content, indent=1), encoding="utf-8")
    fresh.replace(path)
