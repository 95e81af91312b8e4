"""The record of a run, which a notebook keeps in its metadata under ``portfolio``.

It names what the run used: the notebook's own code, modules and data, each with a digest, packages
and Python with their versions, and variables of the environment with a digest of their values.
"""

import os
import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any

from portfolio.content import files, is_name
from portfolio.figures.asked import KEY
from portfolio.figures.meaning import Code
from portfolio.figures.sources import ENGINE, Sources

EVERYTHING = "**"
"""Stands for every file of the project that may be data: nobody watched a command that ran."""
ABSENT = "absent"
"""Stands for the digest of a file that a run looked for and did not find."""
OWN = "own"
"""Stands for the digest of a file that every run saves itself, as far as anybody can tell."""
_NO_DATA = {".ipynb", ".qmd"}
_QUOTED = re.compile(r"'([^'\n]+)'|\"([^\"\n]+)\"")
_APART = ("_site", "_extensions", "news", "publications")


@dataclass(frozen=True)
class Record:
    """What a run used; empty where there was none."""

    code: str = ""
    modules: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    packages: Mapping[str, str] = field(default_factory=dict)
    python: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    seconds: int = 0
    """How long it took by the clock, on a machine that may have had other things to do."""
    processor: int = 0
    """The seconds of processor time that it took, on all cores together; 0: nobody knows."""

    def written(self) -> dict[str, Any]:
        """Return the record as it stands in a notebook."""
        return {
            "code": self.code,
            "data": dict(self.data),
            "environment": dict(self.environment),
            "modules": dict(self.modules),
            "packages": dict(self.packages),
            "processor": self.processor,
            "python": self.python,
            "seconds": self.seconds,
        }


def read_record(notebook: Mapping[str, Any]) -> Record | None:
    """Return the record of a notebook's last run; None where it is none, or of an older form."""
    said = notebook["metadata"].get(KEY)
    if not isinstance(said, dict) or not isinstance(said.get("modules"), dict):
        return None
    return Record(
        code=str(said.get("code", "")),
        modules=_strings(said.get("modules")),
        data=_strings(said.get("data")),
        packages=_strings(said.get("packages")),
        python=str(said.get("python", "")),
        environment=_strings(said.get("environment")),
        seconds=seconds_of(notebook),
        processor=seconds_of(notebook, "processor"),
    )


def seconds_of(notebook: Mapping[str, Any], of: str = "seconds") -> int:
    """Return how long a notebook's last run took, in whatever form it was recorded; else 0."""
    said = notebook["metadata"].get(KEY)
    seconds = said.get(of) if isinstance(said, dict) else 0
    return round(seconds) if isinstance(seconds, int | float) else 0


def make_record(
    root: Path,
    own: Code,
    report: Mapping[str, Any],
    *,
    before: Record | None = None,
) -> Record:
    """Return the record of a run from what its witness reports, and from the one ``before``.

    Data that were saved after the run had started, by somebody else, have no digest: it may
    have read others. What is saved so in every run is its own doing.
    """
    sources, noted = Sources(root), report["noted"]
    modules = [sources.name(sources.path(name).resolve()) for name in noted.get("module", ())]
    imported = [name for name in modules if not name.startswith(ENGINE)]
    code, digests = sources.digests(own, imported)
    codes = [own, *(c for n, c in sources.codes(own, imported).items() if n[0] != ENGINE[0])]
    used = [name for name in _data(root, noted, codes) if name not in digests]
    data = {name: digest_of(root, name) or ABSENT for name in used}
    ours = {*noted.get("written", ()), *noted.get("made", ())}
    known = before.data if before else {}
    for name in data.keys() - ours:
        again = known.get(name) in {"", OWN}
        if _saved(root / name, report["started"]) and not (again and name in noted.get("read", ())):
            data[name] = OWN if again else ""
    variables = dict(each.split("=") for each in sorted(noted.get("variable", ())))
    return Record(
        code=code,
        modules=digests,
        data=data,
        packages=_packages(report, codes),
        python=report["python"],
        environment=variables,
        seconds=round(report["seconds"]),
        processor=round(report["processor"]),
    )


TIMES = ("seconds", "processor")
"""What a record holds that is another in every run."""


VERIFIED = "notebooks/verified.csv"
"""What verifying says of the figures, which is no data of theirs."""


def digest_of(root: Path, name: str) -> str:
    """Return a digest of data: of a file, of a folder (``data/``), or of all that may be data.

    Of a folder both count, which files lie right in it and what they hold. Nothing for what is not
    there.
    """
    if name == EVERYTHING:
        return _digest_of_all(root, files(root, root, apart=_APART))
    if name.endswith("/"):
        return _digest_of_all(root, lying_right_in(root / name)) if (root / name).is_dir() else ""
    path = root / name
    return _digest(path) if "\0" not in name and path.is_file() else ""


