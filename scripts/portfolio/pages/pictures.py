"""How large pictures are that a page shows, so that it can keep their room free."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from PIL import Image

_LENGTH = re.compile(r"\s*(\d+(?:\.\d*)?|\.\d+)\s*(px|pt|pc|in|mm|cm|)\s*")
_PIXELS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "in": 96, "mm": 96 / 25.4, "cm": 96 / 2.54}


def size_of(path: Path) -> tuple[int, int] | None:
    """Return a picture's width and height in CSS pixels; None where its file does not tell."""
    try:
        return _of_drawing(path) if path.suffix.lower() == ".svg" else _of_pixels(path)
    except (OSError, ValueError, ET.ParseError, Image.DecompressionBombError):
        return None


def _of_pixels(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def _of_drawing(path: Path) -> tuple[int, int] | None:
    """Return what a drawing says of itself; what it leaves out follows from its view box."""
    root = ET.parse(path).getroot()  # noqa: S314  the owner's own
    box = [
        float(number) for number in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if number
    ]
    across, down = box[2:] if len(box) == 4 else (0, 0)  # noqa: PLR2004  a corner and two sides
    width, height = (_pixels(root.get(side, "")) for side in ("width", "height"))
    if across and down:
        if not width and not height:
            width, height = across, down
        width = width or (height or 0) * across / down
        height = height or width * down / across
    return (round(width), round(height)) if width and height else None


def _pixels(length: str) -> float | None:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _PIXELS[found[2]] if found else None
