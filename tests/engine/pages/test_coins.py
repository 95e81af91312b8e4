"""Papers can be taken off a list."""

from zotero import from_spans

from portfolio.pages.coins import coins
from portfolio.pages.portfolio import load_portfolio


def taken(root, entry, **options):
    """Return what a reference manager takes of the entry."""
    (root / "publications" / "publications.bib").write_text(entry, encoding="utf-8")
    (paper,) = load_portfolio(root).papers
    (item,) = from_spans(coins(paper, **options))
    return item


def test_an_article_comes_whole(here):
    """Title, authors in order, journal, year, volume, issue, pages and DOI arrive as they are."""
    (item,) = from_spans(coins(here.papers["doe2020waves"]))
    assert item == {
        "itemType": "journalArticle",
        "title": "Waves & <u>tides</u>",
        "publicationTitle": "Sea Letters",
        "date": "2020",
        "volume": "3",
        "issue": "2",
        "pages": "5-8",
        "creators": [("author", "Rick", "Roe"), ("author", "J.", "Doe")],
        "DOI": "10.1000/waves",
    }


def test_each_kind_of_work_is_taken_for_what_it_is(project):
    """A paper of a conference, a chapter, a book, a thesis, a report and an article stay so."""
    for kind, wanted in {
        "article": "journalArticle",
        "inproceedings": "conferencePaper",
        "incollection": "bookSection",
        "book": "book",
        "phdthesis": "thesis",
        "techreport": "report",
        "misc": "journalArticle",
    }.items():
        entry = f"@{kind}{{a, title={{T}}, author={{Doe, Jane}}, year=2020, booktitle={{B}}}}"
        assert taken(project, entry)["itemType"] == wanted, kind


def test_signs_that_mean_something_in_an_address_arrive(project):
    """Ampersands, percent signs, pluses, equals signs, quotes and any script survive."""
    title = "A+B=C & 50% “of” #1 'x' 中文 Ελλ"
    entry = "@misc{a, title={A+B=C \\& 50\\% “of” \\#1 'x' 中文 Ελλ}, author={Doe, Jane}}"
    assert taken(project, entry)["title"] == title


def test_a_suffix_and_a_particle_stay_with_their_names(project):
    """Programs read nothing behind a second comma, so there is none."""
    entry = "@misc{a, title={T}, author={Doe, Jr., John and van der Berg, Jan Piet}}"
    wanted = [("author", "John Jr.", "Doe"), ("author", "Jan Piet", "van der Berg")]
    assert taken(project, entry)["creators"] == wanted


def test_a_brief_one_names_authors_only_where_nobody_can_look_them_up(project):
    """With a DOI or an arXiv number the authors are left out, without one they stay."""
    entry = "@misc{{a, title={{T}}, author={{Doe, Jane}}{}}}"
    assert "creators" not in taken(project, entry.format(", doi={10.1000/1}"), brief=True)
    arxiv = taken(
        project, entry.format(", eprint={2101.00001v2}, archiveprefix={arXiv}"), brief=True
    )
    assert arxiv["DOI"] == "10.48550/arXiv.2101.00001"
    assert "creators" not in arxiv
    assert "creators" in taken(project, entry.format(""), brief=True)
