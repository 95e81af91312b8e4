"""What tests of this site's files share."""

from rendered import npm_packages

__all__ = ["npm_packages"]
