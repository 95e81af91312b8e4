"""What a source holds beside papers: news, talks, people, posts and who its owner is."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from portfolio.moving.bodies import in_short, sound
from portfolio.moving.names import address_of, safe, untaken
from portfolio.moving.source import Source, plain
from portfolio.refusal import Refusal

_PICTURES = ("", "assets/img", "images", "assets/images", "static", "static/img", "assets",
             "static/images", "assets/media")  # fmt: skip
_CITATION = re.compile(r"\s?\[[^\[\]]*-?@[^\[\]]*\]")
WITH_PAGES = frozenset({"talks", "teaching", "projects", "people", "software"})
"""The kinds that have a page of their own; the others are the CV's."""
DATED = re.compile(r"^(\d{4}-\d{2}-\d{2})-")


@dataclass(frozen=True)
class Leaf:
    """A page of the source: where it lies, its front matter and its text."""

    path: Path
    said: dict[str, Any]
    text: str

    @property
    def is_draft(self) -> bool:
        """Whether the source does not publish it."""
        told = self.said.get("draft") is True or self.said.get("published") is False
        return told or "_drafts" in self.path.parts


@dataclass(frozen=True)
class Text:
    """The text of a page as Markdown of ours, and the files here that it cites from."""

    markdown: str
    files: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """Its first paragraph on one line, as tables have it, in which nothing is cited."""
        return in_short(_CITATION.sub("", self.markdown) if self.files else self.markdown)


@dataclass
class Things:
    """Rows by kind, news, posts by the names of their files, and the files that come along."""

    items: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    news: list[tuple[str, str, str]] = field(default_factory=list)
    posts: dict[str, str] = field(default_factory=dict)
    owner: dict[str, Any] = field(default_factory=dict)
    bio: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    """Pages that stay pages, by the names of their files."""
    menu: list[tuple[str, str]] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    """Where pages of the source are here, by what they were known as."""
    keys: set[str] = field(default_factory=set)
    """The keys under which the papers of the source come along."""
    copies: dict[str, Path] = field(default_factory=dict)
    taken: set[Path] = field(default_factory=set)
    samples: set[Path] = field(default_factory=set)

    @property
    def has_cv(self) -> bool:
        """Whether there is what a CV alone shows."""
        return any(rows for kind, rows in self.items.items() if kind not in WITH_PAGES)

    def add(self, kind: str, row: dict[str, Any]) -> None:
        """Take a row, without what says nothing, unless it is there already."""
        row = {name: value for name, value in row.items() if value not in ("", [], None, {})}
        if row and row not in self.items.setdefault(kind, []):
            self.items[kind].append(row)


def picture_in(source: Source, things: Things, kind: str, page: Path, named: str) -> str:
    """Return where a picture that a page names lies here, and have it come along; else nothing."""
    if not named or "://" in named:
        return ""
    folders = [page.parent, *(source.root / folder for folder in _PICTURES)]
    try:
        path = source.find(named, folders)
    except Refusal:
        return ""
    if path is None:
        return ""
    folder = f"{kind}/files/".lstrip("/")
    there = (name for name, one in things.copies.items() if one == path and name.startswith(folder))
    target = next(there, "") or untaken(folder + safe(path.name), things.copies)
    things.copies[target] = path
    return target


def file_here(source: Source, things: Things, kind: str, page: Path, named: str) -> str:
    """Return the address here of what a page names: of a page that came along, or of a file."""
    named = source.local(named)
    if there := things.addresses.get(address_of(named)):
        return there
    if named.lower().endswith((".html", ".htm", ".md", ".qmd", ".rmd", "/")):
        return ""  # a page of the old site that did not come along
    found = picture_in(source, things, kind, page, named)
    return f"/{found}" if found else ""


def page_of(things: Things, kind: str, leaf: Leaf, title: str, text: Text) -> str:
    """Make a page of a text, and return its address."""
    stem = leaf.path.parent.name if leaf.path.stem in {"index", "_index"} else leaf.path.stem
    slug = re.sub(r"[^a-z0-9_-]+", "-", DATED.sub("", stem).lower()).strip("-") or "page"
    name = untaken(f"{kind}/{slug}.qmd", {*things.pages, f"{kind}/index.qmd"})
    front = front_matter_of({"title": title, "bibliography": list(text.files)})
    things.pages[name] = f"---\n{front}---\n\n{sound(text.markdown)}\n"
    return f"/{name.removesuffix('.qmd')}.html"


def day(leaf: Leaf) -> str:
    """Return the day of a page as it says, or as its name does; nothing where neither does."""
    return plain(leaf.said.get("date"))[:10] or _day_of(leaf.path)


def _day_of(path: Path) -> str:
    found = DATED.match(path.name) or DATED.match(path.parent.name)
    return found[1] if found else ""


def written(rows: list[dict[str, Any]]) -> str:
    """Return rows as YAML."""
    import yaml  # noqa: PLC0415

    return str(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=1000))


def front_matter_of(said: dict[str, Any]) -> str:
    """Return what stands at the top of a page, without what says nothing."""
    import yaml  # noqa: PLC0415

    told = {name: value for name, value in said.items() if value not in ("", [], None)}
    if told.get("date"):
        told["date"] = date.fromisoformat(told["date"]) if _is_day(told["date"]) else told["date"]
    return str(yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
