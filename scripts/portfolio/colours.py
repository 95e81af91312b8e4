"""Colours: read as CSS writes them, mixed, and held against what WCAG asks of text.

Contrast is WCAG 2's; the nearest colour is sought in OKLab (Ottosson, "A perceptual color space
for image processing", 2020), where equal steps look equal.
"""

import colorsys
import re
from collections.abc import Iterator
from functools import cache

READABLE = 4.5
"""The contrast that WCAG 2, level AA, asks of text."""
SEEN = 3.0
"""The contrast that it asks of the parts of a picture."""

Rgb = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]*)\)", re.IGNORECASE)
_STEPS = 100
_HALF = 0.501  # and a little for rounding
_LUMINANCE = (0.2126, 0.7152, 0.0722)


def parsed(text: str) -> str | None:
    """Return a colour of CSS as ``#rrggbb``; None for what is none, or lets its ground through."""
    text = text.strip()
    if _HEX.fullmatch(text):
        digits = text[1:] if len(text) > 5 else "".join(2 * digit for digit in text[1:])  # noqa: PLR2004
        return f"#{digits[:6].lower()}" if digits[6:].lower() in {"", "ff"} else None
    if found := _FUNCTION.fullmatch(text):
        return _of_function(found[1].lower(), re.split(r"[\s,/]+", found[2].strip()))
    return _named(text.lower()) if text.isalpha() else None


@cache
def _named(name: str) -> str | None:
    from PIL import ImageColor  # noqa: PLC0415  few colours are given by name

    try:
        return "#{:02x}{:02x}{:02x}".format(*ImageColor.getrgb(name))
    except ValueError:
        return None


def _of_function(kind: str, parts: list[str]) -> str | None:
    try:
        first, second, third = (float(part.removesuffix("%").removesuffix("deg")) for part in parts)
        if kind == "hsl":
            return _hex(colorsys.hls_to_rgb(first % 360 / 360, third / 100, second / 100))
        whole = 100 if parts[0].endswith("%") else 255
        return _hex((first / whole, second / whole, third / whole))
    except (ValueError, OverflowError):  # no numbers, or none that a colour has
        return None


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 to 1."""
    parts = zip(_LUMINANCE, _linear(_rgb(colour)), strict=True)
    return sum(weight * part for weight, part in parts)


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour with that ``share`` of ``other`` in it, as CSS mixes in sRGB."""
    pairs = list(zip(_rgb(one), _rgb(other), strict=True))
    red, green, blue = (a + (b - a) * share for a, b in pairs)
    return _hex((red, green, blue))


def readable(colour: str, *grounds: str, least: float = READABLE) -> str:
    """Return the nearest colour that has the contrast ``least`` to all ``grounds``, or itself.

    Hue stays, and colourfulness as far as screens can show it; black or white ends the search.
    """
    for found in _nearest(colour):
        if all(contrast(found, ground) >= least for ground in grounds):
            return found
    return max(("#000000", "#ffffff"), key=lambda end: min(contrast(end, each) for each in grounds))


def _nearest(colour: str) -> Iterator[str]:
    """Yield a colour, and those that differ from it in lightness alone, the nearest first."""
    yield colour
    light, a, b = _oklab(colour)
    scale = [step / _STEPS for step in range(_STEPS + 1)]
    for other in sorted(scale, key=lambda other: abs(other - light)):
        yield _shown(other, a, b)


def _shown(light: float, a: float, b: float) -> str:
    """Return a colour of OKLab with as much of its colourfulness as a screen has."""
    for part in (1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1):
        rgb = _from_oklab(light, a * part, b * part)
        if all(abs(value - 0.5) <= _HALF for value in rgb):
            return _hex(rgb)
    return _hex(_from_oklab(light, 0, 0))


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(255 * min(max(part, 0), 1)):02x}" for part in rgb)


def _linear(rgb: Rgb) -> Rgb:
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in rgb)  # noqa: PLR2004  sRGB's
    return red, green, blue


def _oklab(colour: str) -> Rgb:
    r, g, b = _linear(_rgb(colour))
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(light: float, a: float, b: float) -> Rgb:
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red, green, blue = (
        _encoded(part)
        for part in (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )
    )
    return red, green, blue


def _encoded(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055  # noqa: PLR2004  sRGB's
