"""OpenAlex: the works that it gives to a person, and what it says of works by their DOIs.

It tells by itself whose a work is, and errs at times. Source: docs.openalex.org.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from portfolio.records.formats.record import MONTHS
from portfolio.refusal import Refusal
from portfolio.services.client import DAY, HOUR, Client, batches
from portfolio.services.shapes import Table, at, listed, table_in, tables, text, whole
from portfolio.services.web import NO_RECORD, KeyWanted
from portfolio.services.works import MOST_WORKS, Work, name_of, plain, record_with

SERVICE = "OpenAlex"
GAP = 0.1
_PAGE, _LONGEST_PAGE = 100, 1_000
"""How many works are asked for at once, and how many may come."""
_DOIS = 50
"""How many DOIs it takes in one filter."""
_MOST_PAGES = 50
_SELECT = (
    "id,doi,title,type,publication_date,publication_year,authorships,primary_location,locations,"
    "biblio,cited_by_count,is_retracted"
)
_KINDS = {
    "article": "article", "review": "article", "letter": "article", "editorial": "article",
    "erratum": "article", "retraction": "article", "preprint": "misc", "book": "book",
    "book-chapter": "incollection", "dissertation": "phdthesis", "report": "techreport",
    "dataset": "dataset", "software": "software", "standard": "standard",
}  # fmt: skip
_NO_WORKS = {"paratext", "peer-review", "grant", "supplementary-materials", "libguides"}


def works(client: Client, orcid: str, key: str = "") -> list[Work]:
    """Return the works of the person with an ORCID iD; raise Refusal for answers without sense."""
    return list(_asked(client, f"author.orcid:{orcid}", key, HOUR))


def by_doi(client: Client, dois: Iterable[str], key: str = "", *, fresh: float = DAY) -> list[Work]:
    """Return what is known of works by their DOIs, asked for by the dozen.

    Without a key, which lists may need, they are asked for one by one where it wants one.
    """
    wanted = sorted({doi.lower() for doi in dois if not set(doi) & set("|,& ")})
    try:
        return _by_the_dozen(client, wanted, key, fresh)
    except KeyWanted:
        found = [] if key else [work for doi in wanted for work in _one(client, doi, fresh)]
        if not found:
            raise
        return found


def _by_the_dozen(client: Client, wanted: list[str], key: str, fresh: float) -> list[Work]:
    found: list[Work] = []
    for some in batches(wanted, _DOIS):
        found += _asked(client, f"doi:{'|'.join(some)}", key, fresh)
    return found


def _one(client: Client, doi: str, fresh: float) -> Iterator[Work]:
    address = f"{client.web.openalex.rstrip('/')}/works/doi:{quote(doi, safe='/')}"
    try:
        answer = client.get(address, query={"select": _SELECT}, fresh=fresh, sound=table_in)
    except Refusal as refusal:
        if NO_RECORD not in str(refusal):
            raise
        return
    yield work_of(table_in(answer))


def _asked(client: Client, narrowed: str, key: str, fresh: float) -> Iterator[Work]:
    cursor, met = "*", 0
    for _ in range(_MOST_PAGES):
        said = _page(client, narrowed, cursor, key, fresh)
        found = list(tables(said, "results"))
        met += len(found)
        works = (work_of(each) for each in found if text(each, "type") not in _NO_WORKS)
        yield from client.in_time(works, SERVICE)
        cursor = text(said, "meta", "next_cursor")
        if not cursor or not found or met >= min(MOST_WORKS, whole(said, "meta", "count") or 0):
            return


def _page(client: Client, narrowed: str, cursor: str, key: str, fresh: float) -> Mapping[str, Any]:
    query = {"filter": narrowed, "per-page": str(_PAGE), "cursor": cursor, "select": _SELECT}
    answer = client.get(
        f"{client.web.openalex.rstrip('/')}/works",
        query=query,
        secret={"api_key": key} if key else None,
        fresh=fresh,
        sound=lambda said: listed(said, "results", most=_LONGEST_PAGE),
    )
    return table_in(answer)


def work_of(said: Table) -> Work:
    """Return one of its works."""
    place = at(said, "primary_location", "source")
    kind = _KINDS.get(text(said, "type"), "misc")
    if kind == "article" and text(place, "type") == "conference":
        kind = "inproceedings"
    if kind == "article" and text(place, "type") == "repository":
        kind = "misc"
    venue = plain(at(place, "display_name"))
    date = text(said, "publication_date")
    pages = (text(said, "biblio", name) for name in ("first_page", "last_page"))
    arxiv = next(filter(None, map(_arxiv, tables(said, "locations"))), "")
    record = record_with(
        kind,
        tuple(name_of(name) for name in map(_author, tables(said, "authorships")) if name),
        title=plain(at(said, "title")),
        journal=venue if kind in {"article", "misc"} else "",
        booktitle=venue if kind in {"inproceedings", "incollection"} else "",
        volume=text(said, "biblio", "volume"),
        number=text(said, "biblio", "issue"),
        pages="\N{EN DASH}".join(dict.fromkeys(filter(None, pages))),
        year=text(said, "publication_year") or date[:4],
        month=MONTHS[int(date[5:7]) - 1] if date[5:7] in _MONTHS and date[5:] != "01-01" else "",
        doi=text(said, "doi").removeprefix("https://doi.org/"),
        eprint=arxiv,
        archiveprefix="arXiv" if arxiv else "",
    )
    name = text(said, "id").rpartition("/")[2]
    return Work(
        SERVICE,
        name,
        f"https://openalex.org/{name}",
        record,
        retracted=at(said, "is_retracted") is True,
        cited=whole(said, "cited_by_count"),
        guessed=True,
    )


_MONTHS = {f"{number:02}" for number in range(1, 13)}


def _author(said: Table) -> str:
    return text(said, "raw_author_name") or text(said, "author", "display_name")


def _arxiv(location: Table) -> str:
    address = text(location, "landing_page_url")
    return address.partition("arxiv.org/abs/")[2]
