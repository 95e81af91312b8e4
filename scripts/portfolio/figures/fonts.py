"""Fonts for text of any script: DejaVu, which comes with matplotlib, else one of this machine's.

Text that no font can set whole is not set at all: boxes in place of letters say nothing.
"""

import os
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont, features

SERIF, SANS, BOLD = "DejaVuSerif", "DejaVuSans", "DejaVuSans-Bold"
_EASTERN = ("NotoSansCJK-Regular", "NotoSerifCJK-Regular", "SourceHanSans", "PingFang",
            "Hiragino Sans GB", "msyh", "YuGoth", "malgun", "wqy-microhei")  # fmt: skip
_OF_SCRIPT = dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"), _EASTERN)
_ANY = ("Arial Unicode", "NotoSans-Regular", "segoeui", "tahoma", "arial")
_SUFFIXES = {".ttf", ".ttc", ".otf"}
_SHAPED = {"R", "AL"}
_NOTHING = "\U0010fffd"
"""A letter that no font has: in its place stands the box of a font."""


def font_for(text: str, points: int, *, name: str = SERIF) -> ImageFont.FreeTypeFont | None:
    """Return a font that can set all of ``text``, or None where this machine has none such."""
    needs_shaping = any(map(_is_shaped, set(text)))
    if needs_shaping and not (features.check("raqm") and features.check("fribidi")):
        return None
    for own in () if needs_shaping else (dejavu(name, points), dejavu(SANS, points)):
        if _has_all(own, text):
            return own
    for path in _candidates(text):
        font = _loaded(path, points)
        if font and _has_all(font, text):
            return font
    return None


@cache
def dejavu(name: str, points: int) -> ImageFont.FreeTypeFont:
    """Return a font of DejaVu's, without loading matplotlib, which it comes with."""
    return ImageFont.truetype(file_of(name), points)


def file_of(name: str) -> Path:
    """Return the file of a font of DejaVu's."""
    package = find_spec("matplotlib")
    folder = Path(str(package.origin if package else "")).parent
    return folder / "mpl-data" / "fonts" / "ttf" / f"{name}.ttf"


def _candidates(text: str) -> Iterator[Path]:
    """Yield the fonts of this machine that were made for the scripts of ``text``."""
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in set(text)}
    for script in sorted(scripts - {"LATIN", "DIGIT", "SPACE"}):
        own = (f"NotoSans{script.title()}-Regular", f"Noto{script.title()}-Regular",
               f"NotoNaskh{script.title()}-Regular")  # fmt: skip
        for wanted in (*_OF_SCRIPT.get(script, own), *_ANY):
            yield from (path for stem, path in _installed() if stem.startswith(wanted.lower()))


@cache
def _installed() -> tuple[tuple[str, Path], ...]:
    """Return the fonts of this machine: names in small letters, and files, in order."""
    folders = (folder for folder in _folders() if folder.is_dir())
    found = (path for folder in folders for path in folder.rglob("*"))
    fonts = (path for path in found if path.suffix.lower() in _SUFFIXES)
    return tuple(sorted((path.stem.lower(), path) for path in fonts))


def _folders() -> Iterator[Path]:
    """Yield where systems keep their fonts."""
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"))
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@cache
def _loaded(path: Path, points: int) -> ImageFont.FreeTypeFont | None:
    try:
        return ImageFont.truetype(path, points)
    except OSError:
        return None


def _is_shaped(letter: str) -> bool:
    """Whether a letter is turned, joined or put over others."""
    return unicodedata.bidirectional(letter) in _SHAPED or bool(unicodedata.combining(letter))


def _has_all(font: ImageFont.FreeTypeFont, text: str) -> bool:
    return all(_has(font, letter) for letter in set(text) if not _is_unseen(letter))


def _is_unseen(letter: str) -> bool:
    """Whether a letter leaves no mark of its own: blanks, marks over others, and what joins."""
    return letter.isspace() or unicodedata.category(letter) in {"Cf", "Mn", "Me"}


@lru_cache(maxsize=65536)
def _has(font: ImageFont.FreeTypeFont, letter: str) -> bool:
    if letter.isascii() and font.getname()[0] == "DejaVu Serif":
        return True
    mask, box = font.getmask(letter), font.getmask(_NOTHING)
    return (mask.size, bytes(mask)) != (box.size, bytes(box))
