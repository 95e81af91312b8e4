"""The dialect: the closed list of Quarto features that pages may use, and what names the rest.

Whatever is on the list renders alike in Quarto and in the embedded renderer; the embedded renderer
refuses everything else with file and line.
"""

import re
from collections.abc import Iterator

from portfolio.renderers.project import Project
from portfolio.renderers.source import Cell, Page, Prose

FRONT_MATTER = {"title", "description", "lang", "execute"}
EXECUTE = {"echo"}
CELL_OPTIONS = {"label", "echo", "output", "fig-cap", "fig-alt"}
HTML_FORMAT = {
    "theme": {"none"},
    "minimal": {True},
    "html-math-method": {"mathml"},
    "section-divs": {False},
    "template": None,
}
PROJECT = {"type", "output-dir", "render", "resources", "pre-render", "post-render"}

_CODE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1[`~]*[ \t]*$|`+[^`\n]+`+", re.MULTILINE | re.DOTALL)
_SHORTCODE = re.compile(r"\{\{<\s*(\S+)(.*?)>\}\}")
_EMBED = re.compile(r"\s+[^\s#]+\.ipynb#[\w-]+\s*")
_CROSS_REFERENCE = re.compile(r"(?<![\w.@/\\])@([A-Za-z][\w:-]*)")
_OTHER_FENCE = re.compile(r"^[ ]{0,3}(?:`{3,}|~{3,})\s*\{(\w+)", re.MULTILINE)
_DIV = re.compile(r"^:{3,}\s*(?:\{([^}]*)\}|(\S+))", re.MULTILINE)
_QUARTO_DIV = re.compile(
    r"(?:^|[\s.])((?:callout|panel|column|columns|content|aside|hidden|fragment|incremental"
    r"|layout|list-table|theorem|proof)\b[\w-]*)|(layout(?:-\w+)?=)|#((?:fig|tbl|lst|thm)-[\w-]+)"
)


def unsupported(page: Page) -> Iterator[str]:
    """Yield a line for each thing on the page that the dialect does not have."""
    for key in page.front_matter.keys() - FRONT_MATTER:
        yield _line(page, 1, key, "this front matter is not in the dialect", FRONT_MATTER)
    for key in (page.front_matter.get("execute") or {}).keys() - EXECUTE:
        yield _line(page, 1, key, "this setting of execute is not in the dialect", EXECUTE)
    for part in page.parts:
        yield from _in_cell(page, part) if isinstance(part, Cell) else _in_prose(page, part)


def unsupported_settings(project: Project) -> Iterator[str]:
    """Yield a line for each setting of the project that the dialect does not have."""
    for key in project.settings["project"].keys() - PROJECT:
        yield f"_quarto.yml:1: project.{key}: not in the dialect: use one of {_listed(PROJECT)}"
    for key, value in project.html.items():
        if key not in HTML_FORMAT:
            yield f"_quarto.yml:1: format.html.{key}: not in the dialect: remove it"
        elif (allowed := HTML_FORMAT[key]) and value not in allowed:
            remedy = f"use {_listed({str(one).lower() for one in allowed})}"
            yield f"_quarto.yml:1: format.html.{key}: {value} is not in the dialect: {remedy}"


def _in_cell(page: Page, cell: Cell) -> Iterator[str]:
    for key in cell.options.keys() - CELL_OPTIONS:
        yield _line(page, cell.line, key, "this cell option is not in the dialect", CELL_OPTIONS)
    output = cell.options.get("output", True)
    if not isinstance(output, bool):
        yield _line(page, cell.line, "output", f"{output} is not in the dialect", {"true", "false"})


def _in_prose(page: Page, prose: Prose) -> Iterator[str]:
    for found in _OTHER_FENCE.finditer(prose.text):
        yield _found(page, prose, found, f"{{{found[1]}}} cells are not in the dialect", {"python"})
    text = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code.group()), prose.text)
    for found in _SHORTCODE.finditer(text):
        if found[1] != "embed" or not _EMBED.fullmatch(found[2]):
            wanted = {"embed notebook.ipynb#label"}
            yield _found(page, prose, found, "this shortcode is not in the dialect", wanted)
    for found in _CROSS_REFERENCE.finditer(text):
        if not found[1].startswith("fig-"):
            wanted = {"@fig-label", "a link"}
            yield _found(page, prose, found, f"the citation @{found[1]} is not in it", wanted)
    for found in _DIV.finditer(text):
        if special := _QUARTO_DIV.search(found[1] or found[2]):
            name = next(filter(None, special.groups()))
            wanted = {"a class of your own"}
            yield _found(page, prose, found, f"the div {name} is not in the dialect", wanted)


def _found(page: Page, prose: Prose, found: re.Match[str], what: str, wanted: set[str]) -> str:
    line = prose.line
    if not page.path.endswith(".ipynb"):
        line += prose.text.count("\n", 0, found.start())
    return _line(page, line, found.group().strip().split("\n")[0], what, wanted)


def _line(page: Page, line: int, key: str, what: str, wanted: set[str]) -> str:
    return f"{page.path}:{line}: {key}: {what}: use {_listed(wanted)}, or render with Quarto"


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
