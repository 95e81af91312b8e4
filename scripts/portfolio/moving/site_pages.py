"""Pages of a source that are about nothing that has a table here: they stay pages, and the menu."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from portfolio.content import files
from portfolio.moving import quarto_site
from portfolio.moving.bodies import body, sound
from portfolio.moving.citing import text_of
from portfolio.moving.hypertext import as_markdown, is_html, title_in
from portfolio.moving.names import address_of, untaken
from portfolio.moving.places import html_posts
from portfolio.moving.samples import is_sample
from portfolio.moving.source import Source, plain
from portfolio.moving.things import Leaf, Things, file_here, front_matter_of

_PLACES = ("_pages/**/*.md", "_pages/**/*.html", "*.md", "*/index.md", "content/*.md",
           "content/page/**/*.md", "content/*/_index.md", "content/*/index.md")  # fmt: skip
_MADE_HERE = frozenset(
    [
        "index",
        "home",
        "404",
        "publications",
        "publication",
        "papers",
        "news",
        "posts",
        "blog",
        "search",
        "sitemap",
    ]
)
NO_PAGES = re.compile(
    r"(?:readme|license|contributing|changelog|faq|install|customize|claude|agents|code_of_conduct"
    r"|.*-archive.*|talkmap|terms|markdown|non-menu-page|archive-layout-with-content|repositories|books|dropdown|profiles"
    r"|about_einstein|privacy|_index)(?:[._-].*)?",
    re.IGNORECASE,
)
"""Pages that say something of a template, or that it makes."""
_LEAST = 5


def find_pages(source: Source, things: Things, others: Collection[Path]) -> list[tuple[Path, str]]:
    """Return the pages that stay pages, each with its name here; `things` learns their addresses.

    The pages that are papers, talks and the like are ``others``.
    """
    found: list[tuple[Path, str]] = []
    for path in _candidates(source):
        stem = path.parent.name if path.stem in {"index", "_index"} else path.stem
        name = re.sub(r"[^a-z0-9_-]+", "-", stem.lower()).strip("-")
        if path in others or path in source.read or not name or name in _MADE_HERE:
            continue
        if NO_PAGES.fullmatch(stem) or not _says_something(source, path):
            continue
        name = untaken(name, [one for _, one in found])
        found.append((path, name))
        said = source.front_matter(path, quietly=True)[0]
        for address in (source.name(path), plain(said.get("permalink"))):
            if address:
                things.addresses[address_of(address)] = f"/{name}.html"
    return found


def read_pages(source: Source, things: Things, pages: list[tuple[Path, str]]) -> None:
    """Put the text of pages into `things`, as Markdown of ours."""
    for path, name in pages:
        said, text = source.front_matter(path, quietly=True)
        ours = text_of(source, things, "", Leaf(path, said, text))
        told = sound(ours.markdown)
        title = plain(said.get("title")) or plain(said.get("pagetitle")) or title_in(path, text)
        title = title or name.replace("-", " ").title()
        told = re.sub(rf"\A#+ {re.escape(title)}\s*\n+", "", told)
        front: dict[str, Any] = {"title": title, "description": plain(said.get("description"))}
        front["bibliography"] = list(ours.files)
        things.pages[f"{name}.qmd"] = f"---\n{front_matter_of(front)}---\n\n{told}\n"
        things.taken.add(path)


def _candidates(source: Source) -> Iterator[Path]:
    if quarto_site.is_one(source):
        yield from (path for path in quarto_site.pages_of(source) if path.suffix in {".qmd", ".md"})
        return
    there = source.glob(*_PLACES, *_collections(source), quietly=True)
    yield from dict.fromkeys((*there, *_of_jekyll(source)))
    for path in files(source.root, source.root):
        is_first = path.stem == "index" and path.parent.parent == source.root
        if is_html(path) and (path.parent == source.root or is_first):
            yield path
    yield from html_posts(source)


def _of_jekyll(source: Source) -> Iterator[Path]:
    """Yield the pages of other folders, as Jekyll makes one of whatever has front matter."""
    for path in source.glob("[!_.]*/*.md", quietly=True) if _is_jekyll(source) else ():
        if source.front_matter(path, quietly=True)[0]:
            yield path


def _is_jekyll(source: Source) -> bool:
    return (source.root / "_config.yml").is_file() and not (source.root / "content").is_dir()


def _collections(source: Source) -> Iterator[str]:
    """Yield where Jekyll's settings say that further pages are."""
    for path in source.glob("_config.yml", quietly=True):
        data = source.data(path)
        said = data.get("collections") if isinstance(data, Mapping) else None
        yield from (f"_{name}/**/*.md" for name in said or ())


