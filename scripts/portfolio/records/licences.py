"""Licences, in the ways people write them, as the addresses at which programs know them."""

import re
from collections.abc import Mapping

from portfolio.records.identifiers import web_address

_CREATIVE_COMMONS = re.compile(
    r"(?:creative[\s-]commons|cc)[\s-]*(?P<terms>by(?:-(?:nc|sa|nd))*|0|zero)"
    r"(?:[\s-]*(?P<version>\d\.\d))?"
    r"(?:[\s-]*(?:international|universal|unported|deed))?",
    re.IGNORECASE,
)
_BY_NAME = {
    "mit": "MIT", "apache 2.0": "Apache-2.0", "apache-2.0": "Apache-2.0",
    "bsd-3-clause": "BSD-3-Clause", "gpl-3.0": "GPL-3.0-only", "mpl-2.0": "MPL-2.0",
}  # fmt: skip
FIELDS = ("license", "licence", "copyright", "rights")


def address_of_licence(fields: Mapping[str, str]) -> str:
    """Return the address of the licence that an entry names, or nothing where it is not known."""
    return next(filter(None, (_address(fields.get(name, "")) for name in FIELDS)), "")


def _address(told: str) -> str:
    if not told:
        return ""
    told = told.strip().removesuffix(" license").removesuffix(" License")
    if told.lower().startswith(("https://", "http://")):
        return web_address(told)
    if name := _BY_NAME.get(told.lower()):
        return f"https://spdx.org/licenses/{name}.html"
    found = _CREATIVE_COMMONS.fullmatch(re.sub(r"[\s_]+", "-", told))
    if not found:
        return ""
    terms = found["terms"].lower()
    if terms in {"0", "zero"}:
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    return f"https://creativecommons.org/licenses/{terms}/{found['version'] or '4.0'}/"
