"""Websites for real Quarto, made from what the extension's own page tells people to type."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from surroundings import LEAN, search_path

from portfolio.renderers.quarto import find_quarto

PROJECT = Path(__file__).parents[3]
EXTENSION = PROJECT / "_extensions" / "portfolio"
README = (EXTENSION / "README.md").read_text(encoding="utf-8")
(PAGE,) = re.findall(r"^````markdown\n(.*?)^````$", README, re.MULTILINE | re.DOTALL)
OWNER, PORTFOLIO = re.findall(r"^```yaml\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
BIB = r"""@article{waves, title={Waves of $O(n^2)$}, author={Roe, Rick and Byron, A.}, year=2020,
  journal={Sea Letters}, doi={10.1000/waves}, selected={true}}
@misc{foam, title={Foam}, author={Byron, Ada}, year=2019, pdf={publications/files/foam.pdf}}
"""


@dataclass(frozen=True)
class Website:
    """A website of Quarto's in the folder ``root``."""

    root: Path

    def write(self, name: str, text: str) -> None:
        """Write a file of the website."""
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")

    def quarto(self, *arguments: str, **variables: str) -> str:
        """Run Quarto there, as people do; return what it says."""
        ran = subprocess.run(
            [find_quarto(), *arguments],
            cwd=self.root,
            env=self.variables | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        assert ran.returncode == 0, ran.stdout[-3000:]
        return ran.stdout

    @cached_property
    def variables(self) -> dict[str, str]:
        """The environment, with this Python and the engine under test."""
        ours = {"QUARTO_PYTHON": sys.executable, "PYTHONPATH": search_path(PROJECT / "scripts")}
        return os.environ | LEAN | ours

    def read(self, address: str) -> str:
        """Return a page of the rendered website."""
        return (self.root / "_site" / address).read_text(encoding="utf-8")

    def named(self, address: str) -> list[str]:
        """Return what a page's elements load or link, as paths from the page's folder or urls."""
        tree = html5lib.parse(self.read(address), namespaceHTMLElements=False)
        found = (one.get("src") or one.get("href") for one in tree.iter() if one.tag != "use")
        return [
            href for href in found if href and not href.startswith(("#", "data:", "javascript"))
        ]

    def lost(self, address: str) -> list[str]:
        """Return which files that a page names are not published."""
        folder = (self.root / "_site" / address).parent
        paths = [unquote(urlsplit(href).path) for href in self.named(address) if ":" not in href]
        return [path for path in paths if path and not (folder / path).exists()]

    def loaded_from_elsewhere(self, address: str) -> list[str]:
        """Return the scripts, pictures and style sheets that a page asks another host for."""
        tree = html5lib.parse(self.read(address), namespaceHTMLElements=False)
        sources = [one.get("src", "") for one in tree.iter()]
        sources += [
            one.get("href", "") for one in tree.iter("link") if one.get("rel") != "canonical"
        ]
        return [source for source in sources if source.startswith(("http", "//"))]


@pytest.fixture(scope="session", autouse=True)
def _quarto():
    if find_quarto() is None:
        pytest.skip("needs Quarto 1.9 or later on PATH")


@pytest.fixture(scope="session")
def website(tmp_path_factory):
    """Return a website with a dark theme whose pages list papers, rendered."""
    made = Website(tmp_path_factory.mktemp("website") / "a website")
    made.write(
        "_quarto.yml", f"project: {{type: website}}\nformat: {{html: {{theme: slate}}}}\n{OWNER}"
    )
    made.write("papers.qmd", PAGE)
    made.write("more/more.qmd", PAGE.replace("publications()", 'publications("refs.bib")'))
    made.write("more/refs.bib", "@misc{ship, title={Ships}, author={Doe, Jane}, year=2018}")
    made.write("publications/publications.bib", BIB)
    made.write("publications/files/foam.pdf", "%PDF")
    made.quarto("render")
    return made


@pytest.fixture(scope="session")
def portfolio(tmp_path_factory):
    """Return a portfolio in a theme of Quarto's, rendered, its extension in an owner's folder."""
    made = Website(tmp_path_factory.mktemp("portfolio") / "a portfolio")
    made.write("_quarto.yml", "project: {type: website}\n")
    made.quarto("add", str(PROJECT), "--no-prompt")
    extensions = made.root / "_extensions"
    shutil.move(extensions / "portfolio", extensions / "byron" / "portfolio")
    theme = 'website:\n  title: "{{< meta owner.name >}}"\n  navbar: {left: [index.qmd]}\n'
    theme += "format: {html: {theme: cosmo}}\n"
    made.write("_quarto.yml", PORTFOLIO + theme)
    made.write("index.qmd", "---\ntitle: Home\n---\n\n$$\\begin{aligned}a &= b\\end{aligned}$$\n")
    made.write("publications/index.qmd", PAGE)
    made.write("publications/publications.bib", BIB)
    made.write("publications/files/foam.pdf", "%PDF")
    made.quarto("render")
    return made
