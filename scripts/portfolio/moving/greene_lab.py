"""Moving in from the Greene lab's website template: citations that it resolved, in one file."""

import re
from collections.abc import Mapping
from typing import Any

from portfolio.moving.found import Cells, Found, Haul
from portfolio.moving.keys import key_of
from portfolio.moving.source import Source, listed, plain
from portfolio.records.fields import kind_told

_CITATIONS, _SOURCES = "_data/citations.yaml", "_data/sources.yaml"

_KNOWN = {"id", "title", "authors", "publisher", "date", "link", "image", "type", "description",
          "buttons", "tags", "repo", "plugin", "file", "_cache"}  # fmt: skip


def is_one(source: Source) -> bool:
    """Whether the folder is a site made from the template."""
    return any((source.root / name).is_file() for name in (_CITATIONS, _SOURCES))


def read(source: Source) -> Haul:
    """Return its papers; what authors said of a citation goes over what was resolved."""
    by_id: dict[str, dict[str, Any]] = {}
    for name in (_CITATIONS, _SOURCES):
        for path in source.glob(name):
            data = source.data(path)
            for number, one in enumerate(data if isinstance(data, list) else [], 1):
                if isinstance(one, Mapping):
                    key = plain(one.get("id")) or f"{name}-{number}"
                    by_id[key] = by_id.get(key, {}) | {"file": name} | dict(one)
    papers: list[Found] = []
    for one in by_id.values():
        if not one.get("remove"):
            papers.append(_paper(source, one, {paper.record.key for paper in papers}))
    return Haul("Greene lab", source, tuple(papers))


def _paper(source: Source, said: Mapping[str, Any], taken: set[str]) -> Found:
    cells = Cells()
    scheme, _, number = plain(said.get("id")).partition(":")
    scheme = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "pubmed": "pmid"}.get(
        scheme.lower(), ""
    )
    cells.put("id", number if scheme else plain(said.get("id")), scheme or "id")
    cells.put_authors("authors", listed(said.get("authors")))
    for name in ("title", "date", "link", "image", "description"):
        cells.put(name, plain(said.get(name)))
    cells.put(
        "publisher", plain(said.get("publisher")), "publisher" if scheme == "arxiv" else "journal"
    )
    cells.put("tags", ", ".join(listed(said.get("tags"))), "keywords")
    repository = plain(said.get("repo"))
    address = repository if "://" in repository else f"https://github.com/{repository}"
    cells.put("repo", address if repository else "", "code")
    for button in said.get("buttons") or ():
        if isinstance(button, Mapping):
            _put_button(cells, button)
    for name in said.keys() - _KNOWN:
        cells.put(name, ", ".join(listed(said[name])))
    kind = "misc" if scheme == "arxiv" else kind_told([plain(said.get("type"))]) or "article"
    where = str(said["file"])
    if not cells.said.get("title"):
        path = source.root / where
        what = "the citation has not been resolved"
        source.report(path, plain(said.get("id")), what, "add it by its identifier")
    found = cells.found("unnamed", where, [source.root], kind=kind)
    return found.renamed(key_of(found.record, taken))


def _put_button(cells: Cells, button: Mapping[str, Any]) -> None:
    kind = plain(button.get("type")) or plain(button.get("text"))
    name = re.sub(r"\W+", "_", kind.lower()) or "website"
    name = {"source": "code", "preprint": "url", "github": "code"}.get(name, name)
    cells.put(f"buttons.{kind}", plain(button.get("link")), name)
