"""The verbs that ask what the world knows of the papers."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portfolio.verbs.telling import changing, project, tell
from portfolio.verbs.times import seconds

if TYPE_CHECKING:
    from portfolio.records.bibliography import Bibliography
    from portfolio.services.web import Web
    from portfolio.syncing.groups import Finding

Named = argparse.Namespace
NOBODY = 2
"""The exit status where a service that was to be asked gave no answer."""


def sync(named: Named) -> int:
    """Compare the papers with what ORCID, OpenAlex, dblp and arXiv know.

    The exit status is 0 where nothing is new, 1 where something is, and 2 where nobody knows, since
    a service gave no answer or the papers cannot be read.
    """
    from portfolio.records.problems import ContentError
    from portfolio.refusal import Refusal

    try:
        return _synced(named)
    except (ContentError, Refusal) as error:
        tell(str(error))
        return 1 if named.write is not None or named.ignore else NOBODY


def _synced(named: Named) -> int:
    from portfolio.records.bibliography import load_bibliography
    from portfolio.records.site import load_site
    from portfolio.services.memory import Memory
    from portfolio.syncing.asking import ask_all
    from portfolio.syncing.groups import NEW
    from portfolio.syncing.laid_beside import laid_beside
    from portfolio.syncing.owner import identity_of, identity_with
    from portfolio.syncing.report import FORMATS

    root = project()
    site = load_site(root)
    told = {name: getattr(named, name) or "" for name in ("orcid", "dblp", "arxiv")}
    identity = identity_with(identity_of(site), **told)
    if not identity:
        tell(
            "owner: no service knows you: write orcid: 0000-0002-1825-0097, with yours, or --orcid"
        )
        return NOBODY
    memory = Memory(root)
    asked = ask_all(
        identity, web_of(named.patience, site.owner.email), memory, key=named.openalex or ""
    )
    memory.forget_oldest()
    for line in (*asked.silent, *asked.remarks):
        tell(line)
    papers = load_bibliography(root)
    problems, found = laid_beside(root, site, papers, asked.works)
    for problem in problems:
        tell(str(problem))
    new = [each for each in found if each.group in NEW]
    if named.write is not None or named.ignore:
        _change(root, papers, found, named)
        return NOBODY if asked.silent else 0
    if found or not asked.silent or named.format != "text":
        print(FORMATS[named.format](found, papers))
    if new and named.format == "text":
        tell("`portfolio sync --write` asks what to take; --write NAME ... takes it")
    return NOBODY if asked.silent else 1 if new else 0


def _change(root: Path, papers: "Bibliography", found: Sequence["Finding"], named: Named) -> None:
    """Write what the owner wants written, as it was named or as it is answered now."""
    from portfolio.refusal import Refusal
    from portfolio.syncing.taking import chosen, ignore, take

    lines: list[str] = []
    if named.ignore and not named.because:
        raise Refusal("--because", "it is not given", 'say why, such as --because "not mine"')
    wanted = chosen(found, named.write or ())
    unwanted = [(each, named.because) for each in chosen(found, named.ignore or ())]
    if named.write is not None and not named.write:
        wanted, unwanted = _answered(found)
    with changing("sync", root):
        if wanted:
            lines += take(root, papers, wanted).lines
        for reason in dict.fromkeys(reason for _, reason in unwanted):
            some = [each for each, why in unwanted if why == reason]
            lines += ignore(root, some, reason).lines
    print("\n".join(lines) or "nothing is changed")


def _answered(
    found: Sequence["Finding"],
) -> tuple[list["Finding"], list[tuple["Finding", str]]]:
    """Ask the owner of each new work; raise Refusal where nobody can answer."""
    from portfolio.refusal import Refusal
    from portfolio.syncing.groups import NEW
    from portfolio.syncing.report import described

    if not sys.stdin.isatty():
        what = "nobody is here to be asked"
        raise Refusal("--write", what, "name what to take, such as --write missing")
    wanted: list[Finding] = []
    unwanted: list[tuple[Finding, str]] = []
    for each in (each for each in found if each.group in NEW):
        print(f"\n{each.group}: {described(each)}\n  {each.services} {each.why}")
        answer = input("  [t]ake it, [i]gnore it for good, [q]uit, or leave it for now? ").lower()
        if answer.startswith("q"):
            break
        if answer.startswith("t"):
            wanted.append(each)
        elif answer.startswith("i"):
            unwanted.append((each, input("  why? ").strip() or "not wanted"))
    return wanted, unwanted


def web_of(patience: float | None, mail: str = "") -> "Web":
    """Return where the services are, as the environment says, how patient to be, and who asks.

    Raises Refusal if the environment says what is no number.
    """
    from portfolio.refusal import Refusal
    from portfolio.services.web import Web

    names = ("doi", "arxiv", "arxiv_authors", "orcid", "openalex", "crossref", "dblp")
    told = {name: os.environ.get(f"PORTFOLIO_{name.upper()}_SERVICE", "") for name in names}
    said: dict[str, Any] = {name: address for name, address in told.items() if address}
    try:
        gap = seconds(os.environ.get("PORTFOLIO_GAP") or str(Web.gap), least=0)
    except ValueError as error:
        raise Refusal("PORTFOLIO_GAP", str(error), "write 1, or leave it out") from None
    return Web(patience=patience or Web.patience, gap=gap, mail=mail, **said)


def sync_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `sync`."""
    for name, metavar, help_ in (
        ("--orcid", "ID", "your ORCID iD (or owner.links has it)"),
        ("--dblp", "PID", "your name at dblp, such as 00/1234 (or owner.links has it)"),
        ("--arxiv", "AUTHOR", "your author identifier at arXiv, or your name"),
    ):
        parser.add_argument(name, metavar=metavar, help=help_)
    openalex_option(parser)
    help_ = "text for people, json for programs, github for its checks, markdown for pull requests"
    formats = ("text", "json", "github", "markdown")
    parser.add_argument("--format", choices=formats, default="text", help=help_)
    help_ = "take these: names, groups, or `all` that is not doubtful; asks where none is named"
    parser.add_argument("--write", metavar="NAME", nargs="*", help=help_)
    help_ = "do not tell of these again; needs --because"
    parser.add_argument("--ignore", metavar="NAME", nargs="+", help=help_)
    parser.add_argument("--because", metavar="REASON", help="why they are to be ignored")
    patience_option(parser, "a service may take in all")


def openalex_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that gives OpenAlex its key."""
    variable = "PORTFOLIO_OPENALEX_KEY"
    help_ = f"a key of OpenAlex (or set {variable})"
    parser.add_argument("--openalex", metavar="KEY", default=os.environ.get(variable), help=help_)


def patience_option(parser: argparse.ArgumentParser, what: str) -> None:
    """Add the option that says how long to wait."""
    help_ = f"how long {what} (20 unless told)"
    parser.add_argument("--patience", metavar="SECONDS", type=seconds, help=help_)
