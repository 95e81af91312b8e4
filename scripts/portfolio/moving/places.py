"""Where the known templates keep talks, posts and the like: one page for each."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from portfolio.content import files
from portfolio.moving import quarto_site
from portfolio.moving.hypertext import day_in, is_html
from portfolio.moving.left import made_in
from portfolio.moving.source import Source

NEWS, POSTS = "news", "posts"
_OF_PEOPLE = "content/authors/*/_index.md"
_OF_POSTS = ("_posts/**/*.md", "_posts/**/*.html", "_drafts/**/*.md", "content/post/**/*.md",
             "content/post/**/*.html", "content/posts/**/*.md", "content/posts/**/*.html",
             "content/blog/**/*.md", "content/blog/**/*.html")  # fmt: skip
_NO_COLLECTIONS = frozenset({"_data", "_posts", "_drafts"})
_NOT_BY_HAND = ("---", "{%", "{{")
_FOLDERS = (
    ("talks", r"talks?|presentations?|seminars|events?"), ("teaching", r"teachings?|courses?"),
    ("projects", r"projects?|portfolio"), ("software", r"software|packages|tools"),
    ("people", r"people|team|members|group|authors"), ("datasets", r"data(?:sets)?"),
    ("awards", r"awards|honou?rs"), (NEWS, r"news|updates"),
    (POSTS, r"posts?|blog|writing|notes|thoughts|articles"),
)  # fmt: skip


def pages_by_kind(source: Source) -> dict[str, list[Path]]:
    """Return the pages that are one item, post or piece of news each, by what they are."""
    if quarto_site.is_one(source):
        found: dict[str, list[Path]] = {}
        for path in quarto_site.pages_of(source):
            if kind := _kind_at(source, path):
                found.setdefault(kind, []).append(path)
        return found
    places = _collections(source)
    here = {kind: list(_here(source, names)) for kind, names in places.items()}
    here[POSTS] += [
        path for path in html_posts(source) if day_in(source.name(path), source.text(path))
    ]
    return here


def _collections(source: Source) -> dict[str, list[str]]:
    """Return where Jekyll and Hugo have pages of a kind: in folders that are called after it."""
    places: dict[str, list[str]] = {"people": [_OF_PEOPLE], POSTS: list(_OF_POSTS)}
    for folder in sorted((*source.root.glob("_*/"), *source.root.glob("content/*/"))):
        kind = kind_of_folder(folder.name.removeprefix("_"))
        if not kind or kind == POSTS or folder.name in _NO_COLLECTIONS or not folder.is_dir():
            continue
        name = source.name(folder)
        ways = ("**/*.md",) if name.startswith("_") else ("*/index.md", "*.md")
        places.setdefault(kind, []).extend(f"{name}/{way}" for way in ways)
    return places


def html_posts(source: Source) -> Iterator[Path]:
    """Yield the pages in HTML, however deep, of a blog that somebody wrote by hand."""
    made = made_in(source)
    for path in files(source.root, source.root, apart=made):
        folder, _, name = source.name(path).partition("/")
        if not is_html(path) or kind_of_folder(folder) != POSTS or name.startswith("index."):
            continue
        if not source.text(path).startswith(_NOT_BY_HAND):
            yield path


def kind_of_folder(name: str) -> str:
    """Return the kind of things that a folder's name or a page's title tells, or nothing."""
    return next((kind for kind, names in _FOLDERS if re.fullmatch(names, name, re.IGNORECASE)), "")


def _kind_at(source: Source, path: Path) -> str:
    kind = kind_of_folder(quarto_site.folder_of(source, path))
    said = source.front_matter(path, quietly=True)[0] if kind else {}
    is_item = (said.get("title") or said.get("pagetitle")) and "listing" not in said
    return kind if is_item and path.name != "README.md" else ""


def _here(source: Source, places: Iterable[str]) -> Iterator[Path]:
    for path in dict.fromkeys(source.glob(*places)):
        is_list = path.stem == "_index" and path.parent.parent.name == "content"
        if path.name.lower() != "readme.md" and not is_list:
            yield path
