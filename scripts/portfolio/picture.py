"""Pictures as anybody may bring them: how large they are, and why one cannot be shown.

Pillow reads them, with few formats and a bound on pixels: a small file may hold gigabytes of them.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.drawing import DrawingError, read_size

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF", "BMP", "TIFF")
"""What browsers show, or people name so; others, such as EPS, would start programs."""
MOST_PIXELS = 64_000_000
_TURNED = range(5, 9)
_ORIENTATION = 0x0112
SUFFIXES = frozenset({".svg", ".svgz", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"})


class PictureError(Exception):
    """A picture cannot be shown: says why, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}: {remedy}")
        self.what = what
        self.remedy = remedy


def size_of(path: Path) -> tuple[int, int] | None:
    """Return a picture's width and height in CSS pixels; None where its file does not tell."""
    try:
        if path.suffix.lower() == ".svg":
            return read_size(path.read_bytes())
        with _found(io.BytesIO(path.read_bytes())) as picture, _reading():
            turned = picture.getexif().get(_ORIENTATION) in _TURNED
            width, height = picture.size
            return (height, width) if turned else (width, height)
    except (OSError, PictureError, DrawingError):
        return None


def decoded(data: bytes, *, at_least: tuple[int, int], paper: str = "white") -> "Image":
    """Return a picture in colour and upright, on ``paper`` where it is transparent.

    A large one is read smaller, but not smaller than ``at_least``, where its format can be. Raises
    PictureError for what is no picture, is damaged, or has too many pixels.
    """
    from PIL import Image  # noqa: PLC0415  seldom needed

    layers = layered(data, at_least=at_least)
    ground = Image.new("RGBA", layers.size, paper)
    return Image.alpha_composite(ground, layers).convert("RGB")


def layered(data: bytes, *, at_least: tuple[int, int]) -> "Image":
    """Return a picture likewise, but as transparent as it is."""
    from PIL import ImageOps  # noqa: PLC0415  seldom needed

    with _found(io.BytesIO(data)) as picture:
        with _reading():
            picture.draft("RGB", at_least)
        if picture.width * picture.height > MOST_PIXELS:
            what = f"it has {picture.width} by {picture.height} pixels"
            raise PictureError(what, f"make it smaller: {MOST_PIXELS // 10**6} million are enough")
        with _reading():
            picture.load()
            plain = _in_eight_bits(picture) if picture.mode[0] in "IF" else picture.convert("RGBA")
            factor = min(size // least for size, least in zip(plain.size, at_least, strict=True))
            small = plain.reduce(factor) if factor > 1 else plain
            return ImageOps.exif_transpose(small).convert("RGBA")


def _in_eight_bits(picture: "Image") -> "Image":
    """Return greys of 16 bits or of any scale as greys of eight."""
    greys = picture.convert("F")
    low, high = (float(str(limit)) for limit in greys.getextrema())
    if picture.mode != "F":
        low, high = 0, 65535 if high > 255 else 255  # noqa: PLR2004  what eight bits hold
    scale = 255 / ((high - low) or 1)
    return greys.point(lambda grey: grey * scale - low * scale).convert("L")


def fault_of(path: Path) -> PictureError | None:
    """Return why browsers cannot show the picture at ``path``, or None where they can."""
    try:
        data = path.read_bytes()
        if path.suffix.lower() == ".svgz":
            return PictureError("browsers do not unpack it", "publish it as .svg")
        if path.suffix.lower() == ".svg":
            read_size(data, whole=True)
        else:
            decoded(data, at_least=(1, 1))
    except OSError as error:
        return PictureError(f"it cannot be read ({error.strerror})", "mend it, or remove it")
    except DrawingError as error:
        return PictureError(str(error), "save it again")
    except PictureError as error:
        return error
    return None


def _found(file: io.BytesIO) -> "Image":
    """Open a picture without reading its pixels; raise PictureError if it is none."""
    from PIL import (  # noqa: PLC0415
        AvifImagePlugin,  # noqa: F401  Pillow loads all its forty formats to find one of these
        Image,
        TiffImagePlugin,  # noqa: F401
        UnidentifiedImageError,
        WebPImagePlugin,  # noqa: F401
    )

    try:
        with _reading():
            return Image.open(file, formats=_FORMATS)
    except Image.DecompressionBombError:
        what = "it has far too many pixels"
        raise PictureError(what, f"{MOST_PIXELS // 10**6} million are enough") from None
    except UnidentifiedImageError:
        what = "it is no picture that we know"
        raise PictureError(what, "save it as PNG, JPEG, WebP or SVG") from None


@contextmanager
def _reading() -> Iterator[None]:
    """Let Pillow read, whose readers of formats raise and warn of what they like."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (Image.DecompressionBombError, UnidentifiedImageError):
        raise
    except Exception as error:
        raise PictureError(f"it is damaged ({_said(error)})", "save it again") from error


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:60] or type(error).__name__
