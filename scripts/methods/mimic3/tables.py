"""Tables of the MIMIC-III schema, read from CSV files and checked cell by cell."""

import gzip
import io
import zlib
from collections.abc import Iterator
from csv import reader
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from methods.mimic3.reports import InputError, Problem, Report

SCHEMA: dict[str, dict[str, str]] = {
    "PATIENTS": {"SUBJECT_ID": "key", "DOB": "time", "DOD": "time?"},
    "ADMISSIONS": {
        "SUBJECT_ID": "number",
        "HADM_ID": "key",
        "ADMITTIME": "time",
        "DISCHTIME": "time",
        "DEATHTIME": "time?",
    },
    "ICUSTAYS": {
        "SUBJECT_ID": "number",
        "HADM_ID": "number",
        "ICUSTAY_ID": "key",
        "FIRST_CAREUNIT": "text",
        "LAST_CAREUNIT": "text",
        "FIRST_WARDID": "number",
        "LAST_WARDID": "number",
        "INTIME": "time",
        "LOS": "real?",
    },
    "D_ICD_DIAGNOSES": {"ICD9_CODE": "text"},
    "DIAGNOSES_ICD": {"SUBJECT_ID": "number", "HADM_ID": "number", "ICD9_CODE": "text?"},
    "CHARTEVENTS": {
        "SUBJECT_ID": "number",
        "HADM_ID": "number?",
        "ICUSTAY_ID": "number?",
        "ITEMID": "number",
        "CHARTTIME": "time",
        "VALUE": "text?",
        "VALUEUOM": "text?",
    },
    "LABEVENTS": {
        "SUBJECT_ID": "number",
        "HADM_ID": "number?",
        "ITEMID": "number",
        "CHARTTIME": "time",
        "VALUE": "text?",
        "VALUEUOM": "text?",
    },
}
"""The columns read of each table. Cells are whole numbers (of keys, each at most once), real
numbers, times or text; ``?`` says that they may be empty. OUTPUTEVENTS measures no channel."""

_BROKEN = (OSError, EOFError, UnicodeDecodeError, zlib.error, pd.errors.ParserError)

EVENTS = ("CHARTEVENTS", "LABEVENTS")
MORE = "(MORE)"
"""The column of what a row has past its last one."""

TIME = "%Y-%m-%d %H:%M:%S"

_REMEDIES = {
    "key": ("is not a whole number", "write the ID that MIMIC-III gives it"),
    "number": ("is not a whole number", "write the ID that MIMIC-III gives it"),
    "real": ("is not a number", "write a number, or leave it empty"),
    "time": ("cannot be read as a time", "write it as 2101-12-31 23:59:59"),
    "text": ("is empty", "write the name that MIMIC-III gives it"),
}


def find(folder: Path, table: str) -> Path | None:
    """Return the table's file in the folder, plain or compressed; None where there is none."""
    names = (f"{table}{end}" for end in (".csv", ".csv.gz"))
    return next((folder / name for name in names if (folder / name).is_file()), None)


def locate(folder: Path, table: str) -> Path:
    """Return the table's file in the folder; raise InputError where there is none."""
    path = find(folder, table)
    if path is None:
        raise InputError([f"{folder / table}.csv: is missing: put the file there"])
    return path


def check_headers(folder: Path, report: Report) -> None:
    """Note each file of the schema and each column that is missing from the folder."""
    for table, columns in SCHEMA.items():
        path = find(folder, table)
        if path is None:
            report.add(folder / f"{table}.csv", 0, "", "is missing", "", "put the file there")
            continue
        try:
            names = header(path)
        except _BROKEN as error:
            report.add(path, 0, "", *_broken(error))
            continue
        for column in columns:
            if column not in names:
                found = ", ".join(names) or "an empty file"
                remedy = "take the file as MIMIC-III publishes it"
                report.add(path, 1, column, "the column is missing", found, remedy)


def header(path: Path) -> list[str]:
    """Return the names of the file's columns, in capital letters."""
    with _open(path) as file:
        line = file.readline().decode(errors="replace")
    return [name.strip().upper() for name in next(reader([line]), [])]


def read(folder: Path, table: str, report: Report) -> pd.DataFrame:
    """Return a small table, indexed by line; note its bad cells and leave their rows out.

    Numbers come as integers, times as times, text as text. ``check_headers`` comes first.
    """
    path = locate(folder, table)
    frame = pd.concat(_pieces(path, table, 1_000_000, dtype=str))
    good = whole(frame, path, report)
    for column, kind in SCHEMA[table].items():
        text = frame[column]
        frame[column], bad = _convert(text, kind.rstrip("?"), kind.endswith("?"))
        _note_bad(report, path, table, text[bad])
        if kind == "key":
            again = frame[column].duplicated() & ~bad
            _note(report, path, text[again], "is there twice", "keep one of the rows")
            bad = bad | again
        good &= ~bad
    kept: pd.DataFrame = frame[good].drop(columns=MORE).reset_index(drop=True)
    for column, kind in SCHEMA[table].items():
        if kind in {"key", "number"}:
            kept[column] = kept[column].astype(np.int64)
    return kept


