"""The languages of works: the names that Babel and people have for them, as codes of BCP 47."""

import re
from collections.abc import Mapping

_CODES = {
    "af": "afrikaans", "ar": "arabic", "bg": "bulgarian", "ca": "catalan", "cs": "czech",
    "da": "danish", "de-AT": "austrian naustrian", "de-CH": "swissgerman nswissgerman",
    "de-DE": "german ngerman deutsch", "el": "greek polutonikogreek",
    "en-AU": "australian", "en-CA": "canadian", "en-GB": "british ukenglish",
    "en-NZ": "newzealand", "en-US": "english american usenglish", "es": "spanish español",
    "et": "estonian", "eu": "basque", "fa": "persian farsi", "fi": "finnish",
    "fr-CA": "acadian canadien", "fr-FR": "french français francais frenchb", "gl": "galician",
    "he": "hebrew", "hi": "hindi", "hr": "croatian", "hu": "hungarian magyar", "hy": "armenian",
    "id": "indonesian bahasa", "is": "icelandic", "it": "italian italiano", "ja": "japanese",
    "ko": "korean", "la": "latin", "lt": "lithuanian", "lv": "latvian", "nb": "norsk norwegian",
    "nl": "dutch", "nn": "nynorsk", "pl": "polish", "pt-BR": "brazilian brazil",
    "pt-PT": "portuguese portuges português", "ro": "romanian", "ru": "russian", "sk": "slovak",
    "sl": "slovene slovenian", "sr": "serbian serbianc", "sv": "swedish", "th": "thai",
    "tr": "turkish", "uk": "ukrainian", "vi": "vietnamese", "zh": "chinese",
}  # fmt: skip
_OF_NAMES = {name: code for code, names in _CODES.items() for name in names.split()}

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)


def is_tag(text: str) -> bool:
    """Return whether ``text`` has the form of a language's code: fr, zh-Hant, pt-BR."""
    return bool(_TAG.fullmatch(text))


def general(lang: str) -> list[str]:
    """Return a language and the more general ones that hold it: zh-Hant-TW, zh-Hant, zh."""
    parts = lang.split("-")
    return ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]


def code_of(fields: Mapping[str, str]) -> str:
    """Return the code of the language that a work is in, or what is written where none is known."""
    told = next(
        (fields[name] for name in ("language", "langid", "hyphenation") if fields.get(name)), ""
    )
    return _OF_NAMES.get(told.lower().removeprefix("lang"), told)
