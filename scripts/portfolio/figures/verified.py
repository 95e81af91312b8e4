"""When each notebook was last run again in a fresh environment, and what came of it.

The answers stand in a small table in the project, ``notebooks/verified.csv``, which is committed.
Each belongs to the notebook as it was then: of one that has changed since, nothing is known.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from portfolio import texts
from portfolio.content import is_content
from portfolio.figures.asked import KEY, code_cells
from portfolio.figures.record import TIMES, VERIFIED

SAME, MOVED, FAILED = "same", "moved", "failed"


@dataclass(frozen=True, order=True)
class Verified:
    """One notebook's answer; ``what`` says what moved or failed, ``of`` which notebook it was."""

    notebook: str
    date: date
    result: str
    what: str
    of: str

    @property
    def good(self) -> bool:
        """Whether the second run showed what the first had shown."""
        return self.result == SAME


def read_verified(root: Path) -> dict[str, Verified]:
    """Return the answers by notebook; lines that are none are passed over."""
    path = root / VERIFIED
    if not is_content(path, root):
        return {}
    found = {}
    for row in csv.DictReader(io.StringIO(texts.read(path).text)):
        try:
            said = {field.name: str(row[field.name] or "") for field in fields(Verified)}
            day = date.fromisoformat(said.pop("date"))
        except (KeyError, ValueError):
            continue
        if said["result"] in {SAME, MOVED, FAILED}:
            found[said["notebook"]] = Verified(date=day, **said)
    return found


def table(answers: Iterable[Verified]) -> str:
    """Return the table of answers, by notebook."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(field.name for field in fields(Verified))
    rows.writerows(astuple(answer) for answer in sorted(answers))
    return written.getvalue()


def identity(notebook: Mapping[str, Any]) -> str:
    """Return a digest of what a notebook computed: cells, outputs, and the record of its run."""
    run = notebook["metadata"].get(KEY)
    kept = {k: v for k, v in run.items() if k not in TIMES} if isinstance(run, dict) else {}
    cells = [
        (cell["source"], cell["outputs"], *filter(None, [cell["metadata"].get(KEY)]))
        for _, cell in code_cells(notebook)
    ]
    return sha256(repr((kept, cells)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
