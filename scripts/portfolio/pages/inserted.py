"""Numbers of notebooks in texts: in summaries, captions and the prose of pages.

Pages are gone through once they are rendered, so it is the same in both renderers; what stands in
code stays as it is. `faults` and `faults_of_pages` find in the sources what names no value.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape, unescape
from pathlib import Path

from portfolio import texts
from portfolio.content import lying_in
from portfolio.figures.notebooks import Figure
from portfolio.figures.values import MARK, NoValueError, Values
from portfolio.records.bibliography import Bibliography
from portfolio.records.latex.convert import to_text
from portfolio.records.paper import Paper, as_before
from portfolio.records.problems import Problem

_IN_HTML = re.compile(
    rf"<(?P<apart>pre|code|script|style|textarea|math)\b.*?</(?P=apart)>|{MARK.pattern}",
    re.DOTALL,
)
_CODE = re.compile(
    r"^(`{3,}|~{3,})[^\n]*\n.*?^\1[^\n]*$|(`+)(?!`).*?(?<!`)\2(?!`)", re.MULTILINE | re.DOTALL
)
_FOLDERS = (".", "publications", "news")
_FIELDS = ("summary", "note")


def in_page(values: Values, html: str) -> str:
    """Return a rendered page with values in their places."""
    if "{value" not in html:
        return html
    return _IN_HTML.sub(
        lambda found: found[0] if found["apart"] else _in_html(values, found[0]), html
    )


def in_papers(values: Values, papers: Bibliography) -> Bibliography:
    """Return the papers with values in their summaries and notes."""
    return replace(papers, papers=tuple(_in_paper(values, paper) for paper in papers))


def in_figures(values: Values, figures: Mapping[str, Figure]) -> dict[str, Figure]:
    """Return the figures with values in their captions and alternative texts."""
    return {
        slug: replace(
            figure, caption=values.inserted(figure.caption), alt=values.inserted(figure.alt)
        )
        for slug, figure in figures.items()
    }


def faults_of_pages(root: Path, values: Values) -> Iterator[Problem]:
    """Yield where the sources of pages ask for values that there are not."""
    for folder in _FOLDERS:
        for page in lying_in(root, folder, ".qmd"):
            text = texts.read(page).text
            if "{value" in text:
                prose = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
                shown = page.relative_to(root).as_posix()
                for at, mark, error in values.faults(prose):
                    line = text.count("\n", 0, at) + 1
                    yield Problem(shown, line, mark, error.what, error.remedy)


def faults(
    root: Path, values: Values, papers: Bibliography, figures: Mapping[str, Figure]
) -> Iterator[Problem]:
    """Yield where texts of papers and figures, as they were read, ask for such values."""
    for paper in papers:
        for name in _FIELDS:
            for _, mark, error in values.faults(_written(paper, name)):
                yield Problem(*paper.place(name), mark, error.what, error.remedy)
    for slug, figure in figures.items():
        for _, mark, error in values.faults(f"{figure.caption}\n{figure.alt}"):
            yield _in_caption(root / "notebooks" / f"{slug}.ipynb", root, mark, error)


def _in_caption(path: Path, root: Path, mark: str, error: NoValueError) -> Problem:
    lines = texts.read(path).text.split("\n")
    line = next((n for n, text in enumerate(lines, 1) if mark in text), 1)
    return Problem(path.relative_to(root).as_posix(), line, mark, error.what, error.remedy)


def _in_html(values: Values, mark: str) -> str:
    return values.inserted(unescape(mark), escape)


def _in_paper(values: Values, paper: Paper) -> Paper:
    if not any("{value" in _written(paper, name) for name in _FIELDS):
        return paper
    latex, fields = dict(paper.latex), dict(paper.fields)
    for name in _FIELDS:
        text = _written(paper, name)
        if "{value" in text and name in latex:
            latex[name] = values.inserted(text, _in_latex)
            fields[name] = to_text(latex[name])
        elif "{value" in text:
            fields[name] = values.inserted(text)
    return as_before(replace(paper, latex=latex, fields=fields), "inserted")


def _written(paper: Paper, name: str) -> str:
    """Return a field as it was written: in LaTeX, which takes braces for its own, or plainly."""
    return paper.latex.get(name) or paper.fields.get(name, "")


def _in_latex(value: str) -> str:
    return re.sub(r"[%&_#$]", r"\\\g<0>", value)
