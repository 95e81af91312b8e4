"""Runs inside a notebook's kernel and every Python that it starts: notes what the run uses.

Each process notes into a file of its own, in the folder that ``PORTFOLIO_WITNESS`` names. Python
tells of files that are opened, folders that are listed and commands that are started; what a
library opens below Python it does not tell, so what is open after a cell is looked up too.
"""

import importlib.metadata
import json
import os
import re
import shutil
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from itertools import islice, takewhile
from pathlib import Path
from types import FrameType
from typing import Any

FOLDER, ROOT = "PORTFOLIO_WITNESS", "PORTFOLIO_WITNESS_ROOT"
_IMPORTING = "<frozen importlib"
_FOR_MODULES = re.compile(r"<frozen (?:importlib|zipimport)|[/\\]importlib[/\\]")
_OF_PACKAGES = re.compile(r"[/\\]pkgutil\.py")
_NEAR = 8
_CODE = (".py", ".pyc")
_COMPILED = "__pycache__"
_APART = re.compile(r"-(?:[a-zA-Z]*[IES])")  # a Python that is started so does not hear of us
_REPORT = "report.json"
_APART_TOO = {"read", "made", "written"}
"""What is noted of hidden files too, and of those outside: such may be data if the code says so."""
_place: list[str] = []  # of the notes, and of the project
_ASKS = {
    "get", "getenv", "pop", "setdefault", "copy", "expandvars",
    "__contains__", "__iter__", "__or__", "__ror__",
}  # fmt: skip
"""Python's own ways to variables."""
_noted: set[tuple[str, str]] = set()
_before: set[str] = set()
_packages = os.path.join(os.path.realpath(sys.prefix), "")  # noqa: PTH118  an environment's
_library = sysconfig.get_paths()["stdlib"]
_SYSTEMS = ("/dev/", "/etc/", "/proc/", "/sys/", "/usr/")


def watch() -> None:
    """Note what is used from now on, where a run asks for it; once for each process."""
    if _place or FOLDER not in os.environ:
        return
    _place.extend((os.environ[FOLDER], os.environ[ROOT]))
    _watch_variables()
    sys.addaudithook(_hear)


def begin() -> None:
    """Tell the notebook's own from what the kernel has done so far."""
    import psutil  # noqa: F401, PLC0415  it is ours

    watch()
    _before.update(sys.modules)
    from IPython.core.getipython import get_ipython  # noqa: PLC0415  children have none

    if shell := get_ipython():
        shell.events.register("post_run_cell", _look)
    from portfolio.figures import answers  # noqa: PLC0415  children have no cells

    answers.begin(_place[0])


def report() -> None:
    """Leave beside the notes all that the processes of this run noted, and this Python's packages.

    What a notebook prints, or has taken the place of its output, does not get in the way there.
    """
    _look()
    for module in list(sys.modules.values()):
        _note_path("module", getattr(module, "__file__", None))
    found: dict[str, dict[str, int]] = {}
    for file in Path(_place[0]).glob("*.notes"):
        for line in file.read_text(encoding="utf-8").splitlines():
            kind, value, moment = json.loads(line)
            times = found.setdefault(kind, {})
            times[value] = min(moment, times.get(value, moment))
    owners = importlib.metadata.packages_distributions()
    names = {name.partition(".")[0] for name in sys.modules}
    new = {name.partition(".")[0] for name in sys.modules if name not in _before}
    loaded = {owner for name in names & owners.keys() for owner in owners[name]}
    used = os.times()
    told = {
        "noted": found,
        "processor": used.user + used.system + used.children_user + used.children_system,
        "packages": {each: importlib.metadata.version(each) for each in sorted(loaded)},
        "new": sorted({owner for name in new & owners.keys() for owner in owners[name]}),
        "owners": {name: owners[name] for name in sorted(names & owners.keys())},
        "needs": {each: sorted(_needs(each)) for each in sorted(loaded)},
        "python": ".".join(map(str, sys.version_info[:3])),
    }
    Path(_place[0], _REPORT).write_text(json.dumps(told), encoding="utf-8", newline="\n")


def reported(folder: str) -> dict[str, Any]:
    """Return the report that a run left in its folder."""
    return dict(json.loads(Path(folder, _REPORT).read_text(encoding="utf-8")))


