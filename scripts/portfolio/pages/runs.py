"""HTML of a line as runs of text, each with what it is: for programs that set type themselves."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

_KINDS = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "mi": "i", "sup": "sup",
    "sub": "sub", "code": "code",
}  # fmt: skip
_LIFTED = {
    "msup": ("sup",), "mover": ("sup",), "msub": ("sub",), "munder": ("sub",),
    "msubsup": ("sub", "sup"), "munderover": ("sub", "sup"),
}  # fmt: skip
"""How the parts of a formula stand that follow the first one."""
_UNSEEN = {"annotation", "annotation-xml", "script", "style", "template"}
_RELATIONS = frozenset("=<>≤≥≈≠≃≡∈⊂⊆→←↔↦≪≫±+\u00d7\u2212\u223c")
_SPACE = "\N{SIX-PER-EM SPACE}"
_ROOT = "√"
Run = dict[str, str | int]


def runs_of(html: str) -> list[Run]:
    """Return the runs of a line of HTML; formulas are letters, raised and lowered where need be."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    runs: list[Run] = []
    for piece in reader.pieces:
        if runs and _marks_of(runs[-1]) == _marks_of(piece):
            runs[-1]["s"] = f"{runs[-1]['s']}{piece['s']}"
        else:
            runs.append({**piece})
    return runs


def _marks_of(run: Run) -> Run:
    return {name: value for name, value in run.items() if name != "s"}


@dataclass
class _Open:
    """An element that has begun: what it makes of its text, and where it and each child began."""

    name: str
    marks: Run
    start: int
    children: list[int] = field(default_factory=list)
    stacked: bool = False
    """Whether it is a fraction without a line, as binomials have it."""


@dataclass
class _Reader(HTMLParser):
    pieces: list[Run] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        marks = self._inherited(is_accent=told.get("accent") == "true")
        if tag in {"br", "img", "wbr", "hr"}:
            self._add(" ", marks)
            return
        if kind := _KINDS.get(tag):
            marks[kind] = 1
        if tag == "a" and (href := told.get("href")):
            marks["href"] = href
        if tag == "span" and told.get("class") == "me":
            marks["b"] = 1
        if tag in _UNSEEN:
            marks["hidden"] = 1
        stacked = told.get("linethickness") == "0"
        self.open.append(_Open(tag, marks, len(self.pieces), stacked=stacked))

    def _inherited(self, *, is_accent: bool) -> Run:
        """Return what the element around makes of the one that begins."""
        if not self.open:
            return {}
        above = self.open[-1]
        before = len(above.children)
        above.children.append(len(self.pieces))
        lifted = _LIFTED.get(above.name, ())
        if is_accent or not 0 < before <= len(lifted):
            return dict(above.marks)
        return above.marks | {lifted[before - 1]: 1}

    def handle_endtag(self, tag: str) -> None:
        if any(one.name == tag for one in self.open):
            while self._close(self.open.pop()) != tag:
                pass

    def _close(self, element: _Open) -> str:
        """Write a fraction or a root, which has ended, in a line; return the element's name."""
        ends = [*element.children, len(self.pieces)]
        parts = [self.pieces[start:end] for start, end in pairwise(ends)]
        root: Run = {"s": _ROOT, **element.marks}
        match element.name, parts:
            case "mfrac", [above, below]:
                between = {"s": " " if element.stacked else "/", **element.marks}
                self.pieces[element.start :] = [*_grouped(above), between, *_grouped(below)]
            case "mroot", [of, which]:
                raised = [{**piece, "sup": 1} for piece in which]
                self.pieces[element.start :] = [*raised, root, *_grouped(of)]
            case "msqrt", _:
                self.pieces[element.start :] = [root, *_grouped(self.pieces[element.start :])]
        return element.name

    def handle_data(self, data: str) -> None:
        above = self.open[-1] if self.open else _Open("", {}, 0)
        if "hidden" in above.marks:
            return
        is_word = above.name == "mi" and len(data) > 1
        if is_word or (above.name == "mo" and data in _RELATIONS):
            data = f"{_SPACE}{data}{_SPACE}"
        self._add(data, above.marks)

    def _add(self, text: str, marks: Run) -> None:
        if text:
            self.pieces.append({"s": text, **marks})


def _grouped(pieces: list[Run]) -> list[Run]:
    """Return a part of a formula in parentheses, unless it is a single sign."""
    if not pieces[1:]:
        return pieces
    first, *between, last = pieces
    return [{**first, "s": f"({first['s']}"}, *between, {**last, "s": f"{last['s']})"}]
