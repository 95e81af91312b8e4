"""Outputs that run are drawn by libraries from the site itself, under the policy of its pages."""

import base64
import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import nbformat
import needs
import pytest
from nbformat import v4

from portfolio.audit.server import serving
from portfolio.live import shown_live
from portfolio.pages.libraries import LIBRARIES, brought, package_of, script_of
from portfolio.pages.outputs import faults_of_outputs
from portfolio.pages.portfolio import load_portfolio
from portfolio.pages.running import running
from portfolio.shipped import EXTENSION

BUNDLES = json.loads(
    (Path(__file__).parents[1] / "figures/bundles/live.json").read_text(encoding="utf-8")
)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
PIXEL += "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>T</title>
<meta http-equiv="Content-Security-Policy" content="{policy}">
<script src="theme/seen.js"></script><script src="theme/live.js" defer></script>
<main>{main}<p id="below">Below</p></main>"""
SEEN = """var broken = [], moved = 0;
document.addEventListener("securitypolicyviolation", e => broken.push(e.effectiveDirective));
new PerformanceObserver(list => list.getEntries().forEach(e => { moved += e.value; }))
  .observe({ type: "layout-shift", buffered: true });"""
STAND_IN = """window.Plotly = { newPlot: async (box, data) => {
  const style = document.createElement("style");
  style.appendChild(document.createTextNode(""));
  document.head.appendChild(style);
  style.sheet.insertRule(".mark { color: rgb(1, 2, 3) }");
  const mark = document.createElement("b");
  mark.setAttribute("style", "font-weight: 100");
  mark.className = "mark";
  mark.textContent = data[0].y.join();
  box.append(mark);
} };"""
"""What libraries do that the policy refuses: rules in a new element, and in an attribute."""


@pytest.fixture
def here(tmp_path):
    """Return a portfolio with a file of its own in place of plotly's."""
    root = tmp_path / "project"
    (root / "publications").mkdir(parents=True)
    (root / "notebooks").mkdir()
    settings = "owner: {name: Ada Byron, site: https://byron.example}\n"
    settings += "project: {type: portfolio}\nlibraries: {plotly: js/stand-in.js}\n"
    (root / "_quarto.yml").write_text(settings, encoding="utf-8")
    (root / "js").mkdir()
    (root / "js" / "stand-in.js").write_text(STAND_IN, encoding="utf-8")
    return load_portfolio(root)


@pytest.fixture
def opened(tmp_path, browser):
    """Return the function that opens a page with running outputs in a browser."""
    pages, servers, said = [], [], []

    def opened(here, *bundles, **options):
        site = tmp_path / "site"
        (site / "theme" / "live").mkdir(parents=True)
        (site / "live").mkdir()
        html = "".join(shown_live(bundle, alt="A line")["text/html"] for bundle in bundles)
        made = running(here, html)
        for name, data in made.files:
            (site / "live" / name).write_bytes(data)
        for library in made.libraries:
            (site / "theme/live" / f"{library}.js").write_bytes(script_of(here, library))
        (site / "theme/live.js").write_bytes((EXTENSION / "live.js").read_bytes())
        (site / "theme/seen.js").write_text(SEEN, encoding="utf-8")
        page = PAGE.format(policy=POLICY, main=made.html.replace('src="/', 'src="'))
        (site / "index.html").write_text(page, encoding="utf-8")
        servers.append(serving(site))
        pages.append(browser.new_page(**options))
        pages[-1].on("console", lambda message: said.append(message.text))
        pages[-1].goto(servers[-1].__enter__())
        return pages[-1]

    opened.said = said
    yield opened
    for page in pages:
        page.close()
    for server in servers:
        server.__exit__(None, None, None)


def test_what_libraries_do_with_looks_breaks_no_policy(here, opened):
    """Rules and attributes that would be refused are applied all the same, and nothing is told."""
    page = opened(here, BUNDLES["plotly"])
    mark = page.locator(".stage[data-drawn] .mark")
    assert mark.inner_text() == "1,3,2"
    said = mark.evaluate("e => [getComputedStyle(e).color, getComputedStyle(e).fontWeight]")
    assert said == ["rgb(1, 2, 3)", "100"]
    assert page.evaluate("broken") == []


def test_a_figure_is_there_without_scripts(here, opened):
    """Its still picture is shown, with its text; a figure without one says what it is."""
    page = opened(
        here, BUNDLES["plotly"] | {"image/png": PIXEL}, BUNDLES["plotly"], java_script_enabled=False
    )
    assert page.locator(".stage img").get_attribute("alt") == "A line"
    assert "JavaScript" in page.locator(".stage").nth(1).inner_text()


