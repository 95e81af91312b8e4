"""What programs subscribe to: the news, and the newest papers, each entry whole.

Ids stay when entries are corrected and others join them, and every instant is a record's, never the
clock's. `portfolio.pages.formats` writes a feed as Atom and as JSON Feed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from portfolio.pages.happened import marks_of, news_link
from portfolio.pages.html import link, tag
from portfolio.pages.inline import inline, plain
from portfolio.pages.portfolio import Portfolio, page_of
from portfolio.pages.previews import thumbnail_of
from portfolio.pages.reference import reference
from portfolio.records.news import News
from portfolio.records.paper import Paper
from portfolio.records.posts import Post

NEWS, PAPERS, POSTS = "/news/feed", "/publications/feed", "/posts/feed"
NEWS_PAGE = "news/index.html"
LISTING = "publications/index.html"
MOST = 50
"""So many of the newest papers are in their feed."""
ATOM, JSON = "application/atom+xml", "application/feed+json"


@dataclass(frozen=True)
class Entry:
    """One entry of a feed: where it leads, and all that it says, as text and as HTML."""

    id: str
    day: date
    title: str
    html: str
    address: str
    elsewhere: str = ""
    picture: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A feed in one format: its address from the site's root, and its media type."""

    address: str
    kind: str


@dataclass(frozen=True)
class Feed:
    """A feed: its entries, newest first, and ``page``, the address of the page that shows them."""

    stem: str
    title: str
    page: str
    entries: tuple[Entry, ...]

    @property
    def forms(self) -> tuple[Form, Form]:
        """The formats that a feed is in."""
        return Form(f"{self.stem}.xml", ATOM), Form(f"{self.stem}.json", JSON)

    @property
    def updated(self) -> date:
        """The day of the newest entry."""
        return max((entry.day for entry in self.entries), default=date(1970, 1, 1))


def feeds_of(here: Portfolio, *, has_page: bool) -> tuple[Feed, ...]:
    """Return the feeds of a site: of news where it has any or a page for them, and papers."""
    found = [news(here, has_page=has_page)] if here.news or has_page else []
    found += [posts(here)] if here.posts else []
    return (*found, papers(here))


def news(here: Portfolio, *, has_page: bool = True) -> Feed:
    """Return the feed of all the news."""
    title = here.say("news-of", name=here.site.owner.name)
    page = here.url(f"/{NEWS_PAGE}") if has_page else here.url("/")
    marks = marks_of(here.news)
    entries = (
        _of_news(here, item, mark, page) for item, mark in zip(here.news, marks, strict=True)
    )
    return Feed(NEWS, title, page, tuple(entries))


def posts(here: Portfolio) -> Feed:
    """Return the feed of the newest posts."""
    title = here.say("posts-of", name=here.site.owner.name)
    entries = tuple(_of_post(here, post) for post in here.posts[:MOST])
    return Feed(POSTS, title, here.url("/posts/"), entries)


def papers(here: Portfolio) -> Feed:
    """Return the feed of the newest papers; what is yet to appear is as new as the newest."""
    title = here.say("publications-of", name=here.site.owner.name)
    listed = list(here.papers)
    days = {paper.slug: day_of(paper) for paper in listed}
    newest = max(filter(None, days.values()), default=date(1970, 1, 1))
    listed.sort(key=lambda paper: days[paper.slug] or newest, reverse=True)
    entries = (_of_paper(here, paper, days[paper.slug] or newest) for paper in listed[:MOST])
    return Feed(PAPERS, title, here.url(f"/{LISTING}"), tuple(entries))


def day_of(paper: Paper) -> date | None:
    """Return the day that a paper appeared, the first of its month or year, or None."""
    day = paper.when.certain
    return date(day.year, day.month or 1, (day.month and day.day) or 1) if day.year else None


def public(site: str, address: str) -> str:
    """Return the public address of the page at ``address``, folders without ``index.html``."""
    return f"{site}/{address}".removesuffix("index.html")


def _of_news(here: Portfolio, item: News, mark: str, page: str) -> Entry:
    href = here.whole(news_link(here, item))
    said = plain(item.text) if "](" in item.text else item.text
    html = tag("p", link(said, href) if href else escape(said))
    name = f"{here.url(f'/{NEWS_PAGE}')}#{mark}"
    return Entry(name, item.day, said, html, href or page)


def _of_post(here: Portfolio, post: Post) -> Entry:
    address = here.url(post.address)
    title = plain(post.title)
    html = tag("p", inline(post.summary)) if post.summary else ""
    html += tag("p", link(title, address))
    return Entry(address, post.day, title, html, address, authors=post.authors)


def _of_paper(here: Portfolio, paper: Paper, day: date) -> Entry:
    address = here.url(page_of(paper))
    return Entry(
        id=address,
        day=day,
        title=paper.title,
        html="".join(_said(here, paper)),
        address=address,
        elsewhere=next((one.href for one in paper.sources), ""),
        picture=here.url(picture) if (picture := thumbnail_of(here, paper)) else "",
        authors=tuple(name.display for name in paper.authors),
    )


def _said(here: Portfolio, paper: Paper) -> Iterator[str]:
    """Yield what the page of a paper says of it: who, where, what about, and where to read it."""
    names = [name.display for name in paper.authors] + [here.say("and-others")] * paper.others
    where = (here.say.listed(names), reference(paper, here.say), paper.words("note"))
    yield from (tag("p", escape(line)) for line in where if line)
    texts = dict.fromkeys((paper.summary_html, paper.html("abstract")))
    yield from (tag("p", text) for text in texts if text)
    links = [link(here.say.term(one.text), here.whole(one.href)) for one in paper.links]
    yield tag("p", " · ".join(links)) if links else ""
