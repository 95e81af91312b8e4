"""Adding a paper appends its entry, and nothing else happens to the file."""

import pytest

from portfolio.__main__ import main
from portfolio.moving.add import add, with_new
from portfolio.moving.keys import key_of
from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.records.formats.record import Record
from portfolio.records.people.names import Name
from portfolio.refusal import Refusal

THERE = b"""\xef\xbb\xbf% my papers \xe9 not utf-8\r
@string{sea = "Sea"}\r
@article(poe2001, title={Old   {S}alt}, author = "Poe, E.", year=2001)  \r
stray text"""


@pytest.fixture
def bib(home):
    """Return the path of the project's bibliography, which has one entry."""
    path = home / "publications" / "publications.bib"
    path.write_text("@misc{poe2001, title={Old {S}alt}, author={Poe, E.}, year={2001}}\n")
    return path


@pytest.fixture
def put(home, web):
    """Return a function that adds a paper to the project."""
    return lambda source, **options: add(home, source, web=web, folder=home, **options)


def test_a_doi_is_added_under_a_sensible_key(put, bib):
    """The entry goes before the others, with a key of author, year and word."""
    before = bib.read_bytes()
    added = put("https://doi.org/10.1000/waves")
    assert bib.read_bytes() == "".join(added.entries).encode() + b"\n" + before
    assert added.entries[0] == (
        "@article{vanderroe2020waves,\n"
        "  title         = {Waves \\& tides},\n"
        "  author        = {van der Roe, Rick and {Sea Institute}},\n"
        "  journal       = {Sea Letters},\n"
        "  volume        = {3},\n"
        "  number        = {2},\n"
        "  pages         = {5--8},\n"
        "  year          = {2020},\n"
        "  month         = {May},\n"
        "  doi           = {10.1000/waves},\n"
        "}\n"
    )


def test_an_arxiv_paper_makes_a_file_where_there_is_none(put, home):
    """The first paper starts the bibliography."""
    put("arXiv:2101.00001")
    text = (home / "publications" / "publications.bib").read_text()
    assert text.startswith("@misc{doe2021foam,\n")
    assert "  eprint        = {2101.00001},\n  archiveprefix = {arXiv},\n" in text


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        (THERE[: THERE.index(b"@article")], THERE[THERE.index(b"@article") :]),
        (b"@comment{kept by x}\n", b"% the first\n% of all\n@misc{b, title={B}}\n"),
        (b"% my papers\n", b"@misc{b, title={B}}\n"),
        (b'@string{a =\n"b"} ', b"@misc{b, title={B}}\n"),
    ],
    ids=["odd bytes", "remarks", "head of the file", "one line"],
)
def test_the_newest_stands_first_and_every_byte_stays(head, tail):
    """What is new goes before the first entry and its remarks, in lines that end alike."""
    newline = "\r\n" if b"\r" in head else "\n"
    entry = "@misc{a,\n  title = {A},\n}\n"
    new = (entry + "\n").replace("\n", newline).encode()
    assert with_new(head + tail, [entry]) == head + new + tail


def test_a_bibliography_without_entries_goes_on_at_its_end():
    """Byte order mark, definitions and line ends are left alone, and followed."""
    entry = "@misc{a,\n  title = {A},\n}\n"
    there = b"\xef\xbb\xbf% my papers\r\n@string{sea = {Sea}}"
    assert with_new(there, [entry]) == there + b"\r\n\r\n" + entry.replace("\n", "\r\n").encode()


def test_a_file_in_utf_16_is_refused():
    """Two encodings in one file would make one of them unreadable."""
    with pytest.raises(Refusal, match="the file is in UTF-16: save it as UTF-8 first"):
        with_new("@misc{a}".encode("utf-16"), ["@misc{b}\n"])


def test_an_entry_left_open_does_not_swallow_the_new_one():
    """An entry that is not closed at the end of the file takes nothing from a new one."""
    data = with_new(b"@misc{a, title = {A},\n note = {open ", ["@misc{b, title = {B}}\n"])
    entries, _ = parse_bibtex(data.decode(), shown_as="x.bib")
    assert [(entry.key, entry.fields.get("title")) for entry in entries] == [("b", "B"), ("a", "A")]


@pytest.mark.parametrize(
    ("entry", "how"),
    [
        ("@misc{x, title={Other}, doi={https://doi.org/10.1000/WAVES}}", "DOI"),
        ("@misc{x, title={WAVES, and Tides}}".replace(", and", " \\&"), "title"),
    ],
)
def test_a_paper_that_is_there_is_not_added_again(put, bib, entry, how):
    """The same DOI or title under another key is named, and the file stays as it is."""
    bib.write_text(entry)
    added = put("10.1000/waves")
    assert added.entries == ()
    assert added.known == (f"Waves & tides: it is there already, as x (the same {how})",)
    assert bib.read_text() == entry


