"""Things of a kind as a page shows them: a list, cards, a timeline, by year or by group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from portfolio.pages.html import link, tag
from portfolio.pages.inline import inline
from portfolio.pages.item_people import is_former, named_people, person
from portfolio.pages.item_pictures import picture_of
from portfolio.pages.item_ways import address, papers_of, ways
from portfolio.pages.portfolio import Portfolio, page_of
from portfolio.pages.times import time_of
from portfolio.records.kinds.item import Item

VIEWS = ("list", "cards", "timeline", "year", "group")
"""How things of a kind can be shown; by year and by group they are lists under headings."""


@dataclass(frozen=True)
class Choice:
    """What of a kind is shown and how: a view, the newest ``count``, a group, selected ones."""

    view: str = ""
    count: int | None = None
    group: str = ""
    selected: bool = False
    level: int = 2
    """The level of the headings of groups and years."""


def items_html(here: Portfolio, kind: str, choice: Choice) -> str:
    """Return the things of a kind that are chosen, nothing where there are none.

    Raises ValueError for a view that is none of ``VIEWS``.
    """
    if choice.view not in {"", *VIEWS}:
        raise ValueError(f"view is one of {', '.join(VIEWS)}")
    items = chosen(here, kind, choice)
    if not items:
        return ""
    view = choice.view or items[0].schema.view
    if view == "year" and not choice.view and len(items) <= _FEW:
        view = "list"
    if view in {"year", "group"} or (view == "cards" and not choice.group and _are_grouped(items)):
        return "\n".join(_sections(here, items, view, choice.level))
    return listed(here, items, view, choice.level)


_FEW = 4
"""So few things need no headings of years, unless asked for."""


def chosen(here: Portfolio, kind: str, choice: Choice) -> list[Item]:
    """Return the items of a kind that a choice has, in order."""
    return [
        item
        for item in here.items.get(kind, ())
        if (not choice.selected or item.is_on("selected"))
        and (not choice.group or item.text("group").casefold() == choice.group.casefold())
    ][: choice.count]


def _sections(here: Portfolio, items: Sequence[Item], view: str, level: int) -> Iterator[str]:
    heading = f"h{level}"
    for text, some in _groups(here, items, by_year=view == "year"):
        yield tag(heading, escape(text)) if text else ""
        yield listed(here, some, "cards" if view == "cards" else "list", level + 1)


def _groups(
    here: Portfolio, items: Sequence[Item], *, by_year: bool
) -> Iterator[tuple[str, list[Item]]]:
    """Yield the groups of items under their headings: of years, or of their own, former last."""
    if by_year:
        ordered = sorted(items, key=lambda item: (item.when.year is None, -(item.when.year or 0)))
        for year, some in groupby(ordered, key=lambda item: item.when.year):
            yield str(year) if year else here.say.term("Undated"), list(some)
        return
    found: dict[str, list[Item]] = {}
    for item in items:
        former = here.say("alumni") if is_former(item) and not item.text("group") else ""
        found.setdefault(item.text("group") or former, []).append(item)
    last = here.say("alumni")
    yield from sorted(found.items(), key=lambda group: group[0] == last)


def _are_grouped(items: Sequence[Item]) -> bool:
    return any(item.text("group") or is_former(item) for item in items)


def listed(here: Portfolio, items: Sequence[Item], view: str, level: int) -> str:
    """Return items in one list of a view: list, cards or timeline."""
    kind = items[0].kind
    shown = "".join(_item(here, item, view, level) for item in items)
    dated = any(item.when.parts for item in items) and view != "cards"
    classes = f"items {kind}" + f" {view}" * (view != "list") + " undated" * (not dated)
    return tag("ul", shown, class_=classes, role="list")


def _item(here: Portfolio, item: Item, view: str, level: int) -> str:
    when = tag("p", time_of(item.when, here.say), class_="when") if item.when.parts else ""
    picture = picture_of(here, item) if view == "cards" else ""
    text = tag("div", "".join(_lines(here, item, view, level, when)))
    before = picture if view == "cards" else when
    return tag("li", before + text, class_="item", id=f"{item.kind}-{item.id}")


def _lines(here: Portfolio, item: Item, view: str, level: int, when: str) -> Iterator[str]:
    notes = "".join(
        f" {tag('span', escape(said), class_='note')}"
        for name in item.schema.note
        if (said := item.text(name))
    )
    title = _title(here, item)
    yield (
        tag(f"h{level}", title + notes)
        if view == "cards"
        else tag("p", title + notes, class_="what")
    )
    yield when if view == "cards" else ""
    if where := where_html(here, item):
        yield tag("p", where, class_="where")
    for line in more_of(here, item):
        yield tag("p", line, class_="where")
    if summary := item.text("summary"):
        yield tag("p", inline(summary), class_="summary")
    yield _links(here, item)


def _title(here: Portfolio, item: Item) -> str:
    words = inline(item.title)
    if item.kind == "people":
        return person(here, item.title, inside=words)
    href = address(here, item, item.text("link"))
    inner = tag("a", words, href=href) if href and "<a " not in words else words
    return (
        f"{tag('span', escape(item.text('code')), class_='code')} {inner}"
        if _numbered(item)
        else inner
    )


def _numbered(item: Item) -> bool:
    return item.kind == "teaching" and bool(item.text("code"))


def where_html(here: Portfolio, item: Item) -> str:
    """Return the fields below the title: with whom, where."""
    said = []
    for name in item.schema.line:
        if name in item.lists:
            said.append(named_people(here, item.lists[name]))
        elif text := item.text(name):
            said.append(inline(text))
    return here.say.listed(said)


def more_of(here: Portfolio, item: Item) -> Iterator[str]:
    """Yield what else there is to say of an item, as HTML: thesis, with whom, what came of it."""
    say = here.say
    if thesis := item.text("thesis"):
        yield say.html("thesis-titled", title=tag("em", inline(thesis)))
    if advisors := item.lists.get("advisors"):
        yield say.html("advised-by", names=named_people(here, advisors))
    if people := item.lists.get("people"):
        yield say.html("with-people", names=named_people(here, people))
    if now := item.text("now"):
        yield say.html("now-at", where=inline(now))


def _links(here: Portfolio, item: Item) -> str:
    links = [tag("li", link(way.text, way.href)) for way in ways(here, item)]
    links += [tag("li", link(paper.title, page_of(paper))) for paper in papers_of(here, item)]
    label = here.say("links-of", title=item.title)
    more = _papers_by(here, item)
    return (
        more + tag("ul", "".join(links), class_="links", role="list", aria_label=label)
        if links
        else more
    )


def _papers_by(here: Portfolio, item: Item) -> str:
    """Return the papers of a member of a group, folded."""
    papers = here.papers_by(item) if here.site.owner.is_group and item.kind == "people" else []
    listed = (tag("li", tag("a", paper.title_html, href=page_of(paper))) for paper in papers)
    summary = tag("summary", escape(here.say("n-papers", n=len(papers))))
    return tag("details", summary + tag("ul", "".join(listed)), class_="their") if papers else ""
