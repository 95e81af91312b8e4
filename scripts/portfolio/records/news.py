"""The news: dated lines in ``news/news.csv``."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portfolio.records.problems import Problem

CSV = "news/news.csv"


@dataclass(frozen=True)
class News:
    """One item: a day, a sentence, and an address or a paper's slug to read on, or nothing."""

    day: date
    text: str
    link: str
    line: int


def load_news(root: Path) -> tuple[list[News], list[Problem]]:
    """Read the news of the project at ``root``, newest first, with what cannot be read."""
    news: list[News] = []
    problems: list[Problem] = []
    if not (root / CSV).exists():
        return news, problems
    with (root / CSV).open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        for cells in reader:
            day, text, link = ((cells.get(name) or "").strip() for name in ("date", "text", "link"))
            try:
                item = News(date.fromisoformat(day), text, link, reader.line_num)
            except ValueError:
                what, remedy = f"the date cannot be read ({day})", "write it as 2021-01-31"
                problems.append(Problem(CSV, reader.line_num, "date", what, remedy))
                continue
            if not text:
                remedy = "write what happened, or remove the line"
                problems.append(Problem(CSV, reader.line_num, day, "the text is empty", remedy))
                continue
            news.append(item)
    return sorted(news, key=lambda item: item.day, reverse=True), problems
