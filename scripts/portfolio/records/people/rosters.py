"""Lists of names, taken apart: by ``and``, and by what people write in its stead."""

import re
from dataclasses import dataclass

from portfolio.records.latex.entities import decoded
from portfolio.records.people.braces import inside_of, split_outside
from portfolio.records.people.companies import is_company
from portfolio.records.people.eastern import is_eastern, list_of
from portfolio.records.people.parts import is_extended, is_honour, is_suffix

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_AND_COMMA = re.compile(r"(?<=\s)and,\s+(\S+)", re.IGNORECASE)
_EMPTY = re.compile(r"\band\s+(?=and\b)", re.IGNORECASE)
_GROUP = r"((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)"
_SHOWN = re.compile(
    rf"\\(?:textbf|underline|uline|emph|textit|textsc|textrm|mbox|textcolor\{{\w*\}}|hl)\s*\{{{_GROUP}\}}"
    rf"|\{{\s*\\(?:bf|it|em|sl|sc|rm|bfseries|itshape)(?![A-Za-z])\s*{_GROUP}\}}"
)
_RAISED = re.compile(r"<sup>([^<>{}]*)</sup>")
_VANCOUVER = re.compile(
    r"([^\W\d_][\w'\u2019-]+(?: [\w'\u2019-]{2,})*) ([A-Z]{1,3}|[A-Z](?: [A-Z]){1,2})"
)
_ACRONYMS = frozenset("AI IT UK US EU UN ML TV PC HR PR II IV".split())
_SHORT_FAMILIES = frozenset(
    "AN BA BI BO BU CAI DAI DAO DO DU FU GAO GE GO GU HA HE HO HU IM JI JIA JIN JO KIM KO LAI"
    " LAM LAN LE LEE LEI LI LIM LIN LIU LO LU LUO LY MA MAI MAO MO NG NI NIE NOH OH PAN PEI QI"
    " QIN QIU QU REN RHO RUI SHE SHI SIM SON SU SUN TAN TO TU VO VU WAN WEI WEN WU XIA XIE XIN"
    " XU XUE YAN YAO YE YI YIN YOU YU YUE ZHU ZOU".split()
)
"""Family names that look like initials where they are written in capitals: Wenqi WU."""

_ENDS = re.compile(r"^and(?:\s+|$)|(?:\s+and)$", re.IGNORECASE)
_OTHERS = re.compile(
    r"\{?(?:(?:and\s+)?others|et[\s~.]+(?:al\.?|alii)|\.\.\.|…|\\ldots|\\dots|\\etal|等)(?:\{\})?\}?[.,]*",
    re.IGNORECASE,
)
_ET_AL = re.compile(
    r"(?:(?<![,\s])[,\s]+(?:et[\s~]+al\.?|\\etal|\.\.\.|…)|(?<=[\u4e00-\u9fff])\s*等)(?:\{\})?$"
)
_AMPERSAND = re.compile(r"\s+\\?&\s+")
_OTHER_ANDS = r"\s+(?:und|et|och|og|и|και|ve|و)\s+"
_BETWEEN_PEOPLE = re.compile(rf"(?<!\bvon)(?<!\bvan){_OTHER_ANDS}(?!(?:zu|zum|zur|ten)\b)")
"""Those that are not in one name, as in ``von und zu Stein``."""

_COMMA = re.compile(r"\s*[,\uff0c\u060c]\s*")
_TWO = re.compile(r"(?<![^ ])([A-Z]\w+ [A-Z][\w'-]+, [A-Z]\w+ [A-Z][\w'-]+)(?: and |\Z)")
_LISTS_ONLY = re.compile(r"\s*[\u3001\u060c]\s*|\s+[·・]\s+|(?<=[가-힣])[·・](?=[가-힣])")
_SEMICOLON = re.compile(r"\s*[;\uff1b]\s*(?:and\s+)?")
_ODD = re.compile("[;&\u060c\u2e80-\uffff]|,\\s*$|\\s(?:und|et|och|og|и|και|ve|و)\\s")
"""What may stand between people without an ``and``, but for commas."""

_MARKDOWN = re.compile(r"\*\*|__|\\(?=\*)")
_AUTHOR_COMMAS = 2
_MOST_WORDS = 7
_SEPARATE = "separate the names with `and`"
Faults = list[tuple[str, str]]


@dataclass(frozen=True)
class Roster:
    """The names of a list as they are written, and what is odd about the list."""

    names: tuple[str, ...]
    others: bool
    faults: tuple[tuple[str, str], ...]


def read_roster(field: str, *, commas: bool = False) -> Roster:
    """Take a list of names apart; with ``commas``, these may stand between names."""
    faults: Faults = []
    text = _mended(decoded(" ".join(field.split())), faults, commas=commas)
    if commas:
        text = _MARKDOWN.sub("", text)
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
    if untold := next((name for name in names if _is_untold(name, commas=commas)), ""):
        faults.append((f"the list of names cannot be read ({untold})", _SEPARATE))
    return Roster(
        tuple(_with_families_first(names, commas=commas)), others, tuple(dict.fromkeys(faults))
    )


