"""The audit in a browser finds each fault, and nothing on a sound site."""

from contextlib import ExitStack

import pytest
from small import files, written

from portfolio.audit import accessibility, browser_problems, reading
from portfolio.audit import visit as visits
from portfolio.audit.server import serving
from portfolio.audit.visit import MOST, Visit

EDITS = [
    ("accessibility", "theme/site.css", "a {", "p { color: #ddd } a {"),
    ("accessibility", "index.html", "<p>", '<p><a href="index.html"></a>'),
    (
        "accessibility",
        "theme/site.css",
        "a {",
        "@media (prefers-color-scheme: dark) { p { color: #ddd } } a {",
    ),
    ("keyboard", "theme/site.css", "outline: 3px solid", "outline: none"),
    ("keyboard", "index.html", "<p>", '<p><a href="index.html" tabindex="5">x</a>'),
    ("narrow", "theme/site.css", "a {", "main { width: 900px } a {"),
    ("console", "theme/copy.js", "", "console.log('x');"),
    ("console", "theme/copy.js", "", "throw new Error('x');"),
    ("requests", "theme/site.css", "a {", "p { background: url(gone.png) } a {"),
    ("hosts", "theme/site.css", "a {", "p { background: url(https://cdn.example/x.png) } a {"),
    ("pictures", "publications/waves.svg", "</svg>", ""),
    ("scripts", "theme/copy.js", "", "document.querySelector('main').append('more');"),
]


CHECKS = {
    **dict.fromkeys(("accessibility", "keyboard"), accessibility.axe_and_keyboard),
    "narrow": accessibility.narrow,
    **dict.fromkeys(("console", "requests", "hosts", "pictures", "scripts"), reading.read),
}


@pytest.fixture
def visited(tmp_path, browser):
    """Return the function that gives a visit to the site of some files."""
    with ExitStack() as stack:

        def visited(content):
            site = written(tmp_path / "_site", content)
            return Visit(site, browser, stack.enter_context(serving(site.folder)))

        yield visited


def test_a_sound_site_has_no_problem(tmp_path, browser):
    """Nothing is found where nothing is wrong."""
    assert browser_problems(written(tmp_path / "_site", files()), browser=browser) == []


@pytest.mark.parametrize(
    ("key", "name", "old", "new"), EDITS, ids=[f"{e[0]}-{n}" for n, e in enumerate(EDITS)]
)
def test_a_fault_is_found(visited, key, name, old, new):
    """The problem has the name of the broken promise."""
    content = files()
    content[name] = content[name].replace(old, new, 1)
    assert key in {problem.key for problem in CHECKS[key](visited(content))}


def test_of_a_large_site_a_browser_sees_a_sample():
    """Sections and pages at even distances, in the site's order; of a small site every page."""
    many = ["index.html", *(f"publications/{n:03}.html" for n in range(200)), "news/index.html"]
    seen = visits.visited(many)
    assert len(seen) == MOST
    assert seen == [address for address in many if address in seen]
    assert {"index.html", "news/index.html", "publications/000.html"} <= set(seen)
    assert visits.visited(many[:MOST]) == many[:MOST]
