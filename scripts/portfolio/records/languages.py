"""The languages of works: the names that Babel and people have for them, as codes of BCP 47."""

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


def code_of(fields: Mapping[str, str]) -> str:
    """Return the code of the language that a work is in, or what is written where none is known."""
    told = next(
        (fields[name] for name in ("language", "langid", "hyphenation") if fields.get(name)), ""
    )
    return _OF_NAMES.get(told.lower().removeprefix("lang"), told)
