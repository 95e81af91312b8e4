"""Whether a host can install what is installed here: the pinned engine, and the lock."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from portfolio.records.problems import Problem
from portfolio.shipped import DISTRIBUTION, version
from portfolio.starting.doctor.project import Finding, Project, read_toml
from portfolio.starting.doctor.requirements import Wanted, read_dependencies, read_requirements

WANTED, LOCK, PROJECT = "requirements.txt", "requirements.lock", "pyproject.toml"
_COMMIT = re.compile(r"@([0-9a-f]{40})(?=$|#)")
_RELOCK = "write the lock anew with `portfolio lock`"


def problems(project: Project) -> Iterator[Finding]:
    """Yield what a host could not install, or would install otherwise than it is here."""
    root = project.root
    wanted, locked = _wanted(root), read_requirements(root, LOCK)
    if not (root / LOCK).is_file():
        what = "there is no lock, so each publication installs other versions"
        yield Problem(LOCK, 1, "lock", what, _RELOCK)
    else:
        yield from _not_locked(wanted, locked)
    for pin in (*wanted, *locked):
        if pin.place and (what := _out_of_reach(project, pin.place)):
            remedy = "name a version, a git address and commit, or a wheel in the repository"
            yield Problem(pin.path, pin.line, pin.name or "place", what, remedy)
    if not _is_the_engine(root):
        yield from _engine([pin for pin in (*locked, *wanted) if pin.name == DISTRIBUTION])


def _wanted(root: Path) -> list[Wanted]:
    if not (root / WANTED).is_file() and (root / PROJECT).is_file():
        return read_dependencies(root)
    return read_requirements(root, WANTED)


def _not_locked(wanted: list[Wanted], locked: list[Wanted]) -> Iterator[Problem]:
    """Yield what the lock lacks; what comes from a place of its own is not for it to hold."""
    held = defaultdict(list)
    for pin in locked:
        held[pin.name].append(pin)
    for pin in wanted:
        there = held[pin.name]
        if pin.place:
            other = [each for each in there if each.place and each.place != pin.place]
            if other:
                what = f"{LOCK} takes it from another place ({other[0].place})"
                yield Problem(pin.path, pin.line, pin.name, what, _RELOCK)
        elif not there and pin.name != DISTRIBUTION:  # the engine's own line is its pin
            yield Problem(pin.path, pin.line, pin.name, f"{LOCK} does not hold it", _RELOCK)
        elif there and not any(
            pin.versions.contains(one.version, prereleases=True) for one in there
        ):
            what = f"{LOCK} holds {there[0].version or 'no version'}, and this asks for "
            yield Problem(pin.path, pin.line, pin.name, f"{what}{pin.versions}", _RELOCK)


def _out_of_reach(project: Project, place: str) -> str:
    """Say why a host could not fetch a requirement from a place; empty where it could."""
    parts = urlsplit(place.removeprefix("git+"))
    if parts.scheme == "file" or re.match(r"[A-Za-z]:[\\/]", place):
        return "it is pinned to a place on this machine"
    if parts.scheme:
        local = parts.hostname in {"localhost", "127.0.0.1"}
        return "it is pinned to a place on this machine" if local else ""
    path = (project.root / place).resolve()
    if not path.is_relative_to(project.root.resolve()):
        return "it is pinned to a place outside the repository"
    name = path.relative_to(project.root.resolve()).as_posix()
    tracked = project.repository.tracked if project.repository else ()
    lost = path.is_file() and project.repository and name not in tracked
    return "the file that it is pinned to is not committed" if lost else ""


def _is_the_engine(root: Path) -> bool:
    """Tell whether the project is where the engine itself is written."""
    path = root / PROJECT
    if not path.is_file():
        return False
    named = read_toml(root, PROJECT).get("project")
    return isinstance(named, dict) and named.get("name") == DISTRIBUTION


def _engine(pins: list[Wanted]) -> Iterator[Problem]:
    """Yield that the engine is not pinned, or that another one is at work here."""
    running = running_engine()
    if not pins:
        what, remedy = "nothing names the engine", f"write {DISTRIBUTION}=={running or 'VERSION'}"
        yield Problem(WANTED, 1, DISTRIBUTION, what, f"{remedy}, as `portfolio new` does")
        return
    pin = next((pin for pin in pins if pin.version), pins[0])
    remedy = "install what is pinned, or move the pin with `portfolio upgrade`"
    if running and pin.version and pin.version != running:
        what = f"the engine at work here is {running}, and {pin.version} is pinned"
        yield Problem(pin.path, pin.line, DISTRIBUTION, what, remedy)
    commit, wanted = _running_commit(), _COMMIT.search(pin.place)
    if commit and wanted and wanted[1] != commit:
        what = f"the engine at work here is commit {commit[:9]}, and {wanted[1][:9]} is pinned"
        yield Problem(pin.path, pin.line, DISTRIBUTION, what, remedy)


def running_engine() -> str:
    """Return the version of the engine that is at work; empty where it was not installed."""
    try:
        return version()
    except metadata.PackageNotFoundError:
        return ""


def _running_commit() -> str:
    try:
        said = metadata.distribution(DISTRIBUTION).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return ""
    return str(json.loads(said or "{}").get("vcs_info", {}).get("commit_id", ""))
