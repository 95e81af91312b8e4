"""Papers on pages written by hand: headings, items of lists, rows of tables, paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from portfolio import pandoc
from portfolio.moving.people_lists import names_in
from portfolio.moving.pieces import pieces_of
from portfolio.moving.references import Reference, read_reference

_UNITS = {"li", "tr", "article", "p", "dd"}
_ENTRY = re.compile(
    r"(?:^|[\s_-])(?:pub(?:lication)?|paper|entry|item|card|bib(?:item)?|article|work)s?(?:$|[\s_-])",
    re.IGNORECASE,
)
_PASSED = {"script", "style", "nav", "form", "video", "footer", "noscript", "template", "head"}
_MENU = re.compile(r"(?:^|[\s_-])(?:menu|nav|navbar|sidebar|breadcrumbs?)(?:$|\s)", re.IGNORECASE)
_BLOCKS = _UNITS | {"div", "section", "ul", "ol", "table", "h1", "h2", "h3", "h4", "dl", "main"}
PAPERS = re.compile(
    r"\b(?:publications?|papers?|preprints?|articles?|manuscripts?|proceedings|journals?|chapters?"
    r"|conferences?|theses|thesis|books?|works?|research|workshops?|peer[- ]reviewed|bibliography"
    r"|in (?:press|review|preparation)|patents?|reports?|selected|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""What headings above papers speak of."""
