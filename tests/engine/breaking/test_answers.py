"""Whatever a service or a file answers: in time, one record or one line, and nothing injected."""

import gzip
import json
import socket
import string
import threading
import time
from contextlib import suppress
from dataclasses import replace
from email.utils import formatdate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.moving.add import add, read_file
from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.records.formats.bib import write_entry
from portfolio.records.formats.csl import read_csl
from portfolio.records.formats.ris import read_ris
from portfolio.refusal import Refusal
from portfolio.services.identify import Reference
from portfolio.services.lookup import look_up
from portfolio.services.web import Web

DOI = Reference("doi", "10.1000/waves")
CSL = {"type": "book", "title": "Über Wellen", "DOI": "10.1000/waves"}
OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"


class Wire:
    """Sends for each connection what it is told to, byte by byte if need be."""

    def __init__(self):
        self.pieces, self.pause, self.over = [], 0.0, False
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.serving = threading.Thread(target=self._serve, daemon=True)
        self.serving.start()

    def ends(self):
        """Take no more connections; the thread that waits for them would take another's."""
        self.over = True
        with suppress(OSError):
            socket.create_connection(self.socket.getsockname()).close()
        self.serving.join()
        self.socket.close()

    def says(self, *pieces, pause=0.0):
        """Send ``pieces``, with a pause after each."""
        self.pieces, self.pause = pieces, pause

    def _serve(self):
        with suppress(OSError):
            while not self.over:
                connection, _ = self.socket.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        with suppress(OSError), connection:
            connection.recv(65536)
            for piece in self.pieces:
                connection.sendall(piece)
                time.sleep(self.pause)


@pytest.fixture
def wire():
    """Return a server that sends the very bytes that it is told."""
    wire = Wire()
    yield wire
    wire.ends()


@pytest.fixture
def web(wire):
    """Return settings that lead to the wire, with short pauses."""
    return Web(doi=wire.address, arxiv=wire.address, patience=60, pause=0.02, limit=100_000)


def bytes_of(text):
    """Return ``text`` byte by byte."""
    return [bytes([byte]) for byte in text]


@pytest.mark.parametrize(
    "pieces",
    [
        bytes_of(OK + b"Content-Length: 2\r\n\r\n{}"),
        [OK, *[b"X-More: x\r\n"] * 40],
        [OK + b"Content-Length: 999\r\n\r\n", *bytes_of(b" " * 40)],
        [OK + b"Transfer-Encoding: chunked\r\n\r\n", *[b"1\r\nx\r\n"] * 40],
        [b"HTTP/1.1 302 Found\r\nLocation: /\r\nConnection: close\r\n\r\n"],
    ],
    ids=["first line", "headers", "body", "chunks", "redirections"],
)
def test_nothing_outlasts_patience(wire, web, pieces):
    """A service that sends a byte now and then is not waited for, wherever in its answer it is."""
    wire.says(*pieces, pause=0.1)
    started = time.monotonic()
    with pytest.raises(Refusal, match=r"no answer in 1 s|leads from address to address"):
        look_up(DOI, replace(web, patience=1))
    assert time.monotonic() - started < 60


@pytest.mark.parametrize(
    "told",
    ["120", formatdate(time.time() + 600), "soon", "9" * 400],
    ids=["seconds", "a date", "words", "digits"],
)
def test_a_wait_beyond_patience_is_not_begun(wire, web, told):
    """A service that asks for minutes is told of at once, however it says so."""
    head = b"HTTP/1.1 429 Too Many\r\nConnection: close\r\nRetry-After: " + told.encode()
    wire.says(head + b"\r\n\r\n")
    started = time.monotonic()
    with pytest.raises(Refusal, match="too many requests: try again"):
        look_up(DOI, web)
    assert time.monotonic() - started < 60


@pytest.mark.parametrize("scheme", ["file:///etc/passwd", "ftp://127.0.0.1/", "data:,x", "a:x"])
def test_a_redirection_out_of_the_web_is_not_followed(wire, web, scheme):
    """What a service leads to is an address on the web, or nothing."""
    wire.says(
        b"HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: " + scheme.encode() + b"\r\n\r\n"
    )
    with pytest.raises(Refusal, match="it leads out of the web"):
        look_up(DOI, web)


def test_what_grows_when_it_is_unpacked_is_given_up(wire, web):
    """A hundred kilobytes that become a hundred megabytes are not unpacked to their end."""
    bomb = gzip.compress(b" " * 100_000_000)
    wire.says(OK + b"Content-Encoding: gzip\r\n\r\n" + bomb)
    with pytest.raises(Refusal, match="the answer is too long: check"):
        look_up(DOI, web)


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("iso-8859-1", "latin-1"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("koi8-r", "koi8-r"),
        ("utf-8", "latin-1"),
        ("iso-8859-1", "utf-8"),
        ("no-such-thing", "utf-8"),
        ("", "utf-8-sig"),
    ],
)
def test_letters_are_read_as_they_were_written(wire, web, label, encoding):
    """The label of an answer counts, but a wrong one does no harm."""
    title = "Волны" if encoding == "koi8-r" else "Über Wellen"
    body = json.dumps(CSL | {"title": title}, ensure_ascii=False).encode(encoding)
    wire.says(OK + f"Content-Type: application/json; charset={label}\r\n\r\n".encode() + body)
    assert look_up(DOI, web).fields["title"] == title


