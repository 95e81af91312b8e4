"""One paper in a list: a small picture, the title, the authors, and a line of where it is.

A row is compact: abstracts, entries to copy and co-authors' addresses are on the paper's page.
Where a website has no such pages, the row has what is needed to cite.
"""

import re
from collections.abc import Iterable
from html import escape

from portfolio.pages.coins import coins
from portfolio.pages.html import link, tag
from portfolio.pages.listing_facets import award_of
from portfolio.pages.portfolio import CITATIONS, Portfolio
from portfolio.pages.previews import preview_of
from portfolio.pages.titles import title_in
from portfolio.records.paper import Link, Paper
from portfolio.records.people.names import Name

MANY = 8
"""Of more authors than these a row shows the first three and the owner, and the rest on demand."""
_FIRST = 3
_ORDER = ("PDF", "arXiv", "Publisher", "Preprint", "HTML", "Code", "Data")
_PUBLISHERS = {"DOI", "Paper"}
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
        "" if here.shelf.page(paper) else _entry(here, paper),
        coins(paper, brief=True),
    )


def _title(here: Portfolio, paper: Paper) -> str:
    to = address_of(here, paper)
    title = title_in(paper, here.say)
    return tag("h3", tag("a", title, href=to) if to else title)


def address_of(here: Portfolio, paper: Paper) -> str:
    """Return where a paper's title leads: to its page, else to the paper itself, if anywhere."""
    own = here.shelf.page(paper)
    return own or next((item.href for item in (*paper.sources, *paper.links)), "")


def place_of(here: Portfolio, paper: Paper) -> str:
    """Return where a paper appeared and when, as short as its venue is called."""
    venue = here.say.term(paper.short_venue)
    when = paper.when.text or here.say.term(paper.values.get("status", ""))
    mark = " " if when[:1].isdigit() else here.say("comma")
    return mark.join(filter(None, (venue, "" if when in venue else when)))


def _picture(here: Portfolio, paper: Paper) -> str:
    address = here.shelf.thumbnail(paper).removesuffix(".webp")
    return preview_of(here, paper).html(address, "row")


def _authors(here: Portfolio, paper: Paper) -> str:
    if not paper.authors:
        return ""
    names = [_author(here, name) for name in paper.authors]
    names += [escape(here.say("and-others"))] * paper.others
    said = ((mark, here.say.term(meaning)) for mark, meaning in paper.legend.items() if meaning)
    meanings = [tag("sup", escape(mark)) + " " + escape(meaning) for mark, meaning in said]
    legend = tag("small", here.say("semicolon").join(meanings)) if meanings else ""
    listed = here.say.listed(names)
    listed = here.say.html("edited-by", names=listed) if paper.is_edited else listed
    if len(paper.authors) <= MANY:
        return tag("p", " ".join(filter(None, (listed, legend))), class_="authors")
    shown = [n for n, one in enumerate(paper.authors) if n < _FIRST or _is_owner(here, one)]
    few = here.say.listed(names[number] for number in shown)
    rest = here.say.html("more-authors", n=len(paper.authors) - len(shown))
    summary = tag("summary", tag("span", rest) + tag("span", here.say.html("fewer-authors")))
    content = tag("span", few + here.say("comma"), class_="few")
    content += tag("details", summary + listed)
    return tag("div", content + (f" {legend}" if legend else ""), class_="authors")


def _author(here: Portfolio, name: Name) -> str:
    marks = tag("sup", escape(name.marks)) if name.marks else ""
    shown = escape(name.display)
    return (tag("strong", shown, class_="me") if _is_owner(here, name) else shown) + marks


def _is_owner(here: Portfolio, name: Name) -> bool:
    return name.is_one_of(here.site.owner.spellings)


def _venue(here: Portfolio, paper: Paper, *, links: bool) -> str:
    place, award = place_of(here, paper), award_of(paper)
    notes = [paper.html("note") if paper.note else ""]
    notes += [escape(award)] if award != paper.note else []
    parts = [tag("cite", escape(place)) if place else ""]
    parts += [tag("span", note, class_="note") for note in notes if note]
    if links and (shown := _links(here, paper)):
        parts.append(tag("span", " ".join(shown), class_="links"))
    said = " ".join(filter(None, parts))
    return tag("p", said, class_="venue") if said else ""


def _links(here: Portfolio, paper: Paper) -> list[str]:
    """Return the links of a row: the paper's own, what belongs to it, and how to cite it."""
    found = [
        Link("Publisher", item.href) if item.text in _PUBLISHERS else item for item in paper.links
    ]
    first = [item for name in _ORDER for item in found if item.text == name]
    last = [item for item in found if item.text not in _ORDER]
    named = [link(here.say.term(item.text), item.href) for item in first]
    if here.has_notebook(paper):
        named.append(link(here.say("notebook"), here.shelf.notebook(paper)))
    named += [link(here.say.term(item.text), item.href) for item in last]
    page = here.shelf.page(paper)
    return [*named, *([link(here.say("cite"), f"{page}#cite")] if page else [])]


def _entry(here: Portfolio, paper: Paper) -> str:
    """Return the entry of a paper that has no page, to copy and to download."""
    written = "\n".join(one.bibtex for one in (paper, *here.papers.behind(paper)))
    button = tag(
        "button",
        escape(here.say("copy")),
        type="button",
        class_="copy",
        data_done=here.say("copied"),
        hidden=True,
    )
    return tag(
        "details",
        tag("summary", escape(here.say("cite")))
        + tag("pre", tag("code", escape(written.strip())), tabindex=0)
        + tag("p", button + "".join(downloads(here, paper.slug)), class_="actions"),
        class_="bibtex",
    )


def downloads(here: Portfolio, stem: str) -> list[str]:
    """Return links to the files of a paper's entry, or of all (``stem``: publications)."""
    return [
        link(form, here.shelf.citation(stem, suffix), download=f"{stem}{suffix}")
        for form, suffix in CITATIONS.items()
    ]
