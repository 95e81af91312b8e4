"""What a source holds beside papers: news, talks, people, posts and who its owner is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from portfolio.moving.bodies import body, in_short, sound
from portfolio.moving.names import safe, untaken
from portfolio.moving.samples import is_sample
from portfolio.moving.source import Source, listed, plain
from portfolio.records.kinds.known import KINDS
from portfolio.records.kinds.schema import SEVERAL, spelled
from portfolio.refusal import Refusal

_PAGES = {
    "talks": ("_talks/*.md", "content/event/*/index.md", "content/events/*/index.md",
              "content/talk/*/index.md", "content/talks/*/index.md"),
    "teaching": ("_teaching/*.md", "_teachings/*.md", "content/teaching/*/index.md",
                 "content/courses/*/index.md"),
    "projects": ("_projects/*.md", "_portfolio/*.md", "content/project/*/index.md",
                 "content/projects/*/index.md"),
    "people": ("_members/*.md", "content/authors/*/_index.md"),
}  # fmt: skip
_NEWS = ("_news/*.md",)
_POSTS = ("_posts/**/*.md", "content/post/*/index.md", "content/posts/*/index.md",
          "content/blog/*/index.md", "content/post/*.md", "content/posts/*.md")  # fmt: skip
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
        return self.said.get("draft") is True or self.said.get("published") is False


@dataclass
class Things:
    """Rows by kind, news, posts by the names of their files, and the files that come along."""

    items: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    news: list[tuple[str, str, str]] = field(default_factory=list)
    posts: dict[str, str] = field(default_factory=dict)
    owner: dict[str, Any] = field(default_factory=dict)
    bio: str = ""
    copies: dict[str, Path] = field(default_factory=dict)
    taken: set[Path] = field(default_factory=set)
    samples: set[Path] = field(default_factory=set)

    def add(self, kind: str, row: dict[str, Any]) -> None:
        """Take a row, without what says nothing, unless it is there already."""
        row = {name: value for name, value in row.items() if value not in ("", [], None, {})}
        if row and row not in self.items.setdefault(kind, []):
            self.items[kind].append(row)


def read_things(source: Source) -> Things:
    """Read all that is in the places that the known templates have for things beside papers."""
    things = Things()
    for kind, patterns in _PAGES.items():
        for leaf in _published(source, things, patterns):
            if not (kind == "people" and leaf.path.parent.name in {"admin", "me"}):
                things.add(kind, _row(source, things, kind, leaf))
    for leaf in _published(source, things, _NEWS):
        told = body(leaf.text, lambda _: "")
        sentence = _sentence(leaf, told)
        _report_rest(source, leaf, told, sentence)
        things.news.append((_day(leaf), *_with_link(sentence)))
    for leaf in _leaves(source, things, _POSTS):
        name, post = _post(source, things, leaf)
        things.posts[untaken(name, {*things.posts, "index"})] = post
    return things


def _leaves(source: Source, things: Things, patterns: tuple[str, ...]) -> Iterator[Leaf]:
    """Yield the pages that are no samples."""
    for path in source.glob(*patterns):
        if path.name.lower() == "readme.md" or path in things.taken:
            continue
        said, text = source.front_matter(path)
        things.taken.add(path)
        if is_sample(plain(said.get("title")) or path.stem, text):
            things.samples.add(path)
        elif said:
            yield Leaf(path, said, text)


def _published(source: Source, things: Things, patterns: tuple[str, ...]) -> Iterator[Leaf]:
    """Yield the pages that the source publishes; tables have no drafts, so these are named."""
    for leaf in _leaves(source, things, patterns):
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
        if name in {"title", "name"}:
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
    told = body(leaf.text, partial(_file, source, things, kind, leaf.path))
    row["summary"] = row.get("summary") or in_short(told)
    _report_rest(source, leaf, told, row["summary"])
    if kind == "people" and plain(said.get("group")).lower() in {"alum", "alumni"}:
        row |= {"alumnus": True, "group": ""}
    return row


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
    folder = f"{kind}/files/"
    there = (name for name, one in things.copies.items() if one == path and name.startswith(folder))
    target = next(there, "") or untaken(folder + safe(path.name), things.copies)
    things.copies[target] = path
    return target


def _file(source: Source, things: Things, kind: str, page: Path, named: str) -> str:
    """Return the address of a file that a page names; see `picture_in`."""
    found = picture_in(source, things, kind, page, named)
    return f"/{found}" if found else ""


def _post(source: Source, things: Things, leaf: Leaf) -> tuple[str, str]:
    """Return a post: the name of its file, and the file."""
    path, said = leaf.path, leaf.said
    stem = path.parent.name if path.stem == "index" else path.stem
    tags = [*listed(said.get("categories")), *listed(said.get("tags"))]
    front = {
        "title": plain(said.get("title")) or stem,
        "date": _day(leaf),
        "description": plain(said.get("description") or said.get("summary") or said.get("excerpt")),
        "categories": list(dict.fromkeys(tags)),
        "draft": True if leaf.is_draft else "",
    }
    told = sound(body(leaf.text, partial(_file, source, things, "posts", path)))
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", _DATED.sub("", stem)).strip("-").lower() or "post"
    return name, f"---\n{_mapping(front)}---\n\n{told}\n"


def _day(leaf: Leaf) -> str:
    return plain(leaf.said.get("date"))[:10] or _day_of(leaf.path)


def _day_of(path: Path) -> str:
    found = _DATED.match(path.name) or _DATED.match(path.parent.name)
    return found[1] if found else ""


def written(rows: list[dict[str, Any]]) -> str:
    """Return rows as YAML."""
    import yaml  # noqa: PLC0415

    return str(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=1000))


def _mapping(said: dict[str, Any]) -> str:
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
