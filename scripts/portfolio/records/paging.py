"""The pages of a work, as people write them: a range, several, an article's number, or words."""

import re
from collections.abc import Mapping

from portfolio.records.identifiers import is_arxiv
from portfolio.records.when import is_word

DASHES = re.compile(r"\s*(?:-+|[\u2010-\u2015])\s*")
"""What stands between two pages, however it is written."""

_OF_PAGES = re.compile(r"^(?:(?:pp?|pgs?|S|Seiten?|pages?)\.\s*|(?:pp|pages?|Seiten?)\s+)(?=\d)")
_SAID_PAGES = re.compile(r"^(?:Paper|Art|ID|No)\w*\b|\d (?:pp?\b|S\.|Seiten|pages)|\dpp?\.")
_ARTICLE = re.compile(r"(?:Paper|Art)\w*\.?(?: (?:No|ID)\.?)? (\w*\d\w*)", re.IGNORECASE)
_SEVERAL = re.compile(r"[,;+&]")


def pages_of(fields: Mapping[str, str]) -> str:
    """Return the pages, between which one hyphen stands; ADS puts arXiv's identifier there."""
    pages = _OF_PAGES.sub("", " ".join(fields.get("pages", "").split()))
    return "" if is_arxiv(pages) else DASHES.sub("-", pages).strip()


def says_itself(pages: str) -> bool:
    """Whether the pages say in words what they are: ``Paper No. 31``, ``120 pp.``, in press."""
    return bool(_SAID_PAGES.search(pages)) or is_word(pages)


def first_and_last(pages: str) -> tuple[str, str]:
    """Return the first and the last page; empty where unknown, or where words are in place."""
    if says_itself(pages):
        article = _ARTICLE.match(pages)
        return (article[1] if article else ""), ""
    first, _, last = pages.partition("-")
    return first.strip(), _SEVERAL.split(last)[0].strip(" -")
