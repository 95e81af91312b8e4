"""Pages are taken apart into front matter, prose and cells, each with its line."""

import json

import pytest

from portfolio.renderers import RenderError
from portfolio.renderers.source import Cell, read_page

PAGE = """---
title: A page
execute:
  echo: true
---

First.

```{python}
#| label: fig-one
#| echo: false
1 + 1
```

````{python}
text = '''
```
'''
````
Last.
"""


def page(folder, text, name="page.qmd"):
    """Read a page with this text."""
    (folder / name).write_bytes(text.encode())
    return read_page(folder / name, folder)


def notebook(folder, *cells, **more):
    """Read a notebook with these cells: kind and source."""
    given = [{"cell_type": kind, "source": source, "outputs": []} for kind, source in cells]
    return page(folder, json.dumps({"cells": given, "nbformat": 4} | more), "page.ipynb")


def test_cells_are_cut_out(tmp_path):
    """A longer fence may hold a shorter one; options leave the code."""
    read = page(tmp_path, PAGE)
    assert [cell.code for cell in read.cells] == ["1 + 1", "text = '''\n```\n'''"]
    assert [cell.options.values for cell in read.cells] == [
        {"label": "fig-one", "echo": False},
        {},
    ]
    assert [part.text.strip() for part in read.prose] == ["First.", "", "Last."]


def test_parts_know_their_lines(tmp_path):
    """Lines are counted from the top of the file, front matter included."""
    read = page(tmp_path, PAGE)
    assert read.front_matter.lines == {"title": 2, "execute": 3, "execute.echo": 4}
    assert [cell.line for cell in read.cells] == [10, 16]
    assert read.cells[0].options.lines == {"label": 10, "echo": 11}
    last = read.prose[-1]
    assert read.place(last, last.text.index("Last")) == "page.qmd:20"


def test_line_ends_do_not_matter(tmp_path):
    """A page saved on Windows, with its byte-order mark, reads the same."""
    assert page(tmp_path, "\ufeff" + PAGE.replace("\n", "\r\n")) == page(tmp_path, PAGE)


@pytest.mark.parametrize("text", ["", "Text", "---\n---\n", "---\n---", "---\n# none\n---\nText"])
def test_front_matter_may_be_empty(tmp_path, text):
    """A page needs no front matter, and no text."""
    assert page(tmp_path, text).front_matter.values == {}


@pytest.mark.parametrize(
    "fence", ["~~~{python}\n1\n~~~", "```python\n1\n```", "````\n```{python}\n1\n```\n````"]
)
def test_other_fences_are_prose(tmp_path, fence):
    """Only backticks with a braced `python` make a cell, and not within another fence."""
    read = page(tmp_path, fence)
    assert read.cells == []
    assert read.parts[0].text == fence


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: a: b\n---\n", 2),
        ("---\ntitle: A\nexecute: [\n---\n", 4),
        ("---\n- a list\n---\n", 2),
        ("Text\n\n```{python}\n#| echo: false\n#| fig-cap: a: b\n1\n```\n", 5),
        ("Text\n\n```{python}\n#| echo\n1\n```\n", 4),
    ],
    ids=["colon", "bracket", "list", "option", "no option"],
)
def test_bad_yaml_is_named(tmp_path, text, line):
    """One line says where."""
    with pytest.raises(RenderError) as raised:
        page(tmp_path, text)
    assert str(raised.value).startswith(f"page.qmd:{line}: yaml: ")
    assert "\n" not in str(raised.value)


def test_an_open_cell_is_named(tmp_path):
    """Its fence would swallow the rest of the page."""
    with pytest.raises(RenderError, match=r"^page.qmd:3: cell: its fence is not closed: close it$"):
        page(tmp_path, "Text\n\n```{python}\n1\n")


def test_text_must_be_utf_8(tmp_path):
    """A page in another encoding is named."""
    (tmp_path / "page.qmd").write_bytes("naïve".encode("latin-1"))
    with pytest.raises(RenderError, match=r"^page.qmd:1: text: .*: save it as UTF-8$"):
        read_page(tmp_path / "page.qmd", tmp_path)


@pytest.mark.parametrize(
    ("cells", "title"),
    [
        ([("markdown", "# A study")], "A study"),
        ([("markdown", ["# A study\n", "\n", "Text"])], "A study"),
        ([("code", "1"), ("markdown", "## A study {#s}\n")], "A study"),
        ([("markdown", "Text\n\n# A study")], None),
        ([("markdown", "Text"), ("markdown", "# A study")], None),
    ],
    ids=["alone", "with text", "after code", "below text", "in a later cell"],
)
def test_the_title_of_a_notebook_heads_its_first_text(tmp_path, cells, title):
    """It is taken out of the text, as Quarto does."""
    read = notebook(tmp_path, *cells)
    assert read.front_matter.values.get("title") == title
    assert ("study" in "".join(part.text for part in read.prose)) == (title is None)


def test_notebooks_count_cells(tmp_path):
    """The line of a problem in a notebook is the number of its cell."""
    read = notebook(tmp_path, ("markdown", "One\n\nTwo"), ("code", "#| echo: true\n1"))
    assert read.place(read.prose[0], 5) == "page.ipynb:1"
    assert [part.line for part in read.parts if isinstance(part, Cell)] == [2]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"nbformat": 3, "worksheets": []}'])
def test_what_is_no_notebook_is_named(tmp_path, text):
    """So are notebooks of versions long gone."""
    with pytest.raises(RenderError, match=r"^page.ipynb:1: notebook: .*: save it again in Jupyter"):
        page(tmp_path, text, "page.ipynb")


def test_raw_cells_are_refused(tmp_path):
    """They are not in the dialect."""
    with pytest.raises(RenderError, match=r"^page.ipynb:2: cell: a raw cell"):
        notebook(tmp_path, ("markdown", "Text"), ("raw", "x"))


@pytest.mark.parametrize("value", ["2020-13-45", "!!int x", "[1, !!float x]", "{b: 2020-02-31}"])
def test_a_value_that_is_none_is_named_at_its_line(tmp_path, value):
    """A date that is in no calendar, and a number that is none, are found below others."""
    with pytest.raises(RenderError, match=r"^page\.qmd:3: yaml: a value cannot be read"):
        page(tmp_path, f"---\ntitle: A\na: {value}\nc: 1\n---\n")
