"""The step before rendering: a page for every paper that has none written by hand."""

import json
import re
from pathlib import Path

from portfolio.files import write
from portfolio.pages import cards
from portfolio.pages.portfolio import Portfolio
from portfolio.records.paper import Paper

MARK = "# Made from publications.bib. To write this page by hand, remove this line.\n"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def prepare(here: Portfolio) -> None:
    """Write the missing papers' pages, remove those that lost their paper, keep git unaware."""
    folder = here.root / "publications"
    written = {page.name for page in folder.glob("*.qmd") if not is_generated(page)}
    made = {f"{paper.slug}.qmd": page_source(here, paper) for paper in here.papers}
    made = {name: source for name, source in made.items() if name not in written}
    for page in folder.glob("*.qmd"):
        if page.name not in written and page.name not in made:
            page.unlink()
    for name, source in made.items():
        write(folder / name, source)
    ignored = "".join(f"/{name}\n" for name in sorted((".gitignore", *made)))
    write(folder / ".gitignore", f"# Pages made before each render.\n{ignored}")


def is_generated(page: Path) -> bool:
    """Whether `prepare` wrote the page."""
    return MARK in page.read_text(encoding="utf-8")


def page_source(here: Portfolio, paper: Paper) -> str:
    """Return the source of a paper's page: its head, and its figure where there is one."""
    title = json.dumps(_PUNCTUATION.sub(r"\\\1", paper.title), ensure_ascii=False)
    body = f"---\n{MARK}title: {title}\n---\n\n"
    head = cards.page_of_paper(here, paper)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", head)), default=0))
    body += f"{fence}{{=html}}\n{head}\n{fence}\n"
    figure = here.figures.get(paper.slug)
    if figure:
        notebook = f"../notebooks/{paper.slug}.ipynb"
        body += f"\n## Figure\n\n{{{{< embed {notebook}#{figure.label} >}}}}\n"
        body += f"\n[The notebook behind the figure]({notebook})\n"
    return body
