"""The works of the services laid beside the bibliography of a project."""

from collections.abc import Iterable
from pathlib import Path

from portfolio.records.bibliography import Bibliography
from portfolio.records.formats.record import record_of, with_versions
from portfolio.records.problems import Problem
from portfolio.records.site import Site
from portfolio.services.works import Work
from portfolio.syncing.groups import Finding, Here, Own, grouped, own_of
from portfolio.syncing.ignored import read_ignored


def laid_beside(
    root: Path, site: Site, papers: Bibliography, works: Iterable[Work]
) -> tuple[list[Problem], list[Finding]]:
    """Return what is odd in the table of ignored works, and each work in its group."""
    problems: list[Problem] = []
    reasons = read_ignored(root, problems)
    here = Here(own_papers(papers), site.owner.spellings, reasons)
    return problems, grouped(works, here)


def own_papers(papers: Bibliography) -> tuple[Own, ...]:
    """Return the papers with their versions, ready to be told from other works."""
    return tuple(own_of([record_of(one) for one in with_versions([paper])]) for paper in papers)
