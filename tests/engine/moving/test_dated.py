"""What a site tells on a day moves in: news of any length, and posts with what they cite."""

import pytest

from portfolio.moving.move_in import move_in
from portfolio.records.news import load_news
from portfolio.records.posts import load_posts

BIB = "@article{waves,\n title={Waves},\n author={Byron, Ada},\n journal={Sea},\n year={2020},\n}\n"
QUARTO = "project: {type: website}\nwebsite: {title: A}\n"
OTHERS = "@book{roe, title={Sails}, author={Roe, R.}, year=2001, publisher={P}}\n"
POST = "---\ntitle: Why\ndate: 2021-02-03\n{}---\n\nAs [see @roe, p. 3] and @roe: ask @ada.\n"


def moved(home, tmp_path, files):
    """Move in a site of files; return its report."""
    for name, text in files.items():
        path = tmp_path / "old" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(move_in(home, tmp_path / "old"))


def text_of_post(home):
    """Return the one post that came along, as it stands in its file."""
    (post,) = load_posts(home, [])
    return (home / post.path).read_text()


def test_long_news_have_a_page_with_their_pictures(home, tmp_path):
    """News for which a table has no room lead to a page with all of their text and pictures."""
    news = "---\ndate: 2021-02-03\ntitle: We sailed\nimage: img/sea.jpg\n---\n"
    news += f"{'word ' * 100}\n\n![Foam](/img/foam.jpg)\n"
    pictures = {"img/sea.jpg": "sea", "img/foam.jpg": "foam"}
    report = moved(
        home, tmp_path, {"_bibliography/papers.bib": BIB, "_news/two.md": news, **pictures}
    )
    (item,), problems = load_news(home)
    assert (item.text, item.noun, item.link) == ("We sailed", "We sailed", "/news/two.html")
    page = (home / "news/two.qmd").read_text()
    assert page.startswith(
        '---\ntitle: We sailed\n---\n\n![](/news/files/sea.jpg){fig-alt="We sailed"}\n\nword word'
    )
    assert page.endswith("![Foam](/news/files/foam.jpg)\n")
    assert (home / "news/files/sea.jpg").read_text() == "sea"
    assert "two.md" not in report
    assert not problems


def test_short_news_with_a_picture_keep_it(home, tmp_path):
    """A picture in a sentence of news stands on the page that the sentence leads to."""
    news = "---\ndate: 2021-02-03\n---\nWe sailed.\n\n![Sea](/img/sea.jpg)\n"
    moved(
        home,
        tmp_path,
        {"_bibliography/papers.bib": BIB, "_news/one.md": news, "img/sea.jpg": "sea"},
    )
    (item,), _ = load_news(home)
    assert (item.text, item.link) == ("We sailed.", "/news/one.html")
    assert "![Sea](/news/files/sea.jpg)" in (home / "news/one.qmd").read_text()


def test_a_post_has_the_picture_that_its_front_matter_names(home, tmp_path):
    """A picture named at a post's top is shown there, once."""
    post = "---\ntitle: Why\ndate: 2021-02-03\nimage: sea.jpg\nimage-alt: The sea\n---\n\nWhy.\n"
    files = {"_quarto.yml": QUARTO, "posts/why/index.qmd": post, "posts/why/sea.jpg": "sea"}
    moved(home, tmp_path, files)
    assert text_of_post(home).endswith(
        '---\n\n![](/posts/files/sea.jpg){fig-alt="The sea"}\n\nWhy.\n'
    )
    assert (home / "posts/files/sea.jpg").read_text() == "sea"


WAYS = {
    "the post": {"posts/why/index.qmd": POST.format("bibliography: refs.bib\n")},
    "its folder": {
        "posts/why/index.qmd": POST.format(""),
        "posts/_metadata.yml": "bibliography: why/refs.bib\n",
    },
}


@pytest.mark.parametrize("files", WAYS.values(), ids=WAYS)
def test_what_a_post_cites_stays_a_citation(home, tmp_path, files):
    """Keys of the bibliography that a post or its folder names are citations, other words words."""
    moved(home, tmp_path, {"_quarto.yml": QUARTO, "posts/why/refs.bib": OTHERS, **files})
    text = text_of_post(home)
    assert "bibliography:\n- /posts/files/refs.bib\n" in text
    assert text.endswith("As [see @roe, p. 3] and @roe: ask \\@ada.\n")
    assert (home / "posts/files/refs.bib").read_text() == OTHERS