def lying_right_in(folder: Path) -> list[Path]:
    """Return the files right in a folder, by links too, and the folders that hold something."""
    there = sorted(path for path in folder.iterdir() if is_name(path.name))
    return [path for path in there if path.is_file() or (path.is_dir() and any(path.iterdir()))]


def _digest_of_all(root: Path, paths: Iterable[Path]) -> str:
    named = ((path.relative_to(root).as_posix(), path) for path in paths if _is_data(path))
    lines = (
        f"{name} {_digest(path)}" if path.is_file() else f"{name}/"
        for name, path in named
        if name != VERIFIED
    )
    return sha256("\n".join(lines).encode()).hexdigest()[:32]


def _is_data(path: Path) -> bool:
    return path.suffix not in _NO_DATA and not path.name.startswith("_")


def _digest(path: Path) -> str:
    found = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()


def _saved(path: Path, started: float) -> bool:
    """Return whether a file was saved since then: what was read may be another than is there."""
    if not path.is_file():
        return False
    stat = path.stat()
    return max(stat.st_mtime, stat.st_ctime) >= started


def _data(root: Path, noted: Mapping[str, Mapping[str, int]], codes: Iterable[Code]) -> list[str]:
    """Return what a run read, or may have read, without being seen to."""
    made = noted.get("made", {})
    seen = noted.get("read", {})
    said = {text for code in codes for text in code.texts}
    read = {
        name
        for name, moment in seen.items()
        if moment <= made.get(name, moment) and not (root / name).is_dir()
    }
    apart = {name for name in read if name.startswith(".")}
    told = {name for name in apart if _ends_in(os.path.abspath(root / name), said)}  # noqa: PTH100
    listed = {"./" if name == "." else f"{name}/" for name in noted.get("listed", ())}
    named = _named(root, said, seen.keys() | made.keys())
    every = {EVERYTHING} if noted.get("unseen") else set()
    return sorted(read - apart | told | listed | named | every)


def _ends_in(path: str, said: AbstractSet[str]) -> bool:
    """Return whether a text of the code is a path's name, or the end of its way there."""
    parts = PurePath(path).parts
    ends = {"/".join(parts[start:]) for start in range(1, len(parts))}
    return any(_plain_path(text) in ends for text in said if _is_name(text))


def _named(root: Path, said: AbstractSet[str], seen: AbstractSet[str]) -> set[str]:
    """Return the data that the code names and nobody saw it open, as a library in C may have.

    A query names them in quotes, a pattern with its folder as many as fit; what is not there, in
    a folder that is, may have been looked for.
    """
    quoted = {name for text in said for both in _QUOTED.findall(text) for name in both}
    texts = {text for text in said | quoted if _is_name(text)}
    here = (path for path in files(root, root, apart=_APART) if _is_data(path))
    there = [path.relative_to(root).as_posix() for path in here]
    found: set[str] = set()
    for text in texts:
        wanted = _plain_path(text)
        if "*" in wanted and "/" in wanted:
            names = {name for name in there if fnmatch(f"/{name}", f"*/{wanted}")}
            found |= set() if names & seen else {f"{PurePath(n).parent.as_posix()}/" for n in names}
        elif wanted:
            names = {name for name in there if f"/{name}".endswith(f"/{wanted}")}
            found |= set() if names & seen else names or _missing(root, text) - seen
    return found


def _missing(root: Path, text: str) -> set[str]:
    """Return what a path of the code's would be in the project, if only its folder is there."""
    if "/" not in text or " " in text:
        return set()
    places = (os.path.abspath(start / text) for start in (root / "notebooks", root))  # noqa: PTH100
    return {
        path.relative_to(root).as_posix()
        for path in map(Path, places)
        if path.parent.is_dir() and path.is_relative_to(root) and not path.exists()
    }


def _plain_path(text: str) -> str:
    """Return a path without where it starts from."""
    return re.sub(r"^(?:~?\.{0,2}/)+", "", text)


def _is_name(text: str) -> bool:
    return len(text) < 200 and "." in text and "\n" not in text  # noqa: PLR2004


def _packages(report: Mapping[str, Any], codes: Iterable[Code]) -> dict[str, str]:
    """Return the versions of the packages that the code imports, and of what these need.

    What only the kernel needs does not count.
    """
    owners = report["owners"]
    tops = {name.partition(".")[0] for code in codes for name in code.imports}
    waiting = [*report["new"], *(owner for top in tops for owner in owners.get(top, ()))]
    versions = {_plain(name): version for name, version in report["packages"].items()}
    needs = {_plain(name): needed for name, needed in report["needs"].items()}
    engine = {_plain(name) for name in owners.get("portfolio", ())}
    used: set[str] = set()
    while waiting:
        name = _plain(waiting.pop())
        if name in versions and name not in used | engine:
            used.add(name)
            waiting += needs[name]
    return {name: versions[name] for name in sorted(used)}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _strings(said: Any) -> dict[str, str]:
    """Return a mapping's texts; nothing of what a notebook should not hold there."""
    return {k: v for k, v in said.items() if isinstance(v, str)} if isinstance(said, dict) else {}
