"""What git says of a project: one careful way to ask it, and the state that publishing rests on."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from portfolio import children
from portfolio.records.problems import ContentError, Problem

SECONDS = 30
"""How long git may take over one question."""
PLACE = ".git"
"""The file that problems of the repository are reported at."""
_QUIET = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_CONTENT = ("_extensions", "news", "notebooks", "publications", "scripts/methods")
_NEEDED = (":(glob)*.qmd", "_quarto.yml", "requirements.txt", "requirements.lock", "CNAME")
_NEEDED_KINDS = {".bib", ".csv", ".ipynb", ".lock", ".py", ".qmd", ".tsv", ".txt", ".yml", ""}


@dataclass(frozen=True)
class Repository:
    """The repository of a project; paths are from the project's root.

    ``prefix`` is the project's folder within the repository, ``branches`` are those here and on
    the remote, and ``left_out`` are files of the content that git is told to ignore.
    """

    prefix: str
    branch: str
    branches: frozenset[str]
    has_commit: bool
    remote: str
    address: str
    tracked: tuple[str, ...]
    changed: tuple[str, ...]
    untracked: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """All files that are, or would be, in the repository."""
        return tuple(sorted({*self.tracked, *self.untracked}))


def read_repository(root: Path) -> Repository:
    """Ask git about the project at ``root``; raise ContentError where there is no repository."""
    prefix = git(root, "rev-parse", "--show-prefix")
    if prefix.returncode:
        said = _text(prefix.stderr).strip().partition("\n")[0]
        outside = "not a git repository" in said
        what = "the project is not in a git repository" if outside else f"git refuses ({said})"
        remedy = "type `git init --initial-branch=main`" if outside else "do what git says"
        raise ContentError(Problem(PLACE, 1, "repository", what, remedy))
    folder = _text(prefix.stdout).strip()
    states = _states(root, folder)
    remotes = _lines(root, "remote")
    remote = "origin" if "origin" in remotes else next(iter(remotes), "")
    return Repository(
        prefix=folder,
        branch=next(iter(_lines(root, "symbolic-ref", "--short", "HEAD")), ""),
        branches=_branches(root, remote),
        has_commit=not git(root, "rev-parse", "--verify", "--quiet", "HEAD").returncode,
        remote=remote,
        address=next(iter(_lines(root, "remote", "get-url", remote)), "") if remote else "",
        tracked=_names(root, "ls-files", "-z"),
        changed=tuple(name for name, state in states if state != "??"),
        untracked=tuple(name for name, state in states if state == "??"),
        left_out=_left_out(root),
    )


def git(
    root: Path, *arguments: str, given: bytes = b"", seconds: float = SECONDS
) -> subprocess.CompletedProcess[bytes]:
    """Run git in the project; raise ContentError where there is no git, or no answer in time."""
    try:
        return children.run(
            ["git", *arguments],
            cwd=root,
            env=os.environ | _QUIET,
            input=given,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except FileNotFoundError:
        remedy = "install it from git-scm.com, and ask again"
        raise ContentError(Problem(PLACE, 1, "git", "git is not on PATH", remedy)) from None
    except subprocess.TimeoutExpired:
        what = f"`git {arguments[0]}` gave no answer in {seconds:g} s"
        raise ContentError(Problem(PLACE, 1, "git", what, "try it by hand")) from None


def _states(root: Path, folder: str) -> list[tuple[str, str]]:
    """Return each file that is not as the last commit has it, with git's two letters for it."""
    names = _names(
        root, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", "."
    )
    return [(entry[3:].removeprefix(folder), entry[:2]) for entry in names]


def _branches(root: Path, remote: str) -> frozenset[str]:
    names = _lines(root, "for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes")
    heads = ("refs/heads/", f"refs/remotes/{remote}/")
    return frozenset(name.removeprefix(head) for name in names for head in heads if head in name)


def _left_out(root: Path) -> tuple[str, ...]:
    ignored = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--")
    return tuple(
        name
        for name in _names(root, *ignored, *_CONTENT, *_NEEDED)
        if not any(part.startswith((".", "__")) for part in name.split("/"))
        and (Path(name).suffix in _NEEDED_KINDS or name.startswith("_extensions/"))
    )


def _names(root: Path, *arguments: str) -> tuple[str, ...]:
    return tuple(filter(None, _text(git(root, *arguments).stdout).split("\0")))


def _lines(root: Path, *arguments: str) -> list[str]:
    return _text(git(root, *arguments).stdout).splitlines()


def _text(said: bytes) -> str:
    return said.decode(errors="surrogateescape")
