"""A small site to be broken, and ways to stop what works on it at any moment."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import killed
import psutil

from portfolio.__main__ import main

PROJECT = Path(__file__).parents[3]
SCRIPTS = PROJECT / "scripts"
SOURCES = {
    "_quarto.yml": "owner: {name: Ada Byron, site: https://ada.example}\n"
    "project: {type: portfolio}\n",
    "index.qmd": "---\ntitle: Home\n---\n\nEdit 0.\n",
    "publications/index.qmd": "---\ntitle: Publications\n---\n\nAll of them.\n",
    "publications/publications.bib": "@article{waves, title={Title 0}, author={Byron, Ada},\n"
    "  journal={Sea}, year=1843}\n",
}
_CALLS = ("open", *killed.CALLS)
_SCRATCH = (".portfolio-", "scratch-", "change", "draft", "last", "holder.json", "quarto.json")


def make(root: Path) -> Path:
    """Make the site's sources in a folder; none of its pages has cells, so that it renders fast."""
    for path, text in SOURCES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    if not (root / "_extensions").exists():
        shutil.copytree(PROJECT / "_extensions", root / "_extensions")
    return root


def edit(root: Path, number: int) -> None:
    """Change the home page and the bibliography, as a save in an editor does."""
    for path in ("index.qmd", "publications/publications.bib"):
        text = SOURCES[path].replace("Edit 0", f"Edit {number}")
        (root / path).write_text(text.replace("Title 0", f"Title {number}"), encoding="utf-8")


def shows(root: Path) -> set[str]:
    """Return which edits the rendered site shows, and what it lacks."""
    site = root / "_site"
    wanted = ("index.html", "publications/index.html", "publications/waves.html")
    lacking = {f"no {page}" for page in wanted if not (site / page).is_file()}
    if lacking:
        return lacking
    home = (site / "index.html").read_text(encoding="utf-8")
    bib = (site / "publications" / "publications.bib").read_text(encoding="utf-8")
    return {
        home.partition("Edit ")[2].partition(".")[0],
        bib.partition("Title ")[2].partition("}")[0],
    }


def tree(root: Path) -> dict[str, bytes]:
    """Return every file that is somebody's: neither rendered nor the project's state."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and not {".portfolio", "_site"} & set(path.relative_to(root).parts)
        and path.name != "_environment.local"
    }


def scratch(root: Path) -> list[str]:
    """Return what a killed run left lying about in the project."""
    return [
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.name.startswith(_SCRATCH)
        and path.name != ".portfolio.json"
        and (path.name.startswith(".portfolio-") or path.parent.name == ".portfolio")
    ]


def portfolio(
    root: Path, *arguments: str, renderer: str = "embedded", **options
) -> "subprocess.Popen[str]":
    """Start a verb in the project, as people do."""
    chosen = {"PYTHONPATH": str(SCRIPTS), "PORTFOLIO_RENDERER": renderer}
    return subprocess.Popen(
        [sys.executable, "-m", "portfolio", *arguments],
        cwd=root,
        env=os.environ | chosen,
        stderr=subprocess.STDOUT,
        text=True,
        **({"stdout": subprocess.PIPE} | options),
    )


def ran(root: Path, *arguments: str) -> str:
    """Run a verb in the project to its end; return what it says."""
    with portfolio(root, *arguments) as process:
        return process.communicate(timeout=120)[0]


def inside(root: Path, *arguments: str) -> None:
    """Run a verb in a copy of this process, which is much faster than to start one."""
    forked(root, lambda: main(list(arguments)), None)


def forked(root: Path, work, steps: int | None) -> bool:
    """Do ``work`` in a copy of this process; kill it after so many calls to the system.

    Returns whether it was killed.
    """

    def prepared():
        os.chdir(root)
        os.environ["PORTFOLIO_RENDERER"] = "embedded"
        os.environ["PYTHONPATH"] = str(SCRIPTS)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        if steps is not None:
            killed.count(steps, _CALLS)
        work()

    return killed.forked(prepared)


def killed_after(seconds: float, root: Path, *arguments: str, **options) -> bool:
    """Start a verb and kill it; return whether it was still running."""
    process = portfolio(root, *arguments, **options)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True
    process.communicate()
    return False


def running_in(root: Path, patience: float = 60) -> list[str]:
    """Return the processes that still work in the project after a while."""
    until = time.monotonic() + patience
    while found := list(_in(root)):
        if time.monotonic() > until:
            return found
        time.sleep(0.05)
    return []


def _in(root: Path):
    for process in psutil.process_iter():
        try:
            if process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()).is_relative_to(
                root
            ):
                yield " ".join(process.cmdline())
        except (psutil.Error, OSError):
            continue
