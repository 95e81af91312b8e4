"""LaTeX in bibliographies becomes the text that it stands for."""

import pytest

from portfolio.records.latex import to_text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{MixHop}: a {\'e}tude", "MixHop: a étude"),
        (r"M{\"u}ller \& S{\o}n", "Müller & Søn"),
        ("4071--4081", "4071–4081"),
        (r"$\alpha$-divergence", "α-divergence"),
        ("two\n   lines", "two lines"),
        ("R & D", "R & D"),
        ("50% of it", "50% of it"),
        (r"50\% of it", "50% of it"),
    ],
)
def test_latex_becomes_text(latex, text):
    """Accents are composed, braces and commands go, and nothing that was text is lost."""
    assert to_text(latex) == text
