"""What only the network can say, asked of a server of our own."""

import json
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portfolio.starting.doctor import examine, online
from portfolio.starting.doctor.online import Services, ask
from portfolio.starting.pin import Pin


class Server:
    """Answers each path as it is told to, and remembers what was asked."""

    def __init__(self):
        self.answers, self.asked = {}, []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                server.asked.append(self.path)
                status, headers, body = server.answers.get(self.path, (404, {}, b"{}"))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                with suppress(OSError):  # who asked may have gone
                    for piece in body if isinstance(body, list) else [body]:
                        time.sleep(0.2 if isinstance(body, list) else 0)
                        self.wfile.write(piece)

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.http.server_port}"

    newest = None

    def say(self, path, values, status=200):
        """Answer a path with JSON."""
        self.answers[path] = (status, {}, json.dumps(values).encode())

    def services(self, patience=60):
        """Return the services, all of them here."""
        return Services(self.address, lambda _: self.newest, patience)


@pytest.fixture
def server():
    """Return a server that answers 404 until told otherwise."""
    server = Server()
    yield server
    server.http.shutdown()
    server.http.server_close()


@pytest.fixture
def examined(site, server, monkeypatch):
    """Return a function that examines the site online; its address answers as told."""
    monkeypatch.setattr(
        online, "ask", lambda address, patience: ask(_here(address, server), patience)
    )

    monkeypatch.setattr(online, "_remote", lambda *_: iter(()))

    def examined():
        found = examine(site.root, server.services())
        return list(map(str, found.problems)), found.remarks

    return examined


def _here(address, server):
    return address.replace("https://ada.github.io", server.address)


def test_nothing_is_asked_unless_told(site, server, monkeypatch):
    """Without services the network is left alone."""
    monkeypatch.setattr(online, "ask", lambda *_: pytest.fail("it asked"))
    examine(site.root)
    assert server.asked == []


def test_before_the_first_publication(examined):
    """An address that answers 404 is as it may be, and is remarked on."""
    problems, remarks = examined()
    assert problems == []
    assert (
        "https://ada.github.io/home answers 404, as it may until the first publication" in remarks
    )


def test_an_address_that_leads_elsewhere(examined, server):
    """The address that answers in the end is the one to write."""
    server.answers["/home/"] = (301, {"Location": "/sea/"}, b"")
    server.answers["/sea/"] = (200, {}, b"here")
    problems, _ = examined()
    assert len(problems) == 1
    assert problems[0].endswith(f"write site: {server.address}/sea")


def test_pages_is_off(examined, server):
    """What anybody may ask of a public repository tells whether Pages is on."""
    server.say("/repos/ada/home", {"has_pages": False})
    problems, _ = examined()
    (line,) = problems
    assert line.startswith(".github/workflows/publish.yml:1: pages: GitHub Pages is off: ")
    assert line.endswith("set Settings, Pages, Source: GitHub Actions")


def test_a_repository_that_nobody_may_see(examined):
    """A private repository, or none, says nothing: a remark."""
    _, remarks = examined()
    assert any("GitHub says nothing of https://github.com/ada/home" in line for line in remarks)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"build_type": "legacy"}, "GitHub Pages publishes a branch"),
        ({"cname": "ada.science"}, "GitHub Pages has the domain ada.science set"),
        ({"https_enforced": False}, "GitHub Pages answers without https"),
    ],
)
def test_settings_of_pages(examined, server, said, what):
    """Each setting that does not go with the workflow or the address is named."""
    good = {"build_type": "workflow", "cname": None, "https_enforced": True}
    server.say("/repos/ada/home/pages", good)
    assert examined()[0] == []
    server.say("/repos/ada/home/pages", good | said)
    (line,) = examined()[0]
    assert what in line


HERE = "quarto-portfolio==1.0.0"
FROM_GIT = "quarto-portfolio @ git+https://code.example/engine@"


@pytest.mark.parametrize(
    "case",
    [
        (HERE, "quarto-portfolio==99.1", True),
        (HERE, "quarto-portfolio==0.0.1", False),
        (HERE, HERE, False),
        (f"{FROM_GIT}abc", f"{FROM_GIT}def", True),
        (f"{FROM_GIT}abc", f"{FROM_GIT}abc", False),
    ],
)
def test_a_newer_engine(examined, server, monkeypatch, case):
    """A newer engine where this one is from is worth a remark, an older one is not."""
    here, found, told = case
    monkeypatch.setattr(online, "of_this_engine", lambda: Pin(here))
    server.newest = Pin(found)
    assert (f"{found} is out: `portfolio upgrade` moves to it" in examined()[1]) is told


def test_a_remote_that_is_not_there(site, server, monkeypatch):
    """A repository that nobody made yet cannot be pushed to."""
    monkeypatch.setattr(online, "ask", lambda address, _: online.Answer(404, address, ""))
    site.git("config", "url.file:///nowhere/.insteadOf", "nowhere:")
    site.git("remote", "set-url", "origin", "nowhere:ada/home")
    lines = list(map(str, examine(site.root, server.services()).problems))
    assert any("file:///nowhere/ada/home does not answer (fatal: " in line for line in lines)


def test_no_answer_takes_for_ever(server):
    """A trickle ends when patience does."""
    server.answers["/slow"] = (200, {}, [b"x"] * 600)
    started = time.monotonic()
    answer = ask(f"{server.address}/slow", 0.5)
    assert (answer.status, answer.text) == (0, "no answer in 0.5 s")
    assert time.monotonic() - started < 60


def test_nobody_answers():
    """A host that is not there is one line."""
    assert ask("http://127.0.0.1:9/", 1).text == "it cannot be reached"
