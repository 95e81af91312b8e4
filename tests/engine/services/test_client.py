"""A service is asked as fast as it likes, by somebody it can write to, and anew where it is due."""

import gzip
import json
import threading
import time
from dataclasses import replace
from email.utils import formatdate
from urllib.parse import parse_qs

import pytest
from service import Service

from portfolio.refusal import Refusal
from portfolio.services import openalex
from portfolio.services.beside import side_by_side
from portfolio.services.client import Client
from portfolio.services.links import ask_links
from portfolio.services.memory import FOLDER, Memory
from portfolio.services.pace import Pace, pace_of
from portfolio.services.shapes import table_in
from portfolio.services.web import get


def later(seconds):
    """Return a time from now, as servers write it."""
    return formatdate(time.time() + seconds, usegmt=True)


@pytest.mark.parametrize(
    ("headers", "gap", "rest"),
    [
        ({"X-Rate-Limit-Limit": "50", "X-Rate-Limit-Interval": "1s"}, 0.02, 0),
        ({"x-rate-limit-limit": "30", "x-rate-limit-interval": "60"}, 2, 0),
        ({"X-Rate-Limit-Limit": "0", "X-Rate-Limit-Interval": "1s"}, 0, 0),
        ({"X-Rate-Limit-Limit": "many", "X-Rate-Limit-Interval": "nan"}, 0, 0),
        ({"Retry-After": "7"}, 0, 7),
        ({"Retry-After": lambda: later(60)}, 0, 60),
        ({"Retry-After": lambda: later(-60)}, 0, 0),
        ({"Retry-After": "-7"}, 0, 0),
        ({"Retry-After": "9" * 400}, 0, 0),
        ({"Retry-After": "31536000"}, 0, 30 * 86400),
        ({"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}, 0, 30 * 86400),
        ({"Retry-After": "Fri, 31 Dec 999999999 23:59:59 GMT"}, 0, 0),
        ({"X-Rate-Limit-Limit": "1e-300", "X-Rate-Limit-Interval": "1e300"}, 30 * 86400, 0),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "30"}, 0, 30),
        (
            {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": lambda: f"{time.time() + 30:.0f}"},
            0,
            30,
        ),
        ({"X-RateLimit-Remaining": "5", "X-RateLimit-Reset": "30"}, 0, 0),
        ({}, 0, 0),
    ],
)
def test_headers_say_how_fast_a_service_likes_to_be_asked(headers, gap, rest):
    """Crossref's, OpenAlex's and everybody's are read, and nonsense says nothing."""
    told = {name: said() if callable(said) else said for name, said in headers.items()}
    pace = pace_of(told)
    assert pace.gap == pytest.approx(gap)
    assert pace.rest == pytest.approx(rest, abs=2)


def test_an_answer_that_says_nothing_slows_nobody():
    """Without headers there is neither a gap nor a rest."""
    assert pace_of({"Content-Type": "text/html"}) == Pace()


def test_requests_keep_the_distance_that_answers_ask_for(service, web):
    """Ten requests a second are one in a tenth, from the second one on, and no sooner."""
    told = {"X-Rate-Limit-Limit": "10", "X-Rate-Limit-Interval": "1s"}
    service.says("/x", (200, told, b"{}"))
    client = Client(web)
    started = time.monotonic()
    for _ in range(4):
        client.get(f"{service.address}/x", fresh=0)
    assert time.monotonic() - started >= 0.3


@pytest.mark.parametrize(
    "answer",
    [
        (429, {"Retry-After": "600"}, b""),
        (503, {"Retry-After": "600"}, b""),
        (200, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "600"}, b"{}"),
    ],
)
def test_a_service_that_wants_a_rest_is_not_asked_again(service, web, answer):
    """Whatever else was to be asked, one line says for how long it wants none."""
    service.says("/x", answer)
    client = Client(web)
    try:
        client.get(f"{service.address}/x", fresh=0)
    except Refusal:
        assert answer[0] != 200
    with pytest.raises(Refusal, match=r"it wants no requests for (5\d\d|600) s"):
        client.get(f"{service.address}/y", fresh=0)
    assert [path for path, _ in service.asked] == ["/x"]


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        ("ada@byron.example", "; mailto:ada@byron.example)"),
        ("", "papers)"),
        ("ada@byron.example\r\nX: y", "papers)"),
        ("a b@c", "papers)"),
        ("ädä@byron.example", "papers)"),
    ],
)
def test_services_can_write_to_whoever_asks(service, web, mail, said):
    """The owner's address is in the name that we give, unless it is no address."""
    heard = []
    service.says("/x", lambda _, headers: heard.append(headers["User-Agent"]) or (200, {}, b"{}"))
    get(replace(web, mail=mail), f"{service.address}/x", accept="*/*")
    assert heard[0].endswith(said)


