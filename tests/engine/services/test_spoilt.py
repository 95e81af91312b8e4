"""No answer takes long to look at, whatever it is made of: what is beyond bounds is left out."""

import json
import time
from dataclasses import replace

import pytest
from service import WAVES
from test_shapes import CROSSREF, OPENALEX, ORCID, RECORD

from portfolio.records.formats.bib import write_entry
from portfolio.refusal import Refusal
from portfolio.services import arxiv, crossref, dblp, lookup, openalex, orcid
from portfolio.services.answer import Answer
from portfolio.services.client import Client
from portfolio.services.heads import identifiers_in
from portfolio.services.identify import Reference
from portfolio.services.orcid_record import things
from portfolio.services.web import Web
from portfolio.services.works import Work, name_of, record_with
from portfolio.syncing.groups import Group, Here, grouped
from portfolio.syncing.venues import agree

MARKS = "\u0316\u0301" * 100_000
"""Marks that Unicode has sorted, which takes a time that grows with the square of their number."""
NUMBER = "&#" + "9" * 5000 + ";"
"""A letter by a number of more digits than Python reads."""
SECONDS = 5
FEED = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
ENTRY = "<entry><id>http://arxiv.org/abs/{}</id><title>{}</title></entry>"


class Told(Client):
    """Is answered one text, whatever it asks."""

    def __init__(self, said, patience=20.0):
        super().__init__(Web(patience=patience))
        self.said = (said if isinstance(said, str) else json.dumps(said)).encode()

    def get(self, address, *, sound=lambda _: None, **_):
        """Return what is always answered."""
        answer = Answer(200, address, "", "", self.said)
        sound(answer)
        return answer


def spoilt(said, *path, by):
    """Return a copy of an answer with something else at a place."""
    copy = json.loads(json.dumps(said))
    inner = copy
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = by
    return copy


def works_of_openalex(said):
    """Ask OpenAlex, and lay beside a bibliography what it knows."""
    grouped(openalex.works(Told(said), "0"), Here(()))


def works_of_orcid(said):
    """Ask ORCID, and lay beside a bibliography what it knows."""
    grouped(orcid.works(Told(said), "0"), Here(()))


def works_of_dblp(said):
    """Ask dblp, and lay beside a bibliography what it knows."""
    grouped(dblp.works(Told(said), "0/0"), Here(()))


def works_of_arxiv(said):
    """Ask arXiv, and lay beside a bibliography what it knows."""
    grouped(arxiv.works(Told(said), "byron_a_1"), Here(()))


def registered(said):
    """Ask Crossref for one work."""
    crossref.by_doi(Told(said), ["10.1000/waves"])


def record(said):
    """Ask ORCID for all else that it knows of a person."""
    things(Told(said), "0")


