"""The outline of a rendered page: what a reader meets, a line for each block, whatever its markup.

``h2#id: text``, ``p: text``, ``li: text`` and so on; links are ``[text](target)``, with targets
from the site's root, pictures ``![alternative text]``, mathematics ``$source$``, and the lines of
preformatted text are joined with `` | ``.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

MATHML = "{http://www.w3.org/1998/Math/MathML}"
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
INLINE = {
    "a",
    "b",
    "br",
    "code",
    "em",
    "img",
    "input",
    "kbd",
    "label",
    "span",
    "strong",
    "sub",
    "sup",
}


def parsed(page: Path) -> Element:
    """Parse a page the way that browsers do."""
    return html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False)


def outline(document: Element, folder: str) -> list[str]:
    """Return the outline of a page that lies in ``folder``."""
    described = [e.get("content", "") for e in document.iter("meta") if e.get("name")]
    head = [f"title: {document.findtext('head/title')}", *(f"description: {d}" for d in described)]
    blocks = "".join(_flow(document.find("body"), "text", folder)).split("\n")
    lines = [" ".join(block.split()) for block in blocks if block.partition(": ")[2].strip()]
    return head + [re.sub(r"^\S+: (!\[[^]]*\])$", r"picture: \1", line) for line in lines]


def _flow(element: Element, block: str, folder: str) -> Iterator[str]:
    """Yield text in which each block starts on a line of its own, after its name."""
    yield _even(element.text)
    for child in element:
        yield from _seen(child, block, folder)
        yield _even(child.tail)


def _seen(element: Element, block: str, folder: str) -> Iterator[str]:
    tag, inside = element.tag, ""
    if tag in INLINE:
        inside = "".join(_flow(element, block, folder))
    if tag == f"{MATHML}math":
        yield f"${element.findtext(f'.//{MATHML}annotation')}$"
    elif tag == "img":
        yield f"![{element.get('alt', '')}]"
    elif tag == "a":
        yield f"[{inside}]({resolved(element.get('href', ''), folder)})" if inside else ""
    elif tag in INLINE:
        yield inside
    elif tag == "pre":
        yield f"\npre: {' | '.join(''.join(element.itertext()).strip().splitlines())}"
        yield f"\n{block}: "
    elif isinstance(tag, str):
        name = f"{tag}#{element.get('id')}" if tag in HEADINGS and element.get("id") else tag
        yield f"\n{name}: {''.join(_flow(element, name, folder))}\n{block}: "


def resolved(href: str, folder: str) -> str:
    """Return a link's target from the site's root."""
    if not href or href.startswith("#") or re.match(r"[a-z]+:", href):
        return href
    return posixpath.normpath(posixpath.join("/", folder, href)).lstrip("/")


def _even(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
