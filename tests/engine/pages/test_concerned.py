"""After an edit, the pages that show what changed are rendered again, and no others."""

import pytest

from portfolio.pages.concerned import Concerned

PAGES = {
    "index.qmd": "pages.selected()\npages.latest_news()",
    "about.qmd": "Nothing of papers.",
    "news/index.qmd": "pages.news()",
    "talks/index.qmd": "pages.talks()",
    "cv/index.qmd": "pages.cv()",
    "posts/index.qmd": "pages.posts()",
    "posts/2024/ink.qmd": "Of ink.",
    "publications/index.qmd": "pages.publications()",
    "publications/doe2021foam.qmd": 'pages.paper("doe2021foam")\n{{< embed ../n/f.ipynb#fig-f >}}',
    "publications/doe2020waves.qmd": "pages.paper('doe2020waves')",
    "tests/page.qmd": "pages.publications()",
}


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        (
            "publications/publications.bib",
            "cv/index index publications/index talks/index publications/doe2021foam",
        ),
        (
            "publications/counts.csv",
            (
                "cv/index index publications/index talks/index "
                "publications/doe2020waves publications/doe2021foam"
            ),
        ),
        ("talks/talks.csv", "cv/index talks/index"),
        ("people/people.csv", "cv/index index publications/index talks/index"),
        ("news/news.csv", "index news/index"),
        ("posts/2024/ink.qmd", "posts/index"),
        ("posts/index.qmd", ""),
        ("about.qmd", ""),
        (
            "notebooks/f.ipynb",
            "cv/index index publications/index talks/index publications/doe2021foam",
        ),
    ],
)
def test_pages_that_show_what_changed(project, changed, wanted):
    """A bibliography concerns lists and the papers that changed, lists first; tables theirs."""
    for name, text in PAGES.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text)
    concerned = Concerned(project)
    if changed.endswith(".bib"):
        text = (project / changed).read_text()
        (project / changed).write_text(text.replace("{Foam}", "{Froth}"))
    found = concerned({project / changed})
    assert [page.relative_to(project).as_posix() for page in found] == [
        f"{name}.qmd" for name in wanted.split()
    ]
