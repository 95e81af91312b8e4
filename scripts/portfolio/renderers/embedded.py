"""The embedded renderer: Pandoc for the text, Jupyter for the cells, the same pages as Quarto."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from portfolio import children
from portfolio.cores import cores
from portfolio.environment import environment
from portfolio.files import copy
from portfolio.renderers import RenderError
from portfolio.renderers.faults import read_pages
from portfolio.renderers.memory import Memory, asks_for_time, today
from portfolio.renderers.project import SETTINGS, Project, latest, load_project
from portfolio.renderers.runner import Runner
from portfolio.renderers.source import Page
from portfolio.renderers.sources import Sources
from portfolio.renderers.turned import PAGES, Site, metadata_of

_AT_ONCE = 32
"""So many pages one process of Pandoc makes, so that progress is seen."""
_PLACED = re.compile(r"^\S[^\n]*?:\d+: ", re.MULTILINE)
"""What a script says of its own accord about a file and a line."""


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
    site = Site(project, output, pages, {path: langs[path] for path in run}, memory, runner)
    problems = []
    with ThreadPoolExecutor(cores()) as workers:
        try:
            for number, (path, task) in enumerate(_tasks(site, workers), 1):
                try:
                    task.result()
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


def _tasks(site: Site, workers: ThreadPoolExecutor) -> Iterator[tuple[str, Future[None]]]:
    """Yield the pages being rendered, so many at a time as Pandoc is to make in one process."""
    pages = list(site.pages.values())
    for start in range(0, len(pages), _AT_ONCE * cores()):
        some = pages[start : start + _AT_ONCE * cores()]
        shares = [some[number :: cores()] for number in range(cores())]
        list(workers.map(site.prepare, shares))
        yield from [(page.path, workers.submit(site.render, page)) for page in some]


def _language(project: Project, page: Page) -> str:
    return str(latest(metadata_of(project, page), "lang") or "")


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


def _raise(problems: list[str]) -> None:
    if problems:
        raise RenderError("\n".join(dict.fromkeys(problems)))
