"""The site's settings: who owns it and where it lives, from ``_quarto.yml``."""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from portfolio.content import is_content
from portfolio.mapping import Mapping, NotYamlError, read_mapping, read_yaml
from portfolio.records.coauthors import members_of
from portfolio.records.counts import SOURCES
from portfolio.records.identifiers import is_web_address
from portfolio.records.languages import general, is_tag
from portfolio.records.paper import Link
from portfolio.records.people.names import fold
from portfolio.records.people.orcid import orcid_in
from portfolio.records.problems import ContentError, Problem
from portfolio.records.profiles import ALIASES as PROFILES_TOO
from portfolio.records.profiles import PROFILES, profiles_in, spelled
from portfolio.records.root import SETTINGS
from portfolio.records.sources import read_text

_FILES = (".pdf", ".doc", ".docx", ".txt", ".odt", ".ps", ".zip", ".vcf", ".xml", ".json")
_TEXTS = (
    "name", "role", "description", "site", "repository", "email", "portrait", "phone", "address",
    "pronouns", "kind",
)  # fmt: skip
_KEYS = (
    *_TEXTS, "spellings", "affiliation", "links", "identifiers", "citations", *PROFILES,
    *PROFILES_TOO,
)  # fmt: skip
GROUPS = ("group", "lab")
_EMAIL = re.compile(r"(?:mailto:)?[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_TYPES_OF_QUARTO = ("website", "book", "default", "manuscript")


@dataclass(frozen=True)
class Owner:
    """The person whose portfolio this is."""

    name: str
    spellings: frozenset[str]
    role: str
    affiliation: Link
    links: tuple[Link, ...]
    email: str = ""
    portrait: str = ""
    """The file of a picture, from the project's root."""
    phone: str = ""
    address: str = ""
    pronouns: str = ""
    is_group: bool = False
    """Whether it is a group: a lab, whose members' names are marked."""

    @property
    def call(self) -> str:
        """The address that calls the owner's telephone, or nothing."""
        number = "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")
        return f"tel:{number}" if number else ""


@dataclass(frozen=True)
class Site:
    """The owner and the addresses that every page needs.

    ``words`` are what the owner has the interface say, and ``others`` the owner's block as it is in
    other languages, each with what it does not say from the site's own.
    """

    owner: Owner
    description: str
    address: str
    repository: str
    lang: str = "en"
    menu: tuple[dict[str, Any], ...] = ()
    words: Table[str, Any] = field(default_factory=dict)
    others: Table[str, dict[str, Any]] = field(default_factory=dict)
    citations: str = ""
    """The service whose counts of citations are shown, or nothing."""
    live: bool = False
    """Whether all outputs that can run in the page do."""
    libraries: Table[str, Any] = field(default_factory=dict)
    """The files of the project that hold what those outputs need, where no package brings it."""

    def in_language(self, lang: str) -> "Site":
        """Return the site as a page in a language shows it."""
        words = self.words if lang == self.lang else _in_languages(self.words)
        block = next((self.others[tag] for tag in general(lang) if tag in self.others), None)
        if block is None:
            return replace(self, lang=lang, words=words)
        told = str(block.get("description") or "")
        return replace(self, lang=lang, words=words, owner=_owner(block), description=told)

    @property
    def profiles(self) -> tuple[Link, ...]:
        """The links to pages about the owner elsewhere: no files, no e-mail, no pages of here."""
        return tuple(link for link in self.owner.links if self.is_profile(link.href))

    @property
    def orcid(self) -> str:
        """The address of the owner's ORCID iD, or nothing."""
        return next((link.href for link in self.owner.links if orcid_in(link.href)), "")

    def is_profile(self, href: str) -> bool:
        """Whether an address is one at which the owner is known elsewhere on the web."""
        if not is_web_address(href) or f"{href}/".startswith(f"{self.address}/"):
            return False
        return not urlsplit(href).path.lower().endswith(_FILES)


def is_portfolio(root: Path) -> bool:
    """Return whether the project is a portfolio, and not another website that shows papers."""
    project = _settings(_text(root)).get("project")
    kind = project.get("type") if isinstance(project, dict) else project
    return bool(kind) and kind not in _TYPES_OF_QUARTO


def has_settings(root: Path) -> bool:
    """Return whether the project says anything of itself that can be read."""
    return bool(_settings(_text(root)))


def load_site(root: Path, *, known: bool = True) -> Site:
    """Read the ``owner`` block of the settings; raise ContentError naming what it lacks.

    Where the owner need not be ``known``, what is not said is empty.
    """
    text = _text(root)
    settings = _settings(text)
    owner = settings.get("owner") or {}
    line = next((n for n, row in enumerate(text.split("\n"), 1) if row.startswith("owner:")), 1)
    if not isinstance(owner, dict):
        what, remedy = f"it is no block ({owner})", "write name: and site: on lines of their own"
        raise ContentError(Problem(SETTINGS, line, "owner", what, remedy))
    lacking = [key for key in ("name", "site") if not owner.get(key)]
    if lacking and known:
        raise ContentError(
            *(
                Problem(SETTINGS, line, f"owner.{key}", "is not set", "write it there")
                for key in lacking
            ),
        )
    address = str(owner.get("site") or "").rstrip("/")
    if address and not is_web_address(address):
        what, remedy = f"it is no address on the web ({address})", "begin it with https://"
        raise ContentError(Problem(SETTINGS, line, "owner.site", what, remedy))
    if str(owner.get("kind") or "") in GROUPS:
        owner = owner | {"spellings": [*_list(owner, "spellings"), *members_of(root)]}
    return Site(
        owner=_owner(owner),
        description=str(owner.get("description") or ""),
        address=address,
        repository=str(owner.get("repository") or "").rstrip("/"),
        lang=str(settings.get("lang") or "en"),
        menu=tuple(map(_block, _list(settings, "site-menu"))),
        words=_block(settings.get("words")),
        others={tag: owner | said for tag, said in _in_languages(owner).items()},
        citations=str(owner.get("citations") or ""),
        live=settings.get("live") is True,
        libraries=_block(settings.get("libraries")),
    )


