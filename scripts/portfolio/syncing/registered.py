"""What is registered of the papers' identifiers: whether they are theirs, and what came later."""

from collections.abc import Callable, Iterator, Mapping

from portfolio.records.bibliography import Bibliography
from portfolio.records.formats.record import Record, record_of, with_versions
from portfolio.records.paper import Paper
from portfolio.records.problems import Problem
from portfolio.refusal import Refusal
from portfolio.services import arxiv, crossref
from portfolio.services.client import Client
from portfolio.services.crossref import Registered
from portfolio.services.identify import Reference
from portfolio.services.lookup import look_up
from portfolio.services.memory import Memory
from portfolio.services.web import NO_RECORD, Web
from portfolio.services.works import title_of_record
from portfolio.syncing.evidence import Verdict
from portfolio.syncing.matching import compare
from portfolio.syncing.traits import traits_of

_OF_ARXIV = "10.48550/arxiv."
_GRAVE = {"retraction": "it was retracted", "withdrawal": "it was withdrawn",
          "removal": "it was removed", "expression_of_concern": "an editor is concerned about it",
          "partial_retraction": "a part of it was retracted"}  # fmt: skip
_SLIGHT = {"correction", "corrigendum", "erratum", "addendum", "clarification"}
_CORRECT = "correct the DOI"


def problems(papers: Bibliography, web: Web, memory: Memory) -> Iterator[Problem | str]:
    """Yield what is wrong, and as a line of text each service that gave no answer."""
    every = list(with_versions(papers.papers))
    for some in (
        lambda: _of_dois(every, web, memory),
        lambda: _of_arxiv([paper for paper in every if paper.arxiv], web, memory),
    ):
        yield from _told(some)


def _told(ask: Callable[[], Iterator[Problem]]) -> Iterator[Problem | str]:
    try:
        yield from ask()
    except Refusal as refusal:
        yield str(refusal)


def _of_dois(papers: list[Paper], web: Web, memory: Memory) -> Iterator[Problem]:
    by_doi = {
        paper.doi.lower(): paper
        for paper in papers
        if paper.doi and not paper.doi.lower().startswith(_OF_ARXIV)
    }
    if not by_doi:
        return
    client = Client(web, memory, gap=crossref.GAP)
    known = {each.doi: each for each in crossref.by_doi(client, by_doi)}
    for doi, paper in by_doi.items():
        if doi in known:
            yield from _of_record(paper, known[doi].record)
            yield from _notices(paper, known[doi])
        else:
            yield from _elsewhere(doi, paper, web, memory)


def _elsewhere(doi: str, paper: Paper, web: Web, memory: Memory) -> Iterator[Problem]:
    """Yield what is wrong with a DOI that others than Crossref have registered, if anybody has."""
    if memory.recall(f"doi {doi}"):
        return
    try:
        record = look_up(Reference("doi", doi), web)
    except Refusal as refusal:
        if NO_RECORD not in str(refusal):
            raise
        yield paper.problem("doi", f"nobody has registered the doi ({doi})", _CORRECT)
        return
    wrong = list(_of_record(paper, record))
    yield from wrong
    if not wrong:
        memory.keep(f"doi {doi}", b"")


def _of_record(paper: Paper, record: Record) -> Iterator[Problem]:
    title = title_of_record(record)
    evidence = compare(traits_of(record), traits_of(record_of(paper)))
    if title and evidence.verdict is not Verdict.SAME:
        what = f"the doi {paper.doi} is that of another work ({title[:80]})"
        yield paper.problem("doi", what, _CORRECT)


def _notices(paper: Paper, registered: Registered) -> Iterator[Problem]:
    said = " ".join((paper.title, paper.note, paper.fields.get("annotation", ""))).lower()
    for kind, notice in dict.fromkeys(registered.notices):
        grave = _GRAVE.get(kind.replace("-", "_").replace(" ", "_"))
        if grave and not any(word in said for word in ("retract", "withdraw", "concern", "remov")):
            yield paper.problem("note", f"{grave} ({notice})", "say so in its note, or remove it")
        elif kind in _SLIGHT and not any(word in said for word in ("correct", "errat", "corrig")):
            what = f"a notice about it appeared ({kind}, {notice})"
            yield paper.problem("note", what, "name it in the note", hint=True)


def _of_arxiv(papers: list[Paper], web: Web, memory: Memory) -> Iterator[Problem]:
    plain: Mapping[str, Paper] = {_bare(paper.arxiv): paper for paper in papers}
    if not plain:
        return
    client = Client(web, memory, gap=arxiv.GAP)
    newest = {each.identifier.lower(): each for each in arxiv.versions(client, plain)}
    for identifier, paper in plain.items():
        found, place = newest.get(identifier.lower()), "eprint"
        _, _, named = paper.arxiv.rpartition("v")
        if not found:
            yield paper.problem(place, f"arXiv has no paper {identifier}", "correct the identifier")
        elif found.withdrawn:
            what = f"arXiv says that {identifier} is withdrawn"
            yield paper.problem(place, what, "say so in its note, or remove it", hint=True)
        elif paper.arxiv != identifier and named.isdecimal() and int(named) < found.number:
            what = f"the entry names version {named}, arXiv has version {found.number}"
            yield paper.problem(place, what, f"write {identifier}", hint=True)


def _bare(identifier: str) -> str:
    head, mark, version = identifier.rpartition("v")
    return head if mark and version.isdecimal() else identifier
