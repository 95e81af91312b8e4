"""The marks that authors put behind their names: ``*``, ``†`` and their kin."""

import re

_SIGNS = "*†‡§¶‖#"
_ALIKE = str.maketrans("\u2217\u204e\uff0a﹡⋆★", "******")
_COMMANDS = {
    r"\dagger": "†", r"\dag": "†", r"\textdagger": "†", r"\ddagger": "‡", r"\ddag": "‡",
    r"\textdaggerdbl": "‡", r"\ast": "*", r"\star": "*", r"\textasteriskcentered": "*", r"\S": "§",
    r"\textsection": "§", r"\P": "¶", r"\textparagraph": "¶", r"\|": "‖", r"\parallel": "‖",
    r"\*": "*",
}  # fmt: skip
_COMMAND = "|".join(re.escape(name) + "(?![A-Za-z])" for name in sorted(_COMMANDS, key=len)[::-1])
_ONE = rf"(?:[{_SIGNS}\u2217\u204e\uff0a﹡⋆★]|{_COMMAND})"
_SOME = rf"(?:{_ONE}|[\d\s,{{}}])*"
_SOME_SIGNS = rf"(?:{_ONE}(?:[\s,{{}}]*{_ONE})*)"
_MARKED = re.compile(
    rf"\$\s*+(?:\^\s*+)?({_SOME})\$"
    rf"|\\(?:textsuperscript|thanks)\s*\{{({_SOME})\}}"
    r"|(\\(?:thanks|footnote(?:mark)?)\s*(?:\[[^][]*\])?(?:\{[^{}]*\})?)"
    rf"|\^\{{?({_SOME_SIGNS})\}}?"
    rf"|\{{\s*({_SOME_SIGNS})\s*\}}|({_SOME_SIGNS})"
    r"|(?<=\w)\\?([&^])(?=\s*(?:,|$))"
    r"|\\(?:inst|orcid|orcidlink|orcidID|corref|fnref|tnoteref|IEEEauthorrefmark)\s*\{[^{}]*\}",
)
_MAY_BE_MARKED = re.compile(
    rf"[{_SIGNS}\u2217\u204e\uff0a﹡⋆★&^$]"
    r"|\\(?:thanks|footnote|text|S\b|P\b|dag|ddag|\*|inst|orcid|corref|fnref|tnoteref|IEEE)"
)


def split_marks(name: str) -> tuple[str, str]:
    """Return a name, still in LaTeX, without its marks, and the marks as plain signs."""
    if not _MAY_BE_MARKED.search(name):
        return name, ""
    marks: list[str] = []

    def take(found: re.Match[str]) -> str:
        said = next((group for group in found.groups() if group is not None), "")
        if said.startswith(("\\thanks", "\\footnote")):
            marks.append("*")
        else:
            marks.extend(_signs(said))
        return ""

    rest = _MARKED.sub(take, name.replace("**", "") if "**" in name[:3] else name)
    return " ".join(rest.replace(" ,", ",").split()), "".join(dict.fromkeys(marks))


def _signs(said: str) -> list[str]:
    for command, sign in _COMMANDS.items():
        said = re.sub(re.escape(command) + "(?![A-Za-z])", sign, said)
    return re.findall(r"[^\s\d,{}]", said.translate(_ALIKE))
