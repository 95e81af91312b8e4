"""What is wrong with the content, beyond what reading it has shown."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from portfolio import texts
from portfolio.content import files, lying_in, passed_over, printable, why_said
from portfolio.figures.paging import can_read
from portfolio.figures.staleness import stale
from portfolio.mapping import FRONT_MATTER, NotYamlError, read_mapping
from portfolio.pages import portrait, vitae_sheets
from portfolio.pages.cell_faults import faults_of_cells
from portfolio.pages.files import own_files
from portfolio.pages.happened import news_link
from portfolio.pages.inserted import faults_of_pages
from portfolio.pages.item_faults import faults_of_items
from portfolio.pages.loaded import portfolio_at
from portfolio.pages.outputs import faults_of_outputs
from portfolio.pages.own_words import faults_of_words
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.previews import has_picture
from portfolio.pages.untranslated import untranslated
from portfolio.picture import PictureError, decoded, fault_of
from portfolio.recent import recent
from portfolio.records import news
from portfolio.records.bibliography import TABLES
from portfolio.records.coauthors import PEOPLE
from portfolio.records.counts import SOURCES, held, read_counts
from portfolio.records.demo import leftovers
from portfolio.records.kinds.known import KINDS
from portfolio.records.kinds.reader import CV
from portfolio.records.kinds.reader import TABLES as TABLES_OF_KINDS
from portfolio.records.latex.convert import formulas_in, to_text, unknown_in
from portfolio.records.latex.formulas import is_formula
from portfolio.records.paper import Paper
from portfolio.records.people.names import fold
from portfolio.records.problems import Problem, weighed
from portfolio.records.root import SETTINGS
from portfolio.records.site import faults_of_settings
from portfolio.records.sources import problems_of
from portfolio.records.versions import proposals
from portfolio.records.vitae import FILE

_SHOWN = {
    "title", "author", "editor", "abstract", "summary", "note", "journal", "booktitle", "school",
    "institution", "publisher", "series", "annotation", "howpublished", "venue", "abbr",
}  # fmt: skip
"""The fields whose text reaches a page."""


_NOT_OURS = ("_site", "_extensions", "scripts", "tests")
_FOLDERS = {"publications", "news", "notebooks", "posts", CV, *KINDS}
_PAGES = {".qmd", ".ipynb", ".yml"}
_READ_IN = {
    ".bib": {"publications"},
    ".ipynb": {"notebooks"},
    ".qmd": {".", "publications", "news"},
}


def problems(root: Path) -> list[Problem]:
    """Return every problem of the project at ``root``, in order."""
    here = portfolio_at(root)
    found = [
        *here.problems,
        *_pages(here),
        *_notebooks(here),
        *_look(here),
        *_pictures(here),
        *_pages_of_pdfs(here),
        *_names(here),
        *_marks(here),
        *_formulas(here),
        *_commands(here),
        *proposals(here.papers),
        *_news(here),
        *_counts(here),
        *faults_of_items(here),
        *filter(None, [vitae_sheets.fault_of(here)]),
        *_texts(root),
        *_passed_over(root),
        *_misnamed(root),
        *faults_of_settings(root),
        *faults_of_words(root),
        *untranslated(root, here.site),
        *leftovers(root),
        *faults_of_pages(root, here.values),
    ]
    return weighed(sorted(found))


def _pages(here: Portfolio) -> Iterator[Problem]:
    papers = {paper.slug: paper for paper in here.papers}
    for page in lying_in(here.root, "publications", ".qmd"):
        if page.stem == "index":
            continue
        path = page.relative_to(here.root).as_posix()
        if page.stem not in papers:
            yield _orphan(path, page.stem)
            continue
        wanted = papers[page.stem].title
        if _plain(_title(page)) != _plain(wanted):
            yield Problem(path, 2, "title", "it is not the paper's", f"write title: {wanted}")


def _notebooks(here: Portfolio) -> Iterator[Problem]:
    slugs = {paper.slug for paper in here.papers}
    for notebook in lying_in(here.root, "notebooks", ".ipynb"):
        if notebook.stem not in slugs:
            yield _orphan(notebook.relative_to(here.root).as_posix(), notebook.stem)
        yield from faults_of_outputs(here, notebook)
        yield from faults_of_cells(here.root, notebook)
    yield from (old.problem(here.root) for old in stale(here.root))


def _look(here: Portfolio) -> Iterator[Problem]:
    for fault in here.brand.faults:
        yield Problem(here.brand.path, fault.line, fault.key, fault.what, fault.remedy)


def _pages_of_pdfs(here: Portfolio) -> Iterator[Problem]:
    """Say once how the first page of a PDF becomes a paper's picture, where nothing else is."""
    bare = [paper for paper in here.papers if paper.own_pdf and not has_picture(here, paper)]
    if bare and not can_read():
        what = f"its PDF could give its picture, which needs pypdfium2 ({len(bare)} in all)"
        remedy = "run `pip install pypdfium2`, or name a picture in `preview`"
        yield Problem(bare[0].path, bare[0].line, bare[0].key, what, remedy, hint=True)


