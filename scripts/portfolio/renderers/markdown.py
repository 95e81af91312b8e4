"""What Pandoc makes of pages' texts, and what it has against them, each thing at its own line."""

import json
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path

from portfolio import pandoc
from portfolio.cores import cores
from portfolio.renderers.project import Project, merged
from portfolio.renderers.source import Cell, Page

FILTER = Path(__file__).with_name("figures.lua")
SEVERAL = Path(__file__).with_name("several.lua")
OPTIONS = ("--from=markdown", "--wrap=preserve")
_FILTERED = re.compile(r"(?<!crossref-)fig-|!\[|\{\{")
"""Without any of these a page has nothing for the filter, whose start takes most of the time."""
_MAY_WARN = re.compile(
    r":::|</?(?:div|span)\b|\$|\\\\?[(\[]|\\begin|\[\^|^[ ]{0,3}\[[^\]\n]+\]:|[\[<*_>~^({]{9}"
    r"|^(?:---|\.\.\.)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
"""Without any of these Pandoc warns of nothing, and need not be asked."""
_CELL = "<!-- -->"
_WARNING = "[WARNING] "
_AT_LINE = re.compile(r" at line (\d+) column \d+")
_FORMULA = re.compile(r"Could not convert TeX math (.*), rendering as TeX", re.DOTALL)
_LONGEST = 80


def faults_of_texts(project: Project, pages: Iterable[Page]) -> Iterator[str]:
    """Yield a line for what keeps Pandoc from making each page of its text."""
    some = [page for number, page in enumerate(pages) if not number or _may_warn(page)]
    with ThreadPoolExecutor(cores()) as workers:
        for lines in workers.map(lambda page: list(faults_of_text(project, page)), some):
            yield from lines


def faults_of_text(project: Project, page: Page) -> Iterator[str]:
    """Yield a line for what keeps Pandoc from making a page of the text, if anything does."""
    head = f"---\n{_front(page)}\n---\n\n"
    texts = _texts(page)
    try:
        said = converted(project, head + "\n\n".join(texts)).warning
    except pandoc.PandocError as error:
        said = str(error)
    if said:
        yield f"{_place(page, texts, said, head.count(chr(10)))}: pandoc: {in_short(said)}"


def converted(project: Project, source: str, *, cites: bool = False) -> pandoc.Converted:
    """Return the page that Pandoc makes of ``source``; raise PandocError if it makes none.

    Where it ``cites``, its metadata name a bibliography, from which come citations and their list.
    """
    template = f"--template={project.setting('format.html.template')}"
    options = [f"--lua-filter={FILTER}"] if _FILTERED.search(source) else []
    options += ["--citeproc"] if cites else []
    return pandoc.to_html(source, *OPTIONS, *options, template, folder=project.root)


def converted_at_once(project: Project, sources: Sequence[str]) -> list[str | None]:
    """Return what `converted` makes of each of ``sources``, by one process.

    It is None where that has anything to say; such a page is to be converted alone.
    """
    template, mark = project.setting("format.html.template"), f"{secrets.token_hex(16)}\n"
    asked = {"template": template, "filter": str(FILTER), "mark": mark, "sources": list(sources)}
    try:
        made, said = pandoc.answer(SEVERAL, asked, project.root)
    except pandoc.PandocError:
        return [None for _ in sources]
    warnings = map(pandoc.first_of, said.split(mark)[1:])
    return [None if warning else html or None for html, warning in zip(made, warnings, strict=True)]


def _may_warn(page: Page) -> bool:
    return any(map(_MAY_WARN.search, [_front(page), *_texts(page)]))


def _front(page: Page) -> str:
    return json.dumps(merged([page.front_matter]), default=str)  # JSON is a kind of YAML


def _texts(page: Page) -> list[str]:
    return [_CELL if isinstance(part, Cell) else part.text for part in page.parts]


def in_short(said: str) -> str:
    """Return what Pandoc says as two parts of a line: what is wrong, and what to do."""
    said = _AT_LINE.sub("", said.removeprefix(_WARNING), count=1).rstrip(".")
    if formula := _FORMULA.match(said):
        tex = formula[1] if len(formula[1]) <= _LONGEST else f"{formula[1][:_LONGEST]}…"
        return f"the formula cannot be read ({tex}): mend its LaTeX"
    lines = _AT_LINE.sub("", said)
    return f"{lines[:200]}: mend the page"


def _place(page: Page, texts: list[str], said: str, head: int) -> str:
    """Return ``path:line`` of what Pandoc names by its line, or by the formula that it shows."""
    starts = list(accumulate((text.count("\n") + 2 for text in texts), initial=head))
    if found := _AT_LINE.search(said):
        line = int(found[1]) - 1
        for prose, text, start in zip(page.parts, texts, starts, strict=False):
            if start <= line <= start + text.count("\n") and not isinstance(prose, Cell):
                offset = sum(map(len, text.splitlines(keepends=True)[: line - start]))
                return page.place(prose, offset)
    formula = _FORMULA.match(said.removeprefix(_WARNING))
    for prose in page.prose if formula else ():
        if formula and (place := prose.text.find(formula[1])) >= 0:
            return page.place(prose, place)
    return f"{page.path}:1"
