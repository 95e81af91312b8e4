"""LaTeX, as bibliographies contain it, turned into Unicode text."""

import re
from functools import cache

from pylatexenc.latex2text import LatexNodes2Text

_BARE = re.compile(r"(?<!\\)[%&]")
_CONVERTER = LatexNodes2Text(math_mode="text", strict_latex_spaces=False)


@cache
def to_text(latex: str) -> str:
    """Return ``latex`` as plain text: accents composed, braces and commands gone.

    A bare percent sign or ampersand is text, as it is to those who type it into a .bib.
    """
    return " ".join(str(_CONVERTER.latex_to_text(_BARE.sub(r"\\\g<0>", latex))).split())
