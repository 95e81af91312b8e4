"""What a paper's page tells machines is the record, as other people's programs read it back."""

import json
import re
from html import unescape

import needs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from zotero import from_spans, from_tags

from portfolio.pages import metadata
from portfolio.pages.coins import coins
from portfolio.pages.portfolio import load_portfolio
from portfolio.records.paper import Paper
from portfolio.records.people.names import Name

SCHEMA = "https://schema.org/"
TYPES = """BreadcrumbList Book Chapter CollectionPage CreativeWork Dataset ImageObject ItemList
ListItem MediaObject Organization Periodical Person ProfilePage PropertyValue PublicationIssue
PublicationVolume Report ScholarlyArticle SoftwareSourceCode Thesis WebSite"""
TERMS = """about abstract affiliation author caption codeRepository datePublished dateModified
description editor encodingFormat familyName givenName headline height honorificSuffix identifier
inLanguage isAccessibleForFree isPartOf isbn issn issueNumber itemListElement jobTitle keywords
mainEntity name
numberOfItems pageEnd pageStart position programmingLanguage propertyID publisher value
volumeNumber width encoding isBasedOn"""
ADDRESSES = "codeRepository contentUrl image item license mainEntityOfPage sameAs thumbnailUrl url"
CONTEXT = {  # of schema.org's vocabulary what we use, so that a word that it lacks is dropped
    **{term: SCHEMA + term for term in f"{TYPES} {TERMS}".split()},
    **{term: {"@id": SCHEMA + term, "@type": "@id"} for term in ADDRESSES.split()},
}
KINDS = {
    "article": ("journalArticle", "journal", "publicationTitle"),
    "inproceedings": ("conferencePaper", "booktitle", "conferenceName"),
    "incollection": ("bookSection", "booktitle", "publicationTitle"),
    "phdthesis": ("thesis", "school", "university"),
    "techreport": ("report", "institution", "institution"),
    "book": ("book", "publisher", "publisher"),
}
SIGNS = "abcXYZ éßŁ中文あعمل Ωλ ℓ₁ <>&\"'`%+=;,:#?/\\{}[]()|~^$_*@!§†–—…\u00a0\u202f😀"
TEXT = st.text(SIGNS, min_size=1, max_size=40).map(lambda said: " ".join(said.split()))
WORDS = TEXT.filter(lambda said: re.search(r"\w", said) is not None)
PART = st.text("abcdXYZ éßŁ中文عمل'’-.", min_size=1, max_size=14).map(
    lambda said: " ".join(said.split())
)
PART = PART.filter(lambda said: re.search(r"\w", said) is not None)
NAME = st.builds(
    Name, PART, st.sampled_from(["", "van der", "de"]), PART, st.sampled_from(["", "Jr."])
)


