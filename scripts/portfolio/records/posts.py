"""Posts: the pages in ``posts/``, each with a date and a title at its top."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from portfolio.content import files
from portfolio.mapping import FRONT_MATTER, NotYamlError, read_mapping
from portfolio.records.dates import read_day
from portfolio.records.problems import Problem
from portfolio.records.sources import read_text

FOLDER = "posts"
_INDEX = f"{FOLDER}/index.qmd"


@dataclass(frozen=True)
class Post:
    """A post: its source, its day, and what its front matter says; a draft is not published."""

    path: str
    day: date
    title: str
    summary: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    lang: str = ""
    is_draft: bool = False

    @property
    def address(self) -> str:
        """The address of its page, from the site's root and with a slash."""
        return f"/{self.path.removesuffix('.qmd')}.html"


def load_posts(root: Path, problems: list[Problem]) -> tuple[Post, ...]:
    """Return the posts of the project at ``root``, drafts too, the newest first."""
    found = [post for path in _sources(root) if (post := _read(root, path, problems))]
    return tuple(sorted(found, key=lambda post: (-post.day.toordinal(), post.path)))


def _sources(root: Path) -> Iterator[Path]:
    for path in files(root, root / FOLDER):
        if path.suffix == ".qmd" and path.relative_to(root).as_posix() != _INDEX:
            yield path


def _read(root: Path, file: Path, problems: list[Problem]) -> Post | None:
    path = file.relative_to(root).as_posix()
    text = read_text(file, shown_as=path, problems=[])  # the renderer says what is no text
    front = FRONT_MATTER.match(text)
    try:
        said = read_mapping(front[1] or "" if front else "", path, 2)
    except NotYamlError:  # the renderer says so
        return None
    told = said.get("date")
    day = _day(told.isoformat()[:10] if isinstance(told, date) else str(told or ""))
    if day is None:
        what = f"the date cannot be read ({told})" if told else "the post has no date"
        line = said.lines.get("date", 1)
        problems.append(Problem(path, line, "date", what, "write date: 2021-01-31 at its top"))
        return None
    return Post(
        path,
        day,
        str(said.get("title") or said.get("pagetitle") or Path(path).stem),
        str(said.get("description") or ""),
        _listed(said.get("categories")),
        _authors(said.get("author")),
        str(said.get("lang") or ""),
        str(said.get("draft")).lower() == "true",
    )


def _day(text: str) -> date | None:
    found = read_day(text)
    if not (found.year and found.month and found.day):
        return None
    return date(found.year, found.month, found.day)


def _listed(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else str(value or "").split(",")
    return tuple(text for each in values if (text := str(each).strip()))


def _authors(value: Any) -> tuple[str, ...]:
    """Return the names of authors: one, several, or blocks that have a name each."""
    values = value if isinstance(value, list) else [value] if value else []
    return tuple(name for one in values if (name := _name(one)))


def _name(said: Any) -> str:
    """Return the name of an author, which may be a block: ``{given: Ada, family: Byron}``."""
    name = said.get("name", said) if isinstance(said, Mapping) else said
    if isinstance(name, Mapping):
        return " ".join(str(name[part]) for part in ("given", "family") if name.get(part))
    return str(name or "").strip()
