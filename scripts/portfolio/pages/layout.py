"""How a rendered page is laid out: what goes before, beside and after the text of its source.

A layout can be taken off a page and put on anew, since what it added stands between marks.
"""

import re
from dataclasses import dataclass
from html import escape

from portfolio.pages.captions import folded
from portfolio.pages.cite import CITE
from portfolio.pages.home import INTRODUCTION
from portfolio.pages.html import link, tag

OURS = '<main id="main">'
"""By which a page of our own template is known."""
_BEGIN, _END = "<!--[-->", "<!--]-->"
_ADDED = re.compile(rf"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
_OPENING = re.compile(r"<main\b[^>]*>")
_HEADING = re.compile(r'<h2\b[^>]*\sid="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
_TITLE = re.compile(r"<h1\b[^>]*>.*?</h1>", re.DOTALL)
_MOVED = re.compile(
    r'<header id="title-block-header"[^>]*>\s*'
    r'<h1 class="p-name title">(?P<name>.*?)</h1>\s*</header>'
    r'(?P<between>.*?<div class="owner\b[^>]*>)',
    re.DOTALL,
)
"""The owner's name where Quarto, which found no title block, took it out of the card for one."""
_NAME = re.compile(r'<h1 class="p-name">(.*?)</h1>', re.DOTALL)
_LEAD = re.compile(r'<p class="lead">.*?</p>', re.DOTALL)
_LED = "<!-- lead -->"
_TEXT = re.compile(rf'{_LED}|<h2\b[^>]*\sid="')
_LINKS = re.compile(r"</?a\b[^>]*>")
_ANCHOR = re.compile(r'<a\b[^>]*\bclass="anchorjs-link[^>]*>.*?</a>', re.DOTALL)
_WITHIN = r"<[uo]l\b[^>]*>(?:(?!</?[uo]l\b).)*+</[uo]l>"
_LIST = rf"<[uo]l\b[^>]*>(?:(?!</?[uo]l\b).|{_WITHIN})*+</[uo]l>"
"""A list, whose items may hold lists."""
_CARD = re.compile(
    rf"(?P<before>{INTRODUCTION}\s*)(?P<pills><ul class=\"profiles\".*?</ul>)?"
    rf"(?P<closing>(?:\s*</div>)+)(?P<text>(?:\s*(?:<p>(?:(?!</?p\b).)*+</p>|{_LIST}))*)",
    re.DOTALL,
)
_FEWEST = 3
"""A page of fewer sections than these needs no list of its contents."""


@dataclass(frozen=True)
class Layout:
    """What a page gets: HTML above its title, below it, and at its end, and a list of contents.

    ``contents`` and ``cite`` are the words above and at the end of the list. On the page of a
    paper the figure comes before the text, and its caption unfolds at the words ``read``.
    """

    top: str = ""
    head: str = ""
    foot: str = ""
    contents: str = ""
    cite: str = ""
    read: str = ""

    def put_on(self, text: str) -> str:
        """Return a bare page in this layout."""
        opening, end = _OPENING.search(text), text.rfind("</main>")
        if not opening or end < 0 or self == PLAIN:
            return text
        start = opening.end()
        main, rest = text[start:end], text[end:]
        if self.read:
            main = _led(folded(main, self.read))
        title = _TITLE.search(main)
        below = title.end() if title else 0
        begin = self._begin(main, below)
        contents = self._contents(main[begin:]) if OURS in text else ""
        parts = (
            text[:start],
            added(self.top),
            main[:below],
            added(self.head),
            main[below:begin],
            added(contents and f'<div class="beside">{contents}<div class="text">'),
            main[begin:],
            added(contents and "</div></div>"),
            added(self.foot),
            rest,
        )
        return "".join(parts)

    def _begin(self, main: str, below: int) -> int:
        """Return where the text begins that the contents stand beside."""
        found = _TEXT.search(main, below) if self.read else None
        return found.start() if found else below

    def _contents(self, text: str) -> str:
        """Return the list of a page's sections, if it has many."""
        found = [(mark, _plain(said)) for mark, said in _HEADING.findall(text)]
        if not self.contents or len(found) < _FEWEST:
            return ""
        items = [tag("li", tag("a", said, href=f"#{mark}")) for mark, said in found]
        items += [tag("li", link(self.cite, CITE))] if self.cite else []
        name = tag("p", escape(self.contents), id="contents")
        listed = tag("ul", "".join(items), role="list")
        kind = "contents" if self.cite else "contents always"
        return tag("nav", name + listed, class_=kind, aria_labelledby="contents")


PLAIN = Layout()


def bare(text: str) -> str:
    """Return a page without its layout."""
    return _ADDED.sub("", text)


def _led(main: str) -> str:
    """Return the text of a paper's page with the summary below the figure that follows it."""
    lead = _LEAD.search(main)
    if not lead or _LED in main:
        return main
    section = _HEADING.search(main, lead.end())
    at = section.start() if section else len(main)
    if "<figure" not in main[lead.end() : at]:
        return main
    parts = (main[: lead.start()], main[lead.end() : at], _LED, lead[0], "\n", main[at:])
    return "".join(parts)


def introduced(text: str) -> str:
    """Return a page with the paragraphs and lists after the owner's card in it, before the links.

    On a page that has a title of its own the owner's name is none.
    """
    if INTRODUCTION not in text:
        return text
    text = _MOVED.sub(r'\g<between><h1 class="p-name">\g<name></h1>', text, count=1)
    if len(_TITLE.findall(text)) > 1:
        text = _NAME.sub(r'<p class="name p-name">\1</p>', text, count=1)
    return _CARD.sub(_introduced, text, count=1)


def _introduced(card: re.Match[str]) -> str:
    said = card["text"].strip()
    introduction = tag("div", said, class_="introduction p-note") if said else ""
    return introduction + (card["pills"] or "") + card["closing"]


def _plain(heading: str) -> str:
    return _LINKS.sub("", _ANCHOR.sub("", heading)).strip()


def added(html: str) -> str:
    """Return what is put on a page so that it can be taken off."""
    return f"{_BEGIN}{html}{_END}" if html else ""
