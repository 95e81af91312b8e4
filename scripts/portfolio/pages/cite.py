"""Citing a paper: as a sentence, and as the entries that reference managers read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from portfolio.pages.citations import Written
from portfolio.pages.html import link, tag
from portfolio.pages.portfolio import CITATIONS, Portfolio
from portfolio.pages.reference import reference
from portfolio.pages.titles import title_in
from portfolio.records.formats import bib
from portfolio.records.formats.cited import for_citing
from portfolio.records.identifiers import ARXIV, doi_address
from portfolio.records.paper import Paper

CITE = "#cite"
_STOPS = frozenset(".?!…。？！؟։")  # noqa: RUF001  as these languages end a sentence
"""Signs that end a sentence by themselves."""


def block(here: Portfolio, paper: Paper, entry: Written) -> str:
    """Return the open block at the end of a paper's page, with all ways to cite it."""
    say = here.say
    sentence = tag("bdi", _sentence(here, paper))  # its stops stay at its own ends
    said = tag("p", sentence, class_="reference") + _actions(here)
    parts = [tag("div", said, class_="entry")]
    for number, (form, text) in enumerate(_entries(here, paper, entry)):
        body = tag("pre", tag("code", escape(text.strip()))) + _actions(here, paper, form)
        summary = tag("summary", form)
        parts.append(tag("details", summary + body, class_="entry", open=number == 0))
    heading = tag("h2", escape(say("cite-this")))
    return tag("section", heading + "\n".join(parts), id=CITE[1:], class_="cite")


def entry(here: Portfolio, paper: Paper, *, words: str = "BibTeX", id: str = "") -> str:  # noqa: A002
    """Return the folded BibTeX entry of a paper that has no page of ours."""
    copy_and_files = _actions(here, paper, *CITATIONS)
    pre = tag("pre", tag("code", escape(bibtex(here, paper))))
    said = tag("summary", escape(words)) + pre + copy_and_files
    return tag("details", said, class_="bibtex", id=id)


def bibtex(here: Portfolio, paper: Paper) -> str:
    """Return a paper's entry as those who cite it want it, with those that it takes fields from."""
    papers = (paper, *here.papers.behind(paper))
    return bib.as_it_is(replace(one, bibtex=for_citing(one.bibtex)) for one in papers).strip()


def _entries(here: Portfolio, paper: Paper, entry: Written) -> Iterator[tuple[str, str]]:
    yield "BibTeX", bibtex(here, paper)
    for form, suffix in CITATIONS.items():
        if suffix in entry:
            yield form, entry[suffix]


def _sentence(here: Portfolio, paper: Paper) -> str:
    """Return the paper as a sentence of a list of references."""
    say = here.say
    names = [escape(name.display) for name in paper.authors]
    by = say.listed(names + [escape(say("and-others"))] * paper.others)
    by = say.html("edited-by", names=by) if paper.is_edited and names else by
    address = doi_address(paper.doi) if paper.doi else ARXIV + paper.arxiv if paper.arxiv else ""
    where = escape(reference(paper, say))
    parts = (
        by,
        tag("cite", title_in(paper, here.say)),
        where,
        link(address, address) if address else "",
    )
    stop = say("stop")
    said = [part.removesuffix(stop.strip()) for part in parts if part]
    ended = [part + (stop if _STOPS.isdisjoint(_last_sign(part)) else " ") for part in said]
    return "".join([*ended[:-1], said[-1] if address else ended[-1].rstrip()])


def _last_sign(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)[-1:]


def _actions(here: Portfolio, paper: Paper | None = None, *forms: str) -> str:
    say = here.say
    copy = tag(
        "button",
        type="button",
        class_="copy",
        aria_label=say("copy"),
        data_word=say("copy"),
        data_done=say("copied"),
        hidden=True,
    )
    files = [
        link(
            say("download", file=f"{paper.slug}{CITATIONS[form]}"),
            here.shelf.citation(paper.slug, CITATIONS[form]),
            download=f"{paper.slug}{CITATIONS[form]}",
        )
        for form in forms
        if paper
    ]
    return tag("p", copy + "".join(files), class_="actions")
