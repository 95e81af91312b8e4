"""A drawing that is opened by itself runs nothing, and shows what it showed."""

from xml.etree import ElementTree as ET

import pytest

from portfolio.drawing import still

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{}>{}</svg>'
)
RECT = '<rect width="1" height="1"/>'
HOSTILE = {
    "script": SVG.format("", "<script>ran()</script>"),
    "handler": SVG.format(' onload="ran()"', ""),
    "handler in capitals": SVG.format("", '<g ONCLICK="ran()"/>'),
    "script address": SVG.format("", '<a xlink:href="javascript:ran()"><text>a</text></a>'),
    "hidden script address": SVG.format("", '<a href=" java&#9;script:ran()"><text>a</text></a>'),
    "page in an address": SVG.format("", '<a href="data:text/html,x"><text>a</text></a>'),
    "HTML inside": SVG.format("", "<foreignObject><b/></foreignObject>"),
    "HTML by its name": SVG.format("", '<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x"/>'),
    "animation": SVG.format("", '<a><set attributeName="xlink:href" to="javascript:ran()"/></a>'),
    "animated handler": SVG.format("", '<animate attributeName="onclick" values="ran()"/>'),
    "style sheet": '<?xml-stylesheet href="data:text/xsl,x"?>' + SVG.format("", ""),
    "other host": SVG.format("", '<image href="https://elsewhere.example/a.png"/>'),
    "base": SVG.format(' xml:base="https://elsewhere.example/"', ""),
    "by entity": '<!DOCTYPE svg [<!ENTITY e "ran()">]>' + SVG.format("", "<script>&e;</script>"),
    "UTF-16": SVG.format("", "<script>ran()</script>").encode("utf-16"),
    "deep": SVG.format("", "<g>" * 3000 + "<script>ran()</script>" + "</g>" * 3000),
    "cut off": SVG.format("", "<script>ran()</script>")[:-6],
    "no XML": "<svg onload=ran()>",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_runs_is_taken_out(name):
    """No script, handler, page or address of another host is left."""
    drawing = HOSTILE[name]
    left = still(drawing if isinstance(drawing, bytes) else drawing.encode())
    assert ET.fromstring(left).tag == "{http://www.w3.org/2000/svg}svg"
    said = left.decode().lower()
    words = ("ran(", "javascript", "foreignobject", "xhtml", "data:text", "elsewhere", "stylesheet")
    assert not [word for word in words if word in said]


def test_the_rest_of_a_hostile_drawing_is_kept():
    """What does not run stays, under its own names."""
    drawing = SVG.format(' viewBox="0 0 1 1" onload="ran()"', f'{RECT}<use xlink:href="#a"/>')
    left = still(drawing.encode()).decode()
    assert 'viewBox="0 0 1 1"' in left
    assert "<rect " in left
    assert 'xlink:href="#a"' in left


@pytest.mark.parametrize(
    "inside",
    [
        RECT,
        '<a href="https://example.org/"><text>a</text></a>',
        '<image href="data:image/png;base64,AAAA"/>',
        '<use xlink:href="#mark"/><image href="a%20b.png?c#d"/>',
        "<style>rect {fill: red}</style><!-- a remark -->",
        '<animate attributeName="x" values="0;1"/>',
    ],
)
def test_a_harmless_drawing_keeps_its_bytes(inside):
    """What cannot run is published as it was drawn, to the byte."""
    drawing = f"<?xml version='1.0'?>\n{SVG.format('', inside)}\n".encode()
    assert still(drawing) == drawing
