"""Cells run apart, a process for each page; what they gave is remembered."""

import os
import re
import shutil
import time

import pytest
from jupyter_client.asynchronous import AsyncKernelClient

from portfolio import pandoc
from portfolio.renderers import RenderError, cells, embedded
from portfolio.renderers.memory import CACHE
from portfolio.renderers.sources import Sources
from portfolio.renderers.turned import PAGES

SIGNS_OF_LIFE = """---
title: Home
---

```{python}
from pathlib import Path
with Path("ran.log").open("a") as log:
    log.write("ran\\n")
print(Path("numbers.csv").read_text())
```
"""


OF_A_KERNEL = "```{python}\nimport asyncio\nprint('alive')\n```\n"
"""A page whose cell asks for what a kernel alone has."""


def render(project):
    """Render the project with the embedded renderer; return the folder of the site."""
    embedded.render(Sources.of(project), project / ".out", progress=lambda _: None)
    return project / ".out"


def refused(project):
    """Return what the renderer says of a project that it cannot render."""
    with pytest.raises(RenderError) as raised:
        render(project)
    return str(raised.value)


@pytest.fixture
def counted(project):
    """Return a project, outside of whose inputs a cell notes each of its runs."""
    (project / ".ran").mkdir()
    (project / "index.qmd").write_text(SIGNS_OF_LIFE.replace("ran.log", ".ran/log"))
    (project / "numbers.csv").write_text("1,2\n")
    (project / "module.py").write_text("x = 1\n")
    (project / "study.ipynb").write_text('{"nbformat": 4, "cells": []}')
    (project / "site.css").write_text("")
    render(project)
    return project


def runs(project):
    """Return how often the cell has run."""
    return len((project / ".ran" / "log").read_text().splitlines())


def test_the_cell_that_raises_is_named(project):
    """The line is that of the cell; the cells before it are not to blame."""
    text = "```{python}\nx = 1\n```\n\nText\n\n```{python}\n#| echo: true\nx / 0\n```\n"
    (project / "index.qmd").write_text(text)
    said = refused(project)
    assert said == "index.qmd:8: cell: ZeroDivisionError: division by zero: mend the cell"


def test_each_failing_page_is_named(project):
    """One build names all of them."""
    for name in ("a", "b"):
        (project / f"{name}.qmd").write_text(f"```{{python}}\nraise KeyError('{name}')\n```\n")
    assert re.findall(r"^(.)\.qmd:2: cell: KeyError", refused(project), re.MULTILINE) == ["a", "b"]


def test_syntax_errors_are_named(project):
    """A cell that is no Python is named as well."""
    (project / "index.qmd").write_text("```{python}\nx = (\n```\n")
    assert re.fullmatch(r"index.qmd:2: cell: .*SyntaxError.*: mend the cell", refused(project))


def losing(kernels, monkeypatch):
    """Let the first ``kernels`` that start die at once, as one does whose port is taken."""
    ready, lost = AsyncKernelClient.wait_for_ready, []

    async def wait_for_ready(client, **options):
        if len(lost) < kernels:
            lost.append(client)
            raise RuntimeError("Kernel died before replying to kernel_info")
        await ready(client, **options)

    monkeypatch.setattr(AsyncKernelClient, "wait_for_ready", wait_for_ready)


def test_a_kernel_that_dies_at_birth_is_started_again(project, monkeypatch):
    """Two that start at once may choose one port; that is no fault of the page."""
    (project / "index.qmd").write_text(OF_A_KERNEL)
    losing(1, monkeypatch)
    assert "alive" in (render(project) / "index.html").read_text(encoding="utf-8")


def test_kernels_that_never_start_are_named(project, monkeypatch):
    """After a few attempts one line says so."""
    (project / "index.qmd").write_text(OF_A_KERNEL)
    losing(9, monkeypatch)
    assert refused(project).startswith("index.qmd:2: cell: no kernel starts for it: try again")


def test_a_kernel_that_dies_is_named(project):
    """A crash, or a machine out of memory, is told as one line."""
    text = "```{python}\nx = 1\n```\n\n```{python}\nimport os\nos._exit(1)\n```\n"
    (project / "index.qmd").write_text(text)
    assert refused(project) == "index.qmd:6: cell: its kernel died: mend the cell"


@pytest.mark.parametrize("needs", ["", "import asyncio\n"], ids=["a fork", "a kernel"])
def test_cells_know_their_page(project, needs):
    """Its name is in a variable, as its language is."""
    cell = f"{needs}import os\nprint(os.environ['PORTFOLIO_LANG'], os.environ['PORTFOLIO_PAGE'])"
    (project / "of").mkdir()
    (project / "of" / "p.qmd").write_text(f"---\nlang: fr\n---\n\n```{{python}}\n{cell}\n```\n")
    assert "fr p.qmd" in (render(project) / "of" / "p.html").read_text(encoding="utf-8")


def test_a_cell_has_its_time(project, monkeypatch):
    """A cell that never ends is stopped."""
    monkeypatch.setattr(cells, "SECONDS", 1)
    (project / "index.qmd").write_text("```{python}\nimport time\ntime.sleep(600)\n```\n")
    started = time.monotonic()
    assert refused(project) == "index.qmd:2: cell: it took more than 1 s: mend the cell"
    assert time.monotonic() - started < 60


