"""The verbs that start a site and keep it up with its engine."""

import argparse
import os
import re
import shlex
import sys
from pathlib import Path

from portfolio import children
from portfolio.verbs.telling import ask, changing, project, tell

Named = argparse.Namespace


def new(named: Named) -> int:
    """Make a site of one's own, with its papers moved in from where they are."""
    from portfolio.starting import new, starter

    owner = named.owner or ask("Whose site is it?", "--owner", "Ada Byron")
    site = named.site or ask("What will its address be?", "--site", "https://ada.github.io")
    blanks = starter.Blanks(owner.strip(), site.strip().rstrip("/"), new.engine_line(named.engine))
    report = new.new(named.folder, blanks, named.source, tell=tell)
    if report:
        print(report)
    new.start_history(named.folder, tell)
    print(f"{named.folder}: a site for {blanks.owner}. Next:\n")
    print(f"  cd {_quoted(str(named.folder))}")
    print("  make site          (without make: portfolio site)\n")
    print("What is left for you to write is named by `portfolio check`.")
    return 0


def _quoted(path: str) -> str:
    """Return a path as a shell takes it; most know double quotes, and some no others."""
    return shlex.quote(path) if re.search(r'["$`!\\]', path) and os.name != "nt" else f'"{path}"'


def new_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `new`."""
    sources = "the folder of an al-folio, academicpages, Hugo Blox, Greene lab, Quarto or own site,"
    sources += " a page, a .bib, .csv or .tsv"
    engine = "a version, a folder, a wheel or a git address (where this engine is from unless told)"
    parser.add_argument("folder", metavar="DIR", type=Path, help="where it is made; new or empty")
    parser.add_argument("--owner", metavar="NAME", help="whose site it is")
    parser.add_argument("--site", metavar="URL", help="its public address")
    parser.add_argument("--from", dest="source", metavar="SOURCE", type=Path, help=sources)
    parser.add_argument("--engine", metavar="WHERE", help=engine)


def upgrade(named: Named) -> int:
    """Move the site to another engine; its content stays as it is."""
    if named.check:
        return _upgrade(project(), named)
    with changing("upgrade") as root:
        return _upgrade(root, named)


def _upgrade(root: Path, named: Named) -> int:
    from portfolio.starting import installing, pin, upgrade

    here = pin.of_this_engine()
    wanted = pin.named(named.version, Path.cwd()) if named.version else None
    plan = upgrade.plan(root)
    if not wanted and not plan.moves_the_pin:
        wanted = installing.newest(here)
    if wanted and wanted.requirement != here.requirement:
        if named.check:
            print(f"{pin.FILE}: {here.requirement} -> {wanted.requirement}")
            return 1
        tell(f"installing {wanted.requirement}")
        installing.install(wanted)
        again = [sys.executable, "-m", "portfolio", "upgrade"]
        return children.run(again, cwd=root, check=False).returncode
    for line in plan.lines():
        print(line)
    if plan.is_nothing:
        print(f"nothing to do: this site is up to date with engine {here.requirement}")
        return 0
    if named.check:
        return 1
    before = plan.before.engine
    plan.carry_out()
    if said := upgrade.news(before):
        print(f"\nWhat is new:\n\n{said}")
    return 0


def upgrade_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `upgrade`."""
    versions = "a version, a folder, a wheel or a git address (the newest unless told)"
    parser.add_argument("version", metavar="VERSION", nargs="?", help=versions)
    parser.add_argument("--check", action="store_true", help="only say what would be done")


def lock(_: Named) -> int:
    """Pin what requirements.txt names, with hashes."""
    from portfolio.starting import lock

    with changing("lock") as root:
        lock.lock(root)
    return 0
