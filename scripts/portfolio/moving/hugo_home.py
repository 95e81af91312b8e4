"""What a home page of Hugo's academic themes shows beside papers: sections, and its owner's CV."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portfolio.moving import resumes
from portfolio.moving.citing import text_of
from portfolio.moving.samples import is_sample
from portfolio.moving.source import Source, plain
from portfolio.moving.things import Leaf, Things

_HOME = "content/home/*.md"
_LANDING = ("content/_index.md", "content/_index.en.md", "content/home/index.md")
_AUTHORS = "content/authors/*/_index.md"
_LISTS = {"experience": "positions", "item": "awards", "work": "positions", "awards": "awards",
          "education": "education"}  # fmt: skip


def owners_page(source: Source) -> Path | None:
    """Return the page of the author who owns the site: named on its home page, or marked."""
    pages = {path.parent.name: path for path in source.glob(_AUTHORS, quietly=True)}
    named = [plain(said.get("username")) for _, said in _blocks(source)]
    own = [name for name in (*named, "admin", "me") if name in pages]
    marked = [
        name
        for name, path in pages.items()
        if source.front_matter(path, quietly=True)[0].get("superuser") is True
    ]
    alone = list(pages) if len(pages) == 1 else []
    return next((pages[name] for name in (*own, *marked, *alone)), None)


def read_home(source: Source, things: Things) -> None:
    """Put the sections of the home page that are words behind what introduces the owner.

    Lists of jobs, degrees and awards become rows.
    """
    for leaf in sorted(_sections(source), key=lambda one: _weight(one.said)):
        for name, kind in _LISTS.items():
            _take(things, kind, leaf.said.get(name), plain(leaf.said.get("title")))
        told = text_of(source, things, "images", leaf).markdown
        if told and not is_sample(plain(leaf.said.get("title")), leaf.text):
            title = plain(leaf.said.get("title"))
            heading = f"## {title}\n\n" if title else ""
            things.bio = f"{things.bio}\n\n{heading}{told}".strip()
        things.taken.add(leaf.path)
    if page := owners_page(source):
        said = source.front_matter(page, quietly=True)[0]
        for name in ("education", "work", "experience", "awards"):
            data = said.get(name)
            _take(things, _LISTS[name], data.get("courses") if isinstance(data, Mapping) else data)


def _take(things: Things, kind: str, data: Any, title: str = "") -> None:
    """Put a list of records into ``things``; one of jobs may be headed as one of degrees."""
    kind = resumes.kind_of_section(title) or kind
    for one in data if isinstance(data, list) else ():
        if isinstance(one, Mapping) and not is_sample("", str(one)):
            things.add(kind, resumes.row_of(kind, one))


def _sections(source: Source) -> Iterator[Leaf]:
    """Yield the sections that are shown: files of their own, or blocks of one page."""
    for path in source.glob(_HOME, quietly=True):
        said, text = source.front_matter(path, quietly=True)
        if said.get("active") is not False and path.stem not in {"index", "about", "demo", "hero"}:
            yield Leaf(path, said, text)
    for number, (path, block) in enumerate(_blocks(source)):
        if block.get("text"):
            said = {"title": block.get("title"), "weight": number}
            yield Leaf(path, said, str(block["text"]))


def _blocks(source: Source) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield what the sections of a landing page hold, with the page."""
    for path in source.glob(*_LANDING, quietly=True):
        sections = source.front_matter(path, quietly=True)[0].get("sections")
        for one in sections if isinstance(sections, list) else ():
            content = one.get("content") if isinstance(one, Mapping) else None
            if isinstance(content, Mapping):
                yield path, content


def _weight(said: Mapping[str, Any]) -> int:
    weight = said.get("weight")
    return weight if isinstance(weight, int) else 0
