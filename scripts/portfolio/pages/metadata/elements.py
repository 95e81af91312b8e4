"""The elements of a head, written safely; what is empty is left out.

A head has dozens of them, and a site thousands of heads: names, which are ours, go in as they are.
"""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from portfolio.pages.html import void

CONTEXT = "https://schema.org"


def named(name: str, content: str) -> str:
    """Return a meta element with a name."""
    return f'<meta name="{name}" content="{escape(content)}">' if content else ""


def shared(name: str, content: str) -> str:
    """Return a meta element with a property, as Open Graph writes them."""
    return f'<meta property="{name}" content="{escape(content)}">' if content else ""


def related(relation: str, href: str, kind: str = "", title: str = "") -> str:
    """Return a typed link; ``kind`` is the media type of what it leads to."""
    return void("link", rel=relation, href=href, type=kind, title=title) if href else ""


def linked_data(data: Mapping[str, Any]) -> str:
    """Return JSON-LD in the vocabulary of schema.org, which no text in it can end early."""
    written = json.dumps({"@context": CONTEXT, **data}, ensure_ascii=False)
    safe = written.replace("<", "\\u003c")
    return f'<script type="application/ld+json">{safe}</script>'
