"""What made a figure, for its readers: notebook, code, data, environment, seeds, verification.

It stands in a quiet line under the figure, which opens, and in the page's linked data.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from typing import Any

from portfolio import texts
from portfolio.figures.record import ABSENT, EVERYTHING, OWN, Record, read_record
from portfolio.figures.seeds import seeds_in
from portfolio.figures.sources import ENGINE
from portfolio.figures.verified import FAILED, MOVED, SAME, Verified, identity
from portfolio.notebook import known_notebook
from portfolio.pages.html import link, tag
from portfolio.pages.portfolio import Portfolio, table_of
from portfolio.pages.repository import Repository
from portfolio.recent import recent
from portfolio.records.paper import Paper

_MADE = {SAME: "made-and-verified", MOVED: "made-and-moved", FAILED: "made-and-failed"}


@dataclass(frozen=True)
class Run:
    """The run of a paper's notebook: its path, its record, its seeds, and how it came out again."""

    path: str
    record: Record
    seeds: tuple[str, ...]
    again: Verified | None


def run_of(here: Portfolio, paper: Paper) -> Run | None:
    """Return the run behind a paper's figure; None where there is none, or nothing says of it."""
    path = f"notebooks/{paper.slug}.ipynb"
    if paper.slug not in here.figures:
        return None
    try:
        record, seeds, itself = _told(texts.read(here.root / path).text)
    except (OSError, ValueError):
        return None
    if not record:
        return None
    again = here.verified.get(paper.slug)
    return Run(path, record, seeds, again if again and again.of == itself else None)


@recent(64_000_000)
def _told(notebook: str) -> tuple[Record | None, tuple[str, ...], str]:
    """Return what a notebook says of its run, its seeds, and by what it is known."""
    read = known_notebook(notebook)
    return read_record(read), tuple(seeds_in(read)), identity(read)


def provenance(here: Portfolio, paper: Paper) -> str:
    """Return the line under a paper's figure that opens to what made it, or nothing."""
    run = run_of(here, paper)
    if not run:
        return ""
    rows = "".join(
        tag("dt", escape(here.say(name))) + tag("dd", said)
        for name, said in _rows(here, paper, run)
        if said
    )
    key = _MADE[run.again.result] if run.again else "made"
    summary = tag("summary", escape(here.say(key, day=_day(here, run.again))))
    return tag("details", summary + tag("dl", rows), class_="provenance")


def linked(here: Portfolio, paper: Paper) -> dict[str, Any]:
    """Return the run as linked data, as RO-Crate tells of runs: from what, by what, to what.

    Whoever follows it gets from the figure to the notebook, and from there to code and data.
    """
    notebook = {"@id": here.url(here.shelf.notebook(paper))}
    run = run_of(here, paper)
    if not run:
        return {"isBasedOn": notebook}
    files = here.repository
    used: list[dict[str, Any]] = [
        {"@type": "SoftwareSourceCode", "name": name, "url": files.shows(name, run.path)}
        for name in _modules(run.record)
    ]
    used += [
        {"name": name, "url": files.shows(name, run.path), **_kind(name, digest)}
        for name, digest in _files(run.record).items()
    ]
    packages = {"Python": run.record.python, **run.record.packages}
    used += [
        {"@type": "SoftwareApplication", "name": name, "softwareVersion": version}
        for name, version in packages.items()
    ]
    action: dict[str, Any] = {"@type": "CreateAction", "instrument": notebook}
    if here.figures[paper.slug].table:
        name, address = PurePosixPath(table_of(paper)).name, here.url(table_of(paper))
        shown = {"@type": "MediaObject", "name": name, "contentUrl": address}
        action["result"] = shown | {"encodingFormat": "text/csv"}
    action["object"] = [{key: value for key, value in each.items() if value} for each in used]
    if run.again and run.again.result == SAME:
        action["actionStatus"] = "https://schema.org/CompletedActionStatus"
        action["endTime"] = run.again.date.isoformat()
    return {"isBasedOn": notebook, "@reverse": {"result": action}}


