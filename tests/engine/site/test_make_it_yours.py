"""Following the README's "Make it yours" gives another person's site, with nothing left over."""

import re

import pytest
import yaml
from checkout import PROJECT, copy_project, make_anothers, render

OWNER = """owner:
  name: Ada Byron
  spellings: [A. Byron]
  site: https://byron.example
  repository: https://code.example/byron/site
"""
BIB = r"""@article{byron1843notes,
  title = {Notes on the {Analytical} Engine}, author = {Byron, A. and Menabr{\'e}a, Luigi},
  journal = {Scientific Memoirs}, volume = 3, year = 1843,
}
"""
HOME = """---
title: Ada Byron
---

```{python}
from portfolio import pages

pages.owner()
```

## Papers

```{python}
pages.publications()
```
"""


@pytest.fixture(scope="module")
def fork(tmp_path_factory):
    """Return a copy of the project, made another person's by the README's six steps."""
    root = tmp_path_factory.mktemp("fork") / "site"
    copy_project(root)
    make_anothers(root, OWNER, BIB, HOME)
    return render(root, "embedded")


def test_the_site_is_the_new_owners(fork):
    """Home, listing and the paper's page show the new owner's work."""
    for page in ("index.html", "publications/index.html", "publications/byron1843notes.html"):
        text = (fork / "_site" / page).read_text(encoding="utf-8")
        assert "Notes on the Analytical Engine" in text
        assert '<strong class="me">A. Byron</strong>, Luigi Menabréa' in text


def test_nothing_of_the_first_owner_is_left(fork):
    """No published file names the first owner, their places, papers or addresses."""
    owner = yaml.safe_load((PROJECT / "_quarto.yml").read_text(encoding="utf-8"))["owner"]
    table = (PROJECT / "publications" / "papers.csv").read_text(encoding="utf-8")
    theirs = {*owner["name"].split(), owner["affiliation"]["text"], owner["site"]}
    theirs |= {link["href"] for link in owner["links"]}
    theirs |= set(re.findall(r"^\w+,(\w+),", table.partition("\n")[2], re.MULTILINE))
    for path in (fork / "_site").rglob("*"):
        if path.suffix in {".html", ".xml", ".bib", ".txt", ".css", ".js", ".svg"}:
            text = path.read_text(encoding="utf-8")
            assert [word for word in theirs if re.search(rf"\b{re.escape(word)}\b", text)] == []
            assert path.stem not in theirs
