"""A row of a table made into an item; what cannot be used is named, and nothing is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from portfolio.records.identifiers import web_address
from portfolio.records.kinds.item import Item, name_of
from portfolio.records.kinds.schema import FLAG, LINKS, SEVERAL, TRANSLATED, Field, Kind, spelled
from portfolio.records.kinds.spans import fault_of, read_span
from portfolio.records.languages import is_tag
from portfolio.records.paper import Link
from portfolio.records.problems import Problem

BOOLEANS = ("true", "false", "yes", "no", "1", "0", "x")
"""How a field that is yes or no may say so, in small letters or others."""
_DATES = ("date", "start", "end")
_NEAR = 0.7
WORDS, ADDRESS = ("text", "name"), ("href", "url", "link")
_PARTS = frozenset({*WORDS, *ADDRESS})
"""What the words and the address of a link are called; what else a link has are its words."""


@dataclass(frozen=True)
class Row:
    """What stands in one row of a table: values by their fields' names as written."""

    said: Mapping[str, object]
    path: str
    line: int
    lines: Mapping[str, int]


def item_of(kind: Kind, row: Row, problems: list[Problem]) -> Item | None:
    """Return the item of a row, or None for one without a name, which is named if it says more."""
    filling = _Filling(kind, row, problems)
    for key, value in row.said.items():
        filling.take(key, value)
    texts, title = filling.texts, kind.title
    if not texts.get(title.name):
        if texts or filling.lists or filling.links:
            filling.report(title.name, f"there is no {title.name}", f"write {title.about}")
        return None
    when = read_span(*(texts.get(name, "") for name in _DATES))
    if fault := fault_of(when):
        key = next(name for name in _DATES if texts.get(name))
        line = filling.lines.get(key, row.line)
        problems.append(Problem(row.path, line, key, fault, "write it as 2021-03-04"))
    made = Item(
        kind.name,
        texts,
        filling.lists,
        tuple(filling.links),
        when,
        row.path,
        row.line,
        filling.lines,
        filling.others,
    )
    return replace(made, id=name_of(texts.get("id", "") or made.title))


def nearest(key: str, known: Mapping[str, object]) -> str:
    """Return the known name that is nearest to ``key``, or nothing where none is near."""
    found = get_close_matches(spelled(key), list(known), n=1, cutoff=_NEAR)
    return found[0] if found else ""


@dataclass(frozen=True)
class _Filling:
    """An item while the keys of its row come in one by one."""

    kind: Kind
    row: Row
    problems: list[Problem]
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    others: dict[str, dict[str, str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def report(self, key: str, what: str, remedy: str) -> None:
        line = self.row.lines.get(key, self.row.line)
        self.problems.append(Problem(self.row.path, line, key, what, remedy))

    def take(self, key: str, value: object) -> None:
        """Put a value where it belongs."""
        known = self.kind.names.get(spelled(key))
        if known:
            self.lines.setdefault(known.name, self.row.lines.get(key, self.row.line))
            self._put(known, key, value)
        elif not self._is_translation(key, value):
            self.report(key, *_unknown(self.kind, key))
            self.texts.setdefault(key, _text(value))

    def _is_translation(self, key: str, value: object) -> bool:
        base, _, tag = key.partition("-")
        known = self.kind.names.get(spelled(base)) if is_tag(tag) else None
        if known is None or known.form not in TRANSLATED:
            return False
        self.others.setdefault(tag.lower(), {})[known.name] = _text(value)
        return True

    def _put(self, known: Field, key: str, value: object) -> None:
        if known.form == LINKS:
            self._link(key, value)
        elif known.form in SEVERAL:
            self._plain(key, value)
            self.lists[known.name] = (*self.lists.get(known.name, ()), *_several(value))
        elif isinstance(value, dict | list):
            self._text(known, key, _text(value).strip(), is_plain=False)
        elif text := _text(value).strip():
            self._text(known, key, text, is_plain=True)

    def _text(self, known: Field, key: str, text: str, *, is_plain: bool) -> None:
        if not is_plain:
            told = text or "a list or a block without any"
            self.report(key, f"it is no text ({told})", "write it on one line")
        if not text:
            return
        if self.texts.get(known.name, text) != text:
            self.report(key, f"two keys say the {known.name}", f"keep {known.name} alone")
            return
        self.texts[known.name] = text
        if known.form == FLAG and text.lower() not in BOOLEANS:
            self.report(key, f"it is neither true nor false ({text})", "write true, or remove it")

    def _plain(self, key: str, value: object) -> None:
        """Name what is no text among several."""
        for said in value if isinstance(value, list) else [value]:
            if isinstance(said, list | dict):
                self.report(key, f"it is no text ({_text(said)})", "write each as one text")

    def _link(self, key: str, value: object) -> None:
        for said in _pieces(value):
            link = _link_of(said)
            if link.href:
                self.links.append(link)
            elif said:
                what = f"a link needs words and an address ({_text(said)})"
                self.report(key, what, "write {text: Slides, href: https://...}")


def _unknown(kind: Kind, key: str) -> tuple[str, str]:
    near = nearest(key, kind.names)
    some = ", ".join(known.name for known in kind.own)
    return "no field is called so", f"write {near}" if near else f"remove it, or take {some} ..."


def _pieces(value: object) -> Iterator[object]:
    for said in value if isinstance(value, list) else [value]:
        if isinstance(said, dict) and not _PARTS & said.keys():
            yield from ({"text": text, "href": href} for text, href in said.items())
        else:
            yield from [said] if isinstance(said, dict) else _several(said)


def _link_of(said: object) -> Link:
    if isinstance(said, dict):
        if any(isinstance(each, dict | list) for each in said.values()):
            return Link("", "")
        href = next(filter(None, (str(said.get(key, "")).strip() for key in ADDRESS)), "")
        words = next(filter(None, (str(said.get(key, "")).strip() for key in WORDS)), "")
        return Link(words or _bare(href), href)
    words, colon, address = str(said).rpartition(": ")
    if colon:
        return Link(words.strip(), address.strip())
    address = web_address(str(said).strip())
    return Link(_bare(address), address)


def _bare(address: str) -> str:
    return address.partition("//")[2].removeprefix("www.").rstrip("/")


def _several(value: object) -> tuple[str, ...]:
    """Return the values of a list, or of a text in which semicolons part them."""
    if isinstance(value, list):
        return tuple(text for each in value if (text := _text(each).strip()))
    return tuple(text for part in _text(value).split(";") if (text := part.strip()))


def _text(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_text(each)}" for key, each in value.items())
    return "; ".join(map(_text, value)) if isinstance(value, list) else str(value)
