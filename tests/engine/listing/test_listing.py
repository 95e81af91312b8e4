"""What a list of papers says, and how it is divided."""

import gzip
import json
import re
from html import unescape

import pytest
from records import bibliography

from portfolio.pages import listing, listing_pages
from portfolio.pages.listing import Listing, publications
from portfolio.pages.listing_facets import facets_of, kind_of
from portfolio.pages.listing_groups import sections_of, title_key
from portfolio.pages.listing_index import write_index
from portfolio.pages.listing_made import made_lists
from portfolio.pages.portfolio import load_portfolio
from portfolio.pages.words import words
from portfolio.shipped import theme_file

OWNER = "owner: {name: Ada Byron, site: https://byron.example}\nproject: {type: portfolio}\n"
FRAME = '<html><head></head><main><link href="../theme/a.css"></main></html>'


@pytest.fixture
def load(tmp_path):
    """Return the function that reads a bibliography as the project's."""

    def load(bib):
        (tmp_path / "publications").mkdir(exist_ok=True)
        (tmp_path / "publications" / "publications.bib").write_text(bib, encoding="utf-8")
        (tmp_path / "_quarto.yml").write_text(OWNER)
        return load_portfolio(tmp_path)

    return load


def entries(*fields):
    """Return entries ``k0``, ``k1``, … with the fields beside author and title."""
    return "\n".join(
        f"@misc{{k{n}, title={{T{n}}}, author={{Doe, Jane}}, {said}}}"
        for n, said in enumerate(fields)
    )


def rows(html):
    """Return the rows of a list."""
    return re.findall(r'<li [^>]*class="row\b.*?(?=<li [^>]*class="row\b|</ol>)', html, re.DOTALL)


def text(html):
    """Return what a reader reads of ``html``."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


def test_papers_stand_under_their_years(load):
    """Years are headings, the newest first; a row is named by its slug and leads to its page."""
    html, _ = publications(load(entries("year=2020", "year=2021", "year=2020")))
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", html) == ["2021", "2020"]
    assert [re.search(r'id="(\w+)"', row)[1] for row in rows(html)] == ["k1", "k0", "k2"]
    assert '<h3><a href="/publications/k1.html" class="p-name u-url">T1</a></h3>' in html


def test_what_has_no_year_is_not_yet_to_come(load):
    """Forthcoming is what says so, in whichever field; what says nothing is undated, and last."""
    said = ("", "year=2020", "year={in press}", "pubstate={forthcoming}", "note={To appear}")
    html, _ = publications(load(entries(*said, "note={Presented}")))
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", html) == ["Forthcoming", "2020", "Undated"]
    assert [row.count("T0</a>") for row in rows(html)] == [0, 0, 0, 0, 1, 0]


def test_a_topic_has_its_papers_in_the_lists_order(load):
    """A paper stands below each of its topics, on a website with few papers too."""
    keywords = ("{x, y, z}", "{y, x}", "{x}")
    here = load(entries(*(f"year=2020, keywords={said}" for said in keywords)))
    html, _ = publications(here, group="topic")
    sections = re.findall(r"<h2[^>]*>(.)</h2>(.*?)</section>", html, re.DOTALL)
    found = {name: re.findall(r">(T\d)<", section) for name, section in sections}
    assert found == {"x": ["T0", "T1", "T2"], "y": ["T0", "T1"], "z": ["T0"]}


def test_links_stand_in_one_order(load):
    """The paper first, then code and the rest, and last how to cite it."""
    bib = entries(
        "year=2020, code={https://c.example}, slides={https://s.example}, doi={10.1000/a},"
        " pdf={https://p.example/a.pdf}, eprint={2001.00001}, archivePrefix={arXiv}"
    )
    (row,) = rows(publications(load(bib))[0])
    links = re.search(r'<span class="links">(.*?)</span>', row)[1]
    assert text(links) == "PDF arXiv Publisher Code Slides Cite"
    assert 'href="/publications/k0.html#cite"' in links


@pytest.mark.parametrize(
    ("count", "owner", "shown"),
    [
        (8, 0, None),
        (9, 8, "Jane Doe0, Jane Doe1, Jane Doe2, Ada Byron, +5 more"),
        (25, 1, "Jane Doe0, Ada Byron, Jane Doe2, +22 more"),
    ],
)
def test_long_lists_of_authors_are_short(load, count, owner, shown):
    """Of more than eight authors stand the first three and the owner; all are a click away."""
    names = ["Byron, Ada" if n == owner else f"Doe{n}, Jane" for n in range(count)]
    bib = f"@misc{{a, title={{T}}, author={{{' and '.join(names)}}}, year=2020}}"
    (row,) = rows(publications(load(bib))[0])
    full = ", ".join("Ada Byron" if n == owner else f"Jane Doe{n}" for n in range(count))
    assert full in text(row).replace(" ,", ",")
    if shown is None:
        assert "<details" not in row
    else:
        few, more = re.search(r'class="few">(.*?)</span><details><summary>(.*?)</', row).groups()
        assert text(few + " " + more).replace(" ,", ",") == shown


def test_a_row_has_no_abstract_and_no_entry(load):
    """A summary is for selected papers alone; abstracts and BibTeX are on the paper's page."""
    fields = "year=2020, abstract={An abstract.}, summary={A summary.}"
    first, second = rows(publications(load(entries(f"{fields}, selected={{true}}", fields)))[0])
    assert "A summary." in first
    assert "A summary." not in second
    assert "abstract" not in first + second
    assert "@misc" not in first + second


