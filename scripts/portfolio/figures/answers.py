"""Runs inside a notebook's kernel: notes the values and tables that a cell asks for, after it ran.

Each answer is a file of its own in the run's folder, by the number of the cell's execution.
"""

import csv
import io
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portfolio.figures.asked import Asked, asked_by

LARGEST = 1_000_000
"""As many letters a table may have, for it is kept in the notebook."""
_DIGITS = 6
"""So many of a number are kept: those that other machines give too."""


class UntoldError(ValueError):
    """What a cell asks for cannot be kept; says why, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def begin(folder: str) -> None:
    """Answer every cell of this kernel from now on, in a folder."""
    from IPython.core.getipython import get_ipython  # noqa: PLC0415  children have none

    shell = get_ipython()

    if not shell:
        return
    variables = shell.user_ns

    def answer(result: Any) -> None:
        asked = asked_by(result.info.raw_cell or "") if result.success else None
        if asked:
            told = json.dumps(answered(asked, variables))
            path_of(folder, result.execution_count).write_text(told, encoding="utf-8", newline="\n")

    shell.events.register("post_run_cell", answer)


def path_of(folder: str, count: int) -> Path:
    """Return where the answer of the cell lies that was executed as the ``count``-th."""
    return Path(folder) / f"{count}.answer"


def answered(asked: Asked, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is asked for, or under ``fault`` why it cannot be had and what to do."""
    found: dict[str, Any] = {}
    key = "values"
    try:
        if asked.values:
            found["values"] = {name: _value(name, variables) for name in sorted(asked.values)}
        key = "table"
        if asked.table:
            found["table"] = _table(asked.table, variables)
    except UntoldError as error:
        return {"fault": [f"{key}: {error.what}", error.remedy]}
    except Exception as error:  # noqa: BLE001  of whatever the notebook's own objects raise
        what = f"{type(error).__name__}: {' '.join(str(error).split())}"
        return {"fault": [f"{key}: it cannot be written ({what})", "keep something plainer"]}
    return found


def _named(name: str, variables: Mapping[str, Any]) -> Any:
    if name not in variables:
        raise UntoldError(f"no variable is called {name}", "name one that the cell sets")
    return variables[name]


def _value(name: str, variables: Mapping[str, Any]) -> float | str:
    """Return a number with the digits that count, or a text."""
    value = _plain(_named(name, variables))
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        what = f"{name} is of type {type(value).__name__}, and no number or text"
        raise UntoldError(what, "name a single number")
    if not math.isfinite(value):
        raise UntoldError(f"{name} is {value}", "name a finite number")
    return value if isinstance(value, int) else float(f"{value:.{_DIGITS}g}")


def _plain(value: Any) -> Any:
    """Return a number of NumPy's or JAX's as one of Python's."""
    single = getattr(value, "shape", None) == () and hasattr(value, "item")
    return value.item() if single else value


def _table(name: str, variables: Mapping[str, Any]) -> str:
    """Return a table as CSV: a frame of pandas, or columns by their names."""
    table, written = _named(name, variables), io.StringIO()
    if hasattr(table, "to_csv"):
        frame = table if hasattr(table, "columns") else table.to_frame()
        named = any(each is not None for each in frame.index.names)
        frame.to_csv(written, index=named, lineterminator="\n", float_format=f"%.{_DIGITS}g")
    else:
        rows = csv.writer(written, lineterminator="\n")
        rows.writerows(_rows(name, table))
    text = written.getvalue()
    if len(text) > LARGEST:
        what = f"{name} has {len(text):,} letters as CSV, and at most {LARGEST:,} are kept"
        raise UntoldError(what, "keep fewer rows, or publish a file")
    return text


def _rows(name: str, table: Any) -> list[list[Any]]:
    remedy = "give a data frame, or columns of equal length by their names"
    if not isinstance(table, Mapping) or not table:
        raise UntoldError(f"{name} is no table", remedy)
    try:
        columns = [list(column) for column in table.values()]
        rows = list(zip(*columns, strict=True))
    except (TypeError, ValueError):
        raise UntoldError(f"the columns of {name} are not of one length", remedy) from None
    return [list(map(str, table)), *([_cell(value) for value in row] for row in rows)]


def _cell(value: Any) -> Any:
    value = _plain(value)
    return f"{value:.{_DIGITS}g}" if isinstance(value, float) else value
