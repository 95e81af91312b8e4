"""Taking over what the owner chose: new entries at the end, single fields of those there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from portfolio.journal import change
from portfolio.moving.add import with_new
from portfolio.moving.keys import title_of
from portfolio.records.bibliography import BIB, Bibliography
from portfolio.records.bibtex.editing import WHOLE, Change, edited_where_possible
from portfolio.records.fields import is_latex
from portfolio.records.formats.bib import write_entry
from portfolio.records.formats.escape import to_latex
from portfolio.refusal import Refusal
from portfolio.services.works import title_of_record, venue_of
from portfolio.syncing import ignored
from portfolio.syncing.groups import NEW, Finding, Group
from portfolio.syncing.traits import traits_of

_ALL = "all"
_CHANGED = {Group.PUBLISHED, Group.CORRECTED}
"""The groups of works that entries of here become; all others get entries of their own."""
_OF_A_PUBLICATION = (
    "journal", "booktitle", "volume", "number", "pages", "publisher", "year", "month", "doi",
)  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """What was written: a line for each work."""

    lines: tuple[str, ...]


def chosen(found: Sequence[Finding], names: Iterable[str]) -> list[Finding]:
    """Return the works that are named, by a name each, by a group, or all that are not doubtful.

    Raises Refusal for a name that none has.
    """
    new = [each for each in found if each.group in NEW]
    some: list[Finding] = []
    for name in names:
        meant = [each for each in new if name in (each.name, str(each.group))]
        if name == _ALL:
            meant = [each for each in new if each.group is not Group.DOUBTFUL]
        if not meant and name not in {_ALL, *map(str, Group)}:
            there = ", ".join(each.name for each in new[:8]) or "nothing is new"
            raise Refusal(name, "no new work has this name", f"write one of: {there}")
        some += (each for each in meant if each not in some)
    return some


def take(root: Path, papers: Bibliography, some: Sequence[Finding]) -> Taken:
    """Write the works into the bibliography; all other bytes of its files stay as they are.

    An entry that cannot be changed so is left, and named. Raises Refusal, having changed nothing,
    if the project keeps its papers in a table.
    """
    if papers.papers and not papers.papers[0].path.endswith(".bib"):
        what = "the papers here are its rows, which a bibliography beside it would replace"
        raise Refusal(papers.papers[0].path, what, "add a row, or export and import it as a .bib")
    paths = {paper.key: paper.path for paper in papers}
    changed = [each for each in some if each.own and each.group in _CHANGED]
    added = [each for each in some if each not in changed]
    lines: list[str] = []
    files: dict[str, bytes] = {}
    for path in dict.fromkeys(paths[each.name] for each in changed):
        changes = _together(each for each in changed if paths[each.name] == path)
        files[path], left = edited_where_possible((root / path).read_bytes(), changes)
        kept = {error.key for error in left}
        lines += (f"{path}: {error}" for error in left)
        lines += (f"{key}: changed in {path}" for key in changes if not kept & {key, WHOLE})
    if added:
        entries = [write_entry(replace(each.record, key=each.name)) for each in added]
        files[BIB] = with_new(files.get(BIB) or _read(root / BIB), entries)
        lines += (f"{each.name}: added to {BIB}" for each in added)
    change(root, files)
    return Taken(tuple(lines))


def ignore(root: Path, some: Sequence[Finding], reason: str) -> Taken:
    """Remember that the owner does not want to be told of some works, and why."""
    text = ignored.with_rows(root, [(each.works[0], reason) for each in some])
    change(root, {ignored.PATH: text.encode()})
    return Taken(tuple(f"{each.name}: ignored, in {ignored.PATH}" for each in some))


def _together(some: Iterable[Finding]) -> dict[str, Change]:
    """Return one change for each paper, whatever happened to it."""
    changes: dict[str, Change] = {}
    for each in some:
        one, other = changes.get(each.name, Change()), _change(each)
        changes[each.name] = Change(
            other.kind or one.kind, {**one.fields, **other.fields}, one.dropped | other.dropped
        )
    return changes


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _change(each: Finding) -> Change:
    return _published(each) if each.group is Group.PUBLISHED else _corrected(each)


def _published(each: Finding) -> Change:
    """Return what makes an entry of a preprint that of what was published: key and words stay."""
    assert each.own is not None  # noqa: S101  only such works are published since
    record, old = each.record, each.own.records[0]
    fields = {name: record.fields[name] for name in _OF_A_PUBLICATION if name in record.fields}
    if title_of(title_of_record(old)) != title_of(title_of_record(record)):
        fields["title"] = title_of_record(record)
    if arxiv := old.arxiv or record.arxiv:
        fields |= {"eprint": arxiv, "archiveprefix": "arXiv"}
    fields["source"] = record.fields.get("source", each.services)
    stale = {"journal", "booktitle", "howpublished", "volume", "number", "pages"}
    dropped = frozenset(name for name in stale if name in old.fields and name not in fields)
    return Change(record.kind, _latex(fields), dropped)


def _corrected(each: Finding) -> Change:
    """Return what an entry says after a correction: a remark, or another venue."""
    assert each.own is not None  # noqa: S101  only papers of here are corrected
    old, work = each.own.records[0], each.works[0]
    if any(one.retracted for one in each.works):
        said = "Retracted"
    elif traits_of(work.record).notice:
        said = f"Erratum: {each.record.fields.get('doi') or work.address}"
    else:
        name = "journal" if each.record.fields.get("journal") else "booktitle"
        return Change("", _latex({name: venue_of(each.record)}))
    note = old.fields.get("note", "")
    return Change("", _latex({"note": f"{note}. {said}" if note else said}))


def _latex(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: to_latex(said) if is_latex(name) else said for name, said in fields.items()}
