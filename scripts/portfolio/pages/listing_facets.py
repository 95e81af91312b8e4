"""What a list of papers can be narrowed down to: marked ones, kinds, and topics."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portfolio.pages.portfolio import Portfolio
from portfolio.records.keywords import keywords_of
from portfolio.records.paper import Paper
from portfolio.records.people.names import fold
from portfolio.records.sections import KINDS, kind_of

SLOTS = 24
"""So many facets at most has the bar of a list; the style sheet has a rule for each."""

_AWARD = re.compile(
    r"\b(?:award|prize|medal|best|outstanding|distinguished|honou?rable|runner|finalist|spotlight"
    r"|oral|highlight|notable|top \d)",
    re.IGNORECASE,
)
_LONGEST = 60
"""A keyword of more letters is a sentence, and no topic."""


@dataclass(frozen=True)
class Facet:
    """One thing to narrow a list down to: of which group, its name in addresses, in words."""

    group: str
    name: str
    text: str
    slugs: frozenset[str]

    @property
    def id(self) -> str:
        """The fragment that names it on a page, and tells no other place there."""
        return f"{self.group}-{self.name}"


def facets_of(here: Portfolio, papers: Iterable[Paper]) -> list[Facet]:
    """Return what tells the papers apart: marks, then kinds, then the commonest topics.

    What all of them are, or none, is left out.
    """
    papers = list(papers)
    found = [facet for facet in _marks(here, papers) if _divides(facet, papers)]
    kinds = defaultdict[str, set[str]](set)
    for paper in papers:
        kinds[kind_of(paper)].add(paper.slug)
    for kind in KINDS:
        facet = Facet("kind", kind, here.say(f"kinds-{kind}"), frozenset(kinds[kind]))
        found += [facet] if _divides(facet, papers) else []
    topics = [topic for topic in topics_in(papers) if _divides(topic, papers)]
    topics.sort(key=lambda topic: -len(topic.slugs))  # stable: by name among equals
    return found + sorted(topics[: SLOTS - len(found)], key=lambda topic: fold(topic.text))


def topics_in(papers: Iterable[Paper]) -> list[Facet]:
    """Return all topics that the keywords of the papers name, by name, each once in any case."""
    slugs, spelled = defaultdict[str, set[str]](set), defaultdict[str, Counter[str]](Counter)
    for paper in papers:
        for topic in topics_of(paper):
            slugs[topic.casefold()].add(paper.slug)
            spelled[topic.casefold()][topic] += 1
    found: dict[str, Facet] = {}
    for topic in sorted(slugs, key=lambda topic: (fold(topic), topic)):
        name = base = re.sub(r"[^\w]+", "-", topic).strip("-") or "topic"
        number = 2
        while name in found:  # as of C and C++
            name, number = f"{base}-{number}", number + 1
        text = max(sorted(spelled[topic]), key=spelled[topic].__getitem__)
        found[name] = Facet("topic", name, text, frozenset(slugs[topic]))
    return list(found.values())


def topics_of(paper: Paper) -> list[str]:
    """Return the topics that a paper's keywords name, each once in any case."""
    told = (keyword for keyword in keywords_of(paper) if len(keyword) <= _LONGEST)
    return list({topic.casefold(): topic for topic in told}.values())


def award_of(paper: Paper) -> str:
    """Return the words of a paper's award, or nothing."""
    said = paper.words("award_name") or paper.words("award")
    return said or (paper.note if _AWARD.search(paper.note) else "")


def has_code(here: Portfolio, paper: Paper) -> bool:
    """Whether readers get the code of a paper, or a notebook with it."""
    return any(link.text == "Code" for link in paper.links) or here.has_notebook(paper)


def _marks(here: Portfolio, papers: list[Paper]) -> list[Facet]:
    marked: Mapping[str, set[str]] = {
        "selected": {paper.slug for paper in papers if paper.selected},
        "award": {paper.slug for paper in papers if award_of(paper)},
        "code": {paper.slug for paper in papers if has_code(here, paper)},
    }
    return [
        Facet("only", name, here.say(f"only-{name}"), frozenset(slugs))
        for name, slugs in marked.items()
    ]


def _divides(facet: Facet, papers: list[Paper]) -> bool:
    return 0 < len(facet.slugs) < len(papers)
