"""One careful way to ask a web service: all of it within a time, and no more than it may say.

The request runs in a thread of its own, which is left behind when the time is up: a service that
sends a letter a second keeps every time-out of the libraries from coming.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from threading import Thread
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, LocationParseError

from portfolio import texts
from portfolio.refusal import Refusal
from portfolio.services.pace import Pace, pace_of
from portfolio.services.private import Outward, PrivateError, is_private, same_place

NO_RECORD = "there is no such record"
_PASSING = (HTTPStatus.TOO_MANY_REQUESTS, 500, 502, 503, 504)
_UNCHANGED = HTTPStatus.NOT_MODIFIED
_MARKS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
_WANTS_A_KEY = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
AGENT = "portfolio (a research portfolio that looks up its own papers{})"
_MAIL = re.compile(r"[!-'*-;=?A-Z^-~]+@[\w.-]+", re.ASCII)
_REDIRECTS = 5
_GUESSED = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "windows-1252"}
"""Labels that servers put on texts of any encoding; what the bytes say themselves counts more."""
_OF_TEXTS = re.compile(
    r"utf[-_]?(?:8|16|32)(?:[-_]?[lb]e)?|(?:us[-_]?)?ascii|latin[-_]?\d+|iso[-_]?8859[-_]\d+"
    r"|(?:windows|cp)[-_]?(?:125\d|874|932|949)|koi8[-_][rtu]|gb(?:k|2312|18030)|big5(?:[-_]?hkscs)?"
    r"|euc[-_](?:jp|kr)|shift[-_]?jis|iso[-_]2022[-_](?:jp|kr)|mac[-_]?(?:roman|cyrillic)",
    re.IGNORECASE,
)
"""Encodings that texts come in; Python knows others, which take as long as a server likes."""
_LONGEST_TIME = 86_400


@dataclass(frozen=True)
class Web:
    """Where the services are, and how patient to be with them; times are in seconds."""

    doi: str = "https://doi.org"
    arxiv: str = "https://export.arxiv.org/api/query"
    arxiv_authors: str = "https://arxiv.org/a"
    orcid: str = "https://pub.orcid.org/v3.0"
    openalex: str = "https://api.openalex.org"
    crossref: str = "https://api.crossref.org"
    dblp: str = "https://dblp.org"
    patience: float = 20
    """How long a service may take in all, with its redirections and all tries."""
    retries: int = 3
    pause: float = 1
    """How long to wait before the second try; each further wait is twice as long."""
    limit: int = 5_000_000
    """How many bytes an answer may have."""
    gap: float = 1
    """By what the pauses are multiplied that a service asks for between two requests."""
    mail: str = ""
    """Where services may write to, who treat those better that they can reach."""

    @property
    def agent(self) -> str:
        """What we call ourselves, with the address for mail, if it is one."""
        return AGENT.format(f"; mailto:{self.mail}" if _MAIL.fullmatch(self.mail) else "")


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


class KeyWanted(Refusal):
    """The service knows whom it answers, and we are not among them: it wants a key, or another."""


class SilenceError(Exception):
    """There is no answer: says why; ``passing`` if it may be worth another try."""

    def __init__(self, why: str, *, passing: bool = False) -> None:
        super().__init__(why)
        self.passing = passing


def get(  # noqa: PLR0913  each is a part of the question
    web: Web,
    address: str,
    *,
    accept: str,
    query: Mapping[str, str] | None = None,
    marks: Mapping[str, str] | None = None,
    end: float | None = None,
    heard: Callable[[Answer], object] = lambda _: None,
) -> Answer:
    """Return what the service at ``address`` answers, until the clock's ``end`` if one is given.

    Too many requests and failures of the server are tried again. With the ``marks`` of an earlier
    answer it may be that nothing has changed since: an answer of status 304. ``heard`` is told of
    each answer, errors too. Raises Refusal if there is no answer, if it is an error, too slow or
    too long, and KeyWanted if it is not for us.
    """
    end = time.monotonic() + _seconds(web.patience) if end is None else end
    headers = {"Accept": accept, "User-Agent": web.agent, **(marks or {})}
    for attempt in range(web.retries + 1):
        pause = web.pause * 2**attempt
        try:
            left = end - time.monotonic()
            answer = ask(address, seconds=left, limit=web.limit, headers=headers, query=query)
        except TooLongError:
            what = "the answer is too long"
            raise Refusal(address, what, "check the address") from None
        except TimeoutError:
            what = f"no answer in {web.patience:g} s"
            raise Refusal(address, what, "try again later") from None
        except SilenceError as error:
            refusal = Refusal(
                address,
                f"the service cannot be reached ({error})",
                "check the connection and try again",
            )
            passing = error.passing
        else:
            heard(answer)
            if answer.status == HTTPStatus.OK or (marks and answer.status == _UNCHANGED):
                return answer
            refusal, passing = _refusal_of(address, answer), answer.status in _PASSING
            pause = max(pause, answer.pace.rest)
        if not passing or attempt == web.retries or time.monotonic() + pause > end:
            raise refusal
        time.sleep(pause)
    raise AssertionError("the last try has returned or raised")


class TooLongError(Exception):
    """The answer has more bytes than are wanted."""


def ask(
    address: str,
    *,
    seconds: float,
    limit: int,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
) -> Answer:
    """Ask once, and return the answer, whatever its status.

    Raises TimeoutError if it is not whole within ``seconds``, TooLongError if it has more than
    ``limit`` bytes, and SilenceError if there is none.
    """
    end = time.monotonic() + _seconds(seconds)
    answer = _within(seconds, lambda: _asked(address, end, limit, headers or {}, query))
    if len(answer.body) > limit:
        raise TooLongError
    return answer


def begin(address: str, *, seconds: float, limit: int, headers: Mapping[str, str]) -> Answer:
    """Ask once, and return the answer, whatever its status, with its first bytes alone.

    Raises TimeoutError and SilenceError as `ask` does.
    """
    end = time.monotonic() + _seconds(seconds)
    answer = _within(seconds, lambda: _asked(address, end, limit, headers, None))
    return replace(answer, body=answer.body[:limit])


def _seconds(told: float) -> float:
    return told if 0 < told < _LONGEST_TIME else _LONGEST_TIME if told > 0 else 0


def _within(seconds: float, work: Callable[[], Answer]) -> Answer:
    """Return what ``work`` does; raise what it raises, or TimeoutError after so many seconds."""
    outcome: list[Answer | Exception] = []

    def attempt() -> None:
        try:
            outcome.append(work())
        except Exception as error:  # noqa: BLE001  it is raised where it is waited for
            outcome.append(error)

    thread = Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(_seconds(seconds))
    if not outcome:
        raise TimeoutError
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def _asked(
    address: str,
    end: float,
    limit: int,
    headers: Mapping[str, str],
    query: Mapping[str, str] | None,
) -> Answer:
    try:
        with requests.Session() as session:
            for _ in range(_REDIRECTS + 1):
                wait = max(0.1, end - time.monotonic())
                with session.get(
                    address,
                    params=query,
                    headers=dict(headers),
                    timeout=(wait, wait),
                    stream=True,
                    allow_redirects=False,
                ) as said:
                    if not said.is_redirect:
                        return _answer(said, end, limit)
                    before, query = address, None
                    address = urljoin(address, said.headers["Location"])
                if urlsplit(address).scheme.lower() not in {"http", "https"}:
                    raise SilenceError(f"it leads out of the web, to {address[:60]}")
                if not same_place(before, address):
                    _send_outward(session, address)
            raise SilenceError("it leads from address to address")
    except PrivateError:
        raise SilenceError(f"it leads into a private network, to {address[:60]}") from None
    except requests.exceptions.SSLError:
        raise SilenceError("its certificate is not good") from None
    except requests.Timeout:
        raise TimeoutError from None
    except (requests.RequestException, HTTPError, ValueError, LocationParseError) as error:
        raise SilenceError(_cause(error), passing=True) from None


def _send_outward(session: requests.Session, address: str) -> None:
    """Have a session connect to public places alone; raise PrivateError if one is none."""
    if is_private(address):
        raise PrivateError
    session.mount("http://", Outward())
    session.mount("https://", Outward())


def _answer(said: requests.Response, end: float, limit: int) -> Answer:
    if "," in said.headers.get("Content-Encoding", ""):  # a little that unpacks to very much
        raise SilenceError("its answer is packed more than once")
    body = b""
    while piece := said.raw.read1(8192, decode_content=True):
        body += piece
        if len(body) > limit:
            break
        if time.monotonic() > end:
            raise TimeoutError
    kind, _, parameters = said.headers.get("Content-Type", "").partition(";")
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip("\"' ")
    marks = {ours: said.headers[its] for its, ours in _MARKS.items() if said.headers.get(its)}
    return Answer(
        said.status_code,
        said.url,
        kind.strip().lower(),
        charset,
        body,
        pace_of(said.headers),
        marks,
    )


def _refusal_of(address: str, answer: Answer) -> Refusal:
    if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return Refusal(address, NO_RECORD, "check the identifier")
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        when = f" in {answer.pace.rest:.0f} s" if answer.pace.rest else " later"
        return Refusal(address, "the service has had too many requests", f"try again{when}")
    what = f"the service answers with error {answer.status}"
    if answer.status in _WANTS_A_KEY:
        return KeyWanted(address, what, "try again later, or with a key")
    return Refusal(address, what, "try again later")


def _cause(error: BaseException) -> str:
    """Return what lies at the bottom of an error, in few words."""
    while (deeper := error.__cause__ or error.__context__) is not None:
        error = deeper
    said = str(getattr(error, "strerror", None) or error) or type(error).__name__
    return said.partition("\n")[0][:80]