def _says_something(source: Source, path: Path) -> bool:
    """Whether a page has a text of its own, and is no list that its template makes."""
    said, text = source.front_matter(path, quietly=True)
    if said.get("draft") is True or said.get("published") is False or "listing" in said:
        return False
    if plain(said.get("redirect")) or plain(said.get("redirect_to")):
        return False
    told = body(as_markdown(path, text), lambda _: "")
    return len(re.sub(r"[\W_]+", "", told)) >= _LEAST and not is_sample(
        plain(said.get("title")), text
    )


def read_menu(source: Source, things: Things) -> None:
    """Put into `things` what the menu of the source leads to that is here, or is elsewhere."""
    for words, href in _entries(source):
        text = re.sub(r"\{\{<.*?>\}\}|<[^<>]*>|:[a-z_]+:", "", words).strip()
        there = things.addresses.get(address_of(source.local(href)))
        if text and there:
            things.menu.append((text, there.replace(".html", ".qmd")))
        elif text and href.lower().partition("?")[0].endswith(".pdf"):
            page = source.root / "index"
            if found := file_here(source, things, "", page, source.local(href)):
                things.menu.append((text, found))
    if things.has_cv and not any(words.lower() == "cv" for words, _ in things.menu):
        things.menu.append(("CV", "/cv/index.qmd"))
    things.menu[:] = dict.fromkeys(things.menu)


def _entries(source: Source) -> Iterator[tuple[str, str]]:
    website = quarto_site.settings_of(source).get("website")
    navbar = website.get("navbar") if isinstance(website, Mapping) else None
    for side in ("left", "right"):
        yield from _blocks(navbar.get(side) if isinstance(navbar, Mapping) else None)
    for path in source.glob("_data/navigation.yml", "config/_default/menus.yaml", quietly=True):
        data = source.data(path)
        source.read.add(path)
        yield from _blocks(data.get("main") if isinstance(data, Mapping) else data)
    marked: list[tuple[int, str, str]] = []
    for path in source.glob("_pages/**/*.md", quietly=True):
        said = source.front_matter(path, quietly=True)[0]
        if said.get("nav") is True:
            order = said.get("nav_order")
            at = order if isinstance(order, int) else len(marked) + 100
            marked.append((at, plain(said.get("title")), source.name(path)))
    yield from ((words, href) for _, words, href in sorted(marked))
    for path in source.glob("index.html", quietly=True):
        for nav in re.findall(r"<nav\b.*?</nav>", source.text(path), re.DOTALL | re.IGNORECASE):
            for href, words in re.findall(
                r"<a\b[^>]*href=[\"']([^\"']+)[\"'][^>]*>(.*?)</a>", nav, re.DOTALL
            ):
                yield " ".join(words.split()), href


def _blocks(said: Any) -> Iterator[tuple[str, str]]:
    for one in said if isinstance(said, list) else ():
        if isinstance(one, Mapping):
            href = plain(one.get("href") or one.get("url") or one.get("file"))
            yield plain(one.get("text") or one.get("title") or one.get("name")), href
            yield from _blocks(one.get("menu") or one.get("children"))
        elif isinstance(one, str):
            yield Path(one).stem.title(), one
