"""What came of a site, held against what its description expects: a line for each difference."""

import os
import re
import subprocess
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import contract
import yaml
from description import Description
from reading import Page, even, from_root, read_page
from surroundings import LEAN

from portfolio.__main__ import main
from portfolio.environment import environment
from portfolio.pages.check import problems
from portfolio.pages.words import ENGLISH, table_of

_PROGRESS = re.compile(r"\[\d+/\d+\] .*")
_BASE = ("404.html", "index.html", "news/index.html", "publications/index.html")
LAST = "The last site.\n"


@dataclass(frozen=True)
class Outcome:
    """A rendered site, its sources, and what the command line said."""

    root: Path
    status: int
    said: list[str]

    @property
    def site(self) -> Path:
        """The folder to publish."""
        return self.root / "_site"

    @property
    def published(self) -> set[str]:
        """The files of the site, but those that Quarto brings."""
        files = (path for path in self.site.rglob("*") if path.is_file())
        names = {path.relative_to(self.site).as_posix() for path in files}
        return {name for name in names if not name.startswith("site_libs/")}

    def page(self, name: str) -> Page:
        """Return one of the pages; an empty one where there is none."""
        path = self.site / name
        return read_page(path) if path.is_file() else Page("")


def render(description: Description, folder: Path, renderer: str) -> Outcome:
    """Make the site below ``folder``, and render it as its owner would.

    An older site lies there already.
    """
    root = description.write(folder)
    (root / "_site").mkdir()
    (root / "_site" / "last.txt").write_text(LAST, encoding="utf-8")
    variables = environment(root) | {"PORTFOLIO_RENDERER": renderer}
    with (folder / "said").open("w+b") as errors:
        if renderer == "embedded" and hasattr(os, "fork"):
            status = _in_a_copy(root, variables, errors.fileno())
        else:
            command = [sys.executable, "-m", "portfolio", "site"]
            null = subprocess.DEVNULL
            ran = subprocess.run(
                command, cwd=root, env=variables | LEAN, stdout=null, stderr=errors, check=False
            )
            status = ran.returncode
        errors.seek(0)
        lines = errors.read().decode().splitlines()
    said = [line for line in lines if line and not _PROGRESS.fullmatch(line)]
    return Outcome(root, status, said)


