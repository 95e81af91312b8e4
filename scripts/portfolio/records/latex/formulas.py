"""Formulas as text and as MathML, which Pandoc makes of all that are waiting in one go."""

import json
import logging
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape
from typing import Any
from xml.etree import ElementTree as ET

from portfolio import pandoc

_UPPER = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWER = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_INDEX = re.compile(r"([\^_])\s*(?:\{([-+=()\dni]{1,6})\}|([-+\dni]))")
_BOXED = re.compile(r"\\(?:mbox|text(?:rm|it|sf|tt)?|mathrm|emph|rm|hbox)\s*\{([^{}\\]*)\}")
_LONE = re.compile(r"\s*(?:\{\})?([\^_])\s*(?:\{([\w+*,-]{1,12})\}|([\w+*]))\s*")
_MODERN = (
    (re.compile(r"\{\s*\\(rm|bf|it|sf|tt|cal)(?![A-Za-z])\s*([^{}]*)\}"), r"{\\math\1{\2}}"),
    (re.compile(r"\\(?:rm|bf|it|sf|tt)(?![A-Za-z])\s*"), ""),
    (re.compile(r"\\[hm]box\s*\{"), r"\\text{"),
    (re.compile(r"\\(math(?:rm|sf|bf|it|tt|cal|bb|frak|scr))([A-Za-z]+)"), r"\\\1{\2}"),
    (
        re.compile(r"\\(sqrt|(?:wide)?(?:tilde|hat)|bar|overline)([A-Za-z])(?![A-Za-z])"),
        r"\\\1{\2}",
    ),
    (re.compile(r"\\\\(?=[A-Za-z])"), r"\\"),
    (re.compile(r"\\ensuremath"), ""),
    (re.compile(r"\\(?:-|/|displaystyle(?![A-Za-z]))"), ""),
    (re.compile(r"\\textbrace(?:left|right)(?![A-Za-z])\s*"), ""),
    (re.compile(r"\{\\([lioO])\}(?=[a-z])"), r"\\\1"),  # {\l}og, as DBLP has it
)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_ELEMENTS = frozenset(
    """
    math semantics annotation mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle merror mpadded
    mphantom menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts none
    mtable mtr mtd
    """.split(),
)
_LONGEST = 2000
_DEEPEST = 12
"""How far parts of a formula may be nested: each level of indices takes Pandoc twice as long."""
_NESTING = re.compile(
    r"(?P<open>\{|\\(?:left|begin)(?![A-Za-z]))|\}|\\(?:right|end)(?![A-Za-z])|\\."
)
_SECONDS = 3
_SECONDS_EACH = 0.02

logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # broken LaTeX is shown as it can be

_made: dict[str, str] = {}
_waiting: list[Iterable[str]] = []


def expect(formulas: Iterable[str]) -> None:
    """Say which formulas may be wanted now; the first that is makes Pandoc run for all of them.

    They are not looked at before.
    """
    _waiting[:] = [formulas]


def make_expected() -> None:
    """Make MathML now of all formulas that may be wanted."""
    _make(_expected())


@lru_cache(maxsize=65536)
def formula_text(tex: str) -> str:
    """Return a formula as text: Greek as letters, simple indices raised or lowered."""
    raised = _INDEX.sub(_index, tex)
    if raised == tex and (lone := _lone(tex)) and lone[1] == "^":
        return str(lone[2] or lone[3])
    if not re.search(r"[\\{}^_~]", raised):
        return " ".join(raised.split())
    try:
        text = _converter().latex_to_text(f"${raised}$")
    except Exception:  # noqa: BLE001  it takes on trust that formulas are whole, and raises anything
        text = "%s"
    text = tex if "%s" in text else text  # what pylatexenc leaves of a broken formula
    return re.sub("[\ue000-\uf8ff]", "", " ".join(text.split()))


def formula_html(tex: str) -> str:
    """Return a formula as MathML; a lone index as HTML; one that is none as its source."""
    if lone := _lone(tex):
        name = "sup" if lone[1] == "^" else "sub"
        return f"<{name}>{escape(lone[2] or lone[3])}</{name}>"
    if tex not in _made:
        _make([tex, *_expected()])
    return _made[tex] or f"<code>{escape(tex)}</code>"


