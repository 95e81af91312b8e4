"""What is published depends on the source alone, and nothing lies beside it by accident."""

import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from portfolio.audit import addresses
from portfolio.audit.rendered import OWNERS, RenderedSite
from portfolio.content import PUBLISHED
from portfolio.records.problems import Problem

_TEXT = (".html", ".xml", ".css", ".js", ".bib", ".ris", ".txt", ".svg", ".json")
_SOURCES = (".qmd", ".rmd", ".md", ".ipynb", ".py", ".pyc", ".yml", ".yaml", ".toml", ".lock")
_NOT_PUBLISHED = {"__pycache__", "node_modules", "_site", "_extensions", "_freeze"}
_OF_QUARTO = re.compile(r"data-notebook(-\w+)?|data-quarto-private-\d+")
_SEARCH = ("search.json", "quarto-search")
_TOO_SHORT = 2  # parts of a path that any machine may have, such as /work
_AGAIN = "delete the site and render it again"


def paths(site: RenderedSite) -> Iterator[Problem]:
    """No text names the home, the project's folder, Python's or that of its kernels."""
    private = re.compile(rf"(?<![\w.~-])(?:{'|'.join(_private(site))})[\w./\\-]*")
    for name in site.of_kind(*_TEXT):
        for found in sorted(set(private.findall(site.read(name)))):
            what = f"a path of this machine is published ({found})"
            remedy = "print no path in the page's cells; run the notebook that shows it again"
            yield site.problem(name, "path-of-this-machine", what, remedy)


def _private(site: RenderedSite) -> Iterator[str]:
    """Yield patterns of the folders that belong to this machine alone."""
    folders = {site.folder.resolve().parent, Path(sys.prefix)} - {Path(sys.base_prefix)}
    folders = {folder for folder in folders if len(folder.parts) > _TOO_SHORT}
    folders |= {home for home in [Path.home()] if home != Path(home.anchor)}
    for folder in sorted(folders):
        yield re.escape(str(folder)) + r"[/\\]"
        yield re.escape(folder.as_posix()) + "/"
    yield re.escape(str(Path(tempfile.gettempdir(), "ipykernel_")))


def traces(site: RenderedSite) -> Iterator[Problem]:
    """Quarto's notes on notebooks and the libraries that no page uses are not published."""
    for page in site.pages.values():
        names = {str(name) for element in page.document.iter() for name in element.attrib}
        for name in sorted(filter(_OF_QUARTO.fullmatch, names)):
            what = f"a note of the renderer is left in the page ({name})"
            yield page.problem("leftovers", what, "render the site again", near=name)
    used = {address for page in site.pages.values() for address in addresses.fetched_by(page)}
    for left, user in (("site_libs/", "site_libs/"), _SEARCH):
        if any(f.startswith(left) for f in site.files) and not any(user in each for each in used):
            yield site.problem(left, "leftovers", "it is published and no page uses it", _AGAIN)


def formulas(site: RenderedSite) -> Iterator[Problem]:
    """Formulas are MathML; none is left as TeX."""
    for page in site.pages.values():
        for left in page.of_class("math"):
            said = "".join(left.itertext()).strip()
            what = f"a formula is left as TeX ({said[:60]})"
            yield page.problem(
                "formulas", what, "write it with commands that Pandoc knows", near=said
            )


def outputs(site: RenderedSite) -> Iterator[Problem]:
    """No output of a page's own cells is a note alone; `check` looks through notebooks."""
    for page in site.pages.values():
        if f"{page.address.removesuffix('.html')}.ipynb" in site.files:
            continue
        drawn = {id(note) for stage in page.of_class("stage") for note in stage}
        for note in page.of_class("interactive"):
            if id(note) not in drawn:
                what = "an output that runs scripts is not shown, for pages run nobody's"
                remedy = "`#| live: true` in its cell lets charts of plotly, Altair and bokeh run"
                near = 'class="interactive"'
                yield replace(page.problem("outputs", what, remedy, near=near), hint=True)


def sources(site: RenderedSite) -> Iterator[Problem]:
    """No source, cache, hidden file or older site lies beside the pages, unless a page links it."""
    linked = set(_linked(site))
    for name in sorted(site.files - linked):
        parts = name.split("/")
        hidden = [part for part in parts if part.startswith(".") and part not in PUBLISHED]
        is_source = name.endswith(_SOURCES) and not name.startswith(OWNERS)
        if is_source or hidden or _NOT_PUBLISHED & set(parts):
            yield site.problem(name, "sources", "it is published and no page links it", _AGAIN)


def _linked(site: RenderedSite) -> Iterator[str]:
    for page in site.pages.values():
        targets = (addresses.target_of(site, page, address) for address in addresses.on(page))
        yield from (target.path for target in targets if target)
