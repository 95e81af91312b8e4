"""People by name wherever items name them: the owner marked, others linked."""

from collections.abc import Iterable
from html import escape

from portfolio.pages.html import tag
from portfolio.pages.portfolio import Portfolio
from portfolio.records.kinds.item import Item
from portfolio.records.people.names import fold, parse_name


def named_people(here: Portfolio, names: Iterable[str]) -> str:
    """Return names as a list, as HTML."""
    return here.say.listed([person(here, name) for name in names])


def person(here: Portfolio, name: str, *, inside: str = "") -> str:
    """Return a name, or the HTML ``inside`` for it, linked to where the person is on the web."""
    inside = inside or escape(name)
    known = parse_name(name)
    if known.is_one_of(here.site.owner.spellings):
        return tag("strong", inside, class_="me")
    href = here.people.get(fold(known.display), "")
    return tag("a", inside, href=href) if href and "<a " not in inside else inside


def is_former(item: Item) -> bool:
    """Whether a person has left: it says so, or what they are now."""
    return item.kind == "people" and (item.is_on("alumnus") or bool(item.text("now")))
