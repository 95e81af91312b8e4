"""Each work that a service knows, in one group: the same, missing, published since, and so on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from portfolio.moving.keys import keys_beside
from portfolio.records.formats.record import Record
from portfolio.services.works import Work
from portfolio.syncing.clusters import Cluster, Index, clustered
from portfolio.syncing.corrections import correction
from portfolio.syncing.evidence import NONE, Evidence, Verdict, doubtful, strongest
from portfolio.syncing.ignored import names_of
from portfolio.syncing.matching import compare
from portfolio.syncing.owner import is_among, strangers
from portfolio.syncing.together import together
from portfolio.syncing.traits import Traits, traits_of


class Group(StrEnum):
    """What a work is to the bibliography."""

    MISSING = "missing"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    DOUBTFUL = "doubtful"
    IGNORED = "ignored"
    SAME = "same"


NEW = (Group.MISSING, Group.PUBLISHED, Group.CORRECTED, Group.DOUBTFUL)
"""The groups that say something new."""
_STRANGE = "no author is spelled as owner.spellings say"
_NOT_OURS = "the owner is not among its authors"
_UNSURE = "a service guesses that it is yours, and no co-author is known"


@dataclass(frozen=True)
class Own:
    """A paper of the bibliography, with its versions: records, and what tells them from others."""

    key: str
    records: tuple[Record, ...]
    traits: tuple[Traits, ...]

    @property
    def is_preprint(self) -> bool:
        """Whether nothing of it is published."""
        return all(each.preprint for each in self.traits)


@dataclass(frozen=True)
class Finding:
    """One work: its group, the name that it is chosen by, what it is here, and the evidence."""

    group: Group
    name: str
    works: tuple[Work, ...]
    record: Record
    why: str
    own: Own | None = field(default=None, repr=False)

    @property
    def services(self) -> str:
        """The services that know the work."""
        return ", ".join(dict.fromkeys(work.service for work in self.works))


@dataclass(frozen=True)
class Here:
    """What there is already: the papers, the owner's spellings, and what is to be ignored."""

    papers: tuple[Own, ...]
    spellings: frozenset[str] = frozenset()
    ignored: Mapping[str, str] = field(default_factory=dict)
    """Reasons by the names of works, as `ignored.names_of` gives them."""


def own_of(records: Sequence[Record]) -> Own:
    """Return a paper of the bibliography from its records, of which the first is its own."""
    return Own(records[0].key, tuple(records), tuple(map(traits_of, records)))


def grouped(works: Iterable[Work], here: Here) -> list[Finding]:
    """Return every work in exactly one group, those that say something new first."""
    index = Index[Own](telling=200)
    for paper in here.papers:
        index.add(paper, paper.traits)
    clusters = sorted(clustered(works), key=_order)
    matches = [_match(each, index.near(each.traits)) for each in clusters]
    alone = [each for each, (own, _) in zip(clusters, matches, strict=True) if own is None]
    unsure = {id(each) for each in strangers(alone, clusters, here)}
    named = keys_beside(paper.key.lower() for paper in here.papers)
    found = []
    for cluster, (own, evidence) in zip(clusters, matches, strict=True):
        group, why = (
            _known(cluster, own, evidence)
            if own
            else _unknown(cluster, here, unsure=id(cluster) in unsure)
        )
        reason = _reason(cluster, here.ignored) if group is not Group.SAME else None
        group, why = (group, why) if reason is None else (Group.IGNORED, reason)
        record = together(cluster.works)
        is_paper = own and group is not Group.DOUBTFUL
        name = own.key if own and is_paper else named(record)
        found.append(Finding(group, name, tuple(cluster.works), record, why, own))
    return sorted(found, key=lambda each: _PLACES[each.group])


_PLACES = {group: place for place, group in enumerate(Group)}


def counts(found: Iterable[Finding]) -> Iterator[tuple[Group, int]]:
    """Yield the groups that have works, with how many."""
    groups = [each.group for each in found]
    yield from ((group, groups.count(group)) for group in Group if group in groups)


