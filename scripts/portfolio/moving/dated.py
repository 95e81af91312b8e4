"""What a source tells on a day: pieces of news, and posts."""

import re
from typing import Any

from portfolio.moving.bodies import in_short, sound
from portfolio.moving.citing import text_of
from portfolio.moving.places import NEWS, POSTS
from portfolio.moving.source import Source, listed, plain
from portfolio.moving.things import (
    DATED,
    Leaf,
    Text,
    Things,
    day,
    front_matter_of,
    page_of,
    picture_in,
)

_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(([^()\s]+)\)")
_PICTURE = re.compile(r"!\[[^\]]*\]\(")
_LONG = 400


def take_news(source: Source, things: Things, leaf: Leaf) -> None:
    """Put a piece of news into `things`; one that a table has no room for leads to its page."""
    text = text_of(source, things, NEWS, leaf)
    told = _with_picture(source, things, NEWS, leaf, text.markdown)
    sentence = _sentence(leaf, told)
    if not sentence:
        source.report(leaf.path, "text", "this piece of news says nothing", "write it, if it does")
        return
    if " ".join(told.split()) in {"", " ".join(sentence.split())}:
        things.news.append((day(leaf), *_with_link(sentence)))
        return
    title = plain(leaf.said.get("title")) or sentence
    page = page_of(things, NEWS, leaf, title, Text(told, text.files))
    things.news.append((day(leaf), _plainly(sentence), page))


def _sentence(leaf: Leaf, told: str) -> str:
    """Return an item of news in a sentence or two; a longer one has its title, or its beginning."""
    title = plain(leaf.said.get("title"))
    words = " ".join(told.split()) or title
    is_one = len(words) <= _LONG and not _PICTURE.search(words)
    return words if is_one else title or in_short(told)


def _plainly(sentence: str) -> str:
    """Return a sentence whose one link leads to its page: on all of it, without others in it."""
    words = re.sub(r"[\[\]]", "", _LINK.sub(r"\1", sentence))
    return f"[{words}]"


def _with_link(sentence: str) -> tuple[str, str]:
    """Return a sentence with its one link as tables of news have it: a noun, and where it leads."""
    links = _LINK.findall(sentence)
    if len(links) != 1 or "[" in links[0][0]:
        return sentence, ""
    return _LINK.sub(r"[\1]", sentence), links[0][1]


def post(source: Source, things: Things, leaf: Leaf) -> tuple[str, str]:
    """Return a post: the name of its file, and the file."""
    path, said = leaf.path, leaf.said
    stem = path.parent.name if path.stem == "index" else path.stem
    tags = [*listed(said.get("categories")), *listed(said.get("tags"))]
    front: dict[str, Any] = {
        "title": plain(said.get("title")) or _spoken(stem),
        "date": day(leaf),
        "description": plain(said.get("description") or said.get("summary") or said.get("excerpt")),
        "categories": list(dict.fromkeys(tags)),
        "draft": True if leaf.is_draft else "",
    }
    text = text_of(source, things, POSTS, leaf)
    front["bibliography"] = list(text.files)
    told = re.sub(rf"\A#+ {re.escape(front['title'])}\s*\n+", "", text.markdown)
    told = sound(_with_picture(source, things, POSTS, leaf, told))
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", DATED.sub("", stem)).strip("-").lower() or "post"
    return name, f"---\n{front_matter_of(front)}---\n\n{told}\n"


def _with_picture(source: Source, things: Things, kind: str, leaf: Leaf, told: str) -> str:
    """Return a text below the picture that its front matter names, unless it shows that itself."""
    named = leaf.said.get("image") or leaf.said.get("thumbnail")
    named = named.get("path") if isinstance(named, dict) else named
    found = picture_in(source, things, kind, leaf.path, source.local(plain(named)))
    if not found or f"(/{found})" in told:
        return told
    alt = plain(leaf.said.get("image-alt")) or plain(leaf.said.get("title")) or in_short(told)
    alt = re.sub(r'["{}\\]', "", alt)
    return f'![](/{found}){{fig-alt="{alt}"}}\n\n{told}'.strip()


def _spoken(stem: str) -> str:
    """Return the name of a file as a title."""
    words = DATED.sub("", stem).replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or stem
