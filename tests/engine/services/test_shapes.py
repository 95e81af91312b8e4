"""Whatever stands where in an answer of JSON, there are works, or one line that says why not."""

import json
from dataclasses import replace

import pytest
from service import WAVES

from portfolio.records.formats.bib import write_entry
from portfolio.refusal import Refusal
from portfolio.services import crossref, openalex, orcid
from portfolio.services.answer import Answer
from portfolio.services.client import Client
from portfolio.services.orcid_record import things
from portfolio.services.web import Web
from portfolio.syncing.traits import traits_of

JUNK = [
    None, True, 0, -1, 10**30, 1.5, float("inf"), float("nan"), "", "x", "\ud800", "9" * 5000,
    "<script>", "10.", "2020-99-99", "\x00", [], {}, [[]], [None], {"value": None}, [{"a": []}],
]  # fmt: skip
VALUE = {"value": "Waves"}
IDENTIFIER = {"external-id-type": "doi", "external-id-value": "10.1000/waves",
              "external-id-normalized": {"value": "10.1000/waves"},
              "external-id-relationship": "self"}  # fmt: skip
SUMMARY = {
    "put-code": 1,
    "last-modified-date": {"value": 2},
    "title": {"title": VALUE, "subtitle": VALUE},
    "external-ids": {"external-id": [IDENTIFIER]},
    "type": "journal-article",
    "publication-date": {"year": {"value": "2020"}, "month": {"value": "05"}, "day": None},
    "journal-title": VALUE,
    "contributors": {"contributor": [{"credit-name": VALUE, "contributor-attributes":
                                      {"contributor-role": "author"}}]},
}  # fmt: skip
ORCID = {"group": [{"external-ids": SUMMARY["external-ids"], "work-summary": [SUMMARY]}],
         "bulk": [{"work": SUMMARY}]}  # fmt: skip
OPENALEX = {
    "meta": {"count": 1, "next_cursor": None},
    "results": [{
        "id": "https://openalex.org/W1", "doi": "https://doi.org/10.1000/waves", "title": "Waves",
        "type": "article", "publication_date": "2020-05-06", "publication_year": 2020,
        "authorships": [{"raw_author_name": "Ada Byron", "author": {"display_name": "Ada Byron"}}],
        "primary_location": {"source": {"display_name": "Sea Letters", "type": "journal"}},
        "locations": [{"landing_page_url": "http://arxiv.org/abs/1901.00001"}],
        "biblio": {"volume": "1", "issue": "2", "first_page": "3", "last_page": "9"},
        "cited_by_count": 7, "is_retracted": False,
    }],
}  # fmt: skip
NOTICE = {"type": "erratum", "DOI": "10.1000/notice"}
SPAN = {"organization": {"name": "Sea University", "address": {"city": "Sea", "country": "SE"}},
        "role-title": "Fellow", "department-name": "Waves", "url": VALUE,
        "start-date": {"year": VALUE | {"value": "2020"}, "month": {"value": "02"}, "day": None},
        "end-date": None}  # fmt: skip
RECORD = {"activities-summary": {
    "employments": {"affiliation-group": [{"summaries": [{"employment-summary": SPAN}]}]},
    "fundings": {"group": [{"funding-summary": [
        SPAN | {"title": {"title": VALUE}, "type": "grant", "external-ids": None}
    ]}]},
    "peer-reviews": {"group": [{"peer-review-group": [{"peer-review-summary": [
        {"convening-organization": {"name": "Sea"}, "review-group-id": "issn:1",
         "completion-date": {"year": {"value": "2021"}}}
    ]}]}]},
}}  # fmt: skip
CROSSREF = {"message": {"items": [WAVES | {"updated-by": [NOTICE]}]}}


class Told(Client):
    """Is answered one thing, whatever it asks."""

    def __init__(self, said):
        super().__init__(Web())
        self.said = json.dumps(said).encode()

    def get(self, address, *, sound=lambda _: None, **_):
        """Return what is always answered."""
        answer = Answer(200, address, "application/json", "", self.said)
        sound(answer)
        return answer


def spoilt(said):
    """Yield an answer with junk in each of its places, and with each of them gone."""
    yield from JUNK
    keys = said if isinstance(said, dict) else range(len(said)) if isinstance(said, list) else ()
    for key in keys:
        for inner in spoilt(said[key]):
            copy = said.copy()
            copy[key] = inner
            yield copy
        copy = said.copy()
        del copy[key]
        yield copy


def of_openalex(client):
    """Ask OpenAlex."""
    return [work.record for work in openalex.works(client, "0000-0002-1825-0097")]


def of_orcid(client):
    """Ask ORCID."""
    return [work.record for work in orcid.works(client, "0000-0002-1825-0097")]


def of_crossref(client):
    """Ask Crossref."""
    return [each.record for each in crossref.by_doi(client, ["10.1000/waves"])]


@pytest.mark.parametrize(
    ("ask", "said"), [(of_openalex, OPENALEX), (of_orcid, ORCID), (of_crossref, CROSSREF)]
)
def test_junk_in_any_place_harms_nothing(ask, said):
    """Of some thousand spoilt answers none is more than a work that is odd, or a refusal."""
    assert ask(Told(said))[0].fields["title"].startswith("Waves")
    refused = 0
    for each in spoilt(said):
        try:
            for record in ask(Told(each)):
                traits_of(record)
                write_entry(replace(record, key="waves")).encode()
        except Refusal:
            refused += 1
    assert refused


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "//x", "x"])
def test_only_addresses_on_the_web_become_links(address):
    """What else stands where a link should is left out."""
    url = SPAN | {"url": {"value": address}}
    group = {"affiliation-group": [{"summaries": [{"employment-summary": url}]}]}
    (thing,) = things(Told({"activities-summary": {"employments": group}}), "0")
    assert (thing.values["title"], thing.values.get("link", "")) == ("Fellow", "")


def test_junk_in_a_record_harms_nothing():
    """What a person's record says beside works is text, or is not taken."""
    assert {thing.kind for thing in things(Told(RECORD), "0")} == {"positions", "grants", "service"}
    refused = 0
    for each in spoilt(RECORD):
        try:
            said = [value for thing in things(Told(each), "0") for value in thing.values.values()]
            assert all(isinstance(value, str) and value.isprintable() for value in said)
        except Refusal:
            refused += 1
    assert refused
