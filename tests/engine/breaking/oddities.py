"""Odd contents of a project, by name: what to lay over a sound small site."""
# ruff: noqa: E501  each case stands on one line

import base64
import json
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

Odd = dict[str, str | bytes | Callable[[Path], object]]
"""Files by their paths: what they hold, or what makes them."""

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
BIB = "publications/publications.bib"
NEWS = "news/news.csv"
FOLDER = "@misc{b, title={B}, author={Doe, Jane}, year=2000}\n"
SETTINGS = """owner:
  name: Ada Byron
  site: https://ada.example
  repository: https://code.example/ada
project:
  type: portfolio
"""

SOUND: Odd = {
    "_quarto.yml": SETTINGS,
    "index.qmd": "---\ntitle: About\n---\n\nI think.\n",
    "publications/index.qmd": "---\ntitle: Publications\n---\n\nAll.\n",
    "publications/publications.bib": (
        "@article{notes, title={Notes}, author={Byron, Ada}, journal={Memoirs}, year=1843}\n"
    ),
    "news/news.csv": "date,text,link\n1843-09-01,Out.,\n",
}
EXTENSION = Path(__file__).parents[3] / "_extensions" / "portfolio"


def lay(odd: Odd, root: Path) -> None:
    """Make a sound small site with the engine's extension, and lay these files over it."""
    shutil.copytree(EXTENSION, root / "_extensions" / "portfolio")
    for path, held in (*SOUND.items(), *odd.items()):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if callable(held):
            held(file)
        else:
            file.write_bytes(
                held.encode("utf-8", "surrogatepass") if isinstance(held, str) else held
            )


def settings(more: str) -> Odd:
    """Return settings with lines added below those of a sound site."""
    return {"_quarto.yml": SETTINGS + more}


def owner(more: str) -> Odd:
    """Return settings with a line added to the owner's block."""
    return {"_quarto.yml": SETTINGS.replace("project:", f"  {more}\nproject:")}


def page(front: str, text: str = "Words.\n") -> Odd:
    """Return a page of its own with this front matter."""
    return {"talks.qmd": f"---\n{front}\n---\n\n{text}"}


def words(text: str) -> Odd:
    """Return a page of its own with this text."""
    return page("title: Talks", text)


def link(target: str) -> Callable[[Path], object]:
    """Return what makes a link."""
    return lambda path: path.symlink_to(target)


def fifo(path: Path) -> None:
    """Make a FIFO, which waits for ever if it is opened."""
    os.mkfifo(path)


def outside(path: Path) -> None:
    """Make a link to a file beside the project."""
    root = next(folder for folder in path.parents if (folder / "_quarto.yml").is_file())
    secret = root.parent / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    path.symlink_to(secret)


def bound(path: Path) -> None:
    """Make a socket."""
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


