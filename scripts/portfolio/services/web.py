"""One careful way to ask a web service: all of it within a time, and no more than it may say.

The request runs in a thread of its own, which is left behind when the time is up: a service that
sends a letter a second keeps every time-out of the libraries from coming.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from threading import Thread

from portfolio.refusal import Refusal
from portfolio.services.answer import Answer, SilenceError
from portfolio.services.private import Server, server_of
from portfolio.services.request import Question, asked

NO_RECORD = "there is no such record"
_PASSING = (HTTPStatus.TOO_MANY_REQUESTS, 500, 502, 503, 504)
_UNCHANGED = HTTPStatus.NOT_MODIFIED
_WANTS_A_KEY = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
AGENT = "portfolio (a research portfolio that looks up its own papers{})"
_MAIL = re.compile(r"[!-'*-;=?A-Z^-~]+@[\w.-]+", re.ASCII)
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
    def servers(self) -> frozenset[Server]:
        """The servers that the services are on, which may lie anywhere."""
        services = (self.doi, self.arxiv, self.orcid, self.openalex, self.crossref, self.dblp)
        return frozenset(map(server_of, services))

    @property
    def agent(self) -> str:
        """What we call ourselves, with the address for mail, if it is one."""
        return AGENT.format(f"; mailto:{self.mail}" if _MAIL.fullmatch(self.mail) else "")


class KeyWanted(Refusal):
    """The service knows whom it answers, and we are not among them: it wants a key, or another."""


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

    No redirection from https leads to http, where anybody on the way may answer.
    Raises TimeoutError if it is not whole within ``seconds``, TooLongError if it has more than
    ``limit`` bytes, and SilenceError if there is none.
    """
    end = time.monotonic() + _seconds(seconds)
    question = Question(address, end, limit, headers or {}, query, server_of(address))
    answer = _within(seconds, lambda: asked(question))
    if len(answer.body) > limit:
        raise TooLongError
    return answer


def begin(
    address: str,
    *,
    seconds: float,
    limit: int,
    headers: Mapping[str, str],
    home: Server | None = None,
) -> Answer:
    """Ask once, as browsers do, and return the answer, whatever its status, with its first bytes.

    No server is asked that is private, but one that is ``home``. Raises TimeoutError and
    SilenceError as `ask` does.
    """
    end = time.monotonic() + _seconds(seconds)
    question = Question(address, end, limit, headers, home=home, guarded=False)
    answer = _within(seconds, lambda: asked(question))
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


def _refusal_of(address: str, answer: Answer) -> Refusal:
    if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return Refusal(address, NO_RECORD, "check the identifier")
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        rest = answer.pace.rest
        when = f" in {rest:.0f} s" if 0 < rest < _LONGEST_TIME else " later"
        return Refusal(address, "the service has had too many requests", f"try again{when}")
    what = f"the service answers with error {answer.status}"
    if answer.status in _WANTS_A_KEY:
        return KeyWanted(address, what, "try again later, or with a key")
    return Refusal(address, what, "try again later")
