"""What cells gave is remembered for as long as what they were seen to read stays the same."""

import os

import pytest

from portfolio.renderers import embedded, memory
from portfolio.renderers.runner import Runner
from portfolio.renderers.sources import Sources

CELLS = {
    "a page": "Path('other.qmd').read_text()",
    "a style sheet": "open('site.css').read()",
    "a file elsewhere": "(Path.cwd().parent / 'elsewhere.txt').read_text()",
    "a folder elsewhere": "sorted(os.listdir('../folder'))",
    "a hidden folder": "sorted(os.listdir('.data'))",
    "a variable": "os.environ.get('TIDE')",
    "a file that is hidden": "Path('.hidden').read_text()",
    "another program": "print(subprocess.run(['true']).returncode)",
    "the time": "datetime.date.today()",
    "nothing else": "Path('data.csv').read_text()",
}
PAGE = """---
title: Page
---

```{python}
import datetime, os, subprocess
from pathlib import Path
open(".ran", "a").write("%s\\n")
%s
```
"""


def edit_page(root, _):
    """Save another page, which those count for that start programs."""
    (root / "other.qmd").write_text("Other *prose*.\n")
    return {"a page", "another program"}


def edit_style(root, _):
    """Save a style sheet."""
    (root / "site.css").write_text("p { margin: 0 }\n")
    return {"a style sheet", "another program"}


def edit_elsewhere(root, _):
    """Save a file that is not the project's."""
    (root.parent / "elsewhere.txt").write_text("more of it")
    return {"a file elsewhere"}


def add_elsewhere(root, _):
    """Add a file to a folder that is not the project's."""
    (root.parent / "folder" / "b").write_text("")
    return {"a folder elsewhere"}


def add_hidden(root, _):
    """Add a file to a hidden folder of the project."""
    (root / ".data" / "b").write_text("")
    return {"a hidden folder"}


def edit_hidden(root, _):
    """Save a hidden file."""
    (root / ".hidden").write_text("more of it")
    return {"a file that is hidden"}


def set_variable(_, patch):
    """Set a variable of the environment."""
    patch.setenv("TIDE", "high")
    return {"a variable"}


def wait_a_day(_, patch):
    """Build again the next day."""
    patch.setattr(memory, "today", lambda: "2099-01-01")
    return {"the time"}


def edit_data(root, _):
    """Save what counts for all."""
    (root / "data.csv").write_text("1,3\n")
    return set(CELLS)


def do_nothing(*_):
    """Build again."""
    return set()


CHANGES = (
    do_nothing,
    edit_page,
    edit_style,
    edit_elsewhere,
    add_elsewhere,
    edit_hidden,
    add_hidden,
    set_variable,
    wait_a_day,
    edit_data,
)


@pytest.fixture(scope="module")
def remembering(tmp_path_factory):
    """Return a project with a page for each thing that cells may read, built once."""
    root = tmp_path_factory.mktemp("folder") / "project"
    (root.parent / "folder").mkdir()
    root.mkdir()
    (root / ".data").mkdir()
    settings = "project:\n  render: ['*.qmd']\nformat:\n  html:\n    template: page.html\n"
    files = {"_quarto.yml": settings, "page.html": "$body$\n", "data.csv": "1,2\n"}
    files |= {"other.qmd": "Other.\n", "site.css": "", ".hidden": "", "../elsewhere.txt": ""}
    for number, (name, cell) in enumerate(CELLS.items()):
        files[f"page{number}.qmd"] = PAGE % (name, cell)
    for name, text in files.items():
        (root / name).write_text(text)
    assert ran(root) == set(CELLS)
    return root


def ran(root):
    """Build the site; return which pages' cells have run."""
    log = root / ".ran"
    log.write_text("")
    with Runner(root) as runner:
        embedded.render(Sources.of(root), root / ".out", progress=lambda _: None, runner=runner)
    return set(log.read_text().splitlines())


@pytest.mark.skipif(os.name == "nt", reason="has programs of POSIX")
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_cells_run_again_where_what_they_read_has_changed(change, remembering, monkeypatch):
    """The page's own cells, and no others."""
    expected = change(remembering, monkeypatch)
    assert ran(remembering) == expected
    monkeypatch.undo()
    ran(remembering)