@st.composite
def papers(draw):
    """Draw a paper of any kind, with anything in its fields."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    fields = {
        "title": draw(WORDS),
        KINDS[kind][1]: draw(WORDS),
        "year": str(draw(st.integers(1900, 2099))),
    }
    fields["author"] = "said in authors"
    if draw(st.booleans()):
        first = draw(st.integers(1, 900))
        fields |= {"pages": f"{first}--{first + draw(st.integers(1, 99))}", "volume": str(first)}
    if draw(st.booleans()):
        fields["doi"] = f"10.1000/a-{draw(st.integers(1, 10**6))}"
    if draw(st.booleans()):
        fields["abstract"] = draw(WORDS)
    names = draw(st.lists(NAME, min_size=1, max_size=4, unique_by=lambda name: name.indexed))
    return Paper("key", "key", kind, tuple(names), fields, "", "publications/a.bib", 1)


def plain(text):
    """Return text as programs keep it: blanks are one kind."""
    return " ".join(text.split())


def people(paper):
    """Return the authors as reference managers keep them."""
    parts = ((name, " ".join(filter(None, (name.given, name.suffix)))) for name in paper.authors)
    return [
        ("author", plain(given), plain(" ".join(filter(None, (name.particle, name.family)))))
        for name, given in parts
    ]


def expanded(html):
    """Return what a processor of JSON-LD makes of the data in a page: nodes by their types.

    Nothing is dropped: each word is one of the vocabulary.
    """
    jsonld = needs.package("pyld").jsonld
    nodes = {}
    for written in re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL
    ):
        data = json.loads(written)
        context = data.pop("@context")
        assert context == SCHEMA.rstrip("/")
        (node,) = jsonld.expand(data | {"@context": CONTEXT}, {"documentLoader": refuse})
        assert set(words_of(data)) == set(words_of(node, SCHEMA)), "a word is unknown to schema.org"
        nodes[node["@type"][0].removeprefix(SCHEMA)] = node
    return nodes


def refuse(address, _options):
    """Load nothing: tests ask no other host."""
    raise AssertionError(address)


def words_of(data, start=""):
    """Yield the words of the vocabulary that data use, as keys and as types."""
    if isinstance(data, list):
        for one in data:
            yield from words_of(one, start)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key == "@type":
                yield from (
                    one.removeprefix(start)
                    for one in ([value] if isinstance(value, str) else value)
                )
            elif not key.startswith("@"):
                yield key.removeprefix(start)
                yield from words_of(value, start)


def said(node, term):
    """Return the values of a term, in order."""
    values = node.get(SCHEMA + term, [])
    return [one.get("@value", one["@id"] if set(one) == {"@id"} else one) for one in values]


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """Return the content of a project without papers of its own."""
    root = tmp_path_factory.mktemp("harvest")
    (root / "_quarto.yml").write_text(
        "owner: {name: Jane Doe, site: 'https://doe.example', links: [{text: ORCID, "
        "href: 'https://orcid.org/0000-0002-1825-0097'}, {text: CV, href: 'https://files.example/cv.pdf'},"
        " {text: Mail, href: 'mailto:jane@doe.example'}, {text: Code, href: 'https://code.example/doe'}]}\n"
        "project: {type: portfolio}\n"
    )
    return load_portfolio(root)


FIELDS = {"title": "</script><b>&amp;", "author": "x", "journal": 'J" onload=x', "year": "2020"}
TWO_BLANKS = (Name("Jan Piet", "van der", "Berg", ""),)
ONE_MAN = Paper("key", "key", "article", TWO_BLANKS, FIELDS, "", "p", 1)
"""A single author with blanks in both of his names, whom Zotero would take for two."""


@settings(max_examples=40, derandomize=True, database=None, deadline=None)
@given(papers())
@example(ONE_MAN)
def test_reference_managers_read_the_record_back(here, paper):
    """Title, people, venue, date, pages, abstract and identifiers arrive, whatever they hold."""
    kind, venue, name = KINDS[paper.kind]
    item = from_tags(metadata.of_paper(here, paper))
    assert item["itemType"] == kind
    assert item["title"] == plain(paper.title)
    assert item["creators"] == people(paper)
    assert item[name] == plain(paper.fields[venue])
    assert item["date"] == paper.fields["year"]
    assert item.get("pages", "") == "-".join(filter(None, paper.pages))
    assert item.get("volume", "") == paper.fields.get("volume", "")
    assert item.get("DOI", "") == paper.doi
    assert item.get("abstractNote", "") == plain(paper.fields.get("abstract", ""))


@settings(max_examples=40, derandomize=True, database=None, deadline=None)
@given(papers())
@example(ONE_MAN)
def test_lists_give_the_record_back(paper):
    """The span that stands for a paper in a list holds the same record."""
    (item,) = from_spans(coins(paper))
    kind, venue, _ = KINDS[paper.kind]
    assert item["itemType"] == kind
    assert plain(item["title"]) == plain(paper.title)
    assert item["creators"] == people(paper)
    assert item["date"] == paper.fields["year"]
    where = item.get("publisher" if kind in {"thesis", "report", "book"} else "publicationTitle")
    assert plain(where) == plain(paper.fields[venue])
    assert item.get("DOI", "") == paper.doi


@settings(max_examples=40, derandomize=True, database=None, deadline=None)
@given(papers())
@example(ONE_MAN)
def test_linked_data_are_the_record(here, paper):
    """A processor of JSON-LD finds every author in order, the title, the date and the DOI."""
    nodes = expanded(metadata.of_paper(here, paper))
    (work,) = (node for node in nodes.values() if SCHEMA + "headline" in node)
    assert said(work, "headline") == [paper.title]
    assert [said(one, "name")[0] for one in said(work, "author")] == [
        n.display for n in paper.authors
    ]
    assert said(work, "datePublished") == [paper.fields["year"]]
    found = [said(one, "value")[0] for one in said(work, "identifier")]
    assert found == ([paper.doi] if paper.doi else [])
    way = said(nodes["BreadcrumbList"], "itemListElement")
    assert [said(step, "position")[0] for step in way] == [1, 2, 3]


def test_the_home_page_says_who_the_owner_is_elsewhere(here):
    """Profiles are the same person; a PDF of one's own and an address of e-mail are not."""
    nodes = expanded(metadata.of_owner(here))
    assert set(nodes) == {"ProfilePage", "WebSite"}
    (person,) = said(nodes["ProfilePage"], "mainEntity")
    assert said(person, "sameAs") == [
        "https://orcid.org/0000-0002-1825-0097",
        "https://code.example/doe",
    ]
    (orcid,) = said(person, "identifier")
    assert said(orcid, "value") == ["0000-0002-1825-0097"]


