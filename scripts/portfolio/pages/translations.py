"""Pages that say the same in several languages: how they are told, and how they name each other.

A page's counterpart lies in a folder named by its language, ``fr/news/index.qmd`` beside
``news/index.qmd``, or has the language in its name, ``index.fr.qmd`` beside ``index.qmd``; what it
says of itself with ``lang`` decides. Source: Google's guidelines on localised versions of pages.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote, unquote

from portfolio.pages.feeds import public
from portfolio.pages.html import link, tag, void
from portfolio.pages.words import Words, language_of, words
from portfolio.records.kinds.reader import CV
from portfolio.records.languages import general, is_tag
from portfolio.records.site import Site

_FRAMES = re.compile(r'<(header|footer) class="site".*?</\1>', re.DOTALL)
_LINK = re.compile(r'<a\b([^>]*?)\shref="([^"]*)"([^>]*)>([^<]*)</a>')
_ALTERNATE = re.compile(r'<link rel="alternate" hreflang=[^>]*>')
_LISTED = re.compile(r'<nav class="languages".*?</nav>\s*', re.DOTALL)
_OWN_ADDRESS = re.compile(
    r'(<meta (?:property="og:url"|name="citation_abstract_html_url") content=)"[^"]*"'
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|\?|$", re.IGNORECASE)


def mark_of(address: str) -> str:
    """Return the language that a page's address names by a folder or before its ending.

    The folder ``cv`` is of a CV, and of no page in Chuvash.
    """
    folder, _, rest = address.partition("/")
    if rest and is_tag(folder) and folder != CV:
        return folder
    marked = posixpath.splitext(posixpath.splitext(address)[0])[1][1:]
    return marked if is_tag(marked) else ""


def unmarked(address: str, lang: str) -> str:
    """Return a page's address without the language that it names, if the page is in that one."""
    mark = mark_of(address)
    if mark.lower() not in map(str.lower, general(lang)):
        return address
    if address.startswith(f"{mark}/"):
        return address.removeprefix(f"{mark}/")
    stem, ending = posixpath.splitext(address)
    return stem.removesuffix(f".{mark}") + ending


@dataclass(frozen=True)
class Translations:
    """The pages of a site, each with those that say the same, by language."""

    site: Site
    of: Mapping[str, Mapping[str, str]]

    def told(self, html: str, address: str, say: Words) -> str:
        """Return a page whose head names its versions, and whose frame leads to them.

        The frame leads to other pages in the page's language too, where there are such.
        """
        if address not in self.of and say.lang == self.site.lang:
            return html
        if address in self.of:
            html = self._named(html, address)
        return _FRAMES.sub(lambda frame: self._frame(frame.group(), address, say), html)

    def _named(self, html: str, address: str) -> str:
        """Return a page whose metadata are its own, not those of the version that it goes after."""
        own = escape(public(self.site.address, address))
        html = _OWN_ADDRESS.sub(lambda found: f'{found[1]}"{own}"', html)
        for version in self.of[address].values():
            html = html.replace(f'"url": "{public(self.site.address, version)}"', f'"url": "{own}"')
        if _ALTERNATE.search(html):
            return html
        return html.replace("</head>", f"{self._alternates(address)}</head>", 1)

    def _alternates(self, address: str) -> str:
        versions = self.of.get(address, {})
        hrefs = {lang: public(self.site.address, to) for lang, to in sorted(versions.items())}
        if self.site.lang in hrefs:
            hrefs["x-default"] = hrefs[self.site.lang]
        return "".join(
            void("link", rel="alternate", hreflang=lang, href=href) for lang, href in hrefs.items()
        )

    def _frame(self, frame: str, address: str, say: Words) -> str:
        if say.lang != self.site.lang:
            frame = _LINK.sub(lambda found: self._link(found, address, say.lang), frame)
        others = [
            tag("li", link(words(lang).own_name, f"/{quote(to)}", lang=lang, hreflang=lang))
            for lang, to in sorted(self.of.get(address, {}).items())
            if to != address
        ]
        if not others or not frame.startswith("<header") or _LISTED.search(frame):
            return frame
        listed = tag("ul", "".join(others))
        named = tag("nav", listed, class_="languages", aria_label=say("languages"))
        return frame.removesuffix("</header>") + named + "\n</header>"

    def _link(self, found: re.Match[str], address: str, lang: str) -> str:
        """Return a link of the frame, in a page's language if there is a page in it to lead to."""
        before, href, after, text = found.groups()
        if not _ELSEWHERE.match(href):
            path, mark, fragment = href.partition("#")
            place = posixpath.dirname(address) if not path.startswith("/") else ""
            named = posixpath.normpath(posixpath.join(place, unquote(unescape(path)).lstrip("/")))
            versions = self.of.get(named, {})
            to = next((versions[tag] for tag in general(lang) if tag in versions), "")
            href = f"/{quote(to)}{mark}{fragment}" if to else href
        return f'<a{before} href="{href}"{after}>{self._text(text, lang)}</a>'

    def _text(self, text: str, lang: str) -> str:
        """Return what the menu calls a page, in a language if the settings say it."""
        for item in self.site.menu:
            if escape(str(item.get("text", "")), quote=False) == text or item.get("text") == text:
                said = next((item[tag] for tag in general(lang) if item.get(tag)), None)
                return escape(str(said)) if said else text
        return text


def translations(site: Site, output: Path, addresses: Iterable[str]) -> Translations:
    """Return which of the pages rendered into ``output`` say the same."""
    known = set(addresses)
    marked = {address: _language(output / address) for address in filter(mark_of, known)}
    plain = {unmarked(address, lang) for address, lang in marked.items()} - marked.keys()
    languages = marked | {address: _language(output / address) for address in plain & known}
    same = defaultdict[str, dict[str, str]](dict)
    for address, lang in sorted(languages.items()):
        same[unmarked(address, lang)].setdefault(lang, address)
    groups: Iterable[Mapping[str, str]] = (group for group in same.values() if len(group) > 1)
    return Translations(site, {address: group for group in groups for address in group.values()})


def without_translations(html: str) -> str:
    """Return a page without the links to its other versions."""
    return _ALTERNATE.sub("", _LISTED.sub("", html))


def _language(page: Path) -> str:
    return language_of(page.read_text(encoding="utf-8"))
