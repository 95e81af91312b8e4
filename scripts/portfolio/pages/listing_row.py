"""One paper in a list: a small picture, the title, the authors, and a line of where it is.

A row is compact: abstracts, entries to copy and co-authors' addresses are on the paper's page.
Where a website has no such pages, the row has what is needed to cite.
"""

import re
from collections.abc import Iterable
from html import escape

from portfolio.pages.byline import author, is_owner, place
from portfolio.pages.cite import entry
from portfolio.pages.cited import cited_briefly
from portfolio.pages.coins import coins
from portfolio.pages.html import link, tag
from portfolio.pages.listing_facets import award_of
from portfolio.pages.portfolio import CITATIONS, Portfolio
from portfolio.pages.previews import preview_of
from portfolio.pages.titles import title_in
from portfolio.pages.ways import ways_to
from portfolio.records.paper import Paper

MANY = 8
"""Of more authors than these a row shows the first three and the owner, and the rest on demand."""
_FIRST = 3
_TAKEN = re.compile(r"main|all|(?:kind|topic|only|year|group|letter)-.*")
"""What other places of a list's page are named."""


def row_id(paper: Paper) -> str:
    """Return the fragment that names a paper's row: its slug, unless another place has the name."""
    return f"paper-{paper.slug}" if _TAKEN.fullmatch(paper.slug) else paper.slug


def row(here: Portfolio, paper: Paper) -> str:
    """Return what a row of the list shows of a paper."""
    return _picture(here, paper) + tag("div", _joined(_text(here, paper)))


def lean_row(here: Portfolio, paper: Paper) -> str:
    """Return the title, the authors and the place alone: what all else needs is a link away."""
    parts = (_title(here, paper), _authors(here, paper), _venue(here, paper, links=False))
    return tag("div", _joined(parts))


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(filter(None, parts))


def _text(here: Portfolio, paper: Paper) -> tuple[str, ...]:
    summary = paper.html("summary") if paper.selected else ""
    return (
        _title(here, paper),
        _authors(here, paper),
        _venue(here, paper, links=True),
        tag("p", summary, class_="summary") if summary else "",
        "" if here.shelf.page(paper) else entry(here, paper, words=here.say("cite")),
        coins(paper, brief=True),
    )


def _title(here: Portfolio, paper: Paper) -> str:
    to = address_of(here, paper)
    title = title_in(paper, here.say)
    return tag("h3", tag("a", title, href=to, class_="p-name u-url") if to else title)


def address_of(here: Portfolio, paper: Paper) -> str:
    """Return where a paper's title leads: to its page, else to the paper itself, if anywhere."""
    own = here.shelf.page(paper)
    return own or next((item.href for item in (*paper.sources, *paper.links)), "")


def _picture(here: Portfolio, paper: Paper) -> str:
    address = here.shelf.thumbnail(paper).removesuffix(".webp")
    return preview_of(here, paper).html(address, "row")


def _authors(here: Portfolio, paper: Paper) -> str:
    if not paper.authors:
        return ""
    names = [author(here, name, linked=False) for name in paper.authors]
    names += [escape(here.say("and-others"))] * paper.others
    said = ((mark, here.say.term(meaning)) for mark, meaning in paper.legend.items() if meaning)
    meanings = [tag("sup", escape(mark)) + " " + escape(meaning) for mark, meaning in said]
    legend = tag("small", here.say("semicolon").join(meanings)) if meanings else ""
    listed = here.say.listed(names)
    listed = here.say.html("edited-by", names=listed) if paper.is_edited else listed
    if len(paper.authors) <= MANY:
        return tag("p", " ".join(filter(None, (listed, legend))), class_="authors")
    shown = [n for n, one in enumerate(paper.authors) if n < _FIRST or is_owner(here, one)]
    few = here.say.listed(names[number] for number in shown)
    rest = here.say.html("more-authors", n=len(paper.authors) - len(shown))
    summary = tag("summary", tag("span", rest) + tag("span", here.say.html("fewer-authors")))
    content = tag("span", few + here.say("comma"), class_="few")
    content += tag("details", summary + listed)
    return tag("div", content + (f" {legend}" if legend else ""), class_="authors")


def _venue(here: Portfolio, paper: Paper, *, links: bool) -> str:
    where, award = place(here, paper), award_of(paper)
    notes = [paper.html("note") if paper.note else ""]
    notes += [escape(award)] if award != paper.note else []
    parts = [tag("cite", escape(where)) if where else ""]
    parts += [tag("span", note, class_="note") for note in notes if note]
    if links and (times := cited_briefly(here, paper)):
        parts.append(tag("span", escape(times), class_="cited"))
    if links and (shown := _links(here, paper)):
        parts.append(tag("span", " ".join(shown), class_="links"))
    said = " ".join(filter(None, parts))
    return tag("p", said, class_="venue") if said else ""


def _links(here: Portfolio, paper: Paper) -> list[str]:
    """Return the links of a row: the paper's own, what belongs to it, and how to cite it."""
    links = [link(here.say.term(w.name), w.href) for w in ways_to(here, paper, derived=False)]
    page = here.shelf.page(paper)
    return [*links, *([link(here.say("cite"), f"{page}#cite")] if page else [])]


def downloads(here: Portfolio, stem: str) -> list[str]:
    """Return links to the files of a paper's entry, or of all (``stem``: publications)."""
    return [
        link(form, here.shelf.citation(stem, suffix), download=f"{stem}{suffix}")
        for form, suffix in CITATIONS.items()
    ]
