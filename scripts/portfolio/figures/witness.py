"""Runs inside a notebook's kernel: notes what the run imports, reads and writes."""

import importlib.metadata
import json
import os
import sys
from pathlib import Path
from typing import Any

_opened: set[str] = set()
_written: set[str] = set()


def watch() -> None:
    """Note every file that is opened from now on."""
    sys.addaudithook(_note)


def report(root: str) -> str:
    """Return, as JSON, the files below ``root`` read and written, and the versions of packages.

    What lies in hidden folders, such as an environment's, is not the project's.
    """
    imported = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
    project = Path(root)
    below = _below(project, _opened | imported)
    names = {module.partition(".")[0] for module in sys.modules}
    owners = importlib.metadata.packages_distributions()
    packages = sorted({owners[name][0] for name in names & owners.keys()})
    return json.dumps(
        {
            "read": sorted(
                path.as_posix()
                for path in below
                if path.parts[0][0] != "."
                and (project / path).is_file()
                and not _is_machinery(project / path)
            ),
            "written": sorted(path.as_posix() for path in _below(project, _written)),
            "versions": {package: importlib.metadata.version(package) for package in packages},
        },
    )


def _is_machinery(path: Path) -> bool:
    """Whether a file is the engine's, which lies in few projects, and gives no figure its look."""
    package = Path(__file__).parents[1]
    return path.is_relative_to(package) and path != Path(__file__).with_name("style.py")


def _below(project: Path, names: set[str]) -> set[Path]:
    paths = {Path(name).resolve() for name in names if name}
    return {path.relative_to(project) for path in paths if path.is_relative_to(project)}


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str):
        _opened.add(arguments[0])
        if set(arguments[1] or "") & set("wax+") or arguments[2] & (os.O_WRONLY | os.O_RDWR):
            _written.add(arguments[0])
    elif event == "os.rename" and isinstance(arguments[1], str):
        _written.add(arguments[1])
