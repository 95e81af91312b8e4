"""Lists of names, taken apart: by ``and``, and by what people write in its stead."""

import re
from dataclasses import dataclass

from pybtex.bibtex.utils import split_name_list

from portfolio.records.latex.entities import decoded

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_EMPTY = re.compile(r"\band\s+(?=and\b)", re.IGNORECASE)
_WRAPPED = re.compile(r"\{([^{}]+)\}")
_BETWEEN = re.compile(r"\sand\s")
_SHOWN = re.compile(r"\\(?:textbf|underline|uline|emph|textit|textsc|mbox)\s*\{([^{}]*)\}")
_INITIALS = re.compile(r"[A-Z]{1,3}")
_WORDS_BACKWARDS = re.compile(r"[\w'\u2019-]++(?: [\w'\u2019-]++)*+")
_LETTER_BACKWARDS = re.compile(r"[\w'\u2019-][^\W\d_]")
_ENDS = re.compile(r"^and(?:\s+|$)|(?:\s+and)$", re.IGNORECASE)
_OTHERS = re.compile(r"\{?(?:others|et[\s~.]+al\.?|\.\.\.|…|\\ldots|\\dots)\}?[.,]*", re.IGNORECASE)
_ET_AL = re.compile(r"(?<![,\s])[,\s]+(?:et[\s~]+al\.?|\.\.\.|…)$", re.IGNORECASE)
_AMPERSAND = re.compile(r"\s+\\?&\s+")
_MARKDOWN = re.compile(r"\*\*|__|\\(?=\*)")
_AUTHOR_COMMAS = 2
_SEPARATE = "separate the names with `and`"


@dataclass(frozen=True)
class Roster:
    """The names of a list as they are written, and what is odd about the list."""

    names: tuple[str, ...]
    others: bool
    faults: tuple[tuple[str, str], ...]


def read_roster(field: str, *, commas: bool = False) -> Roster:
    """Take a list of names apart; with ``commas``, these may stand between names."""
    text = decoded(" ".join(field.split()))
    text = _SHOWN.sub(r"\1", text)
    faults: list[tuple[str, str]] = []
    if (wrapped := _WRAPPED.fullmatch(text)) and _is_list(wrapped[1]):
        text = wrapped[1]
        faults.append(("braces make one name of the whole list", "remove one pair of them"))
    if _EMPTY.search(text):
        text = _EMPTY.sub("", text)
        faults.append(("a name in the list is empty", "remove one `and`"))
    if commas:
        text = _MARKDOWN.sub("", text)
    if _ENDS.search(text):
        text = _ENDS.sub("", text)
        faults.append(("the list of names begins or ends with `and`", "remove it"))
    names: list[str] = []
    others = False
    for part in _split(text, faults, commas=commas):
        name = part.strip()
        if _OTHERS.fullmatch(name):
            others = True
            continue
        if _ET_AL.search(name):
            name, others = _ET_AL.sub("", name), True
        if name.startswith(",") or name.endswith((",", ";")):
            faults += [] if commas else [(f"there is a stray comma ({name})", "remove it")]
            name = name.strip(",; ")
        names += [name] if name else []
    return Roster(tuple(names), others, tuple(dict.fromkeys(faults)))


def _is_list(text: str) -> bool:
    """Whether people stand in ``text`` as catalogues write them: `and` between two commas."""
    first, last = text.find(",", 1), text.rfind(",", 0, -1)
    return 0 < first < last and bool(_BETWEEN.search(text, first + 2, last - 1))


def _split(text: str, faults: list[tuple[str, str]], *, commas: bool) -> list[str]:
    names = split_name_list(text) if "{" in text else _AND.split(text)
    if not text or (len(names) == 1 and "{" in text):
        return names if text else []
    if len(names) == 1 and (parts := _by_other_marks(text, commas=commas)):
        return _found(parts, faults, commas=commas)
    if commas:
        parts = [part for name in names for part in _list(name, commas=True)]
        return [_with_comma(part) for part in parts]
    return [part for name in names for part in _among_commas(name, faults)]


def _by_other_marks(text: str, *, commas: bool) -> list[str]:
    """Take ``text`` apart at semicolons or ampersands that stand between people."""
    if ";" in text:
        return re.split(r"\s*;\s*(?:and\s+)?", text.strip("; "))
    head, *tail = _AMPERSAND.split(text)
    if tail and (" " in head.strip() or "," in head):
        return [*_list(head, commas=commas), *tail]
    return []


def _among_commas(name: str, faults: list[tuple[str, str]]) -> list[str]:
    """Take apart what has more commas than a name can have."""
    if name.count(",") < _AUTHOR_COMMAS or "{" in name:
        return [name]
    parts = _list(name, commas=False)
    return _found(parts, faults, commas=False) if len(parts) > 1 else parts


def _list(text: str, *, commas: bool) -> list[str]:
    """Take ``text`` apart at those commas that stand between names, not within one."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if all(" " in part for part in parts) and (commas or len(parts) > _AUTHOR_COMMAS):
        return parts
    given = parts[1::2]
    if len(parts) > _AUTHOR_COMMAS and len(parts) % 2 == 0:
        return [f"{family}, {first}" for family, first in zip(parts[::2], given, strict=True)]
    if len(parts) > _AUTHOR_COMMAS + 1 or (commas and len(parts) > _AUTHOR_COMMAS):
        return parts
    return [text]


def _with_comma(name: str) -> str:
    """Return ``Roe JD``, as medical journals have names, as ``Roe, JD``."""
    family, _, given = name.rpartition(" ")
    words = _WORDS_BACKWARDS.match(family[::-1])  # backwards, so that there is one place to start
    is_name = words and _LETTER_BACKWARDS.search(words[0]) and _INITIALS.fullmatch(given)
    return f"{family}, {given}" if is_name else name


def _found(names: list[str], faults: list[tuple[str, str]], *, commas: bool) -> list[str]:
    if not commas:
        faults.append(("its names are not separated by `and`", _SEPARATE))
    return names
