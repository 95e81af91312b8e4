"""What must hold of every rendered site, whatever it is about."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from reading import Page, read_page

_BASE = "https://base.invalid/below/"
_TEXTS = {".html", ".xml", ".txt", ".css", ".js", ".json", ".bib", ".ris", ".svg"}
_LOST = "404.html"


def broken(folder: Path, address: str, machine: Path) -> list[str]:
    """Return a line for each promise that the site in ``folder`` breaks.

    ``address`` is its public one; ``machine`` is the folder whose path no published file may hold.
    """
    pages = {
        path.relative_to(folder).as_posix(): read_page(path)
        for path in sorted(folder.rglob("*.html"))
        if "site_libs" not in path.parts
    }
    return [*_links(folder, pages, address), *_headings(pages), *_paths(folder, machine)]


def _headings(pages: dict[str, Page]) -> Iterator[str]:
    titled: dict[str, str] = {}
    for name, page in pages.items():
        if len(page.headings["h1"]) != 1:
            yield f"{name}: it has {len(page.headings['h1'])} main headings"
        if not all(text for headings in page.headings.values() for text in headings):
            yield f"{name}: a heading is empty"
        if page.title in titled:
            yield f"{name}: it has the title of {titled[page.title]}: {page.title}"
        titled[page.title] = name


def _links(folder: Path, pages: dict[str, Page], site: str) -> Iterator[str]:
    for name, page in pages.items():
        for address in page.addresses:
            if _is_broken(folder, pages, name, address, site):
                yield f"{name}: the address {address} leads nowhere"


def _is_broken(folder: Path, pages: dict[str, Page], name: str, address: str, site: str) -> bool:
    """Whether an address of the site itself leads nowhere once the site lives below ``_BASE``."""
    if address == site or address.startswith(f"{site}/"):
        address = _BASE + address.removeprefix(site).lstrip("/")
    elif name == _LOST and address.startswith("/"):
        address = _BASE + address.removeprefix(urlsplit(site).path).lstrip("/")
    target = urlsplit(urljoin(_BASE + name, address))
    if target.netloc != urlsplit(_BASE).netloc:
        return target.scheme not in {"https", "http", "mailto", "data"}
    path = unquote(target.path)
    if not path.startswith(urlsplit(_BASE).path):
        return True
    path = path.removeprefix(urlsplit(_BASE).path)
    path += "index.html" if path.endswith("/") or not path else ""
    if not (folder / path).is_file():
        return True
    return bool(target.fragment) and unquote(target.fragment) not in pages[path].ids


def _paths(folder: Path, machine: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in _TEXTS and str(machine) in path.read_text(encoding="utf-8"):
            yield f"{path.relative_to(folder).as_posix()}: it names a folder of this machine"
