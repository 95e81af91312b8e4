"""LaTeX read from left to right: groups, commands and their arguments become text.

No command takes its text along: one that nobody knows goes, is remembered, and its text stays.
"""

import re
import unicodedata

from portfolio.records.latex import commands as known
from portfolio.records.latex.cursor import MEASURE, SIZE, TOKEN, Cursor
from portfolio.records.latex.journals import JOURNALS
from portfolio.records.latex.marked import as_written, closing, is_private, opening
from portfolio.records.latex.signs import ACCENTS, ALONE, LIGATURES, SPACES, TIES, sign_of
from portfolio.records.latex.units import chemistry, number, unit

_SIGN = re.compile(
    r"[-`'!?\"](?:(?<=-)--?|(?<=`)`?|(?<=')'?|(?<=[!?])`|(?<=[a-zA-Z]\")(?P<umlaut>[aouAOUs])(?=[a-z]))"
)
_CODE = re.compile(r"\s*(?:(?:\"|x|U\+|0x)([0-9A-Fa-f]+)|'([0-7]+)|`\\?(.)|(\d+))")
_DEEPEST = 80


class Reader:
    """Reads one text; ``unknown`` has the commands that nobody knows, as often as they stand."""

    def __init__(self, latex: str) -> None:
        self.unknown: list[str] = []
        self._source = Cursor(latex)
        self._depth = 0
        self._open_quotes = 0
        self._quoted = 0

    def read(self) -> str:
        """Return the text, in which private letters mark elements."""
        groups = []
        while not self._source.at_end:
            groups.append(self._group())  # a brace too many ends one early
        return "".join(groups)

    def _group(self) -> str:
        """Read up to the brace that closes the group, or to the end."""
        source = self._source
        said: list[str] = []
        switched = ""
        while found := TOKEN.search(source.latex, source.at):
            if found.start() > source.at:
                said.append(self._plain(source.latex[source.at : found.start()], said))
            source.at = found.end()
            if found.group() == "}":
                return "".join(said) + switched
            if element := known.SWITCHES.get(found[1] or ""):
                source.skip()
                said.append(opening(element))
                switched = closing(element) + switched
            else:
                said.append(self._said_by(found))
        said.append(self._plain(source.latex[source.at :], said))
        source.at = len(source.latex)
        return "".join(said) + switched

    def _said_by(self, token: re.Match[str]) -> str:
        if token.group() == "~":
            return " "
        if token[2] and token[2] not in ACCENTS:
            return self._of_sign(token[2])
        if self._depth >= _DEEPEST:
            return ""  # what follows is read all the same
        self._depth += 1
        if token.group() == "{":
            text = self._group()
        else:
            text = self._of_sign(token[2]) if token[2] else self._command(token[1])
        self._depth -= 1
        return text

    def _plain(self, text: str, before: list[str]) -> str:
        """Return text without commands, its dashes and quotes set; ``before`` is what precedes."""
        if not _SIGN.search(text):
            return text
        start = self._source.at

        def sign(found: re.Match[str]) -> str:
            if found["umlaut"] == "s":
                return "ß"
            if found["umlaut"]:
                return unicodedata.normalize("NFC", found["umlaut"] + ACCENTS['"'])
            if found.group() not in {"'", "''", "`"}:
                return LIGATURES[found.group()]
            said = text[: found.start()] or next(filter(None, reversed(before)), "")
            after = start + found.end()
            return self._quote(found.group(), said[-1:], self._source.latex[after : after + 1])

        return _SIGN.sub(sign, text)

    def _quote(self, written: str, previous: str, following: str) -> str:
        begins = previous in " ([—"
        if written == "''":
            return "“" if begins and following not in " .,;:!?)" else "”"
        closes = self._open_quotes and not following.isalnum() and not begins
        if closes or written == "`":
            self._open_quotes += -1 if closes else 1
            return "’" if closes else "‘"
        return "'"

    def _command(self, name: str) -> str:
        if name in known.TAG_OF:
            return opening(known.TAG_OF[name]) + self._argument() + closing(known.TAG_OF[name])
        if name in ACCENTS and (len(name) > 1 or self._source.letter in {*"{ \\"}):
            return self._accented(name)
        if name in known.AROUND:
            return self._around(*known.AROUND[name])
        if name in known.ARGUMENTS:
            parts = self._arguments(known.ARGUMENTS[name])
            return ("/" if name in known.FRACTIONS else "").join(parts)
        if name in known.CASES:
            change = known.CASES[name]
            return "".join(c if is_private(c) else change(c) for c in self._argument())
        return self._without_text(name)

    def _without_text(self, name: str) -> str:
        """Read a command that says all itself, or nothing; a group behind it is read as such."""
        source = self._source
        if name in SPACES:
            return " "
        if name in known.MEASURED:
            source.skip(MEASURE)
            source.skip()
            return " " if name.endswith("skip") else ""
        if name in known.KEPT:
            source.skip(SIZE)
            source.options()
        said = "" if name in known.KEPT or name in known.SILENT else JOURNALS.get(name)
        said = self._by_rule(name) if said is None else said
        said = sign_of(name) if said is None else said
        if said is None and (line := self._torn(name)):
            return line
        if said is None:
            self.unknown.append(name)
            source.options()
            return ""
        if name not in known.RULED:
            source.skip()
        return said

    def _torn(self, name: str) -> str:
        r"""Return what follows an escaped end of line (``word\nmore``), which some exports have."""
        before = self._source.at - len(name) - 2
        is_end = name[0] == "n" and len(name) > 1 and before >= 0
        inside = is_end and not self._source.latex[before].isspace()
        return f" {name[1:]}" if inside and self._source.letter not in {"{", "["} else ""

    def _by_rule(self, name: str) -> str | None:
        """Read a command that has a grammar of its own; return None if ``name`` is none."""
        source = self._source
        rule = known.RULED.get(name, "")
        if rule == "quantity":
            return self._quantity(name)
        if rule == "chemistry":
            return chemistry(source.raw(), *map(_template, ("sup", "sub")))
        if rule == "code":
            return self._of_code()
        if rule == "between":
            return source.raw() if source.letter == "{" else source.between()
        if rule in {"address", "literal"}:
            return source.raw() if rule == "address" else as_written(source.take())
        return self._by_name(name, rule)

    def _by_name(self, name: str, rule: str) -> str | None:
        """Read a command that is a word itself, or whose argument names what it does."""
        if rule == "environment":
            self._arguments(known.ENVIRONMENTS.get(self._source.raw(), ""))
            return ""
        if rule == "hyphen":
            return known.HYPHENS.get(self._source.raw(), "-")
        return _template("sup") % known.ENDINGS[name] if rule == "ending" else None

    def _of_sign(self, sign: str) -> str:
        if sign in ACCENTS:
            return self._accented(sign)
        if sign == "\\":
            self._source.option()
        if sign in "\\,:;>":
            return " "
        return "" if sign in "-/!@+()[]" else sign

    def _accented(self, name: str) -> str:
        text = self._argument()
        place = next((n for n, letter in enumerate(text) if letter.isalnum()), None)
        if place is None:
            return ALONE.get(name, "") + text
        letter = {"\u0131": "i", "ȷ": "j"}.get(text[place], text[place])
        rest = text[place + 1 :]
        while name not in TIES and rest and unicodedata.combining(rest[0]):
            letter, rest = letter + rest[0], rest[1:]  # it has accents already
        return text[:place] + unicodedata.normalize("NFC", letter + ACCENTS[name]) + rest

    def _around(self, left: str, right: str) -> str:
        while self._source.option():
            pass
        is_quote = left == "“"
        self._quoted += is_quote
        text = self._argument()
        self._quoted -= is_quote
        if is_quote and self._quoted % 2:
            left, right = "‘", "’"
        return f"{left}{text}{right}" if text.strip() else ""

    def _arguments(self, signature: str) -> list[str]:
        said = []
        for kind in signature:
            if kind == "o":
                self._source.option()
            elif kind == "x":
                self._source.raw()
            else:
                said.append(self._argument())
        return said

    def _argument(self) -> str:
        """Return what the next group, command or letter says."""
        source = self._source
        source.skip()
        if source.letter == "}":
            return ""
        if found := TOKEN.match(source.latex, source.at):
            source.at = found.end()
            return self._said_by(found)
        return source.take()

    def _quantity(self, name: str) -> str:
        source = self._source
        source.option()
        said = []
        for kind in known.QUANTITIES[name]:
            raw = source.raw()
            said.append(number(raw) if kind == "n" else unit(raw))
        if name.endswith("range"):
            said = [f"{said[0]}–{said[1]}", *said[2:]]
        return " ".join(said) + ("°" if name == "ang" else "")

    def _of_code(self) -> str:
        source = self._source
        braced = source.letter == "{"
        found = _CODE.match(source.latex, source.at + braced)
        if not found:
            return ""
        source.at = found.end()
        if braced and source.letter == "}":
            source.take()
        if found[3]:
            return found[3]
        code = int(found[1] or found[2] or found[4], 16 if found[1] else 8 if found[2] else 10)
        sign = chr(code) if code < 0x110000 else ""  # noqa: PLR2004  the end of Unicode
        return sign if sign.isprintable() and not is_private(sign) else ""


def _template(element: str) -> str:
    return f"{opening(element)}%s{closing(element)}"
