"""The news: dated lines in ``news/news.csv``."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from portfolio.content import is_content
from portfolio.records.problems import Problem
from portfolio.records.tables.reader import read_table

CSV = "news/news.csv"
_COLUMNS = ("date", "text", "link")
_NOUN = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True)
class News:
    """One item: a day, a sentence, and an address or a paper's slug to read on, or nothing.

    The link stands on the ``noun``, the words of the sentence that are in brackets, where some are.
    """

    day: date
    text: str
    link: str
    line: int
    noun: str = ""


def load_news(root: Path) -> tuple[list[News], list[Problem]]:
    """Read the news of the project at ``root``, newest first, with what cannot be read."""
    news: list[News] = []
    problems: list[Problem] = []
    if not is_content(root / CSV, root):
        return news, problems
    for row in read_table(root / CSV, shown_as=CSV, problems=problems, columns=_COLUMNS):
        day, text, link = (row.cells.get(name, "") for name in _COLUMNS)
        marked = _NOUN.search(text) if link else None
        text = _NOUN.sub(r"\1", text, count=1) if marked else text
        noun = marked[1] if marked else ""
        try:
            item = News(datetime.fromisoformat(day).date(), text, link, row.line, noun)
        except ValueError:
            what, remedy = f"the date cannot be read ({day})", "write it as 2021-01-31"
            problems.append(Problem(CSV, row.line, "date", what, remedy))
            continue
        if not text:
            remedy = "write what happened, or remove the line"
            problems.append(Problem(CSV, row.line, day, "the text is empty", remedy))
            continue
        news.append(item)
    return sorted(news, key=lambda item: item.day, reverse=True), problems
