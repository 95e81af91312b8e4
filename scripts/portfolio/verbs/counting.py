"""The verb that asks how often the papers are cited."""

import argparse

from portfolio.verbs.syncing import NOBODY, openalex_option, patience_option, web_of
from portfolio.verbs.telling import changing, tell

Named = argparse.Namespace


def counts(named: Named) -> int:
    """Ask OpenAlex and Crossref how often the papers are cited, and note it in a table.

    The exit status is 2 where a service gave no answer, whose old numbers stay, and 1 where the
    table cannot be read whole, which then stays as it is.
    """
    from datetime import UTC, datetime

    from portfolio.files import write
    from portfolio.records.bibliography import load_bibliography
    from portfolio.records.counts import PATH, held, read_counts, table
    from portfolio.records.problems import Problem
    from portfolio.records.site import load_site
    from portfolio.refusal import Refusal
    from portfolio.services.memory import Memory
    from portfolio.syncing.counting import Terms, ask
    from portfolio.syncing.laid_beside import own_papers

    with changing("counts") as root:
        site, papers = load_site(root), load_bibliography(root)
        problems: list[Problem] = []
        old = read_counts(root, problems)
        for problem in problems:
            tell(str(problem))
        if problems:
            return 1
        accepted = frozenset(name.lower() for name in named.accept)
        if unknown := sorted(accepted - {paper.key.lower() for paper in papers}):
            raise Refusal("--accept", f"no paper has this key ({unknown[0]})", "correct it")
        terms = Terms(
            datetime.now(UTC).date(),
            named.openalex or "",
            site.owner.spellings,
            accepted,
        )
        found = ask(
            own_papers(papers), old, web_of(named.patience, site.owner.email), Memory(root), terms
        )
        if found.counts or old:
            write(root / PATH, table(found.counts.values()))
        notes = list(held(read_counts(root, [])))
    for line in (*found.silent, *notes):
        tell(str(line))
    print(f"{PATH}: {len(found.counts)} numbers of {len(papers)} papers")
    return NOBODY if found.silent else 0


def counts_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `counts`."""
    openalex_option(parser)
    help_ = "take the numbers of these papers as they come, a jump or not"
    parser.add_argument("--accept", metavar="KEY", nargs="+", default=[], help=help_)
    patience_option(parser, "a service may take in all")
