"""The works of all services, each work once: what several services know is put together.

First what goes by one identifier, then what is alike. What may belong to two that are apart belongs
to neither, and is doubtful; the outcome does not depend on the order of the answers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, TypeVar

from portfolio.services.works import Work
from portfolio.syncing.evidence import Evidence, Verdict, strongest
from portfolio.syncing.matching import compare
from portfolio.syncing.traits import Traits, traits_of

Item = TypeVar("Item")
_NEAREST = 1_000
"""With how many others a work is compared."""
_BETWEEN = "it may be one of two works that are alike"


@dataclass(eq=False)
class Cluster:
    """What services say of one work; ``doubts`` is why it may be that of another cluster."""

    works: list[Work]
    traits: list[Traits]
    doubts: list[tuple["Cluster", str]] = field(default_factory=list)
    into: "Cluster | None" = None

    @property
    def root(self) -> "Cluster":
        """The cluster that this one has been put into, or itself."""
        return self if self.into is None else self.into.root

    def against(self, others: Sequence[Traits]) -> Evidence:
        """Return how the work stands to one of which ``others`` are told."""
        return strongest(compare(one, other) for one in self.traits for other in others)

    def take(self, other: "Cluster") -> None:
        """Have what another one knows as well."""
        other.into = self
        self.works += other.works
        self.traits += other.traits
        self.doubts += other.doubts

    def doubt(self, other: "Cluster", why: str) -> None:
        """Note, here and there, that the two may be one."""
        self.doubts.append((other, why))
        other.doubts.append((self, why))


class Index(Generic[Item]):
    """Finds what shares a key with a record, unless so many share it that it tells nothing."""

    def __init__(self, telling: int = 80) -> None:
        self._found: dict[str, list[Item]] = defaultdict(list)
        self._telling = telling
        """How many may share a key that still tells them from others."""

    def add(self, item: Item, traits: Iterable[Traits]) -> None:
        """Have an item found by what its records say."""
        for key in {key for each in traits for key in _keys(each)}:
            self._found[key].append(item)

    def near(self, traits: Iterable[Traits]) -> list[Item]:
        """Return the items that share a key with a record, each once, in their order."""
        keys = sorted({key for each in traits for key in _keys(each)})
        shared = (self._found[key] for key in keys)
        some = (item for items in shared if len(items) <= self._telling for item in items)
        return list({id(item): item for item in islice(some, _NEAREST)}.values())


def clustered(works: Iterable[Work]) -> list[Cluster]:
    """Return ``works`` put together; each is in one cluster."""
    ordered = sorted(works, key=lambda work: (work.service, work.name, work.title))
    clusters = [Cluster([work], [traits_of(work.record, work.related)]) for work in ordered]
    index = Index[Cluster]()
    for cluster in clusters:
        index.add(cluster, cluster.traits)
    for wanted in ({Verdict.SAME}, {Verdict.SAME, Verdict.ALIKE}):
        for cluster in clusters:
            _put_together(cluster.root, index, wanted)
    roots = [cluster for cluster in clusters if cluster.into is None]
    for cluster in roots:
        told = ((other.root, why) for other, why in cluster.doubts)
        cluster.doubts = [(other, why) for other, why in told if other is not cluster]
    return roots


def _put_together(cluster: Cluster, index: Index[Cluster], wanted: set[Verdict]) -> None:
    """Put into a cluster what is the same work by the evidence that is ``wanted``."""
    judged = _judged(cluster, index)
    for other, evidence in judged:
        if evidence.verdict is Verdict.DOUBTFUL:
            cluster.doubt(other, evidence.why)
    partners = [other for other, evidence in judged if evidence.verdict in wanted]
    apart, known = _are_apart([*partners, cluster]), {id(each) for each in [*partners, cluster]}
    for other in partners:
        rivals = [one for one, its in _judged(other, index) if its.verdict in wanted]
        alike = not apart and all(id(one) in known for one in rivals)
        if apart or (not alike and _are_apart([*rivals, cluster])):
            cluster.doubt(other, _BETWEEN)
        else:
            cluster.take(other)


def _judged(cluster: Cluster, index: Index[Cluster]) -> list[tuple[Cluster, Evidence]]:
    """Return how a cluster stands to each that is near it."""
    near = {id(each.root): each.root for each in index.near(cluster.traits)}
    others = (each for each in near.values() if each is not cluster)
    return [(each, cluster.against(each.traits)) for each in others]


def _are_apart(partners: Sequence[Cluster]) -> bool:
    """Whether two of those to be put together may well be two works."""
    return any(
        one.against(other.traits).verdict in {Verdict.APART, Verdict.DOUBTFUL}
        for number, one in enumerate(partners)
        for other in partners[number + 1 :]
    )


def _keys(traits: Traits) -> Iterator[str]:
    """Yield what a record is looked up by: two that share nothing of it are not compared."""
    yield from traits.identifiers | traits.related
    if traits.title:
        yield f"title:{traits.title}"
        yield f"title:{traits.main}"
    if len(traits.people) > 1:
        yield "people:" + " ".join(sorted(traits.people))
