"""HTML of which nothing runs: what notebooks and captions hold may come from anybody.

Tags are kept that are on a list and that every parser reads alike; of all others nothing is left
but what they hold, and of scripts and style sheets not even that.
"""

import re
from functools import lru_cache
from html import unescape

_KEPT = frozenset(
    """
    a abbr article aside audio b bdi bdo blockquote br button caption cite code col colgroup dd del
    details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li
    mark nav ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup
    table tbody td tfoot th thead time tr track u ul var video wbr
    annotation math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts
    mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none
    semantics
    """.split(),  # noqa: SIM905  words read best as words
)
_DRAWN = frozenset(
    """
    circle clippath defs ellipse g line lineargradient marker mask path pattern polygon polyline
    radialgradient rect stop svg symbol text tspan
    """.split(),  # noqa: SIM905
)
"""Parts of drawings, which may end where they begin."""
_ATTRIBUTE = r"""\s++([A-Za-z_][\w:.-]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+"""
_PART = re.compile(
    r"<!--.*?-->"
    r"|<(?P<silent>script|style)\b[^>]*+>.*?</(?P=silent)\s*+>"
    rf"|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+)(?P<said>(?:{_ATTRIBUTE})*+)\s*+(?P<alone>/?)>"
    r"|<",
    re.DOTALL | re.IGNORECASE,
)
_SAID = re.compile(_ATTRIBUTE)
_SHORT = 80
_CLOSED_FAR_OFF = (
    (re.compile("<(?=!--)"), re.compile("-->"), "&lt;"),
    *(
        (
            re.compile(rf"<(?={name}\b)", re.IGNORECASE),
            re.compile(rf"</{name}\s*+>", re.IGNORECASE),
            "<x",
        )
        for name in ("script", "style")
    ),
)
"""What begins, and ends; what never ends would be sought to the end each time that it begins."""
_ADDRESSES = frozenset(
    {"href", "src", "srcset", "cite", "poster", "data", "xlink:href", "longdesc"}
)
_REFUSED = frozenset({"srcdoc", "action", "formaction", "ping", "background", "http-equiv"})
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif)[;,]", re.IGNORECASE)
_OF_LINKS = frozenset({"http:", "https:", "mailto:", "tel:"})
_HEAD = re.compile(r'<template class="head">((?:(?!<template\b).)*?)</template>', re.DOTALL)
_IN_HEADS = re.compile(
    r'<meta (?:name|property)="[^"<>]*" content="[^"<>]*">'
    r'|<script type="application/ld\+json">[^<]*</script>'
)


def harmless(html: str) -> str:
    """Return ``html`` without what runs, loads, submits or leads away; doing it twice is once."""
    for opening, closing, instead in _CLOSED_FAR_OFF:
        end = max((found.end() for found in closing.finditer(html)), default=0)
        html = html[:end] + opening.sub(instead, html[end:])
    return _PART.sub(_part, html)


def harmless_with_head(html: str) -> str:
    """Return ``html`` likewise, but for what our own parts put into the head of its page."""
    heads = (_IN_HEADS.findall(head) for head in _HEAD.findall(html))
    kept = "".join(part for head in heads for part in head)
    head = f'<template class="head">{kept}</template>' if kept else ""
    return head + harmless(_HEAD.sub("", html))


def _part(found: re.Match[str]) -> str:
    if found.group() == "<":
        return "&lt;"
    keep = _keep_short if len(found.group()) < _SHORT else _keep
    return keep(*found.group("name", "close", "said", "alone"))


def _keep(name: str | None, close: str, said: str, alone: str) -> str:
    """Return what stays of a tag, or of what is none and goes whole."""
    plain = (name or "").lower()
    if plain not in _KEPT and plain not in _DRAWN:
        return ""
    if close:
        return f"</{name}>"
    kept = "".join(_attribute(*pair) for pair in _SAID.findall(said))
    end = f"</{name}>" if alone and plain in _DRAWN else ""
    return f"<{name}{kept}>{end}"


_keep_short = lru_cache(maxsize=4096)(_keep)
"""The same for tags that code and formulas repeat by the thousand."""


def _attribute(name: str, value: str) -> str:
    plain = name.lower()
    if plain.startswith("on") or plain in _REFUSED:
        return ""
    if plain in _ADDRESSES and not _is_harmless(value.strip("\"'"), plain):
        return ""
    quoted = value if value[:1] in {"'", '"', ""} else f'"{value}"'
    return f" {name}={quoted}" if value else f" {name}"


def _is_harmless(value: str, name: str) -> bool:
    address = re.sub(r"[\x00-\x20]", "", unescape(value))
    scheme = _SCHEME.match(address)
    known = not scheme or scheme.group().lower() in _OF_LINKS
    return known or (name != "href" and bool(_PICTURE.match(address)))
