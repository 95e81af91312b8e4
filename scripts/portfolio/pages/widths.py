"""Widths that authors give to pictures: ``{width=200}``, ``{width=50%}`` or ``{width=3in}``.

Renderers write lengths as styles, which the policy of our pages does not let in: here they become
pixels of CSS (CSS Values 4, section 6.2), and shares of the column.
"""

import re

COLUMN = 714
"""Pixels: the measure of the text, 42rem."""
_GIVEN = re.compile(r'\s(?:width="(\d+(?:\.\d+)?)(px|%)?"|style="width:\s*([\d.]+)([a-z%]+);?")')
_PIXELS = {"": 1.0, "px": 1.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "pt": 4 / 3}
_PIXELS |= {"pc": 16.0, "em": 17.0, "rem": 17.0, "%": COLUMN / 100}
_CLASS = re.compile(r'\sclass="([^"]*)"')
_NATURAL = 720


def given(tag: str) -> int:
    """Return the pixels that the author of a picture gave it, or nothing where none are given."""
    found = _GIVEN.search(tag)
    if not found or " height=" in tag:
        return 0
    number, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
    return round(float(number) * _PIXELS.get(unit or "", 0))


def narrowed(tag: str, width: int, size: tuple[int, int]) -> str:
    """Return a picture of ``size`` as wide as its author wants it, and as tall as that makes it."""
    tag = _classed(_GIVEN.sub("", tag), "sized")
    height = max(1, round(width * size[1] / size[0]))
    return re.sub(r"\s*/?>$", f' width="{width}" height="{height}">', tag)


def sized(tag: str, size: tuple[int, int]) -> str:
    """Return a picture with its own size, which takes the whole column where it is wide."""
    tag = _classed(tag, "wide") if size[0] > _NATURAL else tag
    return re.sub(r"\s*/?>$", f' width="{size[0]}" height="{size[1]}">', tag)


def _classed(tag: str, name: str) -> str:
    if _CLASS.search(tag):
        return _CLASS.sub(lambda said: f' class="{said[1]} {name}"', tag, count=1)
    return tag.replace("<img", f'<img class="{name}"', 1)
