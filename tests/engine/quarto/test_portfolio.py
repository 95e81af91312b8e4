"""A portfolio in a theme of Quarto's: its bar and look stay, and our parts are right in it."""

import signal
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from portfolio.renderers.ports import free_port
from portfolio.renderers.quarto_preview import END

pytestmark = pytest.mark.long
PAGES = ("index.html", "publications/index.html", "publications/foam.html")


@pytest.mark.parametrize("address", PAGES)
def test_pages_have_all_that_they_name(portfolio, address):
    """Style sheet, script, thumbnails, downloads and pages of papers are published."""
    assert "theme/parts.css" in portfolio.read(address)
    assert 'class="navbar-title">Ada Byron<' in portfolio.read(address)
    missing = [path for path in portfolio.lost(address) if not path.endswith("news/feed.xml")]
    assert missing == []


def test_a_site_in_quartos_look_is_complete_and_quiet(portfolio):
    """Titles name the owner, formulas are MathML, no page is there twice, and no search.json."""
    assert "<title>Home – Ada Byron</title>" in portfolio.read("index.html")
    assert '<math display="block"' in portfolio.read("index.html")
    assert not list((portfolio.root / "_site").rglob("*-preview.html"))
    assert not (portfolio.root / "_site" / "search.json").exists()
    assert "requirejs" not in portfolio.read("publications/index.html")


def test_the_preview_sees_an_edit_of_the_bibliography(portfolio):
    """The page that lists the papers shows it while the preview runs, which then ends cleanly."""
    port = free_port(0)
    variables = {"PORT": str(port), "PORTFOLIO_RENDERER": "quarto", "BROWSER": "true"}
    bib = portfolio.root / "publications" / "publications.bib"
    command = [sys.executable, "-m", "portfolio", "preview"]
    with subprocess.Popen(
        command, cwd=portfolio.root, env=portfolio.variables | variables, stdout=subprocess.DEVNULL
    ) as process:
        try:
            address = f"http://127.0.0.1:{port}/publications/index.html"
            assert shows("Foam", address)
            bib.write_text(bib.read_text().replace("{Foam}", "{Froth}"))
            assert shows("Froth", address)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=120) == 0
            assert read(address) == ""
        finally:
            process.kill()
            read(f"http://127.0.0.1:{port}/{END}")


def shows(text, address):
    """Wait until a page says ``text``; return whether it ever does."""
    until = time.monotonic() + 600  # of a busy machine, which renders all of it twice
    while text not in read(address) and time.monotonic() < until:
        time.sleep(0.5)
    return text in read(address)


def read(address):
    """Return a page, or nothing where no server answers."""
    try:
        with urlopen(address, timeout=60) as answer:  # noqa: S310  our own server
            return answer.read().decode()
    except (URLError, ConnectionError):
        return ""
