"""However odd a file is, `check` names what `site` would refuse, and neither breaks nor waits."""

import signal
import sys
from contextlib import contextmanager

import oddities
import pytest

from portfolio.records.problems import ContentError
from portfolio.renderers import RenderError
from portfolio.renderers.build import build
from portfolio.verbs.problems import problems_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs links and special files")
QUICK = (
    "news with an open quote",
    "bib of a key of 260 letters",
    "settings that refer to themselves",
    "front matter of yes",
    "page in Latin-1",
    "cell with a remark",
    "link to git",
    "picture out",
    "the paper's PDF out",
    "a FIFO for a page",
    "a name that is no UTF-8",
    "notebook: stream of a blank",
    "notebook: no outputs",
    "notebook: a picture cut off",
)


@pytest.fixture
def laid(tmp_path, monkeypatch):
    """Return the function that lays something odd over a sound site, and gives its folder."""
    monkeypatch.setenv("PORTFOLIO_RENDERER", "embedded")

    def laid(name):
        oddities.lay(oddities.ALL[name], tmp_path / "site")
        return tmp_path / "site"

    return laid


@contextmanager
def within(seconds):
    """Fail what takes longer."""

    def late(*_):
        raise AssertionError(f"it takes more than {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def checked(root):
    """Return the lines of `check`."""
    with within(60):
        return [str(problem) for problem in problems_of(root)]


@pytest.mark.parametrize("name", oddities.ALL)
def test_check_reads_whatever_lies_there(laid, name):
    """It names what is odd, each thing on one line with its place, in bounded time."""
    for line in checked(laid(name)):
        assert "\n" not in line
        assert line.partition(":")[2].partition(":")[0].isdigit(), line


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if name in QUICK else [pytest.mark.stress])
        for name in oddities.ALL
    ],
)
def test_what_a_site_refuses_is_what_check_names(laid, name):
    """It is rendered, or refused with lines of `check`; nothing from outside is published."""
    root = laid(name)
    said, refused = checked(root), set()
    try:
        with within(120):
            build(root, choice="embedded", tell=lambda _: None)
    except (ContentError, RenderError) as error:
        refused = set(str(error).split("\n"))
    assert refused <= set(said)
    published = (path for path in (root / "_site").rglob("*") if path.is_file())
    assert not any(b"SECRET" in path.read_bytes() for path in published)


def test_a_sound_site_has_no_problems(laid, monkeypatch):
    """What oddities are laid over is odd in nothing itself."""
    monkeypatch.setitem(oddities.ALL, "nothing", {})
    assert checked(laid("nothing")) == []
