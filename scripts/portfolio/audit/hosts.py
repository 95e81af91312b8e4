"""Reading a page tells nobody but its own host."""

from collections.abc import Iterator

from portfolio.audit import addresses
from portfolio.audit.rendered import RenderedSite
from portfolio.records.problems import Problem

_REMEDY = "keep a copy among your files and name that, or leave it out"


def asked_by_pages(site: RenderedSite) -> Iterator[Problem]:
    """The markup of a page asks no other host for anything."""
    for page in site.pages.values():
        for address in filter(addresses.is_outside, addresses.fetched_by(page)):
            what = f"opening the page asks another host ({address})"
            yield page.problem("hosts", what, _REMEDY, near=address)


def asked_by_styles(site: RenderedSite) -> Iterator[Problem]:
    """Style sheets and pictures import nothing from elsewhere."""
    for name in site.of_kind(".css", ".svg"):
        for address in filter(addresses.is_outside, addresses.styled_by(site.read(name))):
            yield site.problem(name, "hosts", f"the file asks another host ({address})", _REMEDY)
