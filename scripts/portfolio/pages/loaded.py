"""The project as pages show it, read once for each state of its files."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from portfolio import content
from portfolio.commit import commit_of
from portfolio.pages.beside import language, load_beside, page
from portfolio.pages.portfolio import Portfolio, load_portfolio
from portfolio.records.kinds.known import KINDS
from portfolio.records.kinds.reader import CV
from portfolio.records.latex.formulas import make_expected
from portfolio.records.posts import FOLDER as POSTS
from portfolio.records.root import SETTINGS, find_root
from portfolio.records.site import is_portfolio

_FOLDERS = ("publications", "news", "notebooks", POSTS, CV, *KINDS)
_folder: ContextVar[Path | None] = ContextVar("folder", default=None)
_looked: ContextVar[dict[tuple[Path, tuple[str, ...]], tuple[object, ...]]] = ContextVar("looked")
_language: ContextVar[str] = ContextVar("language", default="")


@contextmanager
def standing_in(folder: Path, lang: str = "") -> Iterator[None]:
    """Find the project from ``folder`` meanwhile, in place of the process's working directory.

    The page that shows it is in the language ``lang``.
    """
    tokens = _folder.set(folder), _language.set(lang)
    try:
        yield
    finally:
        _folder.reset(tokens[0])
        _language.reset(tokens[1])


@contextmanager
def looking_once() -> Iterator[None]:
    """Look once at what the project consists of, for all that is asked meanwhile."""
    token = _looked.set({})
    try:
        yield
    finally:
        _looked.reset(token)


def portfolio_here(*bibs: str) -> Portfolio:
    """Return the project that is around us, or the papers of the files ``bibs`` on this page."""
    root = find_root(_folder.get() or Path.cwd())
    own = is_portfolio(root) and not bibs
    known = _looked.get({})
    state = known.get((root, bibs)) or _state(root, _sources(root, bibs))
    known[root, bibs] = state
    here = _loaded(root, () if own else page(), bibs, state)
    return here.in_language(_language.get() or language())


def portfolio_at(root: Path) -> Portfolio:
    """Return the project at ``root``, as `portfolio.pages.portfolio.load_portfolio` reads it."""
    return _loaded(root, (), (), _state(root, _sources(root, ())))


def ready() -> None:
    """Read the project in memory, with its formulas, so that all pages of a process find it there.

    Raises ContentError if its settings cannot be used.
    """
    here = portfolio_here()
    if here.notebooks:  # so that no cell starts git, and then hangs on everything
        _ = here.repository.commits, here.repository.holds
    make_expected()


def _sources(root: Path, bibs: Iterable[str]) -> Iterator[Path]:
    """Yield the files that parts of a page are made from: all that lies where they may be."""
    named = [page()[0] / bib for bib in bibs]
    beside = (path for path in root.iterdir() if content.is_name(path.name))
    yield from filter(Path.is_file, (root / SETTINGS, *named, *sorted(beside)))
    for folder in _FOLDERS:
        yield from content.files(root, root / folder)


def _state(root: Path, sources: Iterable[Path]) -> tuple[object, ...]:
    """Return what changes whenever one of the files is saved, or git moves to another commit.

    Of a page's source nothing is read but that it is there, unless it is a post's.
    """
    found = [
        (path, path.stat() if path.suffix != ".qmd" or root / POSTS in path.parents else None)
        for path in sources
    ]
    return commit_of(root), *((path, stat and _signature(stat)) for path, stat in found)


def _signature(stat: os.stat_result) -> tuple[int, ...]:
    return stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino


@lru_cache(maxsize=8)
def _loaded(root: Path, at: object, bibs: tuple[str, ...], state: object) -> Portfolio:  # noqa: ARG001
    """Read the project; a preview's process outlives many states of it.

    In a portfolio all pages show the same; elsewhere each has what it shows beside it, ``at`` it.
    """
    return load_beside(root, bibs) if at else load_portfolio(root)
