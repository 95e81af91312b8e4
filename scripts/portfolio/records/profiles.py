"""Where a person is known by a name or number: ``orcid: 0000-0002-1825-0097`` as a link."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from portfolio.records.identifiers import is_web_address
from portfolio.records.paper import Link
from portfolio.records.people.orcid import orcid_of

PROFILES = {
    "orcid": ("ORCID", "https://orcid.org/{}"),
    "scholar": ("Google Scholar", "https://scholar.google.com/citations?user={}"),
    "dblp": ("dblp", "https://dblp.org/pid/{}"),
    "openreview": ("OpenReview", "https://openreview.net/profile?id={}"),
    "semantic_scholar": ("Semantic Scholar", "https://www.semanticscholar.org/author/{}"),
    "arxiv": ("arXiv", "https://arxiv.org/a/{}"),
    "inspire": ("INSPIRE", "https://inspirehep.net/authors/{}"),
    "researcherid": ("Web of Science", "https://www.webofscience.com/wos/author/record/{}"),
    "scopus": ("Scopus", "https://www.scopus.com/authid/detail.uri?authorId={}"),
    "researchgate": ("ResearchGate", "https://www.researchgate.net/profile/{}"),
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "github": ("GitHub", "https://github.com/{}"),
    "gitlab": ("GitLab", "https://gitlab.com/{}"),
    "huggingface": ("Hugging Face", "https://huggingface.co/{}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/in/{}"),
    "bluesky": ("Bluesky", "https://bsky.app/profile/{}"),
    "mastodon": ("Mastodon", ""),
    "twitter": ("X", "https://x.com/{}"),
    "youtube": ("YouTube", "https://www.youtube.com/@{}"),
    "osf": ("OSF", "https://osf.io/{}"),
}
"""What services are called, and the addresses that their names or numbers make."""
ALIASES = {
    "google_scholar": "scholar", "googlescholar": "scholar", "x": "twitter", "bsky": "bluesky",
    "semanticscholar": "semantic_scholar", "hugging_face": "huggingface", "wos": "researcherid",
    "publons": "researcherid", "inspirehep": "inspire",
}  # fmt: skip


def profiles_in(block: Mapping[str, Any]) -> Iterator[Link]:
    """Yield the links that the identifiers of a block make, in its order."""
    for key, value in block.items():
        name = spelled(key)
        if name and isinstance(value, str | int) and (href := _address(name, str(value).strip())):
            yield Link(PROFILES[name][0], href)


def spelled(key: str) -> str:
    """Return the service that a key names, or nothing."""
    name = key.lower().replace("-", "_")
    name = ALIASES.get(name, name)
    return name if name in PROFILES else ""


def service_at(href: str) -> str:
    """Return what readers call the service that an address is at, if it is one known."""
    host = (urlsplit(href).hostname or "").removeprefix("www.")
    for words, address in PROFILES.values():
        if host and host == (urlsplit(address).hostname or "").removeprefix("www."):
            return words
    return PROFILES["twitter"][0] if host == "twitter.com" else ""


def _address(name: str, value: str) -> str:
    if is_web_address(value):
        return value
    if name == "mastodon":
        user, _, host = value.lstrip("@").partition("@")
        return f"https://{host}/@{user}" if host else ""
    bare = orcid_of(value) if name == "orcid" else value.lstrip("@")
    return PROFILES[name][1].format(bare) if bare else ""
