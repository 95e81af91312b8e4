"""What a reader's search of a divided list looks into: all its papers in one small file.

It is asked for on the first use of the search field, and says every name and venue once.
"""

import json
from collections.abc import Iterable, Mapping

from portfolio.pages.byline import place
from portfolio.pages.listing_facets import Facet, topics_of
from portfolio.pages.listing_row import address_of, row_id
from portfolio.pages.portfolio import Portfolio
from portfolio.records.paper import Paper


def write_index(
    here: Portfolio, papers: Iterable[Paper], facets: Iterable[Facet], places: Mapping[str, str]
) -> str:
    """Return the index as JSON; ``places`` has the page of the list on which each paper is.

    A paper is a row: title, where it leads (empty for the page of its slug), fragment of its row,
    numbers of its authors, venue and year, number of the list's page, topics, and facets.
    """
    names, tables, places_at = _Numbers(), _Numbers(), _Numbers()
    facets, topics, rows = list(facets), _Numbers(), []
    for paper in papers:
        to = address_of(here, paper)
        rows.append(
            [
                paper.title,
                "" if to == f"/publications/{row_id(paper)}.html" else to,
                row_id(paper),
                [names.of(name.display) for name in paper.authors],
                tables.of(place(here, paper)),
                places_at.of(places[paper.slug]),
                [topics.of(topic) for topic in topics_of(paper)],
                [number for number, one in enumerate(facets) if paper.slug in one.slugs],
            ]
        )
    index = {
        "names": list(names.known),
        "venues": list(tables.known),
        "pages": list(places_at.known),
        "topics": list(topics.known),
        "facets": [facet.id for facet in facets],
        "papers": rows,
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")) + "\n"


class _Numbers:
    """Numbers words in the order in which they come."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def of(self, word: str) -> int:
        return self.known.setdefault(word, len(self.known))
