"""One at a time: the lock of a project's state, for whatever changes the project.

The system keeps the lock and takes it from a process that ends, however it ends. Beside it stands
who has it; where nobody has it and somebody stands there, that one was killed at work. Children of
the one who has it know that by their environment. Quarto, started by hand, renders between two
programs of ours: the first notes that it is at work, and the last that it is done.
"""

import errno
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from io import FileIO
from pathlib import Path
from secrets import token_hex
from typing import Any

from portfolio.files import sweep_folder, write, writing

FOLDER = ".portfolio"
_OURS = "PORTFOLIO_LOCK"
"""Names, in the environment of children, the hold that their parent has."""
_LOCK, _HOLDER, _QUARTO = "lock", "holder.json", "quarto.json"
_PAUSE = 0.1
_RENDER = 60
"""How long, in seconds, one render of Quarto's preview is waited for: a failed one never ends."""
_NO_LOCKS = (errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK)

Tell = Callable[[str], None]

if sys.platform == "win32":
    import msvcrt

    def _seize(file: FileIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(file: FileIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def held(root: Path, verb: str, tell: Tell) -> Iterator[bool]:
    """Have the project at ``root`` for ``verb`` alone, once whoever has it is done with it.

    Gives whether the last one who had it was killed. Raises UnwritableError where the project keeps
    no state.
    """
    if is_ours(root):
        yield False
        return
    with _taken(root, tell):
        note = root / FOLDER / _HOLDER
        killed = note.exists()
        sweep_folder(root / FOLDER)  # where one was killed before it was noted
        hold = token_hex(8)
        write(note, json.dumps({"verb": verb, "process": os.getpid(), "hold": hold}))
        os.environ[_OURS] = hold
        try:
            yield killed
        finally:
            del os.environ[_OURS]
            with suppress(OSError):  # Windows keeps a file that somebody reads
                note.unlink()


def is_ours(root: Path) -> bool:
    """Return whether this process, or one that it descends from, has the project."""
    hold = os.environ.get(_OURS)
    return bool(hold) and _read(root / FOLDER / _HOLDER).get("hold") == hold


def lend(root: Path) -> None:
    """Note that Quarto, which started this process, has the project from now on."""
    write(root / FOLDER / _QUARTO, json.dumps(asdict(_Quarto.above())))


def take_back(root: Path) -> None:
    """Note that Quarto has rendered the project."""
    quarto = _Quarto.noted(root)
    if quarto and quarto.started_us():
        (root / FOLDER / _QUARTO).unlink(missing_ok=True)


@contextmanager
def _taken(root: Path, tell: Tell) -> Iterator[None]:
    """Take the lock, waiting for it, with a word to whoever waits."""
    folder = root / FOLDER
    with writing(folder):
        folder.mkdir(exist_ok=True)
    write(folder / ".gitignore", "*\n")
    told = False
    while not (file := _free(root, tell)):
        if not told:
            tell(f"portfolio: waiting for {_who(root)}, which is at work here (Ctrl-C gives up)")
            told = True
        time.sleep(_PAUSE)
    with file:
        yield


def _free(root: Path, tell: Tell) -> FileIO | None:
    """Return the locked file; None where another process has it, or Quarto renders the project."""
    file = _locked(root / FOLDER / _LOCK, tell)
    quarto = _Quarto.noted(root) if file else None
    if file and quarto and not quarto.started_us():
        if quarto.renders():
            file.close()
            return None
        (root / FOLDER / _QUARTO).unlink(missing_ok=True)
    return file


def _locked(path: Path, tell: Tell) -> FileIO | None:
    """Return the file, locked; None where another process has locked it."""
    with writing(path):
        path.parent.mkdir(exist_ok=True)  # whoever had it may have removed it
        file = FileIO(path, "a")
    try:
        _seize(file)
        if path.stat().st_ino == os.fstat(file.fileno()).st_ino:
            return file
    except FileNotFoundError:  # removed as well
        pass
    except OSError as error:
        if error.errno in _NO_LOCKS:
            tell(f"portfolio: {FOLDER} lies where nothing can be locked: run one verb at a time")
            return file
    file.close()
    return None


def _who(root: Path) -> str:
    if said := _read(root / FOLDER / _HOLDER):
        return f"`portfolio {said.get('verb')}` (process {said.get('process')})"
    quarto = _Quarto.noted(root)
    return f"`quarto` (process {quarto.process})" if quarto else "another program"


def _read(note: Path) -> dict[str, Any]:
    try:
        said = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


@dataclass(frozen=True)
class _Quarto:
    """A Quarto at work: its process, when that began, and when its render did."""

    process: int
    began: float
    render: float
    previews: bool

    @classmethod
    def above(cls) -> "_Quarto":
        """Return the one that started this process."""
        import psutil  # noqa: PLC0415  seldom needed

        parent = psutil.Process(os.getppid())
        previews = "preview" in parent.cmdline()
        return cls(parent.pid, parent.create_time(), time.time(), previews)

    @classmethod
    def noted(cls, root: Path) -> "_Quarto | None":
        """Return the one that is noted as rendering the project."""
        with suppress(TypeError):
            return cls(**_read(root / FOLDER / _QUARTO))
        return None

    def renders(self) -> bool:
        """Return whether it is still at work."""
        import psutil  # noqa: PLC0415

        if self.previews and time.time() - self.render > _RENDER:
            return False
        try:
            return bool(psutil.Process(self.process).create_time() == self.began)
        except psutil.Error:
            return False

    def started_us(self) -> bool:
        """Return whether this process descends from it."""
        import psutil  # noqa: PLC0415

        return any(parent.pid == self.process for parent in psutil.Process().parents())
