"""The identifiers that a page gives in its head, in the metadata that publishers write there."""

import re
from collections.abc import Mapping

from portfolio.texts import unescaped

_NAMES = {
    "citation_doi": "doi",
    "dc.identifier": "doi",
    "prism.doi": "doi",
    "bepress_citation_doi": "doi",
    "citation_arxiv_id": "arxiv",
}
_META = re.compile(r"<meta\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w.:-])([\w.:-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]++))""")
"""Patterns that look at each letter a few times at most, whatever a page is made of."""
_HEAD = 1_000_000
"""How many letters of a page are looked at."""


def identifiers_in(page: str) -> Mapping[str, str]:
    """Return the first DOI and the first arXiv identifier of a page's metadata, if it has them."""
    said: dict[str, str] = {}
    for found in _META.finditer(_uncommented(page[:_HEAD])):
        attributes = {
            name.lower(): unescaped("".join(values)).strip()
            for name, *values in _ATTRIBUTE.findall(found[1])
        }
        kind = _NAMES.get(attributes.get("name", "").lower(), "")
        content = attributes.get("content", "")
        if kind and content and (kind != "doi" or "10." in content):
            said.setdefault(kind, content)
    return said


def _uncommented(page: str) -> str:
    first, *others = page.split("<!--")
    return "".join([first, *(other.partition("-->")[2] for other in others)])