TITLE = ("results", 0, "title")
SUMMARY = ("group", 0, "work-summary", 0)
DEEP = '{"results": %s%s, "group": [], "activities-summary": {}, "message": {"items": []}}'
DEEP %= ("[" * 900, "]" * 900)
ANSWERS = {
    "a title of marks": (works_of_openalex, spoilt(OPENALEX, *TITLE, by=MARKS)),
    "a venue of marks": (
        works_of_orcid, spoilt(ORCID, *SUMMARY, "journal-title", "value", by=MARKS),
    ),
    "a letter by its number": (works_of_openalex, spoilt(OPENALEX, *TITLE, by=NUMBER)),
    "a letter in a record": (
        registered, spoilt(CROSSREF, "message", "items", 0, "title", by=NUMBER),
    ),
    "more works than were asked for": (
        works_of_openalex, spoilt(OPENALEX, "results", by=OPENALEX["results"] * 1500),
    ),
    "empty works": (works_of_openalex, spoilt(OPENALEX, "results", by=[{}] * 15_000)),
    "works of one title": (works_of_orcid, spoilt(ORCID, "group", by=ORCID["group"] * 500)),
    "depth at OpenAlex": (works_of_openalex, DEEP),
    "depth at ORCID": (works_of_orcid, DEEP),
    "depth at Crossref": (registered, DEEP),
    "depth in a record": (record, DEEP),
    "strings made of strings": (
        works_of_dblp,
        "@string{s={" + "x" * 15_000 + "}}\n@misc{a, title={A}, "
        + "".join(f"f{n}=s#s#s#s, " for n in range(1500)) + "}",
    ),
    "strings without an end": (works_of_dblp, "@misc{a, title={A}}\n" + "@string{a={" * 30_000),
    "entries without an end": (works_of_dblp, '@misc{a,title={c\n@misc{b,title="c\n' * 8_000),
    "entries under one key": (works_of_dblp, "@misc{a,title={c}}\n" * 2_000),
    "a title of marks in BibTeX": (works_of_dblp, f"@misc{{a, title={{{MARKS}}}}}"),
    "a title of marks in a feed": (works_of_arxiv, FEED.format(ENTRY.format("2101.00001", MARKS))),
    "entries of a feed": (works_of_arxiv, FEED.format(ENTRY.format("2101.00001", "A") * 9000)),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "said"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_beyond_all_bounds_is_soon_done_with(ask, said):
    """It is a refusal, or works without what makes them long, and takes no longer than others."""
    started = time.thread_time()
    try:
        ask(said)
    except Refusal as refusal:
        said = str(refusal)
    assert time.thread_time() - started < SECONDS


SECTION = RECORD["activities-summary"]["employments"]["affiliation-group"]


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (registered, spoilt(CROSSREF, "message", "items", by=[{}] * 21)),
        (works_of_openalex, spoilt(OPENALEX, "results", by=[{}] * 1001)),
        (works_of_orcid, spoilt(ORCID, "group", by=[{}] * 5001)),
        (works_of_arxiv, FEED.format("<entry/>" * 5001)),
        (record, spoilt(RECORD, "activities-summary", "employments", "affiliation-group",
                        by=SECTION * 2100)),
    ],
    ids=["Crossref", "OpenAlex", "ORCID", "arXiv", "record"],
)  # fmt: skip
def test_more_than_was_asked_for_is_no_answer(ask, said):
    """A service that gives far more than there can be is one line."""
    with pytest.raises(Refusal, match=r"makes no sense|more than anybody has done"):
        ask(said)


def test_what_is_long_is_left_out_and_the_rest_is_there():
    """A title of a million letters is none, and its work has all else."""
    said = spoilt(OPENALEX, *TITLE, by="A" * 1_000_000)
    (work,) = openalex.works(Told(said), "0")
    assert "title" not in work.record.fields
    assert work.record.fields["doi"] == "10.1000/waves"
    (waves,) = orcid.works(Told(spoilt(ORCID, *SUMMARY, "journal-title", "value", by=MARKS)), "0")
    assert (waves.title, "journal" in waves.record.fields) == ("Waves: Waves", False)


def test_what_takes_longer_than_patience_is_one_line():
    """However many works there are, they are read until the time is up."""
    client = Told(spoilt(ORCID, "group", by=ORCID["group"] * 90), patience=0.002)
    with pytest.raises(Refusal, match=r"ORCID: its answers could not be read in 0\.002 s"):
        orcid.works(client, "0")


@pytest.mark.parametrize(
    ("name", "number"), [("2101.00001v3", 3), ("hep-th/9901001v12", 12), ("2101.00001", 1)]
)
def test_versions_are_read_from_addresses(name, number):
    """A preprint has its number of versions, in each kind of identifier."""
    (found,) = arxiv.versions(Told(FEED.format(ENTRY.format(name, "A"))), [name])
    assert (found.identifier, found.number) == (name.partition("v")[0], number)


@pytest.mark.parametrize("name", ["1v" + "9" * 5000, "a b", "x\N{SUPERSCRIPT TWO}", "1&lt;a"])
def test_an_address_without_an_identifier_is_no_version(name):
    """Numbers of thousands of digits and signs that no identifier has are left out."""
    assert arxiv.versions(Told(FEED.format(ENTRY.format(name, "A"))), ["1"]) == []