OTHERS = re.compile(
    r"\b(?:talks?|presentations?|teaching|courses?|news|awards?|honou?rs?|education|service|students"
    r"|experience|positions?|employment|team|members|people|contact|about|press|media|posts?|blog"
    r"|activities|grants?|funding|reviewing|events?|hobbies|misc\w*|updates?|projects?|software"
    r"|lectures?|seminars?|advisees?|jobs?|openings?|alumni)\b",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(
    r"\{\{<(?:(?!\{\{).)*?>\}\}|\{%(?:(?!\{%).)*?%\}|\{\{(?:(?!\{\{).)*?\}\}", re.DOTALL
)
_MARKDOWN = "--from=markdown+hard_line_breaks-tex_math_dollars-citations-smart"
_MOST_WORDS = 6
_SHORTEST = 4
_REMARK = 60


@dataclass(frozen=True)
class Listed:
    """A paper on a page: what was read, the elements that told it, and the heading above it."""

    paper: Reference
    elements: tuple[Element, ...]
    heading: str = ""


def tree_of(html: str) -> Element:
    """Return HTML as a tree, however it is written."""
    import html5lib  # noqa: PLC0415  it takes a moment to load

    tree: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return tree


def html_of(markdown: str) -> str:
    """Return Markdown as HTML, without what templates and Quarto put into braces."""
    return pandoc.to_html(_SHORTCODE.sub("", markdown), _MARKDOWN).html


def papers_in(tree: Element, *, title: str = "") -> list[Listed]:
    """Return the papers on a page; less is asked of each where its title speaks of papers."""
    return list(_Walk([title]).below(tree))


@dataclass
class _Walk:
    """The way through a page, with the headings that were passed, by their level."""

    headings: list[str] = field(default_factory=list)

    def below(self, element: Element) -> Iterator[Listed]:
        """Yield the papers in an element; of a list of papers each item, be it a guess."""
        if element.tag not in {"ul", "ol", "tbody"}:
            yield from self._through(element)
            return
        found = [(child, list(self._through(_around([child])))) for child in element]
        papers = [one for _, several in found for one in several]
        are_papers = len(papers) > 1 and len(papers) * 2 > len(found)
        for child, several in found:
            yield from several or (self._guessed(child) if are_papers else ())

    def _guessed(self, element: Element) -> Iterator[Listed]:
        pieces = pieces_of([element])
        words = " ".join(pieces.text.split())
        if len(words.split()) >= _SHORTEST:
            paper = read_reference(pieces) or Reference(words, text=words)
            yield Listed(replace(paper, is_sure=False), (element,), self._heading())

    def _through(self, element: Element) -> Iterator[Listed]:
        children = list(element)
        number = 0
        while number < len(children):
            child, number = children[number], number + 1
            if not isinstance(child.tag, str) or child.tag in _PASSED or _is_menu(child):
                continue
            if level := _level(child):
                group = _until_heading(children[number:], level)
                if found := self._under_heading(child, group):
                    number += len(group)
                    yield found
                    continue
                del self.headings[level:]
                self.headings += [""] * (level - len(self.headings)) + [_words(child)]
            elif _is_unit(child):
                several = list(self._unit(child))
                if len(several) == 1 and child.tag == "p":
                    rest = self._belonging(children[number:])
                    number += len(rest)
                    several = [self._read([child, *rest]) or several[0]]
                yield from several
            else:
                yield from self.below(child)

    def _belonging(self, elements: Sequence[Element]) -> list[Element]:
        """Return the rows of links and remarks that follow a paragraph about a paper."""
        group: list[Element] = []
        for one in elements:
            words = len(_words(one).split())
            if _level(one) or one.tag in {"hr", "ul", "ol", "table"} or words > _REMARK:
                break
            if (
                list(_Walk(list(self.headings)).below(_around([one])))
                or words > len(list(one.iter("a"))) * 6 + 8
            ):
                break
            group.append(one)
        return group if any(list(one.iter("a")) for one in group) else []

    def _unit(self, element: Element) -> Iterator[Listed]:
        before = list(self.headings)
        inner = list(self.below(element))
        if len(inner) <= 1:
            after, self.headings = self.headings, before
            if found := self._read([element]):
                yield found
                return
            self.headings = after
        yield from inner

    def _under_heading(self, heading: Element, group: Sequence[Element]) -> Listed | None:
        """Return the paper whose title is a heading, and of which all up to the next one tells."""
        words = _words(heading)
        is_section = len(words.split()) < _MOST_WORDS and (
            PAPERS.search(words) or OTHERS.search(words)
        )
        if not group or is_section or len(words.split()) < 2:  # noqa: PLR2004  a title has words
            return None
        found = self._read([heading, *group])
        if not found or not found.paper.authors or found.paper.title != words.rstrip(" .,:;"):
            return None
        return found if len(list(_Walk(list(self.headings)).below(_around(group)))) <= 1 else None

    def _read(self, elements: Sequence[Element]) -> Listed | None:
        about = self._about()
        if about is False:
            return None
        paper = read_reference(pieces_of(elements))
        if paper is None or _is_no_title(paper.title):
            return None
        said = bool(paper.authors) + bool(paper.year or paper.venue) + bool(paper.links)
        several = len(names_in(paper.authors)) > 1
        enough = bool(paper.authors) and said > 1 if about else paper.is_sure and several
        return Listed(paper, tuple(elements), self._heading()) if enough else None

    def _about(self) -> bool | None:
        """Return whether the headings passed speak of papers, or of other things, if of either."""
        for words in reversed(self.headings):
            if PAPERS.search(words) and not _is_of_others(words):
                return True
            if OTHERS.search(words) and len(words.split()) < _MOST_WORDS:
                return False
        return None

    def _heading(self) -> str:
        return next((words for words in reversed(self.headings) if words), "")


def _is_menu(element: Element) -> bool:
    return bool(_MENU.search(f"{element.get('id', '')} {element.get('class', '')}"))


def _is_no_title(words: str) -> bool:
    """Whether words are too few for a title, or name a section."""
    few = len(words.split()) < 4 and bool(PAPERS.search(words) or OTHERS.search(words))  # noqa: PLR2004
    return few or len(words) < 8 or words.startswith(("a ", "an ", "the ")) or not names_in(words)  # noqa: PLR2004  a word is no title


def _is_of_others(words: str) -> bool:
    """Whether a heading such as “Conference talks” is of other things than papers."""
    last = [*PAPERS.finditer(words)][-1]
    return any(found.start() > last.start() for found in OTHERS.finditer(words))


def _level(element: Element) -> int:
    tag = str(element.tag)
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 0  # noqa: PLR2004  h1


def _until_heading(elements: Sequence[Element], level: int) -> list[Element]:
    group = []
    for one in elements:
        if 0 < _level(one) <= level:
            break
        group.append(one)
    return group


def _around(elements: Sequence[Element]) -> Element:
    around = Element("div")
    around.extend(elements)
    return around


def _is_unit(element: Element) -> bool:
    if element.tag in _UNITS:
        return True
    if element.tag not in {"div", "section"}:
        return False
    return bool(_ENTRY.search(element.get("class") or "")) or not any(
        one.tag in _BLOCKS for one in element.iter() if one is not element
    )


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
