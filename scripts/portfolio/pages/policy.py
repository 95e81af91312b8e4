"""What hosts are told about the pages: the content policy, and how long a file may be kept.

The policy stands in the page's template, which applies it on every host; hosts that read a file
``_headers`` (Netlify, Cloudflare) also send it, with what works as a header only.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import unescape
from pathlib import PurePosixPath

from portfolio.shipped import EXTENSION

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_FRAMING = "frame-ancestors 'none'"
_EVERYWHERE = {
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_KEPT = "public, max-age=86400, stale-while-revalidate=604800"
"""What changes with a new version of the site at most is asked for once a day."""
_STATIC = ("/favicon.ico", "/theme/*", "/publications/thumbnails/*", "/publications/cards/*")


@cache
def policy() -> str:
    """Return the content policy of the template."""
    return policy_of((EXTENSION / "page.html").read_text(encoding="utf-8"))


def policy_of(html: str) -> str:
    """Return the content policy of a page, or nothing where it has none."""
    found = _POLICY.search(html)
    return unescape(found[1]) if found else ""


def headers(pages: Sequence[str], policies: Iterable[str]) -> str:
    """Return the file ``_headers`` for the ``pages`` at these addresses, with their ``policies``.

    Only pages are sent a policy: a drawing that is opened by itself has its own styles. Where pages
    differ in theirs, none is sent but on framing, since a header cannot be loosened by a page.
    """
    alike = set(policies) == {policy()}
    sent = f"{policy()}; {_FRAMING}" if alike else _FRAMING
    rules: list[tuple[str, Mapping[str, str]]] = [("/*", _EVERYWHERE)]
    rules += [(path, {"Content-Security-Policy": sent}) for path in _paths(pages)]
    rules += [(path, {"Cache-Control": _KEPT}) for path in _STATIC]
    return "".join(_rule(path, said) for path, said in rules)


def _paths(pages: Iterable[str]) -> Iterator[str]:
    """Yield the patterns of the addresses that pages are asked for at."""
    yield "/*.html"
    folders = {
        PurePosixPath(page).parent.as_posix() for page in pages if page.endswith("index.html")
    }
    yield from sorted(f"/{folder}/".replace("/./", "/") for folder in folders)


def _rule(path: str, said: Mapping[str, str]) -> str:
    return "\n".join([path, *(f"  {name}: {value}" for name, value in said.items()), ""])
