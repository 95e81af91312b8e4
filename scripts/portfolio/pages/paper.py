"""The head of a paper's page: who and where, the ways to it, and what it is about."""

from portfolio.pages import metadata
from portfolio.pages.byline import authors, venue
from portfolio.pages.cite import CITE, entry
from portfolio.pages.cited import cited
from portfolio.pages.html import tag
from portfolio.pages.icons import icon
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.ways import ways_to
from portfolio.records.paper import Paper


def head_of_paper(here: Portfolio, paper: Paper, *, picture: str = "") -> str:
    """Return what stands under the title on a paper's page, with the page's metadata.

    Its ``picture``, if it is given, comes before the summary.
    """
    parts = (
        _cited_as(here, paper),
        authors(here, paper, in_full=True),
        venue(here, paper, in_full=True),
        cited(here, paper),
        _buttons(here, paper),
    )
    head = tag("div", "\n".join(filter(None, parts)), class_="paper-head h-cite")
    lead = tag("p", paper.summary_html, class_="lead") if paper.summary else ""
    folded = entry(here, paper, id=CITE[1:]) if here.shelf.folder else ""
    body = "\n".join(filter(None, (head, picture, lead, folded)))
    return body + here.shelf.head(metadata.of_paper(here, paper))


def _cited_as(here: Portfolio, paper: Paper) -> str:
    """Return what only programs read of a work (an h-cite): its title, address and date."""
    address = here.shelf.page(paper)
    marks = {"p-name": paper.title, "u-url u-uid": here.url(address) if address else ""}
    marks["dt-published"] = str(paper.when.certain)
    return "".join(tag("data", value=said, class_=name) for name, said in marks.items() if said)


def button(words: str, href: str, name: str, /, **attributes: str | int | bool) -> str:
    """Return a link that looks like a button, with the picture ``name`` before its words."""
    said = tag("span", words)
    return tag("a", icon(name) + said, href=href, class_="button", **attributes)


def _buttons(here: Portfolio, paper: Paper) -> str:
    """Return the ways to the paper, the last to its entry, which scripts copy at once."""
    say = here.say
    buttons = [button(say.term(way.name), way.href, way.icon) for way in ways_to(here, paper)]
    if not here.shelf.folder:
        buttons.append(button(say("cite"), CITE, "cite", data_done=say("copied")))
    items = "".join(tag("li", one) for one in buttons)
    return tag("ul", items, class_="buttons", role="list") if buttons else ""
