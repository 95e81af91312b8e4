"""Nothing that stands in a record runs in a reader's browser."""

import base64
import io
import json
import re

import pytest
from checkout import copy_example, make_anothers, render
from PIL import Image

from portfolio.audit.server import serving

OWNER = """owner:
  name: Eve Adams
  site: https://adams.example
  repository: https://code.example/adams
"""
HOME = """---
title: Eve
---

```{python}
from portfolio import pages

pages.publications()
```

```{python}
pages.news()
```
"""
PAYLOADS = [
    "<script>ran()</script>",
    "<img src=x onerror=ran()>",
    '\\" onfocus=ran() autofocus x=\\"',
    "</script><script>ran()</script>",
    "</template><svg onload=ran()>",
    "javascript:ran()",
    "data:text/html,<script>ran()</script>",
    "<math><mtext><img src=x onerror=ran()></mtext></math>",
]
FIELDS = "title author journal note abstract summary abbr pages volume number publisher keywords"
LINKS = "url doi eprint arxiv code pdf slides video website html preview award annotation"
MARKUP = """<script>ran()</script> <img src=x onerror="ran()"> [a](javascript:ran())
[b]{onclick="ran()" onmouseover="ran()"}
<meta http-equiv="refresh" content="0; url=/elsewhere.html">
<iframe srcdoc="<script>parent.ran()</script>"></iframe>
<form action="https://elsewhere.example/"><input name="a" autofocus onfocus="ran()"></form>
<svg onload="ran()"><a xlink:href="javascript:ran()"><text>c</text></a></svg>
<a href=" java&#x09;script:ran()" target="_blank">d</a>
<template class="head"><script>ran()</script><meta http-equiv="refresh" content="0"></template>
</figcaption></figure><script>ran()</script>
</main><script>ran()</script><base href="https://elsewhere.example/">

```{=html}
<script>ran()</script>
```
"""
CAPTION = """A figure <img src=x onerror="ran()"> [a](javascript:ran()) [b]{onclick="ran()"} and
<a href=" java&#x09;script:ran()">d</a> </figcaption></figure> <b onclick="ran()">e</b>"""
DRAWING = """<?xml-stylesheet href="data:text/xsl,x"?><svg xmlns="http://www.w3.org/2000/svg"
onload="top.pwned = true"><script>top.pwned = true</script><rect width="9" height="9"/></svg>"""
WATCH = "window.ran = () => { window.pwned = true; }; window.alert = window.ran;"


def hostile(number, payload):
    """Return an entry with the payload in every field."""
    fields = [f"  {name} = {{{payload}}}," for name in f"{FIELDS} {LINKS}".split()]
    return "\n".join([f"@article{{k{number},", *fields, "  year = {2020},", "}", ""])


def notebook():
    """Return a notebook that tries everything in its text, a caption and an output."""
    caption = json.dumps(" ".join(CAPTION.split()))
    png = base64.b64encode(picture()).decode()
    code = {"cell_type": "code", "metadata": {}, "execution_count": 1}
    drawn = {"output_type": "display_data", "metadata": {}, "data": {"image/png": png}}
    shown = {"output_type": "display_data", "metadata": {}, "data": {"text/html": MARKUP}}
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": f"# Evil\n\nKept words.\n\n{MARKUP}"},
        code | {"source": f"#| label: fig-a\n#| fig-cap: {caption}\n1", "outputs": [drawn]},
        code | {"source": "2", "outputs": [shown]},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


def picture():
    """Return a small PNG."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the site of a bibliography and news that try everything."""
    root = tmp_path_factory.mktemp("hostile") / "site"
    copy_example(root)
    bib = "\n".join(hostile(number, payload) for number, payload in enumerate(PAYLOADS))
    make_anothers(root, OWNER, bib, HOME)
    rows = [f'2020-01-01,"{payload.replace(chr(34), "")}",{payload[:20]}' for payload in PAYLOADS]
    (root / "news" / "news.csv").write_text("\n".join(["date,text,link", *rows, ""]))
    for name in ("k0", "k1"):
        (root / "notebooks" / f"{name}.ipynb").write_text(notebook())
    page = "---\ntitle: Own\n---\n\n{{< embed notebooks/k1.ipynb#fig-a >}}\n"
    (root / "own.qmd").write_text(page)
    (root / "publications" / "files").mkdir(exist_ok=True)
    (root / "publications" / "files" / "a.svg").write_text(DRAWING)
    return render(root, "embedded") / "_site"


def test_nothing_in_a_record_runs(site, browser):
    """Scripts, handlers and script addresses in any field stay text, without help of the policy."""
    with serving(site) as address, browser.new_context(bypass_csp=True) as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        for path in sorted(site.rglob("*.html")):
            page.goto(f"{address}/{path.relative_to(site).as_posix()}")
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.pwned") is None, path.name
            assert page.url == f"{address}/{path.relative_to(site).as_posix()}", path.name
            assert not page.query_selector("iframe, form, base, object, embed"), path.name
            protocols = page.evaluate("[...document.links].map(link => link.protocol)")
            assert set(protocols) <= {"http:", "https:"}, path.name


def test_what_notebooks_say_is_kept(site):
    """Of a notebook only what runs is gone: its words and its figure are there."""
    text = (site / "notebooks" / "k0.html").read_text(encoding="utf-8")
    assert "Kept words." in text
    assert '<figure id="fig-a"' in text
    assert "</main>\n<footer" in text


def test_a_drawing_that_is_opened_runs_nothing(site, browser):
    """A drawing that the site publishes shows what it showed, and its scripts are gone."""
    with serving(site) as address, browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.goto(f"{address}/publications/files/a.svg")
        assert page.evaluate("window.pwned") is None
        assert page.query_selector("rect")


def test_every_hostile_paper_is_still_listed(site):
    """Not one of the papers is lost for what it holds."""
    text = (site / "publications" / "index.html").read_text(encoding="utf-8")
    assert len(re.findall(r'<li [^>]*class="row\b', text)) == len(PAYLOADS)


def test_linked_data_survives(site):
    """JSON-LD stays one script that parses."""
    for path in (site / "publications").glob("k*.html"):
        text = path.read_text(encoding="utf-8")
        data = text.split('<script type="application/ld+json">')[1].split("</script>")[0]
        assert json.loads(data)["@type"] == "ScholarlyArticle"
