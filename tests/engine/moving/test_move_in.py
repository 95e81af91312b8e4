"""Moving in brings every paper, its files, and a report of what became of the rest."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from portfolio.__main__ import main
from portfolio.moving.move_in import move_in
from portfolio.records.bibliography import load_bibliography
from portfolio.refusal import Refusal

EXAMPLES = Path(__file__).parent / "examples"
TEMPLATES = ("al-folio", "academicpages", "academicpages-table", "hugo-blox", "greene-lab")


def contents(folder):
    """Return every file of a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows(home):
    """Return the rows of the project's table by their keys, without blank cells."""
    text = (home / "publications" / "papers.csv").read_text()
    table = csv.DictReader(io.StringIO(text))
    return {row.pop("key"): {n: c for n, c in row.items() if c} for row in table}


@pytest.mark.parametrize(
    ("template", "titles"),
    [
        ("al-folio", ["Foam", "Waves and Tides"]),
        ("academicpages", ["Foam", "Waves & Tides"]),
        ("academicpages-table", ["Waves"]),
        ("hugo-blox", ["Foam, as the page has it", "Waves and Tides"]),
        ("greene-lab", ["Foam", "Waves and Tides", "paper"]),
    ],
)
def test_every_paper_comes_along(home, template, titles):
    """Each paper of a template's example is a paper here, with authors, venue and year."""
    report = str(move_in(home, EXAMPLES / template))
    papers = load_bibliography(home)
    assert sorted(paper.title for paper in papers) == titles
    assert all(
        paper.authors and paper.year and paper.venue for paper in papers if paper.key != "paper"
    )
    assert f": {len(titles)} paper" in report


def test_an_al_folio_bibliography_stays_as_it_is(home):
    """Only the front matter goes; the table says where pictures and papers are now."""
    report = str(move_in(home, EXAMPLES / "al-folio"))
    bib = (EXAMPLES / "al-folio" / "_bibliography" / "papers.bib").read_text()
    assert (home / "publications" / "publications.bib").read_text() == bib.split("---\n---\n")[1]
    assert rows(home) == {
        "doe2020waves": {
            "preview": "publications/previews/waves.png",
            "pdf": "publications/files/waves.pdf",
        }
    }
    assert (home / "publications/previews/waves.png").read_bytes().startswith(b"\x89PNG")
    assert "  mood (1)" in report.split("kept as extra:")[1]
    assert "roe2019foam.preview: there is no such file in the source (lost.png)" in report
    people = (home / "publications" / "people.csv").read_text()
    assert people == "name,link\nJane Doe,https://doe.example\nJ. Doe,https://doe.example\n"


def test_an_academicpages_page_becomes_an_entry_and_a_row(home):
    """What the paper is goes into the entry, how it is shown into the row; authors are cited."""
    report = str(move_in(home, EXAMPLES / "academicpages"))
    paper = load_bibliography(home)["waves"]
    assert [name.display for name in paper.authors] == ["J. Doe", "R. Roe"]
    assert (paper.kind, paper.fields["journal"], str(paper.date)) == (
        "article",
        "Sea Letters",
        "2020-05-17",
    )
    assert paper.fields["abstract"] == "We measure 5% of all waves."
    assert rows(home)["waves"] == {
        "slug": "waves",
        "summary": "How waves and tides meet.",
        "preview": "publications/previews/waves.png",
        "pdf": "publications/files/waves.pdf",
        "slides": "/files/slides.pdf",
        "citation": 'Doe, J., & Roe, R. (2020). "Waves & Tides." Sea Letters. 3(2).',
        "mood": "sunny",
    }
    assert "  excerpt -> summary (1)" in report
    assert "waves.slides: there is no such file in the source (/files/slides.pdf)" in report


def test_an_entry_beside_a_page_stays_as_it_is(home):
    """Where a template keeps an entry, that is the entry; the table has what its page says else."""
    move_in(home, EXAMPLES / "hugo-blox")
    text = (home / "publications" / "publications.bib").read_text()
    assert "@inproceedings{roe2019foam,\n  title = {Foam},   author = {Roe, Rick}," in text
    assert rows(home)["roe2019foam"] == {
        "slug": "foam",
        "code": "https://code.example/foam",
        "title": "Foam, as the page has it",
    }


