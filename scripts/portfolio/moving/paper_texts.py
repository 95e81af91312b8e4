"""What a paper's own page in a source says below its front matter: an abstract, and the rest."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from portfolio.moving.bodies import sound
from portfolio.moving.citing import text_of
from portfolio.moving.found import Cells, Found
from portfolio.moving.samples import is_sample
from portfolio.moving.source import Source
from portfolio.moving.things import Leaf, Things

_LEAST = 20
_ELEMENT = re.compile(r"</?[a-zA-Z][^<>]*>")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_ABSTRACT = re.compile(r"[\W_]*abstract[\W_]+(?=\w)", re.IGNORECASE)
_HEADING = re.compile(r"[\W_]*abstract[\W_]*", re.IGNORECASE)
_CITATION = re.compile(r"[\W_]*recommended citation\b", re.IGNORECASE)
_DOWNLOAD = re.compile(r"\[(?:download|access|read)\b[^\[\]]*\]\(([^()\s]+)\)\.?", re.IGNORECASE)
_MARKED = re.compile(
    r"\]\(|<(?:img|a|ul|ol|table|iframe|video|h[1-6])\b|^[ \t]*(?:#|[-*+] )|\{[%{]",
    re.IGNORECASE | re.MULTILINE,
)


def taken_into(cells: Cells, text: str) -> str:
    """Take from a text what fields of a paper are for, and return what is left of it.

    That is the abstract, which may be all of it, and what the template has below each: a link to
    the paper, and a citation that its front matter repeats.
    """
    rest = []
    for paragraph in _joined(_PARAGRAPHS.split(text.strip())):
        if found := _DOWNLOAD.fullmatch(paragraph.strip()):
            if found[1] not in cells.said.values():
                cells.put("paperurl", found[1])
        elif "citation" in cells.said and _CITATION.match(paragraph):
            continue
        elif (found := _ABSTRACT.match(paragraph)) and not _MARKED.search(paragraph[found.end() :]):
            cells.put("text", words_of(paragraph[found.end() :]), "abstract")
        else:
            rest.append(paragraph)
    if len(rest) == 1 and "abstract" not in cells.said and not _MARKED.search(rest[0]):
        cells.put("text", words_of(rest.pop()), "abstract")
    return "\n\n".join(rest)


def _joined(paragraphs: list[str]) -> Iterator[str]:
    """Yield paragraphs; a heading above the abstract is its first word."""
    before = ""
    for one in paragraphs:
        if _HEADING.fullmatch(one):
            before = "Abstract: "
        else:
            yield before + one
            before = ""


def words_of(text: str) -> str:
    """Return text without the tags and entities that its authors wrote into it."""
    return " ".join(unescape(_ELEMENT.sub("", text)).split())


def with_text(source: Source, things: Things, paper: Found) -> Found:
    """Return a paper whose text is Markdown of ours, if it says more than its summary."""
    if not paper.page or not paper.text.strip():
        return replace(paper, text="")
    parts = (one for one in _PARAGRAPHS.split(paper.text) if not is_sample("", one))
    front = source.front_matter(paper.page, quietly=True)[0]
    text = text_of(source, things, "publications", Leaf(paper.page, front, "\n\n".join(parts)))
    told = sound(text.markdown)
    letters = re.sub(r"[\W_]+", "", told)
    said = (paper.record.fields.get(name, "") for name in ("abstract", "summary"))
    is_said = any(letters and letters in re.sub(r"[\W_]+", "", text) for text in said)
    is_little = len(letters) < _LEAST and "](" not in told
    told = "" if is_said or is_little else told
    return replace(paper, text=told, bibliography=text.files)
