"""What the dialect does not have is named with file and line; what is harmless is let pass."""

import re

import pytest

from portfolio.renderers import RenderError, embedded
from portfolio.renderers.dialect import problems_of, problems_of_settings
from portfolio.renderers.project import load_project
from portfolio.renderers.source import read_page
from portfolio.renderers.sources import Sources

LINE = re.compile(r"[\w./]+:(\d+): (.+): [^:]+: [^:]+")


def page_problems(folder, text):
    """Return the problems of a page with this text."""
    (folder / "page.qmd").write_text(text, encoding="utf-8")
    return list(problems_of(read_page(folder / "page.qmd", folder)))


FRONT_MATTER = [
    "toc: true",
    "format: pdf",
    "nocite: papers",
    "jupyter: python3",
    "number-sections: true",
    "engine: knitr",
]


@pytest.mark.parametrize("setting", FRONT_MATTER)
def test_other_front_matter_is_refused(tmp_path, setting):
    """Each key has its own line."""
    (problem,) = page_problems(tmp_path, f"---\ntitle: A page\n{setting}\n---\n\nText.\n")
    assert problem.startswith(f"page.qmd:3: {setting.replace('true', 'True')}: ")
    assert LINE.fullmatch(problem)


@pytest.mark.parametrize(
    ("setting", "line"),
    [("  echo: fenced", 4), ("  echo: true\n  freeze: auto", 5), ("  eval: false", 4)],
    ids=["echo fenced", "freeze", "eval"],
)
def test_other_ways_to_execute_are_refused(tmp_path, setting, line):
    """Of the settings of cells only `echo` can stand in front matter."""
    text = f"---\ntitle: A page\nexecute:\n{setting}\n---\n"
    (problem,) = page_problems(tmp_path, text)
    assert problem.startswith(f"page.qmd:{line}: execute.")


@pytest.mark.parametrize(
    "option",
    [
        "output: asis",
        "echo: fenced",
        "eval: false",
        "warning: false",
        "fig-width: 3",
        "layout-ncol: 2",
        "tbl-cap: A table",
        "label: tbl-numbers",
        "code-fold: show",
        "code-summary: Set-up",
        "column: margin",
        "include: false",
    ],
)
def test_other_cell_options_are_refused(tmp_path, option):
    """The line is that of the option."""
    text = f"Text.\n\n```{{python}}\n#| echo: true\n#| {option}\nx\n```\n"
    if option.startswith("echo"):
        text = text.replace("#| echo: true\n", "#| output: true\n")
    (problem,) = page_problems(tmp_path, text)
    key, value = option.split(": ")
    assert problem.lower().startswith(f"page.qmd:5: {key}: {value}".lower())


