"""The first page of a PDF as a picture, where pypdfium2 is installed to read it."""

import io
from functools import cache
from importlib.util import find_spec

_WIDTH = 960


@cache
def can_read() -> bool:
    """Whether what reads PDFs is installed: ``pip install quarto-portfolio[pdf]``."""
    return find_spec("pypdfium2") is not None


def first_page(pdf: bytes) -> bytes:
    """Return the upper part of a PDF's first page as PNG, in a thumbnail's proportions.

    Nothing comes back for what is no PDF, or wants a password.
    """
    import pypdfium2  # noqa: PLC0415  optional, and slow to load

    try:
        document = pypdfium2.PdfDocument(pdf)
        page = document[0]
        picture = page.render(scale=_WIDTH / max(page.get_width(), 1)).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        return b""
    written = io.BytesIO()
    upper = picture.crop((0, 0, picture.width, min(picture.height, round(picture.width * 5 / 8))))
    upper.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()
