"""A small sound site, written by hand, for the tests to damage."""

import io
import json
from pathlib import Path

from PIL import Image

from portfolio.audit import RenderedSite

ADDRESS = "https://doe.example"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} · Jane Doe</title>
<link rel="stylesheet" href="{up}theme/site.css">
<script src="{up}theme/copy.js" defer></script>
<link rel="alternate" type="application/atom+xml" href="{up}news/feed.xml">
<link rel="alternate" type="application/feed+json" href="{up}news/feed.json">
{head}
</head>
<body>
<nav><a href="{up}index.html"{home}>About</a>
<a href="{up}publications/index.html"{list}>Papers</a></nav>
<main id="main">
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""
CURRENT = ' aria-current="page"'
CANONICAL = '<link rel="canonical" href="https://doe.example/{}">'
ARTICLE = {
    "@context": "https://schema.org",
    "@type": "ScholarlyArticle",
    "headline": "Waves",
    "author": [{"@type": "Person", "name": "Jane Doe"}],
    "url": "https://doe.example/publications/waves.html",
    "image": "https://doe.example/publications/thumbnails/waves.webp",
}
OF_PAPER = """<meta name="description" content="What waves are.">
<meta property="og:url" content="https://doe.example/publications/waves.html">
<meta property="og:image" content="https://doe.example/publications/thumbnails/waves.webp">
<meta property="og:image:width" content="480">
<meta property="og:image:height" content="300">
<meta name="citation_title" content="Waves">
<meta name="citation_author" content="Doe, Jane">
<meta name="citation_publication_date" content="2020/02/01">
<meta name="citation_journal_title" content="Sea">
<meta name="citation_abstract_html_url" content="https://doe.example/publications/waves.html">
"""
PAPER = """<h2 id="method">Method</h2>
<figure>
<img src="waves.svg" alt="A wave" width="40" height="20"><figcaption>Fig</figcaption></figure>
<a href="#method">Up</a> <a href="waves.bib">BibTeX</a>"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h9"/></svg>'
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Jane Doe: news",
    "home_page_url": "https://doe.example/",
    "items": [
        {"id": "2", "url": "https://doe.example/publications/waves.html", "content_html": "New"},
        {"id": "1", "url": "https://elsewhere.example/", "content_html": "Old"},
    ],
}
FEED = """<feed xmlns="http://www.w3.org/2005/Atom">
<title>Jane Doe: news</title><id>https://doe.example/</id><updated>2020-02-01T00:00:00Z</updated>
<author><name>Jane Doe</name></author>
<entry><title>New</title><id>https://doe.example/#2</id><updated>2020-02-01T00:00:00Z</updated>
<link href="https://doe.example/publications/waves.html"/></entry>
<entry><title>Old</title><id>https://doe.example/#1</id><updated>2019-02-01T00:00:00Z</updated>
<link href="https://elsewhere.example/"/></entry>
</feed>
"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://doe.example/</loc></url>
<url><loc>https://doe.example/publications/</loc></url>
<url><loc>https://doe.example/publications/waves.html</loc></url>
</urlset>
"""


def picture(size=(480, 300), form="WEBP"):
    """Return the bytes of a plain picture."""
    written = io.BytesIO()
    Image.new("RGB", size, "#27496d").save(written, form)
    return written.getvalue()


def _page(title, body, head, *, up="", **current):
    marks = {name: CURRENT if current.get(name) else "" for name in ("home", "list")}
    return PAGE.format(title=title, body=body, head=head, up=up, **marks)


def files():
    """Return the site's files: address and content."""
    data = f'<script type="application/ld+json">{json.dumps(ARTICLE)}</script>\n'
    of_paper = CANONICAL.format("publications/waves.html") + OF_PAPER + data
    lost = _page("Lost", "<p>Nothing here.</p>", '<meta name="robots" content="noindex">', up="/")
    listing = '<p><a href="waves.html">Waves</a></p>'
    papers = CANONICAL.format("publications/")
    return {
        "404.html": lost,
        "index.html": _page("Home", "<p>Welcome.</p>", CANONICAL.format(""), home=True),
        "publications/index.html": _page("Papers", listing, papers, up="../", list=True),
        "publications/waves.html": _page("Waves", PAPER, of_paper, up="../"),
        "publications/waves.bib": "@misc{waves}",
        "publications/waves.svg": SVG,
        "publications/thumbnails/waves.webp": picture(),
        "theme/site.css": ":focus-visible { outline: 3px solid } a { color: #036 }",
        "theme/copy.js": "",
        "news/feed.xml": FEED,
        "news/feed.json": json.dumps(JSON_FEED),
        "sitemap.xml": SITEMAP,
        "robots.txt": "User-agent: *\nAllow: /\nSitemap: https://doe.example/sitemap.xml\n",
    }


def written(folder: Path, content: dict[str, str | bytes]) -> RenderedSite:
    """Write a site's files to ``folder``."""
    for name, text in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return RenderedSite(folder, f"{ADDRESS}/")
