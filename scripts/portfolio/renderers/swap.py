"""Putting a rendered site in the place of the last one.

Two renames do it where ``_site`` is a folder like others. What is a link or a disk of its own, or
holds what is none of ours, such as a repository, stays, and its entries are swapped inside.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from portfolio.files import copy, writing
from portfolio.lock import FOLDER
from portfolio.renderers import RenderError

SITE = "_site"
_DRAFT, _LAST = "draft", "last"
_INSIDE = ".portfolio-"
"""Begins the names of what is made ready, or kept for a moment, inside ``_site``."""


def draft(root: Path) -> Path:
    """Return an empty folder to render into; raise RenderError where ``_site`` cannot be one."""
    site, folder = root / SITE, root / FOLDER / _DRAFT
    place = site.resolve() if not _is_loop(site) else site
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise RenderError(f"{SITE}: it is no folder: move it away, or remove it")
    if site.is_symlink() and not place.parent.is_dir():
        raise RenderError(
            f"{SITE}: it leads to {place}, which is not there: mend or remove the link"
        )
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
        old = site / f"{_INSIDE}{_LAST}"
        for entry in old.iterdir() if old.is_dir() else ():
            if not (site / entry.name).exists():
                entry.rename(site / entry.name)
        _forget(site)
    discard(root)


def _swap_inside(site: Path, draft: Path) -> None:
    """Give the folder ``site`` the entries of ``draft``; hidden ones that it has besides stay."""
    _forget(site)
    new, old = (site / f"{_INSIDE}{name}" for name in (_DRAFT, _LAST))
    try:
        for path in _files(draft):
            copy(path, new / path.relative_to(draft))
        new.mkdir(exist_ok=True)
        old.mkdir()
        names = {entry.name for entry in new.iterdir()}
        for entry in list(site.iterdir()):
            if entry.name in names or not entry.name.startswith("."):
                entry.rename(old / entry.name)
        for entry in list(new.iterdir()):
            entry.rename(site / entry.name)
    except BaseException:
        for entry in old.iterdir() if old.is_dir() else ():
            _remove(site / entry.name)
            entry.rename(site / entry.name)
        raise
    finally:
        _forget(site)


def _stays(site: Path, draft: Path) -> bool:
    """Return whether the folder is a disk of its own, or holds hidden things that are not ours."""
    hidden = (entry.name for entry in site.iterdir() if entry.name.startswith("."))
    return site.is_mount() or any(not (draft / name).exists() for name in hidden)


def _forget(site: Path) -> None:
    for name in (_DRAFT, _LAST):
        shutil.rmtree(site / f"{_INSIDE}{name}", ignore_errors=True)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


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
