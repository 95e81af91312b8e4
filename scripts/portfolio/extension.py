"""Where the engine's own copy of its Quarto extension lies, with the theme inside."""

from pathlib import Path

_HERE = Path(__file__).parent
_INSTALLED, _IN_THE_CHECKOUT = _HERE / "extension", _HERE.parents[1] / "_extensions" / "portfolio"

THEME = _INSTALLED if _INSTALLED.is_dir() else _IN_THE_CHECKOUT
"""The folder with the page's template, style sheets and scripts."""
