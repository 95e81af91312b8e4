"""What the owner does not want to be told of again, each with its reason: a table."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from portfolio.moving.keys import title_of
from portfolio.records.problems import Problem
from portfolio.records.sources import read_text
from portfolio.records.tables.reader import read_table
from portfolio.services.works import Work, identifier

PATH = "publications/ignored.csv"
_COLUMNS = ("identifier", "title", "reason")


def read_ignored(root: Path, problems: list[Problem]) -> dict[str, str]:
    """Return the reasons by the names of works; a row says its work by identifier or title."""
    if not (root / PATH).is_file():
        return {}
    found: dict[str, str] = {}
    for row in read_table(root / PATH, shown_as=PATH, problems=problems, columns=_COLUMNS):
        reason = row.cells.get("reason", "")
        names = [_named(row.cells.get("identifier", "")), _titled(row.cells.get("title", ""))]
        name = next(filter(None, names), "")
        if not name or not reason:
            what = "a row needs an identifier or a title, and a reason"
            problems.append(Problem(PATH, row.line, row.key or "row", what, "complete it"))
        else:
            found[name] = reason
    return found


def names_of(work: Work) -> Iterator[str]:
    """Yield what a work may be ignored by: its identifiers, its name at the service, its title."""
    yield from sorted(work.identifiers)
    yield f"{work.service}:{work.name}".lower()
    yield _titled(work.title)


def with_rows(root: Path, rows: Iterable[tuple[Work, str]]) -> str:
    """Return the table with a row more for each work, and its reason; other rows stay."""
    path = root / PATH
    before = read_text(path, shown_as=PATH, problems=[]) if path.is_file() else ""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    if not before:
        table.writerow(_COLUMNS)
    for work, reason in rows:
        named = next(iter(sorted(work.identifiers)), f"{work.service}:{work.name}")
        table.writerow([named, _harmless(work.title), _harmless(reason)])
    return before + ("\n" if before and not before.endswith("\n") else "") + written.getvalue()


def _harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _named(said: str) -> str:
    said = said.strip()
    if found := re.search(r"10\.\d{4,9}/\S+", said):
        return identifier(found.group())
    return re.sub(r"^(arxiv:.*?)v\d+$", r"\1", said.lower())


def _titled(said: str) -> str:
    return f"title:{title_of(said)}" if title_of(said) else ""
