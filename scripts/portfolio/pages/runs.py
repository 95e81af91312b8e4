"""HTML of a line as runs of text, each with what it is: for programs that set type themselves."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_KINDS = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "mi": "i", "sup": "sup",
    "sub": "sub", "code": "code",
}  # fmt: skip
_LIFTED = {"msup": "sup", "msub": "sub"}
_UNSEEN = {"annotation", "annotation-xml", "script", "style", "template"}
_RELATIONS = frozenset("=<>≤≥≈≠≃≡∈⊂⊆→←↔↦≪≫±+\u00d7\u2212\u223c")
_SPACE = "\N{SIX-PER-EM SPACE}"
Run = dict[str, str | int]


def runs_of(html: str) -> list[Run]:
    """Return the runs of a line of HTML; formulas are letters, raised and lowered where need be."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.runs


@dataclass
class _Open:
    """An element that has begun: its name, what it makes of its text, and how many are in it."""

    name: str
    marks: dict[str, str | int]
    children: int = 0


@dataclass
class _Reader(HTMLParser):
    runs: list[Run] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks = dict(self.open[-1].marks) if self.open else {}
        if self.open:
            above = self.open[-1]
            if above.name in _LIFTED and above.children:
                marks[_LIFTED[above.name]] = 1
            if above.name == "mfrac" and above.children:
                self._add("/", marks)
            above.children += 1
        if tag in {"br", "img", "wbr", "hr"}:
            self._add(" ", marks)
            return
        told = dict(attrs)
        if kind := _KINDS.get(tag):
            marks[kind] = 1
        if tag == "a" and (href := told.get("href")):
            marks["href"] = href
        if tag == "span" and told.get("class") == "me":
            marks["b"] = 1
        if tag in _UNSEEN:
            marks["hidden"] = 1
        self.open.append(_Open(tag, marks))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place].name == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        above = self.open[-1] if self.open else _Open("", {})
        if "hidden" in above.marks:
            return
        is_word = above.name == "mi" and len(data) > 1
        if is_word or (above.name == "mo" and data in _RELATIONS):
            data = f"{_SPACE}{data}{_SPACE}"
        self._add(data, above.marks)

    def _add(self, text: str, marks: dict[str, str | int]) -> None:
        if self.runs and {k: v for k, v in self.runs[-1].items() if k != "s"} == marks:
            self.runs[-1]["s"] = f"{self.runs[-1]['s']}{text}"
        elif text:
            self.runs.append({"s": text, **marks})
