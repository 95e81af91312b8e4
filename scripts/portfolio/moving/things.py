"""What a source holds beside papers: news, talks, people, posts and who its owner is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from portfolio.moving import quarto_site
from portfolio.moving.bodies import body, in_short, sound
from portfolio.moving.names import address_of, safe, untaken
from portfolio.moving.places import NEWS, POSTS, kind_of_folder, pages_by_kind
from portfolio.moving.resumes import kind_of_section
from portfolio.moving.samples import is_sample
from portfolio.moving.source import Source, listed, plain
from portfolio.records.kinds.known import KINDS
from portfolio.records.kinds.schema import SEVERAL, spelled
from portfolio.refusal import Refusal

_NAMED = {
    "img": "picture", "image": "picture", "avatar": "picture", "redirect": "link",
    "external_link": "link", "location": "place", "authors": "people", "excerpt": "summary",
    "url_slides": "slides", "url_video": "video", "url_code": "code", "github": "code",
    "superuser": "", "layout": "", "collection": "", "permalink": "", "importance": "",
    "related_publications": "", "toc": "", "header": "", "tags": "tags", "category": "group",
    "bio": "summary", "email": "email",
}  # fmt: skip
_VENUES = {"talks": "event", "teaching": "institution"}
_PICTURES = ("", "assets/img", "images", "assets/images", "static", "static/img", "assets",
             "static/images", "assets/media")  # fmt: skip
_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(([^()\s]+)\)")
_DATED = re.compile(r"^(\d{4}-\d{2}-\d{2})-")
_LONG = 400


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
    copies: dict[str, Path] = field(default_factory=dict)
    taken: set[Path] = field(default_factory=set)
    samples: set[Path] = field(default_factory=set)

    def add(self, kind: str, row: dict[str, Any]) -> None:
        """Take a row, without what says nothing, unless it is there already."""
        row = {name: value for name, value in row.items() if value not in ("", [], None, {})}
        if row and row not in self.items.setdefault(kind, []):
            self.items[kind].append(row)


def read_things(source: Source, things: Things) -> None:
    """Read all that is in the places that the known templates have for things beside papers."""
    for kind, paths in pages_by_kind(source).items():
        if kind == POSTS:
            for leaf in _leaves(source, things, paths):
                name, post = _post(source, things, leaf)
                things.posts[untaken(name, {*things.posts, "index"})] = post
            continue
        for leaf in _published(source, things, paths):
            if kind == NEWS:
                _take_news(source, things, leaf)
            elif not (kind == "people" and leaf.path.parent.name in {"admin", "me"}):
                things.add(kind, _row(source, things, kind, leaf))
    for page, title, said, _ in quarto_site.rows_of_listings(
        source, quarto_site.listing_pages(source)
    ):
        folder = page.parent.name if page.stem == "index" else page.stem
        kind = kind_of_folder(folder) or kind_of_section(title)
        if kind in KINDS:
            told = {str(name).lower(): value for name, value in said.items()}
            things.add(kind, _row(source, things, kind, Leaf(page, told, "")))


def _take_news(source: Source, things: Things, leaf: Leaf) -> None:
    told = body(leaf.text, lambda _: "")
    sentence = _sentence(leaf, told)
    if not sentence:
        source.report(leaf.path, "text", "this piece of news says nothing", "write it, if it does")
        return
    _report_rest(source, leaf, told, sentence)
    things.news.append((_day(leaf), *_with_link(sentence)))


def _leaves(source: Source, things: Things, paths: Iterable[Path]) -> Iterator[Leaf]:
    """Yield the pages that are no samples."""
    for path in paths:
        if path in things.taken:
            continue
        said, text = source.front_matter(path)
        things.taken.add(path)
        if is_sample(plain(said.get("title")) or path.stem, text):
            things.samples.add(path)
        elif said:
            yield Leaf(path, said, text)


def _published(source: Source, things: Things, paths: Iterable[Path]) -> Iterator[Leaf]:
    """Yield the pages that the source publishes; tables have no drafts, so these are named."""
    for leaf in _leaves(source, things, paths):
        if leaf.is_draft:
            what = "it is a draft, and here it would be published"
            source.report(leaf.path, leaf.path.stem, what, "it is left out")
        else:
            yield leaf


def _sentence(leaf: Leaf, told: str) -> str:
    """Return an item of news in a sentence or two; a longer one has its title, or its beginning."""
    title = plain(leaf.said.get("title"))
    words = " ".join(told.split()) or title
    return words if len(words) <= _LONG else title or in_short(told)


def _with_link(sentence: str) -> tuple[str, str]:
    """Return a sentence with its one link as tables of news have it: a noun, and where it leads."""
    links = _LINK.findall(sentence)
    if len(links) != 1 or "[" in links[0][0]:
        return sentence, ""
    return _LINK.sub(r"[\1]", sentence), links[0][1]


def _row(source: Source, things: Things, kind: str, leaf: Leaf) -> dict[str, Any]:
    """Return a page as a row of its kind's table; its text as a summary."""
    known, said = KINDS[kind], leaf.said
    title = plain(said.get("title") or said.get("name"))
    row: dict[str, Any] = {known.title.name: title or leaf.path.stem.replace("-", " ").title()}
    for name, value in said.items():
        target = _VENUES.get(kind, name) if name == "venue" else _NAMED.get(name, name)
        field_ = known.names.get(spelled(target)) if target else None
        if name in {"title", "name"} or name in quarto_site.OF_QUARTO - known.names.keys():
            continue
        if field_ is None:
            _report_field(source, kind, leaf, name)
            continue
        if field_.name == "picture":
            named = value.get("teaser") if isinstance(value, dict) else value
            row["picture"] = picture_in(source, things, kind, leaf.path, plain(named))
        elif field_.form in SEVERAL:
            if field_.name != "links":
                row.setdefault(field_.name, [one for one in listed(value) if one != "admin"])
        elif text := plain(value):
            row.setdefault(field_.name, text[:10] if field_.name == "date" else text)
    links = said.get("links") or said.get("social")
    if isinstance(links, list):
        row["links"] = [each for one in links if (each := _link(one))]
    told = body(leaf.text, partial(file_here, source, things, kind, leaf.path))
    row["summary"] = row.get("summary") or in_short(told)
    _keep_rest(things, kind, row, leaf, told)
    if kind == "people" and plain(said.get("group")).lower() in {"alum", "alumni"}:
        row |= {"alumnus": True, "group": ""}
    return row


