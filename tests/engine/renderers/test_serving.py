"""The preview's server answers this machine's browsers with the site, and nothing beside it."""

import http.client
import os
import threading
import time
from functools import partial

import pytest
from playwright.sync_api import expect

from portfolio.inputs import watched
from portfolio.renderers.rendered import Rendered
from portfolio.renderers.serving import Handler, Server


@pytest.fixture
def ask(tmp_path):
    """Serve a small site with a secret beside it; return the function that asks for a path."""
    site = tmp_path / "_site"
    (site / "talks").mkdir(parents=True)
    (site / ".git").mkdir()
    (site / ".well-known").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (site / "index.html").write_text("<head></head>Home")
    (site / "404.html").write_text("<head></head>Lost")
    (site / "talks" / "index.html").write_text("<head></head>Talks")
    (site / "a b.txt").write_text("text")
    (site / ".git" / "config").write_text("secret")
    (site / ".env").write_text("secret")
    (site / ".well-known" / "security.txt").write_text("known")
    (site / "out.txt").symlink_to(tmp_path / "secret.txt")
    (site / "up").symlink_to(tmp_path)
    handler = partial(Handler, rendered=Rendered(site), directory=str(site))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def ask(path, host="", method="GET"):
            connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
            connection.putrequest(method, path, skip_host=bool(host))
            if host:
                connection.putheader("Host", host)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

        yield ask
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", "Home"),
        ("/index.html?x=1", "Home"),
        ("/talks/", "Talks"),
        ("/a%20b.txt", "text"),
        ("/.well-known/security.txt", "known"),
    ],
)
def test_the_site_is_served(ask, path, said):
    """Pages, files and what hosts look for are there."""
    status, text = ask(path)
    assert status == 200
    assert said in text


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:1", "[::1]:80"])
def test_this_machine_goes_by_several_names(ask, host):
    """Whichever of them the browser uses."""
    assert ask("/", host)[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "10.0.0.1"]
)
@pytest.mark.parametrize("path", ["/", "/-/events", "/-/preview.js"])
def test_another_name_for_this_machine_is_refused(ask, host, path):
    """A page elsewhere cannot read the draft by having its own name lead here."""
    status, text = ask(path, host)
    assert status == 403
    assert "Home" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.env",
        "/%2eenv",
        "/out.txt",
        "/up/secret.txt",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/talks/../../secret.txt",
        "/" + "a" * 5000,
        "/" + "a/" * 2000,
        "/a%00b",
        "/index.html/",
        "/%ff%fe",
        "/up/",
    ],
)
def test_what_is_not_the_sites_is_not_there(ask, path):
    """Hidden files, links out, and names that no system can hold give the page that says so."""
    status, text = ask(path)
    assert status == 404
    assert "secret" not in text


def test_a_folder_is_asked_for_with_a_slash(ask):
    """So that the links on its page lead where they should."""
    assert ask("/talks")[0] == 301


def test_asking_for_the_head_gives_no_content(ask):
    """It is answered as GET is, and keeps the same secrets."""
    assert ask("/", method="HEAD") == (200, "")
    assert ask("/.env", method="HEAD") == (404, "")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_requests_are_refused(ask, method):
    """There is nothing here to be changed."""
    assert ask("/", method=method)[0] == 501


PAGE = """<!doctype html><html lang="en"><head><title>Page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<link rel="stylesheet" href="/site.css"></head>
<body><main><p>Before.</p></main></body></html>
"""
STYLE = "p { color: rgb(1, 1, 1) } main { height: 9000px }"


def test_an_open_page_follows(tmp_path, browser):
    """It shows faults over the last good page, changes its style in place, and keeps its place."""
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "site.css").write_text(STYLE)
    rendered = Rendered(tmp_path)
    handler = partial(Handler, rendered=rendered, directory=str(tmp_path))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        follow(page, rendered, tmp_path)
        page.close()
        server.shutdown()


def follow(page, rendered, site):
    """Break the site, change its style, and change its page, and see it on the open page."""
    page.evaluate("window.mark = 1; scrollTo(0, 3000)")
    rendered.renew("index.qmd:3: cell: it is broken: mend it")
    fault = page.get_by_role("alert")
    fault.wait_for()
    assert "index.qmd:3: cell: it is broken: mend it" in fault.inner_text()
    (site / "site.css").write_text(STYLE.replace("1, 1, 1", "2, 2, 2"))
    rendered.renew("")
    expect(page.locator("p")).to_have_css("color", "rgb(2, 2, 2)")
    expect(fault).to_have_count(0)
    assert page.evaluate("window.mark") == 1
    (site / "index.html").write_text(PAGE.replace("Before.", "After."))
    rendered.renew("")
    page.get_by_text("After.").wait_for()
    wait_for(lambda: page.evaluate("scrollY") == 3000)


def wait_for(happened):
    """Wait until something has happened; the page's own policy lets no test wait in it."""
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with FIFOs")
def test_only_plain_files_are_read_for_changes(tmp_path):
    """A FIFO that somebody puts into the site holds no preview up."""
    os.mkfifo(tmp_path / "x")
    (tmp_path / "zero").symlink_to("/dev/zero")
    rendered = Rendered(tmp_path)
    (tmp_path / "index.html").write_text("a")
    rendered.renew("")
    assert rendered.state.pages == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs links")
def test_a_save_is_seen_where_it_lies(tmp_path):
    """Whichever way round a circle of links a watcher tells: what renders write is none of it."""
    (tmp_path / "round").symlink_to(".")
    (tmp_path / "own").mkdir()
    (tmp_path / ".portfolio").mkdir()
    passes = watched(tmp_path)
    for way in ("", "round", "round/round"):
        assert passes(None, str(tmp_path / way / "own" / "index.qmd"))
        assert not passes(None, str(tmp_path / way / ".portfolio" / "index.qmd"))
        assert not passes(None, str(tmp_path / way / "_site" / "index.html"))
    assert not passes(None, str(tmp_path.parent / "index.qmd"))
