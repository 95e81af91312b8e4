"""Of HTML that anybody may have written nothing runs, and what does not run is kept."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.pages.harmless import harmless, harmless_with_head

KEPT = [
    '<p>a <b>b</b> <a href="c.html#d">c</a> &lt;e&gt;</p>',
    '<img src="a.png" alt="b" width="1"><br>',
    '<img src="data:image/png;base64,AAAA">',
    '<a href="https://example.org/?a=1&amp;b=2">a</a>',
    "<details open><summary>a</summary>b</details>",
    '<math display="block"><mi mathvariant="bold">x</mi></math>',
    '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>'.replace("/>", ">"),
    '<table><tr><td colspan="2">a</td></tr></table>',
]


@pytest.mark.parametrize("html", KEPT)
def test_what_runs_nothing_is_kept(html):
    """Text, links, pictures, tables and formulas stay as they are."""
    assert harmless(html) == html


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("a<script>ran()</script>b", "ab"),
        ("a<style>b</style >c", "ac"),
        ('<svg><path d="M0"/><rect/></svg>', '<svg><path d="M0"></path><rect></rect></svg>'),
        ("a<br/>b", "a<br>b"),
        ("<b onclick=ran()>a</b>", "<b>a</b>"),
        ("<b ONCLICK='ran()' title=x>a</b>", '<b title="x">a</b>'),
        ("<a href=javascript:ran()>a</a>", "<a>a</a>"),
        ('<a href="&#106;avascript:ran()">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<img src="data:image/svg+xml,x">', "<img>"),
        ("<iframe srcdoc=x>a</iframe>", "a"),
        ("<meta http-equiv=refresh content=0>a", "a"),
        ("<form action=x><input></form>a", "a"),
        ("<scr<script>x</script>ipt>ran()", "&lt;script>ran()"),
        ("<img src=x\nonerror=ran() /", "&lt;img src=x\nonerror=ran() /"),
        ("a < b <!-- <b> --> c", "a &lt; b  c"),
        ("<!--><script>ran()</script>-->", ""),
        ("<script>ran()", "ran()"),
        ("<![CDATA[<b>]]>", "&lt;![CDATA[<b>]]>"),
    ],
)
def test_what_runs_is_taken_out(html, left):
    """Scripts, handlers, forms, frames and what leads away go, and half a tag is text."""
    assert harmless(html) == left
    assert harmless(left) == left


PIECES = """<script> </script> <style> </style> <!-- --> <![CDATA[ ]]> <math> </math> <svg> </svg>
<mtext> <img </p> <p <a href= src= onerror= ran() " ' > < / = ` javascript: &#106; data: <title>
</title> <textarea> </textarea> <noscript> </noscript> <template> <annotation-xml <foreignObject>
<table> <td> <iframe <form <base <meta http-equiv=refresh <plaintext> <mglyph> <select> &lt; x" y
"""
ANYTHING = st.lists(st.sampled_from([*PIECES.split(), " ", "\n", "a"]), max_size=14).map("".join)
FORBIDDEN = {"script", "style", "iframe", "form", "base", "meta", "object", "embed", "textarea"}
FORBIDDEN |= {"template", "noscript", "foreignobject", "annotation-xml", "link", "input", "select"}


@settings(deadline=None, max_examples=400)
@given(ANYTHING)
def test_nothing_runs_however_it_is_parsed(html):
    """A browser's own rules find no forbidden element, handler or address in what is left."""
    for place in (
        "<main>{}</main>",
        "<figcaption>{}</figcaption>",
        "<math><mtext>{}</mtext></math>",
    ):
        tree = html5lib.parse(place.format(harmless(html)), namespaceHTMLElements=False)
        for element in tree.find("body").iter():
            if isinstance(element.tag, str):
                assert element.tag.rpartition("}")[2].lower() not in FORBIDDEN
            for name, value in element.attrib.items():
                assert not str(name).lower().startswith("on")
                assert "javascript:" not in value or name not in {"href", "src"}


def test_the_head_gets_only_what_we_put_there():
    """Our own tags for the head of a page pass; scripts and refreshes among them do not."""
    ours = '<meta name="a" content="b"><script type="application/ld+json">{"a": 1}</script>'
    html = (
        f'<template class="head">{ours}<script>ran()</script><meta http-equiv="refresh"></template>'
    )
    assert harmless_with_head(f"{html}a") == f'<template class="head">{ours}</template>a'
