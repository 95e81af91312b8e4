"""The style sheets serve both directions of writing."""

import re
from pathlib import Path

import pytest

EXTENSION = Path(__file__).parents[3] / "_extensions" / "portfolio"
_SIDED = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
_SIDE = r"\s+([^\s;{}]+)"
_FOUR = re.compile(rf"(?<![\w-])(?:margin|padding|inset)\s*:{_SIDE * 4}\s*[;}}]")
_OF_FORMULAS = re.compile(r"mtd\[[^{}]*\{[^{}]*\}")


@pytest.mark.parametrize("sheet", [path.name for path in sorted(EXTENSION.glob("*.css"))])
def test_style_sheets_name_no_side(sheet):
    """What is said of start and end fits pages from right to left; formulas keep their sides."""
    css = _OF_FORMULAS.sub("", (EXTENSION / sheet).read_text(encoding="utf-8"))
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    assert _SIDED.findall(css) == []
    uneven = [sides for sides in _FOUR.findall(css) if sides[1] != sides[3]]
    assert uneven == []
