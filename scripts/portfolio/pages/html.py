"""HTML, written safely."""

import os
import re
from functools import lru_cache
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


def _attributes(attributes: dict[str, str | int | bool]) -> str:
    return "".join([_attribute(name, value) for name, value in attributes.items()])


@lru_cache(maxsize=16384, typed=True)
def _attribute(name: str, value: str | int | bool) -> str:  # noqa: FBT001  as HTML has it
    spelled = name.removesuffix("_").replace("_", "-")
    if value is True:
        return f" {spelled}"
    if value is False or (value == "" and spelled != "alt"):
        return ""
    return f' {spelled}="{escape(str(value))}"'
