"""The news are dated lines, newest first."""

from datetime import date

from portfolio.records.news import load_news


def load(tmp_path, text):
    """Load the news from ``text``."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "news.csv").write_text(text, encoding="utf-8")
    return load_news(tmp_path)


def test_news_come_newest_first(tmp_path):
    """The order of the file does not matter, but among items of one day."""
    news, problems = load(
        tmp_path, "date,text,link\n2019-01-02,old,\n2021-03-04,b,x\n2021-03-04,c,\n"
    )
    assert [(item.day, item.text, item.link) for item in news] == [
        (date(2021, 3, 4), "b", "x"),
        (date(2021, 3, 4), "c", ""),
        (date(2019, 1, 2), "old", ""),
    ]
    assert problems == []


def test_an_unreadable_date_is_named(tmp_path):
    """A line whose date is no date is reported with its place."""
    _, problems = load(tmp_path, "date,text,link\n2020-01-01,fine,\n5/1/17,what,\n")
    assert [str(problem) for problem in problems] == [
        "news/news.csv:3: date: the date cannot be read (5/1/17): write it as 2021-01-31"
    ]


def test_an_item_without_words_is_named_and_not_shown(tmp_path):
    """A day alone would be an empty line on the page, and an entry without a title in the feed."""
    news, (problem,) = load(tmp_path, "date,text,link\n2020-01-01,,\n2020-01-02,fine,\n")
    assert [item.text for item in news] == ["fine"]
    assert str(problem).startswith("news/news.csv:2: 2020-01-01: the text is empty:")


def test_no_news_is_no_problem(tmp_path):
    """A site need not have news."""
    assert load_news(tmp_path) == ([], [])


def test_an_item_is_told_in_a_pages_language(tmp_path):
    """A column for a language tells the item in it; without one it stays as it is."""
    rows = "2020-01-01,The notes,Les notes,Die Notizen,\n2020-01-02,More,,,\n"
    news, problems = load(tmp_path, "date,text,text-fr,text-de-AT,link\n" + rows)
    assert problems == []
    assert [one.in_language("fr-CA").text for one in news] == ["More", "Les notes"]
    assert [one.in_language("de-AT").text for one in news] == ["More", "Die Notizen"]
    assert [one.in_language("de").text for one in news] == ["More", "The notes"]
