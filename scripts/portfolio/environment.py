"""The environment of a project's own code: this Python, with ``scripts`` on its path.

Notebooks and pages import what lies there by name, such as ``methods.waves``.
"""

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

from portfolio import texts
from portfolio.files import UnwritableError, write

LOCAL = "_environment.local"
"""Quarto sets the variables that this file names; it belongs to one machine."""
SPARED = Path(__file__).with_name("spared")
"""What is found there stands for a package that only costs time; each file says why."""


def variables(root: Path) -> dict[str, str]:
    """Return what a project's code needs beyond the environment that is there already."""
    paths = [str(root.resolve() / "scripts"), os.environ.get("PYTHONPATH", ""), str(SPARED)]
    search = os.pathsep.join(dict.fromkeys(filter(None, paths)))
    return {"QUARTO_PYTHON": sys.executable, "PYTHONPATH": search}


def environment(root: Path) -> dict[str, str]:
    """Return this process's environment, made ready for the code of the project at ``root``."""
    return os.environ | variables(root)


def _quoted(path: str) -> str:
    """Return a path as Quarto reads it back: within double quotes it expands what looks so."""
    return f"'{path}'" if re.search(r'["$`\\]', path) and "'" not in path else f'"{path}"'


def remember(root: Path) -> None:
    """Write the variables down for Quarto, should it be called without this program.

    Lines that somebody else wrote there stay. Where it cannot be written, this program sets them
    all the same.
    """
    path = root / LOCAL
    search = [(root.resolve() / "scripts").as_posix(), SPARED.as_posix()]
    ours = {
        "QUARTO_PYTHON": Path(sys.executable).as_posix(),
        "PYTHONPATH": os.pathsep.join(search),
    }
    lines = texts.read(path).text.splitlines() if path.is_file() else []
    kept = [line for line in lines if line.partition("=")[0].strip() not in ours]
    said = [f"{name}={_quoted(value)}" for name, value in ours.items()]
    with suppress(UnwritableError):
        write(path, "\n".join([*kept, *said, ""]))
