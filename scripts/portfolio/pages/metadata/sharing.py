"""What programs show of a page where somebody shares its address: Open Graph (ogp.me), cards."""

from portfolio.pages.metadata.elements import named, shared
from portfolio.pages.portfolio import Portfolio


def preview(here: Portfolio, kind: str, title: str, description: str, address: str) -> str:
    """Return the tags of the page at the public ``address``."""
    return (
        shared("og:type", kind)
        + shared("og:title", title)
        + shared("og:description", description)
        + shared("og:url", address)
        + shared("og:site_name", here.site.owner.name)
        + named("twitter:card", "summary_large_image")
    )
