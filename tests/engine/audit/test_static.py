"""The audit of a site's files finds each fault, and nothing on a sound site."""

import io
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image
from small import files, picture, written

from portfolio.audit import static_problems

PAPER, HOME, LIST, LOST = (
    "publications/waves.html",
    "index.html",
    "publications/index.html",
    "404.html",
)
POSTING = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "BlogPosting",'
    ' "headline": "Waves", "author": [{"name": "Jane Doe"}], "datePublished": "2020-02-01",'
    ' "url": "https://doe.example/"}</script>'
)
NOISE = b"".join(sha256(n.to_bytes(2)).digest() for n in range(480 * 300 * 3 // 32))


def heavy():
    """Return a thumbnail of the right size and too many bytes."""
    out = io.BytesIO()
    Image.frombytes("RGB", (480, 300), NOISE).save(out, "WEBP", quality=80)
    return out.getvalue()


# The name of the promise, the file, what is replaced in it, and by what.
EDITS = [
    ("links", HOME, "<p>", '<p><a href="gone.html">x</a>'),
    ("links", HOME, "<p>", '<p><a href="publications/waves.html#gone">x</a>'),
    ("links", HOME, "<p>", '<p><a href="/publications/waves.html">x</a>'),
    ("links", HOME, "<p>", '<p><a href="https://doe.example/publications/gone.html">x</a>'),
    ("links", HOME, "<p>", '<p><a href="file:///a">x</a>'),
    ("links", HOME, "<p>", '<p><a href="http://localhost:4200/">x</a>'),
    ("links", HOME, "<p>", '<p><a href="javascript:x()">x</a>'),
    ("links", HOME, "<p>", '<p><a href="http://[">x</a>'),
    ("links", HOME, "<p>", '<p><a href="Publications/waves.html">x</a>'),
    ("links", LOST, "<p>", '<p><a href="index.html">x</a>'),
    ("links", "theme/site.css", "a {", "p { background: url(gone.png) } a {"),
    ("reach", LIST, '<a href="waves.html">Waves</a>', "Waves"),
    ("hosts", HOME, "</head>", '<link rel="stylesheet" href="https://cdn.example/x.css"></head>'),
    ("hosts", HOME, "<p>", '<p><img alt="" src="https://cdn.example/x.png">'),
    ("hosts", HOME, "<p>", '<p><img alt="" src="x.png" srcset="a.png 1x, //cdn.example/b.png 2x">'),
    ("hosts", HOME, "<p>", '<p style="background: url(https://cdn.example/x.png)">'),
    ("hosts", HOME, "<p>", '<p><svg><image href="https://cdn.example/x.png"/></svg>'),
    ("hosts", "theme/site.css", "a {", "@import 'https://cdn.example/x.css'; a {"),
    ("hosts", "publications/waves.svg", "<path", '<image href="https://cdn.example/x.png"/><path'),
    ("headings", HOME, "<h1>Home</h1>", ""),
    ("headings", HOME, "<p>", "<h1>Again</h1><p>"),
    ("headings", HOME, "<p>", "<h3>Deep</h3><p>"),
    ("headings", HOME, "<p>", "<h2></h2><p>"),
    ("headings", HOME, "<nav>", "<h2>First</h2><nav>"),
    ("title", HOME, "<title>Home · Jane Doe</title>", ""),
    ("title", HOME, "<title>Home", "<title>Papers"),
    ("language", HOME, ' lang="en"', ""),
    ("menu", HOME, ' aria-current="page"', ""),
    ("menu", PAPER, '<a href="../index.html"', '<a aria-current="page" href="../index.html"'),
    ("alt", PAPER, ' alt="A wave"', ""),
    ("alt", PAPER, ' alt="A wave"', ' alt=""'),
    ("size", PAPER, ' width="40"', ""),
    ("size", PAPER, ' width="40"', ' width="50%"'),
    ("size", PAPER, ' height="20"', ' height="40"'),
    ("size", "publications/waves.svg", "</svg>", ""),
    ("scripts", HOME, "<p>", "<script>x()</script><p>"),
    ("scripts", HOME, "</head>", '<script src="publications/x.js"></script></head>'),
    ("scripts", HOME, "<p>", '<p onclick="x()">'),
    ("canonical", HOME, 'href="https://doe.example/"', 'href="https://other.example/"'),
    ("canonical", LOST, "</head>", '<link rel="canonical" href="https://doe.example/x"></head>'),
    ("metadata", PAPER, "What waves are.", " "),
    ("metadata", PAPER, "</head>", '<meta name="description" content="Again"></head>'),
    ("metadata", HOME, "<p>", "<template>x</template><p>"),
    ("metadata", HOME, "<p>", '<meta name="x"><p>'),
    ("metadata", HOME, "<p>", '<script type="application/ld+json">{}</script><p>'),
    ("metadata", PAPER, "</head>", '<meta name="citation_conference_title" content="C"></head>'),
    ("metadata", PAPER, 'content="2020/02/01"', 'content="Spring"'),
    ("metadata", PAPER, 'content="Sea"', 'content=""'),
    ("metadata", PAPER, "</head>", '<meta name="citation_title" content="Waves"></head>'),
    (
        "metadata",
        PAPER,
        "</head>",
        '<meta name="citation_pdf_url" content="https://doe.example/x.pdf"></head>',
    ),
    ("metadata", PAPER, 'property="og:image:width" content="480"', 'property="og:image:width"'),
    ("metadata", PAPER, '"og:url" content="https://doe', '"og:url" content="https://roe'),
    ("metadata", PAPER, '_html_url" content="https://doe', '_html_url" content="https://roe'),
    ("json-ld", PAPER, '{"@context"', '{{"@context"'),
    ("json-ld", PAPER, '"@type": "ScholarlyArticle", ', ""),
    ("json-ld", PAPER, '"headline": "Waves"', '"headline": "Tides"'),
    ("json-ld", PAPER, '"author": [{"@type": "Person", "name": "Jane Doe"}]', '"author": []'),
    ("json-ld", PAPER, 'thumbnails/waves.webp"}', 'thumbnails/gone.webp"}'),
    ("json-ld", PAPER, "application/ld+json", "application/json"),
    ("json-ld", HOME, "</head>", POSTING.replace('"datePublished"', '"dated"') + "</head>"),
    ("json-ld", HOME, "</head>", POSTING.replace("doe.example", "roe.example") + "</head>"),
    ("robots", LOST, "noindex", "all"),
    ("robots", HOME, "</head>", '<meta name="robots" content="noindex"></head>'),
    ("robots", "robots.txt", "Sitemap: https://doe", "Sitemap: https://roe"),
    ("robots", "robots.txt", "Allow: /", "Disallow: /"),
    ("sitemap", "sitemap.xml", "<url><loc>https://doe.example/</loc></url>", ""),
    ("sitemap", "sitemap.xml", "example/publications/<", "example/gone/<"),
    ("sitemap", "sitemap.xml", "</urlset>", "<url><loc>https://doe.example/</loc></url></urlset>"),
    ("sitemap", "sitemap.xml", "</urlset>", ""),
    ("feed", "news/feed.xml", "</feed>", ""),
    ("feed", "news/feed.xml", "<name>Jane Doe</name>", ""),
    ("feed", "news/feed.xml", "<title>New</title>", ""),
    ("feed", "news/feed.xml", "2019-02-01T00:00:00Z", "yesterday"),
    ("feed", "news/feed.xml", "2019-02-01", "2021-02-01"),
    ("feed", "news/feed.xml", "/#1", "/#2"),
    ("feed", "news/feed.xml", 'href="https://elsewhere.example/"', 'href="/news/"'),
    ("feed", "news/feed.xml", "waves.html", "gone.html"),
    (
        "feed",
        "news/feed.json",
        "{",
        "",
    ),
    ("feed", "news/feed.json", '"items"', '"entries"'),
    ("feed", "news/feed.json", "jsonfeed.org", "feeds.example"),
    ("feed", "news/feed.json", '"id": "2"', '"id": "1"'),
    ("feed", "news/feed.json", "waves.html", "gone.html"),
    ("feed", "news/feed.json", '"url": "https://elsewhere.example/"', '"url": "/news/"'),
    ("feed", "news/feed.json", '"content_html": "New"', '"content_html": ""'),
    ("path-of-this-machine", HOME, "Welcome.", f"Read {Path.home()}/papers/x.csv"),
    ("path-of-this-machine", HOME, "Welcome.", f"file://{Path.home()}/x"),
    ("leftovers", HOME, "<p>", '<p data-notebook="x">'),
    ("outputs", HOME, "<p>", '<p class="interactive">It runs elsewhere.</p><p>'),
    ("formulas", HOME, "<p>", r'<p><span class="math inline">\(x\)</span>'),
]
ADDED = [
    ("thumbnail", "publications/thumbnails/waves.webp", picture((48, 30))),
    ("thumbnail", "publications/thumbnails/waves.webp", picture(form="PNG")),
    ("thumbnail", "publications/thumbnails/waves.webp", heavy()),
    ("leftovers", "search.json", "[]"),
    ("leftovers", "site_libs/x/x.js", ""),
    ("sources", "notebooks/waves.ipynb", "{}"),
    ("sources", "publications/waves.qmd", ""),
    ("sources", "_site/index.htm", ""),
    ("sources", ".env", "KEY=1"),
    ("sources", "scripts/__pycache__/x.txt", ""),
]


def promises_broken(folder, content):
    """Return the keys of the problems of a site."""
    return {problem.key for problem in static_problems(written(folder, content))}


def test_a_sound_site_has_no_problem(tmp_path):
    """Nothing is found where nothing is wrong."""
    assert static_problems(written(tmp_path / "_site", files())) == []


@pytest.mark.parametrize(
    ("key", "name", "old", "new"), EDITS, ids=[f"{e[0]}-{n}" for n, e in enumerate(EDITS)]
)
def test_a_fault_in_a_file_is_found(tmp_path, key, name, old, new):
    """The problem has the name of the broken promise."""
    content = files()
    assert old in content[name]
    content[name] = content[name].replace(old, new, 1)
    assert key in promises_broken(tmp_path / "_site", content)


@pytest.mark.parametrize(
    ("key", "name", "data"), ADDED, ids=[f"{a[0]}-{n}" for n, a in enumerate(ADDED)]
)
def test_a_file_that_should_not_be_so_is_found(tmp_path, key, name, data):
    """The problem has the name of the broken promise."""
    assert key in promises_broken(tmp_path / "_site", files() | {name: data})


@pytest.mark.parametrize("name", ["sitemap.xml", "robots.txt", "news/feed.xml", "index.html"])
def test_a_file_that_is_missing_is_found(tmp_path, name):
    """Programs and readers look for these first."""
    content = files()
    del content[name]
    assert promises_broken(tmp_path / "_site", content)


def test_a_note_below_what_is_drawn_is_no_fault(tmp_path):
    """What a chart says until scripts draw it is no output that is missing."""
    stage = '<div class="stage"><p class="interactive">It is drawn.</p></div><p>'
    content = files()
    content[HOME] = content[HOME].replace("<p>", stage, 1)
    assert static_problems(written(tmp_path / "_site", content)) == []


@pytest.mark.parametrize(
    "link",
    [
        "https://doe.example/other-project/",
        "mailto:jane@doe.example",
        "tel:+1",
        "#",
        "#top",
        "publications/",
        "https://elsewhere.example/x",
        "publications/waves.html#:~:text=Method",
    ],
)
def test_an_address_that_leads_somewhere_is_let_be(tmp_path, link):
    """Other projects on the owner's host, other schemes and browsers' own fragments are fine."""
    content = files()
    content["index.html"] = content["index.html"].replace("<p>", f'<p><a href="{link}">x</a>')
    assert static_problems(written(tmp_path / "_site", content)) == []


def test_a_post_has_a_headline_of_its_own(tmp_path):
    """What programs read of a post need not agree with the tags of a paper, which it has not."""
    content = files()
    content["index.html"] = content["index.html"].replace("</head>", f"{POSTING}</head>")
    assert static_problems(written(tmp_path / "_site", content)) == []


def test_what_the_owner_hands_out_is_not_ours_to_judge(tmp_path):
    """A file of any kind may lie in publications/files, and be linked anywhere."""
    content = files() | {"publications/files/poster.html": "<p>", "publications/run.py": ""}
    content["publications/files/code.py"] = ""
    links = '<p><a href="publications/files/poster.html#x">x</a><a href="publications/run.py">y</a>'
    content["index.html"] = content["index.html"].replace("<p>", links)
    assert static_problems(written(tmp_path / "_site", content)) == []


def test_a_problem_says_where_it_is(tmp_path):
    """The page as it lies in the project, the line of the fault, the value, and what to do."""
    content = files()
    content["index.html"] = content["index.html"].replace("<p>", '<p><a href="gone.html">x</a>')
    (found,) = static_problems(written(tmp_path / "_site", content))
    line = content["index.html"].partition("gone.html")[0].count("\n") + 1
    assert (found.path, found.line, found.key) == ("_site/index.html", line, "links")
    assert "(gone.html)" in found.what
    assert found.remedy
