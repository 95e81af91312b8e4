"""Quarto publishes nothing from outside the project and nothing hidden, whatever names it."""

import os
import shutil
import subprocess
import sys

import pytest
from surroundings import LEAN, search_path

from conftest import EXTENSION, PORTFOLIO, PROJECT
from portfolio.renderers.quarto import find_quarto

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="needs links"),
]
PAGE = """---
title: Odd
---

[a](data/link.txt) [b](/.git/config) [c](../secret.txt) ![d](data/picture.svg)
[e](data/folder/secret.txt) [f](data/own.txt) [g](data/alias.txt)

```{python}
from IPython.display import Markdown
Markdown("[h](data/made.txt)")
```
"""


def test_links_out_and_hidden_files_are_withdrawn(tmp_path):
    """Quarto copies them; the step after rendering takes them out again, and fails."""
    if find_quarto() is None:
        pytest.skip("needs Quarto 1.9 or later on PATH")
    root, data = tmp_path / "site", tmp_path / "site" / "data"
    shutil.copytree(EXTENSION, root / "_extensions" / "portfolio")
    for folder in (data, root / ".git", root / "publications" / "files"):
        folder.mkdir(parents=True)
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    (root / ".git" / "config").write_text("SECRET")
    for name in ("link.txt", "picture.svg", "made.txt", "named.txt"):
        (data / name).symlink_to(secret)
    (data / "folder").symlink_to(tmp_path)
    (data / "own.txt").write_text("own")
    (data / "alias.txt").symlink_to("own.txt")
    (root / "publications" / "files" / "x.pdf").symlink_to(secret)
    (root / "publications" / "index.qmd").write_text("---\ntitle: Papers\n---\n\nAll.\n")
    settings = PORTFOLIO.replace("project:\n", "project:\n  resources: [data/named.txt]\n")
    (root / "_quarto.yml").write_text(settings)
    (root / "index.qmd").write_text(PAGE)
    ours = {"QUARTO_PYTHON": sys.executable, "PYTHONPATH": search_path(PROJECT / "scripts")}
    ran = subprocess.run(
        [find_quarto(), "render"],
        cwd=root,
        env=os.environ | LEAN | ours,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode != 0
    assert "data/link.txt:1: site: it would be published: it is a link that leads out" in ran.stderr
    site = root / "_site"
    assert (site / "data" / "own.txt").is_file()
    assert not [path for path in site.rglob("*") if path.is_symlink()]
    assert not [p for p in site.rglob("*") if p.is_file() and b"SECRET" in p.read_bytes()]