TEXTS: dict[str, Odd] = {
    "news in Latin-1": {NEWS: "date,text,link\n2020-01-01,Café,\n".encode("latin-1")},
    "news in UTF-16": {NEWS: "date,text,link\n2020-01-01,Café,\n".encode("utf-16")},
    "news in UTF-16 without a mark": {
        NEWS: "date,text,link\n2020-01-01,Foam,\n".encode("utf-16-le")
    },
    "news in UTF-32": {NEWS: "date,text,link\n2020-01-01,Café,\n".encode("utf-32")},
    "news with a mark": {NEWS: "\ufeffdate,text,link\n2020-01-01,Café,\n"},
    "news with CR": {NEWS: "date,text,link\r2020-01-01,Foam,\r"},
    "news with NUL": {NEWS: "date,text,link\n2020-01-01,Fo\0am,\n"},
    "news with U+FFFF": {NEWS: "date,text,link\n2020-01-01,Fo\uffffam,\n"},
    "news with a bell": {NEWS: "date,text,link\n2020-01-01,Fo\x07am,\n"},
    "news in two encodings": {
        NEWS: b"date,text,link\n2020-01-01,Caf\xe9,\n2020-01-02,Caf\xc3\xa9,\n"
    },
    "news cut in a letter": {NEWS: b"date,text,link\n2020-01-01,Caf\xc3"},
    "news with an open quote": {NEWS: 'date,text,link\n2020-01-01,"Foam,\n2020-01-02,Sea,\n'},
    "news without a header": {NEWS: "2020-01-01,Foam,\n"},
    "news with semicolons": {NEWS: "date;text;link\n2020-01-01;Foam, sea;\n"},
    "news with German dates": {NEWS: "date,text,link\n31.01.2021,Foam,\n"},
    "news of the year 0": {NEWS: "date,text,link\n0000-01-01,Foam,\n"},
    "news of the year 1": {NEWS: "date,text,link\n0001-01-01,Foam,\n"},
    "news with a long cell": {NEWS: f"date,text,link\n2020-01-01,{'a' * 200_000},\n"},
    "news empty": {NEWS: ""},
    "news of commas": {NEWS: ",,,\n,,,\n"},
    "news binary": {NEWS: bytes(range(256)) * 4},
    "news with markup": {NEWS: "date,text,link\n2020-01-01,<script>x</script> ]]> &amp;,\n"},
    "news with an odd link": {NEWS: "date,text,link\n2020-01-01,Foam,http://[::1\n"},
    "people in Latin-1": {
        "publications/people.csv": "name,link\nJané,https://a.example\n".encode("latin-1")
    },
    "people without a header": {"publications/people.csv": "Jane Doe,https://a.example\n"},
    "papers with an open quote": {"publications/papers.csv": 'key,summary\nnotes,"A\nx,B\n'},
    "papers without a key": {"publications/papers.csv": "summary\nA\n"},
    "papers in TSV with commas": {"publications/papers.tsv": "key,summary\nnotes,A\n"},
    "bib empty": {BIB: ""},
    "bib in UTF-16": {BIB: FOLDER.encode("utf-16")},
    "bib of a key named publications": {BIB: FOLDER.replace("{b,", "{publications,")},
    "bib of a key named index": {BIB: FOLDER.replace("{b,", "{index,")},
    "bib of a key of 260 letters": {BIB: FOLDER.replace("{b,", "{" + "k" * 260 + ",")},
    "bib of a key of 260 accents": {BIB: FOLDER.replace("{b,", "{" + "é" * 260 + ",")},
    "bib of a slug of 300 letters": {"publications/papers.csv": f"key,slug\nnotes,{'s' * 300}\n"},
    "bib of a title that ends in footnote": {BIB: FOLDER.replace("{B}", "{B\\footnote}")},
    "bib of a title that is a command": {BIB: FOLDER.replace("{B}", "{\\textbf}")},
    "bib of a title of an open math": {BIB: FOLDER.replace("{B}", "{$x}")},
    "bib of a chain of crossrefs": {
        BIB: "".join(f"@misc{{k{n}, title={{T}}, crossref={{k{n + 1}}}}}\n" for n in range(1200))
    },
    "bib of a circle of crossrefs": {
        BIB: "@misc{a, crossref={b}, title={A}}\n@misc{b, crossref={a}, title={B}}\n"
    },
    "bib with a lone surrogate": {
        BIB: FOLDER.replace("{B}", "{B\ud800}").encode("utf-8", "surrogatepass")
    },
    "bib with an override": {BIB: FOLDER.replace("Doe, Jane", "Doe, \u202eJane")},
    "bib with an isolate": {BIB: FOLDER.replace("Doe, Jane", "Doe, \u2067Jane")},
}
SETTINGS_AND_PAGES: dict[str, Odd] = {
    "settings broken": {"_quarto.yml": "project:\n  type: portfolio\n  foo: [\n"},
    "settings empty": {"_quarto.yml": ""},
    "settings a list": {"_quarto.yml": "- a\n"},
    "settings a word": {"_quarto.yml": "portfolio\n"},
    "settings in Latin-1": {"_quarto.yml": SETTINGS.replace("Ada", "Adé").encode("latin-1")},
    "settings in UTF-16": {"_quarto.yml": SETTINGS.encode("utf-16")},
    "settings with a tab": settings("\tx: y\n"),
    "settings of a key twice": settings("lang: en\nlang: en\n"),
    "settings that refer to themselves": settings("menu: &a [*a]\n"),
    "settings that refer to themselves by key": settings("menu: &a {b: *a}\n"),
    "settings that grow": settings(
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{name}: &{name} [{', '.join([f'*{under}'] * 9)}]\n"
            for under, name in zip("abcdefgh", "bcdefghi", strict=True)
        )
    ),
    "settings nested deeply": settings(f"a: {'[' * 5000}\n"),
    "settings with a date that is none": settings("a: 2020-13-45\n"),
    "settings with a huge number": settings(f"a: {'9' * 5000}\n"),
    "settings with a tag": settings("a: !!python/name:os.system\n"),
    "settings with infinity": settings("a: [.inf, .nan]\n"),
    "project a word": {
        "_quarto.yml": SETTINGS.replace("project:\n  type: portfolio", "project: portfolio")
    },
    "project type a list": {"_quarto.yml": SETTINGS.replace("portfolio", "[portfolio]")},
    "project type a path": {
        "_quarto.yml": SETTINGS.replace("type: portfolio", "type: ../portfolio")
    },
    "project type of stars": {"_quarto.yml": SETTINGS.replace("type: portfolio", "type: '**'")},
    "render a number": settings("  render: 5\n"),
    "render a mapping": settings("  render: {a: b}\n"),
    "output a list": settings("  output-dir: [a]\n"),
    "resources of numbers": settings("  resources: [1, 2.5]\n"),
    "resources outside": {
        **settings("  resources: [files/x.txt]\n"),
        "files/x.txt": outside,
    },
    "resources hidden": {**settings("  resources: [.env]\n"), ".env": "SECRET"},
    "script with an open quote": settings('  pre-render: "a.py \'b"\n'),
    "script a mapping": settings("  pre-render: {a: b}\n"),
    "profile a mapping": settings("profile: {group: {a: b}}\n"),
    "css a mapping": settings("css: {a: b}\n"),
    "css a number": settings("css: 5\n"),
    "css lost": settings("css: own.css\n"),
    "css a link out": {**settings("css: files/own.css\n"), "files/own.css": outside},
    "format a word": settings("format: html\n"),
    "template a list": settings("format: {html: {template: [a]}}\n"),
    "language a word": settings("language: de\n"),
    "owner a list": {"_quarto.yml": "owner: [a]\nproject:\n  type: portfolio\n"},
    "owner a number": {"_quarto.yml": "owner: 5\nproject:\n  type: portfolio\n"},
    "owner's name a list": {"_quarto.yml": SETTINGS.replace("Ada Byron", "[Ada, Byron]")},
    "owner's name a number": {"_quarto.yml": SETTINGS.replace("Ada Byron", "2020")},
    "owner's site a list": {"_quarto.yml": SETTINGS.replace("https://ada.example", "[a]")},
    "links as words": owner("links: [https://a.example, Code]"),
    "links a word": owner("links: Code"),
    "links a number": owner("links: 5"),
    "links a mapping": owner("links: {text: Code, href: https://code.example}"),
    "links of lists": owner("links: [[a, b]]"),
    "links without an address": owner("links: [{text: Code}]"),
    "links of nothing": owner("links: [null]"),
    "spellings a mapping": owner("spellings: {a: b}"),
    "spellings of numbers": owner("spellings: [1, null]"),
    "affiliation a list": owner("affiliation: [a, b]"),
    "affiliation a number": owner("affiliation: 5"),
    "role a mapping": owner("role: {a: b}"),
    "menu a word": settings("site-menu: About\n"),
    "menu of words": settings("site-menu: [About]\n"),
    "front matter of yes": page("title: Talks\nyes: 1"),
    "front matter of a year": page("title: Talks\n2020: a"),
    "front matter of a dot": page("title: Talks\na.b: c"),
    "front matter of a list as key": page("title: Talks\n? [a]\n: b"),
    "front matter of a circle": page("title: Talks\na: &a [*a]"),
    "front matter of a merge": page("<<: {title: Talks}"),
    "front matter a list": page("- title"),
    "front matter a word": page("title"),
    "front matter open": {"talks.qmd": "---\ntitle: Talks\n\nWords\n"},
    "front matter broken": page("title: [", "Words"),
    "title a list": page("title: [a, b]"),
    "title a mapping": page("title: {a: b}"),
    "title a date": page("title: 2020-01-01"),
    "title a date that is none": page("title: 2020-02-31"),
    "title of nothing": page("title:"),
    "title of markup": page('title: "<b>$x$ **b**"'),
    "title of a control": page('title: "Ta\\u0007lks\\ud800"'),
    "no title": {"talks.qmd": "Words.\n"},
    "folder settings broken": {**words("Words."), "_metadata.yml": "a: ["},
    "folder settings in Latin-1": {
        **words("Words."),
        "_metadata.yml": "description: é".encode("latin-1"),
    },
    "folder settings a list": {**words("Words."), "_metadata.yml": "- a"},
    "page in Latin-1": {"talks.qmd": "---\ntitle: Café\n---\n".encode("latin-1")},
    "page in UTF-16": {"talks.qmd": "---\ntitle: Café\n---\n".encode("utf-16")},
    "page with NUL": words("Wor\0ds.\n"),
    "page binary": {"talks.qmd": bytes(range(256))},
    "page empty": {"talks.qmd": ""},
    "page with CR": {"talks.qmd": b"---\rtitle: Talks\r---\r\rWords.\r"},
    "cell with a remark": words("```{python}\n#| just a remark\n1\n```\n"),
    "cell with a list as label": words("```{python}\n#| label: [a]\n1\n```\n"),
    "cell with a list as caption": words("```{python}\n#| fig-cap: [a, b]\n1\n```\n"),
    "cell with broken options": words("```{python}\n#| label: [\n1\n```\n"),
    "cell not closed": words("```{python}\n1\n"),
    "cells of one label": words(
        "```{python}\n#| label: a\n1\n```\n\n```{python}\n#| label: a\n1\n```\n"
    ),
    "cell that no Python reads": words("```{python}\ndef (\n```\n"),
    "div not closed": words("Words.\n\n::: {.a}\n\nMore.\n"),
    "formula torn": words("Words: $\\frac{1$.\n"),
    "title of a torn formula": page("title: 'On $\\frac{1$'"),
    "note that nobody cites": words("Words.\n\n[^1]: Alone.\n"),
    "cell of another language": words("```{r}\n1\n```\n"),
    "embed of nothing": words("{{< embed notebooks/none.ipynb#fig-a >}}\n"),
    "embed of no notebook": words("{{< embed ../none.ipynb#fig-a >}}\n"),
    "figure of nothing": words("See @fig-none.\n"),
    "shortcode": words("{{< video x >}}\n"),
    "link to git": {**words("[x](/.git/config)\n"), ".git/config": "SECRET"},
    "link to a hidden file": {**words("[x](.env) ![y](/.env)\n"), ".env": "SECRET"},
    "link out": {**words("[x](files/x.txt)\n"), "files/x.txt": outside},
    "link above": {**words("[x](../secret.txt)\n"), "files/x.txt": outside},
    "picture out": {**words("![x](files/x.svg)\n"), "files/x.svg": outside},
    "tag out": {**words('<a href="files/x.txt">x</a>\n'), "files/x.txt": outside},
    "reference out": {**words("[x]\n\n[x]: files/x.txt\n"), "files/x.txt": outside},
    "link to a FIFO": {**words("[x](files/x.txt)\n"), "files/x.txt": fifo},
    "link of odd signs": words("[x](%00) [y](%ff%fe) [z](a\\b) [l](" + "a" * 5000 + ")\n"),
    "two sources of one page": {
        **words("Words."),
        "talks.ipynb": "{}",
        **settings("  render: ['**/*.qmd', '*.ipynb']\n"),
    },
    "no listing": {"publications/index.qmd": lambda path: path.unlink()},
}
FILES: dict[str, Odd] = {
    "a folder named like a .bib": {"publications/x.bib/y.txt": "y"},
    "a folder named like a page": {"x.qmd/y.txt": "y"},
    "a folder named like the news": {"news/news.csv": lambda path: (path.unlink(), path.mkdir())},
    "an Emacs lock": {"publications/.#publications.bib": link("ada@host.1:2")},
    "an Emacs draft": {"publications/#publications.bib#": FOLDER},
    "a hidden .bib": {"publications/.x.bib": FOLDER},
    "macOS's shadow": {"publications/._publications.bib": b"\0\5\26\7"},
    "Jupyter's lock": {"notebooks/.~one.ipynb": "{"},
    "a conflict copy": {
        "publications/publications.sync-conflict-20260101-010101-ABCDEFG.bib": FOLDER
    },
    "a dangling .bib": {"publications/x.bib": link("nowhere")},
    "a dangling page": {"x.qmd": link("nowhere")},
    "a dangling file": {"publications/files/x.pdf": link("nowhere")},
    "a loop": {"publications/x.bib": link("x.bib")},
    "a loop of folders": {"publications/files/loop": link("..")},
    "a .bib out": {"publications/x.bib": outside},
    "a page out": {"news/x.qmd": outside},
    "a notebook out": {"notebooks/x.ipynb": outside},
    "a PDF out": {"publications/files/x.pdf": outside},
    "the paper's PDF out": {
        "publications/files/x.pdf": outside,
        "publications/papers.csv": "key,pdf\nnotes,publications/files/x.pdf\n",
    },
    "news out": {"news/news.csv": lambda path: (path.unlink(), outside(path))},
    "a FIFO for a .bib": {"publications/x.bib": fifo},
    "a FIFO for a page": {"x.qmd": fifo},
    "a FIFO for the news": {"news/news.csv": lambda path: (path.unlink(), fifo(path))},
    "a FIFO for the settings of a folder": {"news/_metadata.yml": fifo},
    "a FIFO anywhere": {"data/x": fifo},
    "a socket": {"publications/x.bib": bound},
    "a name that is no UTF-8": {"publications/\udcff.bib": FOLDER},
    "a page whose name is no UTF-8": {"\udcff.qmd": "---\ntitle: T\n---\n"},
    "a page of a name that turns": {"x\u202edmq.qmd": "---\ntitle: T\n---\n"},
    "a page of a name of two lines": {"x\ny.qmd": "---\ntitle: T\n---\n"},
    "a page of a name of marks": {"a #1%2?&'\".qmd": "---\ntitle: T\n---\n"},
}


