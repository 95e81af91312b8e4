"""A page is written by its author: no script writes it, and none comes in unseen."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from portfolio.audit import addresses
from portfolio.audit.rendered import Page, RenderedSite
from portfolio.records.problems import Problem

_THEME = "theme/"
_NOT_RUN = ("application/ld+json", "application/json", "text/plain")
_REMEDY = "remove it; pages have to be whole without scripts, and their policy stops foreign ones"


def known(site: RenderedSite) -> Iterator[Problem]:
    """A page's scripts are the theme's."""
    for page in site.pages.values():
        for script in page.all("script"):
            if script.get("type") in _NOT_RUN or _is_themes(site, page, script):
                continue
            said = script.get("src") or " ".join((script.text or "").split())[:60]
            what = f"the page has a script that is not the theme's ({said})"
            yield page.problem("scripts", what, _REMEDY, near=said)


def handlers(site: RenderedSite) -> Iterator[Problem]:
    """No element of a page carries a script."""
    for page in site.pages.values():
        named = (name for e in page.document.iter() for name in map(str, e.attrib))
        for name in sorted({name for name in named if name.startswith("on")}):
            what = f"an element of the page carries a script ({name})"
            yield page.problem("scripts", what, _REMEDY, near=f" {name}=")


def _is_themes(site: RenderedSite, page: Page, script: Element) -> bool:
    target = addresses.target_of(site, page, script.get("src", ""))
    return target is not None and target.path.startswith(_THEME)
