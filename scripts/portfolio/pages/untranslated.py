"""What the languages of a site lack: words of the interface, or a page that says which it is in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from portfolio import texts
from portfolio.content import files
from portfolio.mapping import FRONT_MATTER, NotYamlError, read_mapping
from portfolio.pages.own_words import own_words
from portfolio.pages.translations import mark_of, unmarked
from portfolio.pages.words import ENGLISH, is_known, table_of
from portfolio.records.languages import general
from portfolio.records.problems import Problem
from portfolio.records.root import SETTINGS
from portfolio.records.site import Site

_FOLDER = "_metadata.yml"
_NOT_OURS = ("_site", "_extensions", "scripts", "tests")
_SHOWN = 3


@dataclass(frozen=True)
class _Told:
    """A language, and where it is said that pages are in it."""

    lang: str
    path: str
    line: int


def untranslated(root: Path, site: Site) -> Iterator[Problem]:
    """Yield what is said in English on pages in another language, and pages in the wrong one."""
    said = _said(root)
    pages = {path: _of(path, said) for path in _pages(root)}
    for told in {one.lang: one for one in (*pages.values(), _of("", said)) if one}.values():
        yield from _lacking(told, site)
    for path, one in pages.items():
        lang, mark = one.lang if one else ENGLISH, mark_of(path)
        plain = unmarked(path, mark) if mark else path
        if plain in pages and unmarked(path, lang) == path and plain != path:
            what = f"it stands beside {plain} as its version in {mark}, and is in {lang}"
            way = f"write lang: {mark} at its top, or in {_FOLDER} of its folder; or rename it"
            yield Problem(path, 1, "lang", what, way, hint=True)


def _lacking(told: _Told, site: Site) -> Iterator[Problem]:
    """Yield the words that a language does not have, and a language that nobody knows."""
    if not is_known(told.lang):
        what = f"nobody knows the language {told.lang}"
        remedy = "write its code, such as fr, pt-BR or zh-Hant"
        yield Problem(told.path, told.line, "lang", what, remedy)
        return
    own = own_words(site.in_language(told.lang).words, told.lang)
    known = set(own).union(*map(table_of, general(told.lang)))
    if lacking := [key for key in table_of(ENGLISH) if key not in known]:
        shown = ", ".join(lacking[:_SHOWN]) + ", …" * (len(lacking) > _SHOWN)
        what = f"{len(lacking)} words of the interface are in English ({shown})"
        remedy = f"say them under `words: {{{told.lang}: ...}}` in {SETTINGS}"
        yield Problem(told.path, told.line, "lang", what, remedy, hint=True)


def _pages(root: Path) -> list[str]:
    found = files(root, root, apart=_NOT_OURS)
    return [path.relative_to(root).as_posix() for path in found if path.suffix == ".qmd"]


def _said(root: Path) -> dict[str, _Told]:
    """Return the languages that settings, folders and pages name, by the paths of these."""
    found: dict[str, _Told] = {}
    for path in files(root, root, apart=_NOT_OURS):
        name = path.relative_to(root).as_posix()
        if path.suffix == ".qmd" or path.name == _FOLDER or name == SETTINGS:
            text = texts.read(path).text
            front = FRONT_MATTER.match(text) if path.suffix == ".qmd" else None
            yaml, line = (front[1] or "", 2) if front else (text, 1)
            if "lang:" in yaml and (front or path.suffix != ".qmd"):
                found |= _told(yaml, name, line)
    return found


def _told(yaml: str, name: str, line: int) -> dict[str, _Told]:
    try:
        mapping = read_mapping(yaml, name, line)
    except NotYamlError:  # the renderer says so
        return {}
    lang = mapping.get("lang")
    return {name: _Told(str(lang), name, mapping.lines["lang"])} if lang else {}


def _of(page: str, said: Mapping[str, _Told]) -> _Told | None:
    """Return the language of a page: its own, that of its folders, or the site's."""
    folders = (f"{folder}/{_FOLDER}".removeprefix("./") for folder in PurePosixPath(page).parents)
    return next((said[name] for name in (page, *folders, SETTINGS) if name in said), None)
