"""The audit in a browser finds each fault, and nothing on a sound site."""

import pytest
from small import files, written

from portfolio.audit import BrowserMissingError, browser, browser_problems

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


@pytest.mark.usefixtures("browser")
def test_a_sound_site_has_no_problem(tmp_path):
    """Nothing is found where nothing is wrong."""
    assert browser_problems(written(tmp_path / "_site", files())) == []


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize(
    ("key", "name", "old", "new"), EDITS, ids=[f"{e[0]}-{n}" for n, e in enumerate(EDITS)]
)
def test_a_fault_is_found(tmp_path, key, name, old, new):
    """The problem has the name of the broken promise."""
    content = files()
    content[name] = content[name].replace(old, new, 1)
    found = browser_problems(written(tmp_path / "_site", content))
    assert key in {problem.key for problem in found}


@pytest.mark.parametrize(
    ("lacking", "wanted"),
    [("find_spec", "quarto-portfolio[audit]"), ("find_browser", "playwright install chromium")],
)
def test_what_is_missing_is_said(tmp_path, monkeypatch, lacking, wanted):
    """Without the extra or a Chromium, the message is the line to type."""
    pytest.importorskip("playwright")
    monkeypatch.setattr(browser, lacking, lambda _: None)
    with pytest.raises(BrowserMissingError) as missing:
        browser_problems(written(tmp_path / "_site", files()))
    assert wanted in str(missing.value)
