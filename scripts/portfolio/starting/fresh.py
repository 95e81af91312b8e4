"""A fresh environment with what the lock pins and nothing else, and a project run again in it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import portfolio
from portfolio import children
from portfolio.content import files, lying_in
from portfolio.figures.asked import KEY
from portfolio.figures.notebooks import read_notebook
from portfolio.figures.record import Record, lying_right_in, read_record
from portfolio.files import copy, write
from portfolio.notebook import NoNotebookError
from portfolio.refusal import Refusal
from portfolio.shipped import EXTENSION

LOCKS = ("requirements.lock", "requirements-dev.lock")
_SECONDS = 1800
_NOT_THERE = {"PYTHONHOME", "DASK_SCHEDULER_ADDRESS"}
"""Variables that would have it run by another Python, or on other machines."""


def build(root: Path, folder: Path) -> Path:
    """Make an environment of what the project's lock pins in ``folder``; return its Python.

    Raises Refusal where there is no lock, or what it pins cannot be installed.
    """
    lock = next((root / name for name in LOCKS if (root / name).is_file()), None)
    if not lock:
        raise Refusal(LOCKS[0], "it is not there, and nothing says what to install", "write it")
    _call([sys.executable, "-m", "venv", *_without_pip(), str(folder)], lock)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if find_spec("uv"):
        install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(python)]
    _call([*install, "--require-hashes", "--requirement", str(lock)], lock)
    return python


def run_again(root: Path, folder: Path, python: Path, arguments: Sequence[str]) -> Path:
    """Run notebooks of a copy of the project with ``python``; return the copy's folder.

    It is the engine that is running here which runs them, whatever the environment has.
    """
    project, engine = folder / "project", folder / "engine"
    for path in files(root, root, apart=("_site",)):
        copy(path, project / path.relative_to(root))
    for path in lying_in(project, "notebooks", ".ipynb"):
        with suppress(NoNotebookError):  # it is not among those that are run
            notebook = read_notebook(path)
            _copy_data(root, project, read_record(notebook))
            write(path, json.dumps(bare(notebook)))
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(portfolio.__file__).parent, engine / "portfolio", ignore=ignored)
    packed = engine / "portfolio" / "extension"
    shutil.copytree(EXTENSION, packed, ignore=ignored, dirs_exist_ok=True)
    env = {name: value for name, value in os.environ.items() if name not in _NOT_THERE}
    command = [str(python), "-m", "portfolio", "figures", "--all", *arguments]
    env["PYTHONPATH"] = str(engine)
    children.run(command, cwd=project, env=env, check=False)
    return project


def _copy_data(root: Path, project: Path, record: Record | None) -> None:
    """Copy what a notebook read that is no content: behind links, hidden, or just outside."""
    for name in record.data if record else ():
        place = root / name
        for source in lying_right_in(place) if name.endswith("/") and place.is_dir() else [place]:
            target = Path(os.path.normpath(project / os.path.relpath(source, root)))
            is_near = target.is_relative_to(project.parent)
            if is_near and "\0" not in name and source.is_file() and not target.exists():
                copy(source, target)


def bare(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook without outputs and record: what it has of these later, a run gave it."""
    cells = [
        cell | {"outputs": []} if cell["cell_type"] == "code" else cell
        for cell in notebook["cells"]
    ]
    metadata = {key: value for key, value in notebook["metadata"].items() if key != KEY}
    return notebook | {"cells": cells, "metadata": metadata}


def _call(command: Sequence[str], lock: Path) -> None:
    ran = children.run(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        timeout=_SECONDS,
        check=False,
    )
    if ran.returncode:
        said = ran.stderr.strip().split("\n")[-1]
        raise Refusal(lock, f"what it pins cannot be installed ({said})", "see what the lock says")


def _without_pip() -> list[str]:
    return ["--without-pip"] if find_spec("uv") else []
