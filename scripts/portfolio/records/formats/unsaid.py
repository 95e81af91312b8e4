"""What a record says and a format has no place for: it travels beside, and comes back whole."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from portfolio.records.formats.names import to_bibtex
from portfolio.records.formats.record import Record, names_of


def unsaid(record: Record, read: Record) -> dict[str, Any]:
    """Return what of ``record`` is lost or changed where a format is read back as ``read``."""
    fields = {n: text for n, text in sorted(record.fields.items()) if read.fields.get(n) != text}
    fields |= {name: "" for name in sorted(read.fields) if name not in record.fields}
    told: dict[str, Any] = {"type": record.kind} if record.kind != read.kind else {}
    told |= {"author": to_bibtex(record.authors)} if record.authors != read.authors else {}
    told |= {"editor": to_bibtex(record.editors)} if record.editors != read.editors else {}
    return told | ({"fields": fields} if fields else {})


def with_unsaid(read: Record, told: Any) -> Record:
    """Return what was read, completed by what `unsaid` has told; anything else tells nothing."""
    if not isinstance(told, dict):
        return read
    added = told.get("fields")
    added = added if isinstance(added, Mapping) else {}
    fields = dict(read.fields) | {str(name): str(text) for name, text in added.items()}
    people = {role: names_of(str(told[role])) for role in ("author", "editor") if role in told}
    return replace(
        read,
        kind=str(told.get("type", read.kind)),
        authors=people.get("author", read.authors),
        editors=people.get("editor", read.editors),
        fields={name: text for name, text in fields.items() if text},
    )
