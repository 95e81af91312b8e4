"""A website of Quarto's moves in: its papers, its items, its pages, its owner and its menu."""

import pytest
import yaml
from pictures import PICTURE

from portfolio.moving.move_in import move_in
from portfolio.moving.names import address_of
from portfolio.records.bibliography import load_bibliography
from portfolio.records.kinds.reader import load_items
from portfolio.records.posts import load_posts

FRONT = {
    "_quarto.yml": "project: {type: website, output-dir: docs}\nwebsite:\n"
    "  site-url: https://byron.example\n  navbar:\n    right:\n"
    "      - {text: Papers, href: publications/index.qmd}\n"
    "      - {text: Hobbies, href: hobbies.qmd}\n      - {text: CV, href: files/cv.pdf}\n",
    "index.qmd": "---\ntitle: Ada Byron\nsubtitle: Professor of waves\nimage: me.jpg\nabout:\n"
    "  links:\n    - {icon: github, text: GitHub, href: 'https://github.com/ada'}\n"
    "    - {icon: envelope, href: 'mailto:ada@byron.example'}\n---\n\n"
    "::: {#about}\nI study **waves**, and [sail](hobbies.qmd){.btn}.\n:::\n",
    "hobbies.qmd": "---\ntitle: Hobbies\n---\n\n```{r}\nplot(1)\n```\n\nI sail in all weathers,"
    " as [this paper](/publications/waves/) says.\n\n{{< video https://x.example/v.mp4 >}}\n",
    "me.jpg": PICTURE,
    "files/cv.pdf": "%PDF",
    "docs/index.html": "<p>made of the sources</p>",
}
PAPER = (
    "---\ntitle: Waves\nauthor:\n  - name: {given: Ada, family: Byron}\n  - name: Jane Doe\n"
    "date: 2020-05-17\ndoi: 10.1000/waves\ncitation:\n  type: article-journal\n"
    "  container-title: Sea Letters\n  volume: 3\n  page: 1-9\nabstract: On waves.\n"
    "image: w.png\nurl-pdf: waves.pdf\npub-info:\n  links:\n"
    "    - {name: Code, url: 'https://github.com/ada/waves'}\n---\n\n"
    "## What we did\n\nWe watched the sea, ![a wave](w.png) by wave.\n"
)
FOLDERS = FRONT | {
    "publications/index.qmd": "---\ntitle: Publications\nlisting: {contents: '*/index.qmd'}\n---\n",
    "publications/waves/index.qmd": PAPER,
    "publications/waves/w.png": "w",
    "publications/waves/waves.pdf": "%PDF",
    "software/foam/index.qmd": "---\ntitle: Foam\ndescription: All about foam.\n---\n",
    "teaching/tides.qmd": "---\ntitle: Tides\ndate: 2019-01-01\nformat: html\n---\n",
    "blog/posts/why.qmd": "---\ntitle: Why waves\ndate: 2021-02-03\ncategories: [sea]\n---\nWhy.\n",
}
YAML = (
    "- title: Waves\n  author: [Ada Byron, Jane Doe]\n  date: 2020-05-17\n"
    "  publication: Sea Letters\n"
    "  path: https://doi.org/10.1000/waves\n"
)
CSV = (
    "title,author,date,publication,doi\n"
    'Waves,"Ada Byron, Jane Doe",2020-05-17,Sea Letters,10.1000/waves\n'
)
HAND = (
    "---\ntitle: Publications\n---\n\n1. **Ada Byron**, Jane Doe (2020). Waves of the deep sea."
    " *Sea Letters* 3, 1--9. DOI: [10.1000/waves](https://doi.org/10.1000/waves).\n"
)


def moved(home, tmp_path, files):
    """Move in a site of files; return the report."""
    home.joinpath("_quarto.yml").write_text(
        "owner:\n  name: Ada Byron\n  site: https://byron.example\n\n"
        "site-menu:\n  - {text: About, href: /index.qmd}\n\nproject: {type: portfolio}\n"
    )
    home.joinpath("index.qmd").write_text("---\ntitle: A\n---\n\nReplace this: some words.\n")
    for name, text in files.items():
        path = tmp_path / "old" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(move_in(home, tmp_path / "old"))


LISTED = "---\ntitle: Papers\nlisting: [{contents: [papers.END]}]\n---\n"
WAYS = {
    "folders of pages": FOLDERS,
    "a listing of YAML": {"p.qmd": LISTED.replace("END", "yml"), "papers.yml": YAML},
    "a listing of CSV": {"p.qmd": LISTED.replace("END", "csv"), "papers.csv": CSV},
    "by hand": {"publications.qmd": HAND},
}


