"""Small files with each oddity that real ones hold, and what is read of them.

A case is a file of ``corpus`` with its expectations in a ``.yml`` beside it, or a folder of files
with an ``expected.yml`` in it: what the papers say, in order, and every message.
"""

import shutil
from pathlib import Path

import pytest
import yaml

from portfolio.records.bibliography import load_bibliography

CORPUS = Path(__file__).with_name("corpus")
CASES = sorted(path for path in CORPUS.iterdir() if path.suffix != ".yml" and path.name[0] != ".")
NAMES = {".bib": "publications.bib", ".csv": "papers.csv", ".tsv": "papers.tsv"}
SAID = {
    "authors": lambda paper: [name.display for name in paper.authors],
    "sorted": lambda paper: [name.sort for name in paper.authors],
    "marks": lambda paper: [name.marks for name in paper.authors],
    "author_links": lambda paper: [name.link for name in paper.authors],
    "links": lambda paper: [f"{link.text} {link.href}" for link in paper.links],
    "date": lambda paper: str(paper.date),
    "when": lambda paper: paper.when.in_full,
    "certain": lambda paper: str(paper.when.certain),
    "pages": lambda paper: list(paper.pages),
    "versions": lambda paper: [version.key for version in paper.versions],
    "note_html": lambda paper: paper.html("note"),
    "publisher": lambda paper: paper.fields.get("publisher", ""),
    "fields": lambda paper: dict(paper.fields),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_oddity_is_read_and_named(case, tmp_path):
    """The papers say what they should, and each oddity is one message with its place."""
    folder = tmp_path / "publications"
    if case.is_dir():
        shutil.copytree(case, folder)
        (folder / "expected.yml").unlink()
        expected = yaml.safe_load((case / "expected.yml").read_text(encoding="utf-8"))
    else:
        folder.mkdir()
        shutil.copy(case, folder / NAMES[case.suffix])
        expected = yaml.safe_load(Path(f"{case}.yml").read_text(encoding="utf-8"))
    papers = load_bibliography(tmp_path)
    said = [
        {name: SAID[name](paper) if name in SAID else getattr(paper, name) for name in wanted}
        for paper, wanted in zip(papers, expected["papers"], strict=True)
    ]
    assert said == expected["papers"]
    assert [str(problem) for problem in papers.problems] == expected["problems"]
