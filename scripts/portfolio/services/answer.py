"""What came back from a service: a status, some bytes, and in which encoding they are text."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import requests

from portfolio import texts
from portfolio.services.pace import Pace, pace_of

_MARKS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
_KIND = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_MARK = re.compile(r"[!-~](?:[ -~]{0,200}[!-~])?")
"""What marks a state of an answer: all that a header may hold, and not too much of it."""
_GUESSED = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "windows-1252"}
"""Labels that servers put on texts of any encoding; what the bytes say themselves counts more."""
_OF_TEXTS = re.compile(
    r"utf[-_]?(?:8|16|32)(?:[-_]?[lb]e)?|(?:us[-_]?)?ascii|latin[-_]?\d+|iso[-_]?8859[-_]\d+"
    r"|(?:windows|cp)[-_]?(?:125\d|874|932|949)|koi8[-_][rtu]|gb(?:k|2312|18030)|big5(?:[-_]?hkscs)?"
    r"|euc[-_](?:jp|kr)|shift[-_]?jis|iso[-_]2022[-_](?:jp|kr)|mac[-_]?(?:roman|cyrillic)",
    re.IGNORECASE,
)
"""Encodings that texts come in; Python knows others, which take as long as a server likes."""


class SilenceError(Exception):
    """There is no answer: says why.

    It is ``passing`` if it may be worth another try, and ``private`` if it is only not for us.
    """

    def __init__(self, why: str, *, passing: bool = False, private: bool = False) -> None:
        super().__init__(texts.clean(why))
        self.passing = passing
        self.private = private


@dataclass(frozen=True)
class Answer:
    """What came back: a status, the address that gave it, the type of its content, and its bytes.

    ``pace`` is how fast the service likes to be asked; ``marks`` are what it knows this state of
    its answer by, as headers of the next request.
    """

    status: int
    address: str
    kind: str
    charset: str
    body: bytes
    pace: Pace = field(default_factory=Pace)
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The content as text, in the encoding that its bytes or its label tell."""
        if _OF_TEXTS.fullmatch(self.charset) and self.charset.lower() not in _GUESSED:
            try:
                return texts.decode(self.body.decode(self.charset).encode()).text
            except (UnicodeError, LookupError):  # a wrong label
                pass
        return texts.decode(self.body).text


def answer_of(said: requests.Response, end: float, limit: int) -> Answer:
    """Return what a response says, until the clock's ``end``, and little more than its ``limit``.

    Raises TimeoutError when the time is up, and SilenceError for what would unpack to very much.
    """
    if "," in said.headers.get("Content-Encoding", ""):  # a little that unpacks to very much
        raise SilenceError("its answer is packed more than once")
    body = bytearray()
    while piece := said.raw.read1(8192, decode_content=True):
        body += piece
        if len(body) > limit:
            break
        if time.monotonic() > end:
            raise TimeoutError
    told, _, parameters = said.headers.get("Content-Type", "").partition(";")
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip("\"' ")
    kind = told.strip().lower()
    marks = {ours: said.headers.get(its, "") for its, ours in _MARKS.items()}
    return Answer(
        said.status_code,
        said.url,
        kind if _KIND.fullmatch(kind) else "",
        charset,
        bytes(body),
        pace_of(said.headers),
        {name: mark for name, mark in marks.items() if _MARK.fullmatch(mark)},
    )