@pytest.mark.parametrize("files", WAYS.values(), ids=WAYS)
def test_papers_come_along_from_wherever_they_stand(home, tmp_path, files):
    """Each way to keep papers in such a site gives the same paper."""
    moved(home, tmp_path, FRONT | files)
    (paper,) = load_bibliography(home)
    assert paper.title.startswith("Waves")
    assert [name.display for name in paper.authors] == ["Ada Byron", "Jane Doe"]
    assert (paper.year, paper.venue, paper.doi) == (2020, "Sea Letters", "10.1000/waves")


def test_what_a_papers_page_says_becomes_its_page(home, tmp_path):
    """Fields go to where they are shown, and the text is a page with its picture."""
    moved(home, tmp_path, FOLDERS)
    (paper,) = load_bibliography(home)
    assert (paper.fields["volume"], paper.fields["abstract"]) == ("3", "On waves.")
    assert paper.fields["pdf"] == "publications/files/waves.pdf"
    assert paper.fields["code"] == "https://github.com/ada/waves"
    page = (home / "publications" / f"{paper.slug}.qmd").read_text()
    assert page == (
        "---\ntitle: Waves\n---\n\n```{python}\nfrom portfolio import pages\n\n"
        'pages.paper("waves")\n```\n\n## What we did\n\n'
        "We watched the sea, ![a wave](/publications/files/w.png) by wave.\n"
    )
    assert (home / "publications/files/w.png").read_text() == "w"


def test_items_and_posts_come_along(home, tmp_path):
    """Folders of software, courses and posts become tables and posts."""
    moved(home, tmp_path, FOLDERS)
    items = load_items(home, [])
    assert {kind: [item.title for item in some] for kind, some in items.items()} == {
        "software": ["Foam"],
        "teaching": ["Tides"],
    }
    assert [post.title for post in load_posts(home, [])] == ["Why waves"]


def test_owner_menu_and_pages_come_along(home, tmp_path):
    """Who it is about, what the menu leads to, and pages as Markdown that runs no code."""
    report = moved(home, tmp_path, FOLDERS)
    settings = yaml.safe_load((home / "_quarto.yml").read_text())
    assert settings["owner"] == {
        "name": "Ada Byron",
        "role": "Professor of waves",
        "email": "ada@byron.example",
        "portrait": "images/files/me.jpg",
        "links": [{"text": "GitHub", "href": "https://github.com/ada"}],
        "site": "https://byron.example",
    }
    assert settings["site-menu"][1:] == [
        {"text": "Hobbies", "href": "/hobbies.qmd"},
        {"text": "CV", "href": "/files/cv.pdf"},
    ]
    assert "I study **waves**, and [sail](/hobbies.html)." in (home / "index.qmd").read_text()
    hobbies = (home / "hobbies.qmd").read_text()
    assert "```r\nplot(1)\n```" in hobbies
    assert "as [this paper](/publications/waves.html) says." in hobbies
    assert "[Video](https://x.example/v.mp4)" in hobbies
    assert "  docs: 1 file made of the others: nothing needs to be done" in report


@pytest.mark.parametrize(
    "href",
    ["/hobbies/", "hobbies.html", "./hobbies.qmd#a", "../hobbies/index.html", "_pages/hobbies.md"],
)
def test_a_page_is_known_by_each_of_its_addresses(href):
    """However a page of the old site is linked, it is the same page."""
    assert address_of(href) == "hobbies"


@pytest.mark.parametrize("settings", ["_config.yml", "content/../hugo.toml"])
def test_a_site_with_another_theme_lists_its_papers_by_hand(home, tmp_path, settings):
    """A site of Jekyll or Hugo whose theme has no place for papers gives those on its pages."""
    page = "_pages/papers.md" if "config" in settings else "content/papers.md"
    readme = HAND.replace("the deep sea", "a template")
    files = {settings.replace("content/../", ""): "", "content/a": "", "README.md": readme}
    moved(home, tmp_path, files | {page: HAND})
    (paper,) = load_bibliography(home)
    assert paper.title == "Waves of the deep sea"


def test_what_others_wrote_is_not_taken_for_ones_own(home, tmp_path):
    """A bibliography of references is named, and not brought along as the owner's papers."""
    bib = "@article{a,\n title={Of others},\n author={Roe, R.}, journal={S}, year=2020}\n"
    report = moved(home, tmp_path, FRONT | {"references.bib": bib, "publications.qmd": HAND})
    assert [paper.title for paper in load_bibliography(home)] == ["Waves of the deep sea"]
    assert "references.bib holds 1 paper: import it too?" in report
