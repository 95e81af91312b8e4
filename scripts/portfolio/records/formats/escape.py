"""Plain text written so that LaTeX, and `portfolio.records.latex.convert`, read it back."""

import re

_WRITTEN = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\string^",
    "`": r"\textasciigrave{}",
    "\N{EN DASH}": "--",
    "\N{EM DASH}": "---",
}
_LONE = {"{": r"$\lbrace$", "}": r"$\rbrace$"}
"""BibTeX counts braces, escaped ones too, so that one without its partner has to go by a name."""

_DASH = "-\N{EN DASH}\N{EM DASH}"
_LIGATURE = re.compile(
    rf"[{_DASH}](?=[{_DASH}])|'(?=')|[?!](?=`)|&(?=#?\w+;)|[a-zA-Z](?=\"[aouAOUs])"
)
_SPECIAL = re.compile(r"[\\{}$&%#_~^`\N{EN DASH}\N{EM DASH}]|<(?=/?\w)")


def to_latex(text: str) -> str:
    """Return plain ``text`` as LaTeX; letters beyond ASCII stay as they are."""
    written = _WRITTEN if braces_match(text) else _WRITTEN | _LONE
    apart = _LIGATURE.sub("\\g<0>\0", text.replace("\0", ""))
    return _SPECIAL.sub(lambda found: written.get(found.group(), r"\string<"), apart).replace(
        "\0", "{}"
    )


def with_tags(text: str) -> str:
    """Return plain ``text`` as LaTeX in which tags stay tags."""
    return to_latex(text).replace(r"\string<", "<")


def braces_match(text: str) -> bool:
    """Whether every brace in ``text`` has its partner, as BibTeX counts them."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0
