"""ORCID iDs, by which researchers are told apart.

Source: support.orcid.org, the structure of the identifier; its last sign is a check by ISO 7064.
"""

import re

ADDRESS = "https://orcid.org/"
_IN_ADDRESS = re.compile(r"https?://(?:www\.)?orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])/?")
_X = 10


def orcid_in(href: str) -> str:
    """Return the iD in an address at orcid.org, or nothing where none is or its check fails."""
    found = _IN_ADDRESS.fullmatch(href)
    return found[1].upper() if found and _is_sound(found[1].upper()) else ""


def orcid_of(said: str) -> str:
    """Return the iD that is said by itself or in an address, or nothing."""
    return orcid_in(said) or orcid_in(f"{ADDRESS}{said.strip()}")


def _is_sound(orcid: str) -> bool:
    digits = orcid.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return digits[-1] == ("X" if check == _X else str(check))
