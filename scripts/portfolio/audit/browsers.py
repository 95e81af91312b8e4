"""Finding a Chromium: the machine's own, else Playwright's."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

LACKING = "needs Chromium: install it, or run `python -m playwright install chromium`"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_BELOW = (  # on Windows, in the folders of programs
    Path("Google", "Chrome", "Application", "chrome.exe"),
    Path("Chromium", "Application", "chrome.exe"),
    Path("Microsoft", "Edge", "Application", "msedge.exe"),
)
_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_OF_MACS = ("Google Chrome", "Chromium", "Microsoft Edge")
_NO_OTHER_HOST = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"


def find_browser(playwrights_own: str) -> str | None:
    """Return the command of a Chromium that is here, or None."""
    on_path = filter(None, map(shutil.which, _NAMES))
    elsewhere = (str(path) for path in _places(playwrights_own) if path.is_file())
    return next(on_path, None) or next(elsewhere, None)


def arguments() -> list[str]:
    """Return how to start the browser: it reaches this machine alone."""
    return [_NO_OTHER_HOST, *(["--no-sandbox"] if is_root() else [])]


def is_root() -> bool:
    """Whether this process may do everything, which Chromium's sandbox does not like."""
    who = getattr(os, "geteuid", None)  # Windows has none
    return who is not None and who() == 0


def _places(playwrights_own: str) -> Iterator[Path]:
    yield Path(playwrights_own)
    for folder in filter(None, map(os.environ.get, _FOLDERS)):
        yield from (Path(folder, below) for below in _BELOW)
    for name in _OF_MACS:
        yield Path("/Applications", f"{name}.app", "Contents", "MacOS", name)
