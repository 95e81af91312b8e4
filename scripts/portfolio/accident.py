"""What nobody foresaw: one line for the person at the terminal, and the whole story in a file."""

import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from portfolio.content import is_content
from portfolio.files import write
from portfolio.lock import FOLDER

_PACKAGE = Path(__file__).parent
_TRACKER = "what it says goes to those who look after the engine"


def told(error: BaseException, verb: str, root: Path | None) -> str:
    """Return a line about an error that was not foreseen, and where its report lies."""
    story = "".join(traceback.format_exception(error))
    frames = list(_frames(error.__traceback__))
    file = next((name for frame in frames for name in _files(frame[2], root)), "")
    step = next((f"{where}, {name}" for where, name, _ in frames), "outside the engine")
    said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    place = _report(story, verb, root)
    about = f"{file}: " if file else ""
    return f"{about}{verb}: nobody foresaw this ({said}, in {step}): see {place}; {_TRACKER}"


def _frames(trace: TracebackType | None) -> list[tuple[str, str, dict[str, object]]]:
    """Return the engine's own frames, the innermost first: file and line, function, variables."""
    frames = []
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(_PACKAGE):
            where = f"{file.relative_to(_PACKAGE).as_posix()}:{trace.tb_lineno}"
            frames.append((where, trace.tb_frame.f_code.co_name, dict(trace.tb_frame.f_locals)))
        trace = trace.tb_next
    return frames[::-1]


def _files(variables: dict[str, object], root: Path | None) -> Iterator[str]:
    """Yield the files of the project that a step was busy with, as far as its variables tell."""
    for value in variables.values():
        if isinstance(value, Path) and root and is_content(value, root):
            yield value.relative_to(root).as_posix()
        path, line = getattr(value, "path", None), getattr(value, "line", None)
        if isinstance(path, str) and path:
            yield f"{path}:{line}" if isinstance(line, int) else path


def _report(story: str, verb: str, root: Path | None) -> str:
    """Write the whole story down; return where, or why not."""
    name = f"report-{sha256(story.encode(errors='replace')).hexdigest()[:8]}.txt"
    versions = f"{platform.platform()}, Python {platform.python_version()}"
    text = f"portfolio {verb}\n{versions}\n{' '.join(sys.argv)}\n\n{story}"
    folders = [root / FOLDER] if root else []
    for folder in (*folders, Path(tempfile.gettempdir())):
        try:
            write(folder / name, text.encode("utf-8", "backslashreplace"))
        except Exception:  # noqa: BLE001, S112  a full disk must not hide what went wrong
            continue
        inside = root and folder == root / FOLDER
        return f"{FOLDER}/{name}" if inside else str(folder / name)
    return "nothing, for no report can be written"
