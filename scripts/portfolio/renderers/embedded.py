"""The embedded renderer: Pandoc for the text, Jupyter for the cells, the same pages as Quarto."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypandoc

from portfolio.renderers import outputs
from portfolio.renderers.dialect import unsupported, unsupported_settings
from portfolio.renderers.execution import CellError, run_cells
from portfolio.renderers.inputs import digest
from portfolio.renderers.project import Project, load_project
from portfolio.renderers.source import Page, read_page

CACHE = Path(".portfolio") / "cells"
_EMBED = re.compile(r"\{\{<\s*embed\s+([^\s#]+)#([\w-]+)\s*>\}\}")
_FILTER = Path(__file__).with_name("figures.lua")
_SOURCE_LINK = re.compile(r"^(/.*)\.(?:qmd|ipynb)$")


class RenderError(Exception):
    """The site cannot be rendered; says why, a line for each problem."""


def render(root: Path, output: Path, *, progress: Callable[[str], None]) -> None:
    """Render the project at ``root`` into the empty folder ``output``."""
    project = load_project(root)
    _run_scripts(project, "pre-render", output)
    pages = _read(project)
    for resource in project.resources():
        target = output / resource.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(resource, target)
    site = _Renderer(project, output, pages, digest(root, without={".qmd"}))
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        done = [workers.submit(site.render, page) for page in pages.values()]
        problems = []
        for number, (page, result) in enumerate(zip(pages.values(), done, strict=True), 1):
            progress(f"[{number}/{len(pages)}] {page.path}")
            if error := result.exception():
                problems.append(error)
    unexpected = [error for error in problems if not isinstance(error, CellError | RenderError)]
    if unexpected:
        raise unexpected[0]
    if problems:
        raise RenderError("\n".join(map(str, problems)))
    _run_scripts(project, "post-render", output)


@dataclass(frozen=True)
class _Renderer:
    """Renders pages, each on its own, so that many can be rendered at once."""

    project: Project
    output: Path
    pages: dict[str, Page]
    context: str

    def render(self, page: Page) -> None:
        source = self.project.root / page.path
        target = (self.output / page.path).with_suffix(".html")
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".qmd" and page.cells:
            run_cells(page, self.project.root, self.project.root / CACHE, self.context)
        metadata = _with_page_links(self.project.metadata_for(source) | page.front_matter)
        execute = (metadata.get("execute") or {}) | (page.front_matter.get("execute") or {})
        markdown = self._markdown(page, target, echo=bool(execute.get("echo", True)))
        target.write_text(self._pandoc(page, markdown, metadata), encoding="utf-8")

    def _markdown(self, page: Page, target: Path, *, echo: bool) -> str:
        pictures = target.with_name(f"{target.stem}_files")
        parts = []
        for part in page.parts:
            if part in page.cells:
                parts.append(
                    outputs.to_markdown(part, pictures=pictures, beside=target.parent, echo=echo)
                )
            else:
                parts.append(
                    _EMBED.sub(lambda found: self._embedded(page, found, target), part.text)
                )
        return "\n\n".join(parts)

    def _embedded(self, page: Page, found: re.Match[str], target: Path) -> str:
        """Return a notebook's labelled cell without its code, as the ``embed`` shortcode does."""
        named = os.path.normpath(Path(page.path).parent / found[1])
        where = f"{page.path}:1: embed {found[1]}#{found[2]}"
        notebook = self.pages.get(Path(named).as_posix())
        if notebook is None:
            raise RenderError(f"{where}: the notebook is not a page of the project: correct it")
        for cell in notebook.cells:
            if cell.options.get("label") == found[2]:
                pictures = target.with_name(f"{target.stem}_files")
                return outputs.to_markdown(cell, pictures=pictures, beside=target.parent, echo=False)
        raise RenderError(f"{where}: no cell of the notebook has this label: correct it")

    def _pandoc(self, page: Page, markdown: str, metadata: dict[str, Any]) -> str:
        template = self.project.root / self.project.html["template"]
        # YAML metadata is Markdown to Pandoc, as it is to Quarto; JSON is a kind of YAML.
        text = f"---\n{json.dumps(metadata, ensure_ascii=False, default=str)}\n---\n\n{markdown}"
        command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=html5", "--mathml"]
        command += ["--wrap=preserve", f"--template={template}", f"--lua-filter={_FILTER}"]
        ran = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
        if ran.returncode:
            raise RenderError(f"{page.path}:1: pandoc: {ran.stderr.decode().strip()}: mend the page")
        return ran.stdout.decode()


def _read(project: Project) -> dict[str, Page]:
    problems = list(unsupported_settings(project))
    pages: dict[str, Page] = {}
    for file in project.pages():
        try:
            page = read_page(file, project.root)
        except ValueError as error:
            problems.append(str(error))
            continue
        problems += unsupported(page)
        pages[page.path] = page
    if problems:
        raise RenderError("\n".join(problems))
    return pages


def _run_scripts(project: Project, moment: str, output: Path) -> None:
    environment = os.environ | {"QUARTO_PROJECT_OUTPUT_DIR": str(output)}
    for script in project.scripts(moment):
        command = [sys.executable, *script.split()]
        ran = subprocess.run(
            command, cwd=project.root, env=environment, stderr=subprocess.PIPE, check=False
        )
        if ran.returncode:
            raise RenderError(ran.stderr.decode().strip() or f"{moment}: {script} failed")


def _with_page_links(value: Any) -> Any:
    """Turn links from the root to sources (``/news/index.qmd``) into links to their pages."""
    if isinstance(value, dict):
        return {key: _with_page_links(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_page_links(one) for one in value]
    return _SOURCE_LINK.sub(r"\1.html", value) if isinstance(value, str) else value
