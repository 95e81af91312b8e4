"""A website of Quarto's: which pages it is made of, and what its listings take from tables."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from portfolio.content import files
from portfolio.moving.source import Source, plain

SETTINGS = ("_quarto.yml", "_quarto.yaml")
MADE = ("docs", "_site", "_freeze", "_extensions", "site_libs", "renv", "_book")
_ENDINGS = {".qmd", ".md", ".rmd"}
OF_QUARTO = frozenset(
    {"format", "execute", "toc", "editor", "jupyter", "freeze", "listing", "about", "comments"}
    | {"title-block-banner", "title-block-style", "title-block-categories", "aliases", "draft"}
    | {"page-layout", "date-format", "date-modified", "params", "engine", "knitr", "filters"}
    | {"bibliography", "csl", "nocite", "css", "theme", "search", "lang", "resources", "order"}
    | {"include-in-header", "number-sections", "sidebar", "license", "anchor-sections"}
    | {"image-alt", "page-footer", "code-fold", "echo", "warning", "twitter-card", "open-graph"}
)
"""What front matter says to Quarto alone."""


def is_one(source: Source) -> bool:
    """Whether the folder is a website of Quarto's, and none of ours."""
    settings = settings_of(source)
    project = settings.get("project")
    kind = plain(project.get("type")) if isinstance(project, Mapping) else ""
    return bool(settings) and kind != "portfolio" and (kind == "website" or "website" in settings)


def settings_of(source: Source) -> Mapping[str, Any]:
    """Return what the site's settings say; nothing where there are none."""
    path = next(source.glob(*SETTINGS, quietly=True), None)
    data = source.data(path) if path else None
    return data if isinstance(data, Mapping) else {}


def pages_of(source: Source) -> list[Path]:
    """Return the pages that the site is made of, not what was made of them."""
    output = settings_of(source).get("project")
    made = plain(output.get("output-dir")) if isinstance(output, Mapping) else ""
    apart = {*MADE, made.strip("./")}
    found = files(source.root, source.root, apart=apart)
    pages = [path for path in found if path.suffix.lower() in _ENDINGS]
    beside = {
        path.parent for path in pages if path.name == "index.qmd" and path.parent != source.root
    }
    return [path for path in pages if path.suffix != ".md" or path.parent not in beside]


def listing_pages(source: Source) -> list[Path]:
    """Return the pages whose listings may take from tables; none of another template has any."""
    return pages_of(source) if is_one(source) else []


def folder_of(source: Source, path: Path) -> str:
    """Return the folder of the site that a page of its own lies in; none for a list of pages."""
    parts = PurePosixPath(source.name(path)).parts
    is_index = PurePosixPath(parts[-1]).stem == "index"
    return parts[0] if len(parts) > (2 if is_index else 1) else ""


def rows_of_listings(source: Source, pages: Iterable[Path]) -> Iterator[tuple[Path, str, Any, int]]:
    """Yield page, title, row and number of what the listings of pages take from tables."""
    for page in pages:
        said, _ = source.front_matter(page, quietly=True)
        listings = said.get("listing")
        for one in listings if isinstance(listings, list) else [listings]:
            contents = one.get("contents") if isinstance(one, Mapping) else None
            for each in contents if isinstance(contents, list) else [contents]:
                rows = [each] if isinstance(each, Mapping) else _rows_at(source, page, plain(each))
                title = plain(said.get("title")) or plain(said.get("pagetitle")) or page.parent.name
                for number, row in enumerate(rows, 1):
                    yield page, title, row, number


def _rows_at(source: Source, page: Path, name: str) -> list[Any]:
    suffix = PurePosixPath(name).suffix
    if suffix not in {".yml", ".yaml", ".csv"} or "*" in name:
        return []
    path = source.find(name, [page.parent])
    if path is None:
        source.report(page, "listing", f"there is no such file ({name})", "look for what it listed")
        return []
    source.read.add(path)
    if suffix == ".csv":
        return list(csv.DictReader(io.StringIO(source.text(path))))
    data = source.data(path)
    return [row for row in data if isinstance(row, Mapping)] if isinstance(data, list) else []
