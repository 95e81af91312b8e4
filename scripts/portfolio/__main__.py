"""The command line: ``portfolio VERB``."""

import argparse
import io
import os
import sys
from collections.abc import Callable

from portfolio.verbs import (
    content,
    counting,
    doctor,
    figures,
    rendering,
    skeletons,
    starting,
    syncing,
    tidying,
)

ABOUT = "Research portfolios from BibTeX, notebooks and news, rendered with Quarto."
Verb = Callable[[argparse.Namespace], int]


def no_options(_: argparse.ArgumentParser) -> None:
    """Leave the verb without options."""


VERBS: tuple[tuple[Verb, Callable[[argparse.ArgumentParser], None]], ...] = (
    (rendering.site, no_options),
    (rendering.preview, rendering.preview_options),
    (rendering.test, no_options),
    (content.check, content.check_options),
    (content.add, content.add_options),
    (syncing.sync, syncing.sync_options),
    (counting.counts, counting.counts_options),
    (tidying.tidy, tidying.tidy_options),
    (content.import_, content.import_options),
    (content.export, content.export_options),
    (figures.figures, figures.figures_options),
    (skeletons.figure, skeletons.slug_option),
    (skeletons.page, skeletons.slug_option),
    (starting.new, starting.new_options),
    (doctor.doctor, doctor.doctor_options),
    (starting.upgrade, starting.upgrade_options),
    (starting.lock, no_options),
    (rendering.prepare, no_options),
    (rendering.finish, no_options),
)


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console may know a few letters only
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = argparse.ArgumentParser(prog="portfolio", description=ABOUT)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for verb, add_options in VERBS:
        name = verb.__name__.rstrip("_")
        about = (verb.__doc__ or "").partition("\n")[0]
        options = verbs.add_parser(name, help=about, description=verb.__doc__)
        options.set_defaults(verb=verb)
        add_options(options)
    named = parser.parse_args(arguments)
    from portfolio import children
    from portfolio.verbs.telling import fault

    try:
        status = int(named.verb(named))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        children.end()
        return 130
    except Exception as error:  # noqa: BLE001  the last resort
        print(fault(error, named.verb.__name__.rstrip("_")), file=sys.stderr)
        children.end()
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