def _needs(package: str) -> Iterator[str]:
    for line in importlib.metadata.requires(package) or ():
        if "extra ==" not in line and (name := re.match(r"[\w.-]+", line)):
            yield re.sub(r"[-_.]+", "-", name[0]).lower()


def _note(kind: str, value: str) -> None:
    """Keep what is noted, at once: a process may end without a word."""
    if (kind, value) not in _noted:
        _noted.add((kind, value))
        line = json.dumps([kind, value, time.time_ns()]) + "\n"
        with open(f"{_place[0]}/{os.getpid()}.notes", "a", encoding="utf-8") as file:  # noqa: PTH123
            file.write(line)


def _note_path(kind: str, path: Any) -> None:
    """Note a path by its own name and by where links lead, seen from the project; not Python's."""
    if isinstance(path, str | bytes | os.PathLike):
        named = os.fsdecode(path)
        real = os.path.realpath(named)
        if not real.startswith(_packages):
            for each in {real, os.path.abspath(named)}:  # noqa: PTH100  links stay as they are
                _note_place(kind, each)


def _note_place(kind: str, place: str) -> None:
    root = _place[1]
    inside = place[len(root) + 1 :] if place.startswith(root + os.sep) else ""
    if inside and not inside.startswith("."):
        if _COMPILED not in Path(inside).parts:
            _note(kind, Path(inside).as_posix())
    elif kind == "listed" and place == root:
        _note(kind, ".")
    elif kind in _APART_TOO and not place.startswith((_library, *_SYSTEMS)):
        with suppress(ValueError):  # on another drive
            _note(kind, Path(os.path.relpath(place, root)).as_posix())


def _look(*_: Any) -> None:
    """Note what is open: libraries that open files themselves often keep them so."""
    import psutil  # noqa: PLC0415

    try:
        for file in psutil.Process().open_files():
            _note_path("read", file.path)
    except psutil.Error:
        pass


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if hear := _EVENTS.get(event):
        try:
            hear(*arguments)
        except Exception:  # noqa: BLE001  a witness stops no run, and says that it saw less
            with suppress(OSError):  # the run may be over
                _note("unseen", event)


def _opened(path: Any, mode: Any, flags: int) -> None:
    if isinstance(path, int) or str(path).startswith(_place[0]):
        return
    if not (os.fsdecode(path).endswith(_CODE) and _is_looked_at()):
        if set(mode or "") & set("wx") or flags & os.O_TRUNC:
            _note_path("made", path)
        if set(mode or "") & set("wax+") or flags & (os.O_WRONLY | os.O_RDWR):
            _note_path("written", path)
        _note_path("read", path)


def _is_looked_at() -> bool:
    """Return whether code is opened to import it, or to show where an error or a warning came."""
    files = list(islice(_callers(), _NEAR))
    shows = any(file.endswith(f"{os.sep}linecache.py") for file in files)
    reads = any(file.endswith(f"{os.sep}inspect.py") for file in files)
    return not files or files[0].startswith(_IMPORTING) or (shows and not reads)


def _callers() -> Iterator[str]:
    """Yield the files of the code that is running, the innermost first, but for this one."""
    return (frame.f_code.co_filename for frame in _frames())


def _frames() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001  Python has no other way
    while frame:
        if frame.f_code.co_filename != __file__:
            yield frame
        frame = frame.f_back


def _asking(*, itself: bool = False) -> tuple[int, int] | None:
    """Return where the notebook or the project's code asks for this; None if a library does.

    If it has to ask ``itself``, Python's own modules are libraries too.
    """
    for frame in _frames():
        file = frame.f_code.co_filename
        if itself and frame.f_code.co_name not in _ASKS and file.startswith((_library, "<frozen")):
            return None
        if _is_ours(file):
            return id(frame), frame.f_lasti
        is_python = file.startswith((_library, "<")) and "site-packages" not in file
        if not is_python and f"{os.sep}IPython{os.sep}" not in file:
            return None
    return None


def _is_ours(file: str) -> bool:
    """Return whether code is the notebook's or the project's."""
    root = _place[1]
    inside = file.startswith(root + os.sep) and not file.startswith((f"{root}{os.sep}.", _packages))
    return inside or "ipykernel_" in file or file.startswith("<ipython-input")


