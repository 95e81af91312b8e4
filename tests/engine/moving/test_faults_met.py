"""Faults that real sites met when they moved in, each as a kind, on invented papers."""

import pytest

from portfolio.moving.move_in import move_in
from portfolio.records.bibliography import load_bibliography
from portfolio.records.kinds.reader import load_items, load_kind
from portfolio.refusal import Refusal
from portfolio.verbs.problems import problems_of

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


HUGO = "content/publication/waves/index.md"
CITE = "@article{w, title={Waves}, author={Byron, A.}, journal={Sea}, year=2019, doi={10.1/x}}\n"


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("title: Waves, at last", ("title", "Waves, at last", "Waves")),
        ("publication: Sea Letters", ("journal", "Sea Letters", "Sea")),
        ("date: 2020-03-02", ("year", "2020", "2019")),
        ("authors: [Ada Byron, Jane Doe]", ("author", "Ada Byron, Jane Doe", "A. Byron")),
        ("doi: 10.1/y", ("doi", "10.1/y", "10.1/x")),
    ],
    ids=["title", "venue", "year", "authors", "doi"],
)
def test_a_page_goes_before_the_entry_beside_it(home, tmp_path, said, names):
    """Where they disagree the page is right, the entry stays as it is, and the report says so."""
    field, page, entry = names
    files = {HUGO: f"---\n{said}\n---\n", "content/publication/waves/cite.bib": CITE}
    paper, report = moved(home, tmp_path, files)
    told = paper.fields | {"author": ", ".join(name.display for name in paper.authors)}
    assert told[field] == page
    assert f"{HUGO}:1: w.{field}: the page says “{page}”, cite.bib “{entry}”" in report
    assert (home / "publications/publications.bib").read_text() == CITE


@pytest.mark.parametrize(
    "said",
    [
        "title: '**Waves**'\npublication: '*Sea*, 3(2), pp. 1–9, 2019'",
        "date: 2019-07-01\nauthors: [A. Byron]\ndoi: https://doi.org/10.1/x",
    ],
)
def test_a_page_that_says_the_same_disagrees_with_nothing(home, tmp_path, said):
    """Emphasis, a volume behind the venue, a day in the year: these are the same paper's."""
    files = {HUGO: f"---\n{said}\n---\n", "content/publication/waves/cite.bib": CITE}
    paper, report = moved(home, tmp_path, files)
    assert "the page says" not in report
    assert (paper.title, paper.venue, paper.year, paper.doi) == ("Waves", "Sea", 2019, "10.1/x")


BODY = "We measure *waves*.\n\n![alt](%s) See [the site](https://x.example).\n"


@pytest.mark.parametrize(
    ("name", "picture", "named"),
    [
        ("_publications/2020-01-02-waves.md", "images/p.png", "../images/p.png"),
        (HUGO, "content/publication/waves/p.png", "p.png"),
    ],
    ids=["academicpages", "hugo"],
)
def test_a_body_becomes_a_page_with_its_picture(home, tmp_path, name, picture, named):
    """What a paper's page says below its front matter is a page of ours, and no raw markup."""
    paper, report = moved(home, tmp_path, {name: PAGE % "" + BODY % named, picture: "PNG"})
    page = (home / "publications/waves.qmd").read_text()
    assert page.endswith(BODY % "/publications/files/p.png" + "")
    assert "abstract" not in paper.fields
    assert (home / "publications/files/p.png").is_file()
    assert "of 2 files 2 came along" in report


def test_what_a_template_has_below_each_paper_goes_into_fields(home, tmp_path):
    """Abstract, link to the paper and citation are fields of it, and no page repeats them."""
    text = (
        "## Abstract\n\nWe measure <b>waves</b>.\n\n[Download paper here](/files/w.pdf)\n\n"
        "Recommended citation: Byron, A. (2020). Waves.\n"
    )
    page = PAGE % "citation: 'Byron, A. (2020). Waves.'\n"
    files = {"_publications/2020-01-02-waves.md": page + text, "files/w.pdf": "%PDF"}
    paper, _ = moved(home, tmp_path, files)
    assert paper.fields["abstract"] == "We measure waves."
    assert paper.fields["pdf"] == "publications/files/w.pdf"
    assert not (home / "publications/waves.qmd").exists()


def test_capitals_in_an_address_are_folded(home, tmp_path):
    """An address with capitals is no fault, and the paper's page has it in small letters."""
    page = PAGE % "permalink: /publication/2020-01-02-Waves-A\n" + BODY % "no.png"
    _, report = moved(home, tmp_path, {"_publications/2020-01-02-waves.md": page})
    assert (home / "publications/waves-a.qmd").is_file()
    assert "could not be used" not in report
    assert not [problem for problem in problems_of(home) if "slug" in str(problem)]


