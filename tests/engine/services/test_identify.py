"""What people type is understood as what they mean."""

import pytest

from portfolio.refusal import Refusal
from portfolio.services.identify import Reference, identify


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("10.1000/182", "doi", "10.1000/182"),
        (" doi:10.1000/182 ", "doi", "10.1000/182"),
        ("https://doi.org/10.1000/a_b(1)%3C2", "doi", "10.1000/a_b(1)<2"),
        ("http://dx.doi.org/10.1000/182", "doi", "10.1000/182"),
        ("https://dl.example/doi/pdf/10.1145/123.456?x=1", "doi", "10.1145/123.456"),
        ("https://link.example/article/10.1007/s1-2/full.pdf", "doi", "10.1007/s1-2"),
        ("1706.03353", "arxiv", "1706.03353"),
        ("arXiv:1706.03353v2", "arxiv", "1706.03353"),
        ("https://arxiv.org/abs/1706.03353v1", "arxiv", "1706.03353"),
        ("https://arxiv.org/pdf/hep-th/9901001.pdf", "arxiv", "hep-th/9901001"),
        ("10.48550/arXiv.1706.03353", "arxiv", "1706.03353"),
        ("https://journal.example/papers/7", "page", "https://journal.example/papers/7"),
    ],
)
def test_identifiers_and_addresses(tmp_path, text, kind, value):
    """A DOI or arXiv identifier is found in each of its forms; other addresses are pages."""
    assert identify(text, folder=tmp_path) == Reference(kind, value)


def test_a_file_comes_first(tmp_path):
    """What is a file is read, whatever its name looks like."""
    (tmp_path / "1706.03353").touch()
    assert identify("1706.03353", folder=tmp_path).kind == "file"


@pytest.mark.parametrize("text", ["", "waves", "10.1000", "ftp://x/y"])
def test_anything_else_is_refused(tmp_path, text):
    """One line says what could be named."""
    with pytest.raises(Refusal, match=r"no DOI, arXiv identifier, address or file: name one"):
        identify(text, folder=tmp_path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    """Whoever names one has mistyped its name."""
    with pytest.raises(Refusal, match=r"lost\.bib: there is no such file: correct its name"):
        identify("lost.bib", folder=tmp_path)
