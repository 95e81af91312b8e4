"""A finished page: its metadata in its head, its addresses relative, its pictures with a size."""

import posixpath
import re
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from portfolio.figures.grounds import ground_in_bytes
from portfolio.kept import digest
from portfolio.pages.captions import unbroken
from portfolio.pages.harmless import harmless, harmless_with_head
from portfolio.pages.heads import LOST, Heads
from portfolio.pages.highlighted import lightened
from portfolio.pages.html import tag, void
from portfolio.pages.layout import OURS, PLAIN, Layout, added, bare, introduced
from portfolio.pages.renderings import in_schemes
from portfolio.pages.scrolling import SCRIPT as SCROLLS
from portfolio.pages.scrolling import focusable, may_scroll
from portfolio.pages.shelf import SCRIPT, STYLE
from portfolio.pages.shy import shy
from portfolio.pages.widths import given, narrowed, sized
from portfolio.picture import PictureError, size_of
from portfolio.records.identifiers import is_path
from portfolio.remembered import remembered

OF_PAGE = ("<!-- of this page -->", "<!-- of every page -->")
"""What stands around the part of a page's head that is its own."""
_PICTURE = re.compile(r'<img(?=\s)(?![^>]*\sdata-ground=)(?:[^<>"]|"[^"]*")*?\ssrc="([^"]*)"')
"""One without a size, which its file tells."""
_HEAD_PART = re.compile(
    r'<template class="head">([^<]*+(?:<(?!template\b|/template>)[^<]*+)*+)</template>'
)
_TAG = re.compile(r'<[a-zA-Z][^<>"]*+(?:"[^"]*+"[^<>"]*+)++>')
"""One with an attribute: others stay as they are."""
_ODD = re.compile(r"(?:^|/)(?:\.|/|\Z)")
_ADDRESS = re.compile(r'(?<=\s)(href|src)="([^"]*)"')
_CHOICE = re.compile(r'(?<=\s)srcset="([^"]*)"')
_CHOSEN = re.compile(r"(?:^|(?<=, ))\S+")
"""The address of each picture of a choice; what follows it says how wide that is."""
_LEFTOVER = re.compile(
    r'\s(?:data-notebook(?:-\w+)?|data-quarto-private-\d+)="[^"]*"'
    r'|\sdata-live="(?:true|false)"'
    r'|\sid="[0-9a-f]{8}"(?=\sclass="cell)'  # drawn anew by each render
)
_OPTION = re.compile(r'\s(?:start|table|tolerance|values)="[^"]*"')
"""What a cell says of itself, which Quarto takes for attributes."""
_ALIGNED = re.compile(r'\sstyle="[^"]*"')  # of formulas; the style sheet does it
_OF_TABLE = re.compile(r'(<(?:table|col|t[dh])\b[^<>]*?)\sstyle="([^"]*)"([^<>]*>)')
"""A tag of a table with a style of its own, before and behind that."""
_SIDE = re.compile(r"text-align:\s*(left|right|center)")
"""The side of a column, as Pandoc writes it."""
_SIDES = {"left": "to-start", "right": "to-end", "center": "to-center"}
_ALT = re.compile(r'\salt="[^"]*"')
_TOLD = re.compile(r'\salt="[^"]')
_WITH_SIGN = re.compile(
    r'(?<!<span class="whole">)<math\b(?![^>]*\sdisplay="block")[^>]*>'
    r"(?:(?!</?math\b).)*+</math>[-.,;:!?)\]%\u2013\u2019\u201d\u2026\u00bb]++",
    re.DOTALL,
)
"""A formula and the signs after it, between which browsers would break the line."""
_NAV = re.compile(r"<nav\b(?:(?!<nav\b).)*?</nav>", re.DOTALL)
_QUARTOS_LOOK = "site_libs/bootstrap/"
_WIDGETS = re.compile(
    r'<script src="https://cdn\.jsdelivr\.net/npm/(?:requirejs|jquery)@[^>]*></script>\s*'
    r"|<script[^>]*>define\('jquery'[^<]*</script>\s*"
)
_NEWS_LINK = re.compile(r'<a href="/news/feed\.xml">[^<]*</a>(?: · )?')
"""The frame's link to the feed of the news, which goes where there are none."""
_RUNS = re.compile(r'<script(?![^>]*\stype="application/ld\+json")')
_FONT = void(
    "link",
    rel="preload",
    href="/theme/math.woff2",
    as_="font",
    type="font/woff2",
    crossorigin=True,
)
_PARTS = void("link", rel="stylesheet", href=f"/theme/{STYLE}")
_PARTS += tag("script", src=f"/theme/{SCRIPT}", defer=True)
_CLIPS = tag("script", src="/theme/clips.js", defer=True)
_LIVE = tag("script", src="/theme/live.js", defer=True)
_MAIN = re.compile(r'(<main id="main">)(.*)(?=<footer class="site">)', re.DOTALL)
"""The text of a page in our look; what it holds may end the element early, and did in Quarto."""
_OF_THEME = re.compile(r'"(?:\.\./)*theme/([\w-]+\.(?:css|js|svg))"')
_CAPTION = re.compile(r"(<figcaption\b[^>]*>)(.*?)(</figcaption>\s*</figure>)", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """A rendered page: where it lives, and how it is put in order."""

    heads: Heads
    address: str
    is_notebook: bool = False
    figure: tuple[str, str] = ("", "")
    layout: Layout = PLAIN
    provenance: str = ""

    def made_from(self, text: str) -> tuple[str, list[str]]:
        """Return what stands for all that `finished` goes by but pictures, and their addresses.

        It hangs not on where the site lies; what counts of a picture is what is `shown`.
        """
        parts = "".join(_HEAD_PART.findall(text))
        cause = digest(
            [
                (self.address, self.is_notebook, self.figure, self.provenance),
                (self.heads.here.site.address, self.heads.has_news, self.layout),
                (self.heads.of(self.address, text, parts), text),
            ]
        )
        whole = text + self.layout.top + self.layout.head + self.layout.foot
        return cause, [self._relative(found) for found in _PICTURE.findall(whole)]

    def finished(self, text: str) -> str:
        """Return the page in order; doing it twice changes nothing."""
        text = focusable(self._explained(in_schemes(self._still(bare(text)))))
        parts = "".join(_HEAD_PART.findall(text)) + _needed_by(text, is_ours=OURS in text)
        text = _HEAD_PART.sub("", text)
        parts += self.heads.of(self.address, text, parts)
        text = text if self.heads.has_news else _NEWS_LINK.sub("", text)
        text = self._dressed(text) if _QUARTOS_LOOK in text else text
        text = _OF_TABLE.sub(_sided, lightened(text)) if OURS in text else text
        if " data-clip=" in text and "/clips.js" not in text:
            text = text.replace("</head>", f"{_CLIPS}</head>", 1)
        if " data-spec=" in text and "/live.js" not in text:
            text = text.replace("</head>", f"{_LIVE}</head>", 1)
        if OF_PAGE[0] not in text:
            text = text.replace("</head>", f"{OF_PAGE[0]}{parts}{OF_PAGE[1]}</head>", 1)
        return shy(self._tidied(self.layout.put_on(introduced(unbroken(text)))))

    def finished_part(self, html: str, *, is_ours: bool = True) -> tuple[str, str]:
        """Return a part of the page in order, and before it what it puts into the page's head."""
        html = focusable(self._still(html) if "<figcaption" in html else html)
        parts = "".join(_HEAD_PART.findall(html)) + _needed_by(html, is_ours=is_ours)
        return self._tidied(parts), self._tidied(_HEAD_PART.sub("", html))

    def _tidied(self, html: str) -> str:
        html = _WITH_SIGN.sub(r'<span class="whole">\g<0></span>', html)
        html = _TAG.sub(lambda found: self._tidy(found.group()), html)
        if "<nav" not in html:
            return html
        return _NAV.sub(lambda found: _TAG.sub(self._mark_current, found.group()), html)

    def _still(self, text: str) -> str:
        """Take what runs out of captions and, in our look, out of all that a notebook holds.

        The owner's own pages, and notebooks in a theme of Quarto's, hold what they like.
        """
        if self.is_notebook and OURS in text:
            return _MAIN.sub(_still_main, text)
        return _CAPTION.sub(lambda said: said[1] + harmless(said[2]) + said[3], text)

    def _explained(self, text: str) -> str:
        """Say under the paper's figure what made it."""
        start = text.find(f'id="{self.figure[0]}"') if self.provenance else -1
        end = text.find("</figure>", start) + len("</figure>")
        if start < 0 or end < start:
            return text
        return text[:end] + added(self.provenance) + text[end:]

    def _dressed(self, text: str) -> str:
        """Give a page in a theme of Quarto's what our parts need, and take what they do not.

        Quarto has each page with an HTML output load RequireJS and jQuery from another host.
        """
        if not _RUNS.search(text.partition("<main")[2].partition("</main>")[0]):
            text = _WIDGETS.sub("", text)
        return text if f"/{STYLE}" in text else text.replace("</head>", f"{_PARTS}</head>", 1)

    def _tidy(self, tag: str) -> str:
        if "=" not in tag:
            return tag
        tag = _LEFTOVER.sub("", tag) if "data-" in tag or ' id="' in tag else tag
        tag = _OPTION.sub("", tag) if tag.startswith("<div") else tag
        if " alt=" in tag and not tag.startswith("<img"):
            tag = _ALT.sub("", tag)
        if tag.startswith("<mtd"):
            tag = _ALIGNED.sub("", tag)
        if " href=" in tag or " src=" in tag:
            tag = _ADDRESS.sub(lambda found: f'{found[1]}="{self._relative(found[2])}"', tag)
        if " srcset=" in tag:
            tag = _CHOICE.sub(self._chosen, tag)
        return self._sized(self._described(tag)) if tag.startswith("<img") else tag

    def _chosen(self, choice: re.Match[str]) -> str:
        near = _CHOSEN.sub(lambda found: self._relative(found.group()), choice[1])
        return f'srcset="{near}"'

    def _described(self, tag: str) -> str:
        """Give the paper's figure the text that its notebook's output has, which Quarto leaves."""
        label, alt = self.figure
        shown = _ADDRESS.search(tag)
        if not alt or not shown or f"/{label}-output" not in shown[2] or _TOLD.search(tag):
            return tag
        return re.sub(r"\s*/?>$", "", _ALT.sub("", tag)) + f' alt="{escape(alt)}">'

    def _relative(self, href: str) -> str:
        """Make an address from the site's root fit this page; the 404 page can be anywhere."""
        lost = self.address == LOST
        if href.startswith("//") or not (href.startswith("/") or (lost and is_path(href))):
            return href
        target = href.lstrip("/") or "index.html"
        if lost:
            base = urlsplit(self.heads.here.site.address).path
            known = target.removeprefix(base.strip("/") + "/") if base.strip("/") else target
            return f"{base}/{posixpath.normpath(known)}"
        path, mark, fragment = target.partition("#")
        return _relative(path or "index.html", posixpath.dirname(self.address)) + mark + fragment

    def _mark_current(self, found: re.Match[str]) -> str:
        tag = found.group()
        href = _ADDRESS.search(tag)
        here = href and posixpath.normpath(
            posixpath.join(posixpath.dirname(self.address), unquote(unescape(href[2]))),
        )
        if here != self.address or "aria-current" in tag:
            return tag
        return f'{tag[:-1]} aria-current="page">'

    def _sized(self, tag: str) -> str:
        """Give a picture its room, and say on what it should stand, where its author does not."""
        source = _ADDRESS.search(tag)
        lacking = [name for name in ("width", "ground") if f"{name}=" not in tag]
        wanted = given(tag)
        if not source or not (lacking or wanted):
            return tag
        size, ground = self.shown(source[2])
        if size and wanted:
            tag = narrowed(tag, wanted, size)
        elif size and "width" in lacking:
            tag = sized(tag, size)
        return _with(tag, f'data-ground="{ground}"') if ground and "ground" in lacking else tag

    def shown(self, href: str) -> tuple[tuple[int, int] | None, str]:
        """Return the size of a picture of this site, and on what it should stand, if it is one."""
        if not is_path(href):
            return None, ""
        path = self.heads.output / posixpath.dirname(self.address) / unquote(unescape(href))
        if not path.is_file():
            return None, ""
        try:
            ground = remembered(self.heads.here.root, ground_in_bytes, path.read_bytes()).decode()
        except PictureError:
            ground = ""
        return size_of(path), ground


def _needed_by(html: str, *, is_ours: bool) -> str:
    """Return what a page's head names only if the page has formulas, or what scrolls."""
    font = _FONT if is_ours and "<math" in html else ""
    return font + (SCROLLS if may_scroll(html, is_ours=is_ours) else "")


def of_theme(text: str) -> frozenset[str]:
    """Return the names of the files of the theme that a page in order names."""
    return frozenset(_OF_THEME.findall(text))


def _still_main(main: re.Match[str]) -> str:
    inside = main[2].rstrip().removesuffix("</main>")
    return f"{main[1]}{harmless_with_head(inside)}</main>\n"


def _relative(path: str, folder: str) -> str:
    """Return a path from a folder, both from the root; most lie in it, and are plain."""
    start = f"{folder}/" if folder else ""
    if path.startswith(start) and not _ODD.search(path):
        return path[len(start) :] or "."
    return posixpath.relpath(path, folder or ".")


def _with(tag: str, attribute: str) -> str:
    return re.sub(r"(?<!\s)\s*/?>$", f" {attribute}>", tag)


def _sided(tag: re.Match[str]) -> str:
    """Return a tag of a table with a class for its side, in place of styles, which we allow none.

    Pandoc writes them for columns with a side, and widths where a line of the source is long.
    """
    side, bare = _SIDE.search(tag[2]), tag[1] + tag[3]
    if not side:
        return bare
    name = _SIDES[side[1]]
    if ' class="' in bare:
        return bare.replace(' class="', f' class="{name} ', 1)
    return f'{tag[1]} class="{name}"{tag[3]}'
