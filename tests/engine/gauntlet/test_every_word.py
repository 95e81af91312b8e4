"""A site all in Russian says no word in English: all that pages say comes from the table."""

import re
from collections.abc import Iterator

import pytest
from description import GAUNTLET, read_description
from outcome import render

from portfolio.audit import RenderedSite

NAMES = {"BibTeX", "RIS", "CSL", "JSON", "PDF", "DOI", "HTML", "arXiv", "PhD", "CFF", "ORCID"}
"""What has the same name in all languages."""
_SAID = {"aria-label", "aria-description", "title", "alt", "placeholder", "value", "label"}
_UNSEEN = {"script", "style", "template", "pre", "code", "annotation"}
_NO_WORDS = re.compile(r"https?://\S+|\S*\.(?:bib|ris|json|ipynb)\b|\{\w+\}")
"""Addresses, names of files, and places for values that a script fills."""
_WORD = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return a site in Russian with papers and news of all kinds, rendered."""
    russian = read_description(GAUNTLET / "russian.yml")
    outcome = render(russian, tmp_path_factory.mktemp("russian"), "embedded")
    return RenderedSite(outcome.site, russian.settings["owner"]["site"])


def said(element) -> Iterator[str]:
    """Yield what an element says to readers, seen or heard."""
    tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "script"
    if tag not in _UNSEEN and element.get("class") != "Z3988":  # which programs read
        yield element.text or ""
        yield from (text for name, text in element.items() if name in _SAID or _is_said(name, text))
        for child in element:
            yield from said(child)
    yield element.tail or ""


def _is_said(name: str, text: str) -> bool:
    """Whether an attribute holds words for a script to say, and no name of its own."""
    return name.startswith("data-") and (" " in text or text[:1].isupper())


def test_no_word_is_said_in_english(site):
    """Texts, and what only some hear or see, are in the language of the page."""
    found = {
        (page.address, word)
        for page in site.pages.values()
        for text in said(page.document)
        for word in _WORD.findall(_NO_WORDS.sub(" ", text))
        if word not in NAMES
    }
    assert len(site.pages) > 40
    assert found == set()
