"""The embedded renderer: Pandoc for the text, Jupyter for the cells, the same pages as Quarto."""

import json
import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from portfolio import children, pandoc
from portfolio.content import why_not_published
from portfolio.cores import cores
from portfolio.environment import environment
from portfolio.files import copy, write
from portfolio.lock import FOLDER
from portfolio.mapping import Mapping
from portfolio.renderers import RenderError
from portfolio.renderers.cells import Apart, run_cells, to_markdown
from portfolio.renderers.citing import as_metadata, cited_from, state_of
from portfolio.renderers.dialect import EMBED
from portfolio.renderers.faults import read_pages
from portfolio.renderers.links import from_root, why_no_link
from portfolio.renderers.markdown import FILTER, OPTIONS, converted, faults_of_text, in_short
from portfolio.renderers.memory import Memory, asks_for_time, today
from portfolio.renderers.project import SETTINGS, Project, latest, listed, load_project, merged
from portfolio.renderers.runner import Runner
from portfolio.renderers.source import Cell, Page, Prose
from portfolio.renderers.sources import Sources

PAGES = Path(FOLDER) / "pages"
_RENDERERS = {"project", "format", "execute", "profile"}
_ADDRESS = re.compile(r'(<\w+\s(?:[^<>]*?\s)?(?:href|src)=")(?![a-z][a-z0-9+.-]*:|//)([^"#?]+)')
_PLACED = re.compile(r"^\S[^\n]*?:\d+: ", re.MULTILINE)
"""What a script says of its own accord about a file and a line."""
_CANDIDATES = re.compile(r'<(?:img|source)\s(?:[^<>]*?\s)?srcset="([^"]*)"')


def render(
    sources: Sources, output: Path, *, progress: Callable[[str], None], runner: Runner | None = None
) -> Sources:
    """Render the project of these ``sources`` into the empty folder ``output``.

    A ``runner`` of cells that is warm already makes that faster. Returns the sources as they were
    before, those included that pre-render scripts wrote.
    """
    with nullcontext(runner) if runner else Runner(sources.root) as ready:
        return _render(sources, output, progress, ready)


def _render(
    sources: Sources, output: Path, progress: Callable[[str], None], runner: Runner
) -> Sources:
    children.guard()
    root = sources.root
    project = load_project(root)
    if _run_scripts(project, "pre-render", output, runner):
        sources = Sources.of(root)
    pages, problems = read_pages(project)
    _raise(problems)
    for resource in project.resources():
        copy(resource, output / resource.relative_to(root))
    run = {path: page for path, page in pages.items() if page.cells and path.endswith(".qmd")}
    langs = {path: _language(project, page) for path, page in run.items()}
    asked = [(path, page.sources, langs[path]) for path, page in run.items()]
    memory = Memory(root, runner.variables, sources)
    for path, outputs in runner.parts(asked, memory.context).items():
        run.pop(path).show(outputs)
    if any(map(asks_for_time, run.values())):
        sources = replace(sources, day=today())
    run = {path: page for path, page in run.items() if not memory.shows(page, langs[path])}
    _prepare(runner, run.values())
    site = _Site(project, output, pages, {path: langs[path] for path in run}, memory, runner)
    problems = []
    with ThreadPoolExecutor(cores()) as workers:
        tasks = {path: workers.submit(site.render, page) for path, page in pages.items()}
        try:
            for number, path in enumerate(tasks, 1):
                try:
                    tasks[path].result()
                except RenderError as error:
                    problems.append(str(error))
                progress(f"[{number}/{len(pages)}] {path}")
        except BaseException:
            runner.close()
            raise
        finally:
            workers.shutdown(cancel_futures=True)
    _raise(problems)
    memory.forget_others()
    sources = replace(sources, seen=memory.seen())
    for file in {*(root / PAGES).glob("*")} - site.used:
        file.unlink()
    _run_scripts(project, "post-render", output, runner)
    return sources


