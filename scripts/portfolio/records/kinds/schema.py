"""What a kind of thing is: the fields that its table may have, and how an item is shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

TEXT, MARKUP, DATE, ADDRESS = "text", "markup", "date", "address"
LINKS, NAMES, PAPERS, FILES, LIST, FLAG = "links", "names", "papers", "files", "list", "flag"
SEVERAL = frozenset({LINKS, NAMES, PAPERS, FILES, LIST})
"""The forms that hold more than one value: a list in YAML, in a cell parted by semicolons."""
TRANSLATED = frozenset({TEXT, MARKUP})
"""The forms of which there may be one in another language: ``title-fr``."""


@dataclass(frozen=True)
class Field:
    """A field of an item: its name, what it says, in which form, and what else it is called."""

    name: str
    about: str
    form: str = TEXT
    needed: bool = False
    aliases: tuple[str, ...] = ()


COMMON = (
    Field("date", "when, as you write it: 2021-03-04, since 2019-09, Fall 2020", DATE,
          aliases=("year", "when", "term", "dates")),
    Field("start", "when it began, beside end", DATE,
          aliases=("from", "since", "begin", "startdate", "start_date", "start-date")),
    Field("end", "when it ended; present where it goes on", DATE,
          aliases=("to", "until", "till", "enddate", "end_date", "end-date")),
    Field("summary", "a sentence or two, in Markdown", MARKUP,
          aliases=("description", "text", "abstract", "details", "about")),
    Field("link", "where its title leads: an address, a page, a file or a paper's slug", ADDRESS,
          aliases=("url", "href", "website", "homepage")),
    Field("links", "other addresses, each with a text and an href", LINKS),
    Field("papers", "the slugs or keys of papers that belong to it", PAPERS,
          aliases=("paper", "publications", "publication")),
    Field("people", "the names of people who belong to it", NAMES,
          aliases=("with", "collaborators", "coauthors")),
    Field("files", "files of the project to download", FILES, aliases=("file", "attachments")),
    Field("picture", "a picture, as a file of the project", ADDRESS,
          aliases=("image", "photo", "portrait", "thumbnail", "img")),
    Field("picture_alt", "what the picture shows, in words",
          aliases=("alt", "image_alt", "picture-alt", "image-alt")),
    Field("tags", "words to find it by", LIST, aliases=("keywords", "topics", "categories")),
    Field("group", "the heading under which it stands", aliases=("section", "category")),
    Field("selected", "whether a short list and a short CV have it", FLAG, aliases=("featured",)),
    Field("id", "a name for it in addresses, of letters, digits and hyphens"),
)  # fmt: skip
"""The fields that things of each kind may have."""


@dataclass(frozen=True)
class Kind:
    """A kind of thing: its name, which is its table's, its own fields, and how it is shown.

    ``line`` are the fields below the title, ``note`` those that stand beside it as a mark,
    ``ways`` the addresses that are shown as links, and ``view`` how its items are shown first.
    """

    name: str
    about: str
    own: tuple[Field, ...]
    line: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    view: str = "list"

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """All fields by their names, its own first; an own one stands before a common one."""
        return {field.name: field for field in (*COMMON, *self.own)} | {
            field.name: field for field in self.own
        }

    @cached_property
    def names(self) -> Mapping[str, Field]:
        """The fields by every name that they may have, as `spelled` writes it."""
        found: dict[str, Field] = {}
        for field in self.fields.values():
            found[spelled(field.name)] = field
        for field in (*self.own, *COMMON):
            for alias in field.aliases:
                found.setdefault(spelled(alias), self.fields[field.name])
        return found

    @property
    def title(self) -> Field:
        """The field that names an item."""
        return next(field for field in self.own if field.needed)

    def links(self) -> Iterator[Field]:
        """Yield the fields whose addresses are shown as links, in their order."""
        yield from (self.fields[name] for name in self.ways)


def spelled(name: str) -> str:
    """Return the name of a field without what people write it in different ways by."""
    return name.strip().lower().replace("-", "_").replace(" ", "_")
