"""The verbs that write a paper's figure and page to start from."""

import argparse
from functools import partial

from portfolio.verbs.telling import changing

Named = argparse.Namespace


def figure(named: Named) -> int:
    """Write the notebook of a paper's figure, to start from, and run it."""
    from portfolio.figures.runs import executed
    from portfolio.starting.skeletons import figure

    with changing("figure") as root:
        run = partial(executed, root=root)
        written = figure(root, named.slug, run=run)
    print(f"{written}: draw the paper's figure there, then run it with `portfolio figures`")
    return 0


def page(named: Named) -> int:
    """Write the page of a paper, to start from."""
    from portfolio.starting.skeletons import page

    with changing("page") as root:
        written = page(root, named.slug)
    print(f"{written}: tell there what the paper says, then render with `portfolio site`")
    return 0


def slug_option(parser: argparse.ArgumentParser) -> None:
    """Add the paper that `figure` and `page` are about."""
    named = "the paper: its slug, which is the name of its page, or its BibTeX key"
    parser.add_argument("slug", metavar="SLUG", help=named)
