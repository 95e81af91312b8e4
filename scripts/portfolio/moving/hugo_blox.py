"""Moving in from Hugo Blox: a folder for each paper, with its page, entry, picture and files."""

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

from portfolio.moving.disagreement import page_first
from portfolio.moving.found import Cells, Found, Haul
from portfolio.moving.lists import first_entry
from portfolio.moving.source import Source, listed, plain
from portfolio.records.fields import kind_told

_PAGES = ("content/publication/*/index*.md", "content/publications/*/index*.md")
_AUTHORS = "content/authors/{}/_index.md"
_OLD_TYPES = {
    "1": "inproceedings", "2": "article", "3": "unpublished", "4": "techreport", "5": "book",
    "6": "incollection", "7": "phdthesis", "8": "patent",
}  # fmt: skip
_LINKS = {"project": "website", "preprint": "url", "dataset": "data", "source": "source"}
_OF_HUGO = frozenset(
    {"publishdate", "draft", "type", "layout", "share", "profile", "view", "lastmod"}
)
_LINK = re.compile(r"!?\[([^\[\]]+)\]\([^()\s]*\)")
_ELEMENT = re.compile(r"</?[a-zA-Z][^<>]*>")
_MARKDOWN = re.compile(r"(\*{1,3}|_{1,3}|`)(?=\S)(.+?)(?<=\S)\1")


def is_one(source: Source) -> bool:
    """Whether the folder is a Hugo Blox site."""
    return any(any(source.root.glob(pages)) for pages in _PAGES)


def read(source: Source) -> Haul:
    """Return its papers; a ``cite.bib`` stays as it is, and what its page says goes over it."""
    pages = [path for path in source.glob(*_PAGES) if path.name in {"index.md", "index.en.md"}]
    papers = (_paper(source, path) for path in pages)
    return Haul("Hugo Blox", source, tuple(filter(None, papers)))


def _paper(source: Source, path: Path) -> Found | None:
    said, text = source.front_matter(path)
    if not said:
        return None
    cells = Cells()
    for name, value in said.items():
        _put(source, cells, name.replace("-", "_"), value)
    beside = path.parent
    for picture in source.glob(f"{source.name(beside)}/featured.*"):
        cells.put("featured.*", picture.name, "preview")
    for name in ("cite.bib", f"{beside.name}.bib"):
        entry = first_entry(source, beside / name) if (beside / name).is_file() else None
        if entry:
            break
    folders = (
        beside,
        source.root / "static",
        source.root / "static/uploads",
        source.root / "assets/media",
    )
    kind = _kind(said.get("publication_types"))
    cells.said.setdefault("slug", beside.name)
    found = cells.found(beside.name, source.name(path), folders, kind=kind, entry=entry)
    found = page_first(source, cells, found, name) if entry else found
    return found.with_page(path, text)


def _put(source: Source, cells: Cells, name: str, value: Any) -> None:
    if name == "authors":
        cells.put_authors(name, (_person(source, person) for person in listed(value)))
    elif name in {"links", "hugoblox"}:
        _put_nested(cells, name, value)
    elif name == "publication":
        venue = re.sub(r"^In:? ", "", _bare(plain(value)))
        cells.put(name, venue, "venue")
    elif name == "publication_types":
        cells.names.append((name, "type"))
    elif name == "author_notes":
        cells.put(name, "; ".join(listed(value)), "author_notes")
    elif name == "image" and isinstance(value, Mapping):
        cells.put("image.caption", plain(value.get("caption")), "preview_alt")
    elif name in {"tags", "categories", "projects"}:
        cells.put(name, ", ".join(listed(value)), "keywords" if name == "tags" else name)
    elif name not in _OF_HUGO:
        cells.put(
            name, _bare(plain(value)) if name in {"publication_short", "summary"} else plain(value)
        )


def _put_nested(cells: Cells, name: str, value: Any) -> None:
    if name == "hugoblox":
        ids = value.get("ids") if isinstance(value, Mapping) else None
        for kind, text in (ids if isinstance(ids, Mapping) else {}).items():
            cells.put(f"hugoblox.ids.{kind}", plain(text), str(kind).lower())
        return
    for link in value if isinstance(value, list) else []:
        if isinstance(link, Mapping):
            kind = plain(link.get("type")) or plain(link.get("name")).lower()
            address = plain(link.get("url")) or plain(link.get("id"))
            cells.put(f"links.{kind or 'custom'}", address, _LINKS.get(kind, kind or "website"))


def _person(source: Source, name: str) -> str:
    """Return a person's name; ``me``, ``admin`` and their kin have a page that tells it."""
    path = source.root / _AUTHORS.format(name)
    if re.fullmatch(r"[\w.-]+", name) and name not in {".", ".."} and path.is_file():
        said, _ = source.front_matter(path)
        return plain(said.get("title")) or plain(said.get("name")) or name
    return name


def _kind(types: Any) -> str:
    told = listed(types)
    return next((_OLD_TYPES[one] for one in told if one in _OLD_TYPES), "") or kind_told(told)


def _bare(text: str) -> str:
    """Return Markdown as its words: without emphasis, links, elements and references."""
    words = _ELEMENT.sub("", _LINK.sub(r"\1", text))
    return " ".join(unescape(_MARKDOWN.sub(r"\2", words)).split())
