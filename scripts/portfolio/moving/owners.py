"""Who a source is about: contact, identifiers, portrait and the words that introduce them."""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from portfolio.moving import by_hand, hugo_home, quarto_site
from portfolio.moving.bodies import body, sound
from portfolio.moving.hypertext import markdown_of
from portfolio.moving.samples import is_sample
from portfolio.moving.source import Source, plain
from portfolio.moving.things import Things, file_here, picture_in
from portfolio.picture import PictureError, decoded
from portfolio.records.profiles import service_at, spelled

_SUFFIX = re.compile(r"_?(?:username|userid|user|profile|id|url)$")
_PLAIN = {
    "email": "email", "phone": "phone", "location": "address", "address": "address",
    "pronouns": "pronouns", "subtitle": "role", "role": "role", "employer": "affiliation",
}  # fmt: skip
_ABOUT = ("_pages/about.md",)
_EMPTY = re.compile(r"^(#+) .*\n*(?=\Z|^#{1,3} )(?!\1#)", re.MULTILINE)
"""A heading with nothing below it, as where papers stood."""
_NO_ONES = re.compile(r"example\.(?:com|org)|your[-_ ]|you@|<a |github username", re.IGNORECASE)


def about_pages(source: Source) -> list[Path]:
    """Return the pages that introduce the owner."""
    names = ("index.qmd",) if quarto_site.is_one(source) else _ABOUT
    own = hugo_home.owners_page(source)
    return [*source.glob(*names, quietly=True), *([own] if own else [])] or [
        *source.glob("index.html", quietly=True)
    ]


def read_owner(source: Source, things: Things) -> None:
    """Put into ``things`` what the source tells of its owner."""
    for path in source.glob("_config.yml", "_config.yaml", "_data/socials.yml"):
        data = source.data(path)
        things.taken.add(path)
        if isinstance(data, Mapping):
            author = data.get("author")
            _put(source, things, path, data, whole="socials" in path.name)
            _put(source, things, path, author if isinstance(author, Mapping) else {}, whole=True)
    for path in about_pages(source):
        _read_about(source, things, path)
    if not things.owner.get("portrait"):
        own = hugo_home.owners_page(source)
        beside = source.glob(f"{source.name(own.parent)}/avatar.*") if own else ()
        for path in beside:
            _portrait(source, things, path, path.name)
    hugo_home.read_home(source, things)


def _read_about(source: Source, things: Things, path: Path) -> None:
    said, text = source.front_matter(path, quietly=True)
    if path.suffix == ".html":
        html = by_hand.without_papers(source, path)
        text = markdown_of(html, partial(file_here, source, things, "images", path))
        picture = re.search(r"<img\b[^>]*\bsrc=[\"']?([^\"'\s>]+)", html)
        said = {"image": picture[1] if picture else ""}
    things.taken.add(path)
    about = said.get("about")
    about = about if isinstance(about, Mapping) else {}
    profile = said.get("profile")
    named = profile.get("image") if isinstance(profile, Mapping) else said.get("avatar")
    for one in (named, about.get("image"), said.get("image")):
        _portrait(source, things, path, plain(one))
    _put(source, things, path, said, whole=True)
    for one in (*_blocks(said.get("social")), *_blocks(about.get("links"))):
        _social(things, one)
    for one in _blocks(said.get("organizations")):
        where = {"text": plain(one.get("name")), "href": plain(one.get("url"))}
        things.owner.setdefault("affiliation", where)

    if not things.bio and not is_sample("", text):
        told = body(text, partial(file_here, source, things, "images", path))
        if portrait := things.owner.get("portrait"):  # which the page shows by itself
            told = re.sub(rf"!\[[^\]]*\]\(/{re.escape(portrait)}\)", "", told)
        things.bio = sound(_EMPTY.sub("", told).strip())


def _blocks(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _put(
    source: Source, things: Things, path: Path, block: Mapping[str, Any], *, whole: bool
) -> None:
    for key, value in block.items():
        text = plain(value)
        if not text or _NO_ONES.search(text):
            continue
        name = _SUFFIX.sub("", str(key).lower())
        service = spelled(name)
        if service and (whole or name != str(key).lower()):
            things.owner.setdefault(service, text)
        elif (whole and str(key) in _PLAIN) or str(key) == "email":
            things.owner.setdefault(_PLAIN[str(key)], re.sub(r"<[^>]*>", "", text).strip())
        elif whole and key == "avatar":
            _portrait(source, things, path, text)


def _portrait(source: Source, things: Things, page: Path, named: str) -> None:
    found = picture_in(source, things, "images", page, named)
    if not found or things.owner.get("portrait"):
        return
    try:
        decoded(things.copies[found].read_bytes(), at_least=(1, 1))
    except PictureError as fault:
        source.report(page, named, f"the portrait cannot be shown: {fault.what}", fault.remedy)
    else:
        things.owner["portrait"] = found


def _social(things: Things, one: Any) -> None:
    href = (
        plain(one.get("link") or one.get("url") or one.get("href"))
        if isinstance(one, Mapping)
        else ""
    )
    if href.startswith("mailto:"):
        things.owner.setdefault("email", href.removeprefix("mailto:"))
    elif href.startswith("http"):
        words = re.sub(r"\{\{<\s*\w+\s+(.*?)\s*>\}\}", r"\1", plain(one.get("text")))
        words = words or plain(one.get("aria-label")) or plain(one.get("icon"))
        text = (
            service_at(href) or words.rpartition(":")[2].replace("-", " ").strip().title() or href
        )
        things.owner.setdefault("links", []).append({"text": text, "href": href})
