"""Names are read as BibTeX reads them and recognised in every configured spelling."""

import pytest

from portfolio.records.people import Name, fold, parse_name, parse_names


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Harutyunyan, Hrayr", ("Hrayr", "", "Harutyunyan", "")),
        ("Hrayr Harutyunyan", ("Hrayr", "", "Harutyunyan", "")),
        ("Ver Steeg, Greg", ("Greg", "", "Ver Steeg", "")),
        ("David C. Kale", ("David C.", "", "Kale", "")),
        ("van der Berg, Anna", ("Anna", "van der", "Berg", "")),
        ("King, Jr., Martin Luther", ("Martin Luther", "", "King", "Jr.")),
        ("{Example Consortium}", ("", "", "Example Consortium", "")),
        (r"Erd{\H o}s, P{\'a}l", ("Pál", "", "Erdős", "")),
    ],
)
def test_a_name_has_four_parts(written, parts):
    """Given name, particle, family name and suffix are told apart in each of BibTeX's orders."""
    assert parse_name(written) == Name(*parts)


def test_a_name_is_displayed_and_sorted():
    """A name reads as people say it, and sorts as catalogues do."""
    name = parse_name("van der Berg, Jr., Anna")
    assert name.display == "Anna van der Berg Jr."
    assert name.sort == "van der Berg, Jr., Anna"


def test_a_list_keeps_its_order_across_lines():
    """Authors stay in the order of the field, however it is broken into lines."""
    names = parse_names("Ver Steeg, Greg and\n  Moyer, Daniel\n and {Sand and Sea Institute}")
    assert [name.display for name in names] == [
        "Greg Ver Steeg",
        "Daniel Moyer",
        "Sand and Sea Institute",
    ]


def test_spellings_differ_in_case_accents_and_dots_only():
    """A spelling covers the same name in other case, without accents, without dots."""
    assert fold("P. ERDŐS") == fold("p Erdos")
    known = frozenset({fold("Hrayr Harutyunyan")})
    assert parse_name("HARUTYUNYAN, Hrayr").is_one_of(known)
    assert not parse_name("Harutyunyan, Anna").is_one_of(known)
