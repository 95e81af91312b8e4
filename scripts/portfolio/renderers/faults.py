"""What would make a render fail, found in the sources alone: nothing is run, nothing is written."""

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from portfolio.content import FOLDER, NOT_THERE, why_not_published
from portfolio.picture import SUFFIXES, fault_of
from portfolio.renderers import RenderError
from portfolio.renderers.cells import faults_of, faults_of_code
from portfolio.renderers.citing import cited_from
from portfolio.renderers.citing import faults_of as lost_citing
from portfolio.renderers.dialect import (
    EMBED,
    FRONT_MATTER,
    OF_FRONT_MATTER,
    problems_of,
    problems_of_settings,
    unlisted,
)
from portfolio.renderers.links import from_root, named_in, why_no_link
from portfolio.renderers.lost import lost_in
from portfolio.renderers.markdown import faults_of_texts
from portfolio.renderers.project import SETTINGS, Project, latest, listed, load_project
from portfolio.renderers.source import Page, read_page, read_text

_OF_PORTFOLIOS = "finish.py"
_LISTING = {"publications/index.qmd", "publications/index.ipynb"}
_MAYBE_TITLED = re.compile(
    r"""(?:^|["'])[ \t]*\#[ \t]|<h1|^=+[ \t]*$|\bh1\b|\bpages\.owner\(""",
    re.MULTILINE | re.IGNORECASE,
)
_TITLED = {
    ".qmd": "write `title: ...` between two lines of `---` at its top",
    ".ipynb": "begin its first text with a line `# ...`",
}


def problems(
    root: Path, *, converted: bool = False, is_made: Callable[[str], bool] | None = None
) -> list[str]:
    """Return a line for each thing for which the project at ``root`` would not be rendered.

    What Pandoc would refuse is not among them if it has just ``converted`` the pages. What leads
    to nothing is, where ``is_made`` tells of an address if the step after rendering makes it.
    """
    try:
        project = load_project(root)
        project.scripts("pre-render")
        finishing = project.scripts("post-render")
        pages, found = read_pages(project)
    except RenderError as error:
        return str(error).split("\n")
    found += [fault for page in pages.values() for fault in _pictures(page, root)]
    found += [] if converted else faults_of_texts(project, pages.values())
    if any(_OF_PORTFOLIOS in script[0] for script in finishing):
        found += _unfinished(project, pages)
    found += lost_in(project, pages, is_made) if is_made else []
    return found


def demand_text(root: Path) -> None:
    """Raise RenderError naming sources that are not UTF-8: Quarto would lose letters of them."""
    try:
        pages = load_project(root).pages()
    except RenderError:  # Quarto reads some settings that we do not
        return
    lost = []
    for file in pages:
        try:
            read_text(file, file.relative_to(root).as_posix())
        except RenderError as error:
            lost.append(str(error))
    if lost:
        raise RenderError("\n".join(lost))


def read_pages(project: Project) -> tuple[dict[str, Page], list[str]]:
    """Return the pages of a project by their sources, and a line for each thing wrong with them."""
    problems = [*problems_of_settings(project), *_lost_template(project), *_lost_sheets(project)]
    problems += _resources(project)
    pages: dict[str, Page] = {}
    for file in project.pages():
        try:
            folders = project.metadata(file)
            for folder in folders:
                problems += unlisted(folder, FRONT_MATTER, listed=OF_FRONT_MATTER)
            page = read_page(file, project.root)
            said = [*project.files, *folders, page.front_matter]
            cites = bool(cited_from(said))
            problems += page.once(f"dialect {cites}", partial(problems_of, page, cites=cites))
            problems += lost_citing(project, said, page.path)
            pages[page.path] = page
        except RenderError as error:
            problems.append(str(error))
    problems += _of_one_address(pages)
    for page in pages.values():
        problems += _lost_embeds(page, pages)
        problems += _links(page, project.root)
        problems += page.once("cells", partial(_of_cells, page))
    return pages, list(dict.fromkeys(problems))


def _of_cells(page: Page) -> Iterator[str]:
    """Yield what is wrong with the outputs that a notebook holds, and with code that is to run."""
    faults = faults_of if page.path.endswith(".ipynb") else faults_of_code
    for cell in page.cells:
        yield from faults(cell)


def _unfinished(project: Project, pages: dict[str, Page]) -> Iterator[str]:
    """Yield what the step after rendering would refuse, as far as it does not hang on cells."""
    if _LISTING.isdisjoint(pages):
        yield "publications/index.qmd:1: page: there is no page that lists the papers: add it"
    for page in pages.values():
        metadata = [*project.files, *project.metadata(project.root / page.path), page.front_matter]
        written = "\n".join([*(part.text for part in page.prose), *(c.code for c in page.cells)])
        if not latest(metadata, "title") and not _MAYBE_TITLED.search(written):
            way = _TITLED[posixpath.splitext(page.path)[1]]
            yield f"{page.path}:1: title: the page has none: {way}"


def _links(page: Page, root: Path) -> Iterator[str]:
    for place, named in named_in(page):
        if why := why_no_link(root, named):
            yield f"{place}: link: {why}"


def _pictures(page: Page, root: Path) -> Iterator[str]:
    """Yield the pictures on the page that browsers cannot show."""
    for place, named in named_in(page):
        file = root / named
        may_be = file.suffix.lower() in SUFFIXES and file.is_file()
        if may_be and not why_no_link(root, named) and (fault := fault_of(file)):
            yield f"{place}: {named}: {fault}"


def _lost_embeds(page: Page, pages: dict[str, Page]) -> Iterator[str]:
    for prose in page.prose:
        for found in EMBED.finditer(prose.text):
            notebook = pages.get(from_root(page, found[1]))
            cells = notebook.cells if notebook else []
            if found[2] not in {str(cell.options.get("label")) for cell in cells}:
                what = "no cell has this label" if notebook else "this is no notebook of the site"
                yield f"{page.place(prose, found.start())}: {found[0]}: {what}: correct it"


def _of_one_address(pages: dict[str, Page]) -> Iterator[str]:
    """Yield the sources whose pages would take the place of another's."""
    by_address = Counter(posixpath.splitext(path)[0] for path in pages)
    for path in pages:
        stem, suffix = posixpath.splitext(path)
        if by_address[stem] > 1 and suffix != ".qmd":
            yield f"{path}:1: page: another source becomes {stem}.html too: rename one of them"


def _resources(project: Project) -> Iterator[str]:
    """Yield the files that settings name and that may not be published."""
    for file in project.files:
        for named in listed(file.get("project.resources")):
            if not named.startswith("!") and (why := why_no_link(project.root, named.lstrip("/"))):
                line = file.lines.get("project.resources", 1)
                yield f"{file.path}:{line}: project.resources: {why}"


def _lost_template(project: Project) -> Iterator[str]:
    template = str(project.setting("format.html.template"))
    why = why_not_published(project.root / template, project.root)
    if why:
        why = "there is no such file" if why in {NOT_THERE, FOLDER} else why
        what = f"{template}: {why}: name the page's template"
        yield f"{SETTINGS}:1: format.html.template: {what}"


def _lost_sheets(project: Project) -> Iterator[str]:
    for file in project.files:
        for sheet in listed(file.get("css")):
            why = why_not_published(project.root / sheet, project.root)
            why = "there is no such file" if why == NOT_THERE else why
            if why:
                line = file.lines.get("css", 1)
                yield f"{file.path}:{line}: css: {sheet}: {why}: add it, or remove the line"