REFUSED = {
    "shortcode": "{{< video https://example.org/x.mp4 >}}",
    "shortcode in a line": "The {{< meta title >}} of it.",
    "shortcode in a link": "[see]({{< var address >}})",
    "shortcode in code": "`{{< meta title >}}`",
    "escaped shortcode": "{{{< pagebreak >}}}",
    "include": "{{< include _other.qmd >}}",
    "embed within a line": "As {{< embed nb.ipynb#fig-x >}} shows.",
    "embed without a label": "{{< embed nb.ipynb >}}",
    "embed with options": "{{< embed nb.ipynb#fig-x echo=true >}}",
    "callout": "::: {.callout-note}\nA note.\n:::",
    "callout without braces": "::: callout-tip\nA tip.\n:::",
    "collapsed callout": '::: {.callout-note collapse="true"}\nA note.\n:::',
    "tabset": "::: {.panel-tabset}\n:::",
    "columns": "::: {.columns}\n:::",
    "column": ':::: {.column width="50%"}\n::::',
    "margin": "::: {.column-margin}\nAside.\n:::",
    "aside": "Text [in the margin]{.aside}.",
    "conditional content": "::: {.content-visible when-format='html'}\n:::",
    "conditional span": "[x]{.content-hidden unless-format='pdf'}",
    "layout": "::: {layout-ncol=2}\n:::",
    "layout with an id": "::: {#some layout='[1, 1]'}\n:::",
    "figure div": "::: {#fig-two}\nText\n\nCaption\n:::",
    "numbered table": ": A table {#tbl-one}",
    "numbered equation": "$$x$$ {#eq-one}",
    "theorem": "::: {#thm-one}\nTrue.\n:::",
    "listing": '```{#lst-one .python lst-cap="Code"}\nx\n```',
    "R": "```{r}\n1 + 1\n```",
    "Julia": "```{julia}\n1 + 1\n```",
    "mermaid": "```{mermaid}\ngraph TD\n```",
    "dot": "```{dot}\ngraph {}\n```",
    "Observable": "```{ojs}\n1\n```",
    "indented cell": "- one\n\n    ```{python}\n    1\n    ```",
    "cell in a fence": "````markdown\n```{python}\n1\n```\n````",
    "cell in a tilde fence": "~~~\n```{python}\n1\n```\n~~~",
    "cell with tildes": "~~~{python}\n1\n~~~",
    "embed in code": "```\n{{< embed nb.ipynb#fig-x >}}\n```",
    "inline code to run": "It is `{python} x`.",
    "citation": "As [@smith2020] says.",
    "citation in the text": "@smith2020 says.",
    "citation without the name": "It is known [-@smith2020].",
    "table reference": "See @tbl-one.",
    "section reference": "See @sec-intro.",
    "equation reference": "See @eq-one.",
    "capital reference": "@Fig-one shows.",
    "reference to nothing": "See @fig-nothing.",
    "references together": "See [@fig-square; @fig-square].",
    "reference with words": "[see @fig-square]",
    "number alone": "[-@fig-square]",
    "figure attribute": "![x](x.svg){fig-align=left}",
    "table attribute": ': A table {tbl-colwidths="[1,2]"}',
    "file name on code": '```{.python filename="x.py"}\nx\n```',
    "annotated code": "```python\nx = 1 # <1>\n```",
    "attached picture": "![x](attachment:x.png)",
    "YAML in the middle": "---\ntoc: true\n---",
    "lightbox": "![x](x.svg){.lightbox}",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_quarto_treats_specially_is_refused(tmp_path, text):
    """One line names the place of what the embedded renderer would render differently."""
    above = "---\ntitle: A page\n---\n\nFirst.\n\n![A](a.svg){#fig-square}\n\n"
    problems = page_problems(tmp_path, f"{above}{text}\n\nLast.\n")
    assert problems
    special = "\n```{python}", "# <1>", "{{< embed nb.ipynb#fig-x"
    inside = next((text[: text.index(mark) + 1].count("\n") for mark in special if mark in text), 0)
    inside += 2 * text.startswith("- one")
    for problem in problems:
        found = LINE.fullmatch(problem)
        assert found, problem
        assert int(found[1]) == 9 + inside


HARMLESS = {
    "bounds": "```{python}\n#| tolerance: {share: 0.1, number: 0.5}\nx\n```",
    "e-mail": "Write to someone@example.org or <someone@example.org>.",
    "address with a name": "[me](https://example.org/@me) and <https://example.org/@me>",
    "decorator": "```python\n@cached\ndef f(): ...\n```",
    "at sign in code": "`@property` and ``a `@b` c``",
    "escaped at sign": r"\@handle",
    "at sign alone": "5 @ 3, and user @ host",
    "comment": "<!-- @todo {{< x >}} ::: {.callout-note} -->",
    "unknown shortcode in code": "`{{< mine >}}`, and\n\n```\n{{< mine >}}\n```",
    "callout in code": "```\n::: {.callout-note}\n:::\n```",
    "callout in a tilde fence": "~~~\n::: callout-note\n~~~",
    "shown cell": "````markdown\n```{{python}}\n1\n```\n````",
    "class of code": "```{.python}\nx\n```",
    "raw block": "```{=html}\n<p data-x='@me'>{{</p>\n```",
    "raw LaTeX": "```{=latex}\n\\cite{x}\n```\n\n`\\cite{x}`{=latex}",
    "own div": '::: {.my-callout #box key="a"}\nText\n:::',
    "own div without braces": "::: warning\nText\n:::",
    "own class like a special one": "::: {.column-like-none .asides .panel}\n:::".replace(
        "column-like-none", "my-column"
    ),
    "rule": "Text\n\n---\n\nText",
    "underlined heading": "Heading\n---\n\nText",
    "picture": '![A](a.svg){#fig-own .wide width=50% fig-alt="A square"}\n\nSee @fig-own.',
    "reference in brackets": "See [@fig-square].",
    "reference in a link": "[as @fig-square shows](a.qmd)",
    "reference in a span": "[as @fig-square shows]{.mine}",
    "reference at the end": "See @fig-square, and *@fig-square*.",
    "heading id": "## A heading {#sec-one .unnumbered}",
    "formula": r"$a_{@}$ and $\{x\}$",
    "comparison in code": "```c\n#include <1>\n```",
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_the_harmless_passes(tmp_path, text):
    """Nothing is refused for its looks."""
    assert page_problems(tmp_path, f"![A](a.svg){{#fig-square}}\n\n{text}\n") == []


SETTINGS = {
    "format:\n  html:\n    toc: true": "3: format.html.toc: True",
    "format:\n  html:\n    theme: cosmo": "3: format.html.theme: cosmo",
    "format:\n  pdf:\n    toc: true": "3: format.pdf.toc: True",
    "format: pdf": "1: format: pdf",
    "project:\n  type: book": "2: project.type: book",
    "project:\n  lib-dir: libs": "2: project.lib-dir: libs",
    "project:\n  pre-render: make.sh": "2: project.pre-render: make.sh",
    "website:\n  navbar:\n    left: []": "3: website.navbar.left: []",
    "website:\n  search: true": "2: website.search: True",
    "nocite: x": "1: nocite: x",
    "toc: true": "1: toc: True",
    "filters: [x.lua]": "1: filters: ['x.lua']",
    "execute:\n  freeze: auto": "2: execute.freeze: auto",
}


@pytest.mark.parametrize(("text", "place"), SETTINGS.items(), ids=SETTINGS.values())
def test_other_settings_are_refused(tmp_path, text, place):
    """The line is that of the setting, also below other keys."""
    (tmp_path / "_quarto.yml").write_text(f"{text}\n", encoding="utf-8")
    (problem,) = problems_of_settings(load_project(tmp_path))
    assert problem.startswith(f"_quarto.yml:{place}: ")


def test_settings_of_the_profile_count(tmp_path):
    """A problem of the default profile is told with that file's name."""
    (tmp_path / "_quarto.yml").write_text("profile: {group: [[lean, stock]]}\n", encoding="utf-8")
    (tmp_path / "_quarto-lean.yml").write_text("lang: en\ntoc: true\n", encoding="utf-8")
    (tmp_path / "_quarto-stock.yml").write_text("website: {navbar: []}\n", encoding="utf-8")
    (problem,) = problems_of_settings(load_project(tmp_path))
    assert problem.startswith("_quarto-lean.yml:2: toc: True: ")


def test_settings_of_folders_count(project):
    """`_metadata.yml` may say what front matter may."""
    (project / "_metadata.yml").write_text("execute:\n  echo: true\ntoc: true\n", encoding="utf-8")
    with pytest.raises(RenderError, match=r"^_metadata.yml:3: toc: True: "):
        embedded.render(Sources.of(project), project / "out", progress=lambda _: None)


def test_own_settings_pass(tmp_path):
    """Lists and mappings of the project's own are its template's business."""
    text = "owner:\n  name: N\nsite-menu:\n  - {text: T, href: /a.qmd}\nlang: en\n"
    (tmp_path / "_quarto.yml").write_text(text, encoding="utf-8")
    assert list(problems_of_settings(load_project(tmp_path))) == []


def test_any_language_passes(tmp_path):
    """A site may be in any language, and name its figures as it likes in each."""
    words = "language: {crossref-fig-title: Bild, fr: {crossref-fig-prefix: fig.}}\n"
    (tmp_path / "_quarto.yml").write_text(f"lang: de\n{words}", encoding="utf-8")
    assert list(problems_of_settings(load_project(tmp_path))) == []
    assert page_problems(tmp_path, "---\ntitle: A page\nlang: fa\ndir: rtl\n---\n") == []


@pytest.mark.parametrize(
    "tolerance", ["0.02", "any", "{share: 0.02, number: 3}", "{number: 0.5}"], ids=str
)
def test_cells_say_how_far_their_numbers_may_move(tmp_path, tolerance):
    """In every way that verifying understands."""
    text = f"```{{python}}\n#| tolerance: {tolerance}\nprint(1)\n```\n"
    assert page_problems(tmp_path, text) == []


def test_another_tolerance_is_refused(tmp_path):
    """By its own name, in its line."""
    (problem,) = page_problems(tmp_path, "```{python}\n#| tolerance: {most: 3}\n1\n```\n")
    assert problem.startswith("page.qmd:2: tolerance.most: 3: this is not in the dialect")