def _kind(name: str, digest: str) -> dict[str, str]:
    """Return what a file is, which its digest tells from others, or a folder."""
    if name.endswith("/"):
        return {"@type": "Dataset"}
    return {"@type": "MediaObject", "sha256": digest}


def unseen_of(here: Portfolio, paper: Paper) -> list[str]:
    """Return what a figure was made from and the repository does not hold, so nothing leads to."""
    run = run_of(here, paper)
    names = [*_modules(run.record), *_places(run.record), *_files(run.record)] if run else []
    return [name for name in names if name not in here.repository.holds]


def _rows(here: Portfolio, paper: Paper, run: Run) -> Iterator[tuple[str, str]]:
    """Yield what is told, each with the key of the word for it, as HTML."""
    files, listed = here.repository, here.say.listed
    page = here.shelf.notebook(paper)
    source = files.shows(run.path)
    links = [link(run.path, page)]
    links += [link(here.say("download", file=".ipynb"), f"/{run.path}", download=True)]
    links += [link(here.say("made-source"), source)] if source else []
    links += [link(here.say("open-in", service=n), to) for n, to in files.opens(run.path)]
    yield "made-notebook", listed(links)
    yield "made-code", listed(_named(files, run, _places(run.record)))
    yield "made-data", _data(here, files, run)
    if here.figures[paper.slug].table:
        address = table_of(paper)
        yield "made-table", link(PurePosixPath(address).name, address, download=True)
    python = escape(f"Python {run.record.python}") if run.record.python else ""
    packages = [escape(" ".join(each)) for each in run.record.packages.items()]
    yield "made-environment", listed(filter(None, [python, *packages]))
    yield "made-seeds", listed(tag("code", escape(seed)) for seed in run.seeds)
    yield "made-time", escape(_time(here, run.record))
    yield "made-again", _again(here, run.again)


def _time(here: Portfolio, record: Record) -> str:
    """Return how long the run took: processors say it more truly than the clock."""
    if record.processor:
        return here.say("made-processor", n=record.processor)
    return here.say("made-seconds", n=record.seconds)


def _again(here: Portfolio, again: Verified | None) -> str:
    if not again:
        return escape(here.say("never-verified"))
    key = {SAME: "verified-on", MOVED: "moved-on"}.get(again.result, "failed-on")
    said = here.say(key, day=_day(here, again))
    return escape(said) + (f" ({escape(again.what)})" if again.result == MOVED else "")


def _data(here: Portfolio, files: Repository, run: Run) -> str:
    if EVERYTHING in run.record.data:
        return escape(here.say("made-any-data"))
    named = list(_named(files, run, _files(run.record)))
    return here.say.listed(named) if named else escape(here.say("made-no-data"))


def _named(files: Repository, run: Run, names: Mapping[str, str] | list[str]) -> Iterator[str]:
    for name in names:
        to = files.shows(name, run.path)
        yield link(name, to) if to else tag("code", escape(name))


def _modules(record: Record) -> list[str]:
    return [name for name in record.modules if not name.startswith(ENGINE)]


def _places(record: Record) -> list[str]:
    """Return the packages that a run's modules lie in, and modules that lie in none."""
    parts = [name.split("/") for name in _modules(record) if not name.endswith("s/__init__.py")]
    depth = 3  # scripts/methods/<method>
    return sorted({"/".join(each[:depth]) + "/" * (len(each) > depth) for each in parts})


def _files(record: Record) -> dict[str, str]:
    """Return the files that a run read, with their digests; not the engine's."""
    return {
        name: digest
        for name, digest in record.data.items()
        if name != EVERYTHING
        and digest not in {ABSENT, OWN}
        and not name.startswith("_extensions/")
    }


def _day(here: Portfolio, again: Verified | None) -> str:
    return here.say.day(again.date) if again else ""
