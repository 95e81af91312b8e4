"""Moving in from academicpages: a page for each paper, or the table that they were made from."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from portfolio.moving.disagreement import page_first
from portfolio.moving.found import Cells, Found, Haul
from portfolio.moving.lists import first_entry, of_table
from portfolio.moving.paper_texts import taken_into, words_of
from portfolio.moving.people_lists import family_first
from portfolio.moving.source import Source, plain
from portfolio.refusal import Refusal

_TABLE = "markdown_generator/publications.tsv"
_FOLDERS = ("files", "images", "assets", "_publications")
_OF_JEKYLL = frozenset({"collection", "layout", "author_profile", "redirect_from", "comments"})
_DATED = re.compile(r"^\d{4}-\d{2}-\d{2}-")


def is_one(source: Source) -> bool:
    """Whether the folder is an academicpages site."""
    return (source.root / "_publications").is_dir() or (source.root / _TABLE).is_file()


def read(source: Source) -> Haul:
    """Return its papers: from their pages, else from the table."""
    papers = papers_of(source)
    if not papers:
        for path in source.glob(_TABLE):
            papers += of_table(source, path, [source.root / folder for folder in _FOLDERS])
    return Haul("academicpages", source, tuple(papers))


def papers_of(source: Source) -> list[Found]:
    """Return the papers that have a page of their own."""
    found = (_paper(source, path) for path in source.glob("_publications/**/*.md"))
    return list(filter(None, found))


def _paper(source: Source, path: Path) -> Found | None:
    said, text = source.front_matter(path)
    if not said:
        return None
    cells = Cells()
    for name, value in said.items():
        _put(cells, name, value)
    rest = taken_into(cells, text)
    folders = [source.root / folder for folder in _FOLDERS]
    entry = None
    if bibtex := cells.said.get("bibtexurl", ""):
        with suppress(Refusal):
            beside = source.find(_local(bibtex), folders)
            entry = first_entry(source, beside) if beside else None
    if entry:
        cells.said.pop("bibtexurl", None)
    found = cells.found(_DATED.sub("", path.stem), source.name(path), folders, entry=entry)
    found = page_first(source, cells, found, bibtex.rpartition("/")[2]) if entry else found
    return found.with_page(path, rest)


def _put(cells: Cells, name: str, value: Any) -> None:
    if name == "header" and isinstance(value, dict):
        picture = plain(value.get("teaser")) or plain(value.get("image"))
        cells.put("header.teaser", picture, "preview")
    elif name == "permalink":
        slug = plain(value).rstrip("/").rpartition("/")[2]
        cells.put(name, _DATED.sub("", slug), "slug")
    elif name in {"author", "authors"} and (people := _people(value)):
        cells.put_authors(name, people)
    elif name == "category":
        cells.said[name] = plain(value)
        cells.names.append((name, "type"))
    elif name not in _OF_JEKYLL:
        address = name.endswith("url") or name == "link"
        cells.put(name, _local(plain(value)) if address else words_of(plain(value)))


def _people(value: Any) -> list[str]:
    """Return the people of a list, or of a text in which all have their family names first."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    parts = [part.strip() for part in words_of(plain(value)).split(",")]
    return parts if family_first(parts) != parts else []


def _local(address: str) -> str:
    """Return an address of the site itself, as the template's examples have it, as a path."""
    found = re.match(r"^https?://academicpages\.github\.io(/files/.*)$", address)
    return found[1] if found else address
