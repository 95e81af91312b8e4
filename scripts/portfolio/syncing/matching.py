"""Whether two records are of one work: by identifiers first, then by title, people and year.

What could be either is doubtful, and says why: two works made one are worse than one shown twice.
"""

from collections.abc import Callable

from portfolio.syncing.evidence import NONE, Evidence, Verdict, apart, doubtful
from portfolio.syncing.titles import is_together, judge_titles
from portfolio.syncing.traits import Traits

_NEAR = 0.6
_FAR = 1 / 3
_MANY = 2
_KINDS = {"arxiv": "arXiv identifier", "doi": "DOI", "pmid": "PubMed identifier"}


def compare(one: Traits, other: Traits) -> Evidence:
    """Return how two records stand to each other: by the first rule that has something to say."""
    found = (rule(one, other) for rule in _RULES)
    return next((each for each in found if each is not None), NONE)


def _notices(one: Traits, other: Traits) -> Evidence | None:
    return apart("one speaks of the other") if one.notice != other.notice else None


def _identifiers(one: Traits, other: Traits) -> Evidence | None:
    """Judge what goes by one identifier: it is not believed where nothing else agrees."""
    shared, why = one.identifiers & other.identifiers, "named as versions of one work"
    if shared:
        why = f"the same {_KINDS[min(shared).partition(':')[0]]}"
    elif not _related(one, other):
        return None
    alike = one.main == other.main or _nearness(one, other) >= _FAR
    if alike or one.people & other.people:
        return Evidence(Verdict.SAME, why)
    known = one.people and other.people
    return doubtful(f"{why}, but another {'title and other authors' if known else 'title'}")


def _renamed(one: Traits, other: Traits) -> Evidence | None:
    """Judge a preprint and what may have been published of it under another title."""
    paired = one.preprint != other.preprint and is_together(one, other)
    if not paired or len(one.people) < _MANY or one.people != other.people:
        return None
    near = _nearness(one, other) >= _NEAR
    return doubtful("nearly the same title, and the same authors") if near else None


_RULES: tuple[Callable[[Traits, Traits], Evidence | None], ...] = (
    _notices,
    _identifiers,
    judge_titles,
    _renamed,
)


def _nearness(one: Traits, other: Traits) -> float:
    """Return how many of all the words of two titles are in both."""
    words, others = set(one.words), set(other.words)
    return len(words & others) / len(words | others) if words or others else 0.0


def _related(one: Traits, other: Traits) -> bool:
    mine, its = one.identifiers | one.related, other.identifiers | other.related
    return bool(one.related & its or other.related & mine)
