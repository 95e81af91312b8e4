"""Preview with Quarto, told of the edits that its own preview overlooks.

Quarto watches the sources of pages; what their cells read, a bibliography or a table, it does not
know, and for pages that it was not asked to render it shows what their cells gave the last time.
So we watch the rest, and ask its server to render the pages concerned, as editors do: it runs their
cells, and has open pages reload.
"""

import subprocess
import urllib.request
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from watchfiles import watch

from portfolio import children
from portfolio.environment import environment
from portfolio.inputs import inputs, watched
from portfolio.renderers.ports import HERE

# What editors send to the server of `quarto preview`, in 1.9 as in 1.10 (previewRenderRequest and
# isPreviewTerminateRequest in its source). Of the two requests to render, this one is answered
# without an open page too. Ending it so works on every system, and leaves none of its kernels.
RENDER = "90B3C9E8-0DBC-4BC0-B164-AA2D5C031B28"
END = "4231F431-58D3-4320-9713-994558E4CC45"
READ_BY_CELLS = {".bib", ".csv", ".tsv", ".yml", ".yaml", ".ipynb", ".py"}
POSTS = "posts"
_PATIENCE = 10

Concerned = Callable[[AbstractSet[Path]], Iterable[Path]]
"""From files that changed to the pages to be rendered again."""


def preview(
    quarto: str, root: Path, concerned: Concerned, *, port: int, browse: bool = False
) -> int:
    """Run Quarto's preview until it ends or is interrupted; return its exit status.

    With ``browse``, the site is opened in a browser.
    """
    # --no-navigate: a page that is rendered again because of its data is not gone to
    command = [quarto, "preview", "--port", str(port), "--no-navigate"]
    command += [] if browse else ["--no-browser"]
    command += ["--render", "all"] if outdated(root) else []
    address = f"http://{HERE}:{port}"
    with children.start(command, cwd=root, env=environment(root)) as process:
        try:
            _pass_on(process, root, concerned, address)
        finally:
            _end(process, address)
        return process.returncode


def outdated(root: Path) -> bool:
    """Return whether anything that cells read was saved after Quarto last kept what they gave."""
    kept = [path.stat().st_mtime for path in (root / ".quarto" / "_freeze").rglob("*.json")]
    saved = (path for path in inputs(root) if _is_source(path))
    return bool(kept) and any(path.stat().st_mtime > max(kept) for path in saved)


def _pass_on(
    process: "subprocess.Popen[bytes]", root: Path, concerned: Concerned, address: str
) -> None:
    for changes in watch(
        root,
        watch_filter=watched(root),
        rust_timeout=500,
        yield_on_timeout=True,
        raise_interrupt=False,
    ):
        if process.poll() is not None:
            return
        unseen = {path for path in (Path(path) for _, path in changes) if _is_source(path)}
        for page in concerned(unseen) if unseen else ():
            _ask(f"{address}/{RENDER}/{page.relative_to(root).as_posix()}")


def _is_source(path: Path) -> bool:
    """Return whether cells may read the file; what they write beside their page is no source."""
    made = any(part.endswith("_files") for part in path.parts)
    return (path.suffix in READ_BY_CELLS and not made) or _is_post(path)


def _is_post(path: Path) -> bool:
    """Return whether a page is one that lists of posts read."""
    return path.suffix == ".qmd" and path.name != "index.qmd" and POSTS in path.parts


def _end(process: "subprocess.Popen[bytes]", address: str) -> None:
    """End Quarto, which an interrupt from the terminal has reached too."""
    ways: tuple[Callable[[], None], ...] = (
        lambda: _ask(f"{address}/{END}"),
        process.terminate,
        process.kill,
    )
    for end in ways:
        if process.poll() is not None:
            return
        end()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)


def _ask(address: str) -> None:
    """Send a request to the server, which may not be there yet or any more."""
    with suppress(OSError), urllib.request.urlopen(quote(address, "/:"), timeout=_PATIENCE):  # noqa: S310
        pass
