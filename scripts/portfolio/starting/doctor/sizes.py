"""Files and sites that hosts refuse for their size, and pointers published for files."""

import os
from collections.abc import Iterator
from pathlib import Path

from portfolio.records.problems import Problem
from portfolio.starting.doctor.git import Repository, git
from portfolio.starting.doctor.project import Finding, Project
from portfolio.starting.doctor.workflows import read_workflows

REFUSED, WARNED = 100 * 2**20, 50 * 2**20
"""GitHub refuses a push with a larger file, and warns of one; in bytes."""
SITE = 10**9
"""How large a site may be at GitHub Pages, in bytes."""
_POINTER = b"version https://git-lfs.github.com/spec/"
_CHECKOUT = "actions/checkout"


def problems(project: Project) -> Iterator[Finding]:
    """Yield what is too large for GitHub, and what Git LFS keeps from the site."""
    if project.repository:
        yield from _files(project, project.repository)
        yield from _pointers(project, project.repository)
    size = _size(project.root / project.output)
    if size > SITE:
        what = f"the site has {size / 1e9:.2f} GB, and GitHub Pages takes 1 GB"
        yield Problem(project.output, 1, "size", what, "leave out or compress the largest files")


def _files(project: Project, repository: Repository) -> Iterator[Finding]:
    """Yield files too large to be pushed, those also that only an earlier commit holds."""
    here = {name: _file_size(project.root / name) for name in repository.files}
    once = _unpushed(project.root, repository.remote)
    for name in sorted(here.keys() | once.keys()):
        size = max(here.get(name, 0), once.get(name, 0))
        said = f"{size / 2**20:.0f} MiB"
        if size > REFUSED:
            gone = here.get(name, 0) <= REFUSED
            what = f"{said}{', in an earlier commit' if gone else ''}: GitHub refuses over 100 MiB"
            remedy = "take it out of every commit with `git filter-repo`, and keep it elsewhere"
            yield Problem(name, 1, "size", what, remedy)
        elif size > WARNED:
            yield f"{name}: {said}: GitHub warns of files over 50 MiB when they are pushed"


def _unpushed(root: Path, remote: str) -> dict[str, int]:
    """Return the sizes of the large files in commits that are not on the remote yet."""
    known = [f"--remotes={remote}"] if remote else []
    objects = git(root, "rev-list", "--objects", "--branches", "--not", *known).stdout
    form = "--batch-check=%(objecttype) %(objectsize) %(rest)"
    sizes: dict[str, int] = {}
    for line in git(root, "cat-file", form, given=objects).stdout.splitlines():
        kind, _, rest = line.partition(b" ")
        size, _, name = rest.partition(b" ")
        if kind == b"blob" and int(size) > WARNED:
            path = name.decode(errors="surrogateescape")
            sizes[path] = max(int(size), sizes.get(path, 0))
    return sizes


def _pointers(project: Project, repository: Repository) -> Iterator[Problem]:
    """Yield files that Git LFS keeps elsewhere while the workflow does not fetch them."""
    fetched = [
        str((step.get("with") or {}).get("lfs", "")).lower() == "true"
        for workflow in read_workflows(project.root)
        if workflow.publishes
        for step in workflow.uses(_CHECKOUT)
    ]
    kept = _kept_elsewhere(project.root, repository)
    if kept and not (fetched and all(fetched)):
        remedy = "write `with: lfs: true` below actions/checkout, or commit the files themselves"
        what = f"Git LFS keeps it, and the workflow publishes a pointer ({len(kept)} such files)"
        yield Problem(kept[0], 1, "lfs", what, remedy)


def _kept_elsewhere(root: Path, repository: Repository) -> list[str]:
    names = "\0".join(repository.files).encode(errors="surrogateescape")
    said = git(root, "check-attr", "-z", "--stdin", "filter", given=names).stdout.split(b"\0")
    by_attribute = {
        name.decode(errors="surrogateescape")
        for name, value in zip(said[::3], said[2::3], strict=False)
        if value == b"lfs"
    }
    by_content = {name for name in repository.files if _is_pointer(root / name)}
    return sorted(by_attribute | by_content)


def _is_pointer(path: Path) -> bool:
    if not path.is_file() or path.stat().st_size > 1024:  # noqa: PLR2004  pointers are short
        return False
    return path.read_bytes().startswith(_POINTER)


def _file_size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _size(folder: Path) -> int:
    return sum(
        _file_size(Path(place) / name) for place, _, names in os.walk(folder) for name in names
    )
