"""Who the owner is to the services, and whether a work is one of the owner's."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portfolio.records.people.names import Name, fold
from portfolio.records.people.orcid import orcid_in, orcid_of
from portfolio.records.site import Site
from portfolio.refusal import Refusal
from portfolio.syncing.traits import person

if TYPE_CHECKING:
    from portfolio.syncing.clusters import Cluster
    from portfolio.syncing.groups import Here

_DBLP = re.compile(r"https?://dblp\.(?:org|uni-trier\.de|dagstuhl\.de)/pid/([\w-]+/[\w-]+)")
_PID = re.compile(r"[\w-]+/[\w-]+(?:\.html)?", re.ASCII)
_ARXIV = re.compile(r"https?://(?:www\.)?arxiv\.org/a/([\w-]+)")


@dataclass(frozen=True)
class Identity:
    """What the owner goes by at each service; what is empty is not asked."""

    orcid: str = ""
    dblp: str = ""
    arxiv: str = ""

    def __bool__(self) -> bool:
        """Whether any service knows the owner."""
        return bool(self.orcid or self.dblp or self.arxiv)


def identity_of(site: Site) -> Identity:
    """Return what the owner's links say."""
    links = [link.href for link in site.owner.links]
    dblp = next((found[1] for each in links if (found := _DBLP.match(each))), "")
    arxiv = next((found[1] for each in links if (found := _ARXIV.match(each))), "")
    return Identity(orcid_in(site.orcid), dblp.removesuffix(".html"), arxiv)


def identity_with(
    identity: Identity, *, orcid: str = "", dblp: str = "", arxiv: str = ""
) -> Identity:
    """Return an identity with what somebody names instead, by itself or as an address.

    Raises Refusal for what is no identifier.
    """
    person = found[1] if (found := _DBLP.match(dblp)) else dblp
    if orcid and not orcid_of(orcid):
        what = f"it is no ORCID iD ({orcid})"
        raise Refusal("--orcid", what, "write it as 0000-0002-1825-0097, with yours")
    if person and not _PID.fullmatch(person):
        what = f"it is no identifier of a person ({dblp})"
        raise Refusal("--dblp", what, "write it as in the address of your page there, 00/1234")
    author = found[1] if (found := _ARXIV.match(arxiv)) else arxiv
    return Identity(
        orcid_of(orcid) or identity.orcid,
        person.removesuffix(".html") or identity.dblp,
        author or identity.arxiv,
    )


def is_among(people: Iterable[Name], spellings: frozenset[str]) -> bool:
    """Whether one of the people may be the owner: by a spelling, or by the first letter."""
    known = {(_first(each), each.rpartition(" ")[2]) for each in spellings}
    known |= {(_first(each), each.partition(" ")[0]) for each in spellings}
    return any(
        name.is_one_of(spellings)
        or (_first(fold(name.given)), person(name)) in known
        or (not name.given and any(person(name) == family for _, family in known))
        for name in people
    )


def strangers(
    alone: Iterable["Cluster"], everything: Iterable["Cluster"], here: "Here"
) -> Iterator["Cluster"]:
    """Yield the works ``alone`` of which nobody sure says that the owner wrote them.

    They are those that only services give to the owner that guess, written with nobody who is known
    to have written with the owner. Where no other services answered, nobody is sure of any.
    """
    sure = [each for each in everything if not all(work.guessed for work in each.works)]
    if not sure:
        return
    known = {one for paper in here.papers for each in paper.traits for one in each.people}
    known |= {one for each in sure for told in each.traits for one in told.people}
    said = {"".join(each.split()) for each in here.spellings}
    known -= {one for one in known if any(each.endswith(one) for each in said)}
    for each in alone:
        people = {one for told in each.traits for one in told.people}
        if each not in sure and not known & people:
            yield each


def _first(name: str) -> str:
    return name[:1]
