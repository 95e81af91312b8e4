"""The tests' Chromium: one that is here, else Debian's if we may install it."""

import os
import shutil
import subprocess
from contextlib import ExitStack

import needs
from playwright.sync_api import Browser, sync_playwright

from portfolio.audit import browsers

_OPENED: list[Browser] = []
_CLOSING = ExitStack()


def opened() -> Browser:
    """Return the browser of this process, started on first need; it reaches this machine alone."""
    if not _OPENED:
        playwright = _CLOSING.enter_context(sync_playwright())
        command = found_or_installed(playwright.chromium.executable_path)
        if command is None:
            close()
            needs.missing(browsers.LACKING)
        chromium = playwright.chromium.launch(executable_path=command, args=browsers.arguments())
        _CLOSING.callback(chromium.close)
        _OPENED.append(chromium)
    return _OPENED[0]


def close() -> None:
    """Close the browser, if there is one."""
    _OPENED.clear()
    _CLOSING.close()


def found_or_installed(playwrights_own: str) -> str | None:
    """Return the command of a Chromium, installing one where that asks nobody's leave."""
    if found := browsers.find_browser(playwrights_own):
        return found
    if browsers.is_root() and shutil.which("apt-get"):
        _install_from_debian()
    return browsers.find_browser(playwrights_own)


def _install_from_debian() -> None:
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium"]
    for command in (["apt-get", "update", "--quiet"], install):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(command, env=quiet, capture_output=True, check=False)