def test_papers_with_pages_of_their_own_come_along_from_al_folio_too(home, tmp_path):
    """They stand beside the entries of the bibliography, and complete none that is there."""
    files = {
        "_bibliography/papers.bib": ENTRY % "",
        "_publications/waves.md": PAGE % "",
        "_publications/foam.md": PAGE.replace("Waves", "Foam") % "image: f.png\n",
        "_publications/f.png": "PNG",
    }
    for name, text in files.items():
        path = tmp_path / "old" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    move_in(home, tmp_path / "old")
    papers = {paper.title: paper for paper in load_bibliography(home)}
    assert set(papers) == {"Waves", "Foam"}
    assert papers["Foam"].fields["preview"] == "publications/previews/f.png"
    assert (ENTRY % "") in (home / "publications/publications.bib").read_text()


def test_what_posts_cite_is_no_paper_of_the_owner(home, tmp_path):
    """A bibliography of which every list shows what is cited alone holds papers by others."""
    files = {
        "_config.yml": "scholar: {bibliography: blog.bib}\n",
        "_bibliography/blog.bib": ENTRY.replace("waves", "roe") % "",
        "_posts/2021-02-03-why.md": "---\ntitle: Why\n---\n{% cite roe %}\n{% bibliography -c %}\n",
        "_publications/foam.md": PAGE.replace("Waves", "Foam") % "",
    }
    paper, _ = moved(home, tmp_path, files)
    assert paper.title == "Foam"
    assert "[@roe]" in (home / "posts/why.qmd").read_text()


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("_people/students/roe.md", "people"),
        ("_team/roe.markdown", "people"),
        ("_courses/roe.md", "teaching"),
        ("_portfolio/roe.md", "projects"),
        ("content/events/roe.md", "talks"),
    ],
)
def test_collections_are_known_by_their_names(home, tmp_path, place, kind):
    """Folders that are called after a kind of things hold such things, however deep."""
    files = {place: "---\ntitle: Roe\n---\n", "_bibliography/papers.bib": ENTRY % ""}
    _, report = moved(home, tmp_path, files)
    assert f"  {kind}: 1\n" in report


def test_what_is_said_of_people_is_not_lost(home, tmp_path):
    """Words for which a table has no column stand in the summary; who has left is an alumnus."""
    said = "name: Rick Roe\ninterests: Sails and foam\ncurrent: false\ncontact: roe@x.example\n"
    files = {"_people/roe.md": f"---\n{said}---\n", "_bibliography/papers.bib": ENTRY % ""}
    _, report = moved(home, tmp_path, files)
    (person,) = load_kind(home, "people", [])
    assert person.texts["summary"] == "Interests: Sails and foam."
    assert person.texts["email"] == "roe@x.example"
    assert person.is_on("alumnus")
    assert "could not be used" not in report


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("authors: <b>Byron A.</b>", ["A. Byron"]),
        ("authors: Byron A., van Doe J.-P.", ["A. Byron", "J.-P. van Doe"]),
        ("authors: [Byron A, Doe J]", ["A Byron", "J Doe"]),
        ("authors: [Ada Byron et al]", ["Ada Byron"]),
        ("authors: [Ada Byron, others]", ["Ada Byron"]),
        ("authors: [Ada B, Jane Doe]", ["Ada B", "Jane Doe"]),
    ],
)
def test_authors_are_people_however_they_are_listed(home, tmp_path, said, names):
    """Family names first, markup about the owner's, and others who are not named: as they are."""
    page = PAGE.replace("authors: [Ada Byron]", said) % ""
    paper, _ = moved(home, tmp_path, {"_publications/waves.md": page})
    assert [name.display for name in paper.authors] == names
    assert paper.others == ("et al" in said or "others" in said)


HOME = {
    "content/home/employment.md": '+++\nactive = true\nweight = 2\ntitle = "Employment"\n+++\n'
    "* At [sea](https://sea.example).\n",
    "content/home/hobbies.md": '+++\nactive = false\ntitle = "Hobbies"\n+++\nNone.\n',
    "content/home/experience.md": '+++\nactive = true\n[[experience]]\ntitle = "Captain"\n'
    'company = "Sea Ltd"\ndate_start = "2017-01-01"\n+++\n',
    "content/authors/ada/_index.md": "---\ntitle: Ada Byron\nrole: Professor\n"
    "awards: [{title: Prize, awarder: Sea, date: '2020-01-01'}]\n---\nI study waves.\n",
}
LANDING = {
    "content/_index.md": "---\nsections:\n- block: resume-biography\n  content: {username: ada}\n"
    "- block: markdown\n  content: {title: Employment, text: 'At sea.'}\n---\n",
    "content/authors/ada/_index.md": HOME["content/authors/ada/_index.md"],
    "content/authors/jane/_index.md": "---\ntitle: Jane Doe\n---\n",
}


