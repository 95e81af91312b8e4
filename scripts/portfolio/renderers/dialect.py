"""The dialect: the closed list of Quarto features that pages may use, and what names the rest.

Whatever is on the list renders alike in Quarto and in the embedded renderer; the embedded renderer
refuses everything else with file and line.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from portfolio.mapping import Mapping
from portfolio.renderers.project import Project
from portfolio.renderers.source import FENCED, Page

EMBED = re.compile(r"^\{\{< embed (\S+\.ipynb)#([\w-]+) >\}\}[ \t]*$", re.MULTILINE)
_LABEL = re.compile(EMBED.pattern + r"|\{[^{}\n]*#(fig-[\w-]+)", re.MULTILINE)
FIGURE = re.compile(r"(?<![\w.@/\\=-])@(fig-[\w-]*\w)")
_NUMBERED = "(tbl|lst|eq|thm|lem|cor|prp|cnj|def|exm|exr|alg|rem|sol|nte|tip|wrn|imp|cau)"
# What may be said: patterns for `key: value`.
FRONT_MATTER = (
    "(page)?title: .*",
    "description: .*",
    "lang: .*",
    "dir: (ltr|rtl)",
    "execute.echo: (True|False)",
    "(date|author|categories|bibliography|csl|reference-section-title): .*",
    r"author\.name: .*",
    "(draft|link-citations): (True|False)",
)
OF_FRONT_MATTER = "(author|categories|bibliography): .*"
"""What a page may say with a list."""
RENDERINGS = r"renderings: \['(light|dark)', '(?!\1)(light|dark)'\]"
CELL = (
    rf"label: (?!{_NUMBERED}-)[\w-]+",
    "(echo|output|code-fold|live): (True|False)",
    "fig-(cap|alt): .*",
    r"tolerance(\.(share|number))?: .*",
    "(values|table|start): .*",
)
LISTED = rf"{RENDERINGS}|states\.[^\n]*|fig-alt: .*"
SETTINGS = (
    *FRONT_MATTER,
    r"project.type: (?!default|book|manuscript)[\w-]+",
    "project.(output-dir|render|resources): .*",
    r"project.(pre|post)-render: [^,]*\.py\b[^,]*(,[^,]*\.py\b[^,]*)*",
    "profile.group: .*",
    "(website.)?search: False",
    "notebook-links: False",
    "ipynb-filters: .*",
    "(live|libraries.*|brand): .*",
    r"format: [\w-]+-html",
    "css: .*",
    "format.html.template: .*",
    "format.html.(theme: none|minimal: True|section-divs: False)",
    "(format.html.)?html-math-method: mathml",
    "format.html.html-table-processing: none",
    r"language\.([a-zA-Z-]+\.)?crossref-fig-(title|prefix): .*",
)
# A template may use lists and mappings of the project's own, but not under Quarto's names.
_QUARTOS = (
    "about|author|bibliography|book|brand|comments|crossref|css|editor|execute|filters|format"
    "|include-after-body|include-before-body|include-in-header|jupyter|knitr|language|listing"
    "|manuscript|metadata-files|params|profile|project|resources|shortcodes|website"
)
_CLASS = (
    r"\.?(callout(-\w+)?|panel-[\w-]+|columns?(-[\w-]+)?|content-(visible|hidden)|aside|hidden"
    r"|fragment|(non)?incremental|landscape|lightbox|proof|remark|solution|list-table)(?![\w-])"
)
_SHORTCODE = (
    "(brand|contents|embed|env|include|kbd|lipsum|meta|pagebreak|placeholder|var|version|video)"
)
# What Quarto sees in prose, and the embedded renderer does not.
_CITATION = "a citation or reference but `@fig-label`"
_ANYWHERE = {
    "a cell but a Python cell at the margin (in a fence, `{{python}}` shows it)": (
        r"^[ \t>]*(`{3,}|~{3,})[ \t]*\{[A-Za-z]\w*([ ,][^}\n]*)?\}[ \t]*$"
    ),
    "code to run within a line": r"(?<!`)`\{\w+\} [^`\n]*`",
    "a shortcode, even in code,": rf"\{{\{{<\s*{_SHORTCODE}\b[^\n]*?>\}}\}}",
    "a note on a line of code": r"(#|//|--|%)[ \t]*<\d+>[ \t]*$",
    "an attachment": r"\]\(attachment:[^)\n]*\)",
}
_OUTSIDE_CODE = {
    "a shortcode but an `embed` on a line of its own": r"\{\{\{?<[^\n]*?>\}?\}\}",
    _CITATION: (
        r"(?<![\w.@/\\=])(-@|@(?!fig-))[A-Za-z][\w-]*|\[(?!@fig-[\w-]+\])[^\[\]\n]*@fig-[^\[\]\n]*\](?![({\[])"
    ),
    "this class": rf"^[ \t>]*:{{3,}}[ \t]*{_CLASS}|\{{[^{{}}\n]*(?<=[ {{]){_CLASS}[^\n]*?\}}",
    "a number for anything but a cell or picture": (
        rf"\{{[^{{}}\n]*#{_NUMBERED}-[^{{}}\n]*\}}|^[ \t>]*:{{3,}}[ \t]*\{{[^\n]*#fig-[^\n]*"
    ),
    "this attribute": (
        r"\{([^{}\n]* )?(layout|tbl-|code-|filename|fig-(?!alt)|when-|unless-)[\w-]*=[^\n]*?\}"
    ),
    "a second block of YAML (a rule needs a blank line after it)": r"^---[ \t]*\n(?=[ \t]*\S)",
}
_BACKTICKS = re.compile("`+")
_CODE_OR_COMMENT = re.compile("<!--|`+")
_REMEDY = "use what CONTRIBUTING.md lists, or render with Quarto"
_REMEDIES = {_CITATION: "name a .bib file as `bibliography`, or write \\@ for the sign itself"}


def problems_of(page: Page, *, cites: bool = False) -> Iterator[str]:
    """Yield a line for each thing on the page that the dialect does not have.

    A page that ``cites`` has a bibliography, whose keys it may refer to.
    """
    yield from unlisted(page.front_matter, FRONT_MATTER, listed=OF_FRONT_MATTER)
    labels: set[str] = set()
    for cell in page.cells:
        yield from unlisted(cell.options, CELL, listed=LISTED)
        label = str(cell.options.get("label", ""))
        if label and label in labels:
            where = f"{page.path}:{cell.options.lines['label']}: label"
            yield f"{where}: another cell is called {label} too: rename one of them"
        labels.add(label)
    for prose in page.prose:
        labels |= {found[2] or found[3] for found in _LABEL.finditer(prose.text)}
    for prose in page.prose:
        text = without_code(prose.text)
        known = {found.start() for found in EMBED.finditer(text)}
        for what, pattern in _refused(cites=cites).items():
            searched = prose.text if what in _ANYWHERE else text
            for found in re.finditer(pattern, searched, re.MULTILINE):
                if found.start() not in known:
                    known.add(found.start())
                    said = f"{found.group().strip()}: {what} is not in the dialect"
                    remedy = _REMEDIES.get(what, _REMEDY)
                    yield f"{page.place(prose, found.start())}: {said}: {remedy}"
        for found in FIGURE.finditer(text):
            if found[1] not in labels:
                place = page.place(prose, found.start())
                yield f"{place}: {found[0]}: the page has no figure of this label: correct it"


def _refused(*, cites: bool) -> dict[str, str]:
    refused = _ANYWHERE | _OUTSIDE_CODE
    return {what: pattern for what, pattern in refused.items() if not cites or what != _CITATION}


def problems_of_settings(project: Project) -> Iterator[str]:
    """Yield a line for each setting of the project that the dialect does not have."""
    for file in project.files:
        own = [
            key
            for key, value in file.values.items()
            if isinstance(value, dict | list) and not re.fullmatch(_QUARTOS, key)
        ]
        yield from unlisted(
            file, (*SETTINGS, *(rf"{re.escape(key)}\b.*" for key in own)), lists=True
        )


def unlisted(
    mapping: Mapping, allowed: tuple[str, ...], *, lists: bool = False, listed: str = r"(?!)"
) -> Iterator[str]:
    """Yield a line for each key whose value is not as one of the patterns ``allowed`` says.

    Lists are so where ``lists`` may be, or as the pattern ``listed`` says.
    """
    for key, line in mapping.lines.items():
        value = mapping.get(key)
        said = f"{key}: {value}"
        known = any(re.fullmatch(pattern, said, re.DOTALL) for pattern in allowed)
        if isinstance(value, list):
            known = (known and lists) or bool(re.fullmatch(listed, said))
        if not known and not isinstance(value, dict):
            yield f"{mapping.path}:{line}: {said}: this is not in the dialect: {_REMEDY}"


def without_code(text: str) -> str:
    """Return Markdown with blanks in place of its code and comments."""
    text = FENCED.sub(_blank_body, text)
    kept, at = [], 0
    for start, end in _code_and_comments(text):
        kept += [text[at:start], _blank(text[start:end])]
        at = end
    return "".join([*kept, text[at:]])


def _code_and_comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield where inline code and comments begin and end; what is never closed is neither."""
    ends: dict[str, list[int]] = {}
    for run in _BACKTICKS.finditer(text):
        ends.setdefault(run.group(), []).append(run.end())
    at, last = 0, text.rfind("-->")
    for mark in _CODE_OR_COMMENT.finditer(text):
        if mark.start() < at:
            continue
        if mark.group() == "<!--":
            end = text.find("-->", mark.end()) + 3 if mark.end() <= last else 0
        else:
            closing = ends[mark.group()]
            place = bisect_right(closing, mark.end())
            end = closing[place] if place < len(closing) else 0
        if end:
            at = end
            yield mark.start(), end


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _blank_body(found: re.Match[str]) -> str:
    start = found.start("body") - found.start()
    return found.group()[:start] + _blank(found.group()[start:])