def test_a_hugo_blox_page_becomes_an_entry_and_a_row(home):
    """Names of people are looked up, links find their fields, and nothing unknown is dropped."""
    move_in(home, EXAMPLES / "hugo-blox")
    paper = load_bibliography(home)["waves"]
    assert [name.display for name in paper.authors] == ["Jane Doe", "Rick Roe"]
    assert (paper.doi, paper.venue, paper.short_venue) == ("10.1000/waves", "Sea Letters, 3", "SL")
    assert paper.selected
    wanted = {
        "code": "https://code.example/waves",
        "data": "https://data.example/waves",
        "mood": "sunny",
        "keywords": "waves, tides",
        "author_notes": "Equal contribution; Equal contribution",
    }
    assert {name: paper.fields[name] for name in wanted} == wanted


def test_a_citation_of_the_greene_lab_goes_with_what_its_authors_said(home):
    """The resolved citation and its source are one paper; one not resolved is kept and reported."""
    report = str(move_in(home, EXAMPLES / "greene-lab"))
    papers = load_bibliography(home)
    waves, foam = papers["doe2020waves"], papers["roe2021foam"]
    assert (waves.doi, waves.venue, waves.summary) == (
        "10.1000/waves",
        "Sea Letters",
        "How waves and tides meet.",
    )
    assert waves.authors[1].particle == "van der"
    assert (foam.arxiv, foam.kind) == ("2101.00001", "misc")
    assert "doi:10.1000/unresolved: the citation has not been resolved" in report


@pytest.mark.parametrize("template", TEMPLATES)
def test_moving_in_twice_is_the_same(home, template):
    """The same source gives the same bytes and the same report."""
    report = str(move_in(home, EXAMPLES / template))
    before = contents(home)
    assert str(move_in(home, EXAMPLES / template)) == report
    assert contents(home) == before


def test_what_is_there_is_not_replaced_unless_forced(home):
    """A file in the way is named, and stays; with force it goes."""
    bib = home / "publications" / "publications.bib"
    bib.write_text("@misc{mine}")
    before = contents(home)
    with pytest.raises(Refusal, match=r"publications/publications\.bib: already there: .*--force"):
        move_in(home, EXAMPLES / "hugo-blox")
    assert contents(home) == before
    move_in(home, EXAMPLES / "hugo-blox", force=True)
    assert "roe2019foam" in bib.read_text()


@pytest.mark.parametrize("step", range(4))
def test_an_interrupted_import_leaves_what_was_there(home, monkeypatch, step):
    """Whenever it is stopped, each file is as it was and no new one stays."""
    for name in ("publications.bib", "papers.csv"):
        (home / "publications" / name).write_text("mine")
    before = contents(home)
    replace, moved = Path.replace, []

    def stopped(path, target):
        if target.is_relative_to(home / "publications"):
            moved.append(target)
            if len(moved) == step + 1:
                raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        move_in(home, EXAMPLES / "hugo-blox", force=True)
    monkeypatch.undo()
    assert contents(home) == before


@pytest.fixture
def al_folio(tmp_path):
    """Return a copy of the al-folio example whose first paper names another file."""
    folder = shutil.copytree(EXAMPLES / "al-folio", tmp_path / "source")
    bib = folder / "_bibliography" / "papers.bib"

    def naming(name):
        bib.write_text(f"@misc{{a, title={{A}}, author={{B}}, year=2001, pdf={{{name}}}}}")
        return folder

    return naming


@pytest.mark.parametrize(
    "name",
    [
        "../../secret.pdf",
        "../../../secret.pdf",
        "x/../../../../secret.pdf",
        "assets/../../secret.pdf",
    ],
)
def test_a_path_out_of_the_source_is_refused(home, tmp_path, al_folio, name):
    """No file outside the source is copied, by whatever path it is named."""
    (tmp_path / "secret.pdf").write_text("secret")
    report = str(move_in(home, al_folio(name)))
    assert f"a.pdf: it leads out of the source ({name})" in report
    assert not (home / "publications" / "files").exists()


@pytest.mark.parametrize("name", ["/etc/passwd", "{path}", "C:/x.pdf", r"..\x.pdf", "assets"])
def test_an_absolute_path_is_no_file_of_the_source(home, tmp_path, al_folio, name):
    """Paths from the root of the machine, other drives and folders are not followed."""
    (tmp_path / "secret.pdf").write_text("secret")
    report = str(move_in(home, al_folio(name.format(path=tmp_path / "secret.pdf"))))
    assert "a.pdf: " in report.split("could not be used:")[1]
    assert not (home / "publications" / "files").exists()