@pytest.mark.parametrize(
    ("files", "rows"),
    [
        (HOME, {"positions": ["Captain"], "awards": ["Prize"]}),
        (LANDING, {"awards": ["Prize"], "people": ["Jane Doe"]}),
    ],
    ids=["widgets", "landing"],
)
def test_sections_of_a_home_page_of_hugo_come_along(home, tmp_path, files, rows):
    """Words stand behind what introduces the owner, lists of jobs and awards in their tables."""
    (home / "index.qmd").write_text("---\npagetitle: A\n---\n\nReplace this: words\n")
    moved(home, tmp_path, {HUGO: PAGE % "", **files})
    text = (home / "index.qmd").read_text()
    assert "I study waves.\n\n## Employment\n\n" in text
    assert "None." not in text
    found = load_items(home, [])
    assert {kind: [item.title for item in items] for kind, items in found.items()} == rows


def test_data_that_are_called_after_a_kind_are_its_rows(home, tmp_path):
    """Lists of awards, talks and courses come along, and what no column is for is said."""
    files = {
        "_data/cv/honors-awards.yml": "- {honor: Prize, startdate: April 2023, amount: 250}\n",
        "_data/talks.yml": "- {title: On waves, date: {year: 2020, month: May, day: 3}}\n",
        "_data/teaching.csv": "class,term,university\nTides,Fall 2023,\nFoam,,\n,,Sea\n",
        "_data/menu.yml": "- {title: Talks, url: /talks/}\n",
        "_bibliography/papers.bib": ENTRY % "",
    }
    _, report = moved(home, tmp_path, files)
    found = load_items(home, problems := [])
    assert {kind: [item.title for item in items] for kind, items in found.items()} == {
        "talks": ["On waves"], "teaching": ["Tides", "Foam", "Sea"], "awards": ["Prize"],
    }  # fmt: skip
    assert found["awards"][0].texts["summary"] == "amount: 250"
    assert problems == []
    assert "pages.cv()" in (home / "cv/index.qmd").read_text()
    assert "_data/menu.yml: nothing reads it here" in report


def test_pages_of_jekyll_in_other_folders_are_pages(home, tmp_path):
    """What has front matter is a page wherever it lies; notes without are none."""
    files = {
        "_config.yml": "title: x\n",
        "_bibliography/papers.bib": ENTRY % "",
        "misc/vita.md": "---\ntitle: Vita\n---\nNSF award, and more of them.\n",
        "misc/notes.md": "Nothing for anybody to read.\n",
    }
    _, report = moved(home, tmp_path, files)
    assert "NSF award, and more of them." in (home / "vita.qmd").read_text()
    assert "  pages: 1\n" in report


SAMPLE = (
    "@book{einstein1950meaning,\n  title={The meaning}, author={Einstein, Albert}, year=1950}\n"
)


def test_the_papers_that_a_bibliography_comes_with_are_left_out(home, tmp_path):
    """A template's own entries are named and do not come along, whatever stands beside them."""
    paper, report = moved(home, tmp_path, {"_bibliography/papers.bib": SAMPLE + ENTRY % ""})
    assert paper.title == "Waves"
    assert "Einstein" not in (home / "publications/publications.bib").read_text()
    assert "einstein1950meaning: it is a sample of the template: it is left out" in report


def test_a_template_that_nobody_has_filled_is_refused(home, tmp_path):
    """Where there is nothing but samples one line says so, and nothing is written."""
    (tmp_path / "old/_bibliography").mkdir(parents=True)
    (tmp_path / "old/_bibliography/papers.bib").write_text(SAMPLE)
    with pytest.raises(Refusal):
        move_in(home, tmp_path / "old")
    assert not (home / "publications/publications.bib").exists()


def test_a_paper_that_several_files_hold_comes_along_once(home, tmp_path):
    """Equal entries are one; where the second says something else the report names it."""
    files = {
        "_bibliography/all.bib": ENTRY % "",
        "_bibliography/sea.bib": ENTRY % "  abstract={We measure},\n",
        "_bibliography/tides.bib": ENTRY % "",
    }
    paper, report = moved(home, tmp_path, files)
    assert paper.title == "Waves"
    assert report.count("it says something else than _bibliography/all.bib:1") == 1
    assert (home / "publications/publications.bib").read_text().count("@article") == 1
