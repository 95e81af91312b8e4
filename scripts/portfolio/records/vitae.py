"""What ``cv/cv.yml`` says: which sections a CV has, in which order, and in which variants."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from portfolio.content import is_content
from portfolio.mapping import Mapping as Settings
from portfolio.mapping import NotYamlError, read_mapping
from portfolio.records.kinds.known import KINDS
from portfolio.records.problems import Problem
from portfolio.records.sources import read_text

FILE = "cv/cv.yml"
PUBLICATIONS = "publications"
_LEFT_OUT = {"people", "press"}
SECTIONS = ("education", "positions", PUBLICATIONS, *(
    kind for kind in KINDS if kind not in {"education", "positions", *_LEFT_OUT}
))  # fmt: skip
"""The sections of a CV whose settings name none, in their order."""
PAPERS = ("a4", "letter")
_KEYS = (
    "summary", "paper", "sections", "publications", "headings", "pages", "variants", "selected",
    "since", "citations",
)  # fmt: skip
_BLOCK = "write `name: value` lines below it"
_OF_PUBLICATIONS = ("all", "selected")


@dataclass(frozen=True)
class Vitae:
    """The settings of a CV. ``name`` is its variant's, empty for the whole one.

    ``pages`` is how many it may have at most, and ``most`` how many items and papers each section
    has at most; ``selected`` says that it has selected items alone, ``since`` from which year on,
    and ``citations`` that it says how often papers are cited, with their sum and the h-index.
    """

    name: str = ""
    summary: str = ""
    paper: str = "a4"
    sections: tuple[str, ...] = SECTIONS
    publications: str = "all"
    selected: bool = False
    pages: int = 0
    since: int = 0
    headings: Mapping[str, str] = field(default_factory=dict)
    most: int | None = None
    citations: bool = False
    is_there: bool = False
    """Whether anybody has written settings of it."""

    @property
    def stem(self) -> str:
        """The name of its file, without the ending."""
        return f"cv-{self.name}" if self.name else "cv"


def load_vitae(root: Path, problems: list[Problem]) -> tuple[Vitae, ...]:
    """Return the whole CV and its variants; what cannot be used is named and left out."""
    if not is_content(root / FILE, root):
        return (Vitae(),)
    text = read_text(root / FILE, shown_as=FILE, problems=problems)
    try:
        settings = read_mapping(text, FILE, 1)
    except NotYamlError as error:
        problems.append(Problem(FILE, error.line, "yaml", error.what, "mend the YAML"))
        return (Vitae(),)
    whole = replace(_read(Vitae(), settings, "", problems), is_there=True)
    variants = settings.get("variants") or {}
    if not isinstance(variants, dict):
        problems.append(
            _problem(settings, "variants", "it has no names", "write `short:` below it")
        )
        variants = {}
    below: dict[str, Vitae] = {}
    for name, said in variants.items():
        key, file = f"variants.{name}", _file_name(name)
        if not file or file in below:
            what = f"its file would be {Vitae(file).stem}.pdf, and that is another's"
            problems.append(_problem(settings, key, what, "give it another name"))
            continue
        if said is not None and not isinstance(said, dict):
            problems.append(_problem(settings, key, f"it is no block ({said})", _BLOCK))
        below[file] = _read(replace(whole, name=file), settings, f"{key}.", problems)
    return whole, *below.values()


def _read(base: Vitae, settings: Settings, above: str, problems: list[Problem]) -> Vitae:
    said = settings.get(above.rstrip(".")) if above else settings.values
    said = said if isinstance(said, dict) else {}
    for key in said:
        if key not in _KEYS or (above and key == "variants"):
            what = "nothing reads this"
            problems.append(_problem(settings, above + key, what, _nearest(str(key), _KEYS)))
    read = replace(base, summary=str(said.get("summary") or base.summary))
    if "sections" in said:
        read = replace(read, sections=tuple(_sections(settings, above, said["sections"], problems)))
    paper = _one_of(settings, above, "paper", PAPERS, problems) or base.paper
    papers = _one_of(settings, above, "publications", _OF_PUBLICATIONS, problems)
    read = replace(read, paper=paper, publications=papers or base.publications)
    headings = said.get("headings")
    if headings and not isinstance(headings, dict):
        what = f"it is no block ({headings})"
        problems.append(_problem(settings, above + "headings", what, _BLOCK))
    if isinstance(headings, dict):
        known = (PUBLICATIONS, *KINDS)
        for name in (str(key) for key in headings if str(key) not in known):
            key, what = f"{above}headings.{name}", f"there is no section of this name ({name})"
            problems.append(_problem(settings, key, what, _nearest(name, known)))
        told = {str(key): str(value) for key, value in headings.items()}
        read = replace(read, headings={**base.headings, **told})
    chosen = _flag(settings, above, "selected", problems)
    cited = _flag(settings, above, "citations", problems)
    return replace(
        read,
        pages=_number(settings, above, "pages", problems) or base.pages,
        since=_number(settings, above, "since", problems) or base.since,
        selected=base.selected if chosen is None else chosen,
        citations=base.citations if cited is None else cited,
    )


def _one_of(
    settings: Settings, above: str, key: str, known: tuple[str, ...], problems: list[Problem]
) -> str:
    value = str(settings.get(above + key) or "").lower()
    if value in {"", *known}:
        return value
    what = f"it is neither {' nor '.join(known)} ({value})"
    problems.append(_problem(settings, above + key, what, f"write {known[0]}"))
    return ""


def _number(settings: Settings, above: str, key: str, problems: list[Problem]) -> int:
    value = settings.get(above + key)
    if value is None or (isinstance(value, int) and value is not True and value > 0):
        return value or 0
    what, remedy = f"it is no number ({value})", "write one, such as 2"
    problems.append(_problem(settings, above + key, what, remedy))
    return 0


def _flag(settings: Settings, above: str, key: str, problems: list[Problem]) -> bool | None:
    value = settings.get(above + key)
    if value is None or isinstance(value, bool):
        return value
    what = f"it is neither true nor false ({value})"
    problems.append(_problem(settings, above + key, what, "write true, or remove it"))
    return None


def _sections(settings: Settings, above: str, said: Any, problems: list[Problem]) -> Iterator[str]:
    known = (PUBLICATIONS, *KINDS)
    for name in said if isinstance(said, list) else [said]:
        if name in known:
            yield name
            continue
        what = f"there is no section of this name ({name})"
        problems.append(_problem(settings, above + "sections", what, _nearest(str(name), known)))


def _nearest(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"write {near[0]}" if near else f"take one of {', '.join(known)}"


def _problem(settings: Settings, key: str, what: str, remedy: str) -> Problem:
    return Problem(FILE, settings.lines.get(key, 1), key, what, remedy)


def _file_name(name: object) -> str:
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in str(name).lower())