def test_pages_do_not_share_their_kernels(project):
    """Each page runs in a kernel of its own and in its own folder, several at once."""
    for number in range(4):
        (project / f"p{number}.qmd").write_text(
            "```{python}\nimport os, time\nx = globals().get('x', 0) + 1\ntime.sleep(0.2)\n"
            "print('kernel', os.getpid(), x, os.getcwd())\n```\n"
        )
    texts = [path.read_text() for path in render(project).glob("p*.html")]
    said = [re.search(r"kernel (\d+) 1 ([^<]+)<", text) for text in texts]
    assert len({found[1] for found in said}) == 4
    assert {os.path.realpath(found[2]) for found in said} == {os.path.realpath(project)}


def test_prose_does_not_run_cells_again(counted):
    """Changing text, or what only style is made of, leaves the outputs as they were."""
    page = counted / "index.qmd"
    page.write_text(page.read_text() + "\nMore text.\n")
    (counted / "site.css").write_text("p { color: red }")
    assert "More text." in (render(counted) / "index.html").read_text()
    assert runs(counted) == 1


@pytest.mark.parametrize("name", ["numbers.csv", "module.py", "study.ipynb", "_quarto.yml"])
def test_whatever_cells_may_read_runs_them_again(counted, name):
    """Data, modules, notebooks and settings count."""
    with (counted / name).open("a") as file:
        file.write("\n")
    render(counted)
    assert runs(counted) == 2


def test_changed_code_runs_again(counted):
    """All of the page's cells are run, for they share their state."""
    page = counted / "index.qmd"
    page.write_text(page.read_text().replace("print(", "print(1, "))
    assert "1 1,2" in (render(counted) / "index.html").read_text()
    assert runs(counted) == 2


def test_what_is_no_longer_used_is_forgotten(counted):
    """The memory of cells holds what the last build used, and no more."""
    page = counted / "index.qmd"
    for number in range(2):
        page.write_text(page.read_text().replace("print(", f"print({number}, "))
        render(counted)
        assert len(list((counted / CACHE).iterdir())) == 1


def test_a_failed_build_forgets_nothing(counted):
    """Outputs of the pages that were fine are there for the next try."""
    before = list((counted / CACHE).iterdir())
    (counted / "broken.qmd").write_text("```{python}\n1 / 0\n```\n")
    refused(counted)
    assert set(before) <= set((counted / CACHE).iterdir())


def test_colours_of_terminals_are_left_out(project):
    """Text that was coloured for a terminal reads plainly."""
    (project / "index.qmd").write_text("```{python}\nprint('\\x1b[31mred\\x1b[0m')\n```\n")
    assert "<code>red</code>" in (render(project) / "index.html").read_text()


def test_printing_in_turns_keeps_its_order(project):
    """What is printed in several goes is one text; standard error breaks it."""
    code = "import sys\nprint('a', flush=True)\nprint('b', flush=True)\n"
    code += "print('c', file=sys.stderr, flush=True)\nimport time; time.sleep(.1)\nprint('d')"
    (project / "index.qmd").write_text(
        f"---\nexecute: {{echo: false}}\n---\n```{{python}}\n{code}\n```\n"
    )
    text = (render(project) / "index.html").read_text()
    assert re.findall(r"<code>([^<]*)</code>", text) == ["a\nb", "c", "d"]


@pytest.mark.parametrize(("shown", "count"), [("display(1, 2)", 2), ("x = 1", 0)])
def test_a_figure_is_one_thing(project, shown, count):
    """A labelled cell that shows nothing, or several things, has no one number."""
    (project / "index.qmd").write_text(f"```{{python}}\n#| label: fig-a\n{shown}\n```\n")
    said = f"index.qmd:2: fig-a: a figure's cell shows one thing, this shows {count}: run it, "
    assert refused(project).startswith(said)


def counted_conversions(project, monkeypatch):
    """Render the project; return how many of its pages went through Pandoc."""
    real, made = pandoc.to_html, []
    # Two pages are one each then: a single processor would have both made by one process.
    monkeypatch.setattr(embedded, "cores", lambda: 2)
    monkeypatch.setattr(
        pandoc, "to_html", lambda *said, **more: made.append(1) or real(*said, **more)
    )
    render(project)
    monkeypatch.undo()
    return len(made)


def test_pages_that_stay_the_same_are_not_converted_again(project, monkeypatch):
    """What is asked of Pandoc is kept by all that it depends on: text, metadata and template."""
    (project / "other.qmd").write_text("Another page.\n")
    assert counted_conversions(project, monkeypatch) == 2
    assert counted_conversions(project, monkeypatch) == 0
    (project / "other.qmd").write_text("Another text.\n")
    assert counted_conversions(project, monkeypatch) == 1
    (project / "page.html").write_text("<main class=new>$body$</main>\n")
    assert counted_conversions(project, monkeypatch) == 2
    assert "class=new" in (render(project) / "index.html").read_text()
    assert len(list((project / PAGES).iterdir())) == 2


def test_kept_pages_may_be_removed(project):
    """The folder of kept pages can be removed at any time."""
    render(project)
    shutil.rmtree(project / PAGES)
    assert "Welcome." in (render(project) / "index.html").read_text()
