"""What the files of a paper are made from, told before any of them is made.

What is made of one paper alone gets a portfolio that holds no other (`Portfolio.alone`), so that it
hangs on nothing but that paper's record, its notebook, and what all papers have in common.
"""

import json
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from portfolio import pandoc
from portfolio.inputs import content_of, digest
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.provenance import unseen_of
from portfolio.records.paper import Paper

_OF_OTHERS = {".bib", ".ipynb", ".qmd", ".html", ".css", ".js"}
"""Files that no paper's files are made from: others' records and figures, and texts of pages."""
_OF_PAPERS = {"papers", "figures", "problems"}
_PLACES = {"path", "line", "entry"}
"""Where a record stands, which problems alone name."""


@dataclass(frozen=True)
class Causes:
    """Tells for each paper of a portfolio what its files are made from."""

    here: Portfolio

    def of(self, paper: Paper) -> str:
        """Return what changes whenever what is made of a paper alone may."""
        if paper.slug not in self._known:
            self._known[paper.slug] = self._of(paper)
        return self._known[paper.slug]

    def _of(self, paper: Paper) -> str:
        told: list[Any] = [self.common, self.record(paper), self.here.figures.get(paper.slug)]
        told += map(self.record, self.here.papers.behind(paper))
        if paper.slug in self.here.notebooks:
            told.append(content_of(self.here.root / "notebooks" / f"{paper.slug}.ipynb"))
            told.append(unseen_of(self.here, paper))
        return _digest(told)

    def record(self, paper: Paper) -> str:
        """Return what changes with a paper's record, wherever that stands."""
        return paper.again("record", None, lambda: _digest(paper))

    @cached_property
    def common(self) -> str:
        """What stands for all that papers have in common: settings, news, tables, pictures."""
        here = self.here
        names = (field.name for field in fields(here) if field.name not in _OF_PAPERS)
        said = {name: getattr(here, name) for name in names}
        commits = here.repository.commits if here.notebooks else {}
        files = digest(here.root, without=_OF_OTHERS)
        return _digest([said, sorted(commits.items()), files, pandoc.identity()])

    @cached_property
    def _known(self) -> dict[str, str]:
        return {}


def _digest(values: Any) -> str:
    return sha256(json.dumps(values, default=_said).encode()).hexdigest()


def _said(value: Any) -> Any:
    """Return what a value says that is no JSON yet."""
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    if isinstance(value, AbstractSet):
        return sorted(value)
    if not is_dataclass(value):
        return repr(value)
    apart = _PLACES if isinstance(value, Paper) else ()
    return [getattr(value, field.name) for field in fields(value) if field.name not in apart]
