"""What became of everything that a source held: the loss report of an import."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.records.fields import ADDRESSES, ALIASES
from portfolio.records.formats.cited import CITED
from portfolio.records.problems import Problem

BIBTEX = CITED | {"abstract", "keywords"}
"""The fields that say what a paper is; they go into its entry."""

SITE = (
    *("slug", "abbr", "summary", "selected", "preview", "preview_alt", "award", "award_name"),
    *("annotation", "equal", "version_of", "omit_from_cv", "bibtex_show", "google_scholar_id"),
    *(name for name in ADDRESSES if name != "url"),
)
"""The fields that say how a paper is shown; they go into the table beside the entries."""


@dataclass(frozen=True)
class Report:
    """Which fields were used as what, which were kept unused, and what could not be used."""

    template: str
    papers: int
    files: int
    names: tuple[tuple[str, str], ...]
    unused: tuple[Problem, ...]
    things: tuple[tuple[str, int], ...] = ()
    """How many there are of each kind of things beside papers."""
    counted: tuple[str, ...] = ()
    """What another count of papers says."""
    left: tuple[str, ...] = ()
    """What became of the files that did not come along."""

    def __str__(self) -> str:
        """Write the report, the same for the same source."""
        known = BIBTEX | set(SITE) | ALIASES
        mapped = [pair for pair in self.names if pair[1] in known]
        extra = [pair for pair in self.names if pair[1] not in known]
        lines = [f"{self.template}: {_count(self.papers, 'paper')}, {_count(self.files, 'file')}"]
        lines += [f"  {name}: {count}" for name, count in self.things]
        lines += [f"  {line}" for line in self.counted]
        lines += _section("mapped", mapped)
        lines += _section("kept as extra", extra)
        if self.unused:
            lines += ["could not be used:", *(f"  {one}" for one in sorted(set(self.unused)))]
        if self.left:
            lines += ["every file of the old site:", *self.left]
        return "\n".join(lines)


def _section(title: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    counts = sorted(Counter(pairs).items())
    if not counts:
        return []
    said = (
        f"  {source} ({count})" if source == name else f"  {source} -> {name} ({count})"
        for (source, name), count in counts
    )
    return [f"{title}:", *said]


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