def test_the_same_arxiv_paper_is_known_in_any_version(put, bib):
    """Versions of a preprint are one paper."""
    bib.write_text("@misc{x, title={Froth}, eprint={2101.00001v3}, archiveprefix={arXiv}}")
    assert put("2101.00001").known == (
        "Foam, 50% of it: it is there already, as x (the same arXiv identifier)",
    )


def test_papers_that_are_rows_of_a_table_are_not_put_aside(put, home):
    """Where a table alone holds the papers, no bibliography is begun that would replace them."""
    (home / "publications" / "papers.csv").write_text("title,author,year\nSalt,Eve Poe,2001\n")
    with pytest.raises(Refusal, match=r"^publications/papers\.csv: the papers here are its rows"):
        put("10.1000/waves")
    assert not (home / "publications" / "publications.bib").exists()


def test_it_can_be_added_anyway(put, bib):
    """On request a second entry is made, under a key of its own."""
    put("10.1000/waves")
    again = put("10.1000/waves", anyway=True)
    assert again.entries[0].startswith("@article{vanderroe2020wavesa,")
    assert bib.read_text().count("@article") == 2


def test_a_file_is_added_as_it_is_written(put, bib):
    """Entries of a .bib come over as they are, but for a key that is taken."""
    (bib.parents[1] / "new.bib").write_text(
        "@string{s={Sea}}\n@misc{b,title={B {\\'e}},  author={Roe, R.},year=2002}\n"
        "@misc{poe2001, title={Other}, author={Poe, E.}, year={2003}}\n"
        "@article{c, title={C}, journal=s}\n@misc{d, title={Old {S}alt}}\n"
    )
    added = put("new.bib")
    assert added.entries == (
        "@misc{b,title={B {\\'e}},  author={Roe, R.},year=2002}\n",
        "@misc{poe2003other, title={Other}, author={Poe, E.}, year={2003}}\n",
        "@article{c,\n  title         = {C},\n  journal       = {Sea},\n}\n",
    )
    assert added.known == ("Old Salt: it is there already, as poe2001 (the same title)",)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF", "this is no list of papers"),
        ("a.bib", b"nothing", "there is no paper in it"),
        ("a.bib", b"\xff", "the file cannot be read"),
        ("a.json", b"[1]", "the file cannot be read"),
        ("a.ris", b"", "there is no paper in it"),
    ],
)
def test_a_file_without_papers_is_refused(put, bib, name, content, said):
    """One line says what is the matter with the file."""
    (bib.parents[1] / name).write_bytes(content)
    before = bib.read_bytes()
    with pytest.raises(Refusal, match=said):
        put(name)
    assert bib.read_bytes() == before


@pytest.mark.parametrize("answer", [(404, {}, b""), (500, {}, b""), (200, {}, b"garbage")])
def test_a_refusal_changes_nothing(service, put, bib, answer):
    """When the service has nothing to give, the file stays byte for byte."""
    before = bib.read_bytes()
    service.says("/doi/10.1000/waves", answer)
    with pytest.raises(Refusal):
        put("10.1000/waves")
    assert bib.read_bytes() == before


def test_the_verb_shows_what_it_added(service, home, bib, monkeypatch, capsys):
    """The entry is printed; a second try says on standard error that it is there."""
    monkeypatch.chdir(home)
    monkeypatch.setenv("PORTFOLIO_ARXIV_SERVICE", f"{service.address}/arxiv")
    assert main(["add", "2101.00001"]) == 0
    assert capsys.readouterr().out.startswith("@misc{doe2021foam,\n")
    assert main(["add", "2101.00001"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "it is there already, as doe2021foam" in err
    assert [path.name for path in bib.parent.iterdir()] == ["publications.bib"]


def test_the_verb_says_a_refusal_in_one_line(home, monkeypatch, capsys):
    """A failure is one line on standard error, and exit status 1."""
    monkeypatch.chdir(home)
    assert main(["add", "no such thing"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("family", "title", "key"),
    [
        ("Abu-El-Haija", "The {New} Waves", "abuelhaija2020new"),
        ("Čapek", "On α", "capek2020"),
        ("Øst", "In 3D", "ost20203d"),
        ("张", "", "2020"),
    ],
)
def test_keys_are_plain_letters(family, title, key):
    """Accents go, small words are passed over, and what has no letters gives none."""
    record = Record("", "misc", (Name("A", "", family, ""),), (), {"title": title, "year": "2020"})
    assert key_of(record, set()) == key
    assert key_of(record, {key}) == f"{key}a"


@pytest.mark.parametrize("name", ["none.pdf", "none.bib", "sub/none.RIS"])
def test_a_file_that_is_not_there_is_said_to_be_missing(put, name):
    """What is named as a file is no unknown identifier: the line says that there is none."""
    with pytest.raises(Refusal, match=f"^{name}: there is no such file"):
        put(name)
