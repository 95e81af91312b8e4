"""BibTeX files are read whole: what is odd is reported, not lost."""

import pytest

from portfolio.records.bibtex.reader import parse_bibtex


def read(text):
    """Parse ``text`` as if it stood in a file named ``a.bib``."""
    return parse_bibtex(text, shown_as="a.bib")


def test_an_entry_keeps_its_fields_text_and_line():
    """An entry is known by its key, kind, fields, own words and line."""
    text = "% papers\n\n@Article{one,\n  Title = {A {B}ig   title},\n  year = 2019,\n}\n"
    (entry,), problems = read(text)
    assert (entry.key, entry.kind, entry.line) == ("one", "article", 3)
    assert entry.fields == {"title": "A {B}ig title", "year": "2019"}
    assert entry.raw == "@Article{one,\n  Title = {A {B}ig   title},\n  year = 2019,\n}\n"
    assert problems == []


def test_strings_and_concatenation_are_resolved():
    """A field may be put together from strings, also from the months that BibTeX knows."""
    (entry,), problems = read(
        '@string{venue = "Journal of"}\n@misc{a, journal = venue # " Things", month = jul}'
    )
    assert entry.fields == {"journal": "Journal of Things", "month": "July"}
    assert problems == []


def test_comments_and_prose_hold_no_entries():
    """Text around entries is no entry, and neither is a comment or a preamble."""
    entries, problems = read('Some prose.\n@comment{no}\n@preamble{"no"}\n@misc{yes, title={T}}\n')
    assert [entry.key for entry in entries] == ["yes"]
    assert problems == []


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param("@misc{bad, title = {never closed,\n  year = 2020\n\n", id="open-brace"),
        pytest.param('@misc{bad, title = "never closed,\n  year = 2020}\n\n', id="open-quote"),
        pytest.param("@misc{bad, title {no equals sign}}\n\n", id="no-equals"),
        pytest.param("@misc{bad, title = {a}} }\n\n", id="one-brace-too-many"),
    ],
)
def test_a_damaged_entry_leaves_its_neighbours_alone(damaged):
    """An entry that cannot be read to its end costs the entries after it nothing."""
    before, after = "@misc{x, title = {X}}\n", "@misc{y, title = {Y}}\n@misc{z, title = {Z}}\n"
    entries, _ = read(before + damaged + after)
    assert [entry.key for entry in entries] == ["x", "bad", "y", "z"]
    assert [entries[n].fields for n in (0, 2, 3)] == [{"title": t} for t in "XYZ"]


def test_damage_is_named_with_file_line_and_key():
    """What is wrong with an entry is one line that leads to it."""
    _, (problem,) = read("@misc{x, title = {X}}\n@misc{bad,\n  title {T}\n}\n")
    assert str(problem).startswith("a.bib:3: bad: ")
    assert str(problem).endswith(": mend the entry's syntax")


def test_a_repeated_key_keeps_both_papers():
    """The second entry under a key gets a key of its own, and a line says so."""
    entries, (problem,) = read("@misc{a, title={One}}\n@misc{A, title={Two}}\n@misc{b}")
    assert [entry.key for entry in entries] == ["a", "A-2", "b"]
    assert [entry.fields.get("title") for entry in entries] == ["One", "Two", None]
    assert str(problem).startswith("a.bib:2: A: the key is taken by the entry at line 1: ")


def test_a_repeated_field_keeps_the_first():
    """A field that stands twice is reported and read once."""
    (entry,), (problem,) = read("@misc{a, year=2019, Year=2020}")
    assert entry.fields == {"year": "2019"}
    assert str(problem) == "a.bib:1: a: the field Year is repeated: keep one of the two"


def test_an_undefined_string_costs_only_itself():
    """A macro that nobody defined is reported; the entry's other fields are read."""
    (entry,), (problem,) = read("@article{a,\n journal = nowhere,\n title = {T}}\n")
    assert entry.fields["title"] == "T"
    assert str(problem).startswith("a.bib:2: a: ")


def test_an_entry_without_a_key_is_kept():
    """An entry that lacks a key is kept under one that names its line."""
    (entry,), problems = read("\n@misc{, title={T}}")
    assert entry.key == "unnamed-2"
    assert any("no key" in str(problem) for problem in problems)