@pytest.mark.parametrize(
    "title", ["A &#x9b;31m red", "A &#x202e;red", "A &#xfeff;red", "A &#x85; red"]
)
def test_a_feed_colours_no_terminal(title):
    """What XML and HTML spell out by numbers is looked at as letters are."""
    (work,) = arxiv.works(Told(FEED.format(ENTRY.format("2101.00001", title))), "byron_a_1")
    (other,) = openalex.works(Told(spoilt(OPENALEX, *TITLE, by=title)), "0")
    for one in (work, other):
        assert one.title.isprintable()
        assert write_entry(replace(one.record, key="a")).replace("\n", "").isprintable()


def test_names_of_venues_are_soon_compared():
    """A word of thousands of letters stands for no others, and is not taken to pieces."""
    started = time.thread_time()
    assert not agree("a" * 2000, "b" + "a" * 1999)
    assert agree("neurips", "neural information processing systems")
    assert time.thread_time() - started < 1


def test_many_works_of_one_title_are_all_there():
    """What so many share tells them from nothing; identifiers still do."""
    people = (name_of("Ada Byron"),)

    def work(service, number):
        doi = f"10.1000/{number}"
        fields = record_with("article", people, title="Editorial Notes", year="2020", doi=doi)
        return Work(service, str(number), "", fields)

    works = [work(service, number) for service in ("ORCID", "dblp") for number in range(600)]
    started = time.thread_time()
    found = grouped(works, Here(()))
    assert time.thread_time() - started < SECONDS
    assert [len(each.works) for each in found] == [2] * 600
    assert {each.group for each in found} == {Group.MISSING}
    assert len({each.name for each in found}) == 600


@pytest.mark.parametrize(
    "page",
    [
        "<!--" * 250_000, "<![" * 300_000, "<meta " * 150_000, "<meta name='" * 80_000,
        "<meta " + "a=" * 400_000 + ">", "<meta " + "a" * 900_000 + ">", "<meta" + " " * 900_000,
        f'<meta name="citation_title" content="{NUMBER}">', "<" * 900_000,
    ],
    ids=lambda page: page[:16],
)  # fmt: skip
def test_a_page_of_anything_is_looked_through(page):
    """What a parser of HTML would stumble over, or take for ever for, gives no identifiers."""
    started = time.thread_time()
    assert identifiers_in(page) == {}
    assert time.thread_time() - started < SECONDS


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ('<META content="10.1000/a" NAME="Citation_DOI">', {"doi": "10.1000/a"}),
        ("<meta name=citation_doi content=10.1000/a>", {"doi": "10.1000/a"}),
        ("<meta\nname='citation_arxiv_id'\n content='2101.00001' />", {"arxiv": "2101.00001"}),
        ('<meta name="prism.doi" content="10.1000/a&lt;b">', {"doi": "10.1000/a<b"}),
        ('<!-- <meta name="citation_doi" content="10.1000/a"> -->', {}),
        ('<meta name="dc.identifier" content="7">', {}),
        ('<meta name="citation_title" content="10.1000/a">', {}),
    ],
)
def test_identifiers_stand_in_the_metadata(page, said):
    """Attributes come in any order, with any quotes; what is commented out is not there."""
    assert identifiers_in(page) == said


def test_a_record_by_doi_is_bounded_too(monkeypatch):
    """What a resolver answers is no larger than what services answer."""
    for said in ("[" * 900 + "]" * 900, json.dumps([{"type": "book"}] * 20_001),
                 json.dumps(WAVES | {"title": "A" * 50_000})):  # fmt: skip
        answer = Answer(200, "", "", "", said.encode())
        monkeypatch.setattr(lookup, "get", lambda *_, answer=answer, **__: answer)
        with pytest.raises(Refusal, match="no record of a paper"):
            lookup.look_up(Reference("doi", "10.1000/waves"), Web())
