"""Who a source is about: contact, identifiers, portrait and the words that introduce them."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portfolio.moving.bodies import body, sound
from portfolio.moving.samples import is_sample
from portfolio.moving.source import Source, plain
from portfolio.moving.things import Things, picture_in
from portfolio.records.profiles import spelled

_SUFFIX = re.compile(r"_?(?:username|userid|user|profile|id|url)$")
_PLAIN = {
    "email": "email", "phone": "phone", "location": "address", "address": "address",
    "pronouns": "pronouns", "subtitle": "role", "role": "role", "employer": "affiliation",
}  # fmt: skip
_ABOUT = ("_pages/about.md", "content/authors/admin/_index.md", "content/authors/me/_index.md")
_NO_ONES = re.compile(r"example\.(?:com|org)|your[-_ ]|you@|<a |github username", re.IGNORECASE)


def read_owner(source: Source, things: Things) -> None:
    """Put into ``things`` what the source tells of its owner."""
    for path in source.glob("_config.yml", "_config.yaml", "_data/socials.yml"):
        data = source.data(path)
        things.taken.add(path)
        if isinstance(data, Mapping):
            author = data.get("author")
            _put(source, things, path, data, whole="socials" in path.name)
            _put(source, things, path, author if isinstance(author, Mapping) else {}, whole=True)
    for path in source.glob(*_ABOUT):
        _read_about(source, things, path)
    if not things.owner.get("portrait"):
        for path in source.glob("content/authors/admin/avatar.*", "content/authors/me/avatar.*"):
            _portrait(source, things, path, path.name)


def _read_about(source: Source, things: Things, path: Path) -> None:
    said, text = source.front_matter(path)
    things.taken.add(path)
    profile = said.get("profile")
    _portrait(
        source,
        things,
        path,
        plain(profile.get("image") if isinstance(profile, Mapping) else said.get("avatar")),
    )
    _put(source, things, path, said, whole=True)
    for one in _blocks(said.get("social")):
        _social(things, one)
    for one in _blocks(said.get("organizations")):
        where = {"text": plain(one.get("name")), "href": plain(one.get("url"))}
        things.owner.setdefault("affiliation", where)

    def picture(href: str) -> str:
        found = picture_in(source, things, "images", path, href)
        return f"/{found}" if found else ""

    if not things.bio and not is_sample("", text):
        things.bio = sound(body(text, picture))


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
    if found and not things.owner.get("portrait"):
        things.owner["portrait"] = found


def _social(things: Things, one: Any) -> None:
    href = plain(one.get("link") or one.get("url")) if isinstance(one, Mapping) else ""
    if href.startswith("mailto:"):
        things.owner.setdefault("email", href.removeprefix("mailto:"))
    elif href.startswith("http"):
        text = plain(one.get("icon")).replace("-", " ").title() or href
        things.owner.setdefault("links", []).append({"text": text, "href": href})