def faults_of_settings(root: Path) -> Iterator[Problem]:
    """Yield what the ``owner`` block says in a form that nothing can be made of."""
    try:
        settings = read_mapping(_text(root), SETTINGS, 1)
    except NotYamlError:  # loading the site says so
        return
    for key in _TEXTS:
        value = settings.get(f"owner.{key}")
        if isinstance(value, list | dict):
            yield _fault(settings, key, f"it is no text ({value})", "write it on one line")
    yield from _unknown(settings)
    for spelling in _list(settings.get("owner", {}), "spellings"):
        if isinstance(spelling, list | dict):
            what = f"it is no list of names ({spelling})"
            yield _fault(settings, "spellings", what, "write [J. Doe, Jane A. Doe]")
    counts = str(settings.get("owner.citations") or "")
    if counts and counts.lower() not in SOURCES:
        what = f"nobody counts citations under this name ({counts})"
        yield _fault(settings, "citations", what, f"write {' or '.join(SOURCES.values())}")
    email = str(settings.get("owner.email") or "")
    if email and not _EMAIL.fullmatch(email):
        remedy = "write it as ada@byron.example"
        yield _fault(settings, "email", f"it is no address of e-mail ({email})", remedy)
    for said in _list(settings.get("owner", {}), "links"):
        link = _link(said)
        if not link.text or not link.href:
            remedy = 'write {text: Code, href: "https://..."}'
            yield _fault(settings, "links", f"a link needs words and an address ({said})", remedy)


def _unknown(settings: Mapping) -> Iterator[Problem]:
    """Yield the keys of the block that say nothing, with what each may have meant."""
    owner = settings.get("owner")
    for key in owner if isinstance(owner, dict) else ():
        if key in _KEYS or (is_tag(key) and isinstance(owner[key], dict)):
            if spelled(key) and not [*profiles_in({key: owner[key]})]:
                what = f"it makes no address ({owner[key]})"
                yield _fault(settings, key, what, "write it as the service does, or its address")
            continue
        near = get_close_matches(key.lower(), _KEYS, n=1, cutoff=0.7)
        if near:
            yield _fault(settings, key, "nothing reads this", f"write {near[0]}")
        else:
            what, remedy = "nothing of the engine reads this", "remove it, unless yours does"
            yield replace(_fault(settings, key, what, remedy), hint=True)
    kind = settings.get("owner.kind")
    if kind and str(kind) not in {"person", *GROUPS}:
        yield _fault(settings, "kind", f"it is no kind of owner ({kind})", "write person or group")


def _fault(settings: Mapping, key: str, what: str, remedy: str) -> Problem:
    line = settings.lines.get(f"owner.{key}", 1)
    return Problem(SETTINGS, line, f"owner.{key}", what, remedy)


def _text(root: Path) -> str:
    """Return the text of the project's settings; a document on its own has none."""
    path = root / SETTINGS
    return read_text(path, shown_as=SETTINGS, problems=[]) if is_content(path, root) else ""


@lru_cache(maxsize=8)
def _settings(text: str) -> dict[str, Any]:
    """Return the settings that are written as ``text``, which are asked for again and again."""
    try:
        settings = read_yaml(text)
    except NotYamlError as error:
        problem = Problem(SETTINGS, error.line, "yaml", error.what, "mend the YAML")
        raise ContentError(problem) from error
    return settings if isinstance(settings, dict) else {}


def _owner(block: dict[str, Any]) -> Owner:
    name = str(block.get("name") or "")
    spelled = filter(None, (name, *_list(block, "spellings")))
    spellings = frozenset(fold(str(spelling)) for spelling in spelled)
    return Owner(
        name=name,
        spellings=spellings,
        role=str(block.get("role") or ""),
        affiliation=_link(block.get("affiliation") or {}),
        links=tuple(_links(block)),
        email=str(block.get("email") or "").removeprefix("mailto:"),
        portrait=str(block.get("portrait") or "").lstrip("/"),
        phone=str(block.get("phone") or ""),
        address=" ".join(str(block.get("address") or "").split("\n")),
        pronouns=str(block.get("pronouns") or ""),
        is_group=str(block.get("kind") or "") in GROUPS,
    )


def _links(block: dict[str, Any]) -> Iterator[Link]:
    """Yield the links that are told, and those that identifiers make of services not yet there."""
    told = [_link(link) for link in _list(block, "links")]
    made = [*profiles_in(_block(block.get("identifiers"))), *profiles_in(block)]
    yield from told
    yield from (link for link in made if link.href not in {other.href for other in told})


def _block(said: Any) -> dict[str, Any]:
    return said if isinstance(said, dict) else {}


def _in_languages(block: Table[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the parts of a block that stand under a language."""
    return {key: said for key, said in block.items() if is_tag(key) and isinstance(said, dict)}


def _list(block: Any, key: str) -> list[Any]:
    """Return a setting that is a list, or one thing that stands for a list of one."""
    value = (block.get(key) if isinstance(block, dict) else None) or []
    return value if isinstance(value, list) else [value]


def _link(said: Any) -> Link:
    """Return a link from its block, or from plain text, which leads to itself if to anything."""
    if isinstance(said, dict):
        return Link(str(said.get("text") or ""), str(said.get("href") or ""))
    return Link(str(said), str(said) if is_web_address(str(said)) else "")
