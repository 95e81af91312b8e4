"""The tests' Chromium: one that is here, else Debian's if we may install it."""

import os
import shutil
import subprocess

from portfolio.audit import browsers


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