def test_signposts_lead_to_record_people_and_licence(tmp_path):
    """Typed links name what a program looks for, each with its media type."""
    (tmp_path / "_quarto.yml").write_text("owner: {name: Jane Doe, site: 'https://doe.example'}\n")
    folder = tmp_path / "publications"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "a.pdf").write_bytes(b"%PDF")
    (folder / "publications.bib").write_text(
        "@article{a, title={T}, author={Doe, Jane and Roe, Rick}, journal={J}, year=2020,"
        " doi={10.1000/1}, license={CC-BY-4.0}, pdf={publications/files/a.pdf}}"
    )
    (folder / "people.csv").write_text(
        "name,link\nRick Roe,https://orcid.org/0000-0002-1825-0097\n"
    )
    here = load_portfolio(tmp_path)
    html = metadata.of_paper(here, here.papers["a"])
    links = re.findall(r'<link rel="([^"]*)" href="([^"]*)"(?: type="([^"]*)")?', html)
    assert [link for link in links if link[0] != "alternate"] == [
        ("cite-as", "https://doi.org/10.1000/1", ""),
        ("author", "https://doe.example/", ""),
        ("author", "https://orcid.org/0000-0002-1825-0097", ""),
        ("describedby", "/publications/a.bib", "application/x-bibtex"),
        ("describedby", "/publications/a.ris", "application/x-research-info-systems"),
        ("describedby", "/publications/a.json", "application/vnd.citationstyles.csl+json"),
        ("item", "/publications/files/a.pdf", "application/pdf"),
        ("license", "https://creativecommons.org/licenses/by/4.0/", ""),
        ("type", "https://schema.org/ScholarlyArticle", ""),
        ("type", "https://schema.org/AboutPage", ""),
        ("collection", "/publications/index.html", ""),
    ]
    assert unescape(html).count('rel="alternate"') == 3


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("misc", "preprint"), ("dataset", "dataset"), ("software", "computerProgram")],
)
def test_works_without_a_venue_are_taken_for_what_they_are(tmp_path, kind, wanted):
    """Zotero is told the type where no venue decides it."""
    (tmp_path / "_quarto.yml").write_text("owner: {name: Jane Doe, site: 'https://doe.example'}\n")
    (tmp_path / "publications").mkdir()
    (tmp_path / "publications" / "publications.bib").write_text(
        f"@{kind}{{a, title={{T}}, author={{Doe, Jane}}, url={{https://arxiv.org/abs/2101.00001}}}}"
    )
    here = load_portfolio(tmp_path)
    assert from_tags(metadata.of_paper(here, here.papers["a"]))["itemType"] == wanted