@dataclass(frozen=True)
class _Site:
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

    def render(self, page: Page) -> None:
        """Render a page."""
        if page.path in self.run:
            run_cells(page, self.runner, self.memory, lang=self.run[page.path])
        metadata = _metadata(self.project, page)
        echo = latest(metadata, "execute.echo") is not False
        target = (self.output / page.path).with_suffix(".html")
        pictures, apart = target.with_name(f"{target.stem}_files"), Apart(page)
        runs = self.project.setting("live") is True
        text = "\n\n".join(
            to_markdown(part, pictures, apart, echo=part.options.get("echo", echo), runs=runs)
            if isinstance(part, Cell)
            else EMBED.sub(partial(self._embed, page, part, pictures, apart), part.text)
            for part in page.parts
        )
        files = cited_from(metadata) if any("@" in prose.text for prose in page.prose) else {}
        said = self._said(metadata) | as_metadata(files)
        html = apart.put_back(self._pandoc(page, text, said, state_of(self.project, files)))
        html = _ADDRESS.sub(lambda found: found[1] + self._address(page, found[2]), html)
        for candidates in _CANDIDATES.findall(html):
            for candidate in filter(str.strip, candidates.split(",")):
                self._address(page, candidate.split()[0])
        write(target, html)

    def _said(self, mappings: list[Mapping]) -> dict[str, Any]:
        """Return what the page's template may use; style sheets are named from the root."""
        said = merged(mappings)
        sheets = [f"/{path}" for path in listed(self.project.setting("css"))]
        return {key: said[key] for key in sorted(said.keys() - _RENDERERS)} | {"css": sheets}

    def _embed(
        self, page: Page, prose: Prose, pictures: Path, apart: Apart, found: re.Match[str]
    ) -> str:
        """Return a notebook's labelled cell without its code, as the shortcode does."""
        notebook = self.pages.get(from_root(page, found[1]))
        for cell in notebook.cells if notebook else ():
            if cell.options.get("label") == found[2]:
                runs = self.project.setting("live") is True
                return to_markdown(cell, pictures, apart, echo=False, runs=runs)
        what = "no cell has this label" if notebook else "this is no notebook of the site"
        raise RenderError(f"{page.place(prose, found.start())}: {found[0]}: {what}: correct it")

    def _pandoc(self, page: Page, text: str, metadata: dict[str, Any], cited: str) -> str:
        """Return the page's HTML, as it was made of the same text if it has been.

        ``cited`` is the state of what it cites from, empty where that is nothing.
        """
        said = json.dumps(metadata, default=str)  # JSON is a kind of YAML
        source = f"---\n{said}\n---\n\n{text}"
        key = sha256(f"{self.frame}\0{cited}\0{source}".encode()).hexdigest()
        made = self.project.root / PAGES / f"{key}.html"
        self.used.add(made)
        if made.exists():
            return made.read_text(encoding="utf-8")
        html = self._converted(page, source, cites=bool(cited))
        write(made, html)
        return html

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

    def _address(self, page: Page, href: str) -> str:
        """Return the link to a page for one to its source; publish what else is linked."""
        named = from_root(page, unquote(unescape(href)))
        if named in self.pages:
            return quote(posixpath.relpath(_html(named), posixpath.dirname(page.path) or "."))
        if named not in self.linked:
            if why := why_no_link(self.project.root, named):
                raise RenderError(f"{page.path}:1: link: {why}")
            self._publish(named)
            self.linked.add(named)
        return href

    def _publish(self, named: str) -> None:
        file = self.project.root / named
        if not why_not_published(file, self.project.root) and not (self.output / named).exists():
            copy(file, self.output / named)


def _frame(project: Project) -> str:
    """Return what stands for all that pages are made with, besides their own text."""
    template = project.root / str(project.setting("format.html.template"))
    parts = sorted(template.parent.glob(f"*{template.suffix}"))  # a template may name others
    state = sha256(repr((template, *OPTIONS, pandoc.identity())).encode())
    for part in (FILTER, *parts):
        state.update(part.read_bytes())
    return state.hexdigest()


def _metadata(project: Project, page: Page) -> list[Mapping]:
    """Return all that is said of a page, the project's settings first, its front matter last."""
    return [*project.files, *project.metadata(project.root / page.path), page.front_matter]


def _language(project: Project, page: Page) -> str:
    return str(latest(_metadata(project, page), "lang") or "")


def _prepare(runner: Runner, pages: Iterable[Page]) -> None:
    """Have a process ready for the cells of these pages."""
    pages = list(pages)
    if pages:
        sources = [source for page in pages for source in page.sources]
        runner.prepare(sources, {(runner.root / page.path).parent for page in pages})


def _run_scripts(project: Project, moment: str, output: Path, runner: Runner) -> bool:
    """Run the project's scripts of that moment; return whether any was another's than ours."""
    ran_any = False
    variables = environment(project.root) | {"QUARTO_PROJECT_OUTPUT_DIR": str(output)}
    for script in project.scripts(moment):
        if step := runner.step(Path(os.path.normpath(project.root / script[0]))):
            step(project.root, output)
            continue
        ran_any, command = True, [sys.executable, *script]
        ran = children.run(
            command, cwd=project.root, env=variables, stderr=subprocess.PIPE, check=False
        )
        if ran.returncode:
            said = ran.stderr.decode(errors="replace").strip()
            what = f"{script[0]}: it failed with status {ran.returncode}: mend it"
            line = f"{SETTINGS}:1: project.{moment}: {what}"
            raise RenderError(said if _PLACED.search(said) else f"{line}\n{said}".strip())
    return ran_any


def _html(path: str) -> str:
    return posixpath.splitext(path)[0] + ".html"


def _raise(problems: list[str]) -> None:
    if problems:
        raise RenderError("\n".join(dict.fromkeys(problems)))
