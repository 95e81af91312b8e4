"""What a source holds beside papers, page by page: rows of tables, news and posts."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from portfolio.moving import quarto_site
from portfolio.moving.citing import text_of
from portfolio.moving.dated import post, take_news
from portfolio.moving.hugo_home import owners_page
from portfolio.moving.hypertext import day_in, is_html, title_in
from portfolio.moving.names import untaken
from portfolio.moving.places import NEWS, POSTS, kind_of_folder, pages_by_kind
from portfolio.moving.resumes import kind_of_section
from portfolio.moving.samples import is_sample
from portfolio.moving.source import Source, listed, plain
from portfolio.moving.things import Leaf, Text, Things, page_of, picture_in
from portfolio.records.kinds.known import KINDS
from portfolio.records.kinds.schema import SEVERAL, Field, spelled

_NAMED = {
    "img": "picture", "image": "picture", "avatar": "picture", "redirect": "link",
    "external_link": "link", "location": "place", "authors": "people", "excerpt": "summary",
    "url_slides": "slides", "url_video": "video", "url_code": "code", "github": "code",
    "superuser": "", "layout": "", "collection": "", "permalink": "", "importance": "",
    "related_publications": "", "toc": "", "header": "", "tags": "tags", "category": "group",
    "event_url": "link", "bio": "summary", "email": "email", "contact": "email",
}  # fmt: skip
_VENUES = {"talks": "event", "teaching": "institution"}


def read_things(source: Source, things: Things) -> None:
    """Read all that is in the places that the known templates have for things beside papers."""
    own = owners_page(source)
    for kind, paths in pages_by_kind(source).items():
        if kind == POSTS:
            for leaf in _leaves(source, things, paths):
                name, text = post(source, things, leaf)
                things.posts[untaken(name, {*things.posts, "index"})] = text
            continue
        for leaf in _published(source, things, paths):
            if kind == NEWS:
                take_news(source, things, leaf)
            elif leaf.path != own:
                things.add(kind, _row(source, things, kind, leaf))
    for page, title, said, _ in quarto_site.rows_of_listings(
        source, quarto_site.listing_pages(source)
    ):
        folder = page.parent.name if page.stem == "index" else page.stem
        kind = kind_of_folder(folder) or kind_of_section(title)
        if kind in KINDS:
            told = {str(name).lower(): value for name, value in said.items()}
            things.add(kind, _row(source, things, kind, Leaf(page, told, "")))


def _leaves(source: Source, things: Things, paths: Iterable[Path]) -> Iterator[Leaf]:
    """Yield the pages that are no samples."""
    for path in paths:
        if path in things.taken:
            continue
        said, text = source.front_matter(path, quietly=is_html(path))
        if not said and is_html(path):
            said = {"title": title_in(path, text), "date": day_in(source.name(path), text)}
        things.taken.add(path)
        if is_sample(plain(said.get("title")), text):
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


def _row(source: Source, things: Things, kind: str, leaf: Leaf) -> dict[str, Any]:
    """Return a page as a row of its kind's table; its text as a summary."""
    known, said = KINDS[kind], leaf.said
    title = plain(said.get("title") or said.get("name"))
    row: dict[str, Any] = {known.title.name: title or leaf.path.stem.replace("-", " ").title()}
    more: list[str] = []
    for name, field_ in _fields_of(kind, said):
        value = said[name]
        if field_ is None:
            if kind == "people" and _tells(name, value):
                more.append(f"{name.replace('_', ' ').capitalize()}: {'; '.join(listed(value))}")
            else:
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
    ours = text_of(source, things, kind, leaf)
    row["summary"] = " ".join(filter(None, (row.get("summary") or ours.short, *map(_closed, more))))
    _keep_rest(things, kind, row, leaf, ours)
    if kind == "people" and (_is_alumnus(said) or said.get("current") is False):
        row |= {"alumnus": True, "group": ""}
    return row


def _fields_of(kind: str, said: dict[str, Any]) -> Iterator[tuple[str, Field | None]]:
    """Yield what a page says, but for its title and what templates alone read, with our fields."""
    known = KINDS[kind].names
    for name in said:
        target = _VENUES.get(kind, name) if name == "venue" else _NAMED.get(name, name)
        if name not in {"title", "name"} and name not in quarto_site.OF_QUARTO - known.keys():
            yield name, known.get(spelled(target)) if target else None


def _tells(name: str, value: Any) -> bool:
    """Whether a field of a person that no table has is words about them."""
    said = "; ".join(listed(value))
    is_text = isinstance(value, str | list) and bool(re.search(r"[^\W\d_]{2}", said))
    return is_text and "/" not in said and _NAMED.get(name) != ""


def _closed(said: str) -> str:
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _is_alumnus(said: dict[str, Any]) -> bool:
    return any(
        plain(said.get(name)).lower() in {"alum", "alumni"} for name in ("group", "category")
    )


def _keep_rest(things: Things, kind: str, row: dict[str, Any], leaf: Leaf, text: Text) -> None:
    """Make a page of a text for which a table has no room, and have the item lead to it."""
    told = text.markdown
    if not told or " ".join(told.split()) == " ".join(str(row["summary"]).split()):
        return
    address = page_of(things, kind, leaf, row[KINDS[kind].title.name], text)
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


def _link(one: Any) -> dict[str, str]:
    if not isinstance(one, dict):
        return {}
    href = plain(one.get("url") or one.get("link") or one.get("href"))
    text = plain(one.get("name") or one.get("label") or one.get("icon") or one.get("text"))
    return {"text": text or href, "href": href} if "://" in href else {}