def is_formula(tex: str) -> bool:
    """Whether Pandoc can make MathML of it."""
    return not formula_html(tex).startswith("<code>")


def _expected() -> list[str]:
    return [tex for some in _waiting for tex in some]


def _make(formulas: list[str]) -> None:
    new = [tex for tex in dict.fromkeys(formulas) if tex not in _made]
    _made.update(dict.fromkeys(new, ""))
    sound = [tex for tex in new if len(tex) <= _LONGEST and _depth(tex) <= _DEEPEST]
    _made.update(zip(sound, map(only_mathml, _converted(sound)), strict=True))
    _waiting.clear()


def _converted(formulas: list[str]) -> list[str]:
    """Return what Pandoc makes of each formula; nothing for those that hold it up.

    Which these are is found by halving, so that one of them costs no other its MathML.
    """
    if not formulas:
        return []
    inline = {"t": "InlineMath"}
    blocks = [{"t": "Para", "c": [{"t": "Math", "c": [inline, _modern(tex)]}]} for tex in formulas]
    document = {"pandoc-api-version": [1, 23], "meta": {}, "blocks": blocks}
    seconds = _SECONDS + _SECONDS_EACH * len(formulas)
    try:
        made = pandoc.to_html(json.dumps(document), "--from=json", "--wrap=none", seconds=seconds)
        paragraphs = _PARAGRAPH.findall(made.html)
    except pandoc.PandocError:
        paragraphs = []
    if len(paragraphs) == len(formulas):
        return paragraphs
    half = len(formulas) // 2
    return [*_converted(formulas[:half]), *_converted(formulas[half:])] if half else [""]


def _modern(tex: str) -> str:
    """Return a formula in commands that Pandoc knows: no old switches, boxes and damage."""
    for pattern, command in _MODERN:
        tex = pattern.sub(command, tex)
    return tex


def _depth(tex: str) -> int:
    """Return how far the parts of a formula are nested at most."""
    depth = deepest = 0
    for found in _NESTING.finditer(tex):
        if found["open"]:
            depth += 1
            deepest = max(deepest, depth)
        elif not found[0].startswith("\\") or found[0] in {"\\right", "\\end"}:
            depth -= 1
    return deepest


def only_mathml(html: str) -> str:
    """Return ``html`` if it is MathML without addresses and handlers, else nothing."""
    try:
        root = ET.fromstring(html)  # noqa: S314  Pandoc's own output, checked here
    except ET.ParseError:
        return ""
    known = all(
        element.tag.removeprefix(_MATHML) in _ELEMENTS
        and not any(name.lower().startswith(("on", "href", "{")) for name in element.attrib)
        for element in root.iter()
    )
    return html if known and root.tag == f"{_MATHML}math" else ""


def _lone(tex: str) -> re.Match[str] | None:
    """Find the index that is all of a formula: digits, or a word in whatever box."""
    return _LONE.fullmatch(_BOXED.sub(r"\1", _BOXED.sub(r"\1", tex)))


@cache
def _converter() -> Any:
    """Return pylatexenc's converter; loading it takes a while."""
    from pylatexenc import latex2text  # noqa: PLC0415  see above

    def arguments(node: Any, l2tobj: Any) -> str:
        given = node.nodeargd.argnlist if node.nodeargd else ()
        return "".join(l2tobj.nodelist_to_text([argument]) for argument in given if argument)

    known = latex2text.get_default_latex_context_db()
    known.set_unknown_macro_spec(latex2text.MacroTextSpec("", arguments))
    return latex2text.LatexNodes2Text(known, math_mode="text", strict_latex_spaces=False)


def _index(found: re.Match[str]) -> str:
    index = found[2] or found[3]
    moved = index.translate(_UPPER if found[1] == "^" else _LOWER)
    return found.group() if moved.isascii() or any(c.isascii() for c in moved) else moved
