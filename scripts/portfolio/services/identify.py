"""What people type to name a paper: a DOI, an arXiv identifier, an address, or a file."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from portfolio.refusal import Refusal

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_IN_ADDRESS = re.compile(r"10\.\d{4,9}/[^\s?#]+")
_ARXIV = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z-]++(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_BEFORE_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_BEFORE_ARXIV = re.compile(
    r"^(?:https?://(?:www\.|export\.)?arxiv\.org/\w+/|arxiv:)\s*", re.IGNORECASE
)
_TAIL = re.compile(r"(?:/(?:full|abstract|pdf|epdf|meta|html))*(?:\.pdf)?/?$")
_ARXIV_DOI = "10.48550/arxiv."


@dataclass(frozen=True)
class Reference:
    """What names a paper: ``kind`` is ``doi``, ``arxiv``, ``page`` or ``file``."""

    kind: str
    value: str

    def __str__(self) -> str:
        """Name the reference as messages do."""
        return {"doi": "doi:", "arxiv": "arXiv:"}.get(self.kind, "") + self.value


def identify(text: str, *, folder: Path) -> Reference:
    """Return what ``text`` names, files being sought in ``folder``.

    Raises Refusal if it names nothing that could be looked up.
    """
    text = text.strip()
    if text and _is_file(folder / text):
        return Reference("file", str(folder / text))
    address = re.match(r"https?://", text, re.IGNORECASE)
    bare = _BEFORE_DOI.sub("", text)
    if _DOI.fullmatch(bare := unquote(bare)):
        return of_doi(bare)
    bare = _BEFORE_ARXIV.sub("", text)
    if _ARXIV.fullmatch(bare := re.sub(r"\.pdf$|/$", "", bare)):
        return of_arxiv(bare)
    if address and (found := _DOI_IN_ADDRESS.search(unquote(text))):
        return of_doi(_TAIL.sub("", found.group()))
    if address:
        return Reference("page", text)
    if re.search(r"\.(?:pdf|bib|ris|json)$", text, re.IGNORECASE):
        raise Refusal(text, "there is no such file", "correct its name")
    what = "this is no DOI, arXiv identifier, address or file"
    raise Refusal(text or "nothing", what, "name one, such as 10.1000/182 or 1706.03353")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long for a name, or with letters that none has
        return False


def of_doi(doi: str) -> Reference:
    """Return the reference of a DOI, bare or not; one that arXiv gave is arXiv's."""
    doi = _BEFORE_DOI.sub("", doi)
    if doi.lower().startswith(_ARXIV_DOI):
        return of_arxiv(doi[len(_ARXIV_DOI) :])
    return Reference("doi", doi)


def of_arxiv(identifier: str) -> Reference:
    """Return the reference of a bare arXiv identifier, whichever version it names."""
    return Reference("arxiv", re.sub(r"v\d+$", "", identifier))
