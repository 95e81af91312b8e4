"""A CV as its web page and its sheets of paper show it: sections of entries and numbered papers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from portfolio.pages.byline import author
from portfolio.pages.cited import cited_briefly, sum_of
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.reference import reference
from portfolio.records.kinds.item import Item
from portfolio.records.paper import Paper
from portfolio.records.sections import KINDS, LETTERS, kind_of
from portfolio.records.vitae import PUBLICATIONS, Vitae

_MOST_AUTHORS, _SHOWN = 25, 10


@dataclass(frozen=True)
class Work:
    """A paper of a CV: ``[J3]``, the authors, and where it appeared, as HTML.

    How often it is ``cited`` is plain text, as the sum of a `Section` is.
    """

    number: str
    paper: Paper
    authors: str
    where: str
    note: str
    cited: str = ""


@dataclass(frozen=True)
class Works:
    """The papers of one kind under their heading."""

    heading: str
    works: tuple[Work, ...]


@dataclass(frozen=True)
class Section:
    """A part of a CV: the items of one kind, or all papers with what their marks mean."""

    name: str
    heading: str
    items: tuple[Item, ...] = ()
    works: tuple[Works, ...] = ()
    legend: tuple[str, ...] = ()
    cited: str = ""


def sections_of(here: Portfolio, vitae: Vitae) -> Iterator[Section]:
    """Yield the sections of a CV that have something to show."""
    for name in vitae.sections:
        if name == PUBLICATIONS:
            works = tuple(_works(here, vitae))
            if works:
                heading = vitae.headings.get(name) or here.say("publications")
                cited = sum_of(here) if vitae.citations else ""
                legend = tuple(_legend(here, works))
                yield Section(name, heading, works=works, legend=legend, cited=cited)
        elif items := tuple(_items(here, vitae, name)):
            yield Section(name, vitae.headings.get(name) or here.say(f"items-{name}"), items)


def _items(here: Portfolio, vitae: Vitae, kind: str) -> Sequence[Item]:
    items = here.items.get(kind, ())
    some = [item for item in items if not vitae.selected or item.is_on("selected")]
    some = some or list(items)  # where none is marked, a short CV has the newest
    some = [
        item for item in some if (item.when.year or vitae.since) >= vitae.since or item.when.goes_on
    ]
    return some[: vitae.most]


def _works(here: Portfolio, vitae: Vitae) -> Iterator[Works]:
    listed = [paper for paper in here.papers if not _is_left_out(paper)]
    chosen = _chosen(vitae, listed)
    by_kind: dict[str, list[Paper]] = {}
    for paper in listed:
        by_kind.setdefault(kind_of(paper), []).append(paper)
    for kind in KINDS:
        papers = by_kind.get(kind, [])
        works = tuple(
            _work(here, vitae, paper, f"[{LETTERS[kind]}{len(papers) - place}]")
            for place, paper in enumerate(papers)
            if paper.slug in chosen
        )
        if works:
            yield Works(here.say(f"kinds-{kind}"), works)


def _chosen(vitae: Vitae, listed: Sequence[Paper]) -> set[str]:
    """Return the slugs of the papers that a CV has, of those that may be on one."""
    papers = [paper for paper in listed if (paper.year or vitae.since) >= vitae.since]
    if vitae.publications == "selected":
        papers = [paper for paper in papers if paper.selected] or papers
    return {paper.slug for paper in papers[: vitae.most]}


def _is_left_out(paper: Paper) -> bool:
    return paper.fields.get("omit_from_cv", "").lower() in {"true", "yes", "1"}


def _work(here: Portfolio, vitae: Vitae, paper: Paper, number: str) -> Work:
    where = reference(paper, here.say)
    award = paper.words("award_name") or paper.words("award")
    note = paper.html("note") or escape(award)
    cited = cited_briefly(here, paper) if vitae.citations else ""
    return Work(number, paper, _authors(here, paper), where, note, cited)


def _authors(here: Portfolio, paper: Paper) -> str:
    """Return the authors, of very many the first ones and the owner."""
    say, names = here.say, paper.authors
    shown = list(names)
    if len(names) > _MOST_AUTHORS:
        own = [n for n in names[_SHOWN:] if n.is_one_of(here.site.owner.spellings)]
        shown = [*names[:_SHOWN], *own]
    said = [author(here, name) for name in shown]
    left = len(names) - len(shown)
    said += [escape(say("more-authors", n=left))] * bool(left)
    said += [escape(say("and-others"))] * paper.others
    listed = say.listed(said)
    return say.html("edited-by", names=listed) if paper.is_edited and listed else listed


def _legend(here: Portfolio, works: Sequence[Works]) -> Iterator[str]:
    """Yield what the marks behind names mean, each once."""
    papers = (work.paper for some in works for work in some.works)
    told = (pair for paper in papers for pair in paper.legend.items())
    for mark, meaning in dict.fromkeys(pair for pair in told if pair[1]):
        yield f"{mark} {here.say.term(meaning)}"
