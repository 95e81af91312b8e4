"""Writing files: whole or not at all, only when their content changed, and in place.

A link stays one, and what it leads to is written; modes stay, and new files have those that the
system's mask gives. What cannot be written stays as it was and leaves nothing behind.
"""

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count, takewhile
from pathlib import Path
from secrets import randbits
from stat import S_IMODE, S_ISREG
from types import EllipsisType

_DRAFT = ".portfolio-draft-"
_DRAFTED = re.compile(rf"{re.escape(_DRAFT)}(\d+)-[0-9a-f]+")
_drafts = count(randbits(32))
_NEVER_OURS = {".git", ".venv", "node_modules", "__pycache__"}
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
_REMEDIES = {
    **dict.fromkeys(_FULL, "make room on the disk"),
    **dict.fromkeys(_CLOSED, "make it and its folder writable, or close what has it open"),
    **dict.fromkeys((errno.EEXIST, errno.ENOTDIR), "move away what is in its place"),
    errno.EISDIR: "move the folder away that has its name",
    errno.ELOOP: "remove the link, which leads to itself",
    errno.ENAMETOOLONG: "give it a shorter name",
}


class UnwritableError(Exception):
    """A file cannot be written: says which, why and what to do, in one line."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        super().__init__(f"{shown(path)}: {what}: {remedy}")


def write(path: Path, content: str | bytes, *, over: bytes | EllipsisType | None = ...) -> bool:
    """Write ``content`` to ``path`` in one step; return whether anything changed.

    With ``over``, what somebody read there before (None: nothing), it is written over that alone.
    Raises UnwritableError.
    """
    data = content.encode() if isinstance(content, str) else content
    with writing(path):
        target = real(path)
        there = _content(target)
        if over is not ... and there != over:
            raise UnwritableError(path, "it was saved meanwhile and stays so", "try again")
        if there == data:
            return False
        with _drafted(target) as draft, draft.open("xb") as file:
            file.write(data)
    return True


def add(path: Path, content: str | bytes) -> None:
    """Write ``content`` to ``path`` at once, in a folder that nobody sees before it is whole.

    Where something is already, it is written over as `write` does. Raises UnwritableError.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        with path.open("xb") as file:
            file.write(data)
    except OSError:
        write(path, data)


def copy(source: Path, path: Path) -> None:
    """Copy the content of the file ``source`` to ``path``; raise UnwritableError."""
    with writing(path), _drafted(real(path)) as draft:
        draft.touch(exist_ok=False)
        shutil.copyfile(source, draft)


def move(source: Path, path: Path) -> None:
    """Move the file ``source`` to ``path``, from another disk too; raise UnwritableError."""
    with writing(path):
        target = real(path)
        try:
            with housed(target):
                _put(source, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            copy(source, target)
            source.unlink()


@contextmanager
def housed(target: Path) -> Iterator[None]:
    """Make the folder of ``target``; if what is done then fails, remove what was made of it."""
    made = list(takewhile(lambda folder: not folder.exists(), target.parents))
    try:
        if made:
            target.parent.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        with suppress(OSError):
            for folder in made:
                folder.rmdir()
        raise


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in one line what the system has against writing to ``path``: an UnwritableError."""
    try:
        yield
    except OSError as error:
        what = f"it cannot be written ({error.strerror or error})"
        remedy = _REMEDIES.get(error.errno or 0, "look at the disk")
        raise UnwritableError(path, what, remedy) from error


def sweep(root: Path) -> None:
    """Remove what killed processes had begun to write below ``root``, and where its links lead."""
    folders: set[str] = set()
    for place, inside, names in os.walk(root):
        inside[:] = [name for name in inside if name not in _NEVER_OURS]
        paths = (os.path.join(place, name) for name in names)  # noqa: PTH118  there are many
        folders |= {place, *(os.path.dirname(os.path.realpath(p)) for p in paths if _is_link(p))}  # noqa: PTH120
    for folder in folders:
        sweep_folder(Path(folder))


def sweep_folder(folder: Path) -> None:
    """Remove what killed processes had begun to write right in the folder."""
    with suppress(OSError):
        for path in folder.glob(f"{_DRAFT}*"):
            found = _DRAFTED.fullmatch(path.name)
            if found and not _is_running(int(found[1])):
                path.unlink()


def shown(path: Path) -> str:
    """Return a path as messages name it: from here where it lies below."""
    path = path.absolute()
    here = Path.cwd()
    named = path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
    return named.replace("\n", r"\n")


def real(path: Path) -> Path:
    """Return what the link ``path`` leads to, and any other path as it is.

    Raises OSError for a link that leads to itself, for folders, and for what is no plain file.
    """
    if _is_plain(path):
        return path
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if target.is_dir():
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not target.is_file():
        raise OSError(errno.EEXIST, "it is no plain file")
    return target


@contextmanager
def _drafted(target: Path) -> Iterator[Path]:
    """Give the name of a file to write, which then takes the place of ``target``."""
    draft = target.with_name(f"{_DRAFT}{os.getpid()}-{next(_drafts):x}")
    with housed(target):
        try:
            yield draft
            _put(draft, target)
        except BaseException:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise


def _put(draft: Path, target: Path) -> None:
    """Put ``draft`` in the place of ``target``, with its mode and, as far as one may, its owner."""
    if target.exists():
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "it is read-only")
        old, new = target.stat(), draft.stat()
        if hasattr(os, "chown") and (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
            with suppress(OSError):
                os.chown(draft, old.st_uid, old.st_gid)
        draft.chmod(S_IMODE(old.st_mode))
    draft.replace(target)


def _content(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_plain(path: Path) -> bool:
    """Return whether a plain file is at ``path``, or nothing: asked once, of thousands of files."""
    try:
        return S_ISREG(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return True


def _is_link(path: str) -> bool:
    return os.path.islink(path)  # noqa: PTH114


def _is_running(process: int) -> bool:
    import psutil  # noqa: PLC0415  only the run after a killed one asks

    return bool(psutil.pid_exists(process))