def _in_a_copy(root: Path, variables: dict[str, str], errors: int) -> int:
    """Run the verb in a copy of this process, which need not import anything; return its status."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the copy uses none of our threads
        process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    status = 1
    try:
        os.chdir(root)
        os.environ.clear()
        os.environ.update(variables)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(errors, 2)
        with (
            open(1, "w", encoding="utf-8") as sys.stdout,
            open(2, "w", encoding="utf-8", buffering=1) as sys.stderr,
        ):
            try:
                status = main(["site"])
            except BaseException:
                traceback.print_exc()
                raise
    finally:
        os._exit(status)


def differences(outcome: Outcome, expect: dict[str, Any], *, quiet: bool) -> Iterator[str]:
    """Yield a line for each expectation that is not met; a ``quiet`` renderer warns of nothing."""
    if "refuses" in expect:
        yield from _unlike_refusal(outcome, expect["refuses"], quiet=quiet)
        return
    if outcome.status:
        yield f"the render fails: {' '.join(outcome.said)}"
        return
    if quiet and outcome.said:
        yield f"the render says: {' '.join(outcome.said)}"
    for name, wanted in expect.items():
        if wanted is not None and name in _CHECKS:
            yield from _CHECKS[name](outcome, wanted)
    said = [str(problem) for problem in problems(outcome.root)]
    wanted = [
        line.replace("WORDS", str(len(table_of(ENGLISH)))) for line in expect.get("check", [])
    ]
    yield from _unequal("check", wanted, said)
    settings = yaml.safe_load((outcome.root / "_quarto.yml").read_text(encoding="utf-8"))
    address = settings["owner"]["site"].rstrip("/")
    broken = contract.broken(outcome.site, address)
    yield from _unequal("broken", sorted(expect.get("broken", [])), broken)


def _unlike_refusal(outcome: Outcome, wanted: str, *, quiet: bool) -> Iterator[str]:
    lines = wanted.splitlines()
    if not outcome.status:
        yield "the render does not refuse"
    said = [line for line in outcome.said if quiet or line in lines]
    yield from _unequal("refuses", lines, said)
    if outcome.published != {"last.txt"}:
        yield f"the last site does not stay: {outcome.published}"


def _pages(outcome: Outcome, wanted: list[str]) -> Iterator[str]:
    there = [name for name in _BASE if (outcome.root / name).with_suffix(".qmd").is_file()]
    pages = {name for name in outcome.published if name.endswith(".html")}
    yield from _unequal("pages", sorted({*there, *wanted}), sorted(pages))


def _papers(outcome: Outcome, wanted: list[str]) -> Iterator[str]:
    yield from _unequal("papers", wanted, outcome.page("publications/index.html").headings["h3"])


def _cards(outcome: Outcome, wanted: int) -> Iterator[str]:
    divided = (name for name in outcome.published if name.startswith("publications/in/"))
    pages = (outcome.page(name).html for name in ("publications/index.html", *divided))
    found = sum(len(re.findall(r'<li [^>]*class="(?:row|paper)\b', page)) for page in pages)
    yield from _unequal("cards", wanted, found)


def _each(
    what: str, holds: Callable[[Page, Any], bool]
) -> Callable[[Outcome, dict[str, list[Any]]], Iterator[str]]:
    """Return what tells of each page those things on its list for which ``holds`` is false."""

    def told(outcome: Outcome, wanted: dict[str, Any]) -> Iterator[str]:
        for name, things in wanted.items():
            page = outcome.page(name)
            listed = things.items() if isinstance(things, dict) else things
            yield from (f"{name} {what}: {thing}" for thing in listed if not holds(page, thing))

    return told


def _titles(outcome: Outcome, wanted: dict[str, str]) -> Iterator[str]:
    for name, title in wanted.items():
        yield from _unequal(f"the title of {name}", title, outcome.page(name).title)


def _links(outcome: Outcome, wanted: dict[str, dict[str, str]]) -> Iterator[str]:
    for name, links in wanted.items():
        found = outcome.page(name).links
        there = {(text, from_root(href, name)) for text, href in found}
        for text, href in links.items():
            if (text, href) not in there:
                others = (
                    ", ".join(address for other, address in there if other == text) or "nowhere"
                )
                yield f"{name}: {text} leads not to {href} but to {others}"


def _published(outcome: Outcome, wanted: list[str]) -> Iterator[str]:
    for name in wanted:
        source, there = outcome.root / name, outcome.site / name
        if not there.is_file():
            yield f"{name} is not published"
        elif source.is_file() and source.read_bytes() != there.read_bytes():
            yield f"{name} is published otherwise than it is"


def _unpublished(outcome: Outcome, wanted: list[str]) -> Iterator[str]:
    for pattern in (*wanted, "last.txt"):
        for name in sorted(outcome.published):
            if fnmatch(name, pattern):
                yield f"{name} is published"


def _unequal(what: str, wanted: Any, found: Any) -> Iterator[str]:
    if isinstance(wanted, list) and isinstance(found, list):
        yield from (f"{what}: not expected: {thing}" for thing in found if thing not in wanted)
        yield from (f"{what}: not there: {thing}" for thing in wanted if thing not in found)
        if sorted(wanted) == sorted(found) and wanted != found:
            yield f"{what}: in another order: {found}"
    elif wanted != found:
        yield f"{what}: {found!r}, and not {wanted!r}"


_CHECKS: dict[str, Callable[[Outcome, Any], Iterator[str]]] = {
    "pages": _pages,
    "papers": _papers,
    "cards": _cards,
    "titles": _titles,
    "texts": _each("does not say", lambda page, text: even(text) in page.text),
    "no_texts": _each("says", lambda page, text: even(text) not in page.text),
    "links": _links,
    "html": _each("does not hold", lambda page, piece: piece in page.html),
    "no_html": _each("holds", lambda page, piece: piece not in page.html),
    "published": _published,
    "unpublished": _unpublished,
}
