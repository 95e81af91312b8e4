"""A clip plays in place of a picture by intent alone, and nothing of it is loaded before."""

import io

import pytest
from PIL import Image

from portfolio.audit.server import serving
from portfolio.shipped import EXTENSION

PAGE = """<!doctype html><html lang="en"><title>T</title><script src="clips.js" defer></script>
<ul><li><img class="thumb" data-clip=".gif" data-ending=".png"
  src="t/a.png" width="80" height="50" alt="">
<a href="#a">Foam</a></li></ul><a id="a" href="#b">Next</a>"""


def moving():
    """Return a GIF of two frames."""
    frames = [Image.new("P", (8, 5), colour) for colour in (0, 1)]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:], duration=100)
    return written.getvalue()


@pytest.fixture
def address(tmp_path):
    """Serve a page with a picture that has a clip."""
    (tmp_path / "t").mkdir()
    Image.new("RGB", (8, 5)).save(tmp_path / "t" / "a.png")
    (tmp_path / "t" / "a.gif").write_bytes(moving())
    (tmp_path / "clips.js").write_bytes((EXTENSION / "clips.js").read_bytes())
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    with serving(tmp_path) as address:
        yield address


@pytest.mark.parametrize("how", ["pointer", "keyboard"])
def test_a_clip_plays_while_a_reader_is_there(browser, address, how):
    """It is asked for once the reader points to the paper or is on its link, and goes again."""
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(address)
    assert "a.gif" not in asked
    page.locator("li").hover() if how == "pointer" else page.keyboard.press("Tab")
    page.locator(".clip").wait_for(state="visible")
    assert asked.count("a.gif") == 1
    assert not page.locator("img[data-clip]").is_visible()
    page.mouse.move(500, 500) if how == "pointer" else page.keyboard.press("Tab")
    page.locator("img[data-clip]").wait_for(state="visible")
    assert page.locator(".clip").count() == 0
    page.close()


def test_nothing_moves_for_who_wishes_less_of_it(browser, address):
    """Under reduced motion the picture stays, and the clip is never loaded."""
    page = browser.new_page(reduced_motion="reduce")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.locator("li").hover()
    page.wait_for_timeout(400)
    assert page.locator(".clip").count() == 0
    assert not any(url.endswith(".gif") for url in asked)
    page.close()