def test_strangers_are_not_told_the_address(service, web):
    """Whether a link is alive is asked without it."""
    heard = []
    service.says("/x", lambda _, headers: heard.append(headers["User-Agent"]) or (200, {}, b"x"))
    ask_links([f"{service.address}/x"], replace(web, mail="ada@byron.example"), Memory())
    assert len(heard) == 1
    assert "byron" not in heard[0]


def test_a_host_that_is_silent_is_not_asked_for_ever(service, web):
    """After three links without an answer the others of its host wait for another day."""
    links = [f"{service.address}/{n}" for n in range(9)]
    over = threading.Event()
    for n in range(9):
        service.says(f"/{n}", lambda *_: over.wait(60) and (200, {}, b""))
    found = ask_links(links, replace(web, patience=0.2, gap=0), Memory())
    until = time.monotonic() + 60  # of a busy machine, which hears of it after we have given up
    while len(service.asked) < 3 and time.monotonic() < until:
        time.sleep(0.02)
    over.set()
    assert len(service.asked) == 3
    assert [link.unsure for link in found.values()] == [
        *["no answer in 0.2 s"] * 3,
        *["its host gave no answer 3 times"] * 6,
    ]


def test_a_host_that_wants_time_for_a_link_gets_it(service, web):
    """After `429` a link is asked for again when its host says so."""
    service.says("/x", (429, {"Retry-After": "1"}, b""), b"here")
    started = time.monotonic()
    (link,) = ask_links([f"{service.address}/x"], web, Memory()).values()
    assert (link.dead, link.unsure) == ("", "")
    assert time.monotonic() - started >= 1


def test_openalex_gives_all_its_pages_however_long_they_are(service, web):
    """It may give fewer works at once than were asked for; they end where its count does."""

    def answer(path, _):
        cursor = parse_qs(path.partition("?")[2])["cursor"][0]
        at = {"*": 0, "b": 2, "c": 4}[cursor]
        some = [{"id": f"W{n}", "title": f"Waves {n}"} for n in range(at, min(at + 2, 5))]
        following = {"*": "b", "b": "c", "c": "d"}[cursor]
        meta = {"count": 5, "per_page": 2, "next_cursor": following}
        return 200, {}, json.dumps({"meta": meta, "results": some}).encode()

    service.says("/openalex/works", answer)
    client = Client(replace(web, openalex=f"{service.address}/openalex"))
    assert [work.name for work in openalex.works(client, "0")] == ["W0", "W1", "W2", "W3", "W4"]
    assert client.asked == 3