def test_a_link_out_of_the_source_is_refused(home, tmp_path, al_folio):
    """A symbolic link is followed within the source only."""
    (tmp_path / "secret.pdf").write_text("secret")
    source = al_folio("out.pdf")
    (source / "assets" / "pdf" / "out.pdf").symlink_to(tmp_path / "secret.pdf")
    assert "it leads out of the source (out.pdf)" in str(move_in(home, source))
    (source / "assets" / "pdf" / "in.pdf").symlink_to("waves.pdf")
    move_in(home, al_folio("in.pdf"), force=True)
    assert (home / "publications" / "files" / "in.pdf").read_bytes().startswith(b"%PDF")


def test_a_record_that_is_a_link_out_of_the_source_is_not_read(home, tmp_path):
    """Pages and bibliographies themselves are held to the same."""
    source = shutil.copytree(EXAMPLES / "academicpages", tmp_path / "source")
    (tmp_path / "secret.md").write_text("---\ntitle: Secret\n---\n")
    (source / "_publications" / "2000-01-01-secret.md").symlink_to(tmp_path / "secret.md")
    report = str(move_in(home, source))
    assert "2000-01-01-secret.md: it leads out of the source" in report
    assert "Secret" not in (home / "publications" / "publications.bib").read_text()


def test_files_of_one_name_do_not_replace_each_other(home, tmp_path):
    """Two pictures called alike are both kept."""
    source = shutil.copytree(EXAMPLES / "hugo-blox", tmp_path / "source")
    (source / "content/publication/foam/featured.png").write_bytes(b"another")
    move_in(home, source)
    assert {path.name for path in (home / "publications" / "previews").iterdir()} == {
        "featured.png",
        "waves-featured.png",
    }


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("a.bib", "@misc{a, title={A {B}}}", "A B"),
        ("a.csv", "Title;Authors;Year\nA;J. Doe, R. Roe;2001\n", "A"),
        ("a.tsv", "title\tauthor\nA\tDoe\n", "A"),
        ("a.ris", "TY  - JOUR\nTI  - A\nER  - \n", "A"),
        ("a.json", '[{"id": "a", "type": "book", "title": "A"}]', "A"),
        ("a.csv", "key,entrytype,title\na,misc,'=A\n", "=A"),
    ],
)
def test_single_files_are_sources_too(home, tmp_path, name, content, title):
    """A bibliography, a table, and what reference managers export can be moved in."""
    (tmp_path / name).write_text(content)
    move_in(home, tmp_path / name)
    assert [paper.title for paper in load_bibliography(home)] == [title]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", "x", "this is no list of papers"),
        ("a.json", "{}", "it cannot be read"),
        ("a.bib", "x", "there are no papers in it"),
        ("a.csv", "", "there are no papers in it"),
    ],
)
def test_what_holds_no_papers_is_refused(home, tmp_path, name, content, said):
    """One line says what is the matter, and nothing is written."""
    (tmp_path / name).write_text(content)
    before = contents(home)
    with pytest.raises(Refusal, match=said):
        move_in(home, tmp_path / name)
    assert contents(home) == before


def test_a_paper_that_stands_twice_is_taken_once(home, tmp_path):
    """Two records that say the same are one paper, which the report says."""
    one = "TY  - JOUR\nID  - a\nTI  - A\nER  - \n"
    (tmp_path / "a.ris").write_text(one + one + one.replace("TI  - A", "TI  - B"))
    report = str(move_in(home, tmp_path / "a.ris"))
    assert [paper.title for paper in load_bibliography(home)] == ["A", "B"]
    assert report.count("the same paper again") == 1


def test_an_unknown_folder_is_refused(home, tmp_path):
    """A folder that is none of the templates is not searched for papers."""
    with pytest.raises(Refusal, match="no site whose papers can be read"):
        move_in(home, tmp_path)
    with pytest.raises(Refusal, match="there is no such file or folder"):
        move_in(home, tmp_path / "lost")


