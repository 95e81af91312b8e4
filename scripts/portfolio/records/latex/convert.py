"""LaTeX, as bibliographies contain it, turned into Unicode text and into safe HTML."""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from portfolio.records.latex.entities import decoded
from portfolio.records.latex.formulas import formula_html, formula_text
from portfolio.records.latex.marked import as_html, as_written, sign_of, unmarked
from portfolio.records.latex.reader import Reader

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_INVISIBLE = re.compile("[\u00ad\u2060\ufeff]|(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b")
_SPECIAL = re.compile(
    "[-'\"\\\\{}$~&`<\u00ad\u200b\u2060\ufeff\ue000-\uf8ff]"
    "(?:(?<=[^-'\"])|(?<=-)-|(?<=')'|(?<=[a-zA-Z]\")[aouAOUs=])"
)
"""What plain text does not have; it begins with all of it for the sake of speed."""

_PIECE = re.compile(
    r"\$(?<!\\\$)(?:\$(?P<a>[^$]+)\$\$"
    r"|(?P<b>(?=[^$\\^_]*+[\\^_])(?:\\.|[^$\\])*+)\$"
    r"|(?P<f>(?!\s)[^$\\]+(?<!\s))\$(?!\d))"
    r"|\\(?:\((?P<c>(?:(?!\\\().)+?)\\\)|\[(?P<d>(?:(?!\\\[).)+?)\\\]"
    r"|ensuremath\s*\{(?P<e>(?:[^{}]|\{[^{}]*\})*)\}"
    r"|(?:url|nolinkurl|path)\s*\{(?P<url>(?:[^{}]|\{[^{}]*\})*)\})",
    re.DOTALL,
)
_HREF = re.compile(r"\\href\s*\{[^{}]*\}\s*(?=\{)")
_IF_IN_FORMULA = re.compile(
    r"\\ifmmode\b(?:(?!\\(?:else|fi|ifmmode)\b).)*+"
    r"(?:\\else\b\s*((?:(?!\\(?:fi|ifmmode)\b).)*+))?\\fi\b\s*(?:\{\})?"
)
_GERMAN_HYPHEN = re.compile(r"(?<=[^\W\d_])\"=(?=[^\W\d_])")
_ESCAPED_QUOTES = re.compile(r"(^|[\s(])\\\"(?=[A-Za-z])([^\"\\]*)\\\"(?![A-Za-z{\\])")
_ESCAPED = re.compile(r"\\([_%&#~$])|[{}]")
_FIRST, _LAST = 0xE100, 0xF8EF
"""The private letters that stand for formulas and addresses; more of them stay as they are."""


def to_text(latex: str) -> str:
    """Return ``latex`` as plain text: accents composed, braces, commands and tags gone.

    A bare percent sign or ampersand is text, as it is to those who type it into a .bib.
    """
    if not _SPECIAL.search(latex):
        return " ".join(latex.split())
    told = _read(latex)
    text = unmarked(told.text)
    return " ".join(_PRIVATE.sub(lambda found: told.text_of(found.group()), text).split())


def to_html(latex: str) -> str:
    """Return ``latex`` as HTML: text escaped, emphasis and indices kept, formulas as MathML."""
    if not _SPECIAL.search(latex):
        return escape(" ".join(latex.split()))
    told = _read(latex)
    html = as_html(" ".join(told.text.split()))
    return _PRIVATE.sub(lambda found: told.html_of(found.group()), html)


def formulas_in(latex: str) -> list[str]:
    """Return the formulas in ``latex``, without what marks them off."""
    return [piece for piece, is_formula in _read(latex).pieces if is_formula]


def unknown_in(latex: str) -> tuple[str, ...]:
    """Return the commands in ``latex`` that nobody knows, as often as they stand there."""
    return _read(latex).unknown if "\\" in latex else ()


@dataclass(frozen=True)
class _Read:
    """Text in which private letters stand for tags and pieces: formulas and addresses."""

    text: str
    pieces: tuple[tuple[str, bool], ...]
    unknown: tuple[str, ...]

    def text_of(self, letter: str) -> str:
        piece, is_formula = self._piece(letter)
        return formula_text(piece) if is_formula else piece

    def html_of(self, letter: str) -> str:
        piece, is_formula = self._piece(letter)
        return formula_html(piece) if is_formula else escape(piece)

    def _piece(self, letter: str) -> tuple[str, bool]:
        if sign := sign_of(letter):
            return sign, False
        number = ord(letter) - _FIRST
        return self.pieces[number] if 0 <= number < len(self.pieces) else ("", False)


def _german(latex: str) -> str:
    """Return ``latex`` with the quotes and hyphens that German shorthands stand for."""
    for left, right, low, high in (('"`', "\"'", "„", "“"), ('"<', '">', "«", "»")):
        if left in latex and right in latex:
            latex = latex.replace(left, low).replace(right, high)
    return _GERMAN_HYPHEN.sub("-", latex)


@lru_cache(maxsize=4096)
def _read(latex: str) -> _Read:
    pieces: list[tuple[str, bool]] = []

    def put_aside(found: re.Match[str]) -> str:
        if _FIRST + len(pieces) > _LAST:
            return found.group()
        formula = next((found[name] for name in "abcdef" if found[name] is not None), None)
        address = _ESCAPED.sub(r"\1", found["url"] or "")
        pieces.append((address, False) if formula is None else (formula.strip(), True))
        return chr(_FIRST + len(pieces) - 1)

    latex = latex if latex.isascii() else _PRIVATE.sub("", latex)
    latex = decoded(latex, written=lambda sign: sign if sign == "<" else as_written(sign))
    latex = latex if latex.isascii() else _INVISIBLE.sub("", latex)
    latex = latex.replace(r"\''", r"\"")  # two signs that look like the one
    if '\\"' in latex:
        latex = _ESCAPED_QUOTES.sub(r"\1\"{}\2\"{}", latex)
    if '"' in latex:
        latex = _german(latex)
    if r"\ifmmode" in latex:
        latex = _IF_IN_FORMULA.sub(r"\1", latex)
    if "$" in latex or "\\" in latex:
        latex = _PIECE.sub(put_aside, _HREF.sub("", latex))
    reader = Reader(latex)
    return _Read(reader.read(), tuple(pieces), tuple(reader.unknown))
