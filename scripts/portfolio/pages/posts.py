"""Posts as pages show them: a list, what stands below a post's title, and their feed's entries."""

from html import escape

from portfolio.pages.html import link, tag
from portfolio.pages.inline import inline, plain
from portfolio.pages.item_people import named_people
from portfolio.pages.portfolio import Portfolio
from portfolio.records.posts import Post

INDEX = "posts/index.html"


def posts_html(here: Portfolio, count: int | None = None, *, with_tag: str = "") -> str:
    """Return the newest ``count`` posts, or all, or those with a tag; nothing without any."""
    chosen = [
        post
        for post in here.posts
        if not with_tag or with_tag.casefold() in map(str.casefold, post.tags)
    ][:count]
    items = "".join(tag("li", _post(here, post), class_="item") for post in chosen)
    return tag("ul", items, class_="items posts", role="list") if items else ""


def all_posts(here: Portfolio) -> str:
    """Return the link to all posts."""
    return tag("p", link(here.say("posts"), f"/{INDEX}"), class_="more")


def below_title(here: Portfolio, post: Post) -> str:
    """Return when a post was written, by whom if told, and its tags."""
    parts = [_time(here, post)]
    parts += [named_people(here, post.authors)] * bool(post.authors)
    parts += [escape(here.say.listed(post.tags))] * bool(post.tags)
    return tag("p", " · ".join(parts), class_="posted")


def _post(here: Portfolio, post: Post) -> str:
    words = inline(post.title)
    words = escape(plain(post.title)) if "<a " in words else words
    title = tag("p", tag("a", words, href=post.address), class_="what")
    about = tag("p", inline(post.summary), class_="summary") if post.summary else ""
    tags = tag("p", escape(here.say.listed(post.tags)), class_="where") if post.tags else ""
    return tag("p", _time(here, post), class_="when") + tag("div", title + about + tags)


def _time(here: Portfolio, post: Post) -> str:
    return tag("time", here.say.day(post.day), datetime=post.day.isoformat())
