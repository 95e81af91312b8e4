"""The kinds as JSON Schemas, from which editors complete and check tables in YAML."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portfolio.files import write
from portfolio.records.kinds.known import KINDS
from portfolio.records.kinds.schema import FLAG, LINKS, SEVERAL, Field, Kind

_DRAFT = "http://json-schema.org/draft-07/schema#"
_PLAIN = {"type": ["string", "number", "null"]}
_PLAINS = {"anyOf": [_PLAIN, {"type": "array", "items": _PLAIN}]}
_LINK = {"type": ["object", "string"], "additionalProperties": {"type": "string"}}
_LINKS = {"anyOf": [{"type": ["string", "null"]}, {"type": "array", "items": _LINK}]}
_TRANSLATION = "[a-z_]+-[a-z]{2,3}(-[A-Za-z0-9]+)*"


def schemas() -> Iterator[tuple[str, str]]:
    """Yield the name of each schema's file, and its text."""
    for kind in KINDS.values():
        yield f"{kind.name}.json", json.dumps(schema_of(kind), indent=1, ensure_ascii=False) + "\n"


def schema_of(kind: Kind) -> dict[str, Any]:
    """Return the JSON Schema of a kind's table: a list of things, or such a list under one key.

    Editors offer the names of the fields; what else these may be called is no mistake either.
    """
    others = {_pattern(kind, field): _form(field) for field in kind.fields.values()}
    others.pop("", None)
    names = [kind.title.name, *kind.title.aliases]
    item = {
        "type": "object",
        "properties": {
            field.name: {"description": field.about, **_form(field)}
            for field in kind.fields.values()
        },
        "patternProperties": others | {f"^{_TRANSLATION}$": _PLAIN},
        "additionalProperties": False,
        "anyOf": [{"required": [name]} for name in names],
    }
    items = {"type": ["array", "null"], "items": item}
    return {
        "$schema": _DRAFT,
        "title": kind.name,
        "description": kind.about,
        "anyOf": [{"$ref": "#/definitions/items"},
                  {"type": "object", "maxProperties": 1,
                   "additionalProperties": {"$ref": "#/definitions/items"}}],
        "definitions": {"items": items},
    }  # fmt: skip


def _pattern(kind: Kind, field: Field) -> str:
    names = sorted(name for name, known in kind.names.items() if known is field)
    said = "|".join(name.replace("_", "[-_ ]") for name in names if name != field.name)
    return f"^({said})$" if said else ""


def _form(field: Field) -> dict[str, Any]:
    if field.form == FLAG:
        return {"type": "boolean"}
    if field.form == LINKS:
        return _LINKS
    return _PLAINS if field.form in SEVERAL else _PLAIN


if __name__ == "__main__":  # `make format` writes what the extension ships
    for name, text in schemas():
        write(Path(sys.argv[1]) / name, text)
