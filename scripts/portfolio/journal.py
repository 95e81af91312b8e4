"""Changes of several files: all of them or none, whatever stops them.

New files and what they replace lie ready in the project's state before the first one moves. A
journal there says so until the last one is in place; as long as it is there, the change is one to
be undone, by the run that failed or, if that was killed, by the next one.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from portfolio.files import UnwritableError, copy, move, real, sweep, write, writing
from portfolio.lock import FOLDER

_ASIDE, _JOURNAL, _SCRATCH = "change", "journal.json", "scratch-"


def change(root: Path, files: Mapping[str, bytes | Path | None]) -> None:
    """Write ``files`` into the project at ``root``: bytes, or a copy of a file; None removes one.

    Raises UnwritableError, having changed nothing, if one cannot be written or is saved meanwhile.
    """
    list(undo(root))
    aside = root / FOLDER / _ASIDE
    steps = [_Step(aside / str(n), root, path) for n, path in enumerate(files)]
    before = {step.path: _digest(step.target) for step in steps}
    try:
        for step, content in zip(steps, files.values(), strict=True):
            step.prepare(content)
        digests = {step.path: (_digest(step.new), before[step.path]) for step in steps}
        write(aside / _JOURNAL, json.dumps(digests))
        for step in steps:
            step.take(before[step.path])
    except BaseException:
        list(undo(root))
        raise
    _forget(aside)


def undo(root: Path) -> Iterator[str]:
    """Put back what a change that was stopped had replaced; say in a line each what it left.

    What somebody wrote since then stays.
    """
    aside = root / FOLDER / _ASIDE
    for number, (path, (placed, before)) in enumerate(_read(aside / _JOURNAL).items()):
        if not _Step(aside / str(number), root, path).undone(placed, before):
            yield f"{path}: it was changed after the run that was stopped: it is kept as it is"
    _forget(aside)


def recover(root: Path) -> Iterator[str]:
    """Clear away what a killed run left in the project; say in a line each what is to be known."""
    pending = (root / FOLDER / _ASIDE / _JOURNAL).exists()
    left = list(undo(root))
    if pending:
        yield "portfolio: the last change of files was stopped half-way and is undone"
    yield from left
    for folder in (root / FOLDER).glob(f"{_SCRATCH}*"):
        shutil.rmtree(folder, ignore_errors=True)
    sweep(root)


@contextmanager
def scratch(root: Path) -> Iterator[Path]:
    """Give an empty folder in the project's state, to work in."""
    state = root / FOLDER
    with writing(state):
        state.mkdir(exist_ok=True)
        folder = TemporaryDirectory(dir=state, prefix=_SCRATCH)
    with folder as name:
        yield Path(name)


@dataclass(frozen=True)
class _Step:
    """One file of a change; ``aside`` is where its new and its old content lie."""

    aside: Path
    root: Path
    path: str

    @property
    def new(self) -> Path:
        """The content to be put in place."""
        return self.aside / "new"

    @property
    def old(self) -> Path:
        """The content that was there."""
        return self.aside / "old"

    @property
    def target(self) -> Path:
        """The file that is changed; what a link leads to."""
        with writing(self.root / self.path):
            return real(self.root / self.path)

    def prepare(self, content: bytes | Path | None) -> None:
        """Lay the new content ready, and keep the old."""
        if isinstance(content, Path):
            copy(content, self.new)
        elif content is not None:
            write(self.new, content)
        if self.target.exists():
            with writing(self.old):
                self.aside.mkdir(parents=True, exist_ok=True)
                _link(self.target, self.old)

    def take(self, before: str) -> None:
        """Put the new content in place of what was there ``before``, and of nothing else."""
        if _digest(self.target) != before:
            what = "it was saved meanwhile and stays so"
            raise UnwritableError(self.root / self.path, what, "try again")
        if self.new.exists():
            move(self.new, self.root / self.path)
        else:
            with writing(self.root / self.path):
                (self.root / self.path).unlink(missing_ok=True)

    def undone(self, placed: str, before: str) -> bool:
        """Put the old content back; return False where somebody has written another since."""
        now = _digest(self.target)
        with writing(self.root / self.path):
            if now not in {placed, before, ""} or (before != now and before != _digest(self.old)):
                return False
            if before and now != before:
                move(self.old, self.root / self.path)
            elif now != before:
                self.target.unlink()
            if not before:
                _remove_empty(self.target.parent, self.root)
        return True


def _link(source: Path, target: Path) -> None:
    """Keep a file that is replaced and never changed; a second name for it needs no room."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _remove_empty(folder: Path, root: Path) -> None:
    """Remove folders below ``root`` that hold nothing any more."""
    with suppress(OSError):  # the first one that holds something
        while folder != root and folder.is_relative_to(root):
            if folder.exists():
                folder.rmdir()
            folder = folder.parent


def _forget(aside: Path) -> None:
    """Remove what was kept aside, the journal first: from then on nothing is undone."""
    (aside / _JOURNAL).unlink(missing_ok=True)
    shutil.rmtree(aside, ignore_errors=True)


def _digest(path: Path) -> str:
    """Return a digest of a file; nothing where there is none."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _read(journal: Path) -> dict[str, tuple[str, str]]:
    """Return the files of a change, each with the digests of its new and its old content."""
    try:
        said: dict[str, tuple[str, str]] = json.loads(journal.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return said
