"""The step after rendering: what both renderers leave to us, done on the rendered files."""

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from portfolio.content import is_content
from portfolio.drawing import still
from portfolio.files import write
from portfolio.pages import feeds
from portfolio.pages.files import own_files, write_citations, write_files
from portfolio.pages.harmless import harmless, harmless_with_head
from portfolio.pages.html import tag, void
from portfolio.pages.made import OF_PAGE, frame_of, made_page
from portfolio.pages.portfolio import Portfolio, figure_of, page_of
from portfolio.pages.shelf import SCRIPT, STYLE
from portfolio.pages.words import language_of, spoken, words
from portfolio.picture import size_of
from portfolio.records.formats.record import with_versions
from portfolio.records.problems import ContentError, Problem
from portfolio.shipped import EXTENSION

_HEAD_PART = re.compile(r'<template class="head">((?:(?!<template\b).)*?)</template>', re.DOTALL)
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"]|"[^"]*")*>""")
_ADDRESS = re.compile(r'(?<=\s)(href|src)="([^"]*)"')
_LEFTOVER = re.compile(
    r'\s(?:data-notebook(?:-\w+)?|data-quarto-private-\d+)="[^"]*"'
    r'|\sid="[0-9a-f]{8}"(?=\sclass="cell)'  # drawn anew by each render
)
_ALIGNED = re.compile(r'\sstyle="[^"]*"')  # of formulas; the style sheet does it
_ALT = re.compile(r'\salt="[^"]*"')
_TOLD = re.compile(r'\salt="[^"]')
_NAV = re.compile(r"<nav\b(?:(?!<nav\b).)*?</nav>", re.DOTALL)
_QUARTOS_LOOK = "site_libs/bootstrap/"
_WIDGETS = re.compile(
    r'<script src="https://cdn\.jsdelivr\.net/npm/(?:requirejs|jquery)@[^>]*></script>\s*'
    r"|<script[^>]*>define\('jquery'[^<]*</script>\s*"
)
_RUNS = re.compile(r'<script(?![^>]*\stype="application/ld\+json")')
_SCROLLS = ("<pre", '<math display="block"')  # wide ones scroll, by keyboard too
_OF_THEME = re.compile(r'"(?:\.\./)*theme/([\w-]+\.(?:css|js|svg))"')
_PARTS = void("link", rel="stylesheet", href=f"/theme/{STYLE}")
_PARTS += tag("script", src=f"/theme/{SCRIPT}", defer=True)
_MAIN = re.compile(r'(<main id="main">)(.*)(?=<footer class="site">)', re.DOTALL)
"""The text of a page in our look; what it holds may end the element early, and did in Quarto."""
_CAPTION = re.compile(r"(<figcaption\b[^>]*>)(.*?)(</figcaption>\s*</figure>)", re.DOTALL)
_OURS = '<main id="main">'
_TITLED = {
    ".qmd": "write `title: ...` between two lines of `---` at its top",
    ".ipynb": "begin its first text with a line `# ...`",
}


def finish(here: Portfolio, output: Path) -> None:
    """Complete the site rendered into ``output``; doing it twice changes nothing."""
    _make_missing_pages(here, output)
    paths = sorted(path for path in output.rglob("*.html") if "site_libs" not in path.parts)
    addresses = [path.relative_to(output).as_posix() for path in paths]
    for path, address in zip(paths, addresses, strict=True):
        figure = here.figures.get(Path(address).stem)
        page = _Page(
            here.site.address,
            output,
            address,
            is_notebook=is_content((here.root / address).with_suffix(".ipynb"), here.root),
            figure=(figure.label, figure.alt) if figure else ("", ""),
        )
        write(path, page.finished(path.read_text(encoding="utf-8")))
    _demand_titles(here.root, output, addresses)
    _write_theme(output, paths)
    write_files(here, here.papers, output / "publications")
    write_citations(with_versions(here.papers), output / "publications" / "publications")
    for path in own_files(here.root):
        data = path.read_bytes()
        data = still(data) if path.suffix.lower() == ".svg" else data
        write(output / path.relative_to(here.root), data)
    _still_drawings(output)
    write(output / "news" / "feed.xml", feeds.atom(here))
    write(output / "sitemap.xml", feeds.sitemap(here, addresses))
    write(output / "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {here.url('/sitemap.xml')}\n")


def _still_drawings(output: Path) -> None:
    """Take from drawings what would run in a browser that opens them by themselves."""
    for path in output.rglob("*"):
        if path.suffix.lower() == ".svg" and "site_libs" not in path.parts and path.is_file():
            write(path, still(path.read_bytes()))


def _demand_titles(root: Path, output: Path, addresses: Iterable[str]) -> None:
    """Name the sources of pages that have no heading; other templates than ours have their own."""
    problems = []
    for address in addresses:
        text = (output / address).read_text(encoding="utf-8")
        for source in ((root / address).with_suffix(suffix) for suffix in (".qmd", ".ipynb")):
            if _OURS in text and "<h1" not in text and source.is_file():
                path, way = source.relative_to(root).as_posix(), _TITLED[source.suffix]
                problems.append(Problem(path, 1, "title", "the page has none", way))
    if problems:
        raise ContentError(*problems)


def _write_theme(output: Path, pages: Iterable[Path]) -> None:
    """Write those files of the theme that pages name."""
    named = {name for page in pages for name in _OF_THEME.findall(page.read_text("utf-8"))}
    for name in sorted(named):
        write(output / "theme" / name, (EXTENSION / name).read_bytes())


def _make_missing_pages(here: Portfolio, output: Path) -> None:
    """Write the page of each paper that has no source of its own."""
    index = output / "publications" / "index.html"
    if not index.exists():
        what, remedy = "there is no page that lists the papers", "add it"
        raise ContentError(Problem("publications/index.qmd", 1, "page", what, remedy))
    frame = frame_of(spoken(index.read_text(encoding="utf-8"), here.say))
    for paper in here.papers:
        if is_content(here.root / "publications" / f"{paper.slug}.qmd", here.root):
            continue
        write(output / page_of(paper)[1:], made_page(here, paper, frame))
        if figure := here.figures.get(paper.slug):
            write(output / figure_of(paper, figure)[1:], figure.svg or figure.png)


@dataclass(frozen=True)
class _Page:
    """One rendered page: where it lives, and how it is put in order."""

    site: str
    output: Path
    address: str
    is_notebook: bool = False
    figure: tuple[str, str] = ("", "")

    def finished(self, text: str) -> str:
        text = spoken(self._still(text), words(language_of(text)))
        parts = "".join(_HEAD_PART.findall(text)) + self._robots()
        text = _HEAD_PART.sub("", text)
        text = self._dressed(text) if _QUARTOS_LOOK in text else text
        if OF_PAGE[0] not in text:
            text = text.replace("</head>", f"{OF_PAGE[0]}{parts}{OF_PAGE[1]}</head>", 1)
        text = _TAG.sub(lambda found: self._tidy(found.group()), text)
        return _NAV.sub(lambda found: _TAG.sub(self._mark_current, found.group()), text)

    def _still(self, text: str) -> str:
        """Take what runs out of captions and, in our look, out of all that a notebook holds.

        The owner's own pages, and notebooks in a theme of Quarto's, hold what they like.
        """
        if self.is_notebook and _OURS in text:
            return _MAIN.sub(_still_main, text)
        return _CAPTION.sub(lambda said: said[1] + harmless(said[2]) + said[3], text)

    def _dressed(self, text: str) -> str:
        """Give a page in a theme of Quarto's what our parts need, and take what they do not.

        Quarto has each page with an HTML output load RequireJS and jQuery from another host.
        """
        if not _RUNS.search(text.partition("<main")[2].partition("</main>")[0]):
            text = _WIDGETS.sub("", text)
        return text if f"/{STYLE}" in text else text.replace("</head>", f"{_PARTS}</head>", 1)

    def _robots(self) -> str:
        if self.address == "404.html":
            return '<meta name="robots" content="noindex">'
        return void("link", rel="canonical", href=feeds.public(self.site, self.address))

    def _tidy(self, tag: str) -> str:
        tag = _LEFTOVER.sub("", tag)
        if not tag.startswith("<img"):
            tag = _ALT.sub("", tag)
        if tag.startswith("<mtd"):
            tag = _ALIGNED.sub("", tag)
        if tag.startswith(_SCROLLS) and "tabindex" not in tag:
            tag = f'{tag[:-1]} tabindex="0">'
        tag = _ADDRESS.sub(lambda found: f'{found[1]}="{self._relative(found[2])}"', tag)
        return self._sized(self._described(tag)) if tag.startswith("<img") else tag

    def _described(self, tag: str) -> str:
        """Give the paper's figure the text that its notebook's output has, which Quarto leaves."""
        label, alt = self.figure
        shown = _ADDRESS.search(tag)
        if not alt or not shown or f"/{label}-output" not in shown[2] or _TOLD.search(tag):
            return tag
        return re.sub(r"\s*/?>$", "", _ALT.sub("", tag)) + f' alt="{escape(alt)}">'

    def _relative(self, href: str) -> str:
        """Make an address from the site's root fit this page; the 404 page can be anywhere."""
        lost = self.address == "404.html"
        if href.startswith("//") or not (href.startswith("/") or (lost and _is_path(href))):
            return href
        target = href.lstrip("/") or "index.html"
        if lost:
            base = urlsplit(self.site).path
            known = target.removeprefix(base.strip("/") + "/") if base.strip("/") else target
            return f"{base}/{posixpath.normpath(known)}"
        path, mark, fragment = target.partition("#")
        return posixpath.relpath(path, posixpath.dirname(self.address) or ".") + mark + fragment

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
        source = _ADDRESS.search(tag)
        if not source or " width=" in tag or not _is_path(source[2]):
            return tag
        path = self.output / posixpath.dirname(self.address) / unquote(unescape(source[2]))
        size = size_of(path) if path.is_file() else None
        if not size:
            return tag
        return re.sub(r"(?<!\s)\s*/?>$", f' width="{size[0]}" height="{size[1]}">', tag)


def _still_main(main: re.Match[str]) -> str:
    inside = main[2].rstrip().removesuffix("</main>")
    return f"{main[1]}{harmless_with_head(inside)}</main>\n"


def _is_path(href: str) -> bool:
    return bool(href) and not urlsplit(href).scheme and not href.startswith(("#", "//"))
