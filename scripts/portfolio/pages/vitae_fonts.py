"""The fonts of a CV's sheets: the brand's where it has files of them, ours, and others at need.

What a sheet says decides: letters that none of ours has are set from the fonts of the system.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portfolio.figures.fonts import SERIF as DEJAVU
from portfolio.figures.fonts import file_of
from portfolio.files import write
from portfolio.pages.portfolio import Portfolio

SERIF, SANS = "Libertinus Serif", "DejaVu Sans"
"""What Typst carries within itself, and what Matplotlib brings: Arabic and Armenian too."""
_UNPACKED = ".portfolio/fonts"
_WIDE = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Serif CJK JP", "Noto Sans CJK JP",
         "Source Han Serif SC", "SimSun", "Songti SC", "Hiragino Mincho ProN", "Yu Mincho",
         "Noto Sans Devanagari", "Noto Sans Thai", "Noto Sans")  # fmt: skip
_OTHERS = ((0x0530, 0x058F), (0x0590, 0x06FF), (0xFB13, 0xFEFF))


@dataclass(frozen=True)
class Fonts:
    """Families in the order of choice, folders to look in, and whether the system's are needed."""

    families: list[str]
    folders: list[Path]
    of_system: bool


def fonts_for(here: Portfolio, text: str) -> Fonts:
    """Return the fonts for a text."""
    own, folders = _of_brand(here)
    families = [*own, SERIF, SANS]
    strange = any(not _is_ours(letter) for letter in set(text))
    return Fonts(families + list(_WIDE) * strange, [*folders, file_of(DEJAVU).parent], strange)


def _is_ours(letter: str) -> bool:
    code = ord(letter)
    if code < 0x0530 or 0x1E00 <= code < 0x2C00:  # noqa: PLR2004  Latin, Greek, Cyrillic; signs
        return True
    return any(first <= code <= last for first, last in _OTHERS)


def _of_brand(here: Portfolio) -> tuple[list[str], list[Path]]:
    """Return the families of the brand that it has files of, unpacked for Typst."""
    families: dict[str, None] = {}
    folder = here.root / _UNPACKED
    first = here.brand.base.family.partition(",")[0].strip('" ')
    for font in here.brand.fonts:
        for data, name in _unpacked(font.path):
            write(folder / name, data)
        if font.family == first:
            families[font.family] = None
    return list(families), [folder] if families else []


def _unpacked(path: Path) -> Iterator[tuple[bytes, str]]:
    """Yield a font as TrueType or OpenType; nothing for one that cannot be unpacked here."""
    if path.suffix.lower() in {".ttf", ".otf"}:
        yield path.read_bytes(), path.name
        return
    import io  # noqa: PLC0415
    from importlib.util import find_spec  # noqa: PLC0415

    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415  seldom needed

    if path.suffix.lower() == ".woff2" and find_spec("brotli") is None:
        return
    try:
        font = TTFont(path)
    except (TTLibError, OSError):
        return
    font.flavor = None
    data = io.BytesIO()
    font.save(data, reorderTables=None)
    yield data.getvalue(), f"{path.stem}.ttf"
