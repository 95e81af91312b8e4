"""Posts: pages with a date, in a list and in a feed; drafts are nowhere."""

import json
import re

import pytest

from portfolio import pages
from portfolio.pages import check, feeds
from portfolio.pages.heads import Heads
from portfolio.pages.items_made import made_pages
from portfolio.pages.loaded import standing_in
from portfolio.pages.portfolio import load_portfolio
from portfolio.pages.posts import below_title, posts_html

POSTS = {
    "waves.qmd": "title: Waves\ndate: 2021-05-06\ncategories: [waves, method]\nauthor: Jane Doe\n"
    "description: What *waves* do.",
    "sand/index.qmd": "title: Sand\ndate: 1 June 2020\nauthor: [{name: Rick Roe}, Mary Major]",
    "soon.qmd": "title: Soon\ndate: 2022-01-01\ndraft: true",
}


@pytest.fixture
def project(project):
    """Return a project with two posts and a draft."""
    with (project / "_quarto.yml").open("a", encoding="utf-8") as settings:
        settings.write("project: {type: portfolio}\n")
    for name, front in POSTS.items():
        path = project / "posts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{front}\n---\n\nWords.\n", encoding="utf-8")
    return project


@pytest.fixture
def here(project):
    """Return the project's content."""
    return load_portfolio(project)


def test_posts_come_newest_first_and_drafts_not_at_all(here):
    """A post is known by the date and title at its top."""
    told = [(str(post.day), post.title, post.address, post.authors) for post in here.posts]
    assert told == [
        ("2021-05-06", "Waves", "/posts/waves.html", ("Jane Doe",)),
        ("2020-06-01", "Sand", "/posts/sand/index.html", ("Rick Roe", "Mary Major")),
    ]


def test_a_list_of_posts_can_be_short_or_of_one_tag(here, project):
    """The newest, and those with a tag; nothing where there is none."""
    assert "What <em>waves</em> do." in posts_html(here)
    assert "Sand" not in posts_html(here, 1)
    assert "Sand" not in posts_html(here, with_tag="Method")
    assert posts_html(here, with_tag="none") == ""
    with standing_in(project):
        assert pages.posts(tag="none", heading="Posts", more=True) == ""
        assert "<h2>Posts</h2>" in pages.posts(1, heading="Posts")


def test_a_post_says_when_by_whom_and_of_what(here):
    """That line stands below its title."""
    assert below_title(here, here.posts[0]) == (
        '<p class="posted"><time datetime="2021-05-06">6 May 2021</time> · '
        '<strong class="me">Jane Doe</strong> · waves, method</p>'
    )


def test_posts_have_a_feed_and_a_page(here):
    """Readers subscribe to posts, and find them all at one address."""
    feed = next(feed for feed in feeds.feeds_of(here, has_page=True) if feed.stem == "/posts/feed")
    assert [entry.title for entry in feed.entries] == ["Waves", "Sand"]
    assert feed.entries[0].address == "https://doe.example/home/posts/waves.html"
    frame = "<head></head><body><main></main></body>"
    assert "Waves" in dict(made_pages(here, frame))["/posts/index.html"]
    (here.root / "posts" / "index.qmd").write_text("Mine.", encoding="utf-8")
    assert "/posts/index.html" not in dict(made_pages(here, frame))


def test_authors_in_blocks_have_names(project):
    """Whichever parts a block says, they are a name; one without any names nobody."""
    front = "title: A\ndate: 2020-01-01\nauthor:\n  - {given: Ada, family: Byron}\n"
    front += "  - name: {family: Doe}\n  - {orcid: 0000}\n"
    (project / "posts" / "a.qmd").write_text(f"---\n{front}---\n")
    posts = load_portfolio(project).posts
    assert next(post.authors for post in posts if post.title == "A") == ("Ada Byron", "Doe")


def test_a_draft_in_quotes_is_one_too(project):
    """Whoever writes that it is a draft does not find it published."""
    (project / "posts" / "a.qmd").write_text(
        '---\ntitle: A\ndate: 2020-01-01\ndraft: "true"\n---\n'
    )
    assert "A" not in [post.title for post in load_portfolio(project).posts]


@pytest.mark.parametrize("time", ["T10:00:00", " 10:00:00 +02:00"])
def test_a_post_may_say_at_what_time(project, time):
    """A time of the day stands in no way of other posts, news and papers in a feed."""
    (project / "posts" / "now.qmd").write_text(f"---\ntitle: Now\ndate: 2021-05-07{time}\n---\n")
    here = load_portfolio(project)
    assert str(here.posts[0].day) == "2021-05-07"
    assert all(feed.updated for feed in feeds.feeds_of(here, has_page=True))


def test_programs_read_a_post_as_one(here, project):
    """Search engines learn who wrote it, when and about what; its way leads over the list."""
    (project / "posts" / "index.html").write_text("", encoding="utf-8")
    page = "<html><head><title>Waves · Jane Doe</title></head></html>"
    head = Heads(here, project).of("posts/waves.html", page, "")
    told = [json.loads(one) for one in re.findall(r'json">(.*?)</script>', head)]
    (way,) = [one for one in told if one["@type"] == "BreadcrumbList"]
    assert [step["name"] for step in way["itemListElement"]] == ["Jane Doe", "Posts", "Waves"]
    (post,) = [one for one in told if one["@type"] == "BlogPosting"]
    assert post["headline"] == "Waves"
    assert post["datePublished"] == "2021-05-06"
    assert post["description"] == "What waves do."
    assert post["keywords"] == ["waves", "method"]
    assert post["author"][0]["@id"] == "https://doe.example/home/#owner"
    assert post["url"] == "https://doe.example/home/posts/waves.html"
    assert '<meta property="og:type" content="article">' in head
    assert "BlogPosting" not in Heads(here, project).of("posts/soon.html", page, "")


def test_a_posts_title_is_markdown(project):
    """It is marked up in the list as on its page, and plain where there is room for text alone."""
    path = project / "posts" / "p.qmd"
    path.write_text("---\ntitle: The *p* of [x](https://x.example)\ndate: 2023-01-01\n---\n")
    there = load_portfolio(project)
    assert ">The p of x</a>" in posts_html(there, 1)
    assert feeds.posts(there).entries[0].title == "The p of x"
    path.write_text("---\ntitle: The *p*\ndate: 2023-01-01\n---\n")
    assert ">The <em>p</em></a>" in posts_html(load_portfolio(project), 1)


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ("title: A", "posts/bad.qmd:1: date: the post has no date: write date: 2021-01-31"),
        ("date: soon", "posts/bad.qmd:2: date: the date cannot be read (soon): write date: 2021-"),
    ],
)
def test_a_post_without_a_date_is_named(project, front, problem):
    """A post that no list can place is named with its line."""
    (project / "posts" / "bad.qmd").write_text(f"---\n{front}\n---\n", encoding="utf-8")
    said = [str(one) for one in check.problems(project) if one.path == "posts/bad.qmd"]
    assert len(said) == 1
    assert said[0].startswith(problem)
