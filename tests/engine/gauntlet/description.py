"""A small site as its description tells it, and that site on disk.

``about`` is one sentence; ``settings`` are laid over those of the base site, and ``files`` over its
files. A file is its text, ``null`` where the base's is to be away, or a mapping: ``base64``,
``json``, ``copy`` (a path from the repository's root), or ``text`` with an ``encoding``, or once
for each NUMBER ``from`` one ``to`` another.
"""

import base64
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

GAUNTLET = Path(__file__).parent
ROOT = GAUNTLET.parents[2]
EXTENSION = Path("_extensions", "portfolio")
_KNOWN = {"about", "settings", "files", "expect", "folder", "line_ends", "quarto", "long", "fault"}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Description:
    """A site: its settings and files, what must come of it, and how it is to be made.

    ``quarto`` names the site that Quarto makes of this one and all others that name it, for its
    renders take long. ``fault`` says why it does not come out as it should yet.
    """

    name: str
    about: str
    settings: dict[str, Any]
    files: dict[str, Any]
    expect: dict[str, Any]
    folder: str = "site"
    line_ends: str = "\n"
    quarto: str = ""
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


def together(sites: Iterable[Description]) -> Description:
    """Return one site that is about all that these are about, and of which all is expected.

    Raises ValueError if two of them say different things of the same file or setting.
    """
    one, *others = sites
    base = _told(GAUNTLET / "base.yml")
    for other in others:
        one = Description(
            f"{one.name}+{other.name}",
            about=f"{one.about} {other.about}",
            settings=_both(one.settings, other.settings, base["settings"], one.name),
            files=_both(one.files, other.files, base["files"], one.name),
            expect=_all_expected(one.expect, other.expect),
            folder=_both(one.folder, other.folder, "site", one.name),
            line_ends=_both(one.line_ends, other.line_ends, "", one.name),
            quarto=one.quarto,
        )
    return one


def _both(one: Any, other: Any, base: Any, name: str) -> Any:
    """Return what two say of the same thing, where either says no more than the base."""
    if other in (one, base):
        return one
    if one == base:
        return other
    if isinstance(one, dict) and isinstance(other, dict):
        base = base if isinstance(base, dict) else {}
        keys = dict.fromkeys(chain(one, other))
        absent = (base.get(key) for key in keys)
        return {
            key: _both(one.get(key, without), other.get(key, without), without, f"{name}: {key}")
            for key, without in zip(keys, absent, strict=True)
        }
    raise ValueError(f"{name}: two sites that Quarto makes together say different things")


def _all_expected(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        return one | {
            key: _all_expected(one[key], more) if key in one else more
            for key, more in other.items()
        }
    if isinstance(one, list) and isinstance(other, list):
        return [*one, *(each for each in other if each not in one)]
    return _both(one, other, None, "expect")


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
    base, told = _told(GAUNTLET / "base.yml"), _told(path)
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


@cache
def _told(path: Path) -> dict[str, Any]:
    """Return what a file tells, which nobody is to change."""
    return yaml.load(path.read_bytes(), _LOADER)  # noqa: S506  it is PyYAML's safe one, in C


def over(base: Any, more: Any) -> Any:
    """Lay ``more`` over ``base``, mapping by mapping; null takes a key away."""
    if not isinstance(base, dict) or not isinstance(more, dict):
        return more
    whole = base | {key: over(base.get(key), value) for key, value in more.items()}
    return {key: value for key, value in whole.items() if value is not None}
