"""The lock of a site: every package that it needs, in one version, with its hashes.

A new site has the engine's own lock, which needs no resolver. Once the owner's packages are added
uv resolves them, with the engine's versions kept.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

from portfolio import children
from portfolio.files import write
from portfolio.journal import scratch
from portfolio.refusal import Refusal
from portfolio.shipped import DISTRIBUTION, LOCK
from portfolio.starting import pin, starter

_SECONDS = 600
_FOR = ("--universal", "--python-version", "3.11")
_WRITTEN = ("--generate-hashes", "--no-header", "--no-annotate", "--quiet")
_NO_ADDRESS = ("--no-emit-index-url", "--no-emit-find-links")


def lock(root: Path) -> None:
    """Write ``requirements.lock`` of what ``requirements.txt`` names; raise Refusal if that fails.

    The engine itself is left out: it has a pin, and where it comes from a folder or from git it
    has no hash.
    """
    if not find_spec("uv"):
        raise Refusal("uv", "it is not here", "type `python -m pip install uv`")
    with scratch(root) as aside:
        made = aside / starter.LOCK_FILE
        command = [sys.executable, "-m", "uv", "pip", "compile", pin.FILE, *_FOR, *_WRITTEN]
        command += ["--constraint", str(LOCK), "--no-emit-package", DISTRIBUTION]
        command += ["--output-file", str(made), *_NO_ADDRESS]
        ran = children.run(
            command,
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
        if ran.returncode:
            said = ran.stderr.strip().split("\n")[-1]
            raise Refusal(root / pin.FILE, f"uv cannot resolve it ({said})", "correct the file")
        write(root / starter.LOCK_FILE, _with_what_builds(made.read_bytes()))


def _with_what_builds(made: bytes) -> bytes:
    """Keep what the engine's own lock has beyond its needs, which builds an engine from source."""
    names = {entry.partition(b"==")[0] for entry in _entries(made)}
    more = [e for e in _entries(LOCK.read_bytes()) if e.partition(b"==")[0] not in names]
    return b"".join(sorted([*_entries(made), *more]))


def _entries(lock: bytes) -> list[bytes]:
    """Return the entries of a lock, each with the lines of its hashes."""
    entries: list[bytes] = []
    for line in lock.splitlines(keepends=True):
        if line[:1].isspace() and entries:
            entries[-1] += line
        elif line.strip():
            entries.append(line)
    return entries