def notebook(cells: object, **more: object) -> Odd:
    """Return a notebook of the paper."""
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells} | more
    return {"notebooks/notes.ipynb": json.dumps(whole)}


def code(outputs: object, **more: object) -> Odd:
    """Return a notebook with one cell of code and these outputs."""
    cell = {"cell_type": "code", "source": "1", "metadata": {}, "id": "a", "execution_count": 1}
    return notebook([cell | {"outputs": outputs} | more])


def shown(data: object) -> Odd:
    """Return a notebook whose cell shows this, and whose cell is a figure's."""
    output = {"output_type": "display_data", "metadata": {}, "data": data}
    return code([output], source="#| label: fig-a\n#| fig-alt: A\n1")


NOTEBOOKS: dict[str, Odd] = {
    "empty file": {"notebooks/notes.ipynb": ""},
    "a word": {"notebooks/notes.ipynb": '"x"'},
    "a list": {"notebooks/notes.ipynb": "[]"},
    "nothing": {"notebooks/notes.ipynb": "null"},
    "cut off": {"notebooks/notes.ipynb": '{"cells": [{"cell_type'},
    "merged": {"notebooks/notes.ipynb": '{\n<<<<<<< HEAD\n "a": 1\n=======\n "a": 2\n>>>>>>> b\n}'},
    "in Latin-1": {"notebooks/notes.ipynb": '{"cells": [], "x": "é"}'.encode("latin-1")},
    "in UTF-16": {"notebooks/notes.ipynb": '{"cells": []}'.encode("utf-16")},
    "with a mark": {"notebooks/notes.ipynb": "\ufeff" + '{"cells": []}'},
    "nested deeply": {"notebooks/notes.ipynb": "[" * 100_000},
    "nested deeply within": notebook([], x=json.loads("[" * 500 + "]" * 500)),
    "a huge number": {"notebooks/notes.ipynb": '{"cells": [], "x": ' + "9" * 5000 + "}"},
    "infinity": {"notebooks/notes.ipynb": '{"cells": [], "x": [NaN, Infinity]}'},
    "version 3": {"notebooks/notes.ipynb": '{"nbformat": 3, "worksheets": [{"cells": []}]}'},
    "version 2": {"notebooks/notes.ipynb": '{"nbformat": 2, "cells": []}'},
    "version a word": notebook([], nbformat="4"),
    "version 5": notebook([], nbformat=5),
    "no version": {"notebooks/notes.ipynb": '{"cells": []}'},
    "no cells": {"notebooks/notes.ipynb": '{"nbformat": 4, "metadata": {}}'},
    "no metadata": {"notebooks/notes.ipynb": '{"nbformat": 4, "cells": []}'},
    "metadata a list": notebook([], metadata=[]),
    "metadata of ours a word": notebook([], metadata={"portfolio": "x"}),
    "metadata of ours a list": notebook([], metadata={"portfolio": {"inputs": [1], "code": []}}),
    "metadata of odd inputs": notebook(
        [], metadata={"portfolio": {"inputs": {"../../x": 1, "a\0": 2}}}
    ),
    "cells a word": notebook("x"),
    "cells a mapping": notebook({"a": 1}),
    "cells of words": notebook(["x", 1, None]),
    "cell without a type": notebook([{"source": "x"}]),
    "cell without a source": notebook([{"cell_type": "code"}]),
    "cell of an odd type": notebook([{"cell_type": "heading", "source": "x"}]),
    "cell of a type that is a list": notebook([{"cell_type": ["code"], "source": "x"}]),
    "raw cell": notebook([{"cell_type": "raw", "source": "x", "metadata": {}}]),
    "source a list": notebook([{"cell_type": "markdown", "source": ["# A\n", "b"]}]),
    "source a number": notebook([{"cell_type": "markdown", "source": 5}]),
    "source nothing": notebook([{"cell_type": "markdown", "source": None}]),
    "source of odd parts": notebook([{"cell_type": "markdown", "source": ["# a", 1, None]}]),
    "source with CR": notebook(
        [{"cell_type": "code", "source": "#| label: a\r\n1\r\n", "outputs": []}]
    ),
    "source with a surrogate": {
        "notebooks/notes.ipynb": '{"cells": [{"cell_type": "markdown", "source": "# a\\ud800"}]}'
    },
    "source with a bell": notebook([{"cell_type": "markdown", "source": "# a\x07\uffff"}]),
    "no outputs": notebook([{"cell_type": "code", "source": "1"}]),
    "outputs nothing": code(None),
    "outputs a mapping": code({}),
    "outputs a word": code("x"),
    "outputs of words": code(["x", 1, None]),
    "output without a type": code([{"text": "x"}]),
    "output without a type, with data": code([{"data": {"text/plain": "x"}}]),
    "output of an odd type": code([{"output_type": "odd", "text": "x"}]),
    "output of version 3": code([{"output_type": "pyout", "text": ["x"]}]),
    "stream of a blank": code([{"output_type": "stream", "name": "stdout", "text": ""}]),
    "stream of a space": code([{"output_type": "stream", "name": "stdout", "text": " "}]),
    "stream of one long line": code(
        [{"output_type": "stream", "name": "stdout", "text": "a" * 300_000}]
    ),
    "stream without a name": code([{"output_type": "stream", "text": "x"}]),
    "stream without a text": code([{"output_type": "stream", "name": "stdout"}]),
    "stream of lines": code([{"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]}]),
    "stream of colours": code(
        [{"output_type": "stream", "name": "stderr", "text": "\x1b[31mred\x1b[0m"}]
    ),
    "stream of progress": code(
        [{"output_type": "stream", "name": "stderr", "text": "10%\r20%\r\n"}]
    ),
    "stream of a million letters": code(
        [{"output_type": "stream", "name": "stdout", "text": "a b\n" * 100_000}]
    ),
    "stored error": code(
        [
            {
                "output_type": "error",
                "ename": "E",
                "evalue": "x",
                "traceback": ["\x1b[31mE: x\x1b[0m"],
            }
        ]
    ),
    "error without a traceback": code([{"output_type": "error", "ename": "E", "evalue": "x"}]),
    "error with a word as traceback": code([{"output_type": "error", "traceback": "x"}]),
    "error of nothing": code([{"output_type": "error"}]),
    "data nothing": code([{"output_type": "display_data", "data": None}]),
    "data a list": code([{"output_type": "display_data", "data": []}]),
    "data empty": shown({}),
    "data of numbers": shown({"text/plain": 5, "text/html": None}),
    "data of lists": shown({"text/html": ["<b>", 1, "</b>"]}),
    "a result without data": code([{"output_type": "execute_result"}]),
    "a widget": shown(
        {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/plain": "W()"}
    ),
    "a widget alone": shown({"application/vnd.jupyter.widget-view+json": {"model_id": "a"}}),
    "plotly": shown({"application/vnd.plotly.v1+json": {"data": []}, "text/html": "<div></div>"}),
    "latex": shown({"text/latex": "$x$", "text/plain": "x"}),
    "json": shown({"application/json": {"a": 1}, "text/plain": "x"}),
    "a picture": shown({"image/png": PNG}),
    "a picture of lines": shown({"image/png": [PNG[:20], PNG[20:]]}),
    "a picture cut off": shown({"image/png": PNG[:41]}),
    "a picture that is none": shown({"image/png": base64.b64encode(b"none").decode()}),
    "a picture of nothing": shown({"image/png": ""}),
    "a picture of other letters": shown({"image/png": "é!"}),
    "a picture cut off in the middle": shown({"image/png": PNG[:60]}),
    "a drawing": shown({"image/svg+xml": "<svg/>", "image/png": PNG}),
    "a drawing that is none": shown({"image/svg+xml": "none", "image/png": PNG}),
    "two pictures in a figure's cell": code(
        [{"output_type": "display_data", "data": {"image/png": PNG}}] * 2,
        source="#| label: fig-a\n1",
    ),
    "options a list": code([], source="#| - a\n1"),
    "options a remark": code([], source="#| just a remark\n1"),
    "options broken": code([], source="#| label: [\n1"),
    "options a circle": code([], source="#| a: &a [*a]\n1"),
    "a label a list": code([], source="#| label: [fig-a]\n1"),
    "a label a number": code([], source="#| label: 5\n1"),
    "a caption a list": shown({"image/png": PNG})
    | code(
        [{"output_type": "display_data", "data": {"image/png": PNG}}],
        source="#| label: fig-a\n#| fig-cap: [a, b]\n1",
    ),
    "a caption of raw HTML": code(
        [{"output_type": "display_data", "data": {"image/png": PNG}}],
        source='#| label: fig-a\n#| fig-cap: "<script>x</script>"\n1',
    ),
}
ALL = (
    TEXTS
    | SETTINGS_AND_PAGES
    | FILES
    | {f"notebook: {name}": odd for name, odd in NOTEBOOKS.items()}
)
