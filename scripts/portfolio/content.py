"""What is content: the one rule by which every reader, watcher and copier takes or leaves a file.

Content are plain files of the project with names that anybody can type. Hidden files, leftovers of
editors and systems, links that lead nowhere or out of the project, folders named like files,
sockets and the like are none.
"""

import os
import re
import stat
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

_NO_CONTENT = re.compile(
    r"\..*|.*~|\#.*\#|~\$.*|~WR[DL].*|~syncthing~.*|.*\.(?:sw[m-p]|tmp|part|crdownload|~\d+~)"
    r"|.*___jb_(?:tmp|old|bak)___|(?:eh)?thumbs\.db|desktop\.ini|__macosx|__pycache__|node_modules",
    re.IGNORECASE | re.DOTALL,
)
_CONFLICT = re.compile(
    r".*(?:\.sync-conflict-\d{8}-\d{6}|\((?:[^()]* )?conflicted copy\b)", re.IGNORECASE
)
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_READ = {".bib", ".csv", ".ipynb", ".qmd", ".tsv", ".yml"}
PUBLISHED = frozenset({".nojekyll", ".well-known"})
"""Hidden names that hosts of sites look for."""
NOT_THERE = "it is not there"
OUTSIDE, LED_OUT = "it lies outside the project", "it is a link that leads out of the project"
FOLDER = "it is a folder"
_SPECIAL = {stat.S_IFIFO: "a FIFO", stat.S_IFSOCK: "a socket"}


@lru_cache(maxsize=65536)
def is_name(name: str) -> bool:
    """Return whether a file or folder of this name can be content, whatever it is."""
    return not (_NO_CONTENT.fullmatch(name) or _CONFLICT.match(name) or _UNSEEN.search(name))


def is_content(path: Path, root: Path) -> bool:
    """Return whether the file at ``path`` is content of the project at ``root``."""
    return not why_not(path, root)


def why_not(path: Path, root: Path, *, but: Collection[str] = ()) -> str:
    """Return why what lies at ``path`` is no content of the project at ``root``, or nothing.

    Names in ``but`` count although they are hidden.
    """
    inside = _inside(path, root)
    if ".." in inside:
        return OUTSIDE
    if odd := [part for part in inside if not is_name(part) and part not in but]:
        return _why_not_named(odd[0])
    try:
        real = os.path.realpath(path, strict=True)  # a tenth of the time that the other takes
    except (OSError, RuntimeError, ValueError):  # no such name can be, or links lead in a circle
        is_link = os.path.islink(path)  # noqa: PTH114  the other raises where the name is too long
        return "it is a link that leads nowhere" if is_link else NOT_THERE
    home = os.path.realpath(root)
    led = _inside(Path(real), Path(home)) if real != os.path.join(home, *inside) else ()  # noqa: PTH118
    return _why_not_led(led, but) or _why_not_read(real)


def _why_not_led(inside: Collection[str], but: Collection[str]) -> str:
    """Return why a link may not lead to where it does in the project."""
    if ".." in inside:
        return LED_OUT
    hidden = any(not is_name(part) and part not in but for part in inside)
    return "it is a link to a hidden file" if hidden else ""


def _inside(path: Path, root: Path) -> tuple[str, ...]:
    """Return the parts of the way to a path from ``root``; a step up for one that leads out."""
    try:
        return path.relative_to(root).parts
    except ValueError:
        return ("..",)


def why_said(path: Path, root: Path) -> str:
    """Return why a file that somebody may miss is no content; nothing for leftovers and caches."""
    why = why_not(path, root)
    return "" if why in {_why_not_named("."), OUTSIDE} else why


def why_not_published(path: Path, root: Path) -> str:
    """Return why what lies at ``path`` may not be published, or nothing."""
    return why_not(path, root, but=PUBLISHED)


def files(root: Path, folder: Path, *, apart: Collection[str] = ()) -> Iterator[Path]:
    """Yield the content below ``folder``, in order, but for folders in it that are ``apart``.

    Links to folders are not followed: what they lead to is content where it lies, if anywhere.
    """
    return map(Path, places(root, folder, apart=apart))


def places(root: Path, folder: Path, *, apart: Collection[str] = ()) -> Iterator[str]:
    """Yield what `files` does as text, in half the time."""
    if why_not(folder, root) in {"", FOLDER}:
        yield from _below(root, folder, apart)


def _below(root: Path, folder: Path | str, apart: Collection[str]) -> Iterator[str]:
    """Yield the content below a folder that is content itself, and so are the folders in it."""
    for entry in _entries(folder):
        if entry.name in apart or not is_name(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(root, entry.path, ())
        elif is_content(Path(entry.path), root) if entry.is_symlink() else _is_plain(entry):
            yield entry.path


def lying_in(root: Path, folder: str, suffix: str) -> list[Path]:
    """Return the content right in a folder of the project whose names end in ``suffix``."""
    place = root / folder
    names = [entry.name for entry in _entries(place) if entry.name.endswith(suffix)]
    return [place / name for name in names if is_content(place / name, root)]


def passed_over(root: Path, folder: Path, *, apart: Collection[str] = ()) -> Iterator[Path]:
    """Yield what lies below ``folder`` and is not read although somebody may think so."""
    for entry in _entries(folder):
        path = folder / entry.name
        if entry.name in apart or not why_said(path, root):
            continue
        if entry.is_dir(follow_symlinks=False) and is_name(entry.name) and path.suffix not in _READ:
            yield from passed_over(root, path)
        else:
            yield path


def printable(name: str) -> str:
    """Return a name in which what cannot be seen is spelled out, by its number in Unicode."""
    spelled = _UNSEEN.sub(lambda found: ascii(found.group())[1:-1], name)
    return spelled.encode("utf-8", "backslashreplace").decode()


def _why_not_read(path: str) -> str:
    kind = os.stat(path).st_mode  # noqa: PTH116
    if stat.S_ISDIR(kind):
        return FOLDER
    if not stat.S_ISREG(kind):
        return f"it is {_SPECIAL.get(stat.S_IFMT(kind), 'a device')}"
    return "" if os.access(path, os.R_OK) else "nobody here may read it"


def _entries(folder: Path | str) -> list["os.DirEntry[str]"]:
    """Return what lies in a folder, by name; nothing where there is none, or it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def _is_plain(entry: "os.DirEntry[str]") -> bool:
    return entry.is_file(follow_symlinks=False) and os.access(entry.path, os.R_OK)


def _why_not_named(name: str) -> str:
    if _UNSEEN.search(name):
        return "its name holds what nobody can see or type"
    if _CONFLICT.match(name):
        return "it is a copy from a conflict between two computers"
    return "it is hidden or left by an editor"
