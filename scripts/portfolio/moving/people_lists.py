"""Lists of people in running text: whether words are one, and who is in it."""

import re

from portfolio.records.people.eastern import is_eastern

_MARKS = re.compile(
    r"[*†‡§¶\u2217⁺+#✉⋆★^]+|<[^>]*>|\[[^\[\]]*\]|\((?:equal|co-first|corresponding|joint)[^()]*\)|[⁰¹²³⁴-⁹]+"
)
_PARTED = re.compile(r"\s*[,;·•]\s*(?:and\s+|&\s*|with\s+)?|\s+(?:and|und|et|y|e|&|with)\s+|\n")
_BY = re.compile(r"^(?:by|with|joint work with|authors?:)\s+", re.IGNORECASE)
_ET_AL = re.compile(r"\s+et\.?\s+al\b\.?|\s*,?\s*(?:and\s+)?(?:\.\.\.|…)\s*(?=,|$)")
_REST = re.compile(r"(?:and\s+)?(?:et\.? al\.?|others|al\.|…|\.\.\.)[.,]*", re.IGNORECASE)
_PARTICLES = re.compile(
    r"al|bin|da|dal|de|della?|den|der|des|di|dos?|du|el|ibn|las?|les?|ten|ter|van|vom|von|zu|zur"
    r"|'t|jr\.?|sr|ii|iii",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[^\W\d_]\.?|(?:[^\W\d_]\.[\s-]*)+[^\W\d_]?\.?")
_FAMILY_FIRST = re.compile(
    r"([^\W\d_][^\W\d_]+(?:[ '\u2019-][^\W\d_]+)*) ((?:[^\W\d_a-z]\.?-?){1,3})"
)
_GROUP = re.compile(r"(?:the\s+)?[\w\s-]*\b(?:team|consortium|collaboration|group|network)s?\b",
                    re.IGNORECASE)  # fmt: skip
_MOST = 4
_LONGEST = 120
_LONGEST_EASTERN = 5
_NO_NAMES = re.compile(
    r"An|The|On|Of|In|For|To|With|How|Why|What|When|Towards?|Is|Are|Do|Does|Can|From|Using|During"
    r"|Through|Between|Among|Beyond|Into|Over|Against|Without|Via|Abstract|Paper|Code|Data|Slides"
    r"|Video|Project|Website|Publications|Journal|Proceedings|Conference|Workshop|Under|Submitted"
    r"|Preprint|Forthcoming|International|Learning|Networks|Models|Analysis|University|Department"
    r"|Institute|Nature|Science"
)
"""Words with a capital letter that begin titles and venues, and no names."""


def names_in(text: str) -> list[str]:
    """Return the parts of a list of people, without the marks behind them."""
    bare = _BY.sub("", _ET_AL.sub("", _MARKS.sub("", text)).strip(" .,;:|\u2013—-\n"))
    parts = (
        part.strip(" .,:") + ("." if part.endswith(".") else "") for part in _PARTED.split(bare)
    )
    return [part for part in parts if part.strip(" .")]


def list_of(text: str) -> str:
    """Return a list of people without what is said before it: ``joint work with``, ``[New]``."""
    said = re.sub(r"^\s*(?:\[[^\[\]]*\]\s*)+", "", " ".join(text.split()))
    return _BY.sub("", said.strip(" ,;:(")).strip(" ,;:")


def family_first(names: list[str]) -> list[str]:
    """Return names with a comma behind the family name where all are ``Byron A.``."""
    found = [_FAMILY_FIRST.fullmatch(name.strip()) for name in names]
    return [f"{one[1]}, {one[2]}" for one in found if one] if names and all(found) else names


def in_pairs(text: str) -> str:
    """Return ``Byron, A., Doe, J. et al.`` with an ``and`` between people; other lists as they are.

    Whom a list includes among the others it names too.
    """
    said = re.sub(r"\[incl(?:uding|\.)?\s+([^\[\]]*)\]", r", \1", text)
    people: list[str] = []
    paired = False
    for part in names_in(said):
        if _INITIALS.fullmatch(part) and people and "," not in people[-1]:
            people[-1] += f", {part.rstrip('.')}."
            paired = True
        else:
            people.append(part)
    others = ["others"] if paired and _ET_AL.search(text) else []
    return " and ".join(people + others) if paired else text


def is_people(text: str) -> bool:
    """Whether all of a text is a list of people: ``A. Byron, Jane Doe``, ``Byron, A., Doe, J.``."""
    parts = [part for part in names_in(text) if not _REST.fullmatch(part)]
    odd = [part for part in parts if not _is_name(part)]
    if not parts or len(odd) * 2 > len(parts) or not all(map(_may_be_name, odd)):
        return False
    words = [word for part in parts for word in part.split()]
    if len(parts) == 1:
        return 1 < len(words) < 5 and not _GROUP.fullmatch(text)  # noqa: PLR2004  given and family
    return True


def are_several(text: str) -> bool:
    """Whether a list of people has more than one: ``Byron, A.`` is one, in two parts."""
    parts = names_in(text)
    return sum(" " in part.replace(".", ". ").strip() for part in parts) > 1 or len(parts) > 2  # noqa: PLR2004


def people_before(text: str) -> int:
    """Return how far a text is a list of people before something else begins."""
    end = 0
    for found in re.finditer(r"[,;\n]|\.\s|\s\(|\sand\s|\s&\s|[:“\"]|$", text):
        said = text[: found.start() + (found.group().startswith("."))]
        if said.strip() and is_people(said):
            end = found.start()
    return end


def _is_name(part: str) -> bool:
    if len(part) > _LONGEST:
        return False
    if _GROUP.fullmatch(part):
        return True
    words = re.sub(r"\([^\W\d]+\)", "", part).replace(".", ". ").split()
    told = [word for word in words if not _PARTICLES.fullmatch(word)]
    if not told or len(told) > _MOST or _NO_NAMES.fullmatch(words[0]):
        return False
    if sum(len(word) > 1 and word.isupper() and word.isalpha() for word in told) > 1:
        return False  # “ICLR NeurIPS”
    if words[0] == "A" and len(told) > 2:  # noqa: PLR2004  “A General Framework”
        return False
    return all(map(_is_of_name, words))


def _may_be_name(part: str) -> bool:
    """Whether a part is a name among others of which the family name begins with a small letter."""
    given, _, family = part.partition(" ")
    return family.isalpha() and _is_of_name(given)


def _is_of_name(word: str) -> bool:
    if _PARTICLES.fullmatch(word):
        return True
    if _NO_NAMES.fullmatch(word) or any(c.isdigit() for c in word):
        return False
    if len(word) > _LONGEST_EASTERN and is_eastern(word):
        return False
    bare = word.strip(".'\u2019-\u2010")
    return (
        bool(bare)
        and not bare[0].islower()
        and all(c.isalpha() or c in ".'\u2019-\u2010\u02bc" for c in bare)
    )
