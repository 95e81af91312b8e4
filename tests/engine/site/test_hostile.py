"""Nothing that stands in a record runs in a reader's browser."""

import json

import pytest
from checkout import copy_example, make_anothers, render

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
WATCH = "window.ran = () => { window.pwned = true; }; window.alert = window.ran;"


def hostile(number, payload):
    """Return an entry with the payload in every field."""
    fields = [f"  {name} = {{{payload}}}," for name in f"{FIELDS} {LINKS}".split()]
    return "\n".join([f"@article{{k{number},", *fields, "  year = {2020},", "}", ""])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the site of a bibliography and news that try everything."""
    root = tmp_path_factory.mktemp("hostile") / "site"
    copy_example(root)
    bib = "\n".join(hostile(number, payload) for number, payload in enumerate(PAYLOADS))
    make_anothers(root, OWNER, bib, HOME)
    rows = [f'2020-01-01,"{payload.replace(chr(34), "")}",{payload[:20]}' for payload in PAYLOADS]
    (root / "news" / "news.csv").write_text("\n".join(["date,text,link", *rows, ""]))
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
            protocols = page.evaluate("[...document.links].map(link => link.protocol)")
            assert set(protocols) <= {"http:", "https:"}, path.name


def test_every_hostile_paper_is_still_listed(site):
    """Not one of the papers is lost for what it holds."""
    text = (site / "publications" / "index.html").read_text(encoding="utf-8")
    assert text.count('<li class="paper">') == len(PAYLOADS)


def test_linked_data_survives(site):
    """JSON-LD stays one script that parses."""
    for path in (site / "publications").glob("k*.html"):
        text = path.read_text(encoding="utf-8")
        data = text.split('<script type="application/ld+json">')[1].split("</script>")[0]
        assert json.loads(data)["@type"] == "ScholarlyArticle"
