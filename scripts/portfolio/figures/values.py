"""Numbers that a notebook gave, inserted where a text says ``{value slug.name}``.

The slug names the notebook, the name one of the values that a cell keeps; after a colon stands how
it is written, as in Python: ``{value waves.speed:.2f}``, ``{value waves.share:.0%}``; points and
commas are those of the page's language.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from portfolio.content import lying_in
from portfolio.figures.asked import asked_by, code_cells, kept_in
from portfolio.figures.notebooks import see_notebook
from portfolio.figures.staleness import NOTEBOOKS

MARK = re.compile(r"\{value(?:\s+([^{}\n]*(?:\n[^{}\n]+)?))?\}")
_NAMED = re.compile(r"([\w-]+)\.(\w+)(?::(\S+))?")
_FORM = re.compile(r"\+?,?(?:\.\d{1,2})?[defg%]?")
_HELP = "write it as {value slug.name}, or {value slug.name:.2f}"


class NoValueError(ValueError):
    """A text asks for a value that there is not; says why, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


@dataclass(frozen=True)
class Values:
    """The values of a project's notebooks, by slug and name; ``asked`` has those not kept yet.

    ``as_here`` writes a number as a language does, given it as Python does.
    """

    known: Mapping[str, Mapping[str, float | str]]
    asked: Mapping[str, frozenset[str]]
    as_here: Callable[[str], str] = str

    def inserted(self, text: str, write: Callable[[str], str] = str) -> str:
        """Return a text with values in their places; one that names none stays as it is."""

        def put(mark: re.Match[str]) -> str:
            try:
                return write(self.said(mark[1] or ""))
            except NoValueError:
                return mark[0]

        return MARK.sub(put, text) if "{value" in text else text

    def faults(self, text: str) -> Iterator[tuple[int, str, NoValueError]]:
        """Yield where a text asks for a value that there is not: the place, what stands there."""
        for mark in MARK.finditer(text) if "{value" in text else ():
            try:
                self.said(mark[1] or "")
            except NoValueError as error:
                yield mark.start(), " ".join(mark[0].split()), error

    def said(self, named: str) -> str:
        """Return the value that ``slug.name:form`` names; raise NoValueError."""
        found = _NAMED.fullmatch(" ".join(named.split()))
        if not found:
            raise NoValueError("it names no value", _HELP)
        slug, name, form = found[1], found[2], found[3] or ""
        if slug not in self.known:
            raise NoValueError(f"there is no notebook {slug}", _nearest(slug, self.known, _HELP))
        if name not in self.known[slug]:
            raise self._unknown(slug, name)
        value = self.known[slug][name]
        written = _written(value, form)
        return written if isinstance(value, str) else self.as_here(written)

    def _unknown(self, slug: str, name: str) -> NoValueError:
        if name in self.asked.get(slug, ()):
            return NoValueError("no run has told it yet", f"run `portfolio figures {slug}`")
        there = self.known[slug]
        remedy = f"name it in `#| values: {name}` of a cell, and run `portfolio figures {slug}`"
        return NoValueError(
            f"the notebook {slug} keeps no such value", _nearest(name, there, remedy)
        )


NO_VALUES = Values({}, {})


def read_values(root: Path) -> Values:
    """Return the values that the notebooks of the project keep; none of those nobody can read."""
    known: dict[str, dict[str, float | str]] = {}
    asked: dict[str, frozenset[str]] = {}
    for path in lying_in(root, NOTEBOOKS, ".ipynb"):
        try:
            cells = [cell for _, cell in code_cells(see_notebook(path))]
        except ValueError:  # reading its figure reports it
            continue
        known[path.stem] = {k: v for cell in cells for k, v in kept_in(cell).values.items()}
        asked[path.stem] = frozenset(v for c in cells for v in asked_by(c["source"]).values)
    return Values(known, asked)


def _nearest(name: str, there: Mapping[str, object], otherwise: str) -> str:
    near = get_close_matches(name, there, 1)
    return f"did you mean {near[0]}?" if near else otherwise


def _written(value: float | str, form: str) -> str:
    if isinstance(value, str) and not form:
        return value
    if isinstance(value, str) or not _FORM.fullmatch(form):
        what = f"{form} is no form for {'a text' if isinstance(value, str) else 'a number'}"
        raise NoValueError(what, "write it as Python does, such as .2f, ,d or .0%")
    if form.endswith("d"):
        value = round(value)
        form = re.sub(r"\.\d+", "", form)
    return format(value, form).replace("-", "\N{MINUS SIGN}")