def test_broken_front_matter_costs_one_page(home, tmp_path):
    """A page that cannot be read is named; the others come along."""
    source = shutil.copytree(EXAMPLES / "academicpages", tmp_path / "source")
    (source / "_publications" / "2000-01-01-bad.md").write_text("---\ntitle: [\n---\n")
    (source / "_publications" / "2000-01-01-none.md").write_text("# None\n")
    report = str(move_in(home, source))
    assert "_publications/2000-01-01-bad.md:1: 2000-01-01-bad.md: it cannot be read" in report
    assert "2000-01-01-none.md: it has no front matter" in report
    assert len(load_bibliography(home)) == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("title: 'It's here'", "It's here"),
        ("title: Foam: a study", "Foam: a study"),
        ("title: *Foam* and @home", "*Foam* and @home"),
        ('title: "Foam" and more', '"Foam" and more'),
    ],
)
def test_a_broken_setting_is_taken_as_it_stands(home, tmp_path, line, told):
    """Front matter that is no YAML is read line by line, which one message says."""
    source = shutil.copytree(EXAMPLES / "academicpages", tmp_path / "source")
    page = source / "_publications" / "2001-02-03-broken.md"
    front = f"date: 2001-02-03\n{line}\nheader:\n  teaser: waves.png\nvenue: 'Sea'"
    page.write_text(f"---\n{front}\n---\nText.\n")
    report = str(move_in(home, source))
    paper = load_bibliography(home)["broken"]
    assert (paper.title, paper.year, paper.fields["abstract"]) == (told, 2001, "Text.")
    assert paper.fields["preview"] == "publications/previews/waves.png"
    said = [one for one in report.splitlines() if "broken.md" in one]
    what = "the front matter is broken (the title is taken as it stands)"
    place = "_publications/2001-02-03-broken.md:3: 2001-02-03-broken.md"
    assert said == [f"  {place}: {what}: put its text in double quotes"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "---\ntitle: Sea\ndate: 2001-02-03\n\nText.\n",
            "1: 2001-02-03-torn.md: the front matter is not closed: write --- on a line behind it",
        ),
        (
            "---\ntitle: [Sea\n\tdate: 2001-02-03\n---\nText.\n",
            (
                "2: 2001-02-03-torn.md: the front matter is broken "
                "(the title is taken as it stands): put its text in double quotes"
            ),
        ),
    ],
    ids=["not closed", "tabs"],
)
def test_no_setting_of_a_torn_page_is_lost(home, tmp_path, text, said):
    """Front matter without an end, or with tabs, gives its settings all the same."""
    source = shutil.copytree(EXAMPLES / "academicpages", tmp_path / "source")
    (source / "_publications" / "2001-02-03-torn.md").write_text(text)
    report = str(move_in(home, source))
    paper = load_bibliography(home)["torn"]
    assert (paper.title.strip("["), paper.year) == ("Sea", 2001)
    assert paper.fields["abstract"] == "Text."
    assert f"_publications/2001-02-03-torn.md:{said}" in report


@pytest.mark.parametrize("bib", ["", "\ufeff\n", "% Your papers: entries from any source.\n"])
@pytest.mark.parametrize(
    "csv", ["", "key,slug,summary\n", 'key,summary\nx,"Replace this: what it shows."\n']
)
def test_an_emptied_bibliography_is_in_nobodys_way(home, bib, csv):
    """Moving into a project whose lists of papers say nothing replaces them without asking."""
    (home / "publications").mkdir(exist_ok=True)
    (home / "publications" / "publications.bib").write_text(bib, encoding="utf-8")
    (home / "publications" / "papers.csv").write_text(csv)
    move_in(home, EXAMPLES / "al-folio")
    assert len(load_bibliography(home)) == 2


@pytest.mark.parametrize("bib", ["@misc{a, title={A}}", "%@misc{a, title={A}}", "My notes"])
def test_a_bibliography_that_says_something_stays(home, bib):
    """An entry, one behind a percent sign, or a note is replaced on demand only."""
    (home / "publications").mkdir(exist_ok=True)
    (home / "publications" / "publications.bib").write_text(bib)
    with pytest.raises(Refusal, match="--force"):
        move_in(home, EXAMPLES / "al-folio")


def test_the_verb_prints_the_report(home, monkeypatch, capsys):
    """The report is what the verb writes; a second run over changed files asks for --force."""
    monkeypatch.chdir(home)
    assert main(["import", str(EXAMPLES / "al-folio")]) == 0
    assert capsys.readouterr().out.startswith("al-folio: 2 papers, 2 files\nmapped:\n")
    (home / "publications" / "papers.csv").write_text("key,code\nmine,https://code.example\n")
    assert main(["import", str(EXAMPLES / "al-folio")]) == 1
    assert "--force" in capsys.readouterr().err
    assert main(["import", str(EXAMPLES / "al-folio"), "--force"]) == 0
