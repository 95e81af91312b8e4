"""Names that are no person's: companies, institutions, collaborations."""

import re

_LEGAL = re.compile(
    r"(?:inc|ltd|llc|llp|plc|gmbh|corp|co|ag|s\.a|b\.v|n\.v|s\.r\.l|pty|limited|incorporated)\.?",
    re.IGNORECASE,
)
_BODIES = (
    "agency alliance association authority bureau collaboration commission committee community"
    " company consortium contributors corporation department developers federation foundation"
    " initiative institute institut laboratory laboratories ministry network office organisation"
    " organization society team university universität université universidad working task"
)
_ENDS = frozenset(_BODIES.split()) | {"group", "project", "force"} - {"working", "task"}
_BEGINS = frozenset(_BODIES.split()) | {"center", "centre", "council", "school", "faculty", "board"}
_JOINS = frozenset("of for the on in and für pour des de di der".split())


def is_company(name: str) -> bool:
    """Whether plain text names a company or an institution, which has no given name."""
    if "," in name:
        return bool(_LEGAL.fullmatch(name.rpartition(",")[2].strip()))
    if "&" in name:
        return True
    words = name.casefold().split()
    if len(words) < 2:  # noqa: PLR2004  one word is a family name like any other
        return False
    joined = words[0] in _BEGINS and any(word in _JOINS for word in words[1:])
    return words[-1] in _ENDS or bool(_LEGAL.fullmatch(words[-1])) or joined
