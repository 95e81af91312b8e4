"""Counting citations: new numbers are taken that can be true, and old ones stay for the others."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from portfolio.records.counts import NO_ANSWER, Count, Named
from portfolio.records.formats.record import Record
from portfolio.refusal import Refusal
from portfolio.services import crossref, openalex
from portfolio.services.beside import side_by_side
from portfolio.services.client import Client
from portfolio.services.memory import Memory
from portfolio.services.web import Web
from portfolio.services.works import identifiers_of
from portfolio.syncing.evidence import Verdict
from portfolio.syncing.groups import Own
from portfolio.syncing.matching import compare
from portfolio.syncing.owner import is_among
from portfolio.syncing.traits import traits_of

_ARXIV_DOI = "10.48550/arxiv."
_DAYS = 30
"""For so long a number that is the same keeps its day."""
_TIMES, _MORE = 2, 20
"""A number is held back that is more than twice the old one and twenty more, or that much less."""
_MOST = 1_000_000
"""More citations than any paper has."""


@dataclass(frozen=True)
class Said:
    """What a service says of one work: its identifier there, its DOI, and how often it is cited."""

    name: str
    doi: str
    record: Record
    cited: int


@dataclass(frozen=True)
class Counted:
    """All counts as they are now, and a line for each service that gave no answer."""

    counts: Mapping[Named, Count]
    silent: tuple[str, ...]


def dois_of(paper: Own) -> list[str]:
    """Return the DOIs of a paper and its versions, those that arXiv gave too."""
    names = sorted({name for record in paper.records for name in identifiers_of(record)})
    kinds = {"doi": "", "arxiv": _ARXIV_DOI}
    pairs = (name.split(":", 1) for name in names)
    return [kinds[kind] + value for kind, value in pairs if kind in kinds]


@dataclass(frozen=True)
class Terms:
    """The day, a key, who the owner is, and whose number to take.

    What is ``accepted``, by keys in small letters, is taken as it comes.
    """

    today: date
    key: str = ""
    spellings: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()


def ask(
    papers: Sequence[Own], old: Mapping[Named, Count], web: Web, memory: Memory, terms: Terms
) -> Counted:
    """Return the counts after asking OpenAlex and Crossref for all papers by the dozen.

    A service that gives no answer leaves its old numbers, with a note.
    """
    dois = sorted({doi for paper in papers for doi in dois_of(paper)})
    counts, silent = dict(old), []
    mine = {each.key.lower(): each for each in papers if dois_of(each)}
    questions = dict(_questions(web, memory, terms))
    answers = side_by_side(
        lambda asked: _answer(asked, dois), questions.values(), most=len(questions)
    )
    for source, said in zip(questions, answers, strict=True):
        if isinstance(said, Refusal):
            silent.append(str(said))
            note = f"{NO_ANSWER} on {terms.today.isoformat()}"
            counts |= {
                name: replace(each, note=note)
                for name, each in old.items()
                if each.source == source and name[0] in mine
            }
            continue
        for paper in mine.values():
            before = old.get((paper.key.lower(), source))
            now = _counted(paper, said, source, before, terms)
            if now:
                counts[now.name] = now
    known = {paper.key.lower() for paper in papers}
    return Counted({name: each for name, each in counts.items() if name[0] in known}, tuple(silent))


def _answer(
    asked: Callable[[Sequence[str]], list[Said]], dois: Sequence[str]
) -> Mapping[str, list[Said]] | Refusal:
    try:
        return _by_doi(asked(dois))
    except Refusal as refusal:
        return refusal


def _questions(
    web: Web, memory: Memory, terms: Terms
) -> Iterator[tuple[str, Callable[[Sequence[str]], list[Said]]]]:
    of_openalex = Client(web, memory, gap=openalex.GAP)
    of_crossref = Client(web, memory, gap=crossref.GAP)

    def ask_openalex(dois: Sequence[str]) -> list[Said]:
        works = openalex.by_doi(of_openalex, dois, terms.key)
        return [
            Said(work.name, name.removeprefix("doi:").replace("arxiv:", _ARXIV_DOI), work.record,
                 work.cited)
            for work in works if work.cited is not None
            for name in work.identifiers
        ]  # fmt: skip

    def ask_crossref(dois: Sequence[str]) -> list[Said]:
        wanted = [doi for doi in dois if not doi.startswith(_ARXIV_DOI)]  # which others register
        found = crossref.by_doi(of_crossref, wanted)
        return [
            Said(each.doi, each.doi, each.record, each.cited)
            for each in found
            if each.cited is not None
        ]

    yield openalex.SERVICE, ask_openalex
    yield crossref.SERVICE, ask_crossref


def _by_doi(said: Iterable[Said]) -> Mapping[str, list[Said]]:
    found: dict[str, list[Said]] = defaultdict(list)
    for each in said:
        found[each.doi].append(each)
    return found


def _counted(
    paper: Own, said: Mapping[str, list[Said]], source: str, before: Count | None, terms: Terms
) -> Count | None:
    """Return the count of a paper, its versions together, or the old one with what is odd."""
    works = {each.name: each for doi in dois_of(paper) for each in said.get(doi, ())}
    if not works:  # asked and unknown, so an old outage is over
        over = before and before.note.startswith(NO_ANSWER)
        return replace(before, note="") if before and over else before
    today, anyway = terms.today, paper.key.lower() in terms.accepted
    total = sum(each.cited for each in works.values())
    oddities = [_odd(paper, work, terms.spellings) for work in works.values()]
    oddities.append(_too_much(before, total, today))
    odd = "" if anyway else next(filter(None, oddities), "")
    if odd:
        return replace(before, note=odd) if before else Count(paper.key, source, 0, today, odd)
    still = before and before.citations == total and (today - before.day).days < _DAYS
    return replace(before, note="") if before and still else Count(paper.key, source, total, today)


def _odd(paper: Own, said: Said, spellings: frozenset[str]) -> str:
    """Return why a number may be that of another work or of other people, or nothing."""
    traits = traits_of(said.record)
    verdicts = {compare(traits, own).verdict for own in paper.traits}
    if Verdict.SAME not in verdicts and said.record.fields.get("title"):
        return (
            f"what it knows under {said.doi} is another work ({said.record.fields['title'][:60]})"
        )
    ours = any(is_among(record.authors, spellings) for record in paper.records)
    people = said.record.authors
    if ours and people and not is_among(people, spellings):
        return f"what it knows under {said.doi} is by other people"
    return ""


def _too_much(before: Count | None, total: int, today: date) -> str:
    """Return why a number cannot be true, or nothing."""
    held = f"{total} on {today.isoformat()} is held back"
    if total > _MOST:
        return f"{held}, more than any paper has"
    if before and _jumps(before.citations, total):
        return f"{held}, a jump from {before.citations}"
    return ""


def _jumps(old: int, new: int) -> bool:
    few, many = sorted((old, new))
    return many > few * _TIMES and many - few > _MORE
