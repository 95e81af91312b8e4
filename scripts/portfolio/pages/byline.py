"""Who wrote a paper, and where it appeared: the lines below its title."""

from collections.abc import Iterator
from html import escape

from portfolio.pages.html import link, tag
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.reference import reference
from portfolio.records.paper import Paper
from portfolio.records.people.names import Name

_EQUAL = "equal contribution"


def authors(here: Portfolio, paper: Paper, *, in_full: bool = False) -> str:
    """Return the authors with their marks, and what those mean; ``in_full`` by name."""
    if not paper.authors:
        return ""
    say = here.say
    names = [author(here, name, kind="p-author" * in_full) for name in paper.authors]
    listed = say.listed(names + [escape(say("and-others"))] * paper.others)
    listed = say.html("edited-by", names=listed) if paper.is_edited else listed
    meanings = list(_meanings(here, paper, in_full=in_full))
    note = tag("p", say("semicolon").join(meanings), class_="legend") if meanings else ""
    return tag("p", listed, class_="authors") + note


def venue(here: Portfolio, paper: Paper, *, in_full: bool = False) -> str:
    """Return where and when a paper appeared, with what is noted of it."""
    said = reference(paper, here.say) if in_full else place(here, paper)
    note = tag("span", paper.html("note"), class_="note") if paper.note else ""
    where = tag("span", escape(said), class_="p-publication") if in_full else escape(said)
    return tag("p", " ".join(filter(None, (where, note))), class_="venue") if said else ""


def place(here: Portfolio, paper: Paper) -> str:
    """Return where and when, as short as the venue is called: ICML 2020; Memoirs, in press."""
    venue = here.say.term(paper.short_venue)
    when = paper.when.text or here.say.term(paper.values.get("status", ""))
    mark = " " if when[:1].isdigit() else here.say("comma")
    return mark.join(filter(None, (venue, "" if when in venue else when)))


def author(here: Portfolio, name: Name, *, linked: bool = True, kind: str = "") -> str:
    """Return an author's name with its marks: the owner's marked, others linked if they may be.

    To programs it is of a ``kind``, if one is told.
    """
    marks = tag("sup", escape(name.marks)) if name.marks else ""
    if is_owner(here, name):
        return tag("strong", escape(name.display), class_=f"me {kind}".strip()) + marks
    if name.link and linked:
        return link(name.display, name.link, class_=f"{kind} h-card" if kind else "") + marks
    shown = escape(name.display)
    return (tag("span", shown, class_=kind) if kind else shown) + marks


def is_owner(here: Portfolio, name: Name) -> bool:
    """Return whether a name is one of the owner's."""
    return name.is_one_of(here.site.owner.spellings)


def _meanings(here: Portfolio, paper: Paper, *, in_full: bool) -> Iterator[str]:
    for mark, meaning in paper.legend.items():
        bearers = [name.display for name in paper.authors if mark in name.marks]
        said = here.say.term(meaning)
        if in_full and meaning == _EQUAL and len(bearers) > 1:
            said = here.say("contributed-equally", names=_joined(here, bearers))
        if meaning:
            yield f"{tag('sup', escape(mark))} {escape(said)}"


def _joined(here: Portfolio, names: list[str]) -> str:
    """Return names as a sentence has them: A, B and C."""
    return here.say("and", most=here.say.listed(names[:-1]), last=names[-1])
