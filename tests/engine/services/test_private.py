"""No service sends anybody to this machine, to its network, or to files."""

import gc
import socket
import threading
import time
from dataclasses import replace

import pytest
from service import Service

from portfolio.refusal import Refusal
from portfolio.services.answer import SilenceError
from portfolio.services.links import ask_links
from portfolio.services.memory import Memory
from portfolio.services.private import (
    Outward,
    PrivateError,
    is_private,
    same_place,
    server_of,
)
from portfolio.services.request import Question, _next
from portfolio.services.web import Web, get


@pytest.fixture
def inner():
    """Run another server on this machine, which has something to say."""
    inner = Service()
    inner.says("/secret", b"secret")
    thread = threading.Thread(target=inner.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield inner
    inner.server.shutdown()
    inner.server.server_close()
    thread.join()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "[::ffff:127.0.0.1]"])
def test_a_redirection_to_this_machine_is_not_followed(service, web, inner, host):
    """Whatever the machine is called, the other server on it is not even asked."""
    address = f"http://{host}:{inner.server.server_port}/secret"
    service.says("/doi", (302, {"Location": address}, b""))
    with pytest.raises(Refusal, match="it leads into a private network"):
        get(web, f"{service.address}/doi", accept="*/*")
    assert inner.asked == []


def test_a_name_in_disguise_is_read_as_it_is_connected_to(service, web, inner):
    """An address that one parser reads as the same server and another as ours is not followed."""
    host, there = service.address.removeprefix("http://"), inner.server.server_port
    service.says("/doi", (302, {"Location": f"http://127.0.0.1:{there}\\@{host}/secret"}, b""))
    with pytest.raises(Refusal, match="it leads into a private network"):
        get(web, f"{service.address}/doi", accept="*/*")
    assert inner.asked == []


def test_a_redirection_on_one_server_is_followed(service, web):
    """A service may move within itself, wherever it is."""
    service.says("/doi", (302, {"Location": "/elsewhere"}, b""))
    service.says("/elsewhere", b"here")
    assert get(web, f"{service.address}/doi", accept="*/*").body == b"here"


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("http://127.0.0.1/", True),
        ("http://10.1.2.3/", True),
        ("http://192.168.0.1:8080/x", True),
        ("http://169.254.169.254/latest", True),
        ("http://[::1]/", True),
        ("http://[fe80::1]/", True),
        ("http://8.8.8.8/", False),
        ("http://nobody.invalid/", False),
        ("http://[64:ff9b::7f00:1]/", True),
        ("http://[64:ff9b::808:808]/", False),
        ("http://2130706433/", True),
        ("http://printer/", True),
        ("http://\N{SNOWMAN}.example/", False),
        ("http://b\N{LATIN SMALL LETTER U WITH DIAERESIS}cher.invalid/", False),
        ("http://printer.local./", True),
        ("http://127.0.0.1:1\\@public.example/", True),
    ],
)
def test_what_is_private(address, private):
    """Loopback, private and link-local numbers are; a name that nobody knows is not."""
    assert is_private(address) is private


def test_one_server_is_one_scheme_host_and_port():
    """The default port is the one that is not said."""
    assert same_place("http://a.example/x", "HTTP://A.example:80/y")
    assert not same_place("http://a.example/x", "https://a.example/x")
    assert not same_place("http://a.example:1/x", "http://a.example:2/x")


class Connected:
    """A connection to a number."""

    def __init__(self, number):
        self.number, self.closed = number, False

    def getpeername(self):
        """Return where it leads."""
        return self.number, 80

    def close(self):
        """End it."""
        self.closed = True


def test_what_was_public_does_not_become_private():
    """The server that was asked may be ours from the start, and not by a later answer of a name."""
    home = server_of("http://tides.example/")
    inward, outward = Outward(home), Outward(home)
    for number in ("10.0.0.1", "127.0.0.1", "8.8.8.8"):
        inward.looked_at(Connected(number), home)
    outward.looked_at(Connected("8.8.8.8"), home)
    for adapter, server, number in (
        (outward, home, "10.0.0.1"),
        (inward, server_of("http://other.example/"), "10.0.0.1"),
        (Outward(), home, "::1"),
    ):
        connected = Connected(number)
        with pytest.raises(PrivateError):
            adapter.looked_at(connected, server)
        assert connected.closed


@pytest.mark.parametrize(
    ("location", "leads"),
    [
        ("http://8.8.8.8/x?http://y", "https://8.8.8.8/x?http://y"),
        ("HTTP://8.8.8.8:80/x:80", "https://8.8.8.8/x:80"),
        ("http://8.8.8.8", "https://8.8.8.8"),
        ("https://8.8.8.8/x", "https://8.8.8.8/x"),
        ("http://8.8.8.8:8080/x", None),
        ("https://8.8.8.8/" + "x" * 9000, None),
    ],
)
def test_nothing_safe_leads_to_what_is_not(location, leads):
    """From https a service leads to https, whatever it writes; links are followed as they are."""
    question = Question("https://9.9.9.9/", 0, 0, {})
    if leads is None:
        with pytest.raises(SilenceError, match=r"it leads (from https|out of the web)"):
            _next(question, question.address, location)
        return
    assert _next(question, question.address, location) == leads
    loose = replace(question, guarded=False)
    assert _next(loose, question.address, location) == location