def test_a_tile_names_the_venue_or_the_kind(load):
    """Where there is no picture, a tile says the venue's short name, its acronym, or the kind."""
    said = ("Sea", "Conference on Looms (LOOMS)", "Leaves in all of the winds")
    html, _ = publications(load(entries(*(f"howpublished={{{s}}}, year=2020" for s in said))))
    tiles = re.findall(r'class="tile"[^>]*>(.*?)</div>', html)
    assert list(map(text, tiles)) == ["Sea 2020", "LOOMS", "Work"]


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("@article{a, journal={Sea Letters}}", "journal"),
        ("@article{a, journal={arXiv preprint arXiv:2001.00001}}", "preprint"),
        ("@misc{a, eprint={2001.00001}, archivePrefix={arXiv}}", "preprint"),
        ("@unpublished{a, note={Draft}}", "preprint"),
        ("@inproceedings{a, booktitle={SeaConf}}", "conference"),
        ("@incollection{a, booktitle={Handbook}}", "chapter"),
        ("@phdthesis{a, school={U}}", "thesis"),
        ("@techreport{a, institution={I}}", "report"),
        ("@dataset{a, publisher={P}}", "data"),
        ("@misc{a, howpublished={A poster}}", "other"),
    ],
)
def test_works_are_told_apart_by_kind(load, entry, kind):
    """A preprint is one whatever type its entry has."""
    (paper,) = load(entry.replace("{a,", "{a, title={T}, author={Doe, J.}, year=2020,")).papers
    assert kind_of(paper) == kind


def test_facets_tell_papers_apart(load):
    """Facets count; what all papers are, or none, is none; a topic is one in any case."""
    said = [f"year=2020, keywords={{{'Tides, sea' if n < 1 else 'tides'}}}" for n in range(4)]
    said += ["year=2020, award={Prize}", "year=2020, note={Best Paper Award}"]
    here = load(entries(*said))
    assert [(facet.id, facet.text, len(facet.slugs)) for facet in facets_of(here, here.papers)] == [
        ("only-award", "Awards", 2),
        ("topic-sea", "sea", 1),
        ("topic-tides", "tides", 4),
    ]


def test_topics_that_look_alike_in_addresses_stay_two(load):
    """C and C++ are two topics."""
    here = load(entries("keywords={C}", "keywords={C++}", "year=1", "year=2", "year=3"))
    assert [facet.id for facet in facets_of(here, here.papers)] == ["topic-c", "topic-c-2"]


def test_titles_are_sorted_without_their_article(load):
    """The Sea stands under S, Ärger under A, digits first and other scripts last."""
    titles = ("The Sea", '{\\"A}rger', "3 waves", "深海", "Эхо")
    bib = "\n".join(f"@misc{{k{n}, title={{{t}}}, year=2020}}" for n, t in enumerate(titles))
    here = load(bib)
    sections = sections_of(here.papers, words(), group="title", sort="title")
    assert [section.text for section in sections] == ["0–9", "A", "S", "Э", "…"]
    assert title_key(here.papers["k0"]) == "sea"


def test_an_unknown_order_is_refused(load):
    """A wrong word says which there are."""
    with pytest.raises(ValueError, match="year, kind, topic, title"):
        publications(load(entries("year=2020")), group="colour")


