"""What became of a paper after it was published: retractions, errata, another venue."""

from collections.abc import Sequence

from portfolio.records.formats.record import Record
from portfolio.services.works import Work, venue_of
from portfolio.syncing.traits import Traits
from portfolio.syncing.venues import agree

_TELLING = ("note", "title", "annotation", "pubstate", "erratum")


def correction(
    works: Sequence[Work],
    traits: Sequence[Traits],
    own: Sequence[Record],
    own_traits: Sequence[Traits],
) -> str:
    """Return what the services say happened to the paper and it does not say itself, or nothing."""
    said = " ".join(record.fields.get(name, "") for record in own for name in _TELLING).lower()
    if any(work.retracted for work in works) and "retract" not in said:
        return "it was retracted"
    if all(each.notice for each in traits) and not all(each.notice for each in own_traits):
        return _notice(works[0], said)
    return _venue(works, traits, own, own_traits)


def _notice(work: Work, said: str) -> str:
    title = work.title
    if any(word in said for word in ("errat", "corrigend", "correct", "retract", "addend")):
        return ""
    return f"a notice about it appeared: {title[:80]}"


def _venue(
    works: Sequence[Work],
    traits: Sequence[Traits],
    own: Sequence[Record],
    own_traits: Sequence[Traits],
) -> str:
    """Return that another venue is told of the same DOI by all that tell one."""
    for mine, record in zip(own_traits, own, strict=True):
        same = [
            (work, its)
            for work, its in zip(works, traits, strict=True)
            if mine.doi and mine.doi == its.doi and its.venue and not its.preprint
        ]
        told = mine.venue and not mine.preprint and same
        if told and not any(agree(mine.venue, its.venue) for _, its in same):
            venue = venue_of(same[0][0].record)
            return f"its venue is {venue}, here it is {venue_of(record)}"
    return ""
