"""One service, asked within one time, no faster than it likes, and anew only where that is due."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from threading import Lock
from typing import TypeVar
from urllib.parse import urlencode

from portfolio.refusal import Refusal
from portfolio.services.answer import Answer
from portfolio.services.memory import Kept, Memory
from portfolio.services.web import Web, get

T = TypeVar("T")

HOUR, DAY = 3600.0, 86_400.0
JSON = "application/json"


class Client:
    """Asks one service; all its answers together come within the patience of ``web``.

    ``gap`` is how many seconds the service wants between two requests, unless its answers ask for
    more; where they ask for a rest, it gets that.
    """

    def __init__(self, web: Web, memory: Memory | None = None, *, gap: float = 0) -> None:
        self.web = web
        self.memory = memory or Memory()
        self.asked = 0
        """How many requests were made."""
        self._gap = gap
        self._end = time.monotonic() + web.patience
        self._last = self._rested = float("-inf")
        self._lock = Lock()

    def get(  # noqa: PLR0913  each is a part of the question
        self,
        address: str,
        *,
        accept: str = JSON,
        query: Mapping[str, str] | None = None,
        secret: Mapping[str, str] | None = None,
        fresh: float = HOUR,
        sound: Callable[[Answer], object] = lambda _: None,
    ) -> Answer:
        """Return what is answered, or was less than ``fresh`` seconds ago; 0 keeps nothing.

        An older answer is asked for with its marks, and stands if nothing has changed since. The
        ``secret`` part of a query is sent, and neither kept nor named. ``sound`` raises on an
        answer that is not to be kept. Raises Refusal if there is no answer.
        """
        name = f"{address}?{urlencode(sorted((query or {}).items()))} {accept}"
        kept = self._recalled(name, address, sound) if fresh else None
        if kept and kept.age < fresh:
            return _answer(address, kept)
        self._wait(address)
        self.asked += 1
        marks = dict(kept.head.get("marks") or {}) if kept else {}
        whole = {**(query or {}), **(secret or {})} or None
        answer = get(
            self.web, address, accept=accept, query=whole, marks=marks, end=self._end,
            heard=self._hear,
        )  # fmt: skip
        if kept and answer.status == HTTPStatus.NOT_MODIFIED:
            answer = _answer(address, kept)
        answer = replace(answer, address=address)  # which names no secret
        sound(answer)
        head = {"kind": answer.kind, "charset": answer.charset, "marks": dict(answer.marks)}
        if fresh:
            self.memory.keep(name, answer.body, head)
        return answer

    def in_time(self, some: Iterable[T], service: str) -> Iterator[T]:
        """Yield what was answered one by one; raise Refusal once it takes longer than patience."""
        for each in some:
            if time.monotonic() > self._end:
                what = f"its answers could not be read in {self.web.patience:g} s"
                raise Refusal(service, what, "try again with more --patience")
            yield each

    def _recalled(self, name: str, address: str, sound: Callable[[Answer], object]) -> Kept | None:
        """Return what is kept, unless it was damaged since."""
        kept = self.memory.recall(name)
        try:
            if kept:
                sound(_answer(address, kept))
        except Refusal:
            return None
        return kept

    def _hear(self, answer: Answer) -> None:
        """Heed what a service says of how fast it likes to be asked."""
        with self._lock:
            self._gap = max(self._gap, answer.pace.gap)
            if answer.pace.rest:
                self._rested = time.monotonic() + answer.pace.rest

    def _wait(self, address: str) -> None:
        """Wait until the service may be asked again; raise Refusal if that is too late."""
        with self._lock:
            at = max(self._last + self._gap * self.web.gap, self._rested, time.monotonic())
            if at > self._end:
                what = f"no answer in {self.web.patience:g} s"
                if self._rested == at:
                    what = f"it wants no requests for {at - time.monotonic():.0f} s"
                raise Refusal(address, what, "try again later, or with more --patience")
            self._last = at
        time.sleep(max(0.0, at - time.monotonic()))


def batches(some: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield ``some`` in parts of at most ``size``."""
    yield from (some[start : start + size] for start in range(0, len(some), size))


def _answer(address: str, kept: Kept) -> Answer:
    head = kept.head
    kind, charset = str(head.get("kind") or ""), str(head.get("charset") or "")
    marks = dict(head.get("marks") or {})
    return Answer(HTTPStatus.OK, address, kind, charset, kept.body, marks=marks)
