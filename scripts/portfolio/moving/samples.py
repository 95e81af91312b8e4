"""What templates come with to show themselves, and nobody has written: recognised by its words."""

import re
from collections.abc import Collection

_TITLES = re.compile(
    r"paper title number \d+|(?:talk|tutorial) \d+ on relevant topic in your field"
    r"|conference proceeding talk \d+.*|teaching experience \d+|portfolio item number \d+"
    r"|(?:future )?blog post(?: number \d+)?|a post (?:with|that) .*|a distill-style blog post\b.*"
    r"|an example (?:journal article|conference paper|preprint).*"
    r"|example (?:project|talk|event)\b.*"
    r"|project \d{1,2}|your (?:name|project|talk)(?: here)?",
    re.IGNORECASE,
)
_TEXTS = re.compile(
    r"every project has a beautiful feature showcase page|a simple inline announcement"
    r"|announcements and news can be much longer than just quick inline posts"
    r"|this is a description of (?:your talk|a teaching experience|your tutorial)"
    r"|this is an item in your portfolio|lorem ipsum dolor sit amet"
    r"|click the \*?\*?cite\*?\*? button above to (?:demo|import)"
    r"|this is the front page of a website that is powered by the \[academicpages"
    r"|create your slides in markdown|supplementary notes can be added here"
    r"|add the (?:publication's )?\*?\*?full text\*?\*? or"
    r"|write your biography here\. tell the world about yourself",
    re.IGNORECASE,
)
_ENTRIES = frozenset(
    {"physrev.47.777", "przibram1967letters"}
    | {f"einstein19{rest}" for rest in ("56investigations", "50meaning", "05molekularkinetischen")}
    | {f"einstein1905{rest}" for rest in ("movement", "electrodynamics", "photoelectriceffect")}
)
_AUTHORS = frozenset({"Einstein", "Przibram"})


def is_sample(title: str, text: str = "") -> bool:
    """Whether a title or a text is one that a template comes with."""
    return bool(_TITLES.fullmatch(" ".join(title.split())) or _TEXTS.search(text))


def is_sample_entry(key: str, families: Collection[str]) -> bool:
    """Whether an entry is one of the papers that a template's bibliography comes with."""
    return key.lower() in _ENTRIES and not _AUTHORS.isdisjoint(families)