def _order(cluster: Cluster) -> tuple[int, str, str]:
    newest = max((each.year or 0 for each in cluster.traits), default=0)
    return -newest, cluster.traits[0].title, cluster.works[0].name


def _match(cluster: Cluster, candidates: Sequence[Own]) -> tuple[Own | None, Evidence]:
    """Return the paper that a work is, or may be, with the evidence."""
    judged = [(each, _against(cluster, each)) for each in candidates]
    for verdict in (Verdict.SAME, Verdict.ALIKE):
        some = [each for each in judged if each[1].verdict is verdict]
        if best := _meant(cluster, some):
            return best
        if some:
            return some[0][0], doubtful("it may be one of several papers here")
    unsure = (each for each in judged if each[1].verdict is Verdict.DOUBTFUL)
    return next(unsure, (None, NONE))


def _meant(cluster: Cluster, some: Sequence[tuple[Own, Evidence]]) -> tuple[Own, Evidence] | None:
    """Return the one paper that is meant, where the kind of the work decides, or None."""
    if len(some) > 1:
        published = any(not each.preprint for each in cluster.traits)
        some = [each for each in some if each[0].is_preprint != published] or some
    return some[0] if len(some) == 1 else None


def _against(cluster: Cluster, own: Own) -> Evidence:
    evidence = cluster.against(own.traits)
    if evidence.verdict is Verdict.APART and all(each.notice for each in cluster.traits):
        papers = [replace(each, notice=False, identifiers=frozenset(), venue="", volume="",
                          page="", year=None) for each in cluster.traits]  # fmt: skip
        plain = strongest(compare(one, other) for one in papers for other in own.traits)
        if plain.verdict is Verdict.ALIKE:
            return Evidence(Verdict.ALIKE, "a notice about it")
    return evidence


def _known(cluster: Cluster, own: Own, evidence: Evidence) -> tuple[Group, str]:
    """Return the group of a work that is, or may be, a paper of the bibliography."""
    if evidence.verdict is Verdict.DOUBTFUL:
        return Group.DOUBTFUL, f"{own.key} here? {evidence.why}"
    if corrected := correction(cluster.works, cluster.traits, own.records, own.traits):
        return Group.CORRECTED, corrected
    if own.is_preprint and any(not each.preprint for each in cluster.traits):
        return Group.PUBLISHED, f"a preprint here, {evidence.why}"
    return Group.SAME, evidence.why


def _unknown(cluster: Cluster, here: Here, *, unsure: bool) -> tuple[Group, str]:
    """Return the group of a work that no paper of the bibliography is."""
    lists = [work.record.authors for work in cluster.works if work.record.authors]
    strange = bool(lists and here.spellings) and not any(
        is_among(each, here.spellings) for each in lists
    )
    guessed = all(work.guessed for work in cluster.works)
    if strange and guessed:
        return Group.IGNORED, _NOT_OURS
    if doubt := _doubt(cluster):
        return Group.DOUBTFUL, doubt
    if unsure:
        return Group.DOUBTFUL, _UNSURE
    return Group.MISSING, _STRANGE if strange else ""


def _doubt(cluster: Cluster) -> str:
    """Return why a work may be another one, said at the one of the two that has less to say."""
    for other, why in cluster.doubts:
        if _weight(cluster) < _weight(other):
            return f"{other.works[0].title[:60]} ({other.works[0].service})? {why}"
    return ""


def _weight(cluster: Cluster) -> tuple[int, int, str, str]:
    published = sum(not each.preprint for each in cluster.traits)
    return published, len(cluster.works), cluster.works[0].service, cluster.works[0].name


def _reason(cluster: Cluster, ignored: Mapping[str, str]) -> str | None:
    names = (name for work in cluster.works for name in names_of(work))
    return next((ignored[name] for name in names if name in ignored), None)
