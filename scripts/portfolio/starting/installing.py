"""Installing another engine into this environment, and finding the newest one."""

import json
import subprocess
import sys
from dataclasses import dataclass

from portfolio import children
from portfolio.refusal import Refusal
from portfolio.shipped import DISTRIBUTION
from portfolio.starting.pin import NAMED, Pin

_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input")
_ASKING_SECONDS, _INSTALLING_SECONDS = 60, 900


def newest(pin: Pin) -> Pin | None:
    """Return the newest engine where this one came from; None where that cannot be told."""
    if pin.version:
        dry = ("install", "--quiet", "--dry-run", "--no-deps", "--upgrade", "--report", "-")
        said = _answer([*_PIP, *dry, DISTRIBUTION])
        found = json.loads(said)["install"] if said else []
        return Pin(f"{NAMED}=={found[0]['metadata']['version']}") if found else None
    source = _Source.of(pin)
    said = _answer(["git", "ls-remote", source.address, "HEAD"]) if source else ""
    return Pin(f"{NAMED} @ git+{source.address}@{said.split()[0]}") if source and said else None


def install(pin: Pin) -> None:
    """Install an engine here; raise Refusal, with pip's own words, if that does not work."""
    command = [*_PIP, "install", "--quiet", "--upgrade", pin.requirement]
    ran = children.run(
        command,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=_INSTALLING_SECONDS,
        check=False,
    )
    if ran.returncode:
        said = ran.stderr.strip().split("\n")[-1]
        raise Refusal(pin.requirement, f"it cannot be installed ({said})", "nothing was changed")


@dataclass(frozen=True)
class _Source:
    """A git repository that an engine was installed from."""

    address: str

    @classmethod
    def of(cls, pin: Pin) -> "_Source | None":
        """Return it without its commit; None for a pin of another kind."""
        if not pin.url.startswith("git+"):
            return None
        address = pin.url.removeprefix("git+").partition("#")[0]
        head, mark, tail = address.rpartition("@")
        return cls(head if mark and "/" not in tail else address)


def _answer(command: list[str]) -> str:
    """Return what a command says; nothing if it fails."""
    try:
        ran = children.run(
            command,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_ASKING_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if ran.returncode else ran.stdout
