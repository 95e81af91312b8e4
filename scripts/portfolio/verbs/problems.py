"""All that `check` names: what is wrong with the content, and what no page can be made of."""

import os
from pathlib import Path

from portfolio.records.problems import ContentError, Problem, read_problem, weighed

_NOT_IN_THE_DIALECT = " in the dialect: "


def problems_of(root: Path) -> list[Problem]:
    """Return every problem of the project at ``root``, in order; nothing is run or written."""
    from portfolio.pages.check import problems
    from portfolio.records.site import is_portfolio
    from portfolio.renderers import faults

    found: list[Problem] = []
    try:
        found += problems(root)
        rendered = is_portfolio(root)
    except ContentError as error:
        found += error.problems
        rendered = True
    if rendered:
        lines = faults.problems(root)
        if any(_NOT_IN_THE_DIALECT in line for line in lines) and _has_quarto():
            lines = [line for line in lines if _NOT_IN_THE_DIALECT not in line]
        found += map(read_problem, lines)
    return weighed(sorted(found))


def counted(root: Path) -> str:
    """Return one line that says how many problems there are, or nothing."""
    number = sum(not problem.hint for problem in problems_of(root))
    return f"{number} problem{'s' * (number > 1)}: `portfolio check` names them" if number else ""


def _has_quarto() -> bool:
    from portfolio.renderers.quarto import find_quarto

    return os.environ.get("PORTFOLIO_RENDERER") != "embedded" and bool(find_quarto())
