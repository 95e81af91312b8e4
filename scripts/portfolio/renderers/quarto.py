"""Finding Quarto, or trying once to install it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from portfolio import children

PINNED = "1.9.38"
OLDEST = (1, 9)
_INSTALL_SECONDS = 180
_LOCK = Path(__file__).with_name("quarto.lock")
"""The package that installs Quarto, and its hash; what else it wants, it does not need here."""


def find_quarto() -> str | None:
    """Return the command of a Quarto that is new enough: in the environment, else on PATH."""
    beside_python = str(Path(sys.executable).parent)
    for path in (beside_python, os.environ.get("PATH", "")):
        command = shutil.which("quarto", path=path)
        if command and version_of(command) >= OLDEST:
            return command
    return None


def version_of(command: str) -> tuple[int, ...]:
    """Return the version of the Quarto at ``command``; empty if it does not say."""
    try:
        ran = children.run(
            [command, "--version"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = re.match(r"\d+(\.\d+)+", ran.stdout.strip())
    return tuple(map(int, found.group().split("."))) if found and not ran.returncode else ()


def install_quarto(tell: Callable[[str], None]) -> str | None:
    """Try, once for each environment, to install Quarto; return its command if that works."""
    attempted = Path(sys.prefix) / f"quarto-{PINNED}.attempted"
    if attempted.exists():
        return None
    tell(f"Quarto is not on PATH; trying to install quarto-cli {PINNED} (once)")
    with suppress(OSError):  # then it is tried again, each time
        attempted.touch()
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-input", "--retries=1", "--timeout=20"]
    command += ["--no-deps", "--require-hashes", "--requirement", str(_LOCK)]
    try:
        children.run(command, capture_output=True, timeout=_INSTALL_SECONDS, check=True)
    except (subprocess.SubprocessError, OSError):
        return None
    return find_quarto()
