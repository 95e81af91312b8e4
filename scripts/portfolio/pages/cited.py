"""How often papers are cited, with source and day, where the owner wants it shown."""

from html import escape

from portfolio.pages.html import tag
from portfolio.pages.portfolio import Portfolio
from portfolio.records.counts import SOURCES, Count, h_index
from portfolio.records.paper import Paper


def cited(here: Portfolio, paper: Paper) -> str:
    """Return how often a paper is cited, or nothing: unless `owner.citations` names a source."""
    count = _shown(here).get(paper.key.lower())
    if not count or not count.citations:
        return ""
    values = {"n": count.citations, "source": count.source, "day": here.say.day(count.day)}
    return tag("p", escape(here.say("cited", **values)), class_="cited")


def cited_in_all(here: Portfolio) -> str:
    """Return the sum of all citations and the h-index, with source and the oldest day."""
    counts = [each for key, each in _shown(here).items() if key in here.by_name]
    total = sum(each.citations for each in counts)
    if not total:
        return ""
    day = here.say.day(min(each.day for each in counts))
    values = {"n": total, "h": h_index(counts), "source": counts[0].source, "day": day}
    return tag("p", escape(here.say("cited-in-all", **values)), class_="cited")


def _shown(here: Portfolio) -> dict[str, Count]:
    """Return the counts of the source that the owner wants shown, by keys."""
    source = SOURCES.get(here.site.citations.lower(), "")
    return {key: each for (key, of), each in here.counts.items() if of == source}
