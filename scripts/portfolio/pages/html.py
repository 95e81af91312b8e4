"""HTML, written safely."""

import os
import re
from functools import cache
from html import escape


class Html(str):
    """A piece of HTML, which Jupyter and Quarto show as such."""

    __slots__ = ()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Return the HTML as such, and for Quarto as Markdown.

        Quarto takes every cell that shows HTML for a widget, and has the page load RequireJS and
        jQuery from another host for it.
        """
        if not os.environ.get("QUARTO_DOCUMENT_FILE"):
            return {"text/html": str(self)}
        fence = "`" * (1 + max(map(len, re.findall("`+", self)), default=2))
        return {"text/markdown": f"{fence}{{=html}}\n{self}\n{fence}"}


def tag(name: str, content: str = "", /, **attributes: str | int | bool) -> str:
    """Return an element around ``content``, which is HTML already.

    A trailing underscore is dropped from an attribute's name (``class_``), other underscores become
    hyphens, ``True`` gives a bare attribute, and ``False`` or an empty string none.
    """
    return f"<{name}{_attributes(attributes)}>{content}</{name}>"


def void(name: str, /, **attributes: str | int | bool) -> str:
    """Return an element that has no content, such as ``img``."""
    return f"<{name}{_attributes(attributes)}>"


def link(text: str, href: str, /, **attributes: str | int | bool) -> str:
    """Return a link around plain ``text``."""
    return tag("a", escape(text), href=href, **attributes)


@cache
def _spelled(name: str) -> str:
    return name.removesuffix("_").replace("_", "-")


def _attributes(attributes: dict[str, str | int | bool]) -> str:
    written = []
    for name, value in attributes.items():
        spelled = _spelled(name)
        if value is True:
            written.append(f" {spelled}")
        elif value is not False and (value != "" or spelled == "alt"):
            written.append(f' {spelled}="{escape(str(value))}"')
    return "".join(written)
