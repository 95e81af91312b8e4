"""Citations as Jekyll's scholar and Distill write them, as Pandoc's: ``{% cite key %}``."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

_TAG = re.compile(r"\{%-?\s*(cite|citet|citep|reference|nocite|bibliography)\b([^%]*)-?%\}")
_WORD = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s\"']+")
_DISTILL = re.compile(
    r"<d-cite\b[^<>]*?\b(?:key|bibtex-key)=[\"']([^\"'<>]+)[\"'][^<>]*>\s*(?:</d-cite>)?"
)
_FOOTNOTE = re.compile(r"<d-footnote\b[^>]*>(.*?)</d-footnote>", re.DOTALL)
_QUOTE = re.compile(r"\{%-?\s*quote\s+([^%]*)-?%\}(.*?)\{%-?\s*endquote\s*-?%\}", re.DOTALL)
_PLAIN_KEY = re.compile(r"\w+(?:[:.#$%&+?<>~/-]\w+)*")
_LONG = {"l": "locator", "L": "label", "f": "file", "A": "suppress_author", "c": "cited",
         "C": "cited", "cited_in_order": "cited", "q": "query"}  # fmt: skip
_ALONE = frozenset({"suppress_author", "cited", "clear", "r", "remove_duplicates"})
_LABELS = {"page": "p.", "chapter": "chap.", "section": "sec.", "figure": "fig.", "part": "pt.",
           "paragraph": "para.", "volume": "vol.", "line": "l.", "verse": "v."}  # fmt: skip
_REFERENCES = "\n\n::: {#refs}\n:::\n\n"
_LIST = "\u2063list of {}\u2063"
_OF_LIST = re.compile("\u2063list of ([^\u2063]*)\u2063")


@dataclass
class _Tag:
    """What a tag says: the keys, and what its options are given, each as often as it stands."""

    keys: list[str] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)


def as_pandoc(text: str, cited: Collection[str]) -> str:
    """Return a text whose tags are Pandoc's citations where ``cited`` has their keys.

    Other keys stay as words in brackets; a list of what is cited is where its tag stands.
    """
    text = _QUOTE.sub(lambda found: _quoted(found[2], _read(found[1]).keys, cited), text)
    text = _FOOTNOTE.sub(lambda found: f"^[{' '.join(found[1].split())}]", text)
    text = _DISTILL.sub(lambda found: _citation("cite", _Tag(_parted(found[1])), cited), text)
    return _TAG.sub(lambda found: _said(found[1], _read(found[2]), cited), text)


def keys_of(text: str) -> Iterator[str]:
    """Yield the keys that tags of a text cite."""
    for found in _TAG.finditer(text):
        if found[1] != "bibliography":
            yield from _read(found[2]).keys
    for found in _DISTILL.finditer(text):
        yield from _parted(found[1])
    for found in _QUOTE.finditer(text):
        yield from _read(found[1]).keys


def lists_in(text: str) -> list[str]:
    """Return the files of which a text that was read lists all entries."""
    return _OF_LIST.findall(text)


def with_list(text: str, name: str, list_: str) -> str:
    """Return a text in which a list stands where its tag stood."""
    before, mark, after = text.partition(_LIST.format(name))
    parts = (before.rstrip(), list_, after.lstrip())
    return "\n\n".join(filter(None, parts)) if mark else text


def _said(name: str, tag: _Tag, cited: Collection[str]) -> str:
    if name == "bibliography":
        if "cited" in tag.options or (cited and not tag.options):
            return _REFERENCES
        files = [] if "query" in tag.options else tag.options.get("file", [])
        return "\n\n".join(_LIST.format(file) for file in files)
    return "" if name == "nocite" else _citation(name, tag, cited)


def _citation(name: str, tag: _Tag, cited: Collection[str]) -> str:
    known = [key for key in tag.keys if key in cited]
    others = ", ".join(key for key in tag.keys if key not in cited)
    labels = tag.options.get("label", [])
    places = [
        f"{_LABELS.get(label or 'page', label)} {place}"
        for place, label in zip_longest(tag.options.get("locator", []), labels, fillvalue="")
        if place
    ]
    told = [(_at(key), place) for key, place in zip_longest(known, places, fillvalue="") if key]
    if name in {"citet", "reference"}:
        said = ", ".join(key + (f" [{place}]" if place else "") for key, place in told)
    else:
        mark = "-" * ("suppress_author" in tag.options)
        said = "; ".join(mark + key + (f", {place}" if place else "") for key, place in told)
        said = f"[{said}]" if said else ""
    return " ".join(filter(None, (said, f"({others})" if others else "")))


def _quoted(text: str, keys: list[str], cited: Collection[str]) -> str:
    said = f"{text.strip()}\n\n{_citation('cite', _Tag(keys), cited)}"
    return "\n\n" + "\n".join(f"> {line}".rstrip() for line in said.split("\n")) + "\n\n"


def _at(key: str) -> str:
    return f"@{key}" if _PLAIN_KEY.fullmatch(key) else f"@{{{key}}}"


def _parted(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]


def _read(said: str) -> _Tag:
    """Read keys and options; ``--file x`` and ``--file=x`` are the same."""
    tag, option = _Tag(), ""
    for word in _words(said):
        if option:
            tag.options.setdefault(option, []).append(word)
            option = ""
        elif word.startswith("-") and len(word) > 1:
            name = word.lstrip("-")
            option = _LONG.get(name, name)
            if option in _ALONE:
                tag.options[option] = []
                option = ""
        else:
            tag.keys += [word.strip(",")] if word.strip(",") else []
    return tag


def _words(said: str) -> Iterator[str]:
    for word in _WORD.findall(said.rstrip().removesuffix("-")):
        name, mark, value = word.partition("=")
        yield from (name, value) if mark and word.startswith("--") else (word.strip("\"'"),)
