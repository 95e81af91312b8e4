"""Pages turned into HTML: by Pandoc, around what their cells show, and their links led right."""

import json
import posixpath
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
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
from portfolio.renderers.markdown import (
    FILTER,
    OPTIONS,
    SEVERAL,
    converted,
    converted_at_once,
    faults_of_text,
    in_short,
)
from portfolio.renderers.memory import Memory
from portfolio.renderers.project import Project, latest, listed, merged
from portfolio.renderers.runner import Runner
from portfolio.renderers.source import Cell, Page, Prose

PAGES = Path(FOLDER) / "pages"
_RENDERERS = {"project", "format", "execute", "profile"}
_ADDRESS = re.compile(r'(<\w+\s(?:[^<>]*?\s)?(?:href|src)=")(?![a-z][a-z0-9+.-]*:|//)([^"#?]+)')
_CANDIDATES = re.compile(r'<(?:img|source)\s(?:[^<>]*?\s)?srcset="([^"]*)"')


@dataclass(frozen=True)
class _Cause:
    """What a page is made from beside its source: if equal, the same comes of it."""

    said: str
    """What its template may use, as JSON."""
    cited: str
    """The state of what it cites from, empty where that is nothing."""
    echo: bool
    runs: bool
    outputs: list[list[Any]]
    """What its cells gave."""
    embedded: list[tuple[Page, list[list[Any]]]]
    """The notebooks of which it shows cells, and what these gave."""
    site: str
    """What stands for all that pages are made with, and for those that links may lead to."""


@dataclass(frozen=True)
class _Text:
    """The text that Pandoc makes a page of, and what it does not read."""

    source: str
    cited: bool
    apart: Apart
    kept: Path
    """Where the page is kept as Pandoc has made it."""


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

    def prepare(self, pages: Sequence[Page]) -> None:
        """Have Pandoc make several of the pages in one process, which spares it most of its time.

        What it has anything to say of, and what cells are still to be run for, waits for `render`.
        """
        waiting: dict[Path, _Text] = {}
        for page in pages:
            with suppress(RenderError):  # said when the page is rendered
                text = self._text(page, self._cause(page)) if page.path not in self.run else None
                if text and not text.cited and not text.kept.exists():
                    waiting[text.kept] = text
        if len(waiting) > 1:
            sources = [text.source for text in waiting.values()]
            for kept, html in zip(waiting, converted_at_once(self.project, sources), strict=True):
                if html:
                    write(kept, html)

    def _turned(self, page: Page) -> "_Turned":
        """Return what a page is turned into, as it was if all that it is made from is the same."""
        cause = self._cause(page)
        return page.again("turned", cause, lambda: self._turn(page, self._text(page, cause)))

    def _cause(self, page: Page) -> "_Cause":
        """Return what a page is made from beside its source."""
        metadata = metadata_of(self.project, page)
        files = cited_from(metadata) if any("@" in prose.text for prose in page.prose) else {}
        return _Cause(
            said=json.dumps(self._said(metadata) | as_metadata(files), default=str),
            cited=state_of(self.project, files),
            echo=latest(metadata, "execute.echo") is not False,
            runs=self.project.setting("live") is True,
            outputs=_outputs(page),
            embedded=[(notebook, _outputs(notebook)) for notebook in self._embedded(page)],
            site=f"{self.frame} {self.published}",
        )

    def _embedded(self, page: Page) -> list[Page]:
        """Return the notebooks of which a page embeds cells."""
        names = page.once("embeds", lambda: _embedded_in(page))
        return [self.pages[named] for named in names if named in self.pages]

    def _text(self, page: Page, cause: "_Cause") -> "_Text":
        """Return the text that Pandoc is to make the page of."""
        return page.again("text", cause, lambda: self._write(page, cause))

    def _write(self, page: Page, cause: "_Cause") -> "_Text":
        pictures, apart = f"{PurePosixPath(page.path).stem}_files", Apart(page)
        show = partial(to_markdown, pictures=pictures, apart=apart, runs=cause.runs)
        text = "\n\n".join(
            show(part, echo=part.options.get("echo", cause.echo))
            if isinstance(part, Cell)
            else EMBED.sub(partial(self._embed, page, part, show), part.text)
            for part in page.parts
        )
        source = f"---\n{cause.said}\n---\n\n{text}"  # JSON is a kind of YAML
        key = sha256(f"{self.frame}\0{cause.cited}\0{source}".encode()).hexdigest()
        kept = self.project.root / PAGES / f"{key}.html"
        return _Text(source, bool(cause.cited), apart, kept)

    def _turn(self, page: Page, text: "_Text") -> "_Turned":
        """Turn a page into HTML, as Pandoc makes it of its text, or has made it."""
        if text.kept.exists():
            html = text.kept.read_text(encoding="utf-8")
        else:
            html = self._converted(page, text.source, cites=text.cited)
            write(text.kept, html)
        linked: list[str] = []
        address = partial(self._address, page, linked)
        html = _ADDRESS.sub(lambda found: found[1] + address(found[2]), text.apart.put_back(html))
        for candidates in _CANDIDATES.findall(html):
            for candidate in filter(str.strip, candidates.split(",")):
                address(candidate.split()[0])
        return _Turned(html, text.kept, text.apart.pictures, linked)

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


def _outputs(page: Page) -> list[list[Any]]:
    """Return what a page's cells gave, in lists of their own."""
    return [[*cell.outputs] for cell in page.cells]


def _embedded_in(page: Page) -> set[str]:
    """Return the paths of the notebooks of which a page embeds cells."""
    return {from_root(page, found[1]) for one in page.prose for found in EMBED.finditer(one.text)}


def _frame(project: Project) -> str:
    """Return what stands for all that pages are made with, besides their own text."""
    template = project.root / str(project.setting("format.html.template"))
    parts = sorted(template.parent.glob(f"*{template.suffix}"))  # a template may name others
    state = sha256(repr((template, *OPTIONS, pandoc.identity())).encode())
    for part in (FILTER, SEVERAL, *parts):
        state.update(part.read_bytes())
    return state.hexdigest()


def metadata_of(project: Project, page: Page) -> list[Mapping]:
    """Return all that is said of a page, the project's settings first, its front matter last."""
    return [*project.files, *project.metadata(project.root / page.path), page.front_matter]


def _html(path: str) -> str:
    return posixpath.splitext(path)[0] + ".html"
