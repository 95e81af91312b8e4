"""The pin: the one line of ``requirements.txt`` that says which engine a site uses, and whence.

What pip noted of an installation's origin is PEP 610's ``direct_url.json``; what it had from an
index it notes nothing of.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from portfolio import texts
from portfolio.refusal import Refusal
from portfolio.shipped import DISTRIBUTION, version

FILE = "requirements.txt"
_EXTRAS = "[audit]"
NAMED = f"{DISTRIBUTION}{_EXTRAS}"


@dataclass(frozen=True)
class Pin:
    """A requirement on the engine: its line, and the line's number where it stands in a file."""

    requirement: str
    line: int = 0

    @property
    def version(self) -> str:
        """The version, where the engine comes from an index."""
        specifiers = list(Requirement(self.requirement).specifier)
        return specifiers[0].version if len(specifiers) == 1 else ""

    @property
    def url(self) -> str:
        """Where the engine comes from, where that is no index."""
        return Requirement(self.requirement).url or ""

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the engine."""
        return urlsplit(self.url.removeprefix("git+")).scheme == "file"


def of_this_engine() -> Pin:
    """Return the pin of the engine that is running: where it was installed from."""
    noted = metadata.distribution(DISTRIBUTION).read_text("direct_url.json")
    return Pin(_from_note(json.loads(noted)) if noted else f"{NAMED}=={version()}")


def named(where: str, folder: Path) -> Pin:
    """Return the pin that somebody names: a version, a path from ``folder``, or an address.

    Raises Refusal if it is none of these.
    """
    try:
        return Pin(f"{NAMED}=={Version(where.removeprefix('=='))}")
    except InvalidVersion:
        pass
    path = folder / Path(where).expanduser()
    if path.exists():
        return Pin(f"{NAMED} @ {path.resolve().as_uri()}")
    if re.match(r"(git\+)?(https?|ssh|file)://\S+$", where):
        return Pin(f"{NAMED} @ {where}")
    what = "this is no version, no file or folder that is there, and no address"
    raise Refusal(f"engine {where}", what, "write 0.2.0, a path, or git+https://...@<commit>")


def read(root: Path) -> Pin | None:
    """Return the pin of the site at ``root``; None if it has none."""
    path = root / FILE
    lines = texts.read(path).text.split("\n") if path.is_file() else []
    for number, line in enumerate(lines, 1):
        try:
            found = Requirement(line.partition(" #")[0].strip())
        except InvalidRequirement:
            continue
        if canonicalize_name(found.name) == DISTRIBUTION:
            return Pin(str(found), number)
    return None


def alike(new: Pin, old: Pin) -> Pin:
    """Return the new pin with the extras of the old one."""
    extras = ",".join(sorted(Requirement(old.requirement).extras))
    return Pin(new.requirement.replace(_EXTRAS, f"[{extras}]" if extras else "", 1), old.line)


def moved(text: str, pin: Pin) -> str:
    """Return the text of ``requirements.txt`` with ``pin`` on its line; line ends stay."""
    lines = text.split("\n")
    lines[pin.line - 1] = pin.requirement + "\r" * lines[pin.line - 1].endswith("\r")
    return "\n".join(lines)


def _from_note(note: Mapping[str, Any]) -> str:
    url = str(note["url"])
    if "vcs_info" in note:
        how = note["vcs_info"]
        return f"{NAMED} @ {how['vcs']}+{url}@{how['commit_id']}{_below(note)}"
    archive = note.get("archive_info", {})
    digest = archive.get("hashes", {}).get("sha256") or archive.get("hash", "").rpartition("=")[2]
    return f"{NAMED} @ {url}" + (f"#sha256={digest}" if digest else "")


def _below(note: Mapping[str, Any]) -> str:
    folder = note.get("subdirectory")
    return f"#subdirectory={folder}" if folder else ""
