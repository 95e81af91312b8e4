"""The filter of figures is started for those pages alone that have something for it."""

import pytest

from portfolio import pandoc
from portfolio.renderers.markdown import FILTER, OPTIONS, converted
from portfolio.renderers.project import load_project

HEAD = '---\n{"title": "T", "language": {"crossref-fig-title": "Bild"}}\n---\n\n'
NOTHING = "# Head\n\nText with [a link](a.html), `code`, $x^2$.\n\n```python\nx = {1: {}}\n```\n"
SOMETHING = {
    "a figure": "::: {#fig-a}\n![](a.png)\n\nWords\n:::\n",
    "a reference": "As @fig-a shows.\n\n::: {#fig-a}\nText\n\nWords\n:::\n",
    "a picture": "![Words](a.png)\n",
    "a text for one": 'Here ![](a.png){fig-alt="Said"} is\n',
    "a cell that is shown": "````markdown\n```{{python}}\n1\n```\n````\n",
}


@pytest.fixture
def page(project):
    """Return what makes HTML of a text as renders do, and what has it filtered in any case."""
    here = load_project(project)
    template = f"--template={here.setting('format.html.template')}"

    def filtered(text):
        options = (*OPTIONS, f"--lua-filter={FILTER}", template)
        return pandoc.to_html(text, *options, folder=project).html

    return lambda text: converted(here, text).html, filtered


def test_a_page_without_figures_is_the_same_without_the_filter(page, monkeypatch):
    """Such a page is not filtered, and nobody can tell."""
    render, filtered = page
    wanted = filtered(HEAD + NOTHING)
    monkeypatch.setattr("portfolio.renderers.markdown.FILTER", "no-such-filter.lua")
    assert render(HEAD + NOTHING) == wanted


@pytest.mark.parametrize("text", SOMETHING.values(), ids=SOMETHING)
def test_what_the_filter_does_is_done(page, text):
    """Whatever the filter changes it is started for."""
    render, filtered = page
    assert render(HEAD + text) == filtered(HEAD + text)
