"""Names are read as BibTeX reads them and recognised in every configured spelling."""

import pytest

from portfolio.records.bibliography import load_bibliography
from portfolio.records.people.names import Name, fold, parse_name, parse_names, read_names


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Byronson, Hanna", ("Hanna", "", "Byronson", "")),
        ("Hanna Byronson", ("Hanna", "", "Byronson", "")),
        ("San Martin, Gil", ("Gil", "", "San Martin", "")),
        ("David C. Kale", ("David C.", "", "Kale", "")),
        ("van der Berg, Anna", ("Anna", "van der", "Berg", "")),
        ("King, Jr., Martin Luther", ("Martin Luther", "", "King", "Jr.")),
        ("0003, Jane Doe", ("Jane", "", "Doe", "")),
        ("Doe, VI", ("VI", "", "Doe", "")),
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
    names = parse_names("San Martin, Gil and\n  Moore, Dana\n and {Sand and Sea Institute}")
    assert [name.display for name in names] == [
        "Gil San Martin",
        "Dana Moore",
        "Sand and Sea Institute",
    ]


def test_spellings_differ_in_case_accents_and_dots_only():
    """A spelling covers the same name in other case, without accents, without dots."""
    assert fold("P. ERDŐS") == fold("p Erdos")
    known = frozenset({fold("Hanna Byronson")})
    assert parse_name("BYRONSON, Hanna").is_one_of(known)
    assert not parse_name("Byronson, Anna").is_one_of(known)


@pytest.mark.parametrize(
    ("spelling", "written"),
    [
        ("Byronson, Hanna", "Hanna Byronson"),
        ("Jean-Luc O'Neil", "O’Neil, Jean‑Luc"),
        ("Łukasz Sørensen", r"S{\o}rensen, {\L}ukasz"),
        ("J. D. Roe", "Roe, J.D."),
        ("山田 太郎", "山田, 太郎"),
        ("Martin King Jr.", "King, Jr., Martin"),
        ("Anna van der Berg", "{van der Berg}, Anna"),
        ("Jane Doe", r"\textbf{Doe$^*$}, Jane"),
    ],
)
def test_the_owner_is_known_in_each_spelling(spelling, written):
    """Order, hyphens, apostrophes, marks and emphasis do not hide whose name it is."""
    (name,) = parse_names(written)
    assert name.is_one_of(frozenset({fold(spelling)}))


def test_east_asian_names_keep_their_order():
    """Names in Han, kana or hangul are shown family name first, and sorted by it."""
    names = parse_names("山田 太郎 and 毛泽东 and 김, 철수")
    assert [name.display for name in names] == ["山田 太郎", "毛泽东", "김 철수"]
    assert [name.family for name in names] == ["山田", "毛泽东", "김"]


@pytest.mark.parametrize(
    ("written", "families"),
    [
        ("Doe JA", ["Doe"]),
        ("Doe J A and Roe R", ["Doe", "Roe"]),
        ("Wenqi WU and Hanyu QU", ["WU", "QU"]),
        ("Malcolm X", ["X"]),
        ("Google AI", ["AI"]),
    ],
)
def test_initials_behind_a_name_are_told_from_names(written, families):
    """Medicine writes family names first; capitals alone do not make a name initials."""
    assert [name.family for name in parse_names(written)] == families


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Jane Doe, Rick Roe", ["Jane Doe", "Rick Roe"]),
        ("Doe, J., Roe, R., & Poe, A.", ["J. Doe", "R. Roe", "A. Poe"]),
        ("Doe J, Roe RA", ["J Doe", "RA Roe"]),
        ("**Doe, Jane**; Roe, Rick", ["Jane Doe", "Rick Roe"]),
        ("Doe, Jane", ["Jane Doe"]),
        ("San Martin, Gil", ["Gil San Martin"]),
    ],
)
def test_tables_may_separate_names_otherwise(written, shown):
    """Where commas may stand between names, they are told from those within one."""
    assert [name.display for name in read_names(written, commas=True).names] == shown


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Jane Doe and Richard Roe, Ann Poe and Zed Zoe", "Richard Roe, Ann Poe"),
        ("Jane Doe and Zed Zoe and Richard Roe, Ann Poe", "Richard Roe, Ann Poe"),
        ("Jane Doe and Zed Zoe and {Richard Roe}, Ann Poe", ""),
        ("Doe, Jane and Richard Roe, Ann Poe and Zoe, Zed", ""),
        ("Jane Doe and Roe, Ann and Zed Zoe", ""),
        ("Jane Doe and Roe Lee, Ann B. and Zed Zoe", ""),
    ],
)
def test_a_comma_in_place_of_and_is_asked_about(tmp_path, written, told):
    """A comma among names without any may be a lost `and`, which check says as a hint."""
    (tmp_path / "publications").mkdir()
    entry = f"@article{{a, title={{A}}, year=2020, journal={{B}}, author={{{written}}}}}\n"
    (tmp_path / "publications" / "a.bib").write_text(entry)
    said = [str(problem) for problem in load_bibliography(tmp_path).problems]
    assert [f"one name or two ({told})" in line for line in said] == [True] * bool(told)


@pytest.mark.parametrize("written", ["Jane Doe and, Ann Poe", "Jane Doe and , Ann Poe"])
def test_a_stray_comma_costs_nobody(written):
    """Whoever stands about a stray comma is there, and the comma is named."""
    read = read_names(written)
    assert [name.display for name in read.names] == ["Jane Doe", "Ann Poe"]
    assert [what.partition(" (")[0] for what, _ in read.faults] == ["there is a stray comma"]
