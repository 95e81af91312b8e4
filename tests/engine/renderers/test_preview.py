"""The preview serves the site on this machine only, and keeps it up to date."""

import json
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from portfolio.renderers.build import build

PROGRAM = """
from pathlib import Path
from portfolio.renderers import RenderError
from portfolio.renderers.build import build
from portfolio.renderers.preview import preview

def render():
    try:
        build(Path.cwd(), choice="embedded", tell=lambda _: None)
    except RenderError as error:
        tell(str(error))
        return str(error)
    return ""

def tell(said):
    print(said, flush=True)

preview(Path.cwd(), render, port=0, tell=tell)
"""


@dataclass(frozen=True)
class Preview:
    """A preview at work: its process, its project, and what it has said so far."""

    process: subprocess.Popen
    project: Path
    log: Path

    @property
    def said(self):
        """What it has printed."""
        return self.log.read_text(encoding="utf-8")

    @property
    def address(self):
        """The address that it prints first."""
        return re.match(r"http://\S+", self.said)[0]

    def save_until(self, happens, name, text):
        """Save a page, again should the preview not be watching yet, until something is so."""
        until = time.monotonic() + 120
        while not happens() and time.monotonic() < until:
            (self.project / name).write_text(text, encoding="utf-8")
            pause = time.monotonic() + 3
            while not happens() and time.monotonic() < pause:
                time.sleep(0.05)
        assert happens()


@pytest.fixture
def running(project, tmp_path_factory):
    """Start a preview of the project."""
    (project / "page.html").write_text("<html><head></head><body>$body$</body></html>")
    (project / "data.txt").write_text("data")
    (project / "index.qmd").write_text("Welcome, [data](data.txt).\n")
    log = tmp_path_factory.mktemp("log") / "said"
    with (
        log.open("w") as said,
        subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=project, stdout=said) as process,
    ):
        try:
            there = project / "_site" / "index.html"
            while not (log.stat().st_size and there.exists()) and process.poll() is None:
                time.sleep(0.05)
            yield Preview(process, project, log)
        finally:
            process.kill()


def read(address):
    """Return what an address gives, with its headers."""
    with urlopen(address, timeout=60) as answer:  # noqa: S310  our own server
        return answer.read().decode(), answer.headers


def test_it_serves_this_machine_only(running):
    """Other machines in the network cannot connect."""
    address = running.address
    port = int(address.rstrip("/").rpartition(":")[2])
    assert address == f"http://127.0.0.1:{port}/"
    with socket.socket() as probe:
        probe.settimeout(5)
        # Linux answers on all of 127/8 when a server listens on every address.
        assert probe.connect_ex(("127.0.0.2", port)) != 0


def test_pages_reload_and_are_not_cached(running):
    """Each page gets a script, from the server itself; other files are served as they are."""
    address = running.address
    text, headers = read(address)
    assert "Welcome" in text
    assert '<script src="/-/preview.js" defer></script></head>' in text
    assert headers["Cache-Control"] == "no-store"
    script, headers = read(address + "-/preview.js")
    assert headers["Content-Type"] == "text/javascript"
    assert "EventSource" in script
    assert read(address + "data.txt")[0] == "data"


def lost(address):
    """Return what the preview shows for a page that is not there."""
    with pytest.raises(HTTPError) as raised:
        read(address + "no/such.html")
    with raised.value as answer:
        assert answer.code == HTTPStatus.NOT_FOUND
        return answer.read().decode()


def test_a_missing_page_is_not_found(running):
    """It shows the site's own page for that, where there is one."""
    assert "Nothing here." not in lost(running.address)
    there = running.project / "_site" / "404.html"
    running.save_until(there.exists, "404.qmd", "Nothing here.\n")
    assert "Nothing here." in lost(running.address)


def state(address):
    """Return what the preview tells a page that is opened now."""
    with urlopen(address + "-/events", timeout=60) as events:  # noqa: S310  our own server
        return json.loads(events.readline().removeprefix(b"data: "))


def test_a_save_renders_and_tells_the_page(running):
    """What open pages listen to changes once the new page is there."""
    before = state(running.address)
    changed = lambda: state(running.address)["pages"] != before["pages"]  # noqa: E731
    running.save_until(changed, "index.qmd", "Changed.\n")
    assert "Changed." in read(running.address)[0]
    assert state(running.address)["styles"] == before["styles"]


def test_a_mistake_is_told_and_the_last_page_stays(running):
    """The preview goes on; the next save mends it."""
    mistake = "---\ntoc: true\n---\n"
    running.save_until(lambda: "index.qmd:2: toc: True: " in running.said, "index.qmd", mistake)
    assert "Welcome" in read(running.address)[0]
    running.save_until(lambda: "Mended." in read(running.address)[0], "index.qmd", "Mended.\n")


def test_it_ends_cleanly(running):
    """Ctrl-C ends it without a traceback, frees the port, and leaves the site."""
    running.save_until(lambda: "Changed." in read(running.address)[0], "index.qmd", "Changed.\n")
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(timeout=60) == 0
    with pytest.raises(OSError, match="refused"):
        read(running.address)
    assert build(running.project, choice="embedded", tell=lambda _: None).unchanged
