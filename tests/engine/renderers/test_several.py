"""Pages that Pandoc makes in one process, which are what it makes of each alone."""

import pytest
from test_filter import HEAD, NOTHING, SOMETHING

from portfolio import children, pandoc
from portfolio.renderers import RenderError, embedded
from portfolio.renderers.markdown import converted, converted_at_once
from portfolio.renderers.project import load_project
from portfolio.renderers.sources import Sources
from portfolio.renderers.turned import PAGES

MANY = {
    "a title": '---\n{"title": "Größe & *Maß*", "pagetitle": "x", "lang": "de"}\n---\n\nText.\n',
    "other words": '---\n{"title": "Τ", "lang": "el"}\n---\n\n::: {#fig-a}\nΛόγος\n\nΛόγια\n:::\n',
    "formulas": HEAD + "$a^2$ and\n\n$$\n\\begin{aligned} x &= 1 \\\\ y &= 2 \\end{aligned}\n$$\n",
    "notes": HEAD + "A note.[^1] Another.^[Here.]\n\n[^1]: First.\n\n    Second paragraph.\n",
    "tables": HEAD + "| a | b |\n|--:|:-:|\n| 1 | 2 |\n\n: Numbers\n",
    "code": HEAD + "```{.python .cell-code}\nx = 'a' # b\n```\n\n~~~ no-such-language\nx\n~~~\n",
    "lists": HEAD + "(i) one\n(ii) two\n\nterm\n:   what it is\n\n- [ ] open\n\n(@a) counted\n",
    "raw": HEAD + '<div class="x">\n*y*\n</div>\n\n```{=html}\n<b>z</b>\n```\n\n<!-- c -->\n',
    "spans": HEAD + '[Words]{.small lang=fr} --- "quoted" ... e.g. M. Smith\\ and more  \nbroken\n',
    "long lines": HEAD + "\n".join(["word " * 60] * 3) + "\n",
    "odd signs": HEAD + '😀 \u200b \\u0041 "\\" \u2028 end\n',
}
WARNED = {
    "a formula": HEAD + "Text.\n\n$\\frac{$\n",
    "an open division": HEAD + "::: {.x}\nText.\n",
    "a lost note": HEAD + "Text.[^1]\n\n[^1]: One.\n\n[^1]: Two.\n",
}


def test_each_page_is_as_if_made_alone(project):
    """No page has anything of another: no count of figures, no words, no notes."""
    here = load_project(project)
    texts = [*MANY.values(), HEAD + NOTHING, *(HEAD + text for text in SOMETHING.values())]
    alone = [converted(here, text) for text in texts]
    assert not any(page.warning for page in alone)
    assert converted_at_once(here, [*texts, *texts]) == [page.html for page in alone] * 2


@pytest.mark.parametrize("text", WARNED.values(), ids=WARNED)
def test_a_page_of_which_there_is_something_to_say_is_left(project, text):
    """The others are made all the same."""
    here = load_project(project)
    assert converted(here, text).warning
    first, last = converted(here, MANY["notes"]).html, converted(here, MANY["code"]).html
    assert converted_at_once(here, [MANY["notes"], text, MANY["code"]]) == [first, None, last]


def test_nothing_is_made_where_pandoc_gives_up(project, monkeypatch):
    """Too little time for many pages may well do for each of them."""
    monkeypatch.setattr(pandoc, "SECONDS", 0.001)
    assert converted_at_once(load_project(project), [MANY["notes"]] * 2) == [None, None]


def test_a_site_is_made_by_few_processes(project, monkeypatch):
    """Each makes its share of the pages; one that is odd is made alone, and named with its line."""
    monkeypatch.setattr(embedded, "cores", lambda: 2)
    for number in range(9):
        (project / f"page-{number}.qmd").write_text(f"---\ntitle: {number}\n---\n\n{number}\n")
    started = count_starts(monkeypatch)
    embedded.render(Sources.of(project), project / ".out", progress=lambda _: None)
    assert len(started) == 2
    assert len(list((project / PAGES).iterdir())) == 10
    (project / "page-3.qmd").write_text("---\ntitle: 3\n---\n\nText.\n\n$\\frac{$\n")
    (project / "page-5.qmd").write_text("---\ntitle: 5\n---\n\nAnother text.\n")
    with pytest.raises(RenderError, match=r"^page-3\.qmd:7: pandoc: the formula cannot be read"):
        embedded.render(Sources.of(project), project / ".out2", progress=lambda _: None)


def count_starts(monkeypatch):
    """Return a list to which each start of Pandoc adds."""
    started, run = [], children.run

    def noted(command, **how):
        started.append(command)
        return run(command, **how)

    monkeypatch.setattr(children, "run", noted)
    return started
