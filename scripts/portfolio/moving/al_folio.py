"""Moving in from al-folio: one bibliography, with pictures and papers in ``assets``."""

import re
from collections.abc import Iterator
from pathlib import Path

from portfolio.moving import academicpages
from portfolio.moving.found import Found, Haul, of_entry
from portfolio.moving.keys import title_of
from portfolio.moving.source import Source, listed, plain
from portfolio.records.bibtex.reader import parse_bibtex

_FOLDERS = ("assets/img/publication_preview", "assets/pdf", "assets/img", "assets/html", "assets")
_PAGES = ("*.md", "*.html", "_*/*.md", "_*/*.html", "_*/*.liquid")
_LIST = re.compile(r"\{%-?\s*bibliography\b([^%]*)%\}")
_FILE = re.compile(r"(?<!\S)(?:-f|--file)[\s=]\s*(\S+)")
_OF_CITED = re.compile(r"(?<!\S)(?:-c|-C|--cited(?:_in_order)?)(?!\S)")


def is_one(source: Source) -> bool:
    """Whether the folder is an al-folio site."""
    return (source.root / "_bibliography").is_dir()


def read(source: Source) -> Haul:
    """Return its papers; the bibliography stays as it is but for the lines that Jekyll wants.

    Pages that papers have of their own are papers too. What posts cite from alone holds none.
    """
    paths = [*source.glob("_bibliography/papers.bib")] or [*source.glob("_bibliography/*.bib")]
    cited = _cited_alone(source)
    paths = [path for path in paths if path.stem not in cited]
    texts = [(path, _without_front_matter(source.text(path))) for path in paths]
    papers = [found for path, text in texts for found in _papers(source, source.name(path), text)]
    bibtex = "\n".join(text for _, text in texts)
    if len(texts) > 1:
        papers = list(_once(source, papers))
        bibtex = "\n".join(paper.written for paper in papers)
    for path in source.glob("_data/venues.yml"):
        source.read.add(path)
        source.report(path, "venues", "badges here have one colour", "nothing needs to be done")
    known = {title_of(found.record.fields.get("title", "")) for found in papers}
    papers += [
        found
        for found in academicpages.papers_of(source)
        if title_of(found.record.fields.get("title", "")) not in known
    ]
    people = [who for path in source.glob("_data/coauthors.yml") for who in _people(source, path)]
    return Haul("al-folio", source, tuple(papers), bibtex, tuple(people))


def _once(source: Source, papers: list[Found]) -> Iterator[Found]:
    """Yield the papers of several files, those under one key and title once; others are named."""
    seen: dict[tuple[str, str], Found] = {}
    for paper in papers:
        said = paper.record.key.lower(), title_of(paper.record.fields.get("title", ""))
        first = seen.setdefault(said, paper)
        if first is paper:
            yield paper
        elif first.record != paper.record:
            what = f"it says something else than {first.where}"
            source.report(paper.where, paper.record.key, what, "the first is taken: compare them")


def _cited_alone(source: Source) -> frozenset[str]:
    """Return the names of bibliographies of which pages list nothing but what they cite."""
    cited, listed_ = set[str](), set[str]()
    data = next((source.data(path) for path in source.glob("_config.yml", quietly=True)), None)
    scholar = data.get("scholar") if isinstance(data, dict) else None
    own = plain(scholar.get("bibliography")) if isinstance(scholar, dict) else ""
    for path in source.glob(*_PAGES, quietly=True):
        for said in _LIST.findall(source.text(path)) if path.name != "README.md" else ():
            named = _FILE.search(said)
            name = named[1] if named and "{" not in named[1] else own or "papers"
            (cited if _OF_CITED.search(said) else listed_).add(name.removesuffix(".bib"))
    return frozenset(cited - listed_)


def _people(source: Source, path: Path) -> Iterator[tuple[str, str]]:
    """Yield co-authors and their addresses: ``doe: [{firstname: [Jane, J.], url: …}]``."""
    data = source.data(path)
    source.read.add(path)
    for family, people in data.items() if isinstance(data, dict) else ():
        for one in people if isinstance(people, list) else ():
            said = one if isinstance(one, dict) else {}
            for given in listed(said.get("firstname")):
                name = plain(family)
                yield f"{given} {name.title() if name.islower() else name}", plain(said.get("url"))


def _papers(source: Source, name: str, text: str) -> Iterator[Found]:
    folders = [source.root / folder for folder in _FOLDERS]
    for entry in parse_bibtex(text, shown_as=name)[0]:
        yield of_entry(entry, f"{name}:{entry.line}", folders)


def _without_front_matter(text: str) -> str:
    lines = text.split("\n")
    if lines[0].strip() != "---" or "---" not in map(str.strip, lines[1:]):
        return text
    end = next(n for n, line in enumerate(lines[1:], 1) if line.strip() == "---")
    return "\n".join(lines[end + 1 :]).lstrip("\n")
