"""Pylatexenc, taught to keep emphasis and indices, and the journals that ADS abbreviates."""

import logging
import re
from functools import cache

from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)
from pylatexenc.latexwalker import LatexWalker
from pylatexenc.latexwalker import get_default_latex_context_db as get_walker_db
from pylatexenc.macrospec import std_macro

from portfolio.records.latex.journals import JOURNALS

_TAG_OF = {
    "emph": "em",
    "textit": "em",
    "textsl": "em",
    "mkbibemph": "em",
    "textbf": "strong",
    "textsuperscript": "sup",
    "textsubscript": "sub",
    "texttt": "code",
}
_NAMES = tuple(dict.fromkeys(_TAG_OF.values()))
_OPEN = {name: chr(0xE000 + number) for number, name in enumerate(_NAMES)}
_CLOSE = {name: chr(0xE010 + number) for number, name in enumerate(_NAMES)}
_ALONE = ("textsc", "textrm", "textsf", "textup", "textmd", "text", "mbox", "enquote")
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # broken LaTeX is shown as it can be

TAGS = {_OPEN[name]: f"<{name}>" for name in _NAMES} | {
    _CLOSE[name]: f"</{name}>" for name in _NAMES
}
"""The private letters that stand for tags in converted text, and those tags."""

TILDE = "\uf8ff"
"""The private letter that stands for a tilde that is one, not a space."""

SIGNS = {
    "textless": "<",
    "textgreater": ">",
    "textasciicircum": "^",
    "textasciitilde": TILDE,
    "textunderscore": "_",
    "textbar": "|",
    "textquotesingle": "'",
    "textmu": "µ",
    "textdegree": "°",
}
"""Commands that reference managers write for signs."""

SIMPLE = re.compile(rf"\\({'|'.join((*_TAG_OF, *_ALONE))})\{{([^{{}}\\]*)\}}")
"""A command around plain text, which needs no parser."""


def tagged(found: re.Match[str]) -> str:
    """Return what `SIMPLE` has found with private letters in the command's place."""
    name = _TAG_OF.get(found[1])
    return f"{_OPEN[name]}{found[2]}{_CLOSE[name]}" if name else found[2]


class Converter:
    """LaTeX to text in which the private letters of `TAGS` mark what is emphasised or raised."""

    def __init__(self) -> None:
        macros = [
            MacroTextSpec(macro, f"{_OPEN[name]}%s{_CLOSE[name]}")
            for macro, name in _TAG_OF.items()
        ]
        macros += [MacroTextSpec(macro, "%s") for macro in _ALONE]
        macros += [MacroTextSpec(macro, sign) for macro, sign in SIGNS.items()]
        macros += [MacroTextSpec(macro, journal) for macro, journal in JOURNALS.items()]
        self._text = get_default_latex_context_db()
        self._text.add_context_category("portfolio", prepend=True, macros=macros)
        self._walker = get_walker_db()
        arguments = [std_macro(macro, "{") for macro in (*_TAG_OF, *_ALONE)]
        arguments += [std_macro(macro, "") for macro in JOURNALS]
        self._walker.add_context_category("portfolio", prepend=True, macros=arguments)

    def latex_to_text(self, latex: str) -> str:
        """Convert ``latex``, unclosed braces and unknown commands included."""
        walker = LatexWalker(latex, latex_context=self._walker, tolerant_parsing=True)
        nodes, _, _ = walker.get_latex_nodes()
        text = LatexNodes2Text(self._text, math_mode="text", strict_latex_spaces=False)
        return str(text.nodelist_to_text(nodes))


@cache
def converter() -> Converter:
    """Return the one converter; making it takes a while."""
    return Converter()
