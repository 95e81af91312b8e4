"""The verbs about papers and about what is wrong with the content."""

import argparse
import errno
import os
import sys
from pathlib import Path

from portfolio import children
from portfolio.records.problems import Problem, weighed
from portfolio.verbs.telling import changing, project, tell
from portfolio.verbs.times import seconds

Named = argparse.Namespace


def check(named: Named) -> int:
    """Name every problem of the content, and of the rendered site on demand."""
    from portfolio.records.reports import FORMATS
    from portfolio.verbs.problems import problems_of

    root = project()
    found = problems_of(root)
    if named.online:
        found = weighed(sorted(found + online(root, named.patience)))
    if named.site:
        found = weighed(found + audited(root, in_browser=not named.no_browser))
    if report := FORMATS[named.format](found):
        print(report)
    return 1 if any(not problem.hint for problem in found) else 0


def online(root: Path, patience: float | None) -> list[Problem]:
    """Return what the network knows to be wrong; who gives no answer is named beside."""
    from portfolio.records.bibliography import load_bibliography
    from portfolio.records.site import load_site
    from portfolio.services.memory import Memory
    from portfolio.syncing.online import check_online
    from portfolio.verbs.syncing import web_of

    site, papers = load_site(root), load_bibliography(root)
    found = check_online(root, site, papers, web_of(patience, site.owner.email), Memory(root))
    for line in found.silent:
        tell(line)
    return list(found.problems)


def audited(root: Path, *, in_browser: bool) -> list[Problem]:
    """Return the problems of the rendered site."""
    from portfolio.audit import (
        BrowserMissingError,
        RenderedSite,
        browser_problems,
        static_problems,
        visited,
    )
    from portfolio.records.site import load_site

    children.guard()
    rendered = RenderedSite(root / "_site", load_site(root).address)
    if not rendered.folder.is_dir():
        return [Problem("_site", 1, "site", "it is not there", "render it: `portfolio site`")]
    found = static_problems(rendered)
    seen, there = len(visited(list(rendered.pages))), len(rendered.pages)
    try:
        found += browser_problems(rendered) if in_browser else []
        if in_browser and seen < there:
            tell(f"portfolio: a browser looked at {seen} of the {there} pages, the rest are read")
        return sorted(found)
    except BrowserMissingError as missing:
        tell(f"portfolio: no browser looked at the site: it {missing}")
        return found


def export(named: Named) -> int:
    """Write all papers to standard output, in a format of your choice."""
    from portfolio.moving.export import exported, gathered
    from portfolio.records.bibliography import load_bibliography

    papers = gathered(named.bib, named.csv) if named.bib else load_bibliography(project())
    if named.kind:
        from dataclasses import replace

        from portfolio.records.sections import kind_of

        chosen = tuple(paper for paper in papers if kind_of(paper) in named.kind)
        papers = replace(papers, papers=chosen)
    for problem in weighed(papers.problems):
        tell(str(problem))
    text = exported(papers, named.format, normalised=named.normalised)
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    except OSError as error:
        if error.errno != errno.EINVAL:  # as Windows calls it
            raise
        raise BrokenPipeError from error
    return 0


def add(named: Named) -> int:
    """Look up a paper and add its entry."""
    from portfolio.moving.add import add
    from portfolio.services.web import Web

    web = Web(
        doi=named.doi_service or Web.doi,
        arxiv=named.arxiv_service or Web.arxiv,
        patience=named.patience or Web.patience,
    )
    with changing("add") as root:
        found = add(root, named.source, web=web, folder=Path.cwd(), anyway=named.anyway)
    print("\n".join(found.entries), end="")
    for line in found.known:
        tell(line)
    return 0


def import_(named: Named) -> int:
    """Move in from another template's folder, a .bib or a table, or a record at ORCID."""
    from portfolio.moving.move_in import move_in
    from portfolio.records.people.orcid import orcid_of

    if orcid := orcid_of(named.source.name):
        from portfolio.verbs.vitae import import_record

        return import_record(orcid, named)
    with changing("import") as root:
        report = move_in(root, named.source, force=named.force)
    print(report)
    return 0


def check_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `check`."""
    help_ = "text for people, json for programs, github for its checks (text unless told)"
    parser.add_argument("--format", choices=("text", "json", "github"), default="text", help=help_)
    parser.add_argument(
        "--site", action="store_true", help="hold the rendered site to its promises too"
    )
    asked = "ask the network too: DOIs, links, PDFs, versions at arXiv, retractions"
    parser.add_argument("--online", action="store_true", help=asked)
    help_ = "with --online: how long an answer may take (20 unless told)"
    parser.add_argument("--patience", metavar="SECONDS", type=seconds, help=help_)
    parser.add_argument(
        "--no-browser", action="store_true", help="with --site: read the files alone"
    )


def export_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `export`."""
    forms = ("bib", "ris", "csl-json", "csv")
    parser.add_argument("--format", choices=forms, required=True, help="the format to write")
    parser.add_argument(
        "--bib", nargs="+", type=Path, metavar="FILE", help="read these instead of the project's"
    )
    parser.add_argument("--csv", type=Path, metavar="FILE", help="the table beside --bib")
    kinds = ("journal", "conference", "workshop", "preprint", "book", "chapter", "thesis",
             "report", "patent", "data", "other")  # fmt: skip
    parser.add_argument(
        "--kind", nargs="+", choices=kinds, metavar="KIND", help=f"only works of {', '.join(kinds)}"
    )
    parser.add_argument(
        "--normalised",
        action="store_true",
        help="write BibTeX in one manner with all fields, rather than exactly as it was written",
    )


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `add`."""
    parser.add_argument(
        "source", metavar="PAPER", help="a DOI, an arXiv identifier, an address, or a file"
    )
    parser.add_argument("--anyway", action="store_true", help="add it even if it is there already")
    parser.add_argument(
        "--doi-service",
        metavar="URL",
        default=os.environ.get("PORTFOLIO_DOI_SERVICE"),
        help="where DOIs are resolved (or set PORTFOLIO_DOI_SERVICE)",
    )
    parser.add_argument(
        "--arxiv-service",
        metavar="URL",
        default=os.environ.get("PORTFOLIO_ARXIV_SERVICE"),
        help="where arXiv answers queries (or set PORTFOLIO_ARXIV_SERVICE)",
    )
    parser.add_argument(
        "--patience",
        metavar="SECONDS",
        type=float,
        help="how long an answer may take (20 unless told)",
    )


def import_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `import`."""
    known = (
        "the folder of an al-folio, academicpages, Hugo Blox, Greene lab or Quarto site, of a site"
        " written by hand or of .bib files, a page, a .bib,"
        " a table, or a CV by JSON Resume or RenderCV"
    )
    known += ", or an ORCID iD, whose record has degrees, positions, awards, grants and service"
    parser.add_argument("source", metavar="SOURCE", type=Path, help=known)
    parser.add_argument("--force", action="store_true", help="replace files that are in the way")
    help_ = (
        "of a record at ORCID: what to take, by name or kind, or `all`; asks where none is named"
    )
    parser.add_argument("--take", metavar="NAME", nargs="*", help=help_)
    help_ = "how long ORCID may take in all (20 unless told)"
    parser.add_argument("--patience", metavar="SECONDS", type=seconds, help=help_)
