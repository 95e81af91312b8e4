"""Records come from services that are slow, busy, broken, or say nonsense at times."""

import time
from dataclasses import replace

import pytest

from portfolio.records.people.names import Name
from portfolio.refusal import Refusal
from portfolio.services.identify import Reference
from portfolio.services.lookup import look_up

DOI = Reference("doi", "10.1000/waves")
ARXIV = Reference("arxiv", "2101.00001")


def trickle(pieces, pause):
    """Return an answer that comes piece by piece."""
    for piece in pieces:
        yield piece
        time.sleep(pause)


def test_a_doi_gives_its_record(service, web, waves):
    """Names keep their parts, markup and entities go, and only what makes an entry stays."""
    service.says("/doi/10.1000/waves", waves)
    record = look_up(DOI, web)
    assert record.kind == "article"
    assert record.authors == (Name("Rick", "van der", "Roe", ""), Name("", "", "Sea Institute", ""))
    assert record.fields == {
        "title": "Waves & tides",
        "journal": "Sea Letters",
        "volume": "3",
        "number": "2",
        "pages": "5–8",
        "year": "2020",
        "month": "May",
        "doi": "10.1000/waves",
    }
    assert service.asked[0][1].startswith("application/vnd.citationstyles.csl+json")


def test_a_service_that_has_only_bibtex_is_understood(service, web):
    """An answer in BibTeX serves as well."""
    entry = "@article{x, title={Waves {T}oo}, author={Roe, R.}, year=2020, url={http://x.example}}"
    service.says("/doi/10.1000/waves", entry)
    assert look_up(DOI, web).fields == {
        "title": "Waves Too",
        "year": "2020",
        "doi": "10.1000/waves",
    }


def test_an_arxiv_identifier_gives_its_record(service, web, feed):
    """The feed's entry becomes a preprint with its identifier and subject."""
    service.says("/arxiv", feed)
    record = look_up(ARXIV, web)
    assert record.authors == (Name("Jane", "", "Doe", ""), Name("Ana", "de la", "Cruz", ""))
    assert record.fields == {
        "title": "Foam, 50% of it",
        "year": "2021",
        "eprint": "2101.00001",
        "archiveprefix": "arXiv",
        "primaryclass": "cs.LG",
    }
    assert service.asked[0][0] == "/arxiv?id_list=2101.00001&max_results=1"


def test_a_page_is_asked_for_its_doi(service, web, waves):
    """An address that names no paper by itself may do so in its head."""
    service.says("/paper", '<html><meta name="citation_doi" content="doi:10.1000/waves"><p>x')
    service.says("/doi/10.1000/waves", waves)
    page = Reference("page", f"{service.address}/paper")
    assert look_up(page, web).fields["title"] == "Waves & tides"


def test_a_page_without_identifiers_is_refused(service, web):
    """One line says what to look for."""
    service.says("/paper", "<html><meta name='dc.identifier' content='7'>")
    with pytest.raises(Refusal, match="names neither a DOI nor an arXiv identifier"):
        look_up(Reference("page", f"{service.address}/paper"), web)


def test_a_redirection_is_followed(service, web, waves):
    """DOIs lead from service to service."""
    service.says("/doi/10.1000/waves", (302, {"Location": "/elsewhere"}, b""))
    service.says("/elsewhere", waves)
    assert look_up(DOI, web).kind == "article"


def test_a_failure_that_passes_is_not_noticed(service, web, waves):
    """An error of the server is tried again."""
    service.says("/doi/10.1000/waves", (500, {}, b"oops"), waves)
    assert look_up(DOI, web).kind == "article"
    assert len(service.asked) == 2


def test_a_busy_service_is_given_the_time_it_asks_for(service, web, waves):
    """After `429` the next try waits as long as `Retry-After` says."""
    busy = (429, {"Retry-After": "1"}, b"")
    service.says("/doi/10.1000/waves", busy, waves)
    started = time.monotonic()
    assert look_up(DOI, web).kind == "article"
    assert time.monotonic() - started >= 1


def test_nobody_waits_as_long_as_a_service_pleases(service, web):
    """An hour's wait is cut short, and after the last try one line says so."""
    service.says("/doi/10.1000/waves", (429, {"Retry-After": "3600"}, b""))
    started = time.monotonic()
    with pytest.raises(Refusal, match="too many requests: try again in 3600 s"):
        look_up(DOI, replace(web, retries=1))
    assert time.monotonic() - started < 60


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, {}, b"no"), "there is no such record: check the identifier"),
        ((403, {}, b"no"), "the service answers with error 403"),
        ((500, {}, b"no"), "the service answers with error 500"),
        ((200, {}, b""), "the service's answer is no record of a paper"),
        ((200, {}, b"<html>captcha"), "the service's answer is no record of a paper"),
        ((200, {}, b'{"type": "book", "title": []}'), "the service's answer is no record"),
        ((200, {}, b'[{"type":'), "the service's answer is no record"),
        ((200, {}, b'{"type": "book", "title": "\xff", "author": 7}'), None),
        ((200, {}, b"x" * 200_000), "the answer is too long"),
        ((302, {"Location": "/doi/10.1000/waves"}, b""), "cannot be reached"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "cannot be reached"),
        ((200, {"Content-Length": "99"}, b"{}"), "cannot be reached"),
    ],
)
def test_errors_and_garbage_are_one_line(service, web, answer, said):
    """Whatever a service answers, there is a record or one line that says why there is none."""
    service.says("/doi/10.1000/waves", answer)
    if said is None:
        assert look_up(DOI, web).fields["title"] == "ÿ"
        return
    with pytest.raises(Refusal, match=said) as refusal:
        look_up(DOI, web)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/abs/2101.00001v2", "/api/errors#incorrect_id"),
        ("<title>Foam,\n  50% of it</title>", ""),
        ("entry>", "other>"),
        ("http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"),
        ("</feed>", ""),
        ("<feed", '<!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><feed'),
        ("<feed", '<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed'),
    ],
)
def test_arxiv_without_the_paper_is_one_line(service, web, feed, old, new):
    """An empty feed, an error in a feed, and what is no feed are refused."""
    assert old in feed
    service.says("/arxiv", feed.replace(old, new))
    with pytest.raises(Refusal, match=r"arXiv has no such paper|no record of a paper"):
        look_up(ARXIV, web)


@pytest.mark.parametrize("pause", [0.2, 2])
def test_a_slow_answer_is_not_waited_for(service, web, pause):
    """Neither silence nor a trickle outlasts the patience."""
    service.says("/doi/10.1000/waves", (200, {}, trickle([b" "] * 200, pause)))
    started = time.monotonic()
    with pytest.raises(Refusal, match=r"no answer in|cannot be reached"):
        look_up(DOI, replace(web, retries=0, patience=0.5))
    assert time.monotonic() - started < 60


def test_without_a_network_one_line_says_so(web):
    """A service that is not there is one line, not a traceback."""
    with pytest.raises(Refusal, match=r"the service cannot be reached .* check the connection"):
        look_up(DOI, replace(web, doi="http://127.0.0.1:9", retries=0))