def _pictures(here: Portfolio) -> Iterator[Problem]:
    """Name the pictures of papers that cannot be shown, or made into thumbnails."""
    if why := portrait.fault_in(here):
        yield Problem(SETTINGS, 1, portrait.KEY, *why)
    own = set(own_files(here.root))
    for paper in here.papers if own else ():
        path = here.root / paper.fields.get("preview", "")
        if path in own and (fault := fault_of(path)):
            what = f"the picture of the preview ({paper.fields['preview']}) cannot be shown"
            yield Problem(paper.path, paper.line, paper.key, f"{what}: {fault.what}", fault.remedy)
    for slug, figure in here.figures.items():
        if said := _undecodable(figure.png):
            what = f"the picture of {figure.label} cannot be shown: {said}"
            yield Problem(f"notebooks/{slug}.ipynb", 1, slug, what, "run the notebook again")


@recent(64_000_000)
def _undecodable(picture: bytes) -> str:
    """Return why a picture cannot be shown, nothing if it can."""
    try:
        decoded(picture, at_least=(1, 1))
    except PictureError as error:
        return error.what
    return ""


def _names(here: Portfolio) -> Iterator[Problem]:
    """Ask once of each name that may be the owner's; where the owner stands beside it, it is not.

    Whom a table of people names is somebody else too.
    """
    owner = here.site.owner
    family = fold(owner.name).rpartition(" ")[2]
    asked: dict[str, list[Paper]] = {}
    for paper in here.papers:
        if any(name.is_one_of(owner.spellings) for name in paper.authors):
            continue
        for name in paper.authors:
            if fold(name.family) == family and fold(name.display) not in here.people:
                asked.setdefault(name.display, []).append(paper)
    for display, papers in asked.items():
        of_papers = f" ({len(papers)} papers)" if len(papers) > 1 else ""
        what = f"{display} is not a known spelling of {owner.name}{of_papers}"
        remedy = f"add it to owner.spellings in _quarto.yml, or, for somebody else, to {PEOPLE}"
        yield papers[0].problem("author", what, remedy, hint=True)


def _marks(here: Portfolio) -> Iterator[Problem]:
    for paper in here.papers:
        for mark, meaning in paper.legend.items():
            if not meaning:
                what = f"nothing says what the mark {mark} behind an author's name means"
                remedy = f"add annotation = {{{mark} its meaning}}, or remove the mark"
                yield paper.problem("author", what, remedy, hint=True)


def _formulas(here: Portfolio) -> Iterator[Problem]:
    for paper in here.papers:
        for name in ("title", "abstract", "summary", "note"):
            for tex in formulas_in(paper.latex.get(name, "")):
                if not is_formula(tex):
                    what = f"a formula in the {name} cannot be read ({tex})"
                    yield paper.problem(name, what, "mend its LaTeX")


def _commands(here: Portfolio) -> Iterator[Problem]:
    """Name each command of LaTeX that nobody knows once, where it stands first."""
    found: dict[str, list[tuple[Paper, str]]] = {}
    for paper in here.papers:
        for name, latex in paper.latex.items():
            if name in _SHOWN:
                for command in unknown_in(latex):
                    found.setdefault(command, []).append((paper, name))
    for command, places in found.items():
        paper, name = places[0]
        count = f", {len(places)} times in all" if len(places) > 1 else ""
        what = f"nobody knows the command \\{command} (in the {name}{count})"
        remedy = "its text is shown without it; write what it stands for"
        yield paper.problem(name, what, remedy, hint=True)


