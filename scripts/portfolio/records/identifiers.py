"""DOIs, arXiv identifiers and web addresses, in each of the ways people write them."""

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

from portfolio.records.fields import ADDRESSES

ARXIV = "https://arxiv.org/abs/"
DOI = "https://doi.org/"

_DOI = re.compile(r"10\.\d{1,9}(?:\.\d{1,9}){0,4}/[^\s\"|\\^`{}]+")
_SHORT_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10/[a-z0-9]{3,10})", re.IGNORECASE
)
_AT_DOI_ORG = re.compile(r"^https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_BEFORE_DOI = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:)?\s*[.,;]?", re.IGNORECASE)
_IDENTIFIERS = frozenset({*ADDRESSES, "eprint", "arxiv", "pmid", "pmcid", "ee", "hal", "biburl"})
_NEW = r"\d{4}\.\d{4,5}(?:v\d+)?"
_OLD = r"[a-z][a-z-]{1,20}(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?"
_ARXIV = re.compile(rf"(?<![\w.])(?:{_NEW}|{_OLD})(?![\w.]*\d)")
_SAID_ARXIV = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html)/|arxiv\s*:\s*|arxiv\s+|abs/|10\.48550/arxiv\.)({_NEW}|{_OLD})",
    re.IGNORECASE,
)
_OLD_ALONE = re.compile(_OLD)
_HINTING = re.compile(r"[xX][iI][vV]|abs/")
_ARXIV_ALONE = re.compile(
    rf"(?:arxiv\s*:?\s*|abs/)(?:{_NEW}|{_OLD})(?:\s*\[[\w.-]+\])?", re.IGNORECASE
)
_TELLING = (
    "journal",
    "note",
    "howpublished",
    "number",
    "volume",
    "url",
    "doi",
    "pages",
    "eid",
    "annote",
)
_NUMBERS = ("volume", "pages", "eid", "number")
_URL_COMMAND = re.compile(r"\\(?:url|href|path|nolinkurl|doi)\s*\{([^{}]*)\}(?:\{[^{}]*\})?")
_ESCAPED = re.compile(r"\{\\([_%&#~$])\}|\\([_%&#~${}])")
_TILDES = (r"\~{}", r"$\sim$")
_NAMED = {
    "textunderscore": "_", "textasciitilde": "~", "textless": "<", "textgreater": ">", "slash": "/",
    "textendash": "-", "textquotesingle": "'", "textpercent": "%", "texttildelow": "~", "lt": "<",
    "gt": ">", "textampersand": "&",
}  # fmt: skip
_NAMED_SIGN = re.compile(rf"\\({'|'.join(_NAMED)})(?![A-Za-z])\s*")
_FOLDERS = ("publications/files/", "publications/previews/")
_UNSAFE = re.compile(r"[\\:?#<>\"|*\x00-\x1f]")
_SECOND = re.compile(r"(?<![\s,;])[\s,;]+(?=https?://)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)


def address_in(value: str) -> str:
    r"""Return a field's address as it is, but for ``\url{}``, braces and backslashes about it.

    Of several addresses it is the first.
    """
    bare = _bare(value)
    return bare if bare.find("http", 1) < 0 else _SECOND.split(bare)[0]


def tidied(name: str, value: str) -> str:
    """Return an identifier or address without LaTeX about it, if no more than one is there."""
    if name == "doi":
        doi = doi_in(value)
        rest = _bare(unquote(value) if "%2f" in value.lower() else value).replace(doi, "", 1)
        return doi if doi and _BEFORE_DOI.fullmatch(rest) else value
    return _bare(value) if name in _IDENTIFIERS else value


def _bare(value: str) -> str:
    if "\\" in value or "{" in value or "$" in value:
        value = _URL_COMMAND.sub(r"\1", value)
        for tilde in _TILDES:
            value = value.replace(tilde, "~")
        value = _NAMED_SIGN.sub(lambda found: _NAMED[found[1]], value)
        value = _ESCAPED.sub(lambda found: found[1] or found[2], value)
        value = value.replace("{", "").replace("}", "")
    return value.strip().strip("<>").strip()


def is_web_address(href: str) -> bool:
    """Whether ``href`` is an address on the web: http or https, with a host, without spaces."""
    if not href.lower().startswith(("https://", "http://")) or re.search(r"[\s\"<>\\^`{|}]", href):
        return False
    try:
        return bool(urlsplit(href).hostname)
    except ValueError:
        return False


def web_address(href: str) -> str:
    """Return ``href`` fit for a link, or nothing if it is not an address on the web.

    Letters that addresses must not hold are written as percent signs and numbers.
    """
    if href.lower().startswith("www."):
        href = f"https://{href}"
    href = quote(href, safe="%/:?#[]@!$&'()*+,;=~-._")
    return href if is_web_address(href) else ""


def is_path(href: str) -> bool:
    """Whether ``href`` leads along a path: it names no scheme, no host, and not only a fragment."""
    return bool(href) and not _ELSEWHERE.match(href)


def own_file(value: str) -> str:
    """Return the path in the project of a file that the site publishes, or nothing.

    Only files in its two folders for them are, and no path leads out of these.
    """
    parts = value.split("/")
    plain = len(parts) > 2 and not any(part in {"", ".", ".."} for part in parts)  # noqa: PLR2004  folder, folder, file
    return value if plain and value.startswith(_FOLDERS) and not _UNSAFE.search(value) else ""


def doi_in(value: str) -> str:
    """Return the bare DOI in ``value``, or nothing."""
    value = address_in(value)
    if "%2f" in value.lower():
        value = unquote(value)
    found = _DOI.search(value)
    if not found:
        short = _SHORT_DOI.fullmatch(value)
        return short[1] if short else ""
    doi = found.group().rstrip(".,;")
    return doi[:-1] if doi.endswith(")") and doi.count(")") > doi.count("(") else doi


def doi_of(fields: Mapping[str, str]) -> str:
    """Return a paper's DOI: from its field, else from an address at doi.org."""
    if doi := doi_in(fields.get("doi", "")):
        return doi
    for name in ("url", "ee", "link", "note", "howpublished"):
        address = address_in(fields.get(name, ""))
        if _AT_DOI_ORG.match(address):
            return doi_in(address)
    return ""


def doi_address(doi: str) -> str:
    """Return the address that a DOI resolves at."""
    return DOI + quote(doi, safe="/:;()._-+,@!$&'*=~")


def arxiv_of(fields: Mapping[str, str]) -> str:
    """Return a paper's arXiv identifier: by its field, ``eprint``, a note or an address."""
    if named := fields.get("arxiv", ""):
        return _arxiv_in(named)
    archive = fields.get("archiveprefix") or fields.get("eprinttype") or ""
    eprint = fields.get("eprint", "")
    if archive.lower() == "arxiv":
        return _arxiv_in(eprint) or _with_class(eprint, fields)
    if not archive and (found := _arxiv_in(eprint)):
        return found
    for name in _TELLING:
        said = fields.get(name, "")
        if said and _HINTING.search(said) and (told := _SAID_ARXIV.search(said)):
            return told[1]
    return next((fields[name] for name in _NUMBERS if _is_old(fields.get(name, ""))), "")


def is_arxiv(value: str) -> bool:
    """Whether a field holds arXiv's identifier in place of its own value."""
    return bool(_ARXIV_ALONE.fullmatch(value.strip())) or _is_old(value)


def _is_old(value: str) -> bool:
    """Whether a field is such an identifier of before 2007, which no number looks like."""
    return "/" in value and bool(_OLD_ALONE.fullmatch(value))


def _arxiv_in(value: str) -> str:
    value = value.strip()
    found = _ARXIV.search(value[:-4] if value[-4:].lower() == ".pdf" else value)
    return found.group() if found else ""


def _with_class(eprint: str, fields: Mapping[str, str]) -> str:
    """Complete an identifier of before 2007 that stands without its archive."""
    archive = fields.get("primaryclass", "")
    return f"{archive}/{eprint}" if archive and re.fullmatch(r"\d{7}", eprint) else ""
