"""Building the site: choose a renderer, render aside, and put the result in place of the last."""

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from portfolio import children
from portfolio.environment import environment
from portfolio.files import write
from portfolio.renderers import RenderError, embedded
from portfolio.renderers.inputs import digest
from portfolio.renderers.quarto import PINNED, find_quarto, install_quarto

SCRATCH, LAST = ".portfolio", "last"
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


def build(root: Path, *, choice: str, tell: Callable[[str], None]) -> Report:
    """Render the project at ``root`` into ``_site``, which stays as it was if that fails.

    Raises `portfolio.renderers.RenderError` saying what stood in the way.
    """
    started = time.monotonic()
    quarto = choose(choice, tell)
    site, draft, stamp = root / "_site", root / SCRATCH / "draft", root / SCRATCH / "stamp.json"
    _recover(site, draft)
    state = {"renderer": quarto or "embedded", "inputs": digest(root)}
    unchanged = _read_stamp(stamp) == state | {"site": digest(site)}
    if not unchanged:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        try:
            if quarto:
                render_with_quarto(quarto, root, draft)
            else:
                state["inputs"] = embedded.render(root, draft, progress=tell)
            _replace(site, draft)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        write(stamp, json.dumps(state | {"site": digest(site)}))
    files = [path for path in site.rglob("*") if path.is_file()]
    return Report(
        renderer="quarto" if quarto else "embedded",
        pages=sum(path.suffix == ".html" for path in files),
        size=sum(path.stat().st_size for path in files),
        seconds=time.monotonic() - started,
        unchanged=unchanged,
    )


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
    command = [quarto, "render", "--output-dir", output.relative_to(root).as_posix()]
    if children.run(command, cwd=root, env=environment(root), check=False).returncode:
        raise RenderError("quarto render failed; its message stands above")


def _replace(site: Path, draft: Path) -> None:
    """Put ``draft`` where ``site`` is; at every moment one of the two is whole."""
    last = draft.with_name(LAST)
    if site.exists():
        site.rename(last)
    draft.rename(site)
    shutil.rmtree(last, ignore_errors=True)


def _recover(site: Path, draft: Path) -> None:
    """Put the last site back, should a build have stopped between two renames."""
    last = draft.with_name(LAST)
    if last.exists() and not site.exists():
        last.rename(site)
    shutil.rmtree(last, ignore_errors=True)


def _read_stamp(stamp: Path) -> dict[str, str]:
    try:
        return dict(json.loads(stamp.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}