@pytest.mark.parametrize(
    ("mark", "asks"), [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")]
)
def test_what_did_not_change_is_not_sent_again(service, web, tmp_path, mark, asks):
    """After its time an answer is asked for with its mark, and stands for as long again."""
    heard, now = [], time.time()

    def answer(_, headers):
        heard.append(headers[asks])
        return (304, {}, b"") if headers[asks] == "then" else (200, {mark: "then"}, b'{"a": 1}')

    service.says("/x", answer)
    for hours in (0, 0.5, 2, 2.5):
        memory = Memory(tmp_path, now=lambda hours=hours: now + hours * 3600)
        said = Client(web, memory).get(f"{service.address}/x")
        assert table_in(said) == {"a": 1}
    assert heard == [None, "then"]


def test_what_was_damaged_is_asked_for_again(service, web, tmp_path):
    """An answer that the disk spoilt is neither used nor asked for by its mark."""
    heard = []

    def answer(_, headers):
        heard.append(headers["If-None-Match"])
        return 200, {"ETag": "a"}, b'{"a": 1}'

    service.says("/x", answer)
    for _ in range(2):
        said = Client(web, Memory(tmp_path)).get(f"{service.address}/x", sound=table_in)
        assert table_in(said) == {"a": 1}
        for path in (tmp_path / FOLDER).iterdir():
            path.write_bytes(path.read_bytes()[:-3])
    assert heard == [None, None]


@pytest.mark.parametrize("mark", ["\x0bodd", "b" * 60_000, '"caf\xe9"', " "])
def test_a_mark_that_no_request_may_carry_is_not_kept(service, web, tmp_path, mark):
    """A server cannot spoil the requests of half a year by one odd header."""
    service.says("/x", (200, {"ETag": mark}, b'{"a": 1}'))
    now = time.time()
    for hours in (0, 2):
        memory = Memory(tmp_path, now=lambda hours=hours: now + hours * 3600)
        assert table_in(Client(web, memory).get(f"{service.address}/x")) == {"a": 1}
    assert len(service.asked) == 2


def test_a_secret_stays_with_the_service_that_it_is_for(service, web):
    """Another address, to which the service leads, is not told the key."""
    service.says("/x", (302, {"Location": "/y"}, b""))
    service.says("/y", b"{}")
    Client(web).get(f"{service.address}/x", secret={"api_key": "s3cret"})
    assert [path for path, _ in service.asked] == ["/x?api_key=s3cret", "/y"]


def test_what_is_packed_twice_is_not_unpacked(service, web):
    """A kilobyte that would become gigabytes is one line."""
    bomb = gzip.compress(gzip.compress(b" " * 10_000_000))
    service.says("/x", (200, {"Content-Encoding": "gzip, gzip"}, bomb))
    with pytest.raises(Refusal, match="its answer is packed more than once"):
        get(web, f"{service.address}/x", accept="*/*")


def test_work_is_done_side_by_side_and_comes_back_in_order():
    """What takes longest comes first where it stood first."""
    done = [threading.Event() for _ in range(4)]
    done[3].set()

    def work(n):
        assert done[n + 1].wait(60), "the next one is at work meanwhile"
        done[n].set()
        return n

    assert side_by_side(work, range(3), most=3) == [0, 1, 2]
    assert side_by_side(str, [], most=3) == []


def test_nobody_waits_for_the_others_where_one_fails():
    """The error comes at once, and the rest is left behind."""
    over = threading.Event()

    def work(name):
        if name == "slow":
            over.wait(60)
        raise ValueError(name)

    with pytest.raises(ValueError, match="quick"):
        side_by_side(work, ["slow", "quick"], most=2)
    over.set()


def test_a_name_that_changes_its_number_leads_nowhere(service, web, monkeypatch):
    """A name that is public when it is looked at, and ours when it is connected to, is refused."""
    import socket  # noqa: PLC0415

    inner, real, numbers = Service(), socket.getaddrinfo, ["93.184.215.14"]
    threading.Thread(target=inner.server.serve_forever, args=(0.02,), daemon=True).start()

    def changing(host, port, *args, **options):
        if host != "tides.example":
            return real(host, port, *args, **options)
        return real(numbers.pop() if numbers else "127.0.0.1", port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    there = f"http://tides.example:{inner.server.server_port}/secret"
    service.says("/x", (302, {"Location": there}, b""))
    with pytest.raises(Refusal, match="it leads into a private network"):
        get(web, f"{service.address}/x", accept="*/*")
    assert (numbers, inner.asked) == ([], [])
    inner.server.shutdown()
    inner.server.server_close()
