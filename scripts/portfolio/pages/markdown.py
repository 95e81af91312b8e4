"""Markdown that stands outside a page, such as a figure's caption, as HTML."""

import subprocess
from functools import cache

import pypandoc


@cache
def to_html(text: str) -> str:
    """Return a line of Markdown as HTML, its mathematics as MathML."""
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=html5", "--mathml"]
    command += ["--wrap=none", "--eol=lf"]
    ran = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    return ran.stdout.decode().strip().removeprefix("<p>").removesuffix("</p>")