def _mended(text: str, faults: Faults, *, commas: bool) -> str:
    """Return a list without what makes its names stand out, and without what is too much."""
    text = _RAISED.sub(r"\\textsuperscript{\1}", text) if "<" in text else text
    if "\\" in text:
        text = _SHOWN.sub(lambda found: found[1] or found[2] or "", text)
    if (inside := inside_of(text)) and _are_people(inside):
        text = inside
        faults.append(("braces make one name of the whole list", "remove one pair of them"))
    for stray in () if commas else _AND_COMMA.finditer(text):
        faults.append((f"there is a stray comma ({stray[0]})", "remove it"))
    text = text if commas else _AND_COMMA.sub(r"and \1", text)
    if _EMPTY.search(text):
        text = _EMPTY.sub("", text)
        faults.append(("a name in the list is empty", "remove one `and`"))
    if _ENDS.search(text):
        text = _ENDS.sub("", text)
        faults.append(("the list of names begins or ends with `and`", "remove it"))
    return text


def _are_people(inside: str) -> bool:
    """Whether the text in braces is a list of people, not the name of an institution."""
    names = _AND.split(inside)
    pairs = [_COMMA.split(name) for name in names]
    return len(names) > 1 and all(
        len(pair) == _AUTHOR_COMMAS
        and not any(word.islower() or is_company(part) for part in pair for word in part.split())
        and all(len(part.split()) < 4 for part in pair)  # noqa: PLR2004  no name has as many
        for pair in pairs
    )


def _split(text: str, faults: Faults, *, commas: bool) -> list[str]:
    if not text:
        return []
    names = split_outside(text, _AND)
    if "=" in text and any(map(is_extended, names)):
        return names
    found: list[str] = []
    for name in names:
        if not commas and name.count(",") < _AUTHOR_COMMAS and not _ODD.search(name):
            found.append(name)
            continue
        parts = _by_other_marks(name, alone=len(names) == 1, commas=commas)
        parts = parts or _list(name, commas=commas)
        found += _found(parts, faults, commas=commas) if len(parts) > 1 else parts
    return found


def _by_other_marks(text: str, *, alone: bool, commas: bool) -> list[str]:
    """Take ``text`` apart at signs and words that stand between people and nowhere else."""
    for separator in (_SEMICOLON, _LISTS_ONLY):
        if len(parts := split_outside(text.strip("; "), separator)) > 1:
            return [part for part in parts if part]
    head, *tail = split_outside(text, _AMPERSAND) if alone else (text,)
    if tail and (" " in head.strip() or "," in head):
        return [*_list(head, commas=commas), *tail]
    parts = split_outside(text, _BETWEEN_PEOPLE)
    people = all(" " in part and not is_company(part) and "," not in part for part in parts)
    return parts if people and len(parts) > 1 else []


def _list(text: str, *, commas: bool) -> list[str]:
    """Take ``text`` apart at those commas that stand between names, not within one."""
    if is_eastern(text):
        return [text] if "{" in text else list_of(text)
    parts = [part for part in split_outside(text.strip(), _COMMA) if part]
    ended = text.rstrip().endswith(",")
    all_full = all(" " in part for part in parts)
    few = len(parts) <= _AUTHOR_COMMAS
    if len(parts) > 1 and all_full and (commas or ended or not few):
        return parts
    if few or is_suffix(parts[1]) or is_suffix(parts[-1]):
        return _with_suffixes(parts) if len(parts) > _AUTHOR_COMMAS + 1 else [text]
    if len(parts) % 2 == 0:
        return [f"{name}, {given}" for name, given in zip(parts[::2], parts[1::2], strict=True)]
    return parts if commas or len(parts) > _AUTHOR_COMMAS + 1 else [text]


def _with_suffixes(parts: list[str]) -> list[str]:
    """Return the names among ``parts``, each with the suffix behind it."""
    names: list[str] = []
    for part in parts:
        if is_suffix(part) and names:
            names[-1] += f", {part}"
        else:
            names.append(part)
    return names


def _found(names: list[str], faults: Faults, *, commas: bool) -> list[str]:
    if not commas:
        faults.append(("its names are not separated by `and`", _SEPARATE))
    return names


def _is_untold(name: str, *, commas: bool) -> bool:
    """Whether what is left as one name must be several."""
    if not commas and name.count(",") < _AUTHOR_COMMAS:
        return False
    if "{" in name or is_extended(name) or is_company(name):
        return False
    parts = [part for part in _COMMA.split(name) if part]
    if len(parts) == _AUTHOR_COMMAS + 1 and any(map(is_honour, parts[1:])):
        return False
    if len(parts) > _AUTHOR_COMMAS:
        return not any(map(is_suffix, parts[1:]))
    return commas and len(name.split()) > _MOST_WORDS


def maybe_two(field: str) -> str:
    """Return what may be two names in a list whose other names begin with given names, or nothing.

    Only two words, each with a capital, before the list's one comma and behind it are so.
    """
    found = _TWO.search(field) if field.count(",") == 1 else None
    return found[1] if found and len(_AND.findall(field)) >= _AUTHOR_COMMAS else ""


def _with_families_first(names: list[str], *, commas: bool) -> list[str]:
    """Give ``Doe JA``, as medicine writes names, the comma that says so."""
    turned = []
    for name in names:
        found = _VANCOUVER.fullmatch(name)
        if not found or found[2] in _SHORT_FAMILIES:
            return names
        if len(names) == 1 and not commas and (len(found[2]) == 1 or found[2] in _ACRONYMS):
            return names  # who is called Malcolm X
        turned.append(f"{found[1]}, {found[2]}")
    return turned
