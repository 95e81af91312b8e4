"""What the head of a page says: where the page lives, what it is about, and who may index it."""

from collections.abc import Iterator

from portfolio.audit.rendered import LOST, RenderedSite
from portfolio.records.problems import Problem

_AGAIN = "render the site again; if it stays, look at owner.site in _quarto.yml"
_OWN_HTML = "remove it from the raw HTML of the page; title:, description: and lang: fill the head"


def canonical(site: RenderedSite) -> Iterator[Problem]:
    """One canonical address a page, its own; none on the 404 page, which lives nowhere."""
    for page in site.pages.values():
        wanted = [] if page.address == LOST else [site.public(page)]
        if (said := page.linked("canonical")) != wanted:
            what = f"the page says that it lives elsewhere ({', '.join(said) or 'nowhere'})"
            yield page.problem("canonical", what, _AGAIN, near="canonical")


def descriptions(site: RenderedSite) -> Iterator[Problem]:
    """A page has one description at most, and no empty one."""
    for page in site.pages.values():
        said = page.meta("description")
        if len(said) > 1 or not all(map(str.strip, said)):
            what = (
                f"the page has {len(said)} descriptions" if said[1:] else "the description is empty"
            )
            yield page.problem("metadata", what, "write description: once, at the top of the page")


def indexed(site: RenderedSite) -> Iterator[Problem]:
    """Search engines are kept from the 404 page and from no other."""
    for page in site.pages.values():
        is_hidden = any("noindex" in said for said in page.meta("robots"))
        if is_hidden != (page.address == LOST):
            what = (
                "search engines are kept away" if is_hidden else "search engines may list this page"
            )
            yield page.problem("robots", what, "render the site again, without robots of your own")


def in_their_place(site: RenderedSite) -> Iterator[Problem]:
    """What page cells hand over for the head is there and nowhere else."""
    for page in site.pages.values():
        strays = [*page.all("template"), *page.main.iter("script")]
        strays += [meta for meta in page.main.iter("meta") if not meta.get("itemprop")]
        for stray in strays:
            what = f"a part of the head stands in the page (<{stray.tag}>)"
            yield page.problem("metadata", what, _OWN_HTML)
