"""Building the site: choose a renderer, render aside, and put the result in place of the last."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolio import children, engine
from portfolio.commit import commit_of
from portfolio.environment import environment
from portfolio.files import write
from portfolio.lock import FOLDER
from portfolio.renderers import RenderError, embedded, strays, swap
from portfolio.renderers.faults import demand_text
from portfolio.renderers.memory import CACHE, Memory, today
from portfolio.renderers.quarto import PINNED, find_quarto, install_quarto
from portfolio.renderers.runner import Runner
from portfolio.renderers.sources import Sources
from portfolio.renderers.standing import Standing

CHOICES = ("auto", "quarto", "embedded")
EMBEDDED_LACKS = (
    "Quarto is not here, so the embedded renderer is used: "
    "pages may use the features listed in CONTRIBUTING.md, and there is no `stock` look"
)


@dataclass(frozen=True)
class Report:
    """What a build gave, as its closing line says it."""

    renderer: str
    pages: int
    size: int
    seconds: float
    unchanged: bool

    def __str__(self) -> str:
        state = "up to date" if self.unchanged else f"rendered by {self.renderer}"
        size = f"{self.size / 1024:,.0f} KiB"
        return f"_site: {self.pages} pages, {size}, {state} in {self.seconds:.1f} s"


@engine.looking_once()
def build(
    root: Path, *, choice: str, tell: Callable[[str], None], runner: Runner | None = None
) -> Report:
    """Render the project at ``root`` into ``_site``, which stays as it was if that fails.

    A ``runner`` of cells that is warm already serves the embedded renderer.
    Raises `portfolio.renderers.RenderError` saying what stood in the way.
    """
    started = time.monotonic()
    quarto = choose(choice, tell)
    site, stamp = root / swap.SITE, root / FOLDER / "stamp.json"
    swap.restore(root)
    last = _read_stamp(stamp)
    sources = Sources.of(root)
    state = {"renderer": quarto or "embedded", "engine": engine.state(), "inputs": sources.digest}
    state["commit"] = commit_of(root)
    standing = Standing.of(site)
    state["site"] = standing.state
    unchanged = all(last.get(key) == value for key, value in state.items())
    unchanged = unchanged and last.get("day", "") in {"", today()}
    variables = runner.variables if runner else environment(root)
    unchanged = unchanged and Memory(root, variables, sources).holds(last.get("seen", {}))
    if not unchanged:
        standing, found = _rendered(sources, quarto, last.get("saved", []), tell, runner)
        write(stamp, json.dumps(state | found | {"site": standing.state}))
    return Report(
        renderer="quarto" if quarto else "embedded",
        pages=standing.pages,
        size=standing.size,
        seconds=time.monotonic() - started,
        unchanged=unchanged,
    )


def _rendered(
    sources: Sources,
    quarto: str | None,
    expected: list[str],
    tell: Callable[[str], None],
    runner: Runner | None,
) -> tuple[Standing, dict[str, Any]]:
    """Render and put the site in place; return how it stands, and what else its stamp says.

    What was saved meanwhile may be on some pages and not on others, so that nothing is up to date
    with it. What two renders in a row save is their own: their scripts and cells write it.
    """
    root = sources.root
    draft, known = swap.draft(root), _remembered(root)
    settled = False
    try:
        if quarto:
            render_with_quarto(quarto, root, draft)
        else:
            sources = embedded.render(sources, draft, progress=tell, runner=runner)
        saved = sources.saved()
        settled = saved <= set(expected)
        standing = Standing.of(draft)
        swap.put_in_place(root)
    finally:
        swap.discard(root)
        if not settled and sources.saved() - set(expected):
            for memory, _ in _remembered(root) - known:
                memory.unlink(missing_ok=True)
    if not settled:
        name = min(saved - set(expected))
        what = "was saved while the site was rendered"
        tell(f"portfolio: {name} {what}: the next `site` renders it again")
    inputs = sources.digest if settled else ""
    found = {"saved": sorted(saved), "day": sources.day, "seen": sources.seen}
    return standing, {"inputs": inputs} | found


def _remembered(root: Path) -> set[tuple[Path, int]]:
    """Return the files that remember what cells gave, and when each was written."""
    return {(path, path.stat().st_mtime_ns) for path in (root / CACHE).glob("*")}


def choose(choice: str, tell: Callable[[str], None]) -> str | None:
    """Return the command of the Quarto to use, or None for the embedded renderer."""
    if choice not in CHOICES:
        wanted = " or ".join(CHOICES)
        raise RenderError(f"PORTFOLIO_RENDERER={choice}: not a renderer: use {wanted}")
    if choice == "embedded":
        return None
    quarto = find_quarto() or install_quarto(tell)
    if quarto is None and choice == "quarto":
        raise RenderError(
            f"PORTFOLIO_RENDERER=quarto: no Quarto 1.9 or later: install {PINNED} from quarto.org"
        )
    if quarto is None:
        tell(EMBEDDED_LACKS)
    return quarto


def render_with_quarto(quarto: str, root: Path, output: Path) -> None:
    """Render the project with Quarto into ``output``, passing on what it says."""
    demand_text(root)
    command = [quarto, "render", "--output-dir", output.relative_to(root).as_posix()]
    strays.note(root)
    try:
        ran = children.run(command, cwd=root, env=environment(root), check=False)
    finally:
        strays.clear(root)
    if ran.returncode:
        raise RenderError("quarto render failed; its message stands above")


def _read_stamp(stamp: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(stamp.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}
