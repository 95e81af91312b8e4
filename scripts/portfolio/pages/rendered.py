"""The pages that a renderer has made, put in order one by one; those of papers have `made`."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from portfolio.content import is_content
from portfolio.files import write
from portfolio.inputs import content_of
from portfolio.kept import Kept
from portfolio.pages import inserted, items_made, policy, running
from portfolio.pages.embedded import forget_unlinked
from portfolio.pages.finished import Page, of_theme
from portfolio.pages.layout import OURS
from portfolio.pages.layouts import Layouts
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.provenance import provenance
from portfolio.pages.translations import Translations
from portfolio.pages.words import language_of, spoken
from portfolio.records.problems import Problem
from portfolio.records.sources import read_text

_TITLED = {
    ".qmd": "write `title: ...` between two lines of `---` at its top",
    ".ipynb": "begin its first text with a line `# ...`",
}
_UNTITLED = "<h1>"


@dataclass(frozen=True)
class Rendered:
    """What is to be known of a page that is in order."""

    address: str
    of_theme: frozenset[str]
    lacks_title: bool
    policy: str
    libraries: frozenset[str]

    def untitled(self, root: Path) -> Iterator[Problem]:
        """Yield the sources of a page without a heading; other templates have their own."""
        for source in (
            (root / self.address).with_suffix(".qmd"),
            (root / self.address).with_suffix(".ipynb"),
        ):
            if self.lacks_title and source.is_file():
                path, way = source.relative_to(root).as_posix(), _TITLED[source.suffix]
                yield Problem(path, 1, "title", "the page has none", way)


def put_in_order(layouts: Layouts, kept: Kept, same: Translations, address: str) -> Rendered:
    """Put a rendered page in order, unless the last site has it so, and publish its notebook."""
    here, path = layouts.here, kept.output / address
    notebook = Path(address).with_suffix(".ipynb")
    is_notebook = is_content(here.root / notebook, here.root)
    source = content_of(here.root / notebook) if is_notebook else ""
    if is_notebook:
        write(kept.output / notebook, (here.root / notebook).read_bytes())
    text = path.read_text(encoding="utf-8")
    dress = partial(_dressed, layouts, same, address, text)
    about, text = here.again(f"page {address}", (text, same, layouts.site, source), dress)
    page = Page(layouts.heads, address, is_notebook=is_notebook, **about)
    there = here.in_language(language_of(text))
    live = running.running(there, text, _source(here.root, address))
    for name, data in live.files:
        write(kept.output / running.FOLDER / name, data)
    text = live.html
    forget_unlinked(path, text)
    made_from = partial(page.made_from, text)
    cause, pictures = here.again(f"cause {address}", (about, text, layouts.site, source), made_from)
    known = (cause, *map(page.shown, pictures))
    said, *marks = kept.write(path, known, lambda: page.finished(text), told=_told)
    lacks = _UNTITLED in marks
    return Rendered(address, frozenset(marks) - {_UNTITLED}, lacks, said, live.libraries)


def _dressed(
    layouts: Layouts, same: Translations, address: str, text: str
) -> tuple[dict[str, Any], str]:
    """Return what a rendered page gets to be in order, and its text with our words and values."""
    here, lang = layouts.here, language_of(text)
    figure = here.figures.get(Path(address).stem)
    there = here.in_language(lang)
    about = {
        "figure": (figure.label, figure.alt) if figure else ("", ""),
        "layout": layouts.of(address, lang),
        "provenance": _provenance(there, address),
    }
    text = spoken(items_made.with_menu(there, text), there.say)
    return about, same.told(inserted.in_page(there.values, text), address, there.say)


def _source(root: Path, address: str) -> str:
    """Return the text that a page is written in; nothing of one that is none."""
    source = root / Path(address).with_suffix(".qmd")
    return read_text(source, shown_as=address, problems=[]) if is_content(source, root) else ""


def _provenance(here: Portfolio, address: str) -> str:
    """Return what stands under the figure of a paper's page, nothing on other pages."""
    folder, _, slug = address.removesuffix(".html").rpartition("/")
    if folder != "publications" or slug not in here.figures or slug not in here.written:
        return ""
    papers = (paper for paper in here.papers if paper.slug == slug)
    return "".join(provenance(here, paper) for paper in papers)


def _told(text: str) -> list[str]:
    """Return a page's policy, the files of the theme that it names, and if it lacks a heading."""
    lacks = OURS in text and "<h1" not in text
    return [policy.policy_of(text), *sorted(of_theme(text))] + [_UNTITLED] * lacks
