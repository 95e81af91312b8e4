"""Which commit a project stands at, told without starting git."""

from pathlib import Path

_END = 4096
"""Bytes at the end of git's journal that hold its last line."""


def commit_of(root: Path) -> str:
    """Return what changes whenever the repository at ``root`` moves to another commit.

    Nothing where there is none; its folder may lie elsewhere, as that of a work tree does.
    """
    place = root / ".git"
    try:
        if place.is_file():
            place = root / place.read_text(encoding="utf-8").partition("gitdir:")[2].strip()
        return _last(place / "logs" / "HEAD") or _pointed(place)
    except (OSError, ValueError):
        return ""


def _last(journal: Path) -> str:
    """Return the commit that the last line of the journal tells, if there is one."""
    if not journal.is_file():
        return ""
    with journal.open("rb") as file:
        file.seek(max(0, journal.stat().st_size - _END))
        lines = file.read().splitlines()
    words = lines[-1].split() if lines else []
    return words[1].decode("ascii") if len(words) > 1 else ""


def _pointed(place: Path) -> str:
    """Return what the head says, and the branch that it names."""
    head = (place / "HEAD").read_text(encoding="utf-8").strip()
    branch = place / head.removeprefix("ref: ")
    return f"{head} {branch.read_text(encoding='utf-8') if branch.is_file() else ''}".strip()
