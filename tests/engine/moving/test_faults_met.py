"""Faults that real sites met when they moved in, each as a kind, on invented papers."""

import pytest

from portfolio.moving.move_in import move_in
from portfolio.records.bibliography import load_bibliography

ENTRY = (
    "@article{waves,\n  title={Waves},\n  author={Byron, Ada},\n  journal={Sea},\n  year={2020},\n"
    "%s}\n"
)
PAGE = "---\ntitle: Waves\nauthors: [Ada Byron]\ndate: 2020-01-02\npublication: Sea\n%s---\n"


def moved(home, tmp_path, files):
    """Move in a site of one paper; return the paper and the report."""
    for name, text in files.items():
        path = tmp_path / "old" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    report = str(move_in(home, tmp_path / "old"))
    (paper,) = load_bibliography(home)
    return paper, report


def test_a_switch_of_al_folio_is_no_text(home, tmp_path):
    """What only turns a template's button on asks nothing of anybody, however often it stands."""
    files = {"_bibliography/papers.bib": ENTRY % "  bibtex_show=true,\n"}
    _, report = moved(home, tmp_path, files)
    assert "not defined" not in report
    assert "could not be used" not in report


@pytest.mark.parametrize("named", ["waves.pdf", "2020/waves.pdf"])
def test_pdfs_of_al_folio_are_found_in_folders(home, tmp_path, named):
    """A PDF in a folder of the template's place for PDFs comes along."""
    files = {"_bibliography/papers.bib": ENTRY % f"  pdf={{{named}}},\n"}
    paper, report = moved(home, tmp_path, {**files, f"assets/pdf/{named}": "%PDF"})
    assert paper.fields["pdf"] == "publications/files/waves.pdf"
    assert (home / "publications/files/waves.pdf").read_text() == "%PDF"
    assert "could not be used" not in report


@pytest.mark.parametrize("mark", ["_", "-"])
def test_fields_of_hugo_are_known_with_hyphens_too(home, tmp_path, mark):
    """Names of fields are the same with hyphens as with underscores."""
    said = f"url{mark}code: https://x.example/code\nurl{mark}pdf: https://x.example/w.pdf\n"
    paper, report = moved(home, tmp_path, {"content/publication/waves/index.md": PAGE % said})
    assert paper.fields["code"] == "https://x.example/code"
    assert paper.fields["pdf"] == "https://x.example/w.pdf"
    assert "could not be used" not in report


def test_a_venue_that_is_a_link_or_markup_keeps_its_words(home, tmp_path):
    """Markup about a venue goes, its words stay, and references to letters are letters."""
    said = PAGE.replace(
        "publication: Sea",
        "publication: '[J. Tests](https://x.example) <b>A</b>&gt;G'\npublication_types: ['2']",
    )
    paper, _ = moved(home, tmp_path, {"content/publication/waves/index.md": said % ""})
    assert paper.venue == "J. Tests A>G"
