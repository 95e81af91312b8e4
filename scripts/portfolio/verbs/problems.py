"""All that `check` names: what is wrong with the content, and what no page can be made of."""

import os
from contextlib import suppress
from pathlib import Path

from portfolio import texts
from portfolio.files import UnwritableError, write
from portfolio.lock import FOLDER
from portfolio.records.problems import ContentError, Problem, read_problem, weighed

_NOT_IN_THE_DIALECT = " in the dialect: "


def problems_of(root: Path, *, converted: bool = False) -> list[Problem]:
    """Return every problem of the project at ``root``, in order; nothing is run or written.

    Pandoc is not asked again about pages that it has just ``converted``.
    """
    from portfolio.pages.addresses import may_be_made
    from portfolio.pages.check import problems
    from portfolio.pages.loaded import portfolio_at
    from portfolio.records.site import has_settings, is_portfolio
    from portfolio.renderers import faults

    found: list[Problem] = []
    is_made = None
    try:
        found += problems(root)
        rendered = is_portfolio(root) or not has_settings(root)
        is_made = may_be_made(portfolio_at(root)) if rendered else None
    except ContentError as error:
        found += error.problems
        rendered = True
    if rendered:
        lines = faults.problems(root, converted=converted, is_made=is_made)
        if any(_NOT_IN_THE_DIALECT in line for line in lines) and _has_quarto():
            lines = [line for line in lines if _NOT_IN_THE_DIALECT not in line]
        found += map(read_problem, lines)
    return weighed(sorted(found))


def counted(root: Path, *, again: bool = False, converted: bool = False) -> str:
    """Return one line that says how many problems there are, or nothing; it is remembered.

    If it is ``again`` asked of the same content, it is not counted anew. ``converted`` is whether
    Pandoc has just made the pages.
    """
    remembered = root / FOLDER / "problems"
    if again and remembered.is_file():
        return texts.read(remembered).text
    number = sum(not problem.hint for problem in problems_of(root, converted=converted))
    line = f"{number} problem{'s' * (number > 1)}: `portfolio check` names them" if number else ""
    with suppress(UnwritableError):
        write(remembered, line)
    return line


def _has_quarto() -> bool:
    from portfolio.renderers.quarto import find_quarto

    return os.environ.get("PORTFOLIO_RENDERER") != "embedded" and bool(find_quarto())
