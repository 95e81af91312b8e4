"""The head of a notebook's page: whose it is, and how to get it and run it."""

from html import escape
from pathlib import Path

from portfolio.figures.asked import KEY
from portfolio.figures.notebooks import see_notebook
from portfolio.figures.record import seconds_of
from portfolio.pages.html import tag
from portfolio.pages.paper import button
from portfolio.pages.portfolio import Portfolio, page_of
from portfolio.pages.previews import preview_of
from portfolio.pages.titles import title_in
from portfolio.records.paper import Paper

_SOURCES = {"github.com": "blob/HEAD", "gitlab": "-/blob/HEAD", "codeberg.org": "src/branch/main"}
_MINUTE = 60


def head_of_notebook(here: Portfolio, path: str) -> str:
    """Return what stands under the title of the notebook at ``path``, from the root."""
    slug = Path(path).stem
    paper = next((paper for paper in here.papers if paper.slug == slug), None)
    parts = (_paper(here, paper) if paper else "", _buttons(here, path), _runs(here, path))
    return tag("div", "\n".join(filter(None, parts)), class_="notebook-head")


def _paper(here: Portfolio, paper: Paper) -> str:
    address = here.shelf.thumbnail(paper).removesuffix(".webp")
    picture = preview_of(here, paper).html(address, "row")
    label = tag("small", escape(here.say("its-notebook")))
    words = tag("span", label + tag("b", title_in(paper, here.say)))
    return tag("a", picture + words, href=page_of(paper), class_="of-paper")


def _buttons(here: Portfolio, path: str) -> str:
    say, figure = here.say, here.figures.get(Path(path).stem)
    name = Path(path).name
    buttons = [button(say("download", file=".ipynb"), f"/{path}", "download", download=name)]
    if source := _source(here, path):
        buttons.append(button(say("source"), source, "code"))
    if figure:
        buttons.append(button(say("the-figure"), f"#{figure.label}", "slides"))
    items = "".join(tag("li", one) for one in buttons)
    return tag("ul", items, class_="buttons", role="list")


def _source(here: Portfolio, path: str) -> str:
    """Return where the repository shows the notebook, at the hosts whose addresses we know."""
    home = here.site.repository
    way = next((way for host, way in _SOURCES.items() if host in home), "")
    return f"{home}/{way}/{path}" if way else ""


def _runs(here: Portfolio, path: str) -> str:
    """Return how long the notebook ran when its figures were made, and with what."""
    try:
        notebook = see_notebook(here.root / path)
    except ValueError:
        return ""
    seconds = seconds_of(notebook, "processor") or seconds_of(notebook)
    if seconds < 0 or KEY not in notebook["metadata"]:
        return ""
    say = here.say
    minutes = round(seconds / _MINUTE)
    took = say("n-minutes", n=minutes) if minutes else say("n-seconds", n=max(1, seconds))
    return tag("p", escape(say("runs-in", time=took)), class_="runs")
