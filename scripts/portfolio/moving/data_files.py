"""Lists of things that a site keeps as data: files that are called after what they list."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portfolio.moving import resumes
from portfolio.moving.samples import is_sample
from portfolio.moving.source import Source, plain
from portfolio.moving.things import Things

_ENDINGS = ("yml", "yaml", "csv")
_PLACES = tuple(f"{top}/**/*.{ending}" for top in ("_data", "data") for ending in _ENDINGS)
_OF_TEMPLATES = frozenset(
    {"navigation", "menu", "socials", "coauthors", "venues", "cv", "resume", "repositories"}
    | {"citations", "sources", "ui-text", "authors"}
)


def read_data(source: Source, things: Things) -> None:
    """Put what lists of a kind hold into ``things``; other data are left where they are."""
    for path in source.glob(*_PLACES, quietly=True):
        kind = resumes.kind_of_section(path.stem.replace("-", " ").replace("_", " "))
        if not kind or path.stem in _OF_TEMPLATES or path in things.taken | source.read:
            continue
        rows = [row for one in _records(source, path) if (row := resumes.row_of(kind, one))]
        if sum(bool(row.get("title")) for row in rows) * 2 <= len(rows):
            continue
        things.taken.add(path)
        for row in map(_titled, rows):
            if not is_sample(plain(row.get("title")), str(row)):
                things.add(kind, row)


def _titled(row: resumes.Row) -> resumes.Row:
    """Return a row whose title, where it has none, is where it was, or else what is said of it."""
    name = next(
        (name for name in ("title", "institution", "event", "summary") if row.get(name)), ""
    )
    others = {key: value for key, value in row.items() if key != name}
    return {"title": row.get(name, ""), **others}


def _records(source: Source, path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the records of a list, in YAML or CSV."""
    if path.suffix == ".csv":
        yield from csv.DictReader(io.StringIO(source.text(path)))
        return
    data = source.data(path)
    yield from (one for one in data if isinstance(one, Mapping)) if isinstance(data, list) else ()
