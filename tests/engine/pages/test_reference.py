"""Where and when a work appeared, as its page, its tags and the listing say it."""

import re
from html import unescape

import pytest

from portfolio.pages import home, listing, metadata
from portfolio.pages.paper import head_of_paper
from portfolio.pages.portfolio import load_portfolio
from portfolio.pages.reference import reference
from portfolio.pages.titles import title_in
from portfolio.pages.words import words


def loaded(project, entry):
    """Return the content of a project with one entry, and the paper that it makes."""
    (project / "publications" / "publications.bib").write_text(entry, encoding="utf-8")
    here = load_portfolio(project)
    return here, next(iter(here.papers))


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("techreport", "institution={Lab}, number={20/21}, year=2020", "Lab, number 20/21, 2020"),
        ("article", "journal={Sea}, number=7, year=2020", "Sea, number 7, 2020"),
        (
            "article",
            "journal={Sea}, journalsubtitle={Letters}, volume=3, number=2, eid={e5}, year=2020",
            "Sea: Letters, volume 3 (2), article e5, 2020",
        ),
        ("article", "journal={Sea}, pages={in press}, year=2020", "Sea, in press, 2020"),
        ("article", "journal={Sea}, pages={Paper No. 3, 9 pp.}", "Sea, Paper No. 3, 9 pp."),
        ("article", "journal={Sea}, pages={L12}, eid={L12}, year=2020", "Sea, pages L12, 2020"),
        (
            "book",
            (
                "editor={Poe, Ann}, editortype=compiler, editora={Roe, Bo}, "
                "editoratype=redactor, year=2020"
            ),
            "compiled by Ann Poe, redacted by Bo Roe, 2020",
        ),
        (
            "patent",
            "number={12}, location={countryde and countryus}, year=2020",
            "number 12, Germany and United States of America, 2020",
        ),
        (
            "incollection",
            (
                "booktitle={Rivers}, booksubtitle={An Atlas}, series={Maps}, number=12, chapter=4, "
                "editor={Poe, Ann}, publisher={House}, address={Rome}, pages={1--9}, year=2020"
            ),
            (
                "Rivers: An Atlas, number 12 in Maps, chapter 4, pages 1–9, edited by Ann Poe, "
                "House, Rome, 2020"
            ),
        ),
        (
            "book",
            (
                "publisher={House}, edition=22, maintitle={Works}, mainsubtitle={All}, volume=2, "
                "translator={Roe, Rick}, year=2020"
            ),
            "House, 22nd edition, volume 2 of Works: All, translated by Rick Roe, 2020",
        ),
        ("mastersthesis", "school={College}, year={c. 1750}", "Master’s thesis, College, c. 1750"),
        ("thesis", "institution={College}, type={phdthesis}, year=2", "PhD thesis, College, 2"),
        ("patent", "type={patentus}, number={7}, year=1998", "U.S. patent, number 7, 1998"),
        ("misc", "howpublished={Poster}, pubstate={inpress}", "Poster, in press"),
        ("article", "journal={Sea}, year={in press}", "Sea, in press"),
        (
            "inproceedings",
            "booktitle={Talks}, eventtitle={SeaConf}, venue={Oslo}, month={jan/feb}, year=2020",
            "Talks, SeaConf, Oslo, jan/feb 2020",
        ),
        ("article", "journal={Sea}, issuetitle={On Foam}, year={1387}", "Sea, On Foam, 1387"),
    ],
)
def test_a_page_says_all_of_it(project, kind, fields, said):
    """Numbers are told by what they count, and people by what they did."""
    _, paper = loaded(project, f"@{kind}{{a, title={{T}}, author={{Doe, Jane}}, {fields}}}")
    assert reference(paper, words()) == said


def test_editors_are_no_authors(project):
    """A book without an author is said to be edited, to readers and to machines."""
    here, paper = loaded(project, "@book{a, title={T}, editor={Doe, Jane and Poe, Ann}, year=2020}")
    html = unescape(re.sub("<[^>]*>", "", home.showcase(here, [paper])))
    assert "edited by Jane Doe, Ann Poe" in html
    tags = metadata.of_paper(here, paper)
    assert "citation_author" not in tags
    assert tags.count("citation_editor") == 2
    assert '"editor": [' in tags
    assert '"author"' not in tags


