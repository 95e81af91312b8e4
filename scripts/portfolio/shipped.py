"""What the engine ships beside its code: its Quarto extension, and the lock of what it needs.

In a checkout they lie where Quarto and pip look for them; a wheel carries them in the package.
"""

from importlib import metadata
from pathlib import Path

DISTRIBUTION = "quarto-portfolio"
_PACKAGE = Path(__file__).parent
_INSTALLED = (_PACKAGE / "extension").is_dir()
_CHECKOUT = _PACKAGE.parents[1]

EXTENSION = _PACKAGE / "extension" if _INSTALLED else _CHECKOUT / "_extensions" / "portfolio"
"""The folder with the page's template, style sheets and scripts."""

LOCK = (_PACKAGE if _INSTALLED else _CHECKOUT) / "requirements.lock"
"""The packages that the engine needs, in versions that are known to work, with their hashes."""

NEWS = _PACKAGE / "NEWS.md"
"""What each version brought, the newest first."""


def version() -> str:
    """Return the version of the engine that is running."""
    return metadata.version(DISTRIBUTION)