def _keep_rest(things: Things, kind: str, row: dict[str, Any], leaf: Leaf, told: str) -> None:
    """Make a page of a text for which a table has no room, and have the item lead to it."""
    if not told or " ".join(told.split()) == " ".join(str(row["summary"]).split()):
        return
    stem = leaf.path.parent.name if leaf.path.stem in {"index", "_index"} else leaf.path.stem
    slug = re.sub(r"[^a-z0-9_-]+", "-", _DATED.sub("", stem).lower()).strip("-") or "page"
    name = untaken(f"{kind}/{slug}.qmd", {*things.pages, f"{kind}/index.qmd"})
    front = front_matter_of({"title": row[KINDS[kind].title.name]})
    things.pages[name] = f"---\n{front}---\n\n{sound(told)}\n"
    address = f"/{name.removesuffix('.qmd')}.html"
    if row.get("link"):
        row["links"] = [*row.get("links", []), {"text": "More", "href": address}]
    else:
        row["link"] = address


def _report_field(source: Source, kind: str, leaf: Leaf, name: str) -> None:
    """Name a field that no table here has, but for those that say how a template shows a page."""
    said = "; ".join(listed(leaf.said[name]))
    if said and not isinstance(leaf.said[name], bool) and _NAMED.get(name) != "":
        what = f"no field of {kind} is for it ({said})"
        source.report(leaf.path, name, what, "say it in the summary, if it matters")


def _report_rest(source: Source, leaf: Leaf, told: str, taken: str) -> None:
    """Name a page of whose text a table has the beginning alone, or nothing."""
    if told and " ".join(told.split()) != " ".join(taken.split()):
        what = "a table has no room for all of its text"
        source.report(leaf.path, "text", what, "copy the rest into a page of yours, NAME.qmd")


def _link(one: Any) -> dict[str, str]:
    if not isinstance(one, dict):
        return {}
    href = plain(one.get("url") or one.get("link") or one.get("href"))
    text = plain(one.get("name") or one.get("label") or one.get("icon") or one.get("text"))
    return {"text": text or href, "href": href} if "://" in href else {}


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


def _post(source: Source, things: Things, leaf: Leaf) -> tuple[str, str]:
    """Return a post: the name of its file, and the file."""
    path, said = leaf.path, leaf.said
    stem = path.parent.name if path.stem == "index" else path.stem
    tags = [*listed(said.get("categories")), *listed(said.get("tags"))]
    front = {
        "title": plain(said.get("title")) or _spoken(stem),
        "date": _day(leaf),
        "description": plain(said.get("description") or said.get("summary") or said.get("excerpt")),
        "categories": list(dict.fromkeys(tags)),
        "draft": True if leaf.is_draft else "",
    }
    told = sound(body(leaf.text, partial(file_here, source, things, "posts", path)))
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", _DATED.sub("", stem)).strip("-").lower() or "post"
    return name, f"---\n{front_matter_of(front)}---\n\n{told}\n"


def _spoken(stem: str) -> str:
    """Return the name of a file as a title."""
    words = _DATED.sub("", stem).replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or stem


def _day(leaf: Leaf) -> str:
    return plain(leaf.said.get("date"))[:10] or _day_of(leaf.path)


def _day_of(path: Path) -> str:
    found = _DATED.match(path.name) or _DATED.match(path.parent.name)
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