def test_a_library_that_fails_leaves_what_was_there(here, opened):
    """The still picture comes back where the library cannot draw."""
    (here.root / "js/stand-in.js").write_text("window.Plotly = {}", encoding="utf-8")
    page = opened(here, BUNDLES["plotly"] | {"image/png": PIXEL})
    if not opened.said:  # the library's failure is told in the console, maybe already
        page.wait_for_event("console")
    page.locator(".stage:not([data-drawn]) img").wait_for(state="attached")


@pytest.mark.parametrize("name", ["plotly", "altair", "bokeh"])
def test_each_library_draws_under_the_policy(here, opened, name):
    """What the packages bring draws without a violation, and what stands below does not move."""
    if not find_spec({"altair": "vl_convert"}.get(name, name)):
        needs.missing(f"the package {package_of(name)} is not installed")
    bare = replace(here, site=replace(here.site, libraries={}))
    page = opened(bare, BUNDLES[name])
    drawn = {"plotly": ".main-svg", "altair": ".marks", "bokeh": ".bk-Figure"}[name]
    page.locator(f".stage[data-drawn] {drawn}").first.wait_for(state="visible")
    page.wait_for_timeout(300)
    assert page.evaluate("broken") == []
    assert page.evaluate("moved") == 0


def test_where_nobody_asks_the_picture_stands(here):
    """An output is still where neither its cell nor the settings ask; either can."""
    bundle = BUNDLES["plotly"] | {"image/png": PIXEL}
    handed = shown_live(bundle, asked=None)["text/html"]
    assert running(here, handed).html.startswith('<img src="/live/')
    assert not running(here, handed).libraries
    asking = replace(here, site=replace(here.site, live=True))
    assert running(asking, handed).libraries == {"plotly"}
    refused = shown_live(bundle, asked=False)["text/html"]
    assert not running(asking, refused).libraries


@pytest.mark.parametrize(
    "changed",
    [
        {"libraries": ["../x"]},
        {"libraries": [["x"]]},
        {"library": "x"},
        {"still": 1},
        {"kind": []},
        {"alt": None},
        {"data": {}},
        {"data": {"data": [{"type": "scattergl"}]}},
        {"data": {"data": [], "layout": {"images": [{"source": "//other.example/a.png"}]}}},
        {"library": "altair", "data": {"data": {"url": "https://other.example/a.csv"}}},
        {"library": "bokeh", "data": {"doc": {"roots": [{"name": "CustomJS"}]}}},
    ],
    ids=str,
)
def test_what_anybody_writes_in_a_notebook_stops_no_render(here, changed):
    """An output that only looks like ours, or would break the policy, is not drawn."""
    said = {"libraries": ["plotly"], "library": "plotly", "height": 9, "asked": True}
    said["data"] = {"data": []}
    assert running(here, handed_over(said)).libraries
    assert not running(here, handed_over(said | changed)).libraries


def test_no_library_is_taken_from_outside_the_project(here):
    """A path that leads out of the project names no file of it."""
    outside = here.root.parent / "outside.js"
    outside.write_text("secret", encoding="utf-8")
    named = replace(here, site=replace(here.site, libraries={"mine": "../outside.js"}))
    assert not brought(named, "mine")


@pytest.mark.parametrize("library", LIBRARIES)
def test_check_says_which_library_a_site_lacks(here, library, monkeypatch):
    """Where no package brings a library, its file can be named, and its figure is still."""
    monkeypatch.setattr("portfolio.pages.libraries._installed", lambda _: False)
    bare = replace(here, site=replace(here.site, libraries={}))
    path = here.root / "notebooks" / "a.ipynb"
    output = v4.new_output("display_data", BUNDLES["plotly"])
    cell = v4.new_code_cell("#| live: true\nx", outputs=[output])
    nbformat.write(v4.new_notebook(cells=[cell]), path)
    [found] = faults_of_outputs(bare, path)
    assert "the site has no plotly" in found.what
    assert "libraries: {plotly: js/plotly.js}" in found.remedy
    assert not list(faults_of_outputs(here, path))
    assert package_of(library)


def handed_over(said):
    """Return what a renderer would hand over, whoever has written it."""
    packed = base64.b64encode(json.dumps(said).encode()).decode()
    return f'<div class="stage" data-live="{packed}"></div>'
