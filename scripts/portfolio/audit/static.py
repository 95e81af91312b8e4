"""Everything that a site promises and that its files alone can show."""

from portfolio.audit import (
    citations,
    downloads,
    heads,
    hosts,
    leftovers,
    links,
    pictures,
    scripts,
    structure,
)
from portfolio.audit.rendered import RenderedSite
from portfolio.records.problems import Problem

CHECKS = (
    links.broken,
    links.broken_in_styles,
    links.unreached,
    hosts.asked_by_pages,
    hosts.asked_by_styles,
    structure.headings,
    structure.titles,
    structure.languages,
    structure.menus,
    pictures.texts,
    pictures.sizes,
    pictures.thumbnails,
    scripts.known,
    scripts.handlers,
    heads.canonical,
    heads.descriptions,
    heads.indexed,
    heads.in_their_place,
    citations.scholars,
    citations.structured,
    citations.shared,
    downloads.sitemap,
    downloads.robots,
    downloads.feed,
    leftovers.paths,
    leftovers.traces,
    leftovers.formulas,
    leftovers.outputs,
    leftovers.sources,
)


def static_problems(site: RenderedSite) -> list[Problem]:
    """Return what is wrong with the files of the site, in order."""
    return sorted({problem for check in CHECKS for problem in check(site)})
