"""Names that are taken, with a number behind them: the one way in which anything gets another."""

from collections.abc import Callable, Iterator
from itertools import count


def numbered(base: str, form: Callable[[str, int], str] = "{}-{}".format) -> Iterator[str]:
    """Yield a name, and then the name with 2, 3 and so on behind it: ``a``, ``a-2``, ``a-3``."""
    yield base
    yield from (form(base, number) for number in count(2))


def free(base: str, taken: set[str]) -> str:
    """Return the first of a name's forms that is not ``taken`` whatever its case, and take it."""
    name = next(each for each in numbered(base) if each.lower() not in taken)
    taken.add(name.lower())
    return name
