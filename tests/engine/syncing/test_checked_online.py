"""`check --online` says what only the network knows; the default check asks nobody."""

import threading
from collections import Counter
from pathlib import Path

import pytest
from shapes import atom_feed, dumped

from portfolio.__main__ import main
from portfolio.records.bibliography import load_bibliography
from portfolio.records.site import load_site
from portfolio.services.links import ask_links
from portfolio.services.memory import Memory
from portfolio.syncing.online import check_online
from portfolio.verbs.syncing import web_of

pytestmark = pytest.mark.usefixtures("hasty")
ENTRY = """\
@article{{waves,
  title = {{Long waves of the {{N}}orth}},
  author = {{Byron, Ada and Ash, Bea}},
  journal = {{Sea Letters}},
  year = {{2020}},
  {}
}}
"""
WAVES = {"kind": "misc", "title": "Long waves of the North", "year": 2020, "arxiv": "2001.00001",
         "authors": ["Ada Byron"], "version": 3}  # fmt: skip


def registered(doi="10.1000/waves", title="Long waves of the North", family="Byron", notices=()):
    """Return what Crossref answers of one DOI."""
    item = {"DOI": doi, "type": "journal-article", "title": [title],
            "author": [{"given": "A", "family": family}],
            "updated-by": [{"type": kind, "DOI": named} for kind, named in notices]}  # fmt: skip
    return dumped({"message": {"items": [item]}})


@pytest.fixture
def found(tell, service, home):
    """Return a function that has an entry with some fields, and gives what is wrong with it."""
    tell()
    (home / "_quarto.yml").write_text("owner:\n  name: Ada Byron\n  site: https://byron.example\n")
    service.says("/crossref/works", registered())
    service.says("/arxiv", atom_feed([WAVES]))

    def found(*fields):
        lines = ",\n  ".join(fields).replace("HERE", service.address)
        (home / "publications" / "publications.bib").write_text(ENTRY.format(lines))
        papers = load_bibliography(home)
        said = check_online(home, load_site(home), papers, web_of(None), Memory(home))
        assert not said.silent
        return [str(each).replace(service.address, "HERE") for each in said.problems]

    return found


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (registered(), ""),
        (registered(title="Long waves", family="Byron"), ""),
        (registered(title="Teeth", family="Teak"),
         ":6: waves: the doi 10.1000/waves is that of another work (Teeth): correct the DOI"),
        (registered(notices=[("retraction", "10.1000/r")]),
         ":1: waves: it was retracted (10.1000/r): say so in its note, or remove it"),
        (registered(notices=[("erratum", "10.1000/e")]),
         ":1: hint: waves: a notice about it appeared (erratum, 10.1000/e): name it in the note"),
    ],
)  # fmt: skip
def test_a_doi_is_that_of_its_paper(found, service, answer, wanted):
    """What is registered has the title or the authors of the entry, and what came later is said."""
    service.says("/crossref/works", answer)
    said = f"publications/publications.bib{wanted}"
    assert found("doi = {10.1000/waves}") == ([said] if wanted else [])


def test_a_retraction_that_the_entry_tells_is_no_news(found, service):
    """A note that says so is enough."""
    service.says("/crossref/works", registered(notices=[("retraction", "10.1000/r")]))
    assert found("doi = {10.1000/waves}", "note = {Retracted}") == []


def test_a_doi_that_nobody_registered_is_named(found, service):
    """One that Crossref does not know may be another agency's; one that nobody knows is wrong."""
    service.says("/crossref/works", dumped({"message": {"items": []}}))
    csl = {"type": "article-journal", "title": "Long waves of the North", "DOI": "10.5072/x"}
    service.says("/doi/10.5072/x", dumped(csl))
    assert found("doi = {10.5072/x}") == []
    said = "nobody has registered the doi (10.5072/y): correct the DOI"
    assert found("doi = {10.5072/y}") == [f"publications/publications.bib:6: waves: {said}"]


@pytest.mark.parametrize(
    ("status", "wanted"),
    [(200, ""), (403, ""), (405, ""), (429, "hint"), (503, "hint"), (404, "there is nothing"),
     (410, "it is not there any more")],
)  # fmt: skip
def test_links_are_alive(found, service, status, wanted):
    """What is gone is a problem, what may pass is a hint, who refuses robots is neither."""
    service.says("/code", (status, {}, b"x" * 5000))
    said = found("code = {HERE/code}")
    assert len(said) == bool(wanted)
    assert wanted in "".join(said)


def test_a_link_to_nobody_is_named(found, monkeypatch):
    """A host that is not there is one line."""
    monkeypatch.setenv("PORTFOLIO_DBLP_SERVICE", "http://127.0.0.1:9")
    said = found("website = {http://127.0.0.1:9/x}")
    assert len(said) == 1
    assert "the website leads nowhere (http://127.0.0.1:9/x): it cannot be reached" in said[0]


