"""Small pictures before words: of the places that links lead to, and of what buttons do.

They are drawn in lines of the text's own colour, and say nothing that the words do not.
"""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from portfolio.pages.html import tag

_DRAWN = Path(__file__).with_name("icons.tsv")
_HOSTS = {
    "arxiv.org": "arxiv",
    "bitbucket.org": "bitbucket",
    "bsky.app": "bluesky",
    "codeberg.org": "code",
    "dblp.org": "dblp",
    "dblp.uni-trier.de": "dblp",
    "facebook.com": "facebook",
    "fosstodon.org": "mastodon",
    "github.com": "github",
    "gitlab.com": "gitlab",
    "hachyderm.io": "mastodon",
    "huggingface.co": "huggingface",
    "instagram.com": "instagram",
    "linkedin.com": "linkedin",
    "mastodon.social": "mastodon",
    "mathstodon.xyz": "mastodon",
    "medium.com": "medium",
    "openreview.net": "article",
    "orcid.org": "orcid",
    "osf.io": "data",
    "scholar.google.com": "scholar",
    "semanticscholar.org": "scholar",
    "sigmoid.social": "mastodon",
    "stackoverflow.com": "stackoverflow",
    "threads.com": "threads",
    "threads.net": "threads",
    "twitter.com": "x",
    "x.com": "x",
    "youtu.be": "youtube",
    "youtube.com": "youtube",
    "zenodo.org": "data",
}
_PARTS = {"gitlab": "gitlab", "mastodon": "mastodon", "scholar": "scholar"}
"""Names that a host is known by wherever it is: ``gitlab.university.example``."""
_DOCUMENTS = (".pdf", ".docx", ".txt")


def icon(name: str) -> str:
    """Return the picture ``name``; raise KeyError where there is none."""
    path = tag("path", d=_paths()[name])
    return tag(
        "svg", path, class_="icon", viewBox="0 0 24 24", width=20, height=20, aria_hidden="true"
    )


def icon_of(href: str) -> str:
    """Return the picture of the place that an address leads to."""
    return icon(_name_of(href))


def _name_of(href: str) -> str:
    try:
        address = urlsplit(href)
        host = (address.hostname or "").removeprefix("www.")
    except ValueError:
        return "link"
    if address.scheme == "mailto":
        return "mail"
    labels = host.split(".")
    domains = (".".join(labels[start:]) for start in range(len(labels) - 1))
    known = (*map(_HOSTS.get, domains), *map(_PARTS.get, labels))
    return next(filter(None, known), "") or _kind_of(address.path, host)


def _kind_of(path: str, host: str) -> str:
    if path.startswith("/@") and path.count("/") == 1:
        return "mastodon"
    if path.lower().endswith(_DOCUMENTS):
        return "file"
    return "web" if host else "article"


@cache
def _paths() -> dict[str, str]:
    return dict(row.split("\t") for row in _DRAWN.read_text(encoding="utf-8").splitlines())
