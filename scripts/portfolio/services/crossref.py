"""Crossref: what publishers registered of works, by their DOIs, with counts and corrections."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portfolio.records.formats import csl
from portfolio.records.formats.record import Record
from portfolio.services.answer import Answer
from portfolio.services.client import DAY, Client, batches
from portfolio.services.shapes import Table, listed, tables, text, whole

SERVICE = "Crossref"
GAP = 0.1
_DOIS = 20
"""How many DOIs one request names: addresses have their length."""


@dataclass(frozen=True)
class Registered:
    """What is registered of a DOI; ``notices`` are kind and DOI of what was said of it later."""

    doi: str
    record: Record
    cited: int | None
    notices: tuple[tuple[str, str], ...]


def by_doi(client: Client, dois: Iterable[str], *, fresh: float = DAY) -> list[Registered]:
    """Return what is registered of works, asked for by the dozen."""
    wanted = sorted({doi.lower() for doi in dois if not set(doi) & set(", ")})
    return [each for some in batches(wanted, _DOIS) for each in _asked(client, some, fresh)]


def _asked(client: Client, dois: Sequence[str], fresh: float) -> Iterator[Registered]:
    query = {"filter": ",".join(f"doi:{doi}" for doi in dois), "rows": str(_DOIS)}
    answer = client.get(
        f"{client.web.crossref.rstrip('/')}/works",
        query=query,
        fresh=fresh,
        sound=_items,
    )
    for each in client.in_time(_items(answer), SERVICE):
        if (doi := text(each, "DOI").lower()) in dois:
            yield _registered(doi, each)


def _items(answer: Answer) -> list[Table]:
    return listed(answer, "message", "items", most=_DOIS)


def _registered(doi: str, said: Table) -> Registered:
    notices = tuple(
        (text(each, "type").lower(), text(each, "DOI").lower())
        for each in tables(said, "updated-by")
    )
    cited = whole(said, "is-referenced-by-count")
    return Registered(doi, csl.record_of_item({**said, "id": ""}), cited, notices)
