"""Runs inside a notebook's kernel: notes what the run imports and reads."""

import importlib.metadata
import json
import sys
from pathlib import Path
from typing import Any

_opened: set[str] = set()


def watch() -> None:
    """Note every file that is opened from now on."""
    sys.addaudithook(_note)


def report(root: str) -> str:
    """Return, as JSON, the files below ``root`` that were read, and the versions of packages.

    What lies in hidden folders, such as an environment's, is not the project's.
    """
    imported = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
    paths = {Path(name).resolve() for name in _opened | imported if name}
    project = Path(root)
    below = {path.relative_to(project) for path in paths if path.is_relative_to(project)}
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
                and project / path != Path(__file__)
            ),
            "versions": {package: importlib.metadata.version(package) for package in packages},
        },
    )


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str):
        _opened.add(arguments[0])