def chunks(folder: Path, table: str, rows: int) -> Iterator[pd.DataFrame]:
    """Yield a table of events in pieces of at most so many rows, indexed by line.

    Numbers are floats, NaN where empty, and text where a piece has a cell that is no number;
    all else is text.
    """
    columns = SCHEMA[table]
    kinds = {name: str for name, kind in columns.items() if not kind.startswith("number")}
    kinds[MORE] = str
    yield from _pieces(locate(folder, table), table, rows, dtype=kinds)


def whole(frame: pd.DataFrame, path: Path, report: Report) -> pd.Series:
    """Return which rows have no more cells than the header; note the others."""
    more = frame[MORE].rename("")
    what = "the row has more cells than the header"
    _note(report, path, more[more.notna()], what, "quote the commas within cells")
    return more.isna()


def numbers(
    frame: pd.DataFrame, column: str, path: Path, table: str, report: Report
) -> tuple[pd.Series, pd.Series]:
    """Return a column of whole numbers as floats, and which cells are bad; note those."""
    cells = frame[column]
    if pd.api.types.is_integer_dtype(cells.dtype):
        return cells.astype(np.float64), pd.Series(data=False, index=cells.index)
    found, bad = _convert(cells, "number", SCHEMA[table][column].endswith("?"))
    _note_bad(report, path, table, cells[bad])
    return found, bad


def times(
    frame: pd.DataFrame, column: str, path: Path, table: str, report: Report
) -> tuple[pd.Series, pd.Series]:
    """Return a column of times, and which cells are bad; note those."""
    found, bad = _convert(frame[column], "time", SCHEMA[table][column].endswith("?"))
    _note_bad(report, path, table, frame[column][bad])
    return found, bad


def _convert(cells: pd.Series, kind: str, may_be_empty: bool) -> tuple[pd.Series, pd.Series]:  # noqa: FBT001  the schema's question mark
    """Return the cells as what they stand for, and which of them do not stand for it."""
    if kind == "text":
        found = cells
    elif kind == "time":
        found = pd.to_datetime(cells, format=TIME, errors="coerce")
    else:
        found = pd.to_numeric(cells, errors="coerce").astype(np.float64)
        whole = found.mod(1) == 0
        found = found.where(np.isfinite(found) if kind == "real" else whole)
    bad = found.isna() & (cells.notna() if may_be_empty else True)
    return found, bad


def _pieces(path: Path, table: str, rows: int, dtype: Any) -> Iterator[pd.DataFrame]:
    """Yield the schema's columns, and what a row has past the last, in pieces.

    Empty cells alone are missing: "None" is how eyes open.
    """
    try:
        with (
            _Rows(path) as file,
            pd.read_csv(
                io.BufferedReader(file),
                usecols=[*SCHEMA[table], MORE],
                dtype=dtype,
                chunksize=rows,
                index_col=False,
                keep_default_na=False,
                na_values=[""],
                skip_blank_lines=False,
                low_memory=False,
            ) as pieces,
        ):
            for piece in pieces:
                piece.index += 2  # lines count from 1, and the first is the header
                yield piece
    except _BROKEN as error:
        what, value, remedy = _broken(error)
        raise InputError([str(Problem(str(path), 0, "", what, value, remedy))]) from error


class _Rows(io.RawIOBase):
    """A file's bytes, its columns renamed to capital letters and one more added for the rest."""

    def __init__(self, path: Path) -> None:
        self._file = _open(path)
        names = header(path)
        self._file.readline()
        self._header = ",".join([*names, MORE]).encode() + b"\n"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._header:
            return int(self._file.readinto(buffer))
        size = min(len(buffer), len(self._header))
        buffer[:size], self._header = self._header[:size], self._header[size:]
        return size

    def close(self) -> None:
        self._file.close()
        super().close()


def _broken(error: Exception) -> tuple[str, str, str]:
    """Return what is wrong with a file that is no CSV file from end to end, and what to do."""
    words = " ".join(str(error).split())
    return "cannot be read to its end", words, "take the file as MIMIC-III publishes it"


def _note_bad(report: Report, path: Path, table: str, cells: pd.Series) -> None:
    kind = SCHEMA[table][str(cells.name)].rstrip("?")
    what, remedy = _REMEDIES[kind]
    _note(report, path, cells[cells.notna()], what, remedy)
    _note(report, path, cells[cells.isna()], "is empty", remedy)


def _note(report: Report, path: Path, cells: pd.Series, what: str, remedy: str) -> None:
    for line, value in cells.items():
        shown = "" if pd.isna(value) else value
        report.add(path, int(str(line)), str(cells.name), what, shown, remedy)


def _open(path: Path) -> Any:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")
