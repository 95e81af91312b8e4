"""The words that the owner puts over those of the interface: ``words`` in the settings.

``words: {notebook: Analysis}`` is in the language of the site, ``words: {fr: {notebook: Analyse}}``
in another one.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from portfolio import texts
from portfolio.mapping import Mapping as Settings
from portfolio.mapping import NotYamlError, read_mapping
from portfolio.pages.words import ENGLISH, PLACE, Said, table_of
from portfolio.records.languages import general, is_tag
from portfolio.records.problems import Problem
from portfolio.records.root import SETTINGS

_FORMS = {"zero", "one", "two", "few", "many", "other"}


def own_words(told: Mapping[str, Any], lang: str) -> dict[str, Said]:
    """Return what the owner says in a language; ``told`` has that of the site at the top.

    What cannot be used is left out, and said by `faults_of_words`.
    """
    own: dict[str, Said] = {}
    for tag in ("", *reversed(general(lang))):
        said = told.get(tag) if tag else told
        for key, value in said.items() if isinstance(said, dict) else ():
            if key in table_of(ENGLISH) and not _fault(key, value):
                own[key] = value if isinstance(value, dict) else str(value)
    return own


def faults_of_words(root: Path) -> Iterator[Problem]:
    """Yield what stands under ``words`` in the settings and cannot be said."""
    try:
        settings = read_mapping(texts.read(root / SETTINGS).text, SETTINGS, 1)
    except NotYamlError:  # loading the site says so
        return
    told = settings.get("words") or {}
    if not isinstance(told, dict):
        what, remedy = f"it is no list of words ({told})", "write `notebook: Analysis` below it"
        yield Problem(SETTINGS, settings.lines["words"], "words", what, remedy)
        return
    for key, value in told.items():
        if key not in table_of(ENGLISH) and is_tag(key) and isinstance(value, dict):
            for each, said in value.items():
                yield from _faults(settings, f"words.{key}.{each}", each, said)
        else:
            yield from _faults(settings, f"words.{key}", key, value)


def _faults(settings: Settings, place: str, key: str, value: Any) -> Iterator[Problem]:
    line = settings.lines.get(place, settings.lines.get("words", 1))
    if key not in table_of(ENGLISH):
        near = get_close_matches(key, table_of(ENGLISH), n=1)
        remedy = f"write {near[0]}" if near else "take a key from what the README names"
        yield Problem(SETTINGS, line, place, "no word of the interface has this key", remedy)
    elif fault := _fault(key, value):
        yield Problem(SETTINGS, line, place, *fault)


def _fault(key: str, value: Any) -> tuple[str, str] | None:
    """Return what is wrong with what is to be said at a key, and what to do."""
    english = table_of(ENGLISH)[key]
    forms = value if isinstance(value, dict) else {"other": value}
    if unknown := sorted(forms.keys() - _FORMS):
        return f"it has no form {unknown[0]}", f"write {', '.join(sorted(_FORMS))}"
    if "other" not in forms:
        return "the form for all other numbers is missing", "write other: ..."
    if any(isinstance(said, list | dict) or not str(said or "").strip() for said in forms.values()):
        return f"it is no text ({value})", "write the word on the same line"
    known = {place for said in _sentences(english) for place in PLACE.findall(said)}
    told = {place for said in _sentences(forms) for place in PLACE.findall(str(said))}
    if strange := sorted(told - known):
        shown = ", ".join(f"{{{place}}}" for place in sorted(known)) or "no place for a value"
        return f"nothing fills the place {{{strange[0]}}}", f"it has {shown}"
    return None


def _sentences(said: Said) -> list[str]:
    return [said] if isinstance(said, str) else list(said.values())