@pytest.mark.parametrize(
    "body",
    [
        "<html><pre>@book{a, title={Waves}}</pre></html>",
        "Sorry: @book{a, title={Waves}}",
        "@book{a, title={Waves}}\n@book{b, title={Foam}}",
        json.dumps([{"type": "book", "title": "A"}, {"type": "book", "title": "B"}]),
        '{"type":' * 100_000,
        "[" * 100_000,
        '{"type": "book", "title": "x", "issued": ' + "[" * 5000 + "]" * 5000 + "}",
        "null",
        "{}",
        "[]",
        "[1]",
        "NaN",
    ],
)
def test_what_is_no_record_is_one_line(wire, web, body):
    """A page with an entry in it, several records, and what is no record are refused."""
    wire.says(OK + b"\r\n" + body.encode())
    with pytest.raises(Refusal, match="the service's answer is no record of a paper"):
        look_up(DOI, replace(web, limit=10_000_000))


def test_of_several_records_the_one_asked_for_is_taken(wire, web):
    """A list with the paper's DOI in it gives that paper."""
    wire.says(OK + b"\r\n" + json.dumps([CSL | {"DOI": "10.1/x", "title": "Other"}, CSL]).encode())
    assert look_up(DOI, web).fields["title"] == "Über Wellen"


EVIL = "x},\n}\n@article{evil, title = {Evil}, author = {Eve}}\n@misc{y, note = {"
HOSTILE = [
    {"type": EVIL},
    {"id": EVIL, "title": EVIL},
    {"custom": {"bibtex": {"type": EVIL}}},
    {"custom": {"bibtex": {"fields": {EVIL: "a", "url": EVIL, "note": EVIL}}}},
    {"custom": {"bibtex": {"author": EVIL}}},
    {"author": [{"family": EVIL, "given": EVIL}, {"literal": EVIL}]},
    {"container-title": EVIL, "publisher": EVIL, "volume": EVIL, "page": EVIL, "issue": EVIL},
    {"DOI": EVIL, "URL": EVIL, "ISBN": EVIL, "archive": "arXiv", "archive_location": EVIL},
    {"issued": {"literal": EVIL}, "accessed": {"raw": EVIL}},
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_nothing_is_injected(wire, web, tmp_path, number):
    """Whichever part of a record holds BibTeX, one entry is written, from services and files."""
    item = {"type": "book", "title": "Waves"} | HOSTILE[number]
    wire.says(OK + b"\r\n" + json.dumps(item).encode())
    (tmp_path / "a.json").write_text(json.dumps([item]))
    (tmp_path / "publications").mkdir()
    for source in ("10.1000/waves", "a.json"):
        bib = tmp_path / "publications" / "publications.bib"
        bib.write_text("@misc{first, title = {First}, year = 2020}\n")
        added = add(tmp_path, source, web=web, folder=tmp_path, anyway=True)
        entries, problems = parse_bibtex(bib.read_text(), shown_as="a.bib")
        assert len(entries) == 2, bib.read_text()
        assert len(added.entries) == 1
        assert problems == []
        assert "evil" not in {entry.key for entry in entries}


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from([EVIL, "1e999", 10**400, "\ud800", "\x00", "²", "9" * 5000, -1, 2.5]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = ["id", "title", "author", "editor", "issued", "accessed", "page", "DOI", "URL", "custom"]
NAMES += ["container-title", "issue", "volume", "archive", "archive_location", "number"]
PARTS = st.dictionaries(
    st.sampled_from(
        ["date-parts", "literal", "raw", "season", "family", "given", "bibtex", "type"]
    ),
    VALUES,
    max_size=3,
)
ITEMS = st.dictionaries(st.sampled_from(NAMES), VALUES | PARTS | st.lists(PARTS, max_size=2))


def written(records):
    """Return the entries that the records are written as and read again from."""
    for record in records:
        text = write_entry(record)
        assert text.encode()
        yield from parse_bibtex(text, shown_as="a.bib")[0]


@settings(deadline=None, max_examples=150)
@given(ITEMS, VALUES)
def test_any_item_becomes_one_entry(item, kind):
    """Whatever values stand in CSL-JSON, an item is read, and written as one entry."""
    text = json.dumps([item | {"type": kind}])
    assert len([*written(read_csl(text))]) == 1


TAGS = st.sampled_from(
    ["TY", "TI", "AU", "PY", "DA", "SP", "EP", "KW", "ID", "UR", "DO", "AN", "SN"]
)
SAID = st.text(max_size=20) | st.sampled_from([EVIL, "²/²/²", "9" * 5000, "2020/²/³", "}{"])


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(TAGS, SAID), max_size=8))
def test_any_reference_becomes_one_entry(tags):
    """Whatever stands behind the tags of RIS, a reference is read, and written as one entry."""
    lines = "".join(f"{tag}  - {' '.join(said.split())}\n" for tag, said in tags)
    records = read_ris(f"TY  - BOOK\n{lines}ER  - \n")
    assert len([*written(records)]) == len(records) == 1


@settings(deadline=None, max_examples=100)
@given(st.text(string.printable, max_size=200), st.sampled_from([".json", ".ris", ".bib"]))
def test_any_file_is_added_or_refused(tmp_path_factory, text, suffix):
    """Whatever is in a file, its papers are read, or one line says why not."""
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_text(text, encoding="utf-8")
    try:
        outcome = str(bool(read_file(path)))
    except Refusal as refusal:
        outcome = str(refusal)
    assert outcome != "False"
    assert "\n" not in outcome
