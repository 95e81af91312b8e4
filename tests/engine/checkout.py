"""Copies of the project for the tests to render, so that the checkout stays as it is."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from surroundings import LEAN, search_path

from portfolio.renderers.quarto import find_quarto

NEEDS_QUARTO = pytest.mark.skipif(find_quarto() is None, reason="needs Quarto 1.9 or later on PATH")
RENDERERS = ("embedded", pytest.param("quarto", marks=NEEDS_QUARTO))
PROJECT = Path(__file__).parents[2]
EXAMPLE = Path(__file__).parent / "example"
_NOT_SOURCE = shutil.ignore_patterns(".*", "_site", "node_modules", "__pycache__", "tests")


def copy_project(target: Path) -> None:
    """Copy what git tracks or would track; all that looks like source where there is no git."""
    command = ["git", "ls-files", "-coz", "--exclude-standard"]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    listed = ran.stdout.split("\0")
    if "_quarto.yml" not in listed:
        shutil.copytree(PROJECT, target, ignore=_NOT_SOURCE)
        return
    for name in listed:
        if (PROJECT / name).is_file() and not name.startswith("tests/"):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT / name, target / name)


def copy_example(target: Path) -> None:
    """Copy the example, with the repository's own extension."""
    shutil.copytree(EXAMPLE, target, ignore=_NOT_SOURCE)
    shutil.copytree(PROJECT / "_extensions", target / "_extensions")


def render(root: Path, renderer: str, **environment: str) -> Path:
    """Render the project at ``root`` with its own code, as its users do; return ``root``."""
    chosen = {"PORTFOLIO_RENDERER": renderer, "PYTHONPATH": search_path(code_of(root))}
    chosen |= LEAN if renderer == "quarto" else {}
    command = [sys.executable, "-m", "portfolio", "site"]
    ran = subprocess.run(
        command,
        cwd=root,
        env=os.environ | chosen | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise RuntimeError(f"{renderer} did not render the site:\n{ran.stderr[-4000:]}")
    return root


def copied_once(copy: Callable[[Path], None], target: Path) -> Path:
    """Copy with ``copy``; the first of several processes does it for all."""
    with _alone(target):
        if not target.exists():
            copy(target)
    return target


def rendered_once(source: Path, root: Path, renderer: str, **environment: str) -> Path:
    """Render a copy of ``source`` at ``root``; the first of several processes does it for all.

    An older site lies there already, as it does for everyone who renders a second time.
    """
    with _alone(root):
        if not (root / ".portfolio" / "stamp.json").exists():
            shutil.rmtree(root, ignore_errors=True)
            shutil.copytree(source, root, copy_function=shutil.copyfile)
            shutil.copytree(source / "_extensions", root / "_site" / "_extensions")
            render(root, renderer, **environment)
    return root


def code_of(root: Path) -> str:
    """Return where the engine's code is: in the copy if it has it, else in this checkout."""
    engine = root / "scripts" / "portfolio"
    return str(engine.parent if engine.exists() else PROJECT / "scripts")


def _alone(target: Path) -> FileLock:
    target.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(target.with_suffix(".lock"))


def make_anothers(root: Path, owner: str, bib: str, home: str) -> None:
    """Make the copy at ``root`` another person's, by the steps of the README."""
    settings = (root / "_quarto.yml").read_text(encoding="utf-8")
    settings = re.sub(r"^owner:\n(?: .*\n)+", lambda _: owner, settings, flags=re.MULTILINE)
    (root / "_quarto.yml").write_text(settings, encoding="utf-8")
    (root / "publications" / "publications.bib").write_text(bib, encoding="utf-8")
    for table in (*root.glob("publications/*.csv"), root / "news" / "news.csv"):
        header = table.read_text(encoding="utf-8").partition("\n")[0]
        table.write_text(f"{header}\n", encoding="utf-8")
    for page in (*root.glob("publications/*.qmd"), *root.glob("notebooks/*.ipynb")):
        if page.name != "index.qmd":
            page.unlink()
    (root / "index.qmd").write_text(home, encoding="utf-8")
