"""The verbs that render, and what rendering calls."""

import argparse
import os
import sys
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portfolio import children
from portfolio.verbs.telling import changing, fault, project, tell

if TYPE_CHECKING:
    from portfolio.renderers import quarto_preview
    from portfolio.renderers.runner import Runner

Named = argparse.Namespace
READY = "portfolio.pages.loaded:ready"
"""What reads the project once for the cells of all its pages."""


def site(_: Named) -> int:
    """Render the site into _site."""
    _collect_seldom()
    from portfolio.environment import remember
    from portfolio.records.site import load_site
    from portfolio.renderers.build import build
    from portfolio.verbs.problems import counted

    with changing("site") as root, runner_of(root) as runner:
        load_site(root)  # what cannot be used is named before any page asks for it
        remember(root)
        report = build(root, choice=_choice(), tell=tell, runner=runner)
        print(report)
        if line := counted(root, again=report.unchanged, converted=report.renderer == "embedded"):
            print(line)
    return 0


def preview(named: Named) -> int:
    """Serve the site here, rendering after each save."""
    _collect_seldom()
    from portfolio.environment import remember
    from portfolio.renderers import build, preview, quarto_preview
    from portfolio.renderers.ports import free_port, read_port
    from portfolio.verbs.problems import counted

    root = project()
    port = read_port(os.environ.get("PORT", ""))
    remember(root)
    quarto = build.choose(_choice(), tell)
    if quarto:
        port = free_port(port)
        if line := counted(root):
            tell(line)
        concerned = _concerned(root)
        return quarto_preview.preview(quarto, root, concerned, port=port, browse=named.open)

    reports: list[build.Report] = []

    def render() -> str:
        try:
            with changing("preview", root):
                quiet = partial(build.build, root, choice="embedded", tell=lambda _: None)
                reports[:] = [quiet(runner=runner)]
            tell(str(reports[0]))
        except Exception as error:  # noqa: BLE001  the next save may mend it
            reports.clear()
            said = fault(error, "preview")
            tell(said)
            return said
        return ""

    def count() -> None:
        for report in reports:
            if line := counted(root, again=report.unchanged, converted=True):
                tell(line)

    with runner_of(root) as runner:
        preview.preview(root, render, port=port, tell=tell, browse=named.open, afterwards=count)
    return 0


def _collect_seldom() -> None:
    """Look for garbage seldom: records live to the end, and looking through them takes a fifth."""
    import gc

    gc.set_threshold(100_000, 50, 100)


def _concerned(root: Path) -> "quarto_preview.Concerned":
    """Return what tells the pages concerned by a save, and of a save that cannot be read."""
    from portfolio.pages.concerned import Concerned

    known: list[Concerned] = []

    def concerned(changed: AbstractSet[Path]) -> list[Path]:
        try:
            known[:] = known or [Concerned(root)]
            return known[0](changed)
        except Exception as error:  # noqa: BLE001  the next save may mend it
            tell(fault(error, "preview"))
            return []

    concerned(frozenset())
    return concerned


def preview_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `preview`."""
    parser.add_argument("--open", action="store_true", help="open the site in a browser")


def prepare(_: Named) -> int:
    """Keep a project for the Quarto that is about to render it (renderers call this)."""
    from portfolio import lock
    from portfolio.renderers.faults import demand_text

    demand_text(project())
    if not lock.is_ours(project()):
        with changing("prepare") as root:
            lock.lend(root)
    return 0


def finish(_: Named) -> int:
    """Complete a rendered site (renderers call this)."""
    from portfolio.lock import take_back

    with changing("finish") as root:
        output = Path(os.environ.get("QUARTO_PROJECT_OUTPUT_DIR", root / "_site"))
        try:
            _complete(root, output)
        finally:
            take_back(root)
    return 0


def _complete(root: Path, output: Path) -> None:
    """Complete the site in ``output``; raise ContentError for what may not be published."""
    from portfolio.pages.finish import finish
    from portfolio.pages.loaded import portfolio_at
    from portfolio.pages.published import withdraw
    from portfolio.records.problems import ContentError

    withdrawn = withdraw(root, output)
    finish(portfolio_at(root), output)
    if withdrawn:
        raise ContentError(*withdrawn)


def runner_of(root: Path) -> "Runner":
    """Return what runs cells and scripts, and does itself what the engine can do for them."""
    from portfolio.renderers.runner import Runner
    from portfolio.shipped import EXTENSION

    def parts(
        pages: Sequence[tuple[Sequence[str], Path, str]], context: str
    ) -> list[list[Any] | None]:
        from portfolio.pages.calls import outputs_of
        from portfolio.pages.loaded import looking_once

        with looking_once():
            return [outputs_of(*page, context=context) for page in pages]

    steps = {
        (EXTENSION / "prepare.py").read_bytes(): lambda *_: None,  # the project is ours already
        (EXTENSION / "finish.py").read_bytes(): _complete,
    }
    return Runner(root, ready=READY, parts=parts, steps=steps)


def test(named: Named) -> int:
    """Check the content, render and audit the site, and run tests of one's own.

    Text of the starter that is still there is named, and is no fault.
    """
    from portfolio.records.demo import leftovers
    from portfolio.records.problems import weighed
    from portfolio.records.reports import FORMATS
    from portfolio.verbs.content import audited
    from portfolio.verbs.problems import problems_of

    with changing("test") as root:
        site(named)
        found = weighed([*problems_of(root), *audited(root, in_browser=True)])
        print(FORMATS["text"](found))
        faults = {problem for problem in found if not problem.hint} - set(leftovers(root))
        return _own_tests(root) or bool(faults)


def _own_tests(root: Path) -> int:
    """Run the tests that the owner wrote, if there are any; return pytest's exit status."""
    from importlib.util import find_spec

    from portfolio.environment import environment

    if not any((root / "tests").rglob("test_*.py")):
        return 0
    if not find_spec("pytest"):
        tell("tests: pytest is not here: add a line `pytest` to requirements.txt and install it")
        return 1
    command = [sys.executable, "-m", "pytest", "tests"]
    return children.run(command, cwd=root, env=environment(root), check=False).returncode


def _choice() -> str:
    return os.environ.get("PORTFOLIO_RENDERER") or "auto"
