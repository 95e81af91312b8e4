"""A copy of the tiny site, to be rendered, and what its pages say that they should look like."""

import re
import shutil
from pathlib import Path

import nbformat

SOURCE = Path(__file__).parents[1] / "tinysite"
CRLF = "more/embeds.qmd"
_OUTLINE = re.compile(r"<!-- outline\n(.*?)\n-->", re.DOTALL)


def copied(folder: Path) -> Path:
    """Copy the tiny site to ``folder``; one of its pages as editors on Windows save it."""
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("_site", ".*", "made.qmd"))
    page = folder / CRLF
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    return folder


def expected(source: Path) -> list[str]:
    """Return the outline that a page carries in its last comment."""
    if source.suffix == ".ipynb":
        text = nbformat.read(source, as_version=4).cells[-1].source
    else:
        text = source.read_text(encoding="utf-8")
    return _OUTLINE.findall(text)[-1].splitlines()
