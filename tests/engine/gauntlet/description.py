"""A small site as its description tells it, and that site on disk.

``about`` is one sentence; ``settings`` are laid over those of the base site, and ``files`` over its
files. A file is its text, ``null`` where the base's is to be away, or a mapping: ``base64``,
``json``, ``copy`` (a path from the repository's root), or ``text`` with an ``encoding``, or once
for each NUMBER ``from`` one ``to`` another.
"""

import base64
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

GAUNTLET = Path(__file__).parent
ROOT = GAUNTLET.parents[2]
EXTENSION = Path("_extensions", "portfolio")
_KNOWN = {"about", "settings", "files", "expect", "folder", "line_ends", "quarto", "long", "fault"}


@dataclass(frozen=True)
class Description:
    """A site: its settings and files, what must come of it, and how it is to be made.

    ``fault`` says why it does not come out as it should yet.
    """

    name: str
    about: str
    settings: dict[str, Any]
    files: dict[str, Any]
    expect: dict[str, Any]
    folder: str = "site"
    line_ends: str = "\n"
    quarto: bool = False
    long: bool = False
    fault: str = ""

    def write(self, folder: Path) -> Path:
        """Make the site in a new folder below ``folder``; return the site's."""
        root = folder / self.folder
        shutil.copytree(ROOT / EXTENSION, root / EXTENSION)
        settings = yaml.safe_dump(self.settings, allow_unicode=True, sort_keys=False)
        for name, told in {"_quarto.yml": settings, **self.files}.items():
            path = root / name
            if told is None:
                path.unlink(missing_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content(told, self.line_ends))
        return root


def read_descriptions() -> list[Description]:
    """Return the sites of the gauntlet by name, each laid over the base site."""
    return [read_description(path) for path in sorted((GAUNTLET / "sites").glob("*.yml"))]


def content(told: Any, line_ends: str = "\n") -> bytes:
    """Return a file's bytes from what its description tells."""
    if isinstance(told, str):
        return told.replace("\n", line_ends).encode()
    if "base64" in told:
        return base64.b64decode(told["base64"])
    if "json" in told:
        return json.dumps(told["json"]).encode()
    if "copy" in told:
        return (ROOT / told["copy"]).read_bytes()
    numbers = range(told.get("from", 1), told.get("to", 1) + 1)
    text = "".join(told["text"].replace("NUMBER", str(number)) for number in numbers)
    return text.replace("\n", line_ends).encode(told.get("encoding", "utf-8"))


def read_description(path: Path) -> Description:
    """Return the site that a file describes, laid over the base site."""
    base = yaml.safe_load((GAUNTLET / "base.yml").read_text(encoding="utf-8"))
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    unknown = told.keys() - _KNOWN
    if unknown:
        raise ValueError(f"{path.name}: no description has {', '.join(sorted(unknown))}")
    settings = over(base["settings"], told.get("settings", {}))
    files = base["files"] | told.get("files", {})
    expect = told.get("expect", {})
    if "refuses" not in expect:
        expect = base["expect"] | expect
    rest = {key: told[key] for key in told.keys() - {"settings", "files", "expect"}}
    return Description(path.stem, settings=settings, files=files, expect=expect, **rest)


def over(base: Any, more: Any) -> Any:
    """Lay ``more`` over ``base``, mapping by mapping; null takes a key away."""
    if not isinstance(base, dict) or not isinstance(more, dict):
        return more
    whole = base | {key: over(base.get(key), value) for key, value in more.items()}
    return {key: value for key, value in whole.items() if value is not None}