def _news(here: Portfolio) -> Iterator[Problem]:
    for item in here.news:
        if item.link and not news_link(here, item):
            what = f"the link {item.link} is neither an address nor a paper's slug"
            remedy = "correct it or leave it empty"
            yield Problem(news.CSV, item.line, item.day.isoformat(), what, remedy)


def _counts(here: Portfolio) -> Iterator[Problem]:
    """Yield the rows of the table of citations that cannot be read, or say that they are old.

    Where numbers are wanted, but none can be shown, that is told.
    """
    problems: list[Problem] = []
    counts = read_counts(here.root, problems)
    yield from (*problems, *held(counts))
    if here.site.citations.lower() in SOURCES and not counts:
        what, remedy = "there are no counts of citations yet", "run `portfolio counts`"
        yield Problem(SETTINGS, 1, "owner.citations", what, remedy, hint=True)
    if not here.site.citations and any(each.citations for each in here.cvs):
        what, remedy = "nobody's counts are shown", f"write owner.citations: OpenAlex in {SETTINGS}"
        yield Problem(FILE, 1, "citations", what, remedy, hint=True)


def _orphan(path: str, stem: str) -> Problem:
    remedy = "name it after a paper's slug, or remove it"
    return Problem(path, 1, stem, "no paper has this slug", remedy)


def _texts(root: Path) -> Iterator[Problem]:
    """Yield what is no text in pages, notebooks and settings; other files say so when read."""
    for path in files(root, root, apart=_NOT_OURS):
        if path.suffix in _PAGES:
            found = texts.read(path)
            if found.encoding == "utf-8":  # the renderer says so of others
                yield from problems_of(found.faults, path.relative_to(root).as_posix())


def _passed_over(root: Path) -> Iterator[Problem]:
    """Yield what lies among the content and is none."""
    for path in passed_over(root, root, apart=_NOT_OURS):
        inside = path.relative_to(root)
        if inside.parts[0] in _FOLDERS or path.suffix in _PAGES:
            shown, why = printable(inside.as_posix()), why_said(path, root)
            remedy = "put the file itself there under a plain name, or remove it"
            yield Problem(shown, 1, "file", f"it is passed over: {why}", remedy)


def _misnamed(root: Path) -> Iterator[Problem]:
    """Yield what only its name keeps from being read: ``papers.BIB``, ``News.csv.txt``."""
    for path in files(root, root, apart=_NOT_OURS):
        inside = path.relative_to(root)
        meant = _meant(inside)
        if meant not in {"", path.name} and not _is_read_as(path, meant):
            what = "nothing reads it, for the sake of its name"
            yield Problem(inside.as_posix(), 1, "file", what, f"rename it to {meant}, or move it")


def _meant(inside: Path) -> str:
    """Return the name that whoever named a file so is likely to have meant, or nothing."""
    name = inside.name[: -len(".txt")] if inside.name.lower().endswith(".txt") else inside.name
    folder, suffix = inside.parent.as_posix(), Path(name).suffix.lower()
    if f"{folder}/{name.lower()}" in {*TABLES, *TABLES_OF_KINDS, PEOPLE, news.CSV}:
        return name.lower()
    return Path(name).stem + suffix if folder in _READ_IN.get(suffix, ()) else ""


def _is_read_as(path: Path, name: str) -> bool:
    """Return whether the system takes the one name for the other, and so does who reads it."""
    other = path.with_name(name)
    return other.suffix == path.suffix and other.exists() and other.samefile(path)


def _title(page: Path) -> str:
    front = FRONT_MATTER.match(texts.read(page).text)
    try:
        return str(read_mapping(front[1] or "", "", 1).get("title", "")) if front else ""
    except NotYamlError:  # the renderer says so
        return ""


def _plain(title: str) -> str:
    """Return a title's letters and digits, whether it is Markdown, LaTeX or plain text."""
    text = unicodedata.normalize("NFKC", to_text(title))
    return "".join(letter for letter in text if letter.isalnum()) or title
