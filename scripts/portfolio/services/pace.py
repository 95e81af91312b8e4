"""How fast a service likes to be asked, as the headers of its answers say.

Sources: Crossref's REST API (``X-Rate-Limit-Limit`` in an ``X-Rate-Limit-Interval``), OpenAlex
(``X-RateLimit-Remaining``, ``X-RateLimit-Reset``), and RFC 9110, 10.2.3 (``Retry-After``).
"""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

_LONGEST = 30 * 86_400.0
"""Seconds beyond which it matters no more how long somebody wants to be left alone."""
_EPOCH = 1e9
"""What is larger than this is a time of the clock, and no number of seconds to wait."""


@dataclass(frozen=True)
class Pace:
    """``gap`` seconds between two requests, and none at all for ``rest`` seconds; 0 if not told."""

    gap: float = 0
    rest: float = 0


def pace_of(headers: Mapping[str, str]) -> Pace:
    """Return what the headers of an answer, in any letters, say; nonsense says nothing."""
    said = {name.lower(): value for name, value in headers.items()}
    most = _number(said.get("x-rate-limit-limit", ""))
    within = _number(said.get("x-rate-limit-interval", "").strip().lower().removesuffix("s"))
    rest = _pause(said.get("retry-after", ""))
    if said.get("x-ratelimit-remaining", "").strip() == "0":
        rest = max(rest, _pause(said.get("x-ratelimit-reset", "")))
    return Pace(min(_LONGEST, within / most) if most else 0, min(_LONGEST, rest))


def _pause(told: str) -> float:
    """Return for how many seconds a service asks: by a number, or by a date."""
    if number := _number(told):
        return max(0, number - time.time()) if number > _EPOCH else number
    try:
        return max(0, parsedate_to_datetime(told).timestamp() - time.time())
    except (ValueError, OverflowError, TypeError, OSError):
        return 0


def _number(told: str) -> float:
    try:
        number = float(told)
    except ValueError:
        return 0
    return number if math.isfinite(number) and number > 0 else 0
