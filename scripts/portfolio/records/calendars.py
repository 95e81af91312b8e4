"""Years that are not counted as ours are: of eras, of centuries, and in other digits."""

import re

CHINESE = {character: str(number) for number, character in enumerate("〇一二三四五六七八九")}
_ERAS = {
    "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018,
    "民国": 1911, "民國": 1911,
}  # fmt: skip
"""The years before the first ones of eras."""
_ONES = "".join(CHINESE)[1:]
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s*(元|\d{{1,3}}|[{_ONES}]?十[{_ONES}]?|[{_ONES}])")
_IN_CENTURIES = re.compile(
    r"(?<!\w)(?:(\d\d?)(?:st|nd|rd|th)[ -](?:and |or )?(?:c\b|cent)|(\d\d?)\. ?(?:Jh|Jahrh)"
    r"|([IVX]+|\d\d?)(?:e|ème|er)? s(?:iècle|\.)|(?:saec|s|siglo|sec|secolo|século)\.? ([IVX]+)\b)"
)
_ROMAN = re.compile(r"M{1,2}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def year_of_era(text: str) -> int | None:
    """Return our year for one of a Japanese era, or of the Republic of China."""
    found = _ERA.search(text)
    if not found:
        return None
    tens, has_tens, ones = found[2].rpartition("十")
    written = f"{tens or 1}{ones or 0}" if has_tens else ones
    number = "".join(CHINESE.get(character, character) for character in written)
    return _ERAS[found[1]] + (1 if found[2] == "元" else int(number))


def first_of_century(text: str, *, before_ours: bool) -> int | None:
    """Return the first year of a century in words, in figures or in Roman numbers."""
    found = _IN_CENTURIES.search(text)
    if not found:
        return None
    told = next(filter(None, found.groups()))
    number = int(told) if told.isdigit() else _counted(told)
    return 1 - 100 * number if before_ours else 100 * (number - 1) + 1


def roman(text: str) -> int:
    """Return the year that Roman numbers say, or 0 where ``text`` is something else."""
    return _counted(text) if _ROMAN.fullmatch(text) else 0


def _counted(text: str) -> int:
    values = [_VALUES[letter] for letter in text]
    after = [*values[1:], 0]
    return sum(-one if one < other else one for one, other in zip(values, after, strict=True))
