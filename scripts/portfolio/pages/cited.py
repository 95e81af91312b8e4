"""How often papers are cited, with source and day, where the owner wants it shown."""

from collections.abc import Iterable
from datetime import date
from html import escape

from portfolio.pages.html import tag
from portfolio.pages.portfolio import Portfolio
from portfolio.records.counts import SOURCES, Count, h_index
from portfolio.records.paper import Paper


def cited(here: Portfolio, paper: Paper) -> str:
    """Return how often a paper is cited, by whom and when it was counted, as a paragraph.

    It is nothing unless `owner.citations` names a source, as all that follows.
    """
    count = _count(here, paper)
    said = here.say("cited", n=count.citations) if count else ""
    return _paragraph(_dated(here, said, [count.day])) if count else ""


def cited_briefly(here: Portfolio, paper: Paper) -> str:
    """Return how often a paper is cited, in a list that says below who counted and when."""
    count = _count(here, paper)
    return here.say("cited", n=count.citations) if count else ""


def counted(here: Portfolio, papers: Iterable[Paper]) -> str:
    """Return who counted, and on which days, what a list says of papers."""
    days = [count.day for paper in papers if (count := _count(here, paper))]
    return _paragraph(_dated(here, here.say("citations"), days)) if days else ""


def cited_in_all(here: Portfolio) -> str:
    """Return the sum of all citations and the h-index, with source and days, as a paragraph."""
    return _paragraph(sum_of(here))


def sum_of(here: Portfolio) -> str:
    """Return the sum of all citations and the h-index, with source and days, as text."""
    counts = [count for paper in here.papers if (count := _count(here, paper))]
    if not counts:
        return ""
    values = {"n": sum(count.citations for count in counts), "h": h_index(counts)}
    return _dated(here, here.say("cited-in-all", **values), [count.day for count in counts])


def _count(here: Portfolio, paper: Paper) -> Count | None:
    """Return the count of a paper by the source that the owner wants shown, unless it is none."""
    source = SOURCES.get(here.site.citations.lower(), "")
    count = here.counts.get((paper.key.lower(), source)) if source else None
    return count if count and count.citations else None


def _dated(here: Portfolio, said: str, days: Iterable[date]) -> str:
    known = sorted(set(days))
    when = " \N{EN DASH} ".join(here.say.day(day) for day in dict.fromkeys((known[0], known[-1])))
    return here.say("counted-by", said=said, source=SOURCES[here.site.citations.lower()], day=when)


def _paragraph(said: str) -> str:
    return tag("p", escape(said), class_="cited") if said else ""
