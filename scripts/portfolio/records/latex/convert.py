"""LaTeX, as bibliographies contain it, turned into Unicode text and into safe HTML.

Pylatexenc does the reading; what is plain enough is done here, since most strings are.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape

from portfolio.records.latex.formulas import formula_html, formula_text
from portfolio.records.latex.markup import SIGNS, SIMPLE, TAGS, TILDE, converter, tagged

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SPECIAL = re.compile(r"[\\{}$~&]|--|``|''|[!?]`")
_ENTITY = re.compile(r"\\?&(#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d{0,2});")
_PIECE = re.compile(
    r"(?<!\\)\$\$(?P<a>[^$]+)\$\$"
    r"|(?<!\\)\$(?P<b>\s*(?:\\.|[^$\\])*?[\\^_](?:\\.|[^$\\])*)\$"
    r"|(?<!\\)\$(?P<f>(?!\s)[^$\\]+(?<!\s))\$(?!\d)"
    r"|\\\((?P<c>.+?)\\\)|\\\[(?P<d>.+?)\\\]"
    r"|\\ensuremath\s*\{(?P<e>(?:[^{}]|\{[^{}]*\})*)\}"
    r"|\\url\s*\{(?P<url>[^{}]*)\}",
    re.DOTALL,
)
_HREF = re.compile(r"\\href\s*\{[^{}]*\}\s*(?=\{)")
_SWITCH = re.compile(r"\{\s*\\(it|em|sl|bf|sc|tt|rm|sf)(?:shape|family|series)?(?![A-Za-z])\s*")
_SWITCHED = {"bf": r"\textbf{", "tt": r"\texttt{", "sc": "{", "rm": "{", "sf": "{"}
_COMBINING = dict(
    zip("\"'`^~=.uvHcdbkr", "\u0308\u0301\u0300\u0302\u0303\u0304\u0307\u0306\u030c\u030b\u0327"
        "\u0323\u0331\u0328\u030a", strict=True),
)  # fmt: skip
_LETTER = r"(\\[ij](?![A-Za-z])|[^\W\d_])"
_ACCENT = re.compile(
    rf"\\([\"'`^~=.])\s*(?:\{{\s*{_LETTER}\s*\}}|{_LETTER})"
    rf"|\\([uvHcdbkr])(?:\s*\{{\s*{_LETTER}\s*\}}|\s+{_LETTER})",
)
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ",
    "oe": "œ", "OE": "Œ", "i": "\u0131", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dj": "đ", "DJ": "Đ",
}  # fmt: skip
_SYMBOL = re.compile(rf"\\({'|'.join((*_LETTERS, *SIGNS))})(?![A-Za-z])(?:\s*\{{\}}|\s+)?")
_ESCAPED = re.compile(r"\\([&%_#$ ])")
_LIGATURES = (("---", "—"), ("--", "\u2013"), ("``", "“"), ("''", "”"), ("!`", "¡"), ("?`", "¿"))
_BARE = re.compile(r"(?<!\\)[%&#$]")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+\s*|.)|[{}]", re.DOTALL)
_FIRST = 0xE100
"""The private letters that stand for formulas and addresses begin here."""


def to_text(latex: str) -> str:
    """Return ``latex`` as plain text: accents composed, braces and commands gone.

    A bare percent sign or ampersand is text, as it is to those who type it into a .bib.
    """
    if not _SPECIAL.search(latex) and not _PRIVATE.search(latex):
        return " ".join(latex.split())
    told = _read(latex)
    return " ".join(_PRIVATE.sub(lambda found: told.text_of(found.group()), told.text).split())


def to_html(latex: str) -> str:
    """Return ``latex`` as HTML: text escaped, emphasis and indices kept, formulas as MathML."""
    if not _SPECIAL.search(latex) and not _PRIVATE.search(latex):
        return escape(" ".join(latex.split()))
    told = _read(latex)
    text = escape(" ".join(told.text.split()))
    return _PRIVATE.sub(lambda found: told.html_of(found.group()), text)


def formulas_in(latex: str) -> list[str]:
    """Return the formulas in ``latex``, without what marks them off."""
    return [piece for piece, is_formula in _read(latex).pieces if is_formula]


@dataclass(frozen=True)
class _Read:
    """Text in which private letters stand for tags and pieces: formulas and addresses."""

    text: str
    pieces: tuple[tuple[str, bool], ...]

    def text_of(self, letter: str) -> str:
        piece, is_formula = self._piece(letter)
        return formula_text(piece) if is_formula else piece

    def html_of(self, letter: str) -> str:
        if letter in TAGS:
            return TAGS[letter]
        piece, is_formula = self._piece(letter)
        return formula_html(piece) if is_formula else escape(piece)

    def _piece(self, letter: str) -> tuple[str, bool]:
        if letter == TILDE:
            return "~", False
        number = ord(letter) - _FIRST
        return self.pieces[number] if 0 <= number < len(self.pieces) else ("", False)


@lru_cache(maxsize=4096)
def _read(latex: str) -> _Read:
    pieces: list[tuple[str, bool]] = []

    def put_aside(found: re.Match[str]) -> str:
        formula = next((found[name] for name in "abcdef" if found[name] is not None), None)
        pieces.append((found["url"], False) if formula is None else (formula.strip(), True))
        return chr(_FIRST + len(pieces) - 1)

    latex = latex.replace(r"\^{}", r"\textasciicircum{}").replace(r"\~{}", r"\textasciitilde{}")
    latex = _ENTITY.sub(_character, _PRIVATE.sub("", latex))
    if "$" in latex or "\\" in latex:
        latex = _PIECE.sub(put_aside, _HREF.sub("", latex))
    return _Read(_plain(latex), tuple(pieces))


def _plain(latex: str) -> str:
    """Decode accents, letters and ligatures; leave to pylatexenc what has other commands."""
    text = latex
    if "\\" in text:
        text = _ESCAPED.sub("\\1", _SYMBOL.sub(_letter, _ACCENT.sub(_accented, text)))
        text = SIMPLE.sub(tagged, text) if "\\" in text else text
        if "\\" in text:
            return _with_pylatexenc(latex)
    for written, sign in _LIGATURES:
        text = text.replace(written, sign)
    return text.replace("{", "").replace("}", "").replace("~", " ")


def _with_pylatexenc(latex: str) -> str:
    latex = _SWITCH.sub(lambda found: _SWITCHED.get(found[1], r"\emph{"), latex)
    latex = _BARE.sub(r"\\\g<0>", latex)
    try:
        return str(converter().latex_to_text(latex))
    except (IndexError, ValueError, TypeError, AttributeError, RecursionError):
        return _COMMAND.sub("", latex)


def _accented(found: re.Match[str]) -> str:
    accent = found[1] or found[4]
    letter = str(found[2] or found[3] or found[5] or found[6]).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + _COMBINING[accent])


def _letter(found: re.Match[str]) -> str:
    return _LETTERS.get(found[1]) or SIGNS[found[1]]


def _character(found: re.Match[str]) -> str:
    """Return the character that an HTML entity stands for, which publishers leave in fields."""
    character = unescape(f"&{found[1]};")
    return found.group() if character == f"&{found[1]};" else _PRIVATE.sub("", character)
