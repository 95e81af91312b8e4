"""Over each notebook: let the engine choose what of its outputs pages can show."""

import sys
from importlib.util import find_spec


def main() -> None:
    """Pass a notebook on from the one stream to the other, as it is where the engine is missing."""
    text = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    if find_spec("portfolio"):
        from portfolio.renderers.outputs import filtered  # noqa: PLC0415  it may not be there

        text = filtered(text)
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))


main()