def _listed(path: Any = None) -> None:
    looking = list(islice(takewhile(lambda file: not _is_ours(file), _callers()), _NEAR))
    if isinstance(path, int) or any(map(_FOR_MODULES.search, looking)):
        return
    if not any(map(_OF_PACKAGES.search, looking)) or _asking():
        _note_path("listed", path or ".")


def _executed(code: Any) -> None:
    if getattr(code, "co_name", "") == "<module>":
        _note_path("module", code.co_filename)


def _imported(_: str, file: Any, *__: Any) -> None:
    if file:  # a library of machine code
        _note_path("read", file)


def _started(executable: Any, arguments: Any, cwd: Any, _: Any = None) -> None:
    given: list[Any] = [arguments] if isinstance(arguments, str | bytes) else [*(arguments or ())]
    words = [os.fsdecode(word) for word in given]
    _named_in(" ".join(words), os.fsdecode(cwd) if cwd else ".")
    command = os.fsdecode(executable or (words[0] if words else ""))
    found = shutil.which(command) or command
    is_python = os.path.realpath(found) == os.path.realpath(sys.executable)
    hears = is_python and not any(map(_APART.fullmatch, words[1:]))
    if not hears and _asking():
        _note("unseen", Path(words[0] if words else command).name)


def _spawned(path: Any, arguments: Any, _: Any = None) -> None:
    _started(path, arguments, None)


def _ran(command: Any) -> None:
    _named_in(os.fsdecode(command), ".")
    if _asking():
        _note("unseen", os.fsdecode(command).partition(" ")[0])


def _named_in(command: str, folder: str) -> None:
    """Note the files of the project that a command names."""
    for word in re.split(r"[\s'\"`;|&<>()=,]+", command):
        path = os.path.join(folder, word)  # noqa: PTH118
        if word and os.path.isfile(path):  # noqa: PTH113
            _note_path("read", path)


def _connected(path: Any) -> None:
    """Note a database, which may be named by an address, and may have no file."""
    name = os.fsdecode(path).removeprefix("file:").partition("?")[0]
    if name and not name.startswith(":"):
        _note_path("read", name)


def _moved(source: Any, target: Any, *_: Any) -> None:
    _note_path("read", source)
    _note_path("made", target)


_EVENTS: dict[str, Callable[..., None]] = {
    "open": _opened,
    "os.listdir": _listed,
    "os.scandir": _listed,
    "exec": _executed,
    "import": _imported,
    "subprocess.Popen": _started,
    "os.posix_spawn": _spawned,
    "os.exec": _spawned,
    "os.system": _ran,
    "os.rename": _moved,
    "sqlite3.connect": _connected,
    "ctypes.dlopen": lambda path: _note_path("read", path),
}


def _watch_variables() -> None:
    """Note the variables of the environment that the project's code asks for by name."""
    kind: Any = type(os.environ)
    look_up, put, go_through = kind.__getitem__, kind.__setitem__, kind.__iter__
    through: set[tuple[int, int]] = set()  # where all of them are gone through
    assigned: set[str] = set()

    def __getitem__(self: Any, name: str) -> Any:  # noqa: N807
        at = _asking(itself=True) if isinstance(name, str) and name not in assigned else None
        if at and at not in through:
            _note("variable", f"{name}={digest_of_value(name, value_of(name))}")
        return look_up(self, name)

    def __setitem__(self: Any, name: str, value: str) -> None:  # noqa: N807
        assigned.add(name)
        put(self, name, value)

    def value_of(name: str) -> str | None:
        try:
            return str(look_up(os.environ, name))
        except KeyError:
            return None

    def __iter__(self: Any) -> Iterator[Any]:  # noqa: N807
        if at := _asking(itself=True):
            through.add(at)
        return go_through(self)  # type: ignore[no-any-return]

    kind.__getitem__, kind.__setitem__, kind.__iter__ = __getitem__, __setitem__, __iter__


def digest_of_value(name: str, value: str | None) -> str:
    """Return a digest that tells the values of a variable apart, and gives none of them away."""
    if value is None:
        return ""
    return sha256(f"{name}={value}".encode(errors="surrogateescape")).hexdigest()[:16]
