"""What verbs share: the project they run in, and speaking with the person who typed them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portfolio.records.root import find_root


def project() -> Path:
    """Return the project that the verb runs in; raise ContentError where there is none."""
    return find_root(Path.cwd())


@contextmanager
def changing(verb: str, root: Path | None = None) -> Iterator[Path]:
    """Have the project, at ``root`` or here, for a verb that changes it, alone; give its folder.

    Whoever has it is waited for, and what a killed run left is cleared away.
    """
    from portfolio.journal import recover
    from portfolio.lock import held
    from portfolio.renderers import strays, swap

    root = root or project()
    with held(root, verb, tell) as killed:
        if killed:
            swap.restore(root)
            strays.clear(root)
            for line in recover(root):
                tell(line)
        yield root


def fault(error: Exception, verb: str) -> str:
    """Return what is said of an error: its own words, or a line about one that nobody foresaw."""
    from portfolio.accident import told
    from portfolio.files import UnwritableError
    from portfolio.records.problems import ContentError
    from portfolio.refusal import Refusal
    from portfolio.renderers import RenderError

    foreseen = isinstance(error, ContentError | Refusal | RenderError | UnwritableError)
    if foreseen:
        return str(error)
    try:
        root = project()
    except (ContentError, OSError):
        root = None
    return told(error, verb, root)


def tell(message: str) -> None:
    """Say something beside the result."""
    print(message, file=sys.stderr, flush=True)


def ask(question: str, option: str, example: str) -> str:
    """Ask for what was not given, where somebody can answer; raise Refusal where nobody can."""
    from portfolio.refusal import Refusal

    if not sys.stdin.isatty():
        raise Refusal(option, "it is not given", f'say it, such as {option} "{example}"')
    return input(f"{question} ({example}) ").strip()
