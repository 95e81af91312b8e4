"""Whether two records without a common identifier are of one work, by their titles.

The rules are asked in order, and the first that has something to say decides.
"""

import re
from collections.abc import Callable

from portfolio.syncing.evidence import NONE, Evidence, Verdict, apart, doubtful
from portfolio.syncing.traits import Traits
from portfolio.syncing.venues import agree

_SOME = 3
"""From how many words on a title is hardly given twice by chance."""
_HALF = 0.5
_MANY = 2
_YEARS_OF_A_PREPRINT = 4
_GENERIC = frozenset(
    {"introduction", "editorial", "preface", "foreword", "reply", "comment", "discussion", "review"}
    | {"conclusion", "summary", "abstract", "contents", "index", "response", "rejoinder"}
)
_ANOTHER = re.compile(
    r"(?:part|volume|vol|chapter|reply|comment|response|rejoinder|discussion|supplement|appendix"
    r"|tutorial|poster|abstract|addendum|[ivx]{1,4})\b|\d"
)
_SAID, _SUBTITLED = "the same title", "the same title but for a subtitle"


def judge_titles(one: Traits, other: Traits) -> Evidence | None:
    """Return what two titles tell that are the same, or of which one goes on, or None."""
    if not one.title or not other.title:
        return None
    if one.title == other.title:
        found = (rule(one, other) for rule in _OF_EQUAL_TITLES)
        sure = Evidence(Verdict.ALIKE, f"{_SAID} and authors")
        return next((each for each in found if each is not None), sure)
    short, long = sorted((one, other), key=lambda each: (len(each.title), each.title))
    return _subtitled(short, long) if short.title == short.main == long.main else None


def is_together(one: Traits, other: Traits) -> bool:
    """Whether the years of two records can be those of one work."""
    if one.year is None or other.year is None:
        return True
    between = abs(one.year - other.year)
    paired = one.preprint != other.preprint and len(one.words) >= _SOME
    return between <= 1 or (paired and between <= _YEARS_OF_A_PREPRINT)


def _other_people(one: Traits, other: Traits) -> Evidence | None:
    strangers = one.people and other.people and not one.people & other.people
    return apart(f"{_SAID}, but other authors") if strangers else None


def _years_apart(one: Traits, other: Traits) -> Evidence | None:
    return None if is_together(one, other) else NONE


def _two_preprints(one: Traits, other: Traits) -> Evidence | None:
    """Judge preprints, of which a work may have several, but seldom two at one place."""
    if one.arxiv and other.arxiv:
        return doubtful(f"{_SAID}, but two identifiers of arXiv")
    return None


def _two_dois(one: Traits, other: Traits) -> Evidence | None:
    if one.preprint or other.preprint or not (one.doi and other.doi):
        return None
    alike = one.kind == other.kind and one.year == other.year and agree(one.venue, other.venue)
    told = bool(one.venue and other.venue)
    if (
        told
        and alike
        and not _differ(one.page, other.page)
        and not _differ(one.volume, other.volume)
    ):
        return doubtful(f"{_SAID} and venue, but two DOIs")
    return apart(f"{_SAID}, but two DOIs")


def _two_places(one: Traits, other: Traits) -> Evidence | None:
    """Judge what is published, twice perhaps: at a conference, and in a journal."""
    if one.preprint or other.preprint:
        return None
    if _differ(one.volume, other.volume) and one.kind == other.kind == "article":
        return apart(f"{_SAID}, but two volumes")
    if not agree(one.venue, other.venue):
        return doubtful(f"{_SAID}, but two venues")
    if one.year != other.year and _differ(one.page, other.page):
        return apart(f"{_SAID}, but other pages in another year")
    return None


def _generic(one: Traits, other: Traits) -> Evidence | None:
    if len(one.words) >= _MANY and one.title not in _GENERIC:
        return None
    told = one.venue and other.venue and one.year and one.year == other.year
    if told and agree(one.venue, other.venue) and _share(one, other) > _HALF:
        return Evidence(Verdict.ALIKE, f"{_SAID}, year, venue and authors")
    return doubtful(f"{_SAID}, which many works have")


def _unknown_people(one: Traits, other: Traits) -> Evidence | None:
    if one.people and other.people:
        return None
    if len(one.words) >= _SOME and one.year and other.year:
        return Evidence(Verdict.ALIKE, f"{_SAID} and year")
    return doubtful(f"{_SAID}, but the authors are not known")


def _few_people(one: Traits, other: Traits) -> Evidence | None:
    few = _share(one, other) <= _HALF
    return doubtful(f"{_SAID}, but few authors in common") if few else None


_OF_EQUAL_TITLES: tuple[Callable[[Traits, Traits], Evidence | None], ...] = (
    _other_people, _years_apart, _two_preprints, _two_dois, _two_places, _generic,
    _unknown_people, _few_people,
)  # fmt: skip


def _subtitled(short: Traits, long: Traits) -> Evidence | None:
    """Judge two titles of which one goes on where the other ends."""
    more = " ".join(long.words[len(short.words) :])
    common = short.people & long.people
    if _ANOTHER.match(more) or not is_together(short, long) or not common:
        return None
    clash = _two_dois(short, long) or _two_places(short, long) or _two_preprints(short, long)
    if clash:
        return clash
    equal = short.people == long.people or len(common) > _MANY
    paired = short.preprint != long.preprint
    if equal and (len(common) >= _MANY or paired) and len(short.words) >= _SOME:
        return Evidence(Verdict.ALIKE, f"{_SUBTITLED}, and the same authors")
    return doubtful(_SUBTITLED)


def _differ(one: str, other: str) -> bool:
    """Whether both are told, and are not the same."""
    return bool(one and other) and one != other


def _share(one: Traits, other: Traits) -> float:
    """Return how many of the fewer people are among the others."""
    fewer = min(len(one.people), len(other.people))
    return len(one.people & other.people) / fewer if fewer else 0.0
