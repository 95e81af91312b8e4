"""Which pages have to be rendered again when what they show of records or figures has changed."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path

from portfolio import texts
from portfolio.content import files
from portfolio.records.bibliography import load_bibliography
from portfolio.records.counts import PATH
from portfolio.records.kinds.known import KINDS
from portfolio.records.kinds.reader import CV
from portfolio.records.paper import Paper
from portfolio.records.posts import FOLDER as POSTS

_CALL = re.compile(r"\bpages\.(\w+)\(")
_OF_PAPER = re.compile(r"""\bpages\.paper\(\s*["']([\w-]+)["']""")
_OF_TABLES = {"cv", *KINDS}
_LISTS = {"publications", "selected", "table", "citation_counts", *_OF_TABLES}
_READING = {"news": {"news", "latest_news"}} | dict.fromkeys((CV, *KINDS), _OF_TABLES)
_READING["people"] = _LISTS  # names are linked and marked everywhere
"""The parts that read the tables in a folder; all else is of papers, which `_LISTS` show."""
_COUNTS = Path(PATH).name
"""What papers' own pages show too."""
_APART = ("tests", "scripts")


class Concerned:
    """Tells the pages of the project at ``root`` that show what changed since it was last asked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.papers = self._read()

    def __call__(self, changed: AbstractSet[Path]) -> list[Path]:
        """Return the sources of the pages concerned, those that list papers first."""
        before, self.papers = self.papers, self._read()
        slugs = {slug for slug, paper in self.papers.items() if before.get(slug) != paper}
        notebooks = {path for path in changed if path.suffix == ".ipynb"}
        slugs |= {path.stem for path in notebooks}
        calls = set().union(*map(self._calls, changed))
        calls |= {"paper" for path in changed if path.name == _COUNTS}
        found = [
            (bool(_OF_PAPER.search(text)), page)
            for page, text in self._pages()
            if page not in changed
            and (
                calls & set(_CALL.findall(text))
                or slugs & set(_OF_PAPER.findall(text))
                or any(f"{path.name}#" in text for path in notebooks)
            )
        ]
        return [page for _, page in sorted(found)]

    def _calls(self, path: Path) -> set[str]:
        """Return the parts of pages that read a file; a page is read by lists of posts alone."""
        if path.suffix == ".qmd":
            return {POSTS} if path.is_relative_to(self.root / POSTS) else set()
        return _READING.get(path.parent.name, _LISTS)

    def _pages(self) -> Iterator[tuple[Path, str]]:
        for path in files(self.root, self.root, apart=_APART):
            parts = path.relative_to(self.root).parts
            if path.suffix == ".qmd" and not any(part.startswith("_") for part in parts):
                with suppress(OSError):  # it may be gone already
                    yield path, texts.read(path).text

    def _read(self) -> dict[str, Paper]:
        return {paper.slug: paper for paper in load_bibliography(self.root)}
