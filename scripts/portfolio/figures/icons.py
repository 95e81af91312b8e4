"""The icon of a site: its owner's initials on the accent's colour, or a mark where there are none.

One drawing gives all: an SVG for tabs, a PNG for the home screens of phones, an ICO for the rest.
"""

import io
import unicodedata

from PIL import Image, ImageDraw
from PIL.IcoImagePlugin import IcoImageFile

from portfolio.figures.fonts import BOLD, dejavu, file_of

TOUCH = 180
_SIDE = 32
_ICO = [(16, 16), (32, 32), (48, 48)]
_FINE = 8
"""The raster is drawn so many times larger, and made small, so that edges are smooth."""
_ROUND = 7
_HIGH = 14.5
"""How high two capital letters stand on the side of 32, and how wide both are at most."""
_WIDE = 24
_LINES = ((9, 8, 23, 8), (9, 14, 23, 14), (9, 20, 18, 20))
_DOT = (22.5, 22.5, 3)
_YELLOW = "#f2c14e"


def initials_of(name: str) -> str:
    """Return the first letters of the first and last word of a name, or nothing if odd to set."""
    words = [word for word in name.split() if word[0].isalpha()]
    letters = "".join(word[0] for word in dict.fromkeys((*words[:1], *words[-1:]))).upper()
    plain = all(unicodedata.bidirectional(letter) == "L" for letter in letters)
    return letters if letters and plain and _can_be_set(letters) else ""


def svg(initials: str, ground: str, ink: str) -> bytes:
    """Return the icon as a drawing, its letters as outlines: readers lack our font."""
    drawn = _outlines(initials, ink) if initials else _mark(ink)
    frame = f'<rect width="{_SIDE}" height="{_SIDE}" rx="{_ROUND}" fill="{ground}"/>'
    start = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    return f"{start}\n{frame}\n{drawn}\n</svg>\n".encode()


def touch_icon(initials: str, ground: str, ink: str) -> bytes:
    """Return the icon for home screens, which round its corners themselves."""
    written = io.BytesIO()
    picture = _raster(initials, ground, ink, TOUCH, corner=0)
    few = picture.convert("RGB").quantize(64, dither=Image.Dither.NONE)
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def ico(initials: str, ground: str, ink: str) -> bytes:
    """Return the icon in three sizes, as browsers ask for at the root of a site."""
    written = io.BytesIO()
    large = _raster(initials, ground, ink, _ICO[-1][0], corner=_ROUND)
    large.save(written, IcoImageFile.format, sizes=_ICO)
    return written.getvalue()


def _can_be_set(letters: str) -> bool:
    font = dejavu(BOLD, 40)
    box = bytes(font.getmask("\U0010fffd"))
    return all(bytes(font.getmask(letter)) != box for letter in letters)


def _raster(initials: str, ground: str, ink: str, side: int, *, corner: int) -> Image.Image:
    fine = side * _FINE
    unit = fine / _SIDE
    picture = Image.new("RGBA", (fine, fine))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, fine - 1, fine - 1), corner * unit, fill=ground)
    if initials:
        scale, left, base = _placed(initials)
        font = dejavu(BOLD, round(scale * unit))
        draw.text((left * unit, base * unit), initials, font=font, fill=ink, anchor="ls")
    else:
        width = round(3 * unit)
        for line in _LINES:
            draw.line([x * unit for x in line], fill=ink, width=width)
        x, y, r = (part * unit for part in _DOT)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=_YELLOW)
    return picture.resize((side, side), Image.Resampling.LANCZOS)


def _placed(initials: str) -> tuple[float, float, float]:
    """Return the size of the type on a side of 32, and where the line of it begins."""
    large = 1000
    left, top, right, bottom = dejavu(BOLD, large).getbbox(initials, anchor="ls")
    scale = min(_HIGH / (bottom - top), _WIDE / (right - left)) * large
    x = _SIDE / 2 - (left + right) / 2 * scale / large
    return scale, x, _SIDE / 2 - (top + bottom) / 2 * scale / large


def _outlines(initials: str, ink: str) -> str:
    """Return the letters as one path, in the place that `_placed` gives them."""
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415  seldom needed
    from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    size, left, base = _placed(initials)
    with TTFont(file_of(BOLD)) as font:
        glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
        scale = size / font["head"].unitsPerEm
        pen = SVGPathPen(glyphs, ntos=_short)
        for letter in initials:
            glyph = glyphs[cmap[ord(letter)]]
            glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, left, base)))
            left += glyph.width * scale
    return f'<path fill="{ink}" d="{pen.getCommands()}"/>'


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _mark(ink: str) -> str:
    lines = "".join(f"M{x} {y}L{u} {v}" for x, y, u, v in _LINES)
    x, y, r = _DOT
    dot = f'<circle cx="{x}" cy="{y}" r="{r}" fill="{_YELLOW}"/>'
    return f'<path d="{lines}" stroke="{ink}" stroke-width="3"/>\n{dot}'
