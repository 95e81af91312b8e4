"""Markdown that stands outside a page, such as a figure's caption, as HTML."""

from functools import cache

import pypandoc

from portfolio import children


@cache
def to_html(text: str) -> str:
    """Return a line of Markdown as HTML, its mathematics as MathML."""
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=html5", "--mathml"]
    command += ["--wrap=none", "--eol=lf"]
    ran = children.run(command, input=text.encode(), capture_output=True, check=True)
    return str(ran.stdout.decode()).strip().removeprefix("<p>").removesuffix("</p>")
