"""Taking over what the owner chose: new entries at the end, single fields of those there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from portfolio.journal import change
from portfolio.moving.add import appended
from portfolio.moving.keys import title_of
from portfolio.records.bibliography import BIB, Bibliography
from portfolio.records.bibtex.editing import Change, UneditableError, edited
from portfolio.records.fields import is_latex
from portfolio.records.formats.bib import write_entry
from portfolio.records.formats.escape import to_latex
from portfolio.refusal import Refusal
from portfolio.services.works import title_of_record, venue_of
from portfolio.syncing import ignored
from portfolio.syncing.groups import NEW, Finding, Group
from portfolio.syncing.traits import traits_of

_ALL = "all"
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

    Raises Refusal, having changed nothing, where an entry cannot be changed so.
    """
    if papers.papers and not papers.papers[0].path.endswith(".bib"):
        what = "the papers here are its rows, which a bibliography beside it would replace"
        raise Refusal(papers.papers[0].path, what, "add a row, or export and import it as a .bib")
    paths = {paper.key: paper.path for paper in papers}
    changes: dict[str, dict[str, Change]] = {}
    entries: list[str] = []
    lines: list[str] = []
    for each in some:
        if each.own and each.group in {Group.PUBLISHED, Group.CORRECTED}:
            changes.setdefault(paths[each.own.key], {})[each.own.key] = _change(each)
            lines.append(f"{each.own.key}: changed in {paths[each.own.key]}")
        else:
            entries.append(write_entry(replace(each.record, key=each.name)))
            lines.append(f"{each.name}: added to {BIB}")
    files = {path: _edited(root / path, path, some) for path, some in changes.items()}
    if entries:
        before = files.get(BIB) or _read(root / BIB)
        files[BIB] = appended(before, entries)
    change(root, files)
    return Taken(tuple(lines))


def ignore(root: Path, some: Sequence[Finding], reason: str) -> Taken:
    """Remember that the owner does not want to be told of some works, and why."""
    text = ignored.with_rows(root, [(each.works[0], reason) for each in some])
    change(root, {ignored.PATH: text.encode()})
    return Taken(tuple(f"{each.name}: ignored, in {ignored.PATH}" for each in some))


def _edited(path: Path, shown: str, changes: Mapping[str, Change]) -> bytes:
    try:
        return edited(path.read_bytes(), changes)
    except UneditableError as error:
        raise Refusal(shown, f"{error.key} cannot be changed", error.why) from None


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
