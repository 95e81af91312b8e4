"""Putting a rendered site in the place of the last one.

Two renames do it where ``_site`` is a folder like others. What is a link or a disk of its own, or
holds what is none of ours, such as a repository, stays, and its entries are swapped inside.
"""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from portfolio.files import copy, writing
from portfolio.lock import FOLDER
from portfolio.renderers import RenderError

SITE = "_site"
_DRAFT, _LAST = "draft", "last"
_MADE, _OLD, _NEW = (f".portfolio-{name}" for name in ("made", "old", "new"))
"""Folders inside a ``_site`` that stays: the site being copied, the last one, and this one.

The first is renamed to the third once the last site is out of the way.
"""


def draft(root: Path) -> Path:
    """Return an empty folder to render into; raise RenderError where ``_site`` cannot be one."""
    site, folder = root / SITE, root / FOLDER / _DRAFT
    place = site.resolve() if not _is_loop(site) else site
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise RenderError(f"{SITE}: it is no folder: move it away, or remove it")
    if not place.parent.is_dir():
        what = f"it leads to nothing ({place})"
        raise RenderError(f"{SITE}: {what}: mend or remove the link")
    if not any(os.access(each, os.W_OK) for each in (place, place.parent)):
        what, remedy = "nobody here may write it", "make it or the project's folder writable"
        raise RenderError(f"{SITE}: {what}: {remedy}")
    shutil.rmtree(folder, ignore_errors=True)
    with writing(folder):
        folder.mkdir(parents=True)
    return folder


def discard(root: Path) -> None:
    """Remove the draft."""
    shutil.rmtree(root / FOLDER / _DRAFT, ignore_errors=True)


def put_in_place(root: Path) -> None:
    """Put the draft where ``_site`` is; raise UnwritableError, with the last site in its place."""
    site, draft, last = root / SITE, root / FOLDER / _DRAFT, root / FOLDER / _LAST
    if not draft.is_dir():
        raise RenderError(f"{draft.relative_to(root)}: somebody removed it meanwhile: try again")
    with writing(site):
        if site.exists() and (site.is_symlink() or _stays(site, draft)):
            _swap_inside(site.resolve(), draft)
            return
        if site.is_symlink():  # to nothing yet
            site.resolve().mkdir(exist_ok=True)
            _swap_inside(site.resolve(), draft)
            return
        try:
            if site.exists():
                site.rename(last)
            draft.rename(site)
        except OSError:
            if last.exists():
                last.rename(site)
            site.mkdir(exist_ok=True)
            _swap_inside(site, draft)
    shutil.rmtree(last, ignore_errors=True)


def restore(root: Path) -> None:
    """Put the last site back, should a run have been killed between two renames."""
    site, last = root / SITE, root / FOLDER / _LAST
    if last.exists() and not site.exists():
        last.rename(site)
    shutil.rmtree(last, ignore_errors=True)
    if site.is_dir():
        _settle(site)
    discard(root)


def _swap_inside(site: Path, draft: Path) -> None:
    """Give the folder ``site`` the entries of ``draft``; hidden ones that it has besides stay."""
    _forget(site)
    try:
        (site / _MADE).mkdir()
        for path in _files(draft):
            made = site / _MADE / path.relative_to(draft)
            copy(path, made)
            os.utime(made, ns=(time.time_ns(), path.stat().st_mtime_ns))  # by which it is known
        names = {entry.name for entry in (site / _MADE).iterdir()}
        (site / _OLD).mkdir()
        for entry in list(site.iterdir()):
            if entry.name in names or not entry.name.startswith("."):
                entry.rename(site / _OLD / entry.name)
        (site / _MADE).rename(site / _NEW)
    finally:
        try:
            _settle(site)
        except BaseException:  # Ctrl-C, between two renames
            _settle(site)
            raise


def _settle(site: Path) -> None:
    """Complete a swap inside the folder if the last site was out of the way, else take it back."""
    new = (site / _NEW).is_dir()
    folder = site / (_NEW if new else _OLD)
    for entry in list(folder.iterdir()) if folder.is_dir() else ():
        entry.rename(site / entry.name)
    _forget(site)


def _stays(site: Path, draft: Path) -> bool:
    """Return whether the folder is a disk of its own, or holds hidden things that are not ours."""
    hidden = (entry.name for entry in site.iterdir() if entry.name.startswith("."))
    return site.is_mount() or any(not (draft / name).exists() for name in hidden)


def _forget(site: Path) -> None:
    for name in (_MADE, _OLD, _NEW):
        shutil.rmtree(site / name, ignore_errors=True)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _is_loop(path: Path) -> bool:
    try:
        path.resolve(strict=True)
    except FileNotFoundError:
        return False
    except (OSError, RuntimeError):
        return True
    return False
