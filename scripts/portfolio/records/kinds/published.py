"""The kinds as JSON Schemas, from which editors complete and check tables in YAML."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portfolio.files import write
from portfolio.records.kinds.filling import ADDRESS, BOOLEANS, WORDS
from portfolio.records.kinds.known import KINDS
from portfolio.records.kinds.schema import FLAG, LINKS, SEVERAL, TEXT, TRANSLATED, Field, Kind

_DRAFT = "http://json-schema.org/draft-07/schema#"
_PLAIN = {"type": ["string", "number", "boolean", "null"]}
_PLAINS = {"anyOf": [_PLAIN, {"type": "array", "items": _PLAIN}]}
_LINK = r"(\s*|[^;]*:\s+[^;\s][^;]*|\s*([Hh][Tt][Tt][Pp][Ss]?://|[Ww]{3}\.)[^;\s]+\s*)"
"""Words, a colon and an address, or an address alone."""
_TAG = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"


def schemas() -> Iterator[tuple[str, str]]:
    """Yield the name of each schema's file, and its text."""
    for kind in KINDS.values():
        yield f"{kind.name}.json", json.dumps(schema_of(kind), indent=1, ensure_ascii=False) + "\n"


def schema_of(kind: Kind) -> dict[str, Any]:
    """Return the JSON Schema of a kind's table: a list of things, or such a list under one key.

    Editors offer the names of the fields; what else these may be called is no mistake either.
    """
    forms = {field.form: _form(field.form) for field in kind.fields.values()}
    told = [_names(kind, field) for field in kind.fields.values() if field.form in TRANSLATED]
    named = {f"^({_names(kind, field)})$": _ref(field.form) for field in kind.fields.values()}
    item = {
        "type": "object",
        "properties": {
            field.name: {"description": field.about, "allOf": [_ref(field.form)]}
            for field in kind.fields.values()
        },
        "patternProperties": named | {f"^({'|'.join(told)})-{_TAG}$": _ref(TEXT)},
        "additionalProperties": False,
        "anyOf": [{"required": [kind.title.name]}, _has(f"^({_names(kind, kind.title)})$")],
    }
    items = {"type": ["array", "null"], "items": item}
    return {
        "$schema": _DRAFT,
        "title": kind.name,
        "description": kind.about,
        "anyOf": [_ref("items"),
                  {"type": "object", "minProperties": 1, "maxProperties": 1,
                   "additionalProperties": _ref("items")}],
        "definitions": {"items": items} | forms,
    }  # fmt: skip


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/definitions/{name}"}


def _names(kind: Kind, field: Field) -> str:
    """Return a pattern of all names of a field, as `spelled` takes them."""
    names = sorted(name for name, known in kind.names.items() if known is field)
    return "|".join(map(_in_any_case, names)).replace("_", "[-_ ]")


def _in_any_case(word: str) -> str:
    return "".join(f"[{one}{one.upper()}]" if one.islower() else one for one in word)


def _has(name: str) -> dict[str, Any]:
    """Return the schema of an object that has a key of which a pattern holds."""
    return {"not": {"propertyNames": {"not": {"pattern": name}}}}


def _form(form: str) -> dict[str, Any]:
    if form == FLAG:
        said = "|".join(map(_in_any_case, BOOLEANS))
        spoken = {"type": "string", "pattern": rf"^\s*({said})?\s*$"}
        return {"anyOf": [{"type": ["boolean", "null"]}, {"enum": [0, 1]}, spoken]}
    if form == LINKS:
        return _LINKS
    return _PLAINS if form in SEVERAL else _PLAIN


def _links() -> dict[str, Any]:
    """Return the schema of links: blocks with an address, words with theirs, or texts."""
    said = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
    some = [{"required": [name], "properties": {name: said}} for name in ADDRESS]
    none = {
        "not": {"anyOf": [{"required": [name]} for name in (*WORDS, *ADDRESS)]},
        "additionalProperties": said,
    }
    block = {"type": "object", "additionalProperties": _PLAIN, "anyOf": [*some, none]}
    text = {"type": ["string", "null"], "pattern": f"^{_LINK}(;{_LINK})*$"}
    several = {"type": "array", "items": text}
    one = {"anyOf": [block, text, several]}
    return {"anyOf": [block, text, {"type": "array", "items": one}]}


_LINKS = _links()


if __name__ == "__main__":  # `make format` writes what the extension ships
    for name, text in schemas():
        write(Path(sys.argv[1]) / name, text)
