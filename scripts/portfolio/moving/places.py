"""Where the known templates keep talks, posts and the like: one page for each."""

import re
from collections.abc import Iterator
from pathlib import Path

from portfolio.content import files
from portfolio.moving import quarto_site
from portfolio.moving.hypertext import day_in, is_html
from portfolio.moving.left import made_in
from portfolio.moving.source import Source

NEWS, POSTS = "news", "posts"
_PLACES = {
    "talks": ("_talks/*.md", "content/event/*/index.md", "content/events/*/index.md",
              "content/talk/*/index.md", "content/talks/*/index.md"),
    "teaching": ("_teaching/*.md", "_teachings/*.md", "content/teaching/*/index.md",
                 "content/courses/*/index.md"),
    "projects": ("_projects/*.md", "_portfolio/*.md", "content/project/*/index.md",
                 "content/projects/*/index.md"),
    "people": ("_members/*.md", "content/authors/*/_index.md", "content/people/*/index.md"),
    NEWS: ("_news/*.md", "content/news/*.md", "content/news/*/index.md"),
    POSTS: ("_posts/**/*.md", "_posts/**/*.html", "_drafts/*.md", "content/post/**/*.md",
            "content/post/**/*.html", "content/posts/**/*.md", "content/posts/**/*.html",
            "content/blog/**/*.md", "content/blog/**/*.html"),
}  # fmt: skip
_NOT_BY_HAND = ("---", "{%", "{{")
_FOLDERS = (
    ("talks", r"talks?|presentations?|seminars"), ("teaching", r"teaching|courses?"),
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
    here = {kind: list(_here(source, places)) for kind, places in _PLACES.items()}
    here[POSTS] += [
        path for path in html_posts(source) if day_in(source.name(path), source.text(path))
    ]
    return here


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


def _here(source: Source, places: tuple[str, ...]) -> Iterator[Path]:
    for path in dict.fromkeys(source.glob(*places)):
        is_list = path.stem == "_index" and path.parent.parent.name == "content"
        if path.name.lower() != "readme.md" and not is_list:
            yield path
