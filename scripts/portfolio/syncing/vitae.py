"""What a record at ORCID says for the CV, laid beside the tables here, and taken over as chosen."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from portfolio import texts
from portfolio.journal import change
from portfolio.mapping import NotYamlError, read_listed
from portfolio.moving.keys import title_of
from portfolio.numbering import free
from portfolio.records.kinds.item import Item, name_of
from portfolio.records.kinds.known import KINDS
from portfolio.records.kinds.reader import load_items, tables_of
from portfolio.refusal import Refusal
from portfolio.services.orcid_record import Thing

_ALL = "all"
_PLAIN_START = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NO_TEXT = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


@dataclass(frozen=True)
class Offer:
    """A thing that is not here, and the name that it is chosen by."""

    name: str
    thing: Thing

    def __str__(self) -> str:
        """Describe it on one line."""
        values = self.thing.values
        when = " \N{EN DASH} ".join(filter(None, (values.get("start"), values.get("end"))))
        parts = (values["title"], values.get("institution"), values.get("place"),
                 values.get("date") or when)  # fmt: skip
        return f"{self.name}: {', '.join(filter(None, parts))}"


def offers(root: Path, things: Iterable[Thing]) -> list[Offer]:
    """Return what is not in the tables of the project, by kinds."""
    here = {
        one for items in load_items(root, []).values() for item in items for one in _said_here(item)
    }
    found: list[Offer] = []
    taken: set[str] = set()
    for thing in things:
        if _said_there(thing) & here:
            continue
        values = thing.values
        base = f"{thing.kind}-{name_of(values.get('institution') or values['title'])}"
        found.append(Offer(free(base, taken), thing))
    return found


def chosen(found: Sequence[Offer], names: Iterable[str]) -> list[Offer]:
    """Return what is named: by its name, by its kind, or all; raise Refusal for what is not there.

    A kind of which nothing is new names nothing.
    """
    some: list[Offer] = []
    for name in names:
        meant = [each for each in found if name in {_ALL, each.name, each.thing.kind}]
        if not meant and name != _ALL and name not in KINDS:
            there = ", ".join(each.name for each in found[:6]) or "nothing is new"
            raise Refusal(name, "nothing in the record has this name", f"write one of: {there}")
        some += (each for each in meant if each not in some)
    return some


def take(root: Path, some: Sequence[Offer]) -> list[str]:
    """Write things to the ends of their tables; all other bytes stay. Return the files' paths.

    Raises Refusal, having changed nothing, where a table cannot be added to.
    """
    tables: dict[str, list[Thing]] = defaultdict(list)
    for offer in some:
        tables[_table(root, offer.thing.kind)].append(offer.thing)
    files = {path: _appended(_read(root / path), things, path) for path, things in tables.items()}
    change(root, files)
    return list(files)


def _table(root: Path, kind: str) -> str:
    """Return the YAML table to add to: the first that is there, or one in the CV's folder."""
    yaml = [path for path in tables_of(kind) if path.endswith((".yml", ".yaml"))]
    return next((path for path in yaml if (root / path).is_file()), f"cv/{kind}.yml")


def _appended(before: bytes, things: Sequence[Thing], path: str) -> bytes:
    newline = b"\r\n" if b"\r\n" in before else b"\n"
    gap = b"" if not before or before.endswith(b"\n") else newline
    after = before + gap + "".join(map(_written, things)).encode().replace(b"\n", newline)
    try:
        old, new = (len(read_listed(texts.decode(data).text, path)) for data in (before, after))
    except NotYamlError as error:
        raise Refusal(f"{path}:{error.line}", error.what, "mend it, or write on by hand") from None
    if new != old + len(things):
        raise Refusal(path, "nothing can be added at its end", "write on by hand")
    return after


def _written(thing: Thing) -> str:
    lines = [f"{name}: {_scalar(value)}" for name, value in thing.values.items()]
    return "- " + "\n  ".join(lines) + "\n"


def _scalar(value: str) -> str:
    """Write a value as YAML: plain where that says the same, else quoted."""
    plain = value[:1] in _PLAIN_START and not set(value) & set(":#{}[]'\"|>&*!%@`\\\n,")
    number = value.replace("-", "").isdecimal()
    return value if (plain and value.lower() not in _NO_TEXT) or number else _quoted(value)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _said_here(item: Item) -> set[tuple[str, str, str]]:
    first = item.when.first
    return _told(item.kind, item.title, item.text("institution"), str(first.year or ""))


def _said_there(thing: Thing) -> set[tuple[str, str, str]]:
    values = thing.values
    year = (values.get("start") or values.get("date") or "")[:4]
    return _told(thing.kind, values["title"], values.get("institution", ""), year)


def _told(kind: str, title: str, institution: str, year: str) -> set[tuple[str, str, str]]:
    """Return what tells a thing: its title, or from whom it is, with the year of its beginning."""
    named = {(kind, f"title:{title_of(title)}", year)}
    return named | ({(kind, title_of(institution), year)} if institution and year else set())


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