@pytest.mark.parametrize(
    ("body", "kind", "wanted"),
    [
        (b"%PDF-1.7 ...", "application/pdf", 0),
        (b"\n\n%PDF-1.4", "application/octet-stream", 0),
        (b"<html>sign in", "text/html", 1),
        (b"<html>", "application/pdf", 1),
    ],
)
def test_a_pdf_is_a_pdf(found, service, body, kind, wanted):
    """What calls itself one and is a page is named, on the web and in the project."""
    service.says("/a.pdf", (200, {"Content-Type": kind}, body))
    assert len(found("pdf = {HERE/a.pdf}")) == wanted
    own = Path("publications/files/a.pdf")
    own.parent.mkdir()
    own.write_bytes(body)
    assert len(found("pdf = {publications/files/a.pdf}")) == wanted


@pytest.mark.parametrize(
    ("eprint", "wanted"),
    [
        ("2001.00001", ""),
        ("2001.00001v3", ""),
        ("2001.00001v2", "names version 2, arXiv has version 3: write 2001.00001"),
        ("2001.99999", "arXiv has no paper 2001.99999: correct the identifier"),
    ],
)
def test_versions_at_arxiv(found, eprint, wanted):
    """An entry that names an old version, or a paper that arXiv has not, is told."""
    said = found(f"eprint = {{{eprint}}}", "archiveprefix = {arXiv}")
    assert len(said) == bool(wanted)
    assert wanted in "".join(said)


def test_a_second_run_asks_only_what_was_wrong(found, service):
    """What was alive is believed for a week, what was not is asked for again."""
    service.says("/code", b"alive")
    service.says("/data", (404, {}, b""))
    fields = ("code = {HERE/code}", "data = {HERE/data}", "doi = {10.1000/waves}")
    first = found(*fields)
    del service.asked[:]
    assert found(*fields) == first
    assert [path for path, _ in service.asked] == ["/data"]


@pytest.mark.parametrize("host", ["localhost:8888", "127.0.0.1", "192.168.1.1", "printer"])
def test_a_link_that_no_reader_can_open_is_named(found, service, host):
    """One to the owner's machine or network is a problem, and nobody there is asked."""
    before = len(service.asked)
    said = found(f"website = {{http://{host}/x}}")
    assert len(said) == 1
    assert said[0].endswith(
        f"the website leads nowhere (http://{host}/x): it lies on this machine, or in its network:"
        " correct it, or remove it"
    )
    assert "/x" not in [path for path, _ in service.asked[before:]]


def test_hosts_are_asked_side_by_side_and_each_one_at_a_time(found, service, monkeypatch):
    """While one host is at work so is the other, and no host has two requests at once."""
    busy, most, together = Counter(), Counter(), threading.Barrier(2)

    def slow(_, headers):
        host = headers["Host"]
        busy[host] += 1
        most[host] = max(most[host], busy[host])
        together.wait(60)  # until the other host has a request too
        busy[host] -= 1
        return 200, {}, b"ok"

    found()
    port = service.address.rpartition(":")[2]
    for number in range(4):
        service.says(f"/{number}", slow)
    hosts = [f"{host}:{port}" for host in ("127.0.0.1", "localhost")]
    monkeypatch.setenv("PORTFOLIO_DBLP_SERVICE", f"http://{hosts[1]}")
    addresses = [f"http://{host}/{n}" for host in hosts for n in range(4)]
    links = ask_links(addresses, web_of(60), Memory())
    assert most == dict.fromkeys(hosts, 1)
    assert not any(link.dead or link.unsure for link in links.values())


def test_who_gives_no_answer_is_named_and_nothing_is_wrong(found, service, home, capsys):
    """A service that is down is a line beside the result, and no problem of the content."""
    found("doi = {10.1000/waves}", "eprint = {2001.00001}", "archiveprefix = {arXiv}")
    for path in (home / ".portfolio" / "asked").iterdir():
        path.unlink()
    service.says("/crossref/works", (500, {}, b""))
    service.says("/arxiv", (302, {"Location": "file:///etc/passwd"}, b""))
    main(["check", "--online"])
    out, err = capsys.readouterr()
    assert "/crossref/works: the service answers with error 500" in err
    assert "/arxiv: the service cannot be reached" in err
    assert "doi" not in out


def test_the_default_check_asks_nobody(found, service, capsys):
    """Without `--online` nothing is asked of anybody."""
    found("code = {HERE/code}", "doi = {10.1000/waves}")
    del service.asked[:]
    main(["check"])
    assert capsys.readouterr().out
    assert service.asked == []
