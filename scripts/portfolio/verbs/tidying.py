"""The verb that keeps a bibliography tidy."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from portfolio.verbs.syncing import patience_option, web_of
from portfolio.verbs.telling import changing, project, tell

Named = argparse.Namespace
_USUAL = ("capitals", "dashes", "venues")


def tidy(named: Named) -> int:
    """Show what rules would change in the bibliography, and change it on request.

    The exit status is 1 where something would change, and 0 after it is written.
    """
    from portfolio.files import shown
    from portfolio.syncing.tidying.tidied import VENUES, difference, spellings_in, tidied

    rules = [rule for rule in (*_USUAL, "abbreviate") if getattr(named, rule)]
    rules = rules or ([] if named.complete else list(_USUAL))
    root = None if named.files else project()
    paths = [path.absolute() for path in named.files or _bibs(root or Path())]
    before = {path: _read(path) for path in paths}
    added = _completed(before, root, named.patience) if named.complete else {}
    spellings = spellings_in(list(before.values())) if VENUES in rules else {}
    after = {}
    for path, data in before.items():
        found = tidied(data, rules, added, spellings)
        for line in found.left:
            tell(f"{shown(path)}: {line}")
        if found.data != data:
            after[path] = found.data
            print(difference(data, found.data, shown(path)), end="")
    if after and named.write:
        _write(root, before, after)
        return 0
    if after:
        tell("`portfolio tidy --write` changes this")
    return 1 if after else 0


def _read(path: Path) -> bytes:
    from portfolio.files import shown
    from portfolio.refusal import Refusal

    try:
        return path.read_bytes()
    except OSError as error:
        what = f"it cannot be read ({error.strerror})"
        raise Refusal(shown(path), what, "name a .bib file that is there") from None


def _bibs(root: Path) -> list[Path]:
    from portfolio.content import lying_in

    return list(lying_in(root, "publications", ".bib"))


def _completed(
    files: Mapping[Path, bytes], root: Path | None, patience: float | None
) -> Mapping[str, Mapping[str, str]]:
    from portfolio import texts
    from portfolio.records.bibtex.reader import parse_files
    from portfolio.services.memory import Memory
    from portfolio.syncing.tidying.completing import completions

    written = {str(path): texts.decode(data).text for path, data in files.items()}
    return completions(parse_files(written)[0], web_of(patience), Memory(root))


def _write(root: Path | None, before: Mapping[Path, bytes], after: Mapping[Path, bytes]) -> None:
    """Write the files: a project's as one change, others one by one over what was read."""
    from portfolio.files import shown, write
    from portfolio.journal import change
    from portfolio.refusal import Refusal

    if root is None:
        for path, data in after.items():
            write(path, data, over=before[path])
        return
    with changing("tidy", root):
        for path in after:
            if path.read_bytes() != before[path]:
                what = "somebody has changed it meanwhile"
                raise Refusal(shown(path), what, "run it again")
        change(root, {path.relative_to(root).as_posix(): data for path, data in after.items()})


def tidy_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `tidy`."""
    help_ = "these .bib files (all of the project, unless named)"
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help=help_)
    rules: Sequence[tuple[str, str]] = (
        ("--capitals", "put capitals within the words of titles into braces"),
        ("--dashes", "write -- between pages"),
        ("--venues", "write each venue in one way"),
        ("--abbreviate", "cut journals short by ISO 4"),
        ("--complete", "add fields that are lacking and registered under the DOI"),
    )
    for name, help_ in rules:
        parser.add_argument(name, action="store_true", help=help_)
    parser.add_argument("--write", action="store_true", help="change it, rather than show it only")
    patience_option(parser, "a service may take in all")