def test_a_row_takes_no_name_that_the_page_needs(load):
    """A paper called as the page's main part does not take its place."""
    html, _ = publications(load("@misc{main, title={T}, author={Doe, J.}, year=2020}"))
    assert '<li id="paper-main"' in html


def test_a_list_that_is_too_long_is_divided(load, monkeypatch):
    """Old papers lie by decade, or by year where a decade is too long, and none is lost."""
    monkeypatch.setattr(listing_pages, "FULL", 20)
    years = [*range(2000, 2010), *([2014] * 15), *([2015] * 45), *([2021] * 12)]
    here = load(entries(*(f"year={year}, keywords={{k{year % 3}}}" for year in years)))
    whole = Listing(here)
    addresses = [page.address.removeprefix("/publications/") for page in whole.pages["year"]]
    assert addresses == [
        "index.html", "in/2015.html", "in/2015-2.html", "in/2015-3.html", "in/2014.html",
        "in/2000s.html",
    ]  # fmt: skip
    shown = [
        paper.slug for page in whole.pages["year"] for s in page.sections for paper in s.papers
    ]
    assert shown == [paper.slug for paper in here.papers]
    assert whole.places["k0"] == "/publications/in/2000s.html"


def test_a_divided_list_is_whole(load, monkeypatch):
    """Each page has at most so many rows, a title of its own, and links that lead somewhere."""
    monkeypatch.setattr(listing_pages, "FULL", 50)
    here = load(bibliography())
    index, scripts = publications(here)
    made = {"/publications/index.html": index} | dict(made_lists(here, index, FRAME))
    assert scripts == ("seek.js", "list.js")
    pages = {address: html for address, html in made.items() if address.endswith(".html")}
    assert max(len(rows(html)) for html in pages.values()) == 50
    titles = [re.search("<title>(.*?)</title>", html)[1] for html in [*pages.values()][1:]]
    assert len(set(titles)) == len(titles)
    for address, html in pages.items():
        for to in re.findall(r"<nav.*?</nav>", html, re.DOTALL):
            for href in re.findall('href="([^"]*)"', to):
                path, _, mark = href.partition("#")
                assert not mark or f'id="{mark}"' in pages[path or address], href
    written = json.loads(made[listing.INDEX])
    assert sorted(row[2] for row in written["papers"]) == sorted(
        paper.slug for paper in here.papers
    )


def test_a_page_of_a_divided_list_is_light(load):
    """However many papers there are: a full page, all style and the scripts of search, as sent."""
    html, scripts = publications(load(bibliography(800)))
    assert len(rows(html)) > 350
    parts = [html.encode(), *map(theme_file, ("site.css", "scheme.js", "copy.js", *scripts))]
    assert sum(len(gzip.compress(part, 6)) for part in parts) <= 58 * 1024  # and two for the head


def test_of_a_divided_list_only_what_changed_is_made_again(load, monkeypatch):
    """One changed title makes the rows of its sections, and the list is as one made anew."""
    monkeypatch.setattr(listing_pages, "FULL", 20)
    asked = []
    made = listing.row
    monkeypatch.setattr(
        listing, "row", lambda here, paper: asked.append(paper) or made(here, paper)
    )

    def pages(bib):
        whole = Listing(load(bib))
        return [whole.html(page, group) for group in whole.pages for page in whole.pages[group]]

    before = entries(*(f"year={2000 + n % 10}" for n in range(60)))
    pages(before)
    assert len(asked) == 60
    asked.clear()
    after = pages(before.replace("title={T7}", "title={Other}"))
    assert {paper.fields["year"] for paper in asked} == {"2007"}
    assert any("Other" in page for page in after)
    monkeypatch.setattr(listing, "remembered_text", lambda *told: told[-1]())
    assert pages(before.replace("title={T7}", "title={Other}")) == after


def test_the_index_of_a_divided_list_is_small(load):
    """It says each name and venue once: for a paper less than a quarter of its row."""
    here = load(bibliography(100))
    whole = Listing(here)
    index = write_index(here, whole.papers, whole.facets, whole.places)
    assert len(index) < len(publications(here)[0]) / 4


def test_pages_in_other_folders_find_what_the_frame_names(load):
    """What the listing's page names beside it is named from the root."""
    here = load(bibliography(20))
    _, html = next(iter(made_lists(here, publications(here)[0], '<link href="../theme/a.css">')))
    assert html.startswith('<link href="/theme/a.css">')
