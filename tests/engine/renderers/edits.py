"""A small portfolio to be edited at random, in every way in which people edit one."""

import base64
import csv
import io
import json
import os

from checkout import copy_example
from PIL import Image

ODD = """---
title: Odd
---

```{python}
import os
from pathlib import Path

from tides import height

sorted(os.listdir("data")), Path("data/waves.csv").read_text(), height(), os.environ.get("TIDE")
```

```{python}
from portfolio import pages

print(Path("index.qmd").read_text()[-200:], len(pages.table()))
```
"""
RENDERED = '  render: ["**/*.qmd", notebooks/*.ipynb, study/*.ipynb, "!/scripts/", "!/tests/"]\n'
MODULE = "from pathlib import Path\n\n\ndef height():\n    return 1\n"
LISTS = """---
title: Lists
---

```{python}
from portfolio import pages

pages.posts()
```

```{python}
pages.talks()
```
"""
ENTRY = (
    "\n@article{%s,\n  title = {%s},\n  author = {Byron, Ada and Doe, Jane},\n"
    "  journal = {Letters on Seas},\n  year = {%d},\n}\n"
)


def settle(root):
    """Make the portfolio in the folder ``root``."""
    copy_example(root)
    (root / "odd.qmd").write_text(ODD)
    (root / "lists.qmd").write_text(LISTS)
    (root / "data").mkdir()
    (root / "data" / "waves.csv").write_text("wave,height\n1,2\n")
    (root / "scripts").mkdir()
    (root / "scripts" / "tides.py").write_text(MODULE)
    (root / "own.css").write_text("main { color: black }\n")
    change(root / "_quarto.yml", lambda text: f"css: own.css\n{text}{RENDERED}")


