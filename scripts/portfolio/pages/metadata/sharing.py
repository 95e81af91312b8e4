"""What programs show of a page where somebody shares its address: Open Graph (ogp.me), cards."""

from portfolio.figures.posters import SIZE
from portfolio.pages.metadata.elements import named, shared
from portfolio.pages.portfolio import Portfolio
from portfolio.pages.posters import OF_SITE, poster_of
from portfolio.records.paper import Paper


def preview(  # noqa: PLR0913  a card has that many parts
    here: Portfolio, kind: str, title: str, description: str, address: str, *, paper: Paper | None
) -> str:
    """Return the tags of the page at the public ``address``; ``paper`` is what it is about."""
    picture = poster_of(here, paper) if paper else OF_SITE
    return (
        shared("og:type", kind)
        + shared("og:title", title)
        + shared("og:description", description)
        + shared("og:url", address)
        + shared("og:site_name", here.site.owner.name)
        + shared("og:image", here.url(picture))
        + shared("og:image:type", "image/png")
        + shared("og:image:width", str(SIZE[0]))
        + shared("og:image:height", str(SIZE[1]))
        + shared("og:image:alt", _shown(here, paper, picture))
        + named("twitter:card", "summary_large_image")
    )


def _shown(here: Portfolio, paper: Paper | None, picture: str) -> str:
    """Return what the picture shows: a paper's figure, or the name of whose site it is."""
    if paper is None or picture == OF_SITE:
        return here.site.owner.name
    figure = here.figures.get(paper.slug)
    return figure.alt.partition(". ")[0] if figure and figure.alt else paper.title
