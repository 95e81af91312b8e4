"""Finding a Chromium: the machine's own, else Playwright's, else Debian's if we may install it."""

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
LACKING = "needs Chromium: install it, or run `python -m playwright install chromium`"
_NO_OTHER_HOST = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"


def find_browser(playwrights_own: str) -> str | None:
    """Return the command of a Chromium, installing one where that asks nobody's leave."""
    if found := _on_path():
        return found
    if Path(playwrights_own).exists():
        return playwrights_own
    if _is_root() and shutil.which("apt-get"):
        _install_from_debian()
    return _on_path()


def arguments() -> list[str]:
    """Return how to start the browser: it reaches this machine alone."""
    return [_NO_OTHER_HOST, *(["--no-sandbox"] if _is_root() else [])]


def _on_path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _install_from_debian() -> None:
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium"]
    for command in (["apt-get", "update", "--quiet"], install):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(command, env=quiet, capture_output=True, check=False)