def change(path, how):
    """Save a file again; how its text changes is a function."""
    path.write_text(how(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def bib(root):
    """Return the bibliography's file."""
    return root / "publications" / "publications.bib"


def entries(root):
    """Return the bibliography's entries."""
    return [f"@{entry}" for entry in bib(root).read_text(encoding="utf-8").split("\n@")]


def edit_letter(_, root):
    """Put a letter more into a title."""
    change(bib(root), lambda text: text.replace("title", "title", 1).replace(" = {", " = {X", 1))


def edit_any_letter(chance, root):
    """Put letters, or a word of LaTeX, before some value."""
    text = bib(root).read_text(encoding="utf-8")
    places = [
        place for place, letter in enumerate(text) if letter == "{" and text[place - 2] == "="
    ]
    place = chance.choice(places) + 1
    word = chance.choice(["a", "Ä ", "$x_1$ ", "--", r"\emph{sea} ", "<b>", "& "])
    bib(root).write_text(text[:place] + word + text[place:], encoding="utf-8", newline="\n")


def add_entry(chance, root):
    """Add an entry."""
    number = chance.randrange(10**6)
    entry = ENTRY % (f"byron{number}", f"Sea {number}", chance.randrange(1990, 2024))
    change(bib(root), lambda text: text + entry)


def remove_entry(chance, root):
    """Remove an entry."""
    kept = entries(root)
    if len(kept) > 1:
        kept.pop(chance.randrange(len(kept)))
    bib(root).write_text("\n".join(kept).replace("@@", "@"), encoding="utf-8", newline="\n")


def rename_entry(chance, root):
    """Rename a key, which a table may have a row for."""
    change(bib(root), lambda text: text.replace("{byron", f"{{byron{chance.randrange(99)}", 1))


def reorder_entries(chance, root):
    """Put the same entries into another order."""
    mixed = entries(root)
    chance.shuffle(mixed)
    text = "\n".join(entry.strip().replace("@@", "@") + "\n" for entry in mixed)
    bib(root).write_text(text, encoding="utf-8", newline="\n")


def second_bibliography(chance, root):
    """Add another .bib file, rename it, or remove it."""
    path = root / "publications" / "more.bib"
    if path.exists() and chance.random() < 0.5:
        path.unlink()
    elif path.exists():
        path.rename(path.with_name(f"more{chance.randrange(9)}.bib"))
    else:
        path.write_text(ENTRY % (f"doe{chance.randrange(99)}", "More seas", 2011))


def edit_table(chance, root):
    """Fill in a cell of the papers' table."""
    path = root / "publications" / "papers.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    row = chance.choice(rows)
    name = chance.choice(["slug", "abbr", "note", "selected", "summary", "code"])
    row[name] = chance.choice(["", "true", "of *tides*", f"word{chance.randrange(9)}"])
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


def edit_people(chance, root):
    """Say where a co-author is to be found."""
    path = root / "publications" / "people.csv"
    path.write_text(f"name,link\nJane Doe,https://doe.example/{chance.randrange(9)}\n")


def edit_news(chance, root):
    """Add an item of news, or remove all but the first two."""
    path = root / "news" / "news.csv"
    if chance.random() < 0.3:
        change(path, lambda text: "".join(text.splitlines(keepends=True)[:3]))
    else:
        change(path, lambda text: text + f"2022-01-0{chance.randrange(1, 9)},Gone to sea.,looms\n")


def pages_of(root):
    """Return the sources of pages that are no other's home."""
    return sorted(
        path for path in root.rglob("*.qmd") if "_" not in path.relative_to(root).parts[0]
    )


def edit_prose(chance, root):
    """Add a sentence to some page."""
    change(chance.choice(pages_of(root)), lambda text: text + "\nA sentence *more*, $x^2$.\n")


def add_page(chance, root):
    """Add a page that links to others and asks for parts."""
    name = f"page{chance.randrange(5)}.qmd"
    cell = "```{python}\nfrom portfolio import pages\npages.latest_news(2, heading='News')\n```\n"
    text = f"---\ntitle: Page\n---\n\n[Home](index.qmd), [data](data/waves.csv)\n\n{cell}"
    (root / name).write_text(text)


def remove_page(chance, root):
    """Remove a page."""
    added = sorted(root.glob("page*.qmd"))
    if added:
        chance.choice(added).unlink()


def rename_page(chance, root):
    """Rename a page."""
    added = sorted(root.glob("page*.qmd"))
    if added:
        chance.choice(added).rename(root / f"page{chance.randrange(5, 9)}.qmd")


def page_of_paper(_, root):
    """Write a paper's own page, or remove it, so that it is made."""
    path = root / "publications" / "looms.qmd"
    if path.exists():
        path.unlink()
    else:
        cell = "```{python}\nfrom portfolio import pages\npages.paper('looms')\n```\n"
        path.write_text(f"---\ntitle: Looms\n---\n\n{cell}\nIn our own words.\n")


def picture(chance, size=(30, 20)):
    """Return a picture of one colour as PNG."""
    written = io.BytesIO()
    Image.new("RGB", size, tuple(chance.randrange(256) for _ in range(3))).save(written, "PNG")
    return written.getvalue()


def edit_notebook(chance, root):
    """Put another figure and caption into the notebook."""
    path = root / "notebooks" / "tides.ipynb"
    if not path.exists():
        return
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if "fig-turns" not in text:
            continue
        if chance.random() < 0.5:
            text = text.replace("fig-cap: ", f"fig-cap: {chance.choice(['New', '$x$', '*So*'])} ")
            cell["source"] = text
        for output in cell["outputs"]:
            if "image/png" in output.get("data", {}):
                drawn = picture(chance, (300, 200))
                output["data"]["image/png"] = base64.b64encode(drawn).decode()
    path.write_text(json.dumps(notebook), encoding="utf-8")


def another_notebook(chance, root):
    """Add a notebook of another paper, or remove that one."""
    path = root / "notebooks" / "looms.ipynb"
    if path.exists():
        path.unlink()
        return
    source = "#| label: fig-loom\n#| fig-alt: A colour.\n1"
    data = {"image/png": base64.b64encode(picture(chance)).decode()}
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [output]}
    text = {"cell_type": "markdown", "metadata": {}, "source": "# Looms"}
    path.write_text(json.dumps({"cells": [text, cell], "metadata": {}, "nbformat": 4}))


def notebook_elsewhere(chance, root):
    """Run a notebook elsewhere again, which changes how long that took and nothing else."""
    path = root / "study" / "waves.ipynb"
    path.parent.mkdir(exist_ok=True)
    text = {"cell_type": "markdown", "metadata": {}, "source": "# Waves"}
    run = {"portfolio": {"seconds": 60 * chance.randrange(1, 99)}}
    path.write_text(json.dumps({"cells": [text], "metadata": run, "nbformat": 4}))


def edit_style(chance, root):
    """Add a rule to the site's own style sheet."""
    change(root / "own.css", lambda text: text + f"p {{ margin: {chance.randrange(9)}px }}\n")


def edit_settings(chance, root):
    """Say another role, address, menu, or language."""
    old, new = chance.choice(
        [
            ("Research fellow", "Reader in engines"),
            ("https://byron.example", "https://byron.example/home"),
            ("{text: News,", "{text: Latest news,"),
            ("css: own.css\n", "css: own.css\nlang: de\n"),
            ("spellings: [A. Byron]", "spellings: [A. Byron, J. Doe]"),
        ]
    )
    change(root / "_quarto.yml", lambda text: text.replace(old, new, 1))


def name_picture(chance, root):
    """Name a picture for a paper, put another in its place, or remove it."""
    path = root / "publications" / "previews" / "looms.png"
    if path.exists() and chance.random() < 0.3:
        path.unlink()
        return
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(picture(chance))
    if "preview" not in bib(root).read_text(encoding="utf-8"):
        field = "{doe2020looms,\n  preview = {looms.png},"
        change(bib(root), lambda text: text.replace("{doe2020looms,", field))


def edit_post(chance, root):
    """Write a post, say something else of it above its text, or remove it."""
    path = root / "posts" / f"post{chance.randrange(2)}.qmd"
    if path.exists() and chance.random() < 0.3:
        path.unlink()
        return
    path.parent.mkdir(exist_ok=True)
    told = f"title: Post {chance.randrange(9)}\ndate: 2024-03-0{chance.randrange(1, 9)}\n"
    told += chance.choice(["", "draft: true\n", "categories: [Tides]\n"])
    path.write_text(f"---\n{told}---\n\nWords.\n", encoding="utf-8")


def edit_portrait(chance, root):
    """Give the owner a portrait, which lies where no papers do, or another."""
    path = root / "pictures" / "ada.png"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(picture(chance, (chance.randrange(20, 60), 40)))
    settings = (root / "_quarto.yml").read_text(encoding="utf-8")
    if "portrait" not in settings:
        portrait = "  portrait: {file: pictures/ada.png, alt: Ada}\n"
        change(root / "_quarto.yml", lambda text: text.replace("owner:\n", f"owner:\n{portrait}"))


def edit_talks(chance, root):
    """Say of a talk when and where it was given."""
    path = root / "talks" / "talks.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"date,title,where\n2024-0{chance.randrange(1, 9)}-01,On tides,Here\n")


def edit_data(chance, root):
    """Change what only a cell reads: a table, a module, a folder, the environment."""
    kind = chance.randrange(4)
    if kind == 0:
        change(root / "data" / "waves.csv", lambda text: text + f"{chance.randrange(9)},3\n")
    elif kind == 1:
        (root / "data" / f"more{chance.randrange(4)}.txt").write_text("more")
    elif kind == 2:
        change(root / "scripts" / "tides.py", lambda text: text.replace("return 1", "return 11"))
    else:
        os.environ["TIDE"] = str(chance.randrange(9))


def edit_nothing(_, root):
    """Save a file without a change."""
    change(bib(root), lambda text: text)


EDITS = (
    edit_letter,
    edit_any_letter,
    add_entry,
    remove_entry,
    rename_entry,
    reorder_entries,
    second_bibliography,
    edit_table,
    edit_people,
    edit_news,
    edit_prose,
    add_page,
    remove_page,
    rename_page,
    page_of_paper,
    edit_notebook,
    another_notebook,
    notebook_elsewhere,
    edit_style,
    edit_settings,
    name_picture,
    edit_post,
    edit_portrait,
    edit_talks,
    edit_data,
    edit_nothing,
)
