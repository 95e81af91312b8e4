"""The news: dated lines in ``news/news.csv``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from portfolio.content import is_content
from portfolio.records.languages import general
from portfolio.records.problems import Problem
from portfolio.records.tables.reader import Row, read_table

CSV = "news/news.csv"
_COLUMNS = ("date", "text", "link")
_NOUN = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True)
class News:
    """One item: a day, a sentence, and an address or a paper's slug to read on, or nothing.

    The link stands on the ``noun``, the words of the sentence that are in brackets, where some are.
    ``others`` are sentence and noun in other languages, from columns such as ``text-fr``.
    """

    day: date
    text: str
    link: str
    line: int
    noun: str = ""
    others: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def in_language(self, lang: str) -> "News":
        """Return the item as a page in a language tells it."""
        for tag in general(lang.lower()):
            if tag in self.others:
                text, noun = self.others[tag]
                return replace(self, text=text, noun=noun)
        return self


def load_news(root: Path) -> tuple[list[News], list[Problem]]:
    """Read the news of the project at ``root``, newest first, with what cannot be read."""
    news: list[News] = []
    problems: list[Problem] = []
    if not is_content(root / CSV, root):
        return news, problems
    for row in read_table(root / CSV, shown_as=CSV, problems=problems, columns=_COLUMNS):
        day, text, link = (row.cells.get(name, "") for name in _COLUMNS)
        text, noun = _marked(text, link)
        try:
            item = News(
                datetime.fromisoformat(day).date(), text, link, row.line, noun, _others(row)
            )
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


def _marked(text: str, link: str) -> tuple[str, str]:
    """Return a sentence without brackets, and the noun in them that the link stands on."""
    marked = _NOUN.search(text) if link else None
    return (_NOUN.sub(r"\1", text, count=1), marked[1]) if marked else (text, "")


def _others(row: Row) -> dict[str, tuple[str, str]]:
    """Return sentence and noun in other languages, by their codes in small letters."""
    told = ((name.partition("-"), said) for name, said in row.cells.items())
    link = row.cells.get("link", "")
    return {tag: _marked(said, link) for (name, _, tag), said in told if name == "text" and tag}
