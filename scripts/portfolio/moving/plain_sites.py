"""Moving in from sites of Jekyll and Hugo with a theme that has no place for papers."""

from portfolio.moving.found import Haul
from portfolio.moving.source import Source

_OF_JEKYLL = ("_pages", "_posts", "_layouts", "_includes")
_OF_HUGO = ("hugo.toml", "hugo.yaml", "config.toml", "config.yaml", "config/_default", "theme.toml")


def is_jekyll(source: Source) -> bool:
    """Whether the folder is a site of Jekyll."""
    there = any((source.root / name).is_dir() for name in _OF_JEKYLL)
    return there and (source.root / "_config.yml").is_file()


def is_hugo(source: Source) -> bool:
    """Whether the folder is a site of Hugo."""
    there = any((source.root / name).exists() for name in _OF_HUGO)
    return there and (source.root / "content").is_dir()


def of_jekyll(source: Source) -> Haul:
    """Return what a site of Jekyll holds; its papers are listed on its pages, if anywhere."""
    return Haul("Jekyll", source, ())


def of_hugo(source: Source) -> Haul:
    """Return what a site of Hugo holds; its papers are listed on its pages, if anywhere."""
    return Haul("Hugo", source, ())
