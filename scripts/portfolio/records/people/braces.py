"""Names in LaTeX, taken apart where no brace protects them."""

import re
from collections.abc import Iterator

_PART = re.compile(r"\\[A-Za-z]+\s*|\\.|[{}]|[\s~]+|[^\\{}\s~]+", re.DOTALL)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def split_outside(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split ``text`` where ``separator`` stands outside all braces."""
    masked, end = [], 0
    for start, after in _groups(text):
        masked += [text[end:start], "{" * (after - start)]
        end = after
    parts, start = [], 0
    for found in separator.finditer("".join(masked) + text[end:]):
        parts.append(text[start : found.start()])
        start = found.end()
    return [*parts, text[start:]]


def words_of(text: str) -> list[str]:
    """Return the words of a name; the blank behind a command's name belongs to the command."""
    words, depth = [""], 0
    for part in _PART.findall(text):
        depth += (part == "{") - (part == "}")
        is_gap = part.isspace() or part == "\\ " or part.strip("~ \t\n") == ""
        if is_gap and depth <= 0:
            words.append("")
        else:
            words[-1] += part
    return [word for word in words if word]


def inside_of(text: str) -> str:
    """Return what one pair of braces around all of ``text`` holds, or nothing."""
    if not text.startswith("{"):
        return ""
    group = next(_groups(text), None)
    return text[1:-1] if group == (0, len(text)) else ""


def _groups(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the outermost groups begin and end."""
    depth = start = 0
    for brace in _BRACE.finditer(text):
        if brace.group() == "{":
            start = start if depth else brace.start()
            depth += 1
        elif brace.group() == "}" and depth:
            depth -= 1
            if not depth:
                yield start, brace.end()
    if depth:
        yield start, len(text)