@pytest.mark.parametrize(
    ("year", "tag"),
    [
        *(("1387", None), ("۱۳۸۷", None), ("2565", None), ("535 BCE", None), ("c. 1750", None)),
        *(("in press", None), ("n.d.", None), ("199?", None), ("1600 AH", None)),
        *(("[1998]", "1998"), ("2024--2025", "2024"), ("2018 (in print)", "2018")),
    ],
)
def test_machines_are_told_no_wrong_year(project, year, tag):
    """A year of another calendar or in doubt is shown as written, and told in no tag."""
    entry = f"@misc{{a, title={{T}}, author={{Doe, Jane}}, year={{{year}}}}}"
    here, paper = loaded(project, entry)
    html = metadata.of_paper(here, paper)
    assert re.findall(r'citation_publication_date" content="(.*?)"', html) == [tag] * bool(tag)
    assert re.findall(r'"datePublished": "(.*?)"', html) == [tag] * bool(tag)
    assert year.replace("--", "–") in head_of_paper(here, paper)


def test_years_of_all_calendars_are_listed_by_their_number(project):
    """What is to come stands first, then the years by number, and what has no date last."""
    years = ("n.d.", "1387", "2020", "in press", "535 BCE", "۱۳۸۷", "c. 1750")
    entries = (
        f"@misc{{k{n}, title={{T}}, author={{Doe, Jane}}, year={{{year}}}}}"
        for n, year in enumerate(years)
    )
    here, _ = loaded(project, "\n".join(entries))
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", listing.publications(here)[0])
    assert headings == ["Forthcoming", "2020", "1750", "1387", "۱۳۸۷", "535 BCE", "Undated"]


@pytest.mark.parametrize(
    ("lang", "fields", "said"),
    [
        ("fr", "edition=1, date={2020-03-01}", "1re édition, 1 mars 2020"),
        ("de", "edition=22, date={2020-03}", "22. Auflage, März 2020"),
        ("de", "date={2020-03-02/2020-03-05}", "2.–5. März 2020"),
        (
            "ru",
            "date={2020-03/2020-05}",
            "март\N{NO-BREAK SPACE}— май 2020\N{NARROW NO-BREAK SPACE}г.",
        ),
        ("es", "date={2020-21}", "Primavera 2020"),
        ("pt", "year={in press}", "no prelo"),
        (
            "zh",
            "editor={Poe, Ann}, volume=2, number=7, series={Sea}",
            "Sea 第 2 卷，Sea 第 7 号，Ann Poe 编",
        ),
        ("ar", "pages={3--4}, year=2020", "الصفحات 3–4، 2020"),
        ("hy", "month={jan/feb}, year=2020", "jan/feb 2020"),
        ("ja", "translator={Poe, Ann and others}, year={c. 1750}", "Ann Poe、ほか 訳、c. 1750"),
    ],
)
def test_a_page_says_it_in_its_language(project, lang, fields, said):
    """Numbers, people and dates are told as the language tells them; the author's words stay."""
    _, paper = loaded(project, f"@book{{a, title={{T}}, author={{Doe, Jane}}, {fields}}}")
    assert reference(paper, words(lang)) == said


@pytest.mark.parametrize(
    ("title", "langid", "lang", "shown"),
    [
        ("Wellen", "german", "en", '<span lang="de-DE">Wellen</span>'),
        ("Wellen", "german", "de", "Wellen"),
        ("Waves", "", "ar", "<bdi>Waves</bdi>"),
        ("Waves", "english", "ar", '<bdi lang="en-US">Waves</bdi>'),
        ("2 أمواج", "", "en", "<bdi>2 أمواج</bdi>"),
        ("Waves", "whale song", "en", "Waves"),
    ],
)
def test_a_title_keeps_its_own_language(project, title, langid, lang, shown):
    """A title is told in its own language where that is not the page's, and runs its own way."""
    entry = f"@misc{{a, title={{{title}}}, author={{Doe, Jane}}, langid={{{langid}}}, year=2020}}"
    _, paper = loaded(project, entry)
    assert title_in(paper, words(lang)) == shown
