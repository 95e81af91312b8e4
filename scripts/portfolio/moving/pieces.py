"""An element of HTML as its readers have it: its text, and what each stretch of it is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_SILENT = frozenset(
    {"script", "style", "noscript", "template", "video", "audio", "iframe", "object", "svg", "nav"}
)
_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "tr", "td", "th", "table", "section", "article", "dd", "dt"}
    | {"blockquote", "details", "summary", "figure", "figcaption", "br", "hr", "header", "footer"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "pre", "center", "main"}
)
_OF_TAGS = {"a": "", "b": "strong", "strong": "strong", "i": "slanted", "em": "slanted",
            "cite": "slanted", "q": "quoted", "pre": "code", "details": "abstract",
            "mark": "remark"} | {f"h{n}": "heading" for n in range(1, 7)}  # fmt: skip
_CLASSES = {
    "title": r"\w*title|headline",
    "authors": r"authors?|\w+authors|people",
    "venue": r"venue|journal|conference|booktitle|periodical",
    "abstract": r"abstract|abstr|description|tldr",
    "award": r"awards?|honou?rs?|prize",
}
_OF_CLASSES = {
    kind: re.compile(rf"(?:^|[\s_-])(?:{names})(?:$|[\s_-])", re.IGNORECASE)
    for kind, names in _CLASSES.items()
}


@dataclass(frozen=True)
class Stretch:
    """A part of a text, from ``start`` to ``end``, that is of a kind, or leads somewhere."""

    start: int
    end: int
    kind: str
    href: str = ""


@dataclass(frozen=True)
class Pieces:
    """A text, in which line breaks part what stands on its own, and its stretches in order."""

    text: str
    stretches: tuple[Stretch, ...]
    pictures: tuple[str, ...] = ()

    def of(self, kind: str) -> Iterator[Stretch]:
        """Yield the stretches of a kind that are not empty."""
        yield from (one for one in self.stretches if one.kind == kind and self.said(one))

    def said(self, one: Stretch) -> str:
        """Return what stands in a stretch, on one line."""
        return " ".join(self.text[one.start : one.end].split())


def pieces_of(elements: Iterable[Element]) -> Pieces:
    """Return the text of elements that follow each other, and what they say of its parts."""
    made = _Made()
    for element in elements:
        made.add(element)
    order = sorted(made.stretches, key=lambda one: (one.start, one.end))
    return Pieces(made.text, tuple(order), tuple(made.pictures))


class _Made:
    def __init__(self) -> None:
        self.text = ""
        self.stretches: list[Stretch] = []
        self.pictures: list[str] = []

    def add(self, element: Element) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT:
            return
        if tag == "img" and element.get("src"):
            self.pictures.append(str(element.get("src")))
        self._break(tag)
        start = len(self.text)
        self._say(element.text, whole=tag == "pre")
        for child in element:
            self.add(child)
            self._say(child.tail)
        end = len(self.text)
        for kind in kinds_of(element):
            self.stretches.append(Stretch(start, end, kind))
        if tag == "a" and element.get("href"):
            self.stretches.append(Stretch(start, end, "link", str(element.get("href")).strip()))
        self._break(tag)

    def _say(self, text: str | None, *, whole: bool = False) -> None:
        said = (text or "") if whole else re.sub(r"\s+", " ", text or "")
        self.text += said.lstrip() if self.text.endswith((" ", "\n")) and not whole else said

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS and self.text and not self.text.endswith("\n"):
            self.text += "\n"


def kinds_of(element: Element) -> Iterator[str]:
    """Yield what an element's name and classes say of what stands in it."""
    if kind := _OF_TAGS.get(str(element.tag), ""):
        yield kind
    if (named := element.get("class") or "") and element.tag not in {"ul", "ol", "table", "body"}:
        yield from (kind for kind, pattern in _OF_CLASSES.items() if pattern.search(named))