def test_nobody_is_told_a_password(service, web, tmp_path, monkeypatch):
    """Neither one that a file has for the host, nor one in an address, leaves the machine."""
    heard = []
    service.says("/x", lambda _, said: heard.append(said["Authorization"]) or (200, {}, b"{}"))
    (tmp_path / "netrc").write_text("machine 127.0.0.1\n  login ada\n  password s3cret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    get(web, f"{service.address}/x", accept="*/*")
    ask_links([f"{service.address.replace('//', '//ada:s3cret@')}/x"], web, Memory())
    assert heard == [None, None]


def test_links_to_this_machine_are_not_asked_for(web, inner):
    """What a bibliography names on its owner's machine or network is dead for its readers."""
    port = inner.server.server_port
    links = [
        f"http://{host}:{port}/secret" for host in ("127.0.0.1", "localhost", "printer", "[::1]")
    ]
    found = ask_links(links, web, Memory())
    assert {link.dead for link in found.values()} == {"it lies on this machine, or in its network"}
    assert inner.asked == []


def test_a_link_that_leads_to_this_machine_is_a_hint(service, web, inner):
    """From elsewhere it may lead elsewhere."""
    there = f"http://127.0.0.1:{inner.server.server_port}/secret"
    service.says("/x", (302, {"Location": there}, b""))
    (link,) = ask_links([f"{service.address}/x"], web, Memory()).values()
    assert (link.dead, link.unsure) == ("", "from here it leads into a private network")
    assert inner.asked == []


@pytest.fixture
def raw():
    """Return a function that answers every connection with some bytes, and gives its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    said, over = [], threading.Event()

    def serve():
        while not over.is_set():
            connected, _ = listening.accept()
            with connected:
                connected.recv(65536)
                for piece in said:
                    if over.is_set():
                        break
                    try:
                        connected.sendall(piece)
                    except OSError:
                        break

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()

    def answer(*pieces):
        said[:] = pieces
        return f"http://127.0.0.1:{listening.getsockname()[1]}/x"

    yield answer
    over.set()
    # A thread that still waited for connections would take those of whoever listens there next.
    socket.create_connection(listening.getsockname()).close()
    thread.join()
    listening.close()
    gc.collect()


_BROKEN_OFF = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""What a library leaves half read is closed when it is forgotten."""


COLOUR = b"\x1b]0;mine\x07\x1b[31m\x9b31m\xe2\x80\xae"


@_BROKEN_OFF
@pytest.mark.parametrize(
    "answer",
    [
        COLOUR + b" nonsense\r\n\r\n",
        b"HTTP/1.1 " + COLOUR + b" x\r\n\r\n",
        b"HTTP/1.1 302 x\r\nLocation: data:" + COLOUR + b"\r\n\r\n",
        b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n" + COLOUR + b"\r\n",
        b"HTTP/1.1 200 x\r\nContent-Encoding: gzip\r\n\r\n" + COLOUR,
        b"HTTP/1.1 200 x\r\n" + b"A: " + b"b" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 x\r\n" + b"A: b\r\n" * 300 + b"\r\n",
    ],
)
def test_no_answer_colours_a_terminal(raw, answer):
    """Whatever stands in a status, a header or a chunk, the one line about it is plain."""
    address = raw(answer)
    with pytest.raises(Refusal) as refusal:
        get(Web(retries=0, patience=5), address, accept="*/*")
    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 300
    link = ask_links([address], Web(doi=address, retries=1, patience=5, pause=0), Memory())[address]
    assert (link.dead + link.unsure + link.kind).isprintable()


@_BROKEN_OFF
@pytest.mark.parametrize(
    "endless",
    [
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"A: b\r\n" * 99,
    ],
    ids=["continuing", "trailers"],
)
def test_headers_without_end_are_not_waited_for(raw, endless):
    """Neither what comes before an answer nor what comes behind it outlasts the patience."""
    first, _, rest = endless.partition(b"0\r\n")
    address = raw(first + b"0\r\n" * bool(rest), *[rest or endless] * 2_000_000)
    started = time.monotonic()
    with pytest.raises(Refusal, match="no answer in"):
        get(Web(retries=0, patience=0.5), address, accept="*/*")
    assert time.monotonic() - started < 60


@_BROKEN_OFF
def test_what_a_content_calls_itself_is_a_type_or_nothing(raw):
    """A type with colours in it is none, and is not shown."""
    address = raw(b"HTTP/1.1 200 x\r\nContent-Type: a/b" + COLOUR + b"\r\n\r\nx")
    assert get(Web(), address, accept="*/*").kind == ""
