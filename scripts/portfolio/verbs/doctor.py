"""The verb that looks for what would keep a site from being published."""

import argparse
import os

from portfolio.verbs.telling import project, tell
from portfolio.verbs.times import seconds

Named = argparse.Namespace


def doctor(named: Named) -> int:
    """Say what would make the first publication fail, before pushing."""
    from portfolio.starting.doctor import Services, examine

    services = Services(
        github=named.github_service or Services.github,
        patience=named.patience or Services.patience,
    )
    found = examine(project(), services if named.online else None)
    print(found, flush=True)
    for remark in found.remarks:
        tell(remark)
    return 1 if found.problems else 0


def doctor_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `doctor`."""
    asked = "ask the site, the remote, GitHub and where the engine is from too"
    variable = "PORTFOLIO_GITHUB_SERVICE"
    parser.add_argument("--online", action="store_true", help=asked)
    parser.add_argument(
        "--github-service",
        metavar="URL",
        default=os.environ.get(variable),
        help=f"where GitHub's interface answers (or set {variable})",
    )
    patience = "how long an answer may take (20 unless told)"
    parser.add_argument("--patience", metavar="SECONDS", type=seconds, help=patience)
