"""Moving in from a Quarto website: folders of pages, listings of YAML or CSV, pages by hand."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from portfolio.content import files
from portfolio.moving.found import Cells, Found, Haul
from portfolio.moving.handwritten import PAPERS, html_of, papers_in, tree_of
from portfolio.moving.quarto_site import (
    MADE,
    OF_QUARTO,
    folder_of,
    pages_of,
    rows_of_listings,
)
from portfolio.moving.source import Source, listed, plain
from portfolio.moving.transcribed import entries_of_folder, field_of, found_on
from portfolio.records.fields import kind_told

_OF_PAPERS = re.compile(
    r"publications?|papers?|pubs?|articles|preprints|research|work", re.IGNORECASE
)
_TELLING = {"author", "authors", "doi", "publication", "journal", "venue", "citation", "pub-info",
            "pub", "conference", "booktitle", "container-title"}  # fmt: skip
_OF_CITATION = {"container-title": "venue", "issue": "number", "page": "pages", "issued": "date"}


def read(source: Source) -> Haul:
    """Return its papers: from pages of their own, else from listings, else from pages by hand."""
    pages = pages_of(source)
    papers = [found for path in pages if (found := _of_page(source, path))]
    papers += _of_listings(source, pages, {_name(one) for one in papers})
    people: dict[str, str] = {}
    if not papers:
        papers = _by_hand(source, pages, people)
    return Haul("Quarto", source, tuple(papers), people=tuple(people.items()))


def _name(found: Found) -> str:
    return found.where.partition(":")[0]


def _of_page(source: Source, path: Path) -> Found | None:
    folder = folder_of(source, path)
    if not _OF_PAPERS.fullmatch(folder) or path.name.lower() == "readme.md":
        return None
    said, text = source.front_matter(path)
    if not said.get("title") or "listing" in said or not (_TELLING & said.keys()):
        return None
    stem = path.parent.name if path.stem == "index" else path.stem
    cells = Cells()
    for name, value in said.items():
        put(cells, name, value)
    cells.said.setdefault("slug", re.sub(r"[^a-z0-9_-]+", "-", stem.lower()).strip("-"))
    kind = _kind(said)
    found = cells.found(stem, source.name(path), (path.parent, source.root), kind=kind)
    return found.with_page(path, text)


def put(cells: Cells, name: str, value: Any) -> None:
    """Take a setting of a page, or a value of a listing's row, into the fields of a paper."""
    key = name.lower().replace("-", "_")
    if name in OF_QUARTO and name != "image-alt":
        return
    if key in {"author", "authors"}:
        people = value if isinstance(value, list) else [value]
        names = [each for one in people if (each := person(one))]
        if len(names) == 1:
            cells.put(name, names[0], "author")
        else:
            cells.put_authors(name, names)
    elif isinstance(value, Mapping):
        for inner, said in value.items():
            if key == "citation" and inner == "author":
                put(cells, inner, said)
            else:
                _put_inner(cells, key, str(inner), said)
    elif key in {"links", "url", "other_links", "code_links"} and isinstance(value, list):
        _put_links(cells, value)
    elif key == "categories":
        cells.put(name, ", ".join(listed(value)), "keywords")
    elif key == "year" or not isinstance(value, list):
        cells.put(key, plain(value), "preview" if key == "image" else "")
    else:
        cells.put(key, ", ".join(listed(value)))


def _put_inner(cells: Cells, key: str, name: str, value: Any) -> None:
    if name == "links":
        _put_links(cells, value)
    elif name in {"type", "csl-entry"}:
        cells.names.append((f"{key}.{name}", "type"))
    elif text := plain(value) or ", ".join(listed(value)):
        told = _OF_CITATION.get(name, "" if key == "citation" else name.replace("-", "_"))
        cells.put(
            f"{key}.{name}", re.sub(r"<[^<>]+>", "", text), told or name.replace("-", "_").lower()
        )


def _put_links(cells: Cells, links: Any) -> None:
    for one in links if isinstance(links, list) else ():
        if isinstance(one, Mapping):
            words = plain(one.get("text") or one.get("name") or one.get("label") or one.get("icon"))
            href = plain(one.get("href") or one.get("url") or one.get("link") or one.get("local"))
            cells.put(f"links.{words}", href, field_of(words, href))


def person(said: Any) -> str:
    """Return the name of an author, which may be a block: ``name: {given: …, family: …}``."""
    if not isinstance(said, Mapping):
        return plain(said)
    name = said.get("name", said)
    if isinstance(name, Mapping):
        return " ".join(filter(None, map(plain, map(name.get, ("given", "family")))))
    return plain(name)


def _kind(said: Mapping[str, Any]) -> str:
    citation = said.get("citation")
    told = [plain(citation.get("type"))] if isinstance(citation, Mapping) else []
    return kind_told([*told, plain(said.get("type")), *listed(said.get("categories"))])


def _of_listings(source: Source, pages: Iterable[Path], there: set[str]) -> list[Found]:
    found = []
    for page, title, row, number in rows_of_listings(source, pages):
        told = {str(name).lower(): value for name, value in row.items()}
        beside = PurePosixPath(source.name(page)).parent / plain(told.get("path"))
        is_there = told.get("path") and str(beside) in there
        if is_there or not told.get("title") or not PAPERS.search(f"{title} {page.stem}"):
            continue
        cells = Cells()
        for name, value in told.items():
            if name in {"path", "href"}:
                href = plain(value)
                cells.put(name, href, field_of("", href) if "://" in href else "url")
            else:
                put(cells, name, value)
        where = f"{source.name(page)}:{number}"
        kind = kind_told([plain(told.get("type")), *listed(told.get("categories"))])
        found.append(cells.found("unnamed", where, (page.parent, source.root), kind=kind).keyed())
    return found


def _by_hand(source: Source, pages: Iterable[Path], people: dict[str, str]) -> list[Found]:
    bibs = [
        path for path in files(source.root, source.root, apart=set(MADE)) if path.suffix == ".bib"
    ]
    entries, taken = entries_of_folder(source, bibs), set[str]()
    found: list[Found] = []
    for page in pages:
        said, text = source.front_matter(page, quietly=True)
        title = plain(said.get("title")) or plain(said.get("pagetitle"))
        if not PAPERS.search(f"{title} {source.name(page)}") and page.stem != "index":
            continue
        listed_ = papers_in(tree_of(html_of(text)), title=title or page.stem)
        for one in listed_:
            people |= {name: href for name, href in one.paper.people if "://" in href}
        found += found_on(source, page, listed_, taken=taken, entries=entries)
        if listed_:
            source.read.add(page)
    return found
