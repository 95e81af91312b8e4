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
        if not rows or not all(row.get("title") for row in rows):
            continue
        things.taken.add(path)
        for row in rows:
            if not is_sample(plain(row.get("title")), str(row)):
                things.add(kind, row)


def _records(source: Source, path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the records of a list, in YAML or CSV."""
    if path.suffix == ".csv":
        yield from csv.DictReader(io.StringIO(source.text(path)))
        return
    data = source.data(path)
    yield from (one for one in data if isinstance(one, Mapping)) if isinstance(data, list) else ()
