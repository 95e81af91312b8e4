"""Pages turned into HTML: by Pandoc, around what their cells show, and their links led right."""

import json
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import sha256
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote

from portfolio import pandoc
from portfolio.content import why_not_published
from portfolio.files import add, copy, write
from portfolio.inputs import digest_of
from portfolio.lock import FOLDER
from portfolio.mapping import Mapping
from portfolio.renderers import RenderError
from portfolio.renderers.cells import Apart, run_cells, to_markdown
from portfolio.renderers.citing import as_metadata, cited_from, state_of
from portfolio.renderers.dialect import EMBED
from portfolio.renderers.links import from_root, why_no_link
from portfolio.renderers.markdown import FILTER, OPTIONS, converted, faults_of_text, in_short
from portfolio.renderers.memory import Memory
from portfolio.renderers.project import Project, latest, listed, merged
from portfolio.renderers.runner import Runner
from portfolio.renderers.source import Cell, Page, Prose

PAGES = Path(FOLDER) / "pages"
_RENDERERS = {"project", "format", "execute", "profile"}
_ADDRESS = re.compile(r'(<\w+\s(?:[^<>]*?\s)?(?:href|src)=")(?![a-z][a-z0-9+.-]*:|//)([^"#?]+)')
_CANDIDATES = re.compile(r'<(?:img|source)\s(?:[^<>]*?\s)?srcset="([^"]*)"')


@dataclass(frozen=True)
class _Turned:
    """What a page was turned into."""

    html: str
    kept: Path
    """Where it is kept as Pandoc made it."""
    pictures: dict[str, bytes]
    """By their paths from the page's folder."""
    linked: list[str]
    """What it links to but pages, by paths from the root."""


