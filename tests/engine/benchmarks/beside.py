"""The same papers as sites of other generators: a page each, a list by year, a feed, a sitemap.

They are what these programs' own users would write: a Markdown file for each paper, and templates
of a few lines. Nothing sets thumbnails, or writes entries for reference managers, as ours does.
"""

import json
from collections.abc import Iterator
from pathlib import Path

HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="alternate" type="application/atom+xml" href="/{feed}"></head>
<body><header><a href="/">Ada Byron</a></header><main>
"""
FOOT = "</main><footer>Ada Byron</footer></body></html>\n"
TITLE = "On the {n}th structure of things and Their parts"
PEOPLE = ["Ada Byron", "Luigi Ménabréa", "Jane Doe"]
TEXT = "The {n}th paper says what *things* are made of, and how their parts hold together.\n"
FIRST, YEARS = 1980, 40

PAGE_OF_HUGO = """{{ define "main" }}<h1>{{ .Title }}</h1>
<p>{{ delimit .Params.authors ", " }}</p>
<p>{{ .Params.journal }}, volume {{ .Params.volume }}, {{ .Date.Year }}</p>
<ul><li><a href="https://arxiv.org/abs/{{ .Params.arxiv }}">arXiv</a></li></ul>
{{ .Content }}{{ end }}
"""
LIST_OF_HUGO = """{{ define "main" }}<h1>{{ .Title }}</h1>
{{ range .RegularPagesRecursive.GroupByDate "2006" }}<h2>{{ .Key }}</h2><ol>
{{ range .Pages }}<li><h3><a href="{{ .RelPermalink }}">{{ .Title }}</a></h3>
<p>{{ delimit .Params.authors ", " }}</p>
<p>{{ .Params.journal }} {{ .Date.Year }}</p></li>
{{ end }}</ol>{{ end }}{{ end }}
"""
FRAME_OF_ELEVENTY = "{{ content | safe }}"
PAGE_OF_ELEVENTY = """<h1>{{ title }}</h1>
<p>{{ authors | join(", ") }}</p>
<p>{{ journal }}, volume {{ volume }}, {{ year }}</p>
<ul><li><a href="https://arxiv.org/abs/{{ arxiv }}">arXiv</a></li></ul>
{{ content | safe }}
"""
LIST_OF_ELEVENTY = """---
title: Ada Byron
permalink: /index.html
---
<h1>{{ title }}</h1>
{% for year, papers in collections.papers | groupby("data.year") %}<h2>{{ year }}</h2><ol>
{% for paper in papers %}<li><h3><a href="{{ paper.url }}">{{ paper.data.title }}</a></h3>
<p>{{ paper.data.authors | join(", ") }}</p>
<p>{{ paper.data.journal }} {{ paper.data.year }}</p></li>
{% endfor %}</ol>{% endfor %}
"""
FEED_OF_ELEVENTY = """---
permalink: /feed.xml
eleventyExcludeFromCollections: true
---
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Ada Byron</title><id>https://byron.example/</id>
{% for paper in collections.papers %}<entry><title>{{ paper.data.title }}</title>
<id>https://byron.example{{ paper.url }}</id>
<updated>{{ paper.data.year }}-01-01T00:00:00Z</updated>
</entry>{% endfor %}</feed>
"""
SITEMAP_OF_ELEVENTY = """---
permalink: /sitemap.xml
eleventyExcludeFromCollections: true
---
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{% for page in collections.all %}<url><loc>https://byron.example{{ page.url }}</loc></url>
{% endfor %}</urlset>
"""
SETTINGS_OF_ELEVENTY = """module.exports = function (config) {
  config.addFilter("groupby", (items, key) => {
    const groups = {};
    for (const item of items) (groups[item.data.year] ??= []).push(item);
    return groups;
  });
  return { dir: { input: "content", includes: "../layouts", output: "public" } };
};
"""


def bibliography(count: int) -> str:
    """Return ``count`` papers as BibTeX, over forty years."""
    return "\n".join(
        f"@article{{key{n}, title = {{On the {n}th structure of things and {{Their}} parts}},"
        f" author = {{Byron, Ada and M{{\\'e}}nabr{{\\'e}}a, Luigi and Doe, Jane}}, journal ="
        f" {{Journal of Things}}, year = {FIRST + n % YEARS}, volume = {n},"
        f" eprint = {{2001.{n:05}}}, archivePrefix = {{arXiv}}}}"
        for n in range(count)
    )


def write_hugo(root: Path, count: int) -> None:
    """Write the papers as a site of Hugo, which has templates for feed and sitemap of its own."""
    frame = HEAD.format(title="{{ .Title }}", feed="index.xml")
    _write(
        root / "layouts" / "_default" / "baseof.html",
        f'{frame}{{{{ block "main" . }}}}{{{{ end }}}}{FOOT}',
    )
    _write(root / "layouts" / "_default" / "single.html", PAGE_OF_HUGO)
    for name in ("_default/list.html", "index.html"):
        _write(root / "layouts" / name, LIST_OF_HUGO)
    _write(
        root / "hugo.toml",
        'baseURL = "https://byron.example/"\ntitle = "Ada Byron"\n'
        'disableKinds = ["taxonomy", "term", "section"]\n',
    )
    for n, said in _papers(count):
        said["date"] = f"{said['year']}-01-01"
        _write(root / "content" / "publications" / f"key{n}.md", _page(said, n))


def write_eleventy(root: Path, count: int) -> None:
    """Write the papers as a site of Eleventy."""
    frame = HEAD.format(title="{{ title }}", feed="feed.xml")
    _write(root / "layouts" / "page.njk", f"{frame}{PAGE_OF_ELEVENTY}{FOOT}")
    _write(
        root / "content" / "index.njk",
        LIST_OF_ELEVENTY.replace("---\n<h1>", f"---\n{frame}<h1>") + FOOT,
    )
    _write(root / "content" / "feed.njk", FEED_OF_ELEVENTY)
    _write(root / "content" / "sitemap.njk", SITEMAP_OF_ELEVENTY)
    _write(root / "eleventy.config.js", SETTINGS_OF_ELEVENTY)
    for n, said in _papers(count):
        said |= {"layout": "page.njk", "tags": "papers"}
        _write(root / "content" / "publications" / f"key{n}.md", _page(said, n))


def _papers(count: int) -> Iterator[tuple[int, dict[str, object]]]:
    for n in range(count):
        yield (
            n,
            {
                "title": TITLE.format(n=n),
                "authors": PEOPLE,
                "journal": "Journal of Things",
                "year": FIRST + n % YEARS,
                "volume": n,
                "arxiv": f"2001.{n:05}",
            },
        )


def _page(said: dict[str, object], n: int) -> str:
    lines = "\n".join(f"{name}: {json.dumps(value)}" for name, value in said.items())
    return f"---\n{lines}\n---\n{TEXT.format(n=n)}"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
