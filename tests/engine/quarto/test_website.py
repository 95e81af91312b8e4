"""A website of Quarto's that exists already, with a list of papers on two of its pages."""

import re
import shutil

import pytest

pytestmark = pytest.mark.long


@pytest.mark.parametrize(("address", "count"), [("papers.html", 2), ("more/more.html", 1)])
def test_the_list_is_complete(website, address, count):
    """Every paper has a row and three downloads, and all have three more."""
    named = website.named(address)
    assert len(re.findall(r'<li [^>]*class="row', website.read(address))) == count
    assert sum(name.endswith((".bib", ".ris", ".json")) for name in named) == 3 * count + 3
    assert website.lost(address) == []
    assert website.loaded_from_elsewhere(address) == []


def test_links_lead_to_the_paper_and_its_files(website):
    """A title leads to the paper, a PDF of the project's is published, the owner stands out."""
    text = website.read("papers.html")
    title = r'<h3[^>]*><a href="https://doi.org/10.1000/waves"[^>]*>Waves of <math'
    assert re.search(title, text)
    assert 'href="./publications/files/foam.pdf">PDF</a>' in text
    assert '<strong class="me">A. Byron</strong>' in text


def test_nothing_is_left_in_the_sources(website):
    """Quarto clears away what cells put beside their pages."""
    assert sorted(path.name for path in website.root.glob("[!.]*")) == [
        "_quarto.yml", "_site", "more", "papers.qmd", "publications",
    ]  # fmt: skip
    assert {path.name for path in (website.root / "more").iterdir()} == {"more.qmd", "refs.bib"}


def test_frozen_pages_keep_their_files(website, tmp_path):
    """Where cells do not run, as on many a host, pictures and downloads come from the freezer."""
    elsewhere = type(website)(tmp_path / "elsewhere")
    ignored = shutil.ignore_patterns("_site", ".quarto", "publications.bib", "refs.bib")
    shutil.copytree(website.root, elsewhere.root, ignore=ignored)
    shutil.copytree(website.root / ".quarto" / "_freeze", elsewhere.root / "_freeze")
    settings = (website.root / "_quarto.yml").read_text(encoding="utf-8")
    elsewhere.write("_quarto.yml", f"{settings}execute: {{freeze: true}}\n")
    elsewhere.quarto("render")
    assert elsewhere.lost("papers.html") == []
    assert len(elsewhere.named("papers.html")) == len(website.named("papers.html"))