@dataclass(frozen=True)
class Site:
    """Renders pages, each on its own, so that many can be rendered at once."""

    project: Project
    output: Path
    pages: dict[str, Page]
    run: dict[str, str]
    """The pages whose cells are still to be run, with their languages."""
    memory: Memory
    runner: Runner
    used: set[Path] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)
    """What pages link to that is published, or no file of the project."""

    @cached_property
    def frame(self) -> str:
        """What stands for all that pages are made with, besides their own text."""
        return _frame(self.project)

    @cached_property
    def published(self) -> str:
        """What stands for the pages there are, to which links may lead."""
        return digest_of(dict.fromkeys(sorted(self.pages), ""))

    def render(self, page: Page) -> None:
        """Render a page."""
        if page.path in self.run:
            run_cells(page, self.runner, self.memory, lang=self.run[page.path])
        turned = self._turned(page)
        self.used.add(turned.kept)
        target = self.output / _html(page.path)
        for name, data in turned.pictures.items():
            add(target.parent / name, data)
        for named in turned.linked:
            self._lead_to(page, named)
        add(target, turned.html)

    def _turned(self, page: Page) -> "_Turned":
        """Return what a page is turned into, as it was if all that it is made from is the same."""
        metadata = metadata_of(self.project, page)
        files = cited_from(metadata) if any("@" in prose.text for prose in page.prose) else {}
        said = json.dumps(self._said(metadata) | as_metadata(files), default=str)
        cited = state_of(self.project, files)
        echo = latest(metadata, "execute.echo") is not False
        runs = self.project.setting("live") is True
        shown = [(one, [[*cell.outputs] for cell in one.cells]) for one in self._around(page)]
        cause = self.frame, self.published, said, cited, echo, runs, shown
        return page.again("turned", cause, partial(self._turn, page, said, cited, echo, runs))

    def _around(self, page: Page) -> list[Page]:
        """Return a page, and the notebooks of which it embeds cells."""
        names = page.once("embeds", lambda: _embedded_in(page))
        return [page, *(self.pages[named] for named in names if named in self.pages)]

    def _turn(self, page: Page, said: str, cited: str, echo: bool, runs: bool) -> "_Turned":  # noqa: FBT001
        """Turn a page into HTML, of which ``said`` is what its template may use, as JSON."""
        pictures, apart = f"{PurePosixPath(page.path).stem}_files", Apart(page)
        show = partial(to_markdown, pictures=pictures, apart=apart, runs=runs)
        text = "\n\n".join(
            show(part, echo=part.options.get("echo", echo))
            if isinstance(part, Cell)
            else EMBED.sub(partial(self._embed, page, part, show), part.text)
            for part in page.parts
        )
        html, kept = self._pandoc(page, text, said, cited)
        linked: list[str] = []
        address = partial(self._address, page, linked)
        html = _ADDRESS.sub(lambda found: found[1] + address(found[2]), apart.put_back(html))
        for candidates in _CANDIDATES.findall(html):
            for candidate in filter(str.strip, candidates.split(",")):
                address(candidate.split()[0])
        return _Turned(html, kept, apart.pictures, linked)

    def _said(self, mappings: list[Mapping]) -> dict[str, Any]:
        """Return what the page's template may use; style sheets are named from the root."""
        said = merged(mappings)
        sheets = [f"/{path}" for path in listed(self.project.setting("css"))]
        return {key: said[key] for key in sorted(said.keys() - _RENDERERS)} | {"css": sheets}

    def _embed(
        self, page: Page, prose: Prose, show: Callable[..., str], found: re.Match[str]
    ) -> str:
        """Return a notebook's labelled cell without its code, as the shortcode does."""
        notebook = self.pages.get(from_root(page, found[1]))
        for cell in notebook.cells if notebook else ():
            if cell.options.get("label") == found[2]:
                return show(cell, echo=False)
        what = "no cell has this label" if notebook else "this is no notebook of the site"
        raise RenderError(f"{page.place(prose, found.start())}: {found[0]}: {what}: correct it")

    def _pandoc(self, page: Page, text: str, said: str, cited: str) -> tuple[str, Path]:
        """Return the page's HTML, as it was made of the same text if it has been, and where it is.

        ``cited`` is the state of what it cites from, empty where that is nothing.
        """
        source = f"---\n{said}\n---\n\n{text}"  # JSON is a kind of YAML
        key = sha256(f"{self.frame}\0{cited}\0{source}".encode()).hexdigest()
        made = self.project.root / PAGES / f"{key}.html"
        if made.exists():
            return made.read_text(encoding="utf-8"), made
        html = self._converted(page, source, cites=bool(cited))
        write(made, html)
        return html, made

    def _converted(self, page: Page, source: str, *, cites: bool) -> str:
        try:
            made = converted(self.project, source, cites=cites)
        except pandoc.PandocError as error:
            raise self._refusal(page, str(error)) from error
        if made.warning:
            raise self._refusal(page, made.warning)
        return made.html

    def _refusal(self, page: Page, said: str) -> RenderError:
        """Say where in the source Pandoc refuses it; else it is in what cells gave."""
        line = f"{page.path}:1: pandoc: {in_short(said)}"
        return RenderError(next(faults_of_text(self.project, page), line))

    def _address(self, page: Page, linked: list[str], href: str) -> str:
        """Return the link to a page for one to its source; what else is ``linked`` is noted."""
        named = from_root(page, unquote(unescape(href)))
        if named in self.pages:
            return quote(posixpath.relpath(_html(named), posixpath.dirname(page.path) or "."))
        linked.append(named)
        return href

    def _lead_to(self, page: Page, named: str) -> None:
        """Publish what a page links to, if it is a file of the project."""
        if named not in self.linked:
            if why := why_no_link(self.project.root, named):
                raise RenderError(f"{page.path}:1: link: {why}")
            self._publish(named)
            self.linked.add(named)

    def _publish(self, named: str) -> None:
        file = self.project.root / named
        if not why_not_published(file, self.project.root) and not (self.output / named).exists():
            copy(file, self.output / named)


def _embedded_in(page: Page) -> set[str]:
    """Return the notebooks of which a page embeds cells."""
    return {from_root(page, found[1]) for one in page.prose for found in EMBED.finditer(one.text)}


def _frame(project: Project) -> str:
    """Return what stands for all that pages are made with, besides their own text."""
    template = project.root / str(project.setting("format.html.template"))
    parts = sorted(template.parent.glob(f"*{template.suffix}"))  # a template may name others
    state = sha256(repr((template, *OPTIONS, pandoc.identity())).encode())
    for part in (FILTER, *parts):
        state.update(part.read_bytes())
    return state.hexdigest()


def metadata_of(project: Project, page: Page) -> list[Mapping]:
    """Return all that is said of a page, the project's settings first, its front matter last."""
    return [*project.files, *project.metadata(project.root / page.path), page.front_matter]


def _html(path: str) -> str:
    return posixpath.splitext(path)[0] + ".html"