def test_a_post_cites_the_papers_of_the_site_from_its_own_bibliography(home, tmp_path):
    """A post that cites nothing but papers that came along needs no second file of them."""
    post = POST.format("bibliography: ../papers.bib\n")
    bib = OTHERS.replace("Sails", "Sailing by the stars")
    page = "---\ntitle: Publications\n---\n\nRoe, R. (2001). Sailing by the stars. *P*.\n"
    page += f"\n```\n{bib}```\n"
    files = {"_quarto.yml": QUARTO, "papers.bib": bib, "posts/why.qmd": post}
    moved(home, tmp_path, files | {"publications.qmd": page})
    text = text_of_post(home)
    assert "@book{roe," in (home / "publications/publications.bib").read_text()
    assert "bibliography:\n- /publications/publications.bib\n" in text
    assert "[see @roe, p. 3]" in text


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("blog/2021/02/03/why.html", ""),
        ("blog/sea/waves/why.html", "<time datetime=2021-02-03>3 February</time>"),
        ("posts/sea/why/index.html", "<meta property='article:published_time' content=2021-02-03>"),
        ("blog/2021-02-03-why.html", ""),
    ],
)
def test_posts_in_html_come_along_from_any_depth(home, tmp_path, name, more):
    """A page of a blog by hand is a post, with the day that it or its path tells."""
    html = f"<html><head><title>Why waves | Ada</title>{more}</head><body><h1>Why waves</h1>{more}"
    html += "<p>They <b>are</b>. <img src=/img/sea.jpg alt=Sea></p></body></html>"
    files = {"index.html": "<p>Home</p>", "_bibliography/papers.bib": BIB, "img/sea.jpg": "s"}
    moved(home, tmp_path, {**files, name: html})
    (post,) = load_posts(home, [])
    assert (post.title, str(post.day)) == ("Why waves", "2021-02-03")
    text = text_of_post(home)
    assert "They **are**. ![Sea](/posts/files/sea.jpg)" in text
    assert "# Why waves" not in text
    assert post.path == "posts/why.qmd"


def test_a_page_of_a_blog_that_tells_no_day_stays_a_page(home, tmp_path):
    """A post without a day would be none here: its text comes along as a page."""
    html = "<title>Why waves</title><p>They are, and stay so.</p>"
    moved(home, tmp_path, {"_bibliography/papers.bib": BIB, "blog/sea/why.html": html})
    assert load_posts(home, []) == ()
    assert "They are, and stay so." in (home / "why.qmd").read_text()


@pytest.mark.parametrize("name", ["2020/sea/why.md", "2020/sea/why/index.md", "why.md"])
def test_posts_of_hugo_come_along_from_any_depth(home, tmp_path, name):
    """Folders of years and topics hide no post, and a folder's own page is none."""
    page = "---\ntitle: Waves\nauthors: [Ada Byron]\ndate: 2020-01-02\npublication: Sea\n---\n"
    post = "---\ntitle: Why\ndate: 2021-02-03\n---\nWhy.\n"
    files = {"content/publication/waves/index.md": page, f"content/posts/{name}": post}
    moved(home, tmp_path, files | {"content/posts/_index.md": "---\ntitle: All\n---\n"})
    assert [post.title for post in load_posts(home, [])] == ["Why"]


def test_news_of_ones_own_are_no_samples_by_the_names_of_their_files(home, tmp_path):
    """Who writes into a template's own file keeps what was written; its samples are left out."""
    news = {
        "_news/announcement_1.md": "---\ndate: 2021-02-03\n---\nAda has her degree.\n",
        "_news/announcement_2.markdown": "---\ndate: 2021-02-04\n---\nAnd a boat.\n",
        "_news/announcement_3.md": "---\ndate: 2016-01-15\n---\nA simple inline announcement.\n",
    }
    moved(home, tmp_path, {"_bibliography/papers.bib": BIB, **news})
    assert [item.text for item in load_news(home)[0]] == ["And a boat.", "Ada has her degree."]
